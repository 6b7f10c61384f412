/**
 * Facts in, assessment out: entitled, not entitled, incomplete, or review. The same facts, readings and law always
 * give the same answer; there is no clock here.
 */
import type { AssessedFigures, AssessedLine, Assessment } from '../case/assessment.ts';
import type { Facts } from '../case/facts.ts';
import { formatRatio, type Ratio } from '../dong.ts';
import { campaignDecidedBefore } from '../law/campaign/campaign.ts';
import { inForceOn } from '../law/dated.ts';
import { isReadingNumber, type SetReadings } from '../law/readings.ts';
import type { Evaluation } from './evaluation.ts';
import { familyOf } from './families.ts';
import type { Family } from './family.ts';
import { knownFacts, type KnownFacts } from './known-facts.ts';
import { lawHash } from './law-hash.ts';
import { type Factor, type Line, working } from './line.ts';
import { type Explored, explore } from './readings.ts';
import type { Figures } from './regime.ts';
import { type ServiceTime, serviceTime } from './service-time.ts';

/** Takes facts that fit the contract and the switches that are set. */
export function assess(facts: Facts, set: SetReadings = {}): Assessment {
  const cause = facts.leaving?.cause;
  // Without a cause nobody knows the articles; what the ordinary family needs is asked for along with it.
  const family = familyOf(facts, cause ?? (isPartTimer(facts) ? 'post-abolished' : 'reorganised'));
  if (cause !== undefined && facts.subject !== undefined && !isCovered(facts, family)) return notCovered(facts, family);
  const known = knownFacts(facts, family.needs(facts, set));
  if (cause === undefined || 'missing' in known) {
    const missing = [...(cause === undefined ? ['leaving.cause'] : []), ...('missing' in known ? known.missing : [])];
    return { outcome: 'incomplete', missing, law: lawHash, open: [], marks: [] };
  }
  const service = serviceTime(known.service, known.leaveOn, isPartTimer(facts) ? 'part-timer' : 'staff');
  const explored = explore((choose) => family.evaluate(known, service, choose), set, keyOf);
  return answer(explored, factMarks(facts, known, service, set, family, explored), family);
}

function isPartTimer({ subject }: Facts): boolean {
  return subject === 'commune-part-timer' || subject === 'village-part-timer';
}

function isCovered(facts: Facts, family: Family): boolean {
  return family.covers(facts).some(({ value }) => facts.subject !== undefined && value.includes(facts.subject));
}

/** The subject decides before anything is computed; what else bars the person is listed too. */
function notCovered(facts: Facts, family: Family): Assessment {
  const grounds = family
    .covers(facts)
    .slice(0, 1)
    .map(({ by }) => ({ ground: 'not-covered', by: by.vi, byEn: by.en }));
  const { vi, en } = family.notYet;
  if (facts.underInvestigation) grounds.push({ ground: 'under-investigation', by: vi, byEn: en });
  const isWithSmallChild = facts.pregnantOrChildUnder36Months && facts.leaving?.voluntary === false;
  if (isWithSmallChild && facts.person?.sex === 'female') {
    grounds.push({ ground: 'child-under-36-months', by: vi, byEn: en });
  }
  return { outcome: 'not-entitled', grounds, law: lawHash, open: [], marks: [] };
}

/** Equal for evaluations that pay the same. */
function keyOf(evaluation: Evaluation): string {
  if (evaluation.outcome === 'review') return `review ${evaluation.reason}`;
  if (evaluation.outcome === 'not-entitled') return 'not entitled';
  let key: string = evaluation.regime;
  for (const { line, amount } of evaluation.lines) key += ` ${line} ${amount}`;
  return key;
}

