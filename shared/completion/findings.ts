/**
 * What an inspector looks at first: overrides with their reasons, sums and days on an edge, salaries that rose shortly before
 * leaving, shared accounts. A finding is no fault: it says where to look. Each list is one function over what was read.
 */
import { addDays, addMonths, type LocalDate } from '../calendar.ts';
import type { Batch } from '../case/batch.ts';
import { type Case, caseStream } from '../case/case.ts';
import type { Order } from '../case/order.ts';
import { type Part, partStream } from '../case/part.ts';
import type { Slip } from '../case/slip.ts';
import type { Entry } from '../case/store.ts';
import { type Dong, type Ratio, sum, times } from '../dong.ts';
import type { FindingCode } from './finding-names.ts';

/** Where the lists begin and end. An inspector's choice, not the law's. */
export interface Thresholds {
  /** Leave dates so many days before the last one, and from the first one, of a change. */
  readonly edgeDays: number;
  /** Days from which other rules count. */
  readonly changes: readonly LocalDate[];
  /** Months early, each on one side of a tier. */
  readonly monthsEarly: readonly number[];
  /** Months over whole years, each on one side of a rounding. */
  readonly oddMonths: readonly number[];
  /** A salary that has held for fewer months when the person left. */
  readonly riseMonths: number;
  /** The salary paid on, over the average of sixty months. */
  readonly overAverage: Ratio;
  /** The highest sums: one of so many people. */
  readonly topOneOf: number;
}

export const usualThresholds: Thresholds = {
  edgeDays: 3,
  changes: ['2025-07-01'],
  monthsEarly: [59, 60, 61],
  oddMonths: [6, 7],
  riseMonths: 12,
  overAverage: { of: 3n, per: 2n },
  topOneOf: 100,
};

/** One case as it was read, with its parts and every order there was for them. */
export interface Inspected {
  readonly of: Case;
  readonly parts: readonly Part[];
  readonly orders: readonly Order[];
}

/** What two lists need of everybody at once: small enough to be held for a whole province. */
export interface Outline {
  readonly caseId: string;
  readonly total: Dong;
  readonly account: string;
  /** Cases that had the account first, as it was marked when the case came. */
  readonly alike: readonly string[];
}

/** What stands beside the cases: the lists and slips that pay them, readings set, delegations given. */
export interface Surroundings {
  readonly batches: readonly Batch[];
  readonly slips: readonly Slip[];
  readonly settings: readonly Entry[];
}

export interface Found {
  readonly caseId?: string;
  /** Đồng that hang on it: the person's, the list's, the slip's; nothing where none does. */
  readonly total: Dong;
  readonly stream: string;
  readonly seq?: number;
  readonly at?: string;
  readonly by?: string;
  /** In the words of whoever did it, or the value that was found. */
  readonly why: string;
}

/** Of a case, đồng; nothing where nobody is entitled. */
export const totalOf = ({ assessment }: Case): Dong =>
  assessment.outcome === 'entitled' ? BigInt(assessment.total) : 0n;

const ofCase = ({ of }: Inspected, why: string): Found => ({
  caseId: of.id,
  total: totalOf(of),
  stream: caseStream(of.id),
  why,
});

function textOf({ data }: Entry, name: string): string {
  const parsed: unknown = JSON.parse(data);
  if (typeof parsed !== 'object' || parsed === null) return '';
  const value: unknown = Object.entries(parsed).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : '';
}

const ofEntry = (entry: Entry, why: string): Omit<Found, 'total'> => {
  const { stream, seq, at, by } = entry;
  return { stream, seq, at, by, why };
};

type Holder = 'of' | 'parts' | 'orders';

/** Entries of this kind in the cases, their parts or their orders, with the reason each gives. */
function acts(cases: readonly Inspected[], where: Holder, kind: string, reason: string): readonly Found[] {
  return cases.flatMap((one) => {
    const holders = where === 'of' ? [one.of] : one[where];
    return holders
      .flatMap(({ entries }) => entries.filter((entry) => entry.kind === kind))
      .map((entry) => ({ ...ofEntry(entry, textOf(entry, reason)), caseId: one.of.id, total: totalOf(one.of) }));
  });
}

