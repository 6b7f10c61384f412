/**
 * What a forecast reads of the histories: counts without names. Who waits where since which day, how long each wait that
 * is over took and where it led, how many left each status and had the money on each day. Waits are in working days.
 */
import * as z from 'zod';
import { type Instant, type LocalDate, localDateOf } from '../calendar.ts';
import { dataOf } from '../case/history.ts';
import { bucketOf, type Status, statuses } from '../case/lifecycle.ts';
import { partSummary } from '../case/part.ts';
import { allRows, type Entry, type Store } from '../case/store.ts';
import { workingDaysBetween } from '../law/working-days.ts';
import { rememberingHours } from './cells.ts';

/** People, by what they are counted by. */
export type CountBy<K> = ReadonlyMap<K, number>;

export interface Past {
  /** Who is in a status now, by the day on which they came into it. */
  readonly waiting: ReadonlyMap<Status, CountBy<LocalDate>>;
  /** Waits that are over: from, to, working days (0 the same day), people. */
  readonly waits: ReadonlyMap<Status, ReadonlyMap<Status, CountBy<number>>>;
  readonly leaving: ReadonlyMap<Status, CountBy<LocalDate>>;
  readonly credited: CountBy<LocalDate>;
}

/** The same while it is being counted. */
export interface GrowingPast extends Past {
  readonly waiting: Map<Status, Map<LocalDate, number>>;
  readonly waits: Map<Status, Map<Status, Map<number, number>>>;
  readonly leaving: Map<Status, Map<LocalDate, number>>;
  readonly credited: Map<LocalDate, number>;
}

/** Where one part stands, and since when. */
export interface Standing {
  readonly status: Status;
  readonly since: LocalDate;
}

/** Counted part by part: where each stands, so that its next step ends a wait. */
export interface PastOfParts extends GrowingPast {
  readonly standing: Map<string, Standing>;
}

export function emptyPast(): PastOfParts {
  return { standing: new Map(), waiting: new Map(), waits: new Map(), leaving: new Map(), credited: new Map() };
}

/** That a part came to a status; its first is where it begins. */
export interface Transition {
  readonly part: string;
  readonly to: Status;
  readonly at: Instant;
}

/**
 * Counts one entry of a part's history; of each part in their order. An entry that leaves the status as it was counts for
 * nothing. Give it only the parts that count a person: neither `isFurther` nor `isDifference`.
 */
export function addTransition(past: PastOfParts, { part, to, at }: Transition): void {
  const now = addStep(past, past.standing.get(part), to, at);
  past.standing.set(part, now);
}

/** The same of whoever knows where the part stood before, if it was there; answers where it stands now. */
export function addStep(past: GrowingPast, before: Standing | undefined, to: Status, at: Instant): Standing {
  if (before?.status === to) return before;
  const day = dayOf(at);
  if (before !== undefined) {
    const { status: from, since } = before;
    takeOne(innerOf(past.waiting, from), since);
    addOne(innerOf(innerOf(past.waits, from), to), waited(since, day));
    addOne(innerOf(past.leaving, from), day);
  }
  addOne(innerOf(past.waiting, to), day);
  if (bucketOf[to] === 'credited') addOne(past.credited, day);
  return { status: to, since: day };
}

/** A part that counts nobody any more: another part of the case pays first. */
export function forgetStanding(past: GrowingPast, { status, since }: Standing): void {
  takeOne(innerOf(past.waiting, status), since);
  if (bucketOf[status] === 'credited') takeOne(past.credited, since);
}

/** Where the steps of a part's history led, in their order; `undefined` of none. */
export function standingAfter(entries: readonly Entry[]): Standing | undefined {
  let standing: Standing | undefined;
  for (const entry of entries) {
    const { status } = dataOf(entry, said);
    if (standing?.status !== status) standing = { status, since: dayOf(entry.at) };
  }
  return standing;
}

/** Reads every part that counts a person; for a whole province that is a job, not a page. */
export async function readPast(store: Store): Promise<PastOfParts> {
  const past = emptyPast();
  for await (const { stream, summary } of allRows(store, { kind: 'part' })) {
    const { isDifference, isFurther } = counts.parse(summary);
    if (isDifference === true || isFurther === true) continue;
    for (const entry of await store.read(stream)) {
      addTransition(past, { part: stream, to: dataOf(entry, said).status, at: entry.at });
    }
  }
  return past;
}

