/**
 * Facts in, assessment out: entitled, not entitled, incomplete, or review. The same facts, readings and law always
 * give the same answer; there is no clock here.
 */
import type { AssessedFigures, AssessedLine, Assessment } from '../case/assessment.ts';
import type { Facts } from '../case/facts.ts';
import { formatRatio, type Ratio } from '../dong.ts';
import { campaignDecidedBefore } from '../law/campaign/campaign.ts';
import { inForceOn } from '../law/dated.ts';
import { covered } from '../law/decree-178-2024/article-02.ts';
import { notYetConsidered } from '../law/decree-178-2024/article-04.ts';
import type { SetReadings } from '../law/readings.ts';
import { edgeMarks, type Evaluation, evaluateDecree178 } from './decree-178.ts';
import { knownFacts, type KnownFacts } from './known-facts.ts';
import { lawHash } from './law-hash.ts';
import { type Factor, type Line, working } from './line.ts';
import { type Explored, explore } from './readings.ts';
import type { Figures } from './regime.ts';
import { type ServiceTime, serviceTime } from './service-time.ts';

/** Takes facts that fit the contract and the switches that are set. */
export function assess(facts: Facts, set: SetReadings = {}): Assessment {
  const cause = facts.leaving?.cause;
  const isUncovered = cause === 'reorganised' && facts.subject !== undefined && !isCovered(facts.subject);
  if (isUncovered) return notCovered(facts);
  const missing = [...(cause === undefined ? ['leaving.cause'] : []), ...missingPaths(facts)];
  if (missing.length > 0 && (cause === undefined || cause === 'reorganised')) {
    return { outcome: 'incomplete', missing, law: lawHash, open: [], marks: [] };
  }
  const known = knownFacts(facts);
  if (cause !== 'reorganised' || 'missing' in known) return notBuilt();
  const service = serviceTime(known.service, known.leaveOn);
  const explored = explore((choose) => evaluateDecree178(facts, known, service, choose), set, keyOf);
  const regimes = explored.alternatives.map(({ result }) => regimeOf(result));
  const isSeverance = regimes.some((regime) => regime === '178/9' || regime === '178/10');
  return answer(explored, factMarks(facts, known, service, set, isSeverance));
}

function missingPaths(facts: Facts): readonly string[] {
  const known = knownFacts(facts);
  return 'missing' in known ? known.missing : [];
}

function isCovered(subject: NonNullable<Facts['subject']>): boolean {
  return covered.some(({ value }) => value.includes(subject));
}

/** Part-timers are served by Decree 154, never by Decree 178 (article 2). */
function notCovered(facts: Facts): Assessment {
  const grounds = covered.slice(0, 1).map(({ by }) => ({ ground: 'not-covered', by: by.vi, byEn: by.en }));
  const { vi, en } = notYetConsidered;
  if (facts.underInvestigation) grounds.push({ ground: 'under-investigation', by: vi, byEn: en });
  return { outcome: 'not-entitled', grounds, law: lawHash, open: [], marks: [] };
}

/** The causes whose articles are not built yet are never guessed. */
function notBuilt(): Assessment {
  return { outcome: 'review', reasons: [{ reason: 'regime-not-built' }], law: lawHash, open: [], marks: [] };
}

/** Equal for evaluations that pay the same. */
function keyOf(evaluation: Evaluation): string {
  if (evaluation.outcome === 'review') return `review ${evaluation.reason}`;
  if (evaluation.outcome === 'not-entitled') return 'not entitled';
  let key: string = evaluation.regime;
  for (const { line, amount } of evaluation.lines) key += ` ${line} ${amount}`;
  return key;
}

function answer(explored: Explored<Evaluation>, marks: readonly string[]): Assessment {
  const { alternatives, undecided, byDefault, isCutShort } = explored;
  const first = alternatives[0]?.result;
  if (first === undefined) throw new RangeError('an evaluation gave no result');
  const open = [...undecided, ...byDefault, ...roundingQuestion(first)];
  const shared = { law: lawHash, open, marks: [...marks, ...edgeMarks(first)] };
  if (alternatives.length > 1 || isCutShort) {
    return {
      outcome: 'review',
      reasons: reasonsOf(explored),
      ...(alternatives.every(({ result }) => regimeOf(result) === regimeOf(first)) ? regimeField(first) : {}),
      ...figuresField(first),
      ...(isCutShort
        ? {}
        : { alternatives: alternatives.map(({ readings, result }) => writtenAlternative(readings, result)) }),
      ...shared,
    };
  }
  switch (first.outcome) {
    case 'entitled':
      return {
        outcome: 'entitled',
        regime: first.regime,
        total: first.total.toString(),
        lines: first.lines.map(writtenLine),
        figures: writtenFigures(first.figures),
        ...shared,
        marks: [...shared.marks, ...(first.figures.firstTwelveMonths ? [] : ['after-12-months'])],
      };
    case 'not-entitled':
      return {
        outcome: 'not-entitled',
        grounds: first.grounds.map(({ ground, by }) => ({ ground, by: by.vi, byEn: by.en })),
        ...figuresField(first),
        ...shared,
      };
    case 'review':
      return {
        outcome: 'review',
        reasons: [{ reason: first.reason }],
        ...regimeField(first),
        ...figuresField(first),
        ...shared,
        open: [...shared.open, ...(/^X\d+$/.test(first.reason) ? [first.reason] : [])],
      };
  }
}

