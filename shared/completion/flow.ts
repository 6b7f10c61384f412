/** The unpaid taken day by day through what is left of the way, in fractions of people: what happens on average. */
import type { LocalDate } from '../calendar.ts';
import type { Status } from '../case/lifecycle.ts';
import { type Past, waited } from './past.ts';
import { ageFrom, ageOf, ages, type StageWaits } from './waits.ts';

/** What is the same for every draw: the stages as numbers, and who waits where now. */
export interface FlowPlan {
  readonly stages: readonly StageWaits[];
  readonly present: Float64Array;
  readonly unpaid: number;
  /** By stage: where its people go, as places in the list of stages; -1 the money, -2 not to be paid. */
  readonly next: readonly (readonly { readonly place: number; readonly share: number }[])[];
}

const money = -1;
const notPaid = -2;

export function planFlow(past: Past, stages: readonly StageWaits[], today: LocalDate): FlowPlan {
  const place = new Map(stages.map(({ status }, index) => [status, index]));
  const present = new Float64Array(stages.length * ages);
  let unpaid = 0;
  for (const [index, { status }] of stages.entries()) {
    for (const [since, people] of past.waiting.get(status) ?? []) {
      const cell = index * ages + ageOf(waited(since, today) + 1);
      present[cell] = (present[cell] ?? 0) + people;
      unpaid += people;
    }
  }
  const placeOf = (to: Status) => place.get(to) ?? (to === 'cancelled' ? notPaid : money);
  const next = stages.map((stage) => stage.next.map(({ to, share }) => ({ place: placeOf(to), share })));
  return { stages, present, unpaid, next };
}

export interface Flown {
  /** People with the money by the end of each coming working day, the first being the next one. */
  readonly credited: readonly number[];
  /** People still unpaid by then. */
  readonly left: readonly number[];
  /** Working days that people are still to wait, by stage. */
  readonly daysAt: Float64Array;
}

export const mostDays = 500;

/** Takes how much faster than known each stage goes (1: as known), and with how few people left, on average, it is over. */
export function flow({ stages, present, unpaid, next }: FlowPlan, paces: Float64Array, fewest: number): Flown {
  const here = Float64Array.from(present);
  const arriving = new Float64Array(stages.length);
  const daysAt = new Float64Array(stages.length);
  const rates = ratesOf(stages, paces);
  // People of each stage; below a ten-thousandth of one nothing is worth the computing.
  const people = Float64Array.from(stages, (_, stage) => {
    let all = 0;
    for (let age = 0; age < ages; age += 1) all += here[stage * ages + age] ?? 0;
    return all;
  });
  const most = Float64Array.from(stages, ({ mostADay }, stage) => mostADay * (paces[stage] ?? 1));
  const credited: number[] = [];
  const left: number[] = [];
  let [paid, remaining] = [0, unpaid];
  for (let day = 0; day < mostDays && (remaining > fewest || day === 0); day += 1) {
    for (let stage = 0; stage < stages.length; stage += 1) {
      const all = (people[stage] ?? 0) + (arriving[stage] ?? 0);
      if (all < 1e-4) continue;
      const start = stage * ages;
      here[start] = (here[start] ?? 0) + (arriving[stage] ?? 0);
      arriving[stage] = 0;
      const leaving = leave(here, start, rates, most[stage] ?? 0);
      people[stage] = all - leaving;
      daysAt[stage] = (daysAt[stage] ?? 0) + all - leaving;
      for (const { place, share } of next[stage] ?? []) {
        const going = leaving * share;
        if (place >= 0) arriving[place] = (arriving[place] ?? 0) + going;
        else {
          remaining -= going;
          if (place === money) paid += going;
        }
      }
    }
    credited.push(paid);
    left.push(remaining);
  }
  return { credited, left, daysAt };
}

function ratesOf(stages: readonly StageWaits[], paces: Float64Array): Float64Array {
  const rates = new Float64Array(stages.length * ages);
  for (const [stage, { leaves }] of stages.entries()) {
    for (let age = 0; age < ages; age += 1) {
      rates[stage * ages + age] = Math.min(0.98, (leaves[age] ?? 0) * (paces[stage] ?? 1));
    }
  }
  return rates;
}

/** Share of an age's people that come to the next age on a day. */
const growing = Float64Array.from(ageFrom, (from, age) => 1 / ((ageFrom[age + 1] ?? Number.POSITIVE_INFINITY) - from));

/** One stage on one day: some leave, at most so many; the rest grow a day older. Gives how many left. */
function leave(here: Float64Array, start: number, rates: Float64Array, most: number): number {
  let wish = 0;
  for (let cell = start; cell < start + ages; cell += 1) wish += (here[cell] ?? 0) * (rates[cell] ?? 0);
  const served = wish > most ? most / wish : 1;
  let older = 0;
  for (let age = 0; age < ages; age += 1) {
    const cell = start + age;
    const stays = (here[cell] ?? 0) * (1 - served * (rates[cell] ?? 0));
    const grown = stays * (growing[age] ?? 0);
    here[cell] = stays - grown + older;
    older = grown;
  }
  return wish * served;
}