function answer(explored: Explored<Evaluation>, marks: readonly string[], family: Family): Assessment {
  const { alternatives, undecided, byDefault, isCutShort } = explored;
  const first = alternatives[0]?.result;
  if (first === undefined) throw new RangeError('an evaluation gave no result');
  const open = [...undecided, ...byDefault];
  if (restsOnRounding(first)) open.push('O10');
  const shared = { law: lawHash, open, marks: [...marks, ...family.edges(first)] };
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
        ...yieldsToField(first),
        law: lawHash,
        open,
        marks: first.figures.firstTwelveMonths === false ? [...shared.marks, 'after-12-months'] : shared.marks,
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
        open: [...shared.open, ...(isReadingNumber(first.reason) ? [first.reason] : [])],
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

function yieldsToField({ yieldsTo }: Extract<Evaluation, { outcome: 'entitled' }>) {
  if (yieldsTo === undefined) return {};
  return { yieldsTo: yieldsTo.map(({ regime, total }) => ({ regime, total: total.toString() })) };
}

function writtenAlternative(readings: SetReadings, result: Evaluation) {
  const chosen: Record<string, string> = {};
  for (const [number, value] of Object.entries(readings)) if (value !== undefined) chosen[number] = value;
  if (result.outcome !== 'entitled') return { readings: chosen, outcome: result.outcome };
  const { regime, total, lines } = result;
  return { readings: chosen, outcome: 'entitled', regime, total: total.toString(), lines: lines.map(writtenLine) };
}

/** A salary or a line that had to be rounded rests on our reading of rounding. */
function restsOnRounding(evaluation: Evaluation): boolean {
  if (evaluation.outcome !== 'entitled') return false;
  return !evaluation.figures.baseIsExact || evaluation.lines.some(({ exact }) => !exact);
}

function writtenLine(of: Line): AssessedLine {
  const { vi, en } = working(of);
  return {
    line: of.line,
    amount: of.amount.toString(),
    by: of.by.vi,
    byEn: of.by.en,
    working: vi,
    workingEn: en,
    base: of.base.toString(),
    factors: of.factors.map(writtenFactor),
  };
}

function writtenFactor(factor: Factor): AssessedLine['factors'][number] {
  if (factor.kind !== 'block') return { kind: factor.kind, value: ratioText(factor.value) };
  const block = {
    first: ratioText(factor.first),
    each: ratioText(factor.each),
    further: ratioText(factor.further),
  };
  return { kind: 'block', ...block, ...(factor.unit === undefined ? {} : { unit: factor.unit }) };
}

function ratioText({ of, per }: Ratio): { readonly of: string; readonly per: string } {
  return { of: of.toString(), per: per === 1n ? '1' : per.toString() };
}

function writtenFigures(of: Figures): AssessedFigures {
  const { retirementMonth, annex, monthsEarly, serviceMonths, insuredMonths, firstTwelveMonths } = of;
  const base = of.base.toString();
  const yearsEarly = yearsText(of.yearsEarly);
  const serviceYears = yearsText(of.serviceYears);
  const shared = { retirementMonth, annex, monthsEarly, yearsEarly, serviceMonths, serviceYears, insuredMonths };
  if (of.isAllowance) return { monthlyAllowance: base, ...shared };
  const written: AssessedFigures = { monthlySalary: base, ...shared };
  if (firstTwelveMonths !== undefined) written.firstTwelveMonths = firstTwelveMonths;
  return written;
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
  family: Family,
  { alternatives }: Explored<Evaluation>,
): readonly string[] {
  const birth = facts.person?.birth ?? '';
  const isBorn = (month: string) => known.sex === 'female' && known.birthMonth === month;
  const hasPrivate = known.service.some(({ employer, insured }) => employer === 'private' && insured);
  const regimes = () => alternatives.map(({ result }) => regimeOf(result));
  const marks: string[] = [];
  const markIf = (applies: boolean, mark: string) => applies && marks.push(mark);
  markIf(birth.length === 4, 'year-only-birth');
  markIf(isBorn('1969-05'), 'born-1969-05');
  markIf(isBorn('1974-05'), 'born-1974-05');
  markIf(service.overlaps, 'overlap');
  markIf(service.endsAfterLeaving, 'service-after-leaving');
  markIf(hasPrivate && family.leavesPrivateOut(set, regimes()), 'private-service-left-out');
  markIf(facts.pregnantOrChildUnder36Months && known.sex === 'male', 'pregnancy-stated-of-a-man');
  markIf(known.decidedOn >= inForceOn(campaignDecidedBefore, '2025-01-01').value, 'outside-campaign');
  return marks;
}
