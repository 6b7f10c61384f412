/**
 * When the last of the people known today will have the money. Their remaining way is played some dozens of times, each
 * time with offices and units somewhat faster or slower than they were, and the first and last tenth of the outcomes are cut
 * off. How much wider campaigns scatter than that is learnt from simulated ones (`forecast-coverage.ts` says how far it held).
 */
import { addDays, type LocalDate } from '../calendar.ts';
import type { Status } from '../case/lifecycle.ts';
import { isWorkingDay } from '../law/working-days.ts';
import type { Sentence } from '../vietnamese.ts';
import { flow, type Flown, type FlowPlan, mostDays, planFlow } from './flow.ts';
import { type Past, peopleOf, sumOf, waited } from './past.ts';
import { stageWaits } from './waits.ts';

/** Four of five times the truth lies between `low` and `high`. */
export interface Band<T> {
  readonly low: T;
  readonly middle: T;
  readonly high: T;
}

export interface LongWait {
  readonly stage: Status;
  /** Who waits there now. */
  readonly people: number;
  /** Working days of all of them together, until now. */
  readonly daysSoFar: number;
  /** Working days that the unpaid will still wait there, all together, whole. */
  readonly daysToCome: number;
  readonly daysLost: number;
}

export type Forecast =
  | {
      readonly outcome: 'expected';
      readonly lastPayment: Band<LocalDate>;
      /** 0 to 1: that everyone has the money on the day of the limit; in the order of the limits that were given. */
      readonly chances: readonly { readonly limit: LocalDate; readonly chance: number }[];
      readonly threeWaits: readonly LongWait[];
      /** Everyone with the money by the end of each coming working day, those who have it already included. */
      readonly coming: readonly ({ readonly day: LocalDate } & Band<number>)[];
    }
  /** Everybody who is to have the money has it. */
  | { readonly outcome: 'complete'; readonly lastPayment: LocalDate }
  /** Too little is known, or nothing moves: the sentence says what is missing. */
  | {
      readonly outcome: 'not-enough-history' | 'nothing-moves';
      readonly why: Sentence;
      readonly threeWaits: readonly LongWait[];
    };

const draws = 80;
const fewestCredited = 20;
const fewestDays = 4;
const stillDays = 15;

/** Takes what is known at the end of today (of the last working day, while today has just begun), and the days on which everyone must have the money. */
export function forecast(
  past: Past,
  { today, limits }: { readonly today: LocalDate; readonly limits: readonly LocalDate[] },
): Forecast {
  const { entitled, credited, cancelled } = peopleOf(past);
  const unpaid = entitled - credited - cancelled;
  const creditDays = [...past.credited.keys()].toSorted();
  const lastCredit = creditDays.at(-1);
  if (unpaid === 0 && lastCredit !== undefined) {
    return { outcome: 'complete', lastPayment: lastCredit };
  }
  const plan = planFlow(past, stageWaits(past, today), today);
  const threeWaits = longestWaits(past, plan, today);
  const doubt = doubtOf(past, today, { credited, days: creditDays.length });
  if (doubt !== undefined) return { ...doubt, threeWaits };
  const played = play(plan, credited / Math.max(1, entitled - cancelled));
  const lasts = played.map(({ last }) => last).toSorted((one, other) => one - other);
  if (quantile(lasts, 0.5) >= mostDays) return { ...tooFar, threeWaits };
  const calendar = comingDays(today, quantile(lasts, 0.9));
  const dayAt = (share: number) => calendar[quantile(lasts, share) - 1] ?? today;
  return {
    outcome: 'expected',
    lastPayment: { low: dayAt(0.1), middle: dayAt(0.5), high: dayAt(0.9) },
    chances: limits.map((limit) => ({ limit, chance: chanceOf(lasts, limit <= today ? 0 : waited(today, limit)) })),
    threeWaits,
    coming: calendar.map((day, index) => ({ day, ...creditedBand(played, index, credited, unpaid) })),
  };
}

