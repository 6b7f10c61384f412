/** Where everyone stands: entitled = credited + returned + in flight + not yet ordered + held + cancelled. */
import { awaitedOf, type Bucket, bucketOf, buckets, type Status, statuses } from '../case/lifecycle.ts';
import { type PartSummary, partSummary } from '../case/part.ts';
import { allRows, type Store } from '../case/store.ts';
import type { Dong } from '../dong.ts';
import * as z from 'zod';

export interface Count {
  readonly people: number;
  readonly total: Dong;
}

export interface Tally {
  readonly entitled: Count;
  readonly byBucket: Readonly<Record<Bucket, Count>>;
  readonly byStatus: ReadonlyMap<Status, Count>;
  /** Of the unpaid: who must act, with the day since which the oldest waits. */
  readonly unpaidByCause: ReadonlyMap<string, Count & { readonly since: string }>;
  readonly byRegime: ReadonlyMap<string, { readonly entitled: Count; readonly credited: Count }>;
  readonly byUnit: ReadonlyMap<
    string,
    { readonly entitled: Count; readonly credited: Count; readonly unpaidSince: string }
  >;
  readonly byBlock: ReadonlyMap<string, { readonly entitled: Count; readonly credited: Count }>;
  /** Cases that no part pays yet, by why: a person must decide, papers are missing, or no right. */
  readonly withoutPart: ReadonlyMap<string, number>;
  /** Days on which people were credited, oldest first, with how many. */
  readonly creditedByDay: readonly { readonly day: string; readonly people: number }[];
}

/** Counts the rows of the whole province, or of one batch or unit. */
export async function tally(
  store: Store,
  dayOf: (instant: string) => string,
  of: { readonly batch?: string; readonly unit?: string } = {},
): Promise<Tally> {
  const counting = emptyCounts();
  for await (const { status: text, unit = '', summary } of allRows(store, { kind: 'part', ...of })) {
    count(counting, z.enum(statuses).parse(text), unit, partSummary.parse(summary), dayOf);
  }
  const withoutPart = new Map<string, number>();
  if (of.batch === undefined) {
    const filter = of.unit === undefined ? {} : { unit: of.unit };
    for (const status of ['review', 'incomplete', 'not-entitled']) {
      let people = 0;
      for await (const _row of allRows(store, { kind: 'case', status, ...filter })) people += 1;
      if (people > 0) withoutPart.set(status, people);
    }
  }
  const creditedByDay = [...counting.days].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return { ...counting, withoutPart, creditedByDay: creditedByDay.map(([day, people]) => ({ day, people })) };
}

const none: Count = { people: 0, total: 0n };

function emptyCounts() {
  return {
    entitled: none,
    byBucket: {
      credited: none,
      returned: none,
      'in-flight': none,
      'not-yet-ordered': none,
      held: none,
      cancelled: none,
    } satisfies Record<Bucket, Count> as Record<Bucket, Count>,
    byStatus: new Map<Status, Count>(),
    unpaidByCause: new Map<string, Count & { since: string }>(),
    byRegime: new Map<string, { entitled: Count; credited: Count }>(),
    byUnit: new Map<string, { entitled: Count; credited: Count; unpaidSince: string }>(),
    byBlock: new Map<string, { entitled: Count; credited: Count }>(),
    days: new Map<string, number>(),
  };
}

function count(
  into: ReturnType<typeof emptyCounts>,
  status: Status,
  unit: string,
  summary: PartSummary,
  dayOf: (instant: string) => string,
): void {
  const one: Count = { people: 1, total: BigInt(summary.total) };
  const bucket = bucketOf[status];
  const isCredited = bucket === 'credited';
  const isUnpaid = !isCredited && bucket !== 'cancelled';
  into.entitled = add(into.entitled, one);
  into.byBucket[bucket] = add(into.byBucket[bucket], one);
  into.byStatus.set(status, add(into.byStatus.get(status), one));
  addPaid(into.byRegime, summary.regime, one, isCredited);
  addPaid(into.byBlock, summary.block, one, isCredited);
  const before = into.byUnit.get(unit);
  const unpaidSince = isUnpaid ? earlier(before?.unpaidSince, summary.since) : (before?.unpaidSince ?? '');
  into.byUnit.set(unit, {
    entitled: add(before?.entitled, one),
    credited: isCredited ? add(before?.credited, one) : (before?.credited ?? none),
    unpaidSince,
  });
  if (isUnpaid) {
    const cause = awaitedOf[status];
    const known = into.unpaidByCause.get(cause);
    into.unpaidByCause.set(cause, { ...add(known, one), since: earlier(known?.since, summary.since) });
  }
  if (isCredited) {
    const day = dayOf(summary.since);
    into.days.set(day, (into.days.get(day) ?? 0) + 1);
  }
}

function addPaid(
  into: Map<string, { entitled: Count; credited: Count }>,
  key: string,
  one: Count,
  isCredited: boolean,
): void {
  const before = into.get(key);
  into.set(key, {
    entitled: add(before?.entitled, one),
    credited: isCredited ? add(before?.credited, one) : (before?.credited ?? none),
  });
}

function add(known: Count | undefined, one: Count): Count {
  return known === undefined ? one : { people: known.people + one.people, total: known.total + one.total };
}

function earlier(one: string | undefined, other: string): string {
  return one === undefined || one === '' || other < one ? other : one;
}

/** What the zero-sum line leaves over; anything but nothing is a fault of ours. */
export function remainder({ entitled, byBucket }: Pick<Tally, 'entitled' | 'byBucket'>): Count {
  let { people, total } = entitled;
  for (const bucket of buckets) {
    people -= byBucket[bucket].people;
    total -= byBucket[bucket].total;
  }
  return { people, total };
}
