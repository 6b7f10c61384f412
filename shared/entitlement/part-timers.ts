/** Part-timers of communes and villages whose posts end: Decree 154, articles 9 and 10, and Decree 29 before it. */
import { monthIndex } from '../calendar.ts';
import { inForceOn, laterOf } from '../law/dated.ts';
import { coveredOfCommune, coveredOfVillage } from '../law/decree-154-2025/article-02.ts';
import { lastLeaveDateOfCommunePartTimers } from '../law/decree-154-2025/article-03.ts';
import { notYetStreamlined } from '../law/decree-154-2025/article-04.ts';
import { oddMonths } from '../law/decree-154-2025/article-05.ts';
import { onlyConcurrentPost, tiers } from '../law/decree-154-2025/article-09.ts';
import { perMonthOfTerm } from '../law/decree-29-2023/article-09.ts';
import { hasEdges, isOnTierEdge, tierAndRoundingEdges } from './edges.ts';
import { ask, type Evaluation, type Ground, notYetGrounds, pay, refuse } from './evaluation.ts';
import type { Family } from './family.ts';
import { countedMonthsOfPartTimer, figures, leaveMonthIndex, meetsAnnex2Condition } from './figures.ts';
import { allowanceOf, type KnownFacts } from './known-facts.ts';
import { monthlyAllowance } from './monthly-salary.ts';
import type { Choose } from './readings.ts';
import type { Figures } from './regime.ts';
import type { Annex } from './retirement-age.ts';
import { endOfTerm, postAbolishedInCommune, postAbolishedInVillage } from './regimes/post-abolished.ts';
import type { ServiceTime } from './service-time.ts';
import { dateGrounds, isRecomputed, keeping, lawDayOf154, needsDecree29, whichDecree } from './which-decree.ts';

export const partTimers: Family = {
  needs: (facts, set) => ({ allowance: true, service: true, term: needsDecree29(facts, set) }),
  covers: ({ subject }) => (subject === 'village-part-timer' ? coveredOfVillage : coveredOfCommune),
  notYet: notYetStreamlined,
  evaluate(known, service, choose) {
    const grounds = [...notYetGrounds(known, notYetStreamlined), ...postGrounds(known), ...dateGrounds(known)];
    const isTooEarly = grounds.some(({ ground }) => ground === 'left-before-decree');
    if (isTooEarly) return { outcome: 'not-entitled', grounds };
    const by1 = figuresOf(known, service, 'I', choose);
    if (grounds.length > 0) return { outcome: 'not-entitled', grounds, figures: by1 };
    if (service.compensatedOverlaps) return ask('compensated-overlap', by1);
    if (whichDecree(known, choose) === '29') return under29(known, by1, choose);
    const isKept = isRecomputed(known, choose) && known.termEndsOn !== undefined;
    return keeping(under154(known, service, by1, choose), isKept ? under29(known, by1, choose) : undefined);
  },
  leavesPrivateOut: ({ O6 }) => O6 !== 'included',
  edges(evaluation) {
    if (!hasEdges(evaluation)) return [];
    const { figures: of } = evaluation;
    const { fewestMonthsWorked, fewestMonthsEarly } = inForceOn(tiers, laterOf(of.lawOn, tiers)).value;
    const isTierEdge =
      isOnTierEdge(of.serviceMonths, fewestMonthsWorked - 1) || isOnTierEdge(of.monthsEarly, fewestMonthsEarly - 1);
    return tierAndRoundingEdges(evaluation, of, isTierEdge);
  },
};

/** Who only stops a post held beside another one keeps the main job, and is not served. */
function postGrounds({ onlyConcurrentPost: isOnlyConcurrent }: KnownFacts): readonly Ground[] {
  return isOnlyConcurrent ? [{ ground: 'only-concurrent-post', by: onlyConcurrentPost }] : [];
}

function figuresOf(known: KnownFacts, service: ServiceTime, annex: Annex, choose: Choose): Figures {
  return figures(known, service, annex, choose, {
    base: monthlyAllowance(allowanceOf(known), known.leaveOn, known.subject === 'commune-part-timer', choose),
    isAllowance: true,
    serviceMonths: countedMonthsOfPartTimer(service, known, choose),
    oddMonths,
    lawOn: lawDayOf154(known.leaveOn),
  });
}

function under154(known: KnownFacts, service: ServiceTime, by1: Figures, choose: Choose): Evaluation {
  const isOfCommune = known.subject === 'commune-part-timer';
  const last = inForceOn(lastLeaveDateOfCommunePartTimers, by1.lawOn).value;
  if (isOfCommune && known.leaveOn > last) return ask('after-2026-05-31', by1);
  // With the 15-year condition it is question O22 which annex gives the age.
  const usesAnnex2 = meetsAnnex2Condition(known, service, choose) && choose('O22') === 'annex-2';
  const by = usesAnnex2 ? figuresOf(known, service, 'II', choose) : by1;
  const { lumpSum, tiered } = isOfCommune ? postAbolishedInCommune : postAbolishedInVillage;
  if (known.drawsPension || by.monthsEarly <= 0) return pay(lumpSum, by, choose);
  return by.serviceMonths === 0 ? ask('no-counted-service', by) : pay(tiered, by, choose);
}

/** Decree 29, article 9(2): to the end of the term or of the roadmap, at most to the age. */
function under29(known: KnownFacts, by: Figures, choose: Choose): Evaluation {
  if (known.drawsPension || by.monthsEarly <= 0) return ask('O20', by);
  const last = known.termEndsOn === undefined ? 0 : monthIndex(known.termEndsOn);
  const toTheEnd = last - leaveMonthIndex(known, choose) + 1;
  const termMonths = Math.max(0, Math.min(toTheEnd, by.monthsEarly));
  const until = { ...by, lawOn: known.leaveOn, termMonths };
  if (termMonths > 0) return pay(endOfTerm, until, choose);
  return refuse('term-is-over', inForceOn(perMonthOfTerm, laterOf(known.leaveOn, perMonthOfTerm)).by, until);
}
