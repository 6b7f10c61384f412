/** Where everyone stands: entitled = credited + returned + in flight + not yet ordered + held + cancelled. */
import { awaitedOf, type Bucket, bucketOf, buckets, type Status, statuses } from '../case/lifecycle.ts';
import { partSummary } from '../case/part.ts';
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

const status = z.enum(statuses);

/** Counts the rows of the whole province, or of one batch or unit. */
export async function tally(
  store: Store,
  dayOf: (instant: string) => string,
  of: { readonly batch?: string; readonly unit?: string } = {},
): Promise<Tally> {
  const counting = emptyCounts();
  for await (const { status: text, unit = '', summary } of allRows(store, { kind: 'part', ...of })) {
    // In one list everybody stands once; in the province whoever has several parts is counted with the first.
    count(counting, status.parse(text), unit, counted.parse(summary), of.batch !== undefined);
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
  return { ...counting, withoutPart, creditedByDay: byDay(counting.hours, dayOf) };
}

function byDay(hours: ReadonlyMap<string, number>, dayOf: (instant: string) => string): Tally['creditedByDay'] {
  const days = new Map<string, number>();
  for (const [hour, people] of hours) {
    const day = dayOf(`${hour}:00:00Z`);
    days.set(day, (days.get(day) ?? 0) + people);
  }
  return [...days].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([day, people]) => ({ day, people }));
}

/** What is counted while the rows are read; one object a key, for there are thousands of rows. */
interface Sum {
  people: number;
  total: Dong;
}

interface PaidSum {
  readonly entitled: Sum;
  readonly credited: Sum;
}

const emptySum = (): Sum => ({ people: 0, total: 0n });
const emptyPaid = (): PaidSum => ({ entitled: emptySum(), credited: emptySum() });
const emptyUnit = () => ({ ...emptyPaid(), unpaidSince: '' });
const emptyCause = () => ({ ...emptySum(), since: '' });

function emptyCounts() {
  return {
    entitled: emptySum(),
    byBucket: {
      credited: emptySum(),
      returned: emptySum(),
      'in-flight': emptySum(),
      'not-yet-ordered': emptySum(),
      held: emptySum(),
      cancelled: emptySum(),
    } satisfies Record<Bucket, Sum>,
    byStatus: new Map<Status, Sum>(),
    unpaidByCause: new Map<string, ReturnType<typeof emptyCause>>(),
    byRegime: new Map<string, PaidSum>(),
    byUnit: new Map<string, ReturnType<typeof emptyUnit>>(),
    byBlock: new Map<string, PaidSum>(),
    /** People credited, by hour (UTC): a day in Viet Nam begins at a full hour. */
    hours: new Map<string, number>(),
  };
}

/** Of a part's summary, what is counted. */
const counted = partSummary.pick({
  total: true,
  regime: true,
  block: true,
  since: true,
  isDifference: true,
  isFurther: true,
});

function count(
  into: ReturnType<typeof emptyCounts>,
  status: Status,
  unit: string,
  summary: z.infer<typeof counted>,
  isOneList: boolean,
): void {
  const isCounted = isOneList || (summary.isDifference !== true && summary.isFurther !== true);
  const one: Sum = { people: isCounted ? 1 : 0, total: BigInt(summary.total) };
  const bucket = bucketOf[status];
  const isCredited = bucket === 'credited';
  add(into.entitled, one);
  add(into.byBucket[bucket], one);
  add(entryOf(into.byStatus, status, emptySum), one);
  addPaid(entryOf(into.byRegime, summary.regime, emptyPaid), one, isCredited);
  addPaid(entryOf(into.byBlock, summary.block, emptyPaid), one, isCredited);
  const ofUnit = entryOf(into.byUnit, unit, emptyUnit);
  addPaid(ofUnit, one, isCredited);
  if (isCredited) {
    const hour = summary.since.slice(0, 'YYYY-MM-DDThh'.length);
    into.hours.set(hour, (into.hours.get(hour) ?? 0) + one.people);
  } else if (bucket !== 'cancelled') {
    ofUnit.unpaidSince = earlier(ofUnit.unpaidSince, summary.since);
    const ofCause = entryOf(into.unpaidByCause, awaitedOf[status], emptyCause);
    add(ofCause, one);
    ofCause.since = earlier(ofCause.since, summary.since);
  }
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function add(sum: Sum, { people, total }: Sum): void {
  sum.people += people;
  sum.total += total;
}

function addPaid({ entitled, credited }: PaidSum, one: Sum, isCredited: boolean): void {
  add(entitled, one);
  if (isCredited) add(credited, one);
}

function earlier(one: string, other: string): string {
  return one === '' || other < one ? other : one;
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