function ofSlips({ slips }: Surroundings, kind: string, fits: (entry: Entry) => boolean): readonly Found[] {
  return slips.flatMap((slip) =>
    slip.entries
      .filter((entry) => entry.kind === kind && fits(entry))
      .map((entry) => ({ ...ofEntry(entry, textOf(entry, 'reason')), total: BigInt(slip.total) })),
  );
}

function ofBatches({ batches }: Surroundings, kind: string, reason: string): readonly Found[] {
  return batches.flatMap((batch) =>
    batch.entries
      .filter((entry) => entry.kind === kind)
      .map((entry) => ({ ...ofEntry(entry, textOf(entry, reason)), total: BigInt(batch.frozen?.total ?? '0') })),
  );
}

function ofSettings({ settings }: Surroundings, kinds: readonly string[]): readonly Found[] {
  return settings
    .filter(({ kind }) => kinds.includes(kind))
    .map((entry) => ({ ...ofEntry(entry, textOf(entry, 'number')), total: 0n }));
}

type CaseFinder = (cases: readonly Inspected[], thresholds: Thresholds) => readonly Found[];

/** Left so many days before a change, or in its first days. */
const onEdgeDay: CaseFinder = (cases, { edgeDays, changes }) =>
  cases.flatMap((one) => {
    const on = one.of.submitted.facts.leaving?.on ?? '';
    const isNear = changes.some((change) => on >= addDays(change, -edgeDays) && on < addDays(change, edgeDays));
    return isNear ? [ofCase(one, on)] : [];
  });

const onEdgeOfMonths: CaseFinder = (cases, { monthsEarly }) =>
  cases.flatMap((one) => {
    const { assessment } = one.of;
    if (!('figures' in assessment) || assessment.figures === undefined) return [];
    const { monthsEarly: months } = assessment.figures;
    return monthsEarly.includes(months) ? [ofCase(one, String(months))] : [];
  });

const onEdgeOfYears: CaseFinder = (cases, { oddMonths }) =>
  cases.flatMap((one) => {
    const { assessment } = one.of;
    if (!('figures' in assessment) || assessment.figures === undefined) return [];
    const { serviceMonths } = assessment.figures;
    return serviceMonths > 0 && oddMonths.includes(serviceMonths % 12) ? [ofCase(one, String(serviceMonths))] : [];
  });

/** The salary that is paid on had held for less than a year. */
const roseBeforeLeaving: CaseFinder = (cases, { riseMonths }) =>
  cases.flatMap((one) => {
    const { leaving, pay } = one.of.submitted.facts;
    const since = pay?.effectiveFrom;
    if (leaving?.on === undefined || since === undefined) return [];
    return since > addMonths(leaving.on, -riseMonths) ? [ofCase(one, since)] : [];
  });

/** More than the stated share of the average of the last sixty months. */
const aboveAverage: CaseFinder = (cases, { overAverage }) =>
  cases.flatMap((one) => {
    const average = one.of.submitted.facts.averagePay60Months;
    const { assessment } = one.of;
    if (average === undefined || !('figures' in assessment)) return [];
    const salary = assessment.figures?.monthlySalary;
    if (salary === undefined || BigInt(salary) <= times(BigInt(average), overAverage)) return [];
    return [ofCase(one, average)];
  });

const alikePeople: CaseFinder = (cases) =>
  cases.flatMap((one) => {
    const others = (one.of.submitted.alike ?? []).filter((alike) => alike.in === 'person');
    return others.length === 0 ? [] : [ofCase(one, others.map(({ caseId }) => caseId).join(', '))];
  });

const bornInAYear: CaseFinder = (cases) =>
  cases.flatMap((one) => {
    const birth = one.of.submitted.facts.person?.birth ?? '';
    return /^\d{4}$/.test(birth) ? [ofCase(one, birth)] : [];
  });