/** Never quite certain, either way, while there is a day left. */
function chanceOf(lasts: readonly number[], daysLeft: number): number {
  return daysLeft === 0 ? 0 : (lasts.filter((last) => last <= daysLeft).length + 0.5) / (draws + 1);
}

const tooFar = {
  outcome: 'nothing-moves',
  why: {
    vi: `Chưa dự báo được: với tốc độ như đến nay thì sau ${mostDays} ngày làm việc nữa vẫn còn người chưa nhận tiền. Hãy xem các khâu đang chờ dưới đây và giao người xử lý.`,
    en: `No forecast: at the pace until now somebody would still be unpaid in ${mostDays} working days. See the waits below and have somebody act.`,
  },
} as const;

function doubtOf(
  past: Past,
  today: LocalDate,
  { credited, days }: { readonly credited: number; readonly days: number },
): { readonly outcome: 'not-enough-history' | 'nothing-moves'; readonly why: Sentence } | undefined {
  const lastMove = lastDayOf(past);
  const still = lastMove === undefined ? 0 : waited(lastMove, today);
  if (lastMove !== undefined && still >= stillDays) {
    return {
      outcome: 'nothing-moves',
      why: {
        vi: `Chưa dự báo được: đã ${still} ngày làm việc không có hồ sơ nào chuyển bước. Hãy xem các khâu đang chờ dưới đây và giao người xử lý.`,
        en: `No forecast: no case has moved for ${still} working days. See the waits below and have somebody act.`,
      },
    };
  }
  if (credited >= fewestCredited && days >= fewestDays) return undefined;
  return {
    outcome: 'not-enough-history',
    why: {
      vi: `Chưa đủ số liệu để dự báo: mới có ${credited} người nhận tiền trong ${days} ngày. Sẽ dự báo khi có ít nhất ${fewestCredited} người nhận tiền, trong ít nhất ${fewestDays} ngày.`,
      en: `Not enough history yet: ${credited} people were credited, on ${days} ${days === 1 ? 'day' : 'days'}; it takes at least ${fewestCredited} people, on at least ${fewestDays} days.`,
    },
  };
}

function lastDayOf({ leaving }: Past): LocalDate | undefined {
  let last: LocalDate | undefined;
  for (const days of leaving.values()) for (const day of days.keys()) if (last === undefined || day > last) last = day;
  return last;
}

interface Played {
  /** The working day of the last payment, the next one being 1. */
  readonly last: number;
  readonly flown: Flown;
  /** How much longer than the flow says the many take that come before the last. */
  readonly slower: number;
}

/** How far stages scatter from one campaign's past to its future, and the whole from what the stages say. */
const stageSpread = 0.2;
const stageSpreadUnknown = 0.45;
/** By share of people credited, learnt from simulated campaigns of seeds below 50,000; those above are for holding it to account. */
const calibration = [
  { credited: 0.2, last: { longer: 0.1, spread: 0.24 }, most: { longer: -0.03, spread: 0.35 } },
  { credited: 0.5, last: { longer: 0.15, spread: 0.28 }, most: { longer: -0.06, spread: 0.4 } },
  { credited: 0.8, last: { longer: 0.13, spread: 0.29 }, most: { longer: -0.28, spread: 0.47 } },
  { credited: 0.95, last: { longer: 0.27, spread: 0.27 }, most: { longer: -0.12, spread: 0.45 } },
] as const satisfies readonly Calibrated[];

interface Scatter {
  /** How much longer it takes than the flow says, as a logarithm; and the standard deviation of that. */
  readonly longer: number;
  readonly spread: number;
}

interface Calibrated {
  readonly credited: number;
  /** Of the last payment. */
  readonly last: Scatter;
  /** Of the many before it. */
  readonly most: Scatter;
}

