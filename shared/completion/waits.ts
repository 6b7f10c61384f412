/**
 * How likely somebody is to leave a status on a working day, by how many working days they have waited there, and where
 * they go: from the waits that are over and those still going on, drawn towards what is usual where little is known.
 */
import type { LocalDate } from '../calendar.ts';
import { lifecycle, type Status, statuses } from '../case/lifecycle.ts';
import { type Past, peopleOf, sumOf, waited } from './past.ts';

/** Waits of so many working days and more, up to the next number, are looked at together. */
export const ageFrom = [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89] as const;
export const ages = ageFrom.length;

/** Who is served in turn by an office, who goes with many others on one day, and who goes when their own matter is mended. */
interface Usual {
  readonly kind: 'in-turn' | 'together' | 'each';
  /** Half wait longer, in working days, where nothing is known yet. */
  readonly middle: number;
  readonly next: Partial<Readonly<Record<Status, number>>>;
}

/** What is usual, said beforehand; it weighs as much as a few people do. */
const usual: { readonly [S in Status]: Usual | undefined } = {
  'with-party-board': { kind: 'each', middle: 4, next: { assessed: 0.95, 'with-unit': 0.05 } },
  assessed: { kind: 'in-turn', middle: 4, next: { appraised: 0.9, 'with-unit': 0.09, held: 0.01 } },
  'with-unit': { kind: 'each', middle: 7, next: { assessed: 1 } },
  appraised: { kind: 'together', middle: 4, next: { 'in-batch': 1 } },
  'in-batch': { kind: 'together', middle: 2, next: { 'people-confirmed': 0.95, appraised: 0.05 } },
  'people-confirmed': { kind: 'together', middle: 2, next: { 'money-confirmed': 1 } },
  'money-confirmed': { kind: 'together', middle: 2, next: { decided: 1 } },
  decided: { kind: 'together', middle: 1, next: { 'awaiting-unit': 0.9, 'waiting-for-estimate': 0.1 } },
  'waiting-for-estimate': { kind: 'each', middle: 15, next: { 'awaiting-unit': 1 } },
  'awaiting-unit': { kind: 'each', middle: 3, next: { sent: 1 } },
  sent: { kind: 'in-turn', middle: 3, next: { 'treasury-paid': 0.95, refused: 0.03, unknown: 0.02 } },
  'treasury-paid': { kind: 'each', middle: 1, next: { credited: 0.98, returned: 0.02 } },
  unknown: { kind: 'each', middle: 5, next: { 'treasury-paid': 0.8, returned: 0.2 } },
  refused: { kind: 'each', middle: 8, next: { 'awaiting-unit': 1 } },
  returned: { kind: 'each', middle: 8, next: { 'awaiting-unit': 1 } },
  held: { kind: 'each', middle: 15, next: { appraised: 0.7, cancelled: 0.3 } },
  credited: undefined,
  'paid-elsewhere': undefined,
  cancelled: undefined,
};

/** The statuses that end by somebody's act, in the order of the way; a step back waits for the next day. */
export const waitingStatuses: readonly Status[] = statuses.filter((status) => usual[status] !== undefined);

export interface StageWaits {
  readonly status: Status;
  /** Share of those who wait that leave on a working day, by age. */
  readonly leaves: Float64Array;
  /** Where they go: a status and its share. */
  readonly next: readonly { readonly to: Status; readonly share: number }[];
  /** At most so many leave on a working day; Infinity where nobody serves in turn. */
  readonly mostADay: number;
  /** Distinct days on which somebody left: what is known of it. */
  readonly daysKnown: number;
  /** How many leave together on a day, at least 1. */
  readonly together: number;
}

const priorWeight = 0.5;
/** Long waits end more and more rarely: of a wait of `a` days, `tail / (a + middle × tail)` a day. */
const tail = 18;
const servedAtLeast = 0.3;

export function stageWaits(past: Past, today: LocalDate): readonly StageWaits[] {
  return waitingStatuses.map((status) => {
    const known = usual[status];
    if (known === undefined) throw new RangeError(`${status} is no wait`);
    const leaving = past.leaving.get(status) ?? new Map<LocalDate, number>();
    const left = sumOf(leaving);
    const together = Math.max(1, left / Math.max(1, leaving.size));
    const leaves = leavingByAge(past, status, today, known.middle, together);
    if (known.kind === 'in-turn') {
      for (let age = 0; age < ages; age += 1) leaves[age] = Math.max(servedAtLeast, leaves[age] ?? 0);
    }
    return {
      status,
      leaves,
      next: nextShares(past, status, known.next),
      mostADay: known.kind === 'in-turn' ? served(leaving, past) : Number.POSITIVE_INFINITY,
      daysKnown: leaving.size,
      together,
    };
  });
}

/** Kaplan and Meier's estimate by age, those who still wait counting as long as they have waited. */
function leavingByAge(past: Past, status: Status, today: LocalDate, middle: number, together: number): Float64Array {
  const left = new Float64Array(ages);
  const present = new Float64Array(ages);
  for (const ended of past.waits.get(status)?.values() ?? []) {
    for (const [days, people] of ended) {
      const age = ageOf(days);
      left[age] = (left[age] ?? 0) + people;
      addPresence(present, days, people);
    }
  }
  for (const [since, people] of past.waiting.get(status) ?? []) addPresence(present, waited(since, today), people);
  return left.map((count, age) => {
    const from = ageFrom[age] ?? 0;
    const width = (ageFrom[age + 1] ?? 2 * from) - from;
    const usually = Math.min(0.8, tail / (from + width / 2 + middle * tail));
    // Whoever leaves with many others on one day tells as much as one.
    const share = (count / together + priorWeight) / ((present[age] ?? 0) / together + priorWeight / usually);
    return Math.min(0.95, share);
  });
}

/** A wait of so many days was seen once at each age from 0 on. */
function addPresence(present: Float64Array, days: number, people: number): void {
  for (let age = 0; age < ages; age += 1) {
    const from = ageFrom[age] ?? 0;
    if (from > days) return;
    const until = Math.min(days + 1, ageFrom[age + 1] ?? days + 1);
    present[age] = (present[age] ?? 0) + people * (until - from);
  }
}

export function ageOf(days: number): number {
  let age = 0;
  while (age + 1 < ages && (ageFrom[age + 1] ?? 0) <= days) age += 1;
  return age;
}

function nextShares(past: Past, status: Status, usually: Usual['next']): StageWaits['next'] {
  const ended = past.waits.get(status);
  let whole = 0;
  const weights = lifecycle[status].map((to) => {
    const weight = sumOf(ended?.get(to)) + 5 * (usually[to] ?? 0);
    whole += weight;
    return { to, weight };
  });
  return weights.filter(({ weight }) => weight > 0).map(({ to, weight }) => ({ to, share: weight / whole }));
}

/** What an office does on a day on which it is busy: the mean of the busier half of its days. */
function served(leaving: ReadonlyMap<LocalDate, number>, past: Past): number {
  const counts = [...leaving.values()].toSorted((one, other) => other - one);
  const busy = counts.slice(0, Math.ceil(counts.length / 2));
  const usually = peopleOf(past).entitled / 30;
  // Three days' worth of what is usual.
  return (busy.reduce((sum, count) => sum + count, 0) + 3 * usually) / (busy.length + 3);
}
