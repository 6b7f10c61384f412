/** Staff who are streamlined or moved off the budget: Decree 154, articles 6 to 8, and Decree 29 before it. */
import { inForceOn, laterOf } from '../law/dated.ts';
import { coveredStaff, unsettledStaff } from '../law/decree-154-2025/article-02.ts';
import { notYetStreamlined } from '../law/decree-154-2025/article-04.ts';
import { oddMonths as oddMonths154 } from '../law/decree-154-2025/article-05.ts';
import {
  monthsEarlyWithMoney as money154,
  paragraphs as paragraphs154,
  shortInsuranceWindow,
} from '../law/decree-154-2025/article-06.ts';
import { mostMonthsExcluded } from '../law/decree-154-2025/article-07.ts';
import {
  fewestInsuredMonths,
  monthsEarlyWithMoney as money29,
  paragraphs as paragraphs29,
} from '../law/decree-29-2023/article-05.ts';
import { fewestMonthsEarly as fewestOf29 } from '../law/decree-29-2023/article-07.ts';
import { oddMonths as oddMonths29 } from '../law/decree-29-2023/article-10.ts';
import { pensionMonths } from '../law/social-insurance/pension.ts';
import { hasEdges, isOnTierEdge, tierAndRoundingEdges } from './edges.ts';
import { ask, type Evaluation, type Ground, notYetGrounds, pay, refuse } from './evaluation.ts';
import type { Family } from './family.ts';
import { countedMonths154, countedMonths178, figures, isPensionable, meetsAnnex2Condition } from './figures.ts';
import { type KnownFacts, salaryOf } from './known-facts.ts';
import { monthlySalary } from './monthly-salary.ts';
import type { Choose } from './readings.ts';
import type { Figures } from './regime.ts';
import type { Annex } from './retirement-age.ts';
import { transferOffBudget } from './regimes/transfer-off-budget.ts';
import {
  earlyRetirementUnder29,
  severanceUnder29,
  streamlinedEarlyRetirement,
  streamlinedSeverance,
} from './regimes/streamlined.ts';
import { dateGrounds, isRecomputed, keeping, lawDayOf154, needsDecree29, whichDecree } from './which-decree.ts';
import type { ServiceTime } from './service-time.ts';

/** Job-position restructuring, qualification, performance, health: articles 6 and 8(1). */
export const streamlined: Family = {
  needs: (facts, set) => ({ service: true, average: needsDecree29(facts, set) }),
  covers: () => [...coveredStaff, ...unsettledStaff],
  notYet: notYetStreamlined,
  evaluate(known, service, choose) {
    return throughTheGate(known, service, choose, () => {
      if (whichDecree(known, choose) === '29') return under29(known, service, choose);
      const paid = under154(known, service, choose);
      const isKept = isRecomputed(known, choose) && known.averagePay !== undefined;
      return keeping(paid, isKept ? under29(known, service, choose) : undefined);
    });
  },
  leavesPrivateOut: () => true,
  edges: edgesOfStaff,
};

/** Moving to a body that the budget does not pay regularly: article 7. */
export const transferredOffBudget: Family = {
  needs: () => ({ service: true }),
  covers: () => [...coveredStaff, ...unsettledStaff],
  notYet: notYetStreamlined,
  evaluate(known, service, choose) {
    return throughTheGate(known, service, choose, () => {
      const by1 = figures154(known, service, 'I', choose);
      if (whichDecree(known, choose) === '29') return ask('decree-29-article-6', by1);
      if (by1.monthsEarly <= 0) return ask('O20', by1);
      const excluded = inForceOn(mostMonthsExcluded, by1.lawOn);
      const usesAnnex2 = meetsAnnex2Condition(known, service, choose) && choose('O21') === 'annex-2';
      const by = usesAnnex2 ? figures154(known, service, 'II', choose) : by1;
      return by.monthsEarly <= excluded.value && isPensionable(known, by.insuredMonths, choose)
        ? refuse('three-years-to-retirement', excluded.by, by)
        : pay(transferOffBudget, by, choose);
    });
  },
  leavesPrivateOut: () => true,
  edges: edgesOfStaff,
};

function throughTheGate(
  known: KnownFacts,
  service: ServiceTime,
  choose: Choose,
  article: () => Evaluation,
): Evaluation {
  const grounds = [...subjectGrounds(known), ...notYetGrounds(known, notYetStreamlined), ...dateGrounds(known)];
  // Before Decree 29 there are no numbers to compute figures with.
  const isTooEarly = grounds.some(({ ground }) => ground === 'left-before-decree');
  const by1 = () => figures154(known, service, 'I', choose);
  if (grounds.length > 0) return { outcome: 'not-entitled', grounds, ...(isTooEarly ? {} : { figures: by1() }) };
  if (known.subject === 'association-staff') return ask('subject-unsettled', by1());
  if (known.drawsPension) return ask('draws-pension', by1());
  if (service.compensatedOverlaps) return ask('compensated-overlap', by1());
  return article();
}

