/**
 * What a forecast reads of the histories: counts without names. Who waits where since which day, how long each wait that
 * is over took and where it led, how many left each status and had the money on each day. Waits are in working days.
 */
import * as z from 'zod';
import { type Instant, type LocalDate, localDateOf } from '../calendar.ts';
import { dataOf } from '../case/history.ts';
import { bucketOf, type Status, statuses } from '../case/lifecycle.ts';
import { partSummary } from '../case/part.ts';
import { allRows, type Store } from '../case/store.ts';
import { workingDaysBetween } from '../law/working-days.ts';

/** People, by what they are counted by. */
export type CountBy<K> = ReadonlyMap<K, number>;

export interface Past {
  /** Where each part stands, so that its next step ends a wait. Never read by a forecast. */
  readonly standing: ReadonlyMap<string, Standing>;
  /** Who is in a status now, by the day on which they came into it. */
  readonly waiting: ReadonlyMap<Status, CountBy<LocalDate>>;
  /** Waits that are over: from, to, working days (0 the same day), people. */
  readonly waits: ReadonlyMap<Status, ReadonlyMap<Status, CountBy<number>>>;
  readonly leaving: ReadonlyMap<Status, CountBy<LocalDate>>;
  readonly credited: CountBy<LocalDate>;
}

interface Standing {
  readonly status: Status;
  readonly since: LocalDate;
}

/** The same while it is being counted; `addTransition` alone changes it. */
export interface GrowingPast extends Past {
  readonly standing: Map<string, Standing>;
  readonly waiting: Map<Status, Map<LocalDate, number>>;
  readonly waits: Map<Status, Map<Status, Map<number, number>>>;
  readonly leaving: Map<Status, Map<LocalDate, number>>;
  readonly credited: Map<LocalDate, number>;
}

export function emptyPast(): GrowingPast {
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
export function addTransition(past: GrowingPast, { part, to, at }: Transition): void {
  const before = past.standing.get(part);
  if (before?.status === to) return;
  const day = dayOf(at);
  if (before !== undefined) {
    const { status: from, since } = before;
    takeOne(innerOf(past.waiting, from), since);
    addOne(innerOf(innerOf(past.waits, from), to), waited(since, day));
    addOne(innerOf(past.leaving, from), day);
  }
  past.standing.set(part, { status: to, since: day });
  addOne(innerOf(past.waiting, to), day);
  if (bucketOf[to] === 'credited') addOne(past.credited, day);
}

/** A part that counts nobody any more: another part of the case pays first. */
export function forgetStanding(past: GrowingPast, part: string): void {
  const before = past.standing.get(part);
  if (before === undefined) return;
  past.standing.delete(part);
  takeOne(innerOf(past.waiting, before.status), before.since);
  if (bucketOf[before.status] === 'credited') takeOne(past.credited, before.since);
}

/** Reads every part that counts a person; for a whole province that is a job, not a page. */
export async function readPast(store: Store): Promise<GrowingPast> {
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

/** A day in Viet Nam begins at a full hour of UTC, so an hour is looked up once. */
function dayOf(at: Instant): LocalDate {
  const hour = at.slice(0, 'YYYY-MM-DDThh'.length);
  let day = dayOfHour.get(hour);
  if (day === undefined) {
    day = localDateOf(`${hour}:00:00Z`);
    dayOfHour.set(hour, day);
  }
  return day;
}

const dayOfHour = new Map<string, LocalDate>();

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