const counts = partSummary.pick({ isDifference: true, isFurther: true });
const said = z.object({ status: z.enum(statuses) });

function addOne<K>(into: Map<K, number>, key: K): void {
  into.set(key, (into.get(key) ?? 0) + 1);
}

function takeOne<K>(from: Map<K, number>, key: K): void {
  const left = (from.get(key) ?? 0) - 1;
  if (left > 0) from.set(key, left);
  else from.delete(key);
}

function innerOf<K, L, V>(of: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const known = of.get(key);
  if (known !== undefined) return known;
  const made = new Map<L, V>();
  of.set(key, made);
  return made;
}

const dayOf = rememberingHours(localDateOf);

/** Working days from one day to a later one; never below nought, should a clock have gone back. */
export function waited(since: LocalDate, until: LocalDate): number {
  return Math.max(0, workingDayNumber(until) - workingDayNumber(since));
}

/** Working days are numbered, so that a difference is a subtraction. */
function workingDayNumber(day: LocalDate): number {
  let number = numbers.get(day);
  if (number === undefined) {
    number = workingDaysBetween({ from: '2024-12-31', to: day });
    numbers.set(day, number);
  }
  return number;
}

const numbers = new Map<LocalDate, number>();

/** Everybody in the counts, and of them who has the money and who is not to be paid. */
export function peopleOf({ waiting }: Pick<Past, 'waiting'>): {
  readonly entitled: number;
  readonly credited: number;
  readonly cancelled: number;
} {
  let [entitled, credited, cancelled] = [0, 0, 0];
  for (const [status, since] of waiting) {
    const people = sumOf(since);
    entitled += people;
    if (bucketOf[status] === 'credited') credited += people;
    if (bucketOf[status] === 'cancelled') cancelled += people;
  }
  return { entitled, credited, cancelled };
}

export function sumOf(by: CountBy<unknown> | undefined): number {
  let people = 0;
  for (const count of by?.values() ?? []) people += count;
  return people;
}

const byDay = z.record(z.string(), z.number().int());
const written = z.object({
  waiting: z.partialRecord(z.enum(statuses), byDay),
  waits: z.partialRecord(z.enum(statuses), z.partialRecord(z.enum(statuses), byDay)),
  leaving: z.partialRecord(z.enum(statuses), byDay),
  credited: byDay,
});
export type WrittenPast = z.infer<typeof written>;

/** As plain data, to be kept beside the cursor up to which the histories were counted. */
export function writtenPast({ waiting, waits, leaving, credited }: Past): WrittenPast {
  const plain = (of: ReadonlyMap<Status, CountBy<LocalDate>>) =>
    Object.fromEntries([...of].map(([status, days]) => [status, Object.fromEntries(days)]));
  return {
    waiting: plain(waiting),
    leaving: plain(leaving),
    credited: Object.fromEntries(credited),
    waits: Object.fromEntries(
      [...waits].map(([from, tos]) => [
        from,
        Object.fromEntries([...tos].map(([to, days]) => [to, Object.fromEntries(days)])),
      ]),
    ),
  };
}

/** Throws when the data are none of ours. */
export function readWrittenPast(data: unknown): GrowingPast {
  const { waiting, waits, leaving, credited } = written.parse(data);
  return {
    waiting: daysOf(waiting),
    leaving: daysOf(leaving),
    credited: new Map(Object.entries(credited)),
    waits: byStatus(waits, (tos) => byStatus(tos, (days) => new Map(numbersOf(days)))),
  };
}

function daysOf(of: Partial<Record<Status, Record<string, number>>>): Map<Status, Map<LocalDate, number>> {
  return byStatus(of, (days) => new Map(Object.entries(days)));
}

function byStatus<T, V>(of: Partial<Record<Status, T>>, make: (one: T) => V): Map<Status, V> {
  return new Map(
    statuses.flatMap((status): [Status, V][] => {
      const one = of[status];
      return one === undefined ? [] : [[status, make(one)]];
    }),
  );
}

function numbersOf(days: Record<string, number>): [number, number][] {
  return Object.entries(days).map(([count, people]) => [Number(count), people]);
}
