/**
 * How far the forecast's band holds: campaigns are stopped where so many of their people have the money, the last payment is
 * forecast from what was known then, and held against the day it really came. Only people known at the stop are forecast.
 */
import type { LocalDate } from '../../../../shared/calendar.ts';
import { type Band, forecast } from '../../../../shared/completion/forecast.ts';
import { addTransition, emptyPast, type PastOfParts } from '../../../../shared/completion/past.ts';
import { addWorkingDays, workingDaysBetween } from '../../../../shared/law/working-days.ts';
import type { WaitShape } from './chances.ts';
import { type FlowCampaign, flowCampaign } from './campaign.ts';

/** The shares of people with the money at which a campaign is stopped. */
export const instants = [0.2, 0.5, 0.8, 0.95] as const;

/** Working days after a stop at which the band of the chart is held against how many had the money by then. */
export const daysAhead = [5, 10, 20, 40] as const;

export interface Tried {
  readonly credited: (typeof instants)[number];
  /** Undefined when no forecast was given. */
  readonly last: Band<LocalDate> | undefined;
  readonly truth: LocalDate;
  /** Working days from the stop to the last payment. */
  readonly daysLeft: number;
  /** The chance said for a limit that lies somewhere about the truth, and whether it was met. */
  readonly chance: number;
  readonly isMet: boolean;
  /** Of each of `daysAhead` up to the end of the forecast: whether as many had the money as its band says. */
  readonly ahead: readonly { readonly days: (typeof daysAhead)[number]; readonly isHeld: boolean }[];
}

export interface Held {
  readonly credited: (typeof instants)[number];
  readonly forecasts: number;
  readonly held: number;
  readonly earlier: number;
  readonly later: number;
  readonly none: number;
}

export interface Wish {
  readonly from: number;
  readonly campaigns: number;
  readonly shapes: readonly WaitShape[];
}

/** Every forecast of so many campaigns from the seed on. */
export function backtest({ from, campaigns, shapes }: Wish): readonly Tried[] {
  return Array.from({ length: campaigns }, (_, index) => tryCampaign(flowCampaign(from + index, shapes))).flat();
}

export function heldBy(tried: readonly Tried[]): readonly Held[] {
  return instants.map((credited) => {
    const here = tried.filter((one) => one.credited === credited);
    const given = here.flatMap(({ last, truth }) => (last === undefined ? [] : [{ ...last, truth }]));
    const earlier = given.filter(({ low, truth }) => truth < low).length;
    const later = given.filter(({ high, truth }) => truth > high).length;
    return {
      credited,
      forecasts: given.length,
      held: given.length - earlier - later,
      earlier,
      later,
      none: here.length - given.length,
    };
  });
}

/** The same of the chart's band, by working days ahead. */
export function heldAhead(tried: readonly Tried[]): readonly { days: number; forecasts: number; held: number }[] {
  return daysAhead.map((days) => {
    const here = tried.flatMap(({ ahead }) => ahead.filter((one) => one.days === days));
    return { days, forecasts: here.length, held: here.filter(({ isHeld }) => isHeld).length };
  });
}

function tryCampaign(campaign: FlowCampaign): readonly Tried[] {
  const creditedOn = new Map<string, LocalDate>();
  for (const { day, moves } of campaign.days) {
    for (const { part, to } of moves) if (to === 'credited') creditedOn.set(part, day);
  }
  const past = emptyPast();
  const tried: Tried[] = [];
  let credited = 0;
  for (const { day, moves } of campaign.days) {
    for (const move of moves) {
      addTransition(past, move);
      if (move.to === 'credited') credited += 1;
    }
    for (let at = instants[tried.length]; at !== undefined && credited >= at * creditedOn.size; ) {
      tried.push(tryAt(past, at, day, creditedOn, campaign.seed));
      at = instants[tried.length];
    }
  }
  return tried;
}

function tryAt(
  past: PastOfParts,
  credited: Tried['credited'],
  today: LocalDate,
  creditedOn: ReadonlyMap<string, LocalDate>,
  seed: number,
): Tried {
  const known = [...past.standing.keys()].flatMap((part) => creditedOn.get(part) ?? []).toSorted();
  const last = known.at(-1) ?? today;
  const truth = last < today ? today : last;
  const daysLeft = workingDaysBetween({ from: today, to: truth });
  // From half as long as it really takes to half as long again.
  const limit = addWorkingDays(today, Math.max(1, Math.floor(daysLeft * (0.5 + (seed % 11) / 10))));
  const said = forecast(past, { today, limits: [limit] });
  const isMet = truth <= limit;
  if (said.outcome !== 'expected') {
    return { credited, last: undefined, truth, daysLeft, chance: Number.NaN, isMet, ahead: [] };
  }
  const ahead = daysAhead.flatMap((days) => {
    const coming = said.coming[days - 1];
    if (coming === undefined) return [];
    const paid = known.filter((day) => day <= coming.day).length;
    return [{ days, isHeld: paid >= coming.low && paid <= coming.high }];
  });
  return {
    credited,
    last: said.lastPayment,
    truth,
    daysLeft,
    chance: said.chances[0]?.chance ?? Number.NaN,
    isMet,
    ahead,
  };
}
