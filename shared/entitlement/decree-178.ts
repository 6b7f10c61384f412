/** Which article of Decree 178 governs a person of a reorganised body, and what it pays. */
import type { Citation } from '../law/dated.ts';
import { inForceOn } from '../law/dated.ts';
import { contractSignedBefore, covered, leavesAfter } from '../law/decree-178-2024/article-02.ts';
import { notYetConsidered } from '../law/decree-178-2024/article-04.ts';
import { fewestMonthsForYears, mostMonthsEarly } from '../law/decree-178-2024/article-07.ts';
import { fewestMonthsEarly } from '../law/decree-178-2024/article-09.ts';
import { limits } from '../law/letter-6383-2025/limits.ts';
import type { Facts } from '../case/facts.ts';
import { sum, type Dong } from '../dong.ts';
import { figures, isPensionable, meetsAnnex2Condition } from './figures.ts';
import type { KnownFacts } from './known-facts.ts';
import type { Line } from './line.ts';
import type { Choose } from './readings.ts';
import type { Figures, Regime, RegimeId, ReviewReason } from './regime.ts';
import { reorganisationEarlyRetirement } from './regimes/reorganisation-early-retirement.ts';
import { severanceOfCivilServants, severanceOfPublicEmployees } from './regimes/reorganisation-severance.ts';
import type { ServiceTime } from './service-time.ts';

export type GroundCode =
  | 'not-covered'
  | 'contract-too-late'
  | 'under-investigation'
  | 'child-under-36-months'
  | 'left-before-decree'
  | 'decided-too-late'
  | 'left-too-late';

export interface Ground {
  readonly ground: GroundCode;
  readonly by: Citation;
}

export type Evaluation =
  | {
      readonly outcome: 'entitled';
      readonly regime: RegimeId;
      readonly lines: readonly Line[];
      readonly total: Dong;
      readonly figures: Figures;
    }
  | { readonly outcome: 'not-entitled'; readonly grounds: readonly Ground[]; readonly figures?: Figures }
  | {
      readonly outcome: 'review';
      readonly reason: ReviewReason;
      readonly regime?: RegimeId;
      readonly figures: Figures;
    };

/** One evaluation under one set of readings. */
export function evaluateDecree178(facts: Facts, known: KnownFacts, service: ServiceTime, choose: Choose): Evaluation {
  const grounds = allGrounds(facts, known, choose);
  // Before its first day the decree has no numbers to compute figures with.
  if (known.leaveOn < firstDay) return { outcome: 'not-entitled', grounds };
  const byAnnex1 = figures(known, service, 'I', choose);
  if (grounds.length > 0) return { outcome: 'not-entitled', grounds, figures: byAnnex1 };
  if (facts.drawsPension) return { outcome: 'review', reason: 'draws-pension', figures: byAnnex1 };
  if (service.compensatedOverlaps) return { outcome: 'review', reason: 'compensated-overlap', figures: byAnnex1 };
  const byAnnex2 = meetsAnnex2Condition(known, service, choose) ? figures(known, service, 'II', choose) : undefined;
  return chooseArticle(known, byAnnex1, byAnnex2, choose);
}

function chooseArticle(
  known: KnownFacts,
  byAnnex1: Figures,
  byAnnex2: Figures | undefined,
  choose: Choose,
): Evaluation {
  if (byAnnex1.monthsEarly <= 0) return { outcome: 'review', reason: 'past-the-age', figures: byAnnex1 };
  if (byAnnex2 !== undefined && byAnnex2.monthsEarly <= 0)
    return { outcome: 'review', reason: 'X15', figures: byAnnex2 };
  const pensionable = isPensionable(known, byAnnex1.insuredMonths, choose);
  const most = inForceOn(mostMonthsEarly, known.leaveOn).value;
  const retires1 = pensionable && byAnnex1.monthsEarly <= most.annex1;
  const retires2 = pensionable && byAnnex2 !== undefined && byAnnex2.monthsEarly <= most.annex2;
  if (retires1 && retires2) return byBothAnnexes(byAnnex1, byAnnex2, choose);
  if (retires1) return pay(reorganisationEarlyRetirement, byAnnex1, choose);
  if (retires2) return pay(reorganisationEarlyRetirement, byAnnex2, choose);
  const nearest = byAnnex2 ?? byAnnex1;
  if (nearest.monthsEarly < inForceOn(fewestMonthsEarly, known.leaveOn).value) {
    return { outcome: 'review', reason: 'X10', figures: nearest };
  }
  return pay(severanceFor(known), nearest, choose);
}

