/**
 * Which article of Decree 178 governs a person, and what it pays: article 7 with 9 and 10 in a reorganised body, 7a in a
 * body that must cut, 7b for cadres who do not stand again (with Decree 177).
 */
import { type Dated, inForceOn } from '../law/dated.ts';
import {
  contractSignedBefore,
  covered,
  coveredCadres,
  coveredCommitteeMembers,
  coveredOfOtherBodies,
  leavesAfter,
} from '../law/decree-178-2024/article-02.ts';
import { notYetConsidered } from '../law/decree-178-2024/article-04.ts';
import { oddMonths } from '../law/decree-178-2024/article-05.ts';
import { fewestMonthsForYears, mostMonthsEarly } from '../law/decree-178-2024/article-07.ts';
import { by7a, clockFrom, leavesFrom, mostMonthsEarly as mostOf7a } from '../law/decree-178-2024/article-07a.ts';
import { fewestMonthsOfEligible, mostMonthsEarly as mostOf7b } from '../law/decree-178-2024/article-07b.ts';
import { fewestMonthsEarly } from '../law/decree-178-2024/article-09.ts';
import type { SetReadings } from '../law/readings.ts';
import { limits } from '../law/letter-6383-2025/limits.ts';
import { ask, type Evaluation, type Ground, notYetGrounds, pay, refuse } from './evaluation.ts';
import {
  countedMonths178,
  figures,
  isPensionable,
  leavesInFirstTwelveMonths,
  meetsAnnex2Condition,
  severanceMonths,
} from './figures.ts';
import type { Family } from './family.ts';
import { type KnownFacts, salaryOf } from './known-facts.ts';
import { hasEdges, isOnTierEdge, tierAndRoundingEdges } from './edges.ts';
import { monthlySalary } from './monthly-salary.ts';
import type { Choose } from './readings.ts';
import type { Figures, Regime } from './regime.ts';
import { earlyRetirementOfCadres } from './regimes/cadre-early-retirement.ts';
import {
  earlyRetirementInOtherBodies,
  reorganisationEarlyRetirement,
} from './regimes/reorganisation-early-retirement.ts';
import { severanceOfCivilServants, severanceOfPublicEmployees } from './regimes/reorganisation-severance.ts';
import type { Annex } from './retirement-age.ts';
import type { ServiceTime } from './service-time.ts';

/** The figures by Annex I, and by Annex II where its 15-year condition holds. */
interface BothFigures {
  readonly by1: Figures;
  readonly by2: Figures | undefined;
}

/** A body was reorganised: article 7, else 9 or 10. */
export const reorganised: Family = {
  needs: () => ({ service: true, reorganisedOn: true, contract: true }),
  covers: () => covered,
  notYet: notYetConsidered,
  evaluate: (known, service, choose) => throughTheGate(known, service, choose, clockOfBody, reorganisedArticle),
  leavesPrivateOut: leavesPrivateOut178,
  edges: edgesOf178,
};

/** A body was not reorganised but must cut: article 7a. */
export const restructured: Family = {
  needs: () => ({ service: true, contract: true }),
  covers: () => coveredOfOtherBodies,
  notYet: notYetConsidered,
  evaluate(known, service, choose) {
    return throughTheGate(known, service, choose, clockOf67, (both) => {
      if (known.leaveOn < inForceOn(leavesFrom, known.leaveOn).value) return ask('before-decree-67', both.by1);
      const most = inForceOn(mostOf7a, known.leaveOn);
      const fewest = inForceOn(fewestMonthsForYears, known.leaveOn).value;
      return earlyRetirementAlone(known, both, most, choose, (by) =>
        by.monthsEarly < fewest && choose('X2') === 'none'
          ? refuse('pension-unreduced-no-cash', by7a, by)
          : pay(earlyRetirementInOtherBodies, by, choose),
      );
    });
  },
  leavesPrivateOut: leavesPrivateOut178,
  edges: edgesOf178,
};

