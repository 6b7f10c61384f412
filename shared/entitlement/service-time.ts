/**
 * Months of service out of dated periods: Decree 178/2024, article 5. Both end months count. Where periods overlap,
 * each month counts once, by its best claim.
 */
import { lastMonthBefore, type LocalDate, monthIndex } from '../calendar.ts';
import type { Employer, Period } from '../case/facts.ts';
import { type Ratio, whole } from '../dong.ts';
import { type OddMonths, oddMonths } from '../law/decree-178-2024/article-05.ts';
import { type Dated, inForceOn } from '../law/dated.ts';

/** A period with the months that count under its name. */
export interface OwnedPeriod {
  readonly period: Period;
  readonly months: number;
}

export interface ServiceTime {
  readonly periods: readonly OwnedPeriod[];
  readonly overlaps: boolean;
  /** A compensated period overlaps another: nobody can say which months were paid for. */
  readonly compensatedOverlaps: boolean;
  /** Months after leaving stood in the file and were left out. */
  readonly endsAfterLeaving: boolean;
}

const stateEmployers: readonly Employer[] = ['state', 'party', 'front', 'political-social', 'armed-forces'];

export function isStateBody({ employer }: Period): boolean {
  return stateEmployers.includes(employer);
}

export function isPartTime({ employer }: Period): boolean {
  return employer === 'commune-part-time' || employer === 'village-part-time';
}

/** Whose months count: of part-timers those in their posts come first, insured or not (Decree 154, article 5(5)). */
export type Claimant = 'staff' | 'part-timer';

/** Service up to the day of leaving, the first day without work. */
export function serviceTime(service: readonly Period[], leaveOn: LocalDate, claimant: Claimant = 'staff'): ServiceTime {
  const lastMonth = lastMonthBefore(leaveOn);
  let endsAfterLeaving = false;
  const spans: Span[] = [];
  for (const period of service) {
    const to = monthIndex(period.to);
    if (to > lastMonth) endsAfterLeaving = true;
    spans.push({ period, from: monthIndex(period.from), to: Math.min(to, lastMonth) });
  }
  const sorted = isInOrder(spans) ? spans : spans.toSorted((one, other) => one.from - other.from);
  let lastTaken = Number.NEGATIVE_INFINITY;
  let overlaps = false;
  for (const { from, to } of sorted) {
    if (from <= lastTaken && from <= to) overlaps = true;
    lastTaken = Math.max(lastTaken, to);
  }
  if (!overlaps) {
    const periods = spans.map(({ period, from, to }) => ({ period, months: Math.max(0, to - from + 1) }));
    return { periods, overlaps, compensatedOverlaps: false, endsAfterLeaving };
  }
  return { ...shareOut(sorted, claimant), overlaps, endsAfterLeaving };
}

interface Span {
  readonly period: Period;
  readonly from: number;
  readonly to: number;
}

function isInOrder(spans: readonly Span[]): boolean {
  return spans.every(({ from }, index) => from >= (spans[index - 1]?.from ?? from));
}

function shareOut(spans: readonly Span[], claimant: Claimant): Pick<ServiceTime, 'periods' | 'compensatedOverlaps'> {
  const best = new Map<number, Period>();
  let compensatedOverlaps = false;
  for (const { period, from, to } of spans) {
    for (let month = from; month <= to; month += 1) {
      const other = best.get(month);
      if (other !== undefined && (other.compensated || period.compensated)) compensatedOverlaps = true;
      best.set(month, other === undefined ? period : better(other, period, claimant));
    }
  }
  const periods = new Map<string, { period: Period; months: number }>();
  for (const period of best.values()) {
    const { employer, insured, compensated, conditions } = period;
    const key = `${employer} ${insured} ${compensated} ${conditions.toSorted().join()}`;
    periods.set(key, { period, months: (periods.get(key)?.months ?? 0) + 1 });
  }
  return { periods: [...periods.values()], compensatedOverlaps };
}

/** The better claim to a month; of two as good, the conditions of both hold. */
function better(one: Period, other: Period, claimant: Claimant): Period {
  const difference = strength(one, claimant) - strength(other, claimant);
  if (difference !== 0) return difference > 0 ? one : other;
  return { ...one, conditions: [...new Set([...one.conditions, ...other.conditions])] };
}

/**
 * How good a month's claim is, so that the order of the file never decides: insured before uninsured (of part-timers: in
 * their posts before anything else), State before commune before village before private, open before compensated.
 */
function strength(period: Period, claimant: Claimant): number {
  const { employer, insured, compensated } = period;
  const isOfCommune = employer === 'commune-part-time';
  const place = isStateBody(period) ? 3 : isOfCommune ? 2 : isPartTime(period) ? 1 : 0;
  const counts = insured || (claimant === 'part-timer' && isPartTime(period));
  return (counts ? 8 : 0) + place * 2 + (compensated ? 0 : 1);
}

export function monthsWhere({ periods }: ServiceTime, counts: (period: Period) => boolean): number {
  let months = 0;
  for (const owned of periods) if (counts(owned.period)) months += owned.months;
  return months;
}

/** Years in half-year steps (tháng lẻ): one to six odd months count half a year, seven to eleven a whole one. */
export function countedYears(months: number, on: LocalDate, rows: readonly Dated<OddMonths>[] = oddMonths): Ratio {
  const { halfUpTo, half } = inForceOn(rows, on).value;
  const years = BigInt(Math.floor(months / 12));
  const odd = months % 12;
  if (odd === 0) return whole(years);
  return odd <= halfUpTo ? { of: years * half.per + half.of, per: half.per } : whole(years + 1n);
}