/** The questions that differ, and those of the alternatives that have no formula. */
function reasonsOf({ alternatives, undecided, isCutShort }: Explored<Evaluation>): { reason: string }[] {
  const always = alternatives.flatMap(({ result }) => (result.outcome === 'review' ? [result.reason] : []));
  const tooMany = isCutShort ? (['readings-differ'] as const) : [];
  return [...new Set([...undecided, ...always, ...tooMany])].map((reason) => ({ reason }));
}

/** Someone who left before the law began has no figures under it. */
function figuresField({ figures }: Evaluation): { figures: AssessedFigures } | Record<string, never> {
  return figures === undefined ? {} : { figures: writtenFigures(figures) };
}

function regimeOf(evaluation: Evaluation): string | undefined {
  return evaluation.outcome === 'not-entitled' ? undefined : evaluation.regime;
}

function regimeField(evaluation: Evaluation): { regime: string } | Record<string, never> {
  const regime = regimeOf(evaluation);
  return regime === undefined ? {} : { regime };
}

function writtenAlternative(readings: SetReadings, result: Evaluation) {
  const chosen: Record<string, string> = {};
  for (const [number, value] of Object.entries(readings)) if (value !== undefined) chosen[number] = value;
  if (result.outcome !== 'entitled') return { readings: chosen, outcome: result.outcome };
  const { regime, total, lines } = result;
  return { readings: chosen, outcome: 'entitled', regime, total: total.toString(), lines: lines.map(writtenLine) };
}

/** A salary or a line that had to be rounded rests on our reading of rounding. */
function roundingQuestion(evaluation: Evaluation): readonly string[] {
  if (evaluation.outcome !== 'entitled') return [];
  return evaluation.figures.salaryIsExact && evaluation.lines.every(({ exact }) => exact) ? [] : ['O10'];
}

function writtenLine(of: Line): AssessedLine {
  return {
    line: of.line,
    amount: of.amount.toString(),
    by: of.by.vi,
    byEn: of.by.en,
    working: working(of, 'vi'),
    workingEn: working(of, 'en'),
    base: of.base.toString(),
    factors: of.factors.map(writtenFactor),
  };
}

function writtenFactor(factor: Factor): AssessedLine['factors'][number] {
  const text = ({ of, per }: Ratio) => ({ of: of.toString(), per: per.toString() });
  if (factor.kind !== 'block') return { kind: factor.kind, value: text(factor.value) };
  return { kind: 'block', first: text(factor.first), each: text(factor.each), further: text(factor.further) };
}

function writtenFigures(of: Figures): AssessedFigures {
  return {
    monthlySalary: of.monthlySalary.toString(),
    retirementMonth: of.retirementMonth,
    annex: of.annex,
    monthsEarly: of.monthsEarly,
    yearsEarly: yearsText(of.yearsEarly),
    serviceMonths: of.serviceMonths,
    serviceYears: yearsText(of.serviceYears),
    insuredMonths: of.insuredMonths,
    firstTwelveMonths: of.firstTwelveMonths,
  };
}

/** Years in half-year steps, as the contract writes them: `"2.5"`. */
function yearsText(years: Ratio): string {
  return formatRatio(years).replace(',', '.');
}

/** What a checker should see, whatever the outcome. */
function factMarks(
  facts: Facts,
  known: KnownFacts,
  service: ServiceTime,
  set: SetReadings,
  isSeverance: boolean,
): readonly string[] {
  const birth = facts.person?.birth ?? '';
  const isBorn = (month: string) => known.sex === 'female' && known.birthMonth === month;
  const hasPrivate = known.service.some(({ employer, insured }) => employer === 'private' && insured);
  // Article 7 counts private time unless X19 says otherwise; the severance months leave it out unless X8 does not.
  const leavesPrivateOut = hasPrivate && (set.X19 === 'excluded' || (isSeverance && set.X8 !== 'included'));
  const marks: readonly (readonly [boolean, string])[] = [
    [birth.length === 4, 'year-only-birth'],
    [isBorn('1969-05'), 'born-1969-05'],
    [isBorn('1974-05'), 'born-1974-05'],
    [service.overlaps, 'overlap'],
    [service.endsAfterLeaving, 'service-after-leaving'],
    [leavesPrivateOut, 'private-service-left-out'],
    [facts.pregnantOrChildUnder36Months && known.sex === 'male', 'pregnancy-stated-of-a-man'],
    [known.decidedOn >= inForceOn(campaignDecidedBefore, '2025-01-01').value, 'outside-campaign'],
  ];
  return marks.flatMap(([applies, mark]) => (applies ? [mark] : []));
}