function play(plan: FlowPlan, creditedShare: number): readonly Played[] {
  const random = normals(20_250_831);
  const { last: ofLast, most } = calibrated(creditedShare);
  const together = clumpOf(plan);
  return Array.from({ length: draws }, (_, draw) => {
    const paces = Float64Array.from(plan.stages, ({ daysKnown }) =>
      Math.exp((stageSpread + stageSpreadUnknown / Math.sqrt(1 + daysKnown)) * random.normal()),
    );
    // Nobody is left with the chance exp(-left): the people of the tail come one by one.
    const luck = -Math.log((draw + 0.5) / draws) * together;
    const flown = flow(plan, paces, luck);
    const days = flown.left.length;
    const common = random.normal();
    const last = Math.floor(days * Math.exp(ofLast.longer + ofLast.spread * common) + 0.5);
    const slower = Math.exp(most.longer + most.spread * common);
    return { last: Math.max(1, Math.min(mostDays, last)), flown, slower };
  });
}

/** Who leaves together is late together: fewer independent waits than people. */
function clumpOf({ stages }: FlowPlan): number {
  const slow = stages.filter(({ status }) => status === 'waiting-for-estimate' || status === 'with-unit');
  return Math.max(1, ...slow.map(({ together }) => Math.sqrt(together)));
}

function calibrated(share: number): Omit<Calibrated, 'credited'> {
  const [first, ...rest] = calibration;
  let before: Calibrated = first;
  for (const after of rest) {
    if (share <= after.credited) {
      const part = Math.max(0, (share - before.credited) / (after.credited - before.credited));
      const { last, most } = before;
      return { last: between(last, after.last, part), most: between(most, after.most, part) };
    }
    before = after;
  }
  return before;
}

function between(one: Scatter, other: Scatter, part: number): Scatter {
  return {
    longer: one.longer + (other.longer - one.longer) * part,
    spread: one.spread + (other.spread - one.spread) * part,
  };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 1;
}

function comingDays(today: LocalDate, count: number): readonly LocalDate[] {
  const days: LocalDate[] = [];
  for (let day = addDays(today, 1); days.length < count; day = addDays(day, 1)) if (isWorkingDay(day)) days.push(day);
  return days;
}

function creditedBand(played: readonly Played[], index: number, credited: number, unpaid: number): Band<number> {
  const counts = played
    .map(({ flown, slower, last }) => {
      const at = Math.floor((index + 1) / slower + 0.5) - 1;
      const reached = at < 0 ? 0 : (flown.credited[at] ?? flown.credited.at(-1) ?? 0);
      const all = (flown.credited.at(-1) ?? 0) + (flown.left.at(-1) ?? 0);
      return index + 1 >= last ? all : Math.min(reached, unpaid - 1);
    })
    .toSorted((one, other) => one - other);
  const at = (share: number) => credited + Math.floor(quantile(counts, share) + 0.5);
  return { low: at(0.1), middle: at(0.5), high: at(0.9) };
}

/** By the working days that the unpaid have waited there and, going on as until now, are still to wait there. */
function longestWaits(past: Past, plan: FlowPlan, today: LocalDate): readonly LongWait[] {
  const { daysAt } = flow(plan, new Float64Array(plan.stages.length).fill(1), 0.05);
  return plan.stages
    .map(({ status: stage }, index) => {
      const since = past.waiting.get(stage) ?? new Map<LocalDate, number>();
      let daysSoFar = 0;
      for (const [day, people] of since) daysSoFar += people * waited(day, today);
      const daysToCome = Math.floor((daysAt[index] ?? 0) + 0.5);
      return { stage, people: sumOf(since), daysSoFar, daysToCome, daysLost: daysSoFar + daysToCome };
    })
    .filter(({ daysLost }) => daysLost > 0)
    .toSorted((one, other) => other.daysLost - one.daysLost)
    .slice(0, 3);
}

/** Normally distributed chance that is the same on every page (mulberry32, Box and Muller). */
function normals(seed: number): { normal(): number } {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4_294_967_296;
  };
  return { normal: () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next()) };
}