/** A cadre or committee member who does not stand again: article 7b, Decree 177 before it. */
export const notReElected: Family = {
  needs: () => ({ service: true, notReElected: true, contract: true }),
  covers: ({ leaving }) =>
    leaving?.notReElected === 'too-old' || leaving?.notReElected === 'still-eligible'
      ? coveredCadres
      : coveredCommitteeMembers,
  notYet: notYetConsidered,
  evaluate(known, service, choose) {
    return throughTheGate(known, service, choose, clockOfBody, (both) => {
      const fewest = inForceOn(fewestMonthsOfEligible, known.leaveOn).value;
      const nearest = both.by2 ?? both.by1;
      // The months are counted at the congress, whose day is not among the facts.
      if (known.notReElected === 'still-eligible' && nearest.monthsEarly < fewest) {
        return ask('months-at-congress', nearest);
      }
      const most = inForceOn(mostOf7b, known.leaveOn);
      return earlyRetirementAlone(known, both, most, choose, (by) => cadreArticle(by, choose));
    });
  },
  leavesPrivateOut: leavesPrivateOut178,
  edges: edgesOf178,
};

/** With under two years left it is question X18 whether article 7b or article 7 pays. */
function cadreArticle(by: Figures, choose: Choose): Evaluation {
  const isNear = by.monthsEarly < inForceOn(fewestMonthsForYears, by.lawOn).value;
  return pay(
    isNear && choose('X18') === 'article-7' ? reorganisationEarlyRetirement : earlyRetirementOfCadres,
    by,
    choose,
  );
}

/** What every article of the decree asks first; then the article. */
function throughTheGate(
  known: KnownFacts,
  service: ServiceTime,
  choose: Choose,
  clock: Clock,
  article: (both: BothFigures, service: ServiceTime, known: KnownFacts, choose: Choose) => Evaluation,
): Evaluation {
  const grounds = [...contractGrounds(known), ...notYetGrounds(known, notYetConsidered), ...dateGrounds(known, choose)];
  // Before its first day the decree has no numbers to compute figures with.
  if (known.leaveOn < firstDay) return { outcome: 'not-entitled', grounds };
  const by1 = figures178(known, service, 'I', choose, clock);
  if (grounds.length > 0) return { outcome: 'not-entitled', grounds, figures: by1 };
  if (known.drawsPension) return ask('draws-pension', by1);
  if (service.compensatedOverlaps) return ask('compensated-overlap', by1);
  const by2 = meetsAnnex2Condition(known, service, choose)
    ? figures178(known, service, 'II', choose, clock)
    : undefined;
  if (by1.monthsEarly <= 0) return ask('past-the-age', by1);
  if (by2 !== undefined && by2.monthsEarly <= 0) return ask('X15', by2);
  return article({ by1, by2 }, service, known, choose);
}

function figures178(known: KnownFacts, service: ServiceTime, annex: Annex, choose: Choose, clock: Clock): Figures {
  return figures(known, service, annex, choose, {
    base: monthlySalary(salaryOf(known), known.leaveOn, choose),
    serviceMonths: countedMonths178(service, choose),
    oddMonths,
    lawOn: known.leaveOn,
    firstTwelveMonths: clock(known, choose),
  });
}

/** Whether the leave date is within the twelve months of the first rate. */
type Clock = (known: KnownFacts, choose: Choose) => boolean;

/** From the reorganisation; a cadre whose body goes on has no such clock. */
function clockOfBody({ leaveOn, reorganisedOn }: KnownFacts, choose: Choose): boolean {
  return reorganisedOn === undefined || leavesInFirstTwelveMonths(leaveOn, reorganisedOn, choose);
}

/** Of a body that is not reorganised, from Decree 67: question X2. */
function clockOf67({ leaveOn }: KnownFacts, choose: Choose): boolean {
  return leavesInFirstTwelveMonths(leaveOn, inForceOn(clockFrom, leaveOn).value, choose);
}

