/** Where everyone stands: entitled = credited + returned + in flight + not yet ordered + held + cancelled. */
import type { LocalDate } from '../calendar.ts';
import { awaitedOf, type Bucket, bucketOf, buckets, type Status } from '../case/lifecycle.ts';
import type { Store } from '../case/store.ts';
import type { Dong } from '../dong.ts';
import { type Cell, type Cells, cellsOf, type DayOf, type Scope } from './cells.ts';

export interface Count {
  readonly people: number;
  /** Transfers: a person who is paid from two sources has two. */
  readonly sums: number;
  readonly total: Dong;
}

export interface Paid {
  readonly entitled: Count;
  readonly credited: Count;
  /** Neither credited nor cancelled. */
  readonly unpaid: Count;
}

/** A cause of what is unpaid: who must act. */
export interface Cause extends Count {
  /** The day since which the oldest waits. */
  readonly since: LocalDate;
  /** Days since which people wait, with how many, oldest first. */
  readonly bySince: readonly { readonly since: LocalDate; readonly people: number }[];
}

export interface Tally {
  readonly entitled: Count;
  readonly byBucket: Readonly<Record<Bucket, Count>>;
  readonly byStatus: ReadonlyMap<Status, Count>;
  readonly unpaidByCause: ReadonlyMap<string, Cause>;
  readonly byRegime: ReadonlyMap<string, Paid>;
  readonly byLevel: ReadonlyMap<string, Paid>;
  readonly bySource: ReadonlyMap<string, Paid>;
  /** With the day since which somebody waits; empty when everybody has the money. */
  readonly byUnit: ReadonlyMap<string, Paid & { readonly unpaidSince: LocalDate }>;
  readonly byBlock: ReadonlyMap<string, Paid>;
  /** Cases that no part pays yet, by why: a person must decide, papers are missing, or no right. */
  readonly withoutPart: ReadonlyMap<string, number>;
  /** Days on which people were credited, oldest first, with how many. */
  readonly creditedByDay: readonly { readonly day: LocalDate; readonly people: number }[];
}

/** Counts the rows of the whole province, or of one batch or unit. */
export async function tally(store: Store, dayOf: DayOf, of: Scope = {}): Promise<Tally> {
  return tallyOf(await cellsOf(store, dayOf, of));
}

/** The same of cells. */
export function tallyOf({ parts, withoutPart }: Cells): Tally {
  const counting = emptyCounts();
  for (const cell of parts.values()) count(counting, cell);
  const { creditedOn, unpaidByCause, ...counts } = counting;
  return {
    ...counts,
    unpaidByCause: new Map([...unpaidByCause].map(([cause, of]) => [cause, causeOf(of)])),
    withoutPart,
    creditedByDay: inOrder(creditedOn).map(([day, people]) => ({ day, people })),
  };
}

/** What is counted while the cells are read. */
interface Sum {
  people: number;
  sums: number;
  total: Dong;
}

interface PaidSum {
  readonly entitled: Sum;
  readonly credited: Sum;
  readonly unpaid: Sum;
}

const emptySum = (): Sum => ({ people: 0, sums: 0, total: 0n });
const emptyPaid = (): PaidSum => ({ entitled: emptySum(), credited: emptySum(), unpaid: emptySum() });
const emptyUnit = (): PaidSum & { unpaidSince: string } => ({ ...emptyPaid(), unpaidSince: '' });
const emptyCause = () => ({ ...emptySum(), sinces: new Map<LocalDate, number>() });

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
    byLevel: new Map<string, PaidSum>(),
    bySource: new Map<string, PaidSum>(),
    byUnit: new Map<string, ReturnType<typeof emptyUnit>>(),
    byBlock: new Map<string, PaidSum>(),
    creditedOn: new Map<LocalDate, number>(),
  };
}

function count(into: ReturnType<typeof emptyCounts>, cell: Cell): void {
  const bucket = bucketOf[cell.status];
  const isCredited = bucket === 'credited';
  add(into.entitled, cell);
  add(into.byBucket[bucket], cell);
  add(entryOf(into.byStatus, cell.status, emptySum), cell);
  addPaid(entryOf(into.byRegime, cell.regime, emptyPaid), cell, bucket);
  addPaid(entryOf(into.byLevel, cell.level, emptyPaid), cell, bucket);
  addPaid(entryOf(into.bySource, cell.source, emptyPaid), cell, bucket);
  addPaid(entryOf(into.byBlock, cell.block, emptyPaid), cell, bucket);
  const ofUnit = entryOf(into.byUnit, cell.unit, emptyUnit);
  addPaid(ofUnit, cell, bucket);
  if (isCredited) {
    into.creditedOn.set(cell.since, (into.creditedOn.get(cell.since) ?? 0) + cell.people);
  } else if (bucket !== 'cancelled') {
    if (ofUnit.unpaidSince === '' || cell.since < ofUnit.unpaidSince) ofUnit.unpaidSince = cell.since;
    const ofCause = entryOf(into.unpaidByCause, awaitedOf[cell.status], emptyCause);
    add(ofCause, cell);
    ofCause.sinces.set(cell.since, (ofCause.sinces.get(cell.since) ?? 0) + cell.people);
  }
}

function causeOf({ people, sums, total, sinces }: ReturnType<typeof emptyCause>): Cause {
  const bySince = inOrder(sinces).map(([since, waiting]) => ({ since, people: waiting }));
  return { people, sums, total, since: bySince[0]?.since ?? '', bySince };
}

function inOrder(days: ReadonlyMap<LocalDate, number>): readonly (readonly [LocalDate, number])[] {
  return [...days].toSorted(([one], [other]) => (one < other ? -1 : 1));
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function add(sum: Sum, { people, parts, total }: Cell): void {
  sum.people += people;
  sum.sums += parts;
  sum.total += total;
}

function addPaid({ entitled, credited, unpaid }: PaidSum, cell: Cell, bucket: Bucket): void {
  add(entitled, cell);
  if (bucket === 'credited') add(credited, cell);
  else if (bucket !== 'cancelled') add(unpaid, cell);
}

/** What the zero-sum line leaves over; anything but nothing is a fault of ours. */
export function remainder({
  entitled,
  byBucket,
}: Pick<Tally, 'entitled' | 'byBucket'>): Pick<Count, 'people' | 'total'> {
  let { people, total } = entitled;
  for (const bucket of buckets) {
    people -= byBucket[bucket].people;
    total -= byBucket[bucket].total;
  }
  return { people, total };
}

/** Everybody who still has to be paid: neither credited nor cancelled. */
export function unpaidOf({ byBucket }: Pick<Tally, 'byBucket'>): Count {
  const unpaid = emptySum();
  for (const bucket of buckets) {
    if (bucket === 'credited' || bucket === 'cancelled') continue;
    const { people, sums, total } = byBucket[bucket];
    unpaid.people += people;
    unpaid.sums += sums;
    unpaid.total += total;
  }
  return unpaid;
}
