/**
 * How far the forecast's band holds: campaigns are stopped where so many of their people have the money, the last payment is
 * forecast from what was known then, and held against the day it really came. Only people known at the stop are forecast.
 */
import type { LocalDate } from '../../../../shared/calendar.ts';
import { type Band, forecast } from '../../../../shared/completion/forecast.ts';
import { addTransition, emptyPast, type Past } from '../../../../shared/completion/past.ts';
import { addWorkingDays, workingDaysBetween } from '../../../../shared/law/working-days.ts';
import type { WaitShape } from './chances.ts';
import { type FlowCampaign, flowCampaign } from './campaign.ts';

/** The shares of people with the money at which a campaign is stopped. */
export const instants = [0.2, 0.5, 0.8, 0.95] as const;

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
  past: Past,
  credited: Tried['credited'],
  today: LocalDate,
  creditedOn: ReadonlyMap<string, LocalDate>,
  seed: number,
): Tried {
  let truth = today;
  for (const part of past.standing.keys()) {
    const on = creditedOn.get(part);
    if (on !== undefined && on > truth) truth = on;
  }
  const daysLeft = workingDaysBetween({ from: today, to: truth });
  // From half as long as it really takes to half as long again.
  const limit = addWorkingDays(today, Math.max(1, Math.floor(daysLeft * (0.5 + (seed % 11) / 10))));
  const said = forecast(past, { today, limits: [limit] });
  const last = said.outcome === 'expected' ? said.lastPayment : undefined;
  const chance = (said.outcome === 'expected' ? said.chances[0]?.chance : undefined) ?? Number.NaN;
  return { credited, last, truth, daysLeft, chance, isMet: truth <= limit };
}