function reorganisedArticle(
  { by1, by2 }: BothFigures,
  service: ServiceTime,
  known: KnownFacts,
  choose: Choose,
): Evaluation {
  const most = inForceOn(mostMonthsEarly, known.leaveOn).value;
  const pensionable = isPensionable(known, by1.insuredMonths, choose);
  const retires1 = pensionable && by1.monthsEarly <= most.annex1;
  const retires2 = pensionable && by2 !== undefined && by2.monthsEarly <= most.annex2;
  const retire = (by: Figures) => () => pay(reorganisationEarlyRetirement, by, choose);
  if (retires1 && retires2) return byBothAnnexes(retire(by1), retire(by2), choose);
  if (retires1) return retire(by1)();
  if (retires2) return retire(by2)();
  const nearest = by2 ?? by1;
  if (nearest.monthsEarly < inForceOn(fewestMonthsEarly, known.leaveOn).value) return ask('X10', nearest);
  return pay(severanceFor(known), { ...nearest, severanceMonths: severanceMonths(service, choose) }, choose);
}

/** Both annexes lead to article 7, often with other money: question X4. */
function byBothAnnexes(by1: () => Evaluation, by2: () => Evaluation, choose: Choose): Evaluation {
  const reading = choose('X4');
  if (reading === 'annex-1') return by1();
  if (reading === 'annex-2') return by2();
  const [one, two] = [by1(), by2()];
  if (one.outcome !== 'entitled') return one;
  return two.outcome === 'entitled' && one.total > two.total ? one : two;
}

/** Articles 7a and 7b: early retirement up to some months before the age, and no severance beside it. */
function earlyRetirementAlone(
  known: KnownFacts,
  { by1, by2 }: BothFigures,
  most: Dated<number>,
  choose: Choose,
  paying: (by: Figures) => Evaluation,
): Evaluation {
  // The annexes lie at least 60 months apart: who is before the age of Annex II has more than 60 months by Annex I.
  const by = by2 ?? by1;
  if (by.monthsEarly > most.value) return refuse('more-than-60-months', most.by, by);
  if (isPensionable(known, by.insuredMonths, choose)) return paying(by);
  const isNear = by.monthsEarly < inForceOn(fewestMonthsForYears, known.leaveOn).value;
  return isNear ? ask('X10', by) : refuse('not-pensionable', most.by, by);
}

/** Article 9 serves cadres, civil servants and association staff, article 10 public employees and workers. */
function severanceFor({ subject }: KnownFacts): Regime {
  return subject === 'public-employee' || subject === 'contract-worker'
    ? severanceOfPublicEmployees
    : severanceOfCivilServants;
}

function contractGrounds({ subject, contractSignedOn, contractLikeCivilServant }: KnownFacts): readonly Ground[] {
  if (subject !== 'contract-worker' || contractLikeCivilServant || contractSignedOn === undefined) return [];
  const signedBefore = contractSignedBefore[0];
  if (signedBefore === undefined || contractSignedOn < signedBefore.value) return [];
  return [{ ground: 'contract-too-late', by: signedBefore.by }];
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

/** Article 7 counts private time unless X19 says otherwise; the severance months leave it out unless X8 does not. */
function leavesPrivateOut178({ X19, X8 }: SetReadings, regimes: readonly (string | undefined)[]): boolean {
  const isSeverance = regimes.some((regime) => regime === '178/9' || regime === '178/10');
  return X19 === 'excluded' || (isSeverance && X8 !== 'included');
}

/** A month more or less would change the band, or the half year. */
function edgesOf178(evaluation: Evaluation): readonly string[] {
  if (!hasEdges(evaluation)) return [];
  const { figures: of } = evaluation;
  const most = inForceOn(mostMonthsEarly, of.lawOn).value;
  const lasts = [inForceOn(fewestMonthsForYears, of.lawOn).value - 1, most.annex2, most.annex1];
  return tierAndRoundingEdges(evaluation, of, isOnTierEdge(of.monthsEarly, ...lasts));
}
