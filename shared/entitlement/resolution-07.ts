/** Past the age, or on a pension, and leaving with the reorganisation: Resolution 07/2025/NQ-CP. */
import { inForceOn, laterOf } from '../law/dated.ts';
import { oddMonths } from '../law/decree-178-2024/article-05.ts';
import { notYetConsidered } from '../law/decree-178-2024/article-04.ts';
import { byAnnex1, covered, leavesFrom, lumpSum } from '../law/resolution-07-2025/resolution.ts';
import { hasEdges, isOnTierEdge } from './edges.ts';
import { ask, type Evaluation, notYetGrounds, pay, refuse } from './evaluation.ts';
import type { Family } from './family.ts';
import { countedMonths178, figures, meetsAnnex2Condition } from './figures.ts';
import { type KnownFacts, salaryOf } from './known-facts.ts';
import { monthlySalary } from './monthly-salary.ts';
import type { Choose } from './readings.ts';
import type { Figures } from './regime.ts';
import { monthsPastTheAge, overAgeLumpSum } from './regimes/over-age.ts';
import type { ServiceTime } from './service-time.ts';

export const overAge: Family = {
  needs: () => ({}),
  covers: () => covered,
  notYet: notYetConsidered,
  evaluate(known, service, choose) {
    const grounds = [...notYetGrounds(known, notYetConsidered)];
    const first = inForceOn(leavesFrom, laterOf(known.leaveOn, leavesFrom));
    if (known.leaveOn < first.value) {
      return { outcome: 'not-entitled', grounds: [...grounds, { ground: 'left-before-decree', by: first.by }] };
    }
    const by = figures07(known, service, choose);
    if (grounds.length > 0) return { outcome: 'not-entitled', grounds, figures: by };
    if (service.compensatedOverlaps) return ask('compensated-overlap', by);
    if (known.subject === 'contract-worker') return ask('contract-worker-under-07', by);
    const past = monthsPastTheAge(by, choose);
    if (past < 0 && !known.drawsPension) return refuse('not-past-the-age', first.by, by);
    return pay(overAgeLumpSum, by, choose);
  },
  leavesPrivateOut: () => false,
  edges: edgesOf07,
};

/** Cadres by Annex I, everybody else by Annex II where its condition holds; the salary is question O11. */
function figures07(known: KnownFacts, service: ServiceTime, choose: Choose): Figures {
  const cadres: readonly string[] = inForceOn(byAnnex1, known.leaveOn).value;
  const usesAnnex2 = !cadres.includes(known.subject) && meetsAnnex2Condition(known, service, choose);
  const definition = choose('O11') === 'as-154' ? 'decree-154' : 'decree-178';
  return figures(known, service, usesAnnex2 ? 'II' : 'I', choose, {
    base: monthlySalary(salaryOf(known), known.leaveOn, choose, definition),
    serviceMonths: countedMonths178(service, choose),
    oddMonths,
    lawOn: known.leaveOn,
  });
}

/** A month more or less would change the sum at the first months, and at the most that is paid. */
function edgesOf07(evaluation: Evaluation): readonly string[] {
  if (!hasEdges(evaluation)) return [];
  const { lawOn, monthsEarly } = evaluation.figures;
  const { first, firstMonths, perFurtherMonth, most } = inForceOn(lumpSum, lawOn).value;
  const untilMost = Number(((most.of - first.of) * perFurtherMonth.per) / perFurtherMonth.of) + firstMonths;
  return isOnTierEdge(-monthsEarly, firstMonths, untilMost) ? ['tier-edge'] : [];
}