const declaredOtherwise: CaseFinder = (cases) =>
  cases.flatMap((one) => {
    const declared = one.of.submitted.declaredTotal;
    return declared === undefined || BigInt(declared) === totalOf(one.of) ? [] : [ofCase(one, declared)];
  });

const paidElsewhere: CaseFinder = (cases) =>
  cases.flatMap(({ of, parts }) =>
    parts.flatMap(({ id, last: { elsewhere } }) =>
      elsewhere === undefined
        ? []
        : [{ caseId: of.id, total: BigInt(elsewhere.amount), stream: partStream(id), why: elsewhere.document }],
    ),
  );

const ofOutline = ({ caseId, total }: Outline, why: string): Found => ({
  caseId,
  total,
  stream: caseStream(caseId),
  why,
});

function sharedAccounts(outlines: readonly Outline[]): readonly Found[] {
  const byAccount = Map.groupBy(outlines, ({ account }) => account);
  return outlines.flatMap((one) => {
    const others = (byAccount.get(one.account) ?? []).map(({ caseId }) => caseId).filter((id) => id !== one.caseId);
    const named = [...new Set([...others, ...one.alike])];
    return named.length === 0 ? [] : [ofOutline(one, named.join(', '))];
  });
}

/** Whoever has the same as the last of them is among them. */
function highestSums(outlines: readonly Outline[], { topOneOf }: Thresholds): readonly Found[] {
  const paid = outlines.filter(({ total }) => total > 0n).toSorted((one, other) => (one.total > other.total ? -1 : 1));
  const least = paid[Math.ceil(paid.length / topOneOf) - 1]?.total;
  return least === undefined ? [] : paid.filter(({ total }) => total >= least).map((one) => ofOutline(one, ''));
}

/** One function a list; each case alone, so that a province is read in slices. */
export const caseFinders = {
  resumed: (cases) => acts(cases, 'parts', 'resume', 'reason'),
  'held-before': (cases) => acts(cases, 'parts', 'hold', 'reason'),
  explained: (cases) => acts(cases, 'orders', 'explained', 'reason'),
  corrected: (cases) => acts(cases, 'of', 'facts-corrected', 'reason'),
  'account-changed': (cases) => acts(cases, 'of', 'account-proposed', 'reason'),
  'other-payee': (cases) => acts(cases, 'of', 'payee-stated', 'document'),
  'edge-day': onEdgeDay,
  'edge-months-early': onEdgeOfMonths,
  'edge-odd-months': onEdgeOfYears,
  'late-rise': roseBeforeLeaving,
  'above-average': aboveAverage,
  'alike-people': alikePeople,
  'year-only-birth': bornInAYear,
  'declared-otherwise': declaredOtherwise,
  'paid-elsewhere': paidElsewhere,
} as const satisfies Partial<Record<FindingCode, CaseFinder>>;

/** Those that compare everybody with everybody. */
export const outlineFinders = {
  'shared-account': sharedAccounts,
  'highest-sums': highestSums,
} as const satisfies Partial<
  Record<FindingCode, (outlines: readonly Outline[], thresholds: Thresholds) => readonly Found[]>
>;

export const surroundingFinders = {
  'readings-set': (around) => ofSettings(around, ['set', 'unset']),
  delegations: (around) => ofSettings(around, ['delegated']),
  'file-again': (around) => ofSlips(around, 'file-taken', ({ data }) => data.includes('"again":true')),
  'slip-withdrawn': (around) => ofSlips(around, 'withdrawn', () => true),
  reopened: (around) => ofBatches(around, 'reopened', 'reason'),
  'on-behalf': (around) => ofBatches(around, 'decided', 'onBehalfOf').filter(({ why }) => why !== ''),
} as const satisfies Partial<Record<FindingCode, (around: Surroundings) => readonly Found[]>>;

/** People once each, and the đồng of each once, however often they stand in the list. */
export function countOf(found: readonly Found[]): { readonly count: number; readonly total: Dong } {
  const each = new Map(found.map((one) => [one.caseId ?? one.stream, one.total]));
  return { count: found.length, total: sum(each.values()) };
}