/** Both annexes lead to early retirement, often with other money: question X4. */
function byBothAnnexes(byAnnex1: Figures, byAnnex2: Figures, choose: Choose): Evaluation {
  const by1 = () => pay(reorganisationEarlyRetirement, byAnnex1, choose);
  const by2 = () => pay(reorganisationEarlyRetirement, byAnnex2, choose);
  const reading = choose('X4');
  if (reading === 'annex-1') return by1();
  if (reading === 'annex-2') return by2();
  const [one, two] = [by1(), by2()];
  if (one.outcome !== 'entitled') return one;
  return two.outcome === 'entitled' && one.total > two.total ? one : two;
}

/** Article 9 serves cadres, civil servants and association staff, article 10 public employees and workers. */
function severanceFor({ subject }: KnownFacts): Regime {
  return subject === 'public-employee' || subject === 'contract-worker'
    ? severanceOfPublicEmployees
    : severanceOfCivilServants;
}

function pay(regime: Regime, using: Figures, choose: Choose): Evaluation {
  const lines = regime.lines(using, choose);
  if ('review' in lines) return { outcome: 'review', reason: lines.review, regime: regime.id, figures: using };
  const total = sum(lines.map(({ amount }) => amount));
  return { outcome: 'entitled', regime: regime.id, lines, total, figures: using };
}

/** Every reason that bars the person, each with its citation. */
function allGrounds(facts: Facts, known: KnownFacts, choose: Choose): readonly Ground[] {
  const grounds: Ground[] = [...coverageGrounds(facts, known)];
  if (facts.underInvestigation) grounds.push({ ground: 'under-investigation', by: notYetConsidered });
  const isBarredMother =
    facts.pregnantOrChildUnder36Months && known.sex === 'female' && facts.leaving?.voluntary === false;
  if (isBarredMother) grounds.push({ ground: 'child-under-36-months', by: notYetConsidered });
  return [...grounds, ...dateGrounds(known, choose)];
}

function coverageGrounds(facts: Facts, { subject, leaveOn }: KnownFacts): readonly Ground[] {
  const group = inForceOn(covered, leaveOn < firstDay ? firstDay : leaveOn);
  if (!group.value.includes(subject)) return [{ ground: 'not-covered', by: group.by }];
  if (subject !== 'contract-worker' || facts.contractLikeCivilServant) return [];
  const signedBefore = inForceOn(contractSignedBefore, leaveOn < firstDay ? firstDay : leaveOn);
  const isCovered = facts.contractSignedOn !== undefined && facts.contractSignedOn < signedBefore.value;
  return isCovered ? [] : [{ ground: 'contract-too-late', by: signedBefore.by }];
}

const firstDay = covered[0]?.from ?? '';

function dateGrounds({ leaveOn, decidedOn }: KnownFacts, choose: Choose): readonly Ground[] {
  const grounds: Ground[] = [];
  const after = leavesAfter[0];
  if (after !== undefined && leaveOn <= after.value) grounds.push({ ground: 'left-before-decree', by: after.by });
  const { value, by } = inForceOn(limits, leaveOn < firstDay ? firstDay : leaveOn);
  const isOnTheLimit = decidedOn === value.decidedBefore;
  if (decidedOn > value.decidedBefore || (isOnTheLimit && choose('X6') === 'excluded')) {
    grounds.push({ ground: 'decided-too-late', by });
  }
  const latest = decidedOn < value.earlyDecisionBefore ? value.earlyDecisionLeaveNotAfter : value.leaveNotAfter;
  if (leaveOn > latest) grounds.push({ ground: 'left-too-late', by });
  return grounds;
}

/** Edges that a checker should see: a month more or less would change the band, or the half year. */
export function edgeMarks(evaluation: Evaluation): readonly string[] {
  if (evaluation.outcome === 'not-entitled') return [];
  const { figures: of } = evaluation;
  const most = inForceOn(mostMonthsEarly, of.leaveOn).value;
  const tiers = [inForceOn(fewestMonthsForYears, of.leaveOn).value - 1, most.annex2, most.annex1];
  const isTierEdge = tiers.some((last) => of.monthsEarly === last || of.monthsEarly === last + 1);
  const usesYearsEarly =
    evaluation.outcome === 'entitled' && evaluation.lines.some(({ line }) => line === 'years-early');
  const isRoundingEdge = isOddEdge(of.serviceMonths) || (usesYearsEarly && isOddEdge(of.monthsEarly));
  return [...(isTierEdge ? ['tier-edge'] : []), ...(isRoundingEdge ? ['rounding-edge'] : [])];
}

function isOddEdge(months: number): boolean {
  return months % 12 === 6 || months % 12 === 7;
}