/** Contract workers are served when the law treats them like civil servants: article 2(1). */
function subjectGrounds({ subject, contractLikeCivilServant, leaveOn }: KnownFacts): readonly Ground[] {
  if (subject !== 'contract-worker' || contractLikeCivilServant) return [];
  return [{ ground: 'not-covered', by: inForceOn(coveredStaff, laterOf(leaveOn, coveredStaff)).by }];
}

function figures154(known: KnownFacts, service: ServiceTime, annex: Annex, choose: Choose): Figures {
  return figures(known, service, annex, choose, {
    base: monthlySalary(salaryOf(known), known.leaveOn, choose, 'decree-154'),
    serviceMonths: countedMonths154(service, choose),
    oddMonths: oddMonths154,
    lawOn: lawDayOf154(known.leaveOn),
  });
}

/** The salary and the counted time of Decree 29 are question O13. */
function figures29(known: KnownFacts, service: ServiceTime, annex: Annex, choose: Choose): Figures {
  const is178 = choose('O13') === 'as-178';
  const made = figures(known, service, annex, choose, {
    base: monthlySalary(salaryOf(known), known.leaveOn, choose, is178 ? 'decree-178' : 'decree-154'),
    serviceMonths: is178 ? countedMonths178(service, choose) : countedMonths154(service, choose),
    oddMonths: oddMonths29,
    lawOn: known.leaveOn,
  });
  return known.averagePay === undefined ? made : { ...made, average: known.averagePay };
}

function under154(known: KnownFacts, service: ServiceTime, choose: Choose): Evaluation {
  const by1 = figures154(known, service, 'I', choose);
  if (by1.monthsEarly <= 0) return ask('O20', by1);
  const by2 = meetsAnnex2Condition(known, service, choose) ? figures154(known, service, 'II', choose) : undefined;
  if (by2 !== undefined && by2.monthsEarly <= 0) return ask('X15', by2);
  if (isShortOfInsurance(known, by1)) return ask('O15', by1);
  const { fewest, most } = inForceOn(money154, by1.lawOn).value;
  const by = nearestOf(by1, by2);
  if (by.monthsEarly > most || !isPensionable(known, by.insuredMonths, choose)) {
    return pay(streamlinedSeverance, by, choose);
  }
  return by.monthsEarly < fewest ? unreducedWithoutCash(by, choose) : pay(streamlinedEarlyRetirement, by, choose);
}

/**
 * Early retirement reaches 60 months by either annex, and the annexes lie at least as far apart: who is before the age of
 * Annex II is beyond reach by Annex I, so only one of the two can pay.
 */
function nearestOf(by1: Figures, by2: Figures | undefined): Figures {
  return by2 ?? by1;
}

/** Article 6(3) and (4): a pension without deduction, and no cash by question O3. */
function unreducedWithoutCash(by: Figures, choose: Choose): Evaluation {
  choose('O3');
  return refuse('pension-unreduced-no-cash', paragraphs154[by.annex].noCash, by);
}

/** Until July 2025 a pension asks for 20 years of insurance; 15 to 19 years under this decree are question O15. */
function isShortOfInsurance({ leaveOn }: KnownFacts, { insuredMonths, lawOn }: Figures): boolean {
  const { from, before, fewestMonths } = inForceOn(shortInsuranceWindow, lawOn).value;
  const needed = inForceOn(pensionMonths, leaveOn).value;
  return leaveOn >= from && leaveOn < before && insuredMonths >= fewestMonths && insuredMonths < needed;
}

function under29(known: KnownFacts, service: ServiceTime, choose: Choose): Evaluation {
  const by1 = figures29(known, service, 'I', choose);
  if (by1.monthsEarly <= 0) return ask('O20', by1);
  const by2 = meetsAnnex2Condition(known, service, choose) ? figures29(known, service, 'II', choose) : undefined;
  if (by2 !== undefined && by2.monthsEarly <= 0) return ask('X15', by2);
  const { fewest, most } = inForceOn(money29, known.leaveOn).value;
  const by = nearestOf(by1, by2);
  if (by.insuredMonths < inForceOn(fewestInsuredMonths, known.leaveOn).value) {
    const isNear = by.monthsEarly < inForceOn(fewestOf29, known.leaveOn).value;
    return isNear ? ask('X10', by) : pay(severanceUnder29, by, choose);
  }
  if (by.monthsEarly > most) return ask('O19', by);
  return by.monthsEarly < fewest
    ? refuse('pension-unreduced-no-cash', paragraphs29[by.annex].noCash, by)
    : pay(earlyRetirementUnder29, by, choose);
}

function edgesOfStaff(evaluation: Evaluation): readonly string[] {
  if (!hasEdges(evaluation)) return [];
  const { figures: of } = evaluation;
  const { fewest, most } = inForceOn(money154, laterOf(of.lawOn, money154)).value;
  const excluded = inForceOn(mostMonthsExcluded, laterOf(of.lawOn, mostMonthsExcluded)).value;
  const isTransfer =
    evaluation.outcome === 'not-entitled'
      ? evaluation.grounds.some(({ ground }) => ground === 'three-years-to-retirement')
      : evaluation.regime === '154/7';
  const lasts = isTransfer ? [excluded] : [fewest - 1, most];
  return tierAndRoundingEdges(evaluation, of, isOnTierEdge(of.monthsEarly, ...lasts));
}
