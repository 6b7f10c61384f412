/**
 * Days and months as the decrees count them. No other file does date arithmetic, for libraries disagree at month
 * ends and a month is worth a monthly salary.
 */
import { Temporal } from 'temporal-polyfill';

/** A legal day, `YYYY-MM-DD`, in Viet Nam. Days compare as text. */
export type LocalDate = string;
/** A month, `YYYY-MM`. */
export type Month = string;
/** An instant, ISO 8601 in UTC. */
export type Instant = string;

const zone = 'Asia/Ho_Chi_Minh';

/** Whether the text is a real day: `2025-02-29` is not. */
export function isLocalDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return year >= 1900 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

export function isMonth(text: string): boolean {
  return /^(19|2[01])\d{2}-(0[1-9]|1[0-2])$/.test(text);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The month of a day or of a month, counted from year 0, so that months can be subtracted. */
export function monthIndex(day: string): number {
  return digits(day, 0, 4) * 12 + digits(day, 5, 7) - 1;
}

/** The number that stands there; millions of days are read, and slicing each into texts took longer than the law. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
}

/** The last month with a day before this one, as `monthIndex` counts: of a leave date, the last month worked. */
export function lastMonthBefore(day: LocalDate): number {
  return day.endsWith('-01') ? monthIndex(day) - 1 : monthIndex(day);
}

/** The month that `monthIndex` counted. */
export function monthAt(index: number): Month {
  let month = months.get(index);
  if (month === undefined) {
    month = `${padded(Math.floor(index / 12), 4)}-${padded((index % 12) + 1, 2)}`;
    months.set(index, month);
  }
  return month;
}

/** Written once each: there are a few thousand between 1900 and 2200. */
const months = new Map<number, Month>();

function padded(value: number, places: number): string {
  return String(value).padStart(places, '0');
}

/** The first day of the month that `monthIndex` counted. */
export function firstDayAt(index: number): LocalDate {
  let day = firstDays.get(index);
  if (day === undefined) {
    day = `${monthAt(index)}-01`;
    firstDays.set(index, day);
  }
  return day;
}

const firstDays = new Map<number, LocalDate>();

export function monthOf(day: LocalDate): Month {
  return day.slice(0, 7);
}

/** The same day so many months later; at a shorter month's end, its last day. */
export function addMonths(day: LocalDate, months: number): LocalDate {
  const index = monthIndex(day) + months;
  if (day.endsWith('-01')) return firstDayAt(index);
  const last = daysIn(Math.floor(index / 12), (index % 12) + 1);
  return `${monthAt(index)}-${padded(Math.min(digits(day, 8, 10), last), 2)}`;
}

export function addDays(day: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** Saturday or Sunday. Public holidays and swapped days are law: `law/working-days.ts`. */
export function isWeekend(day: LocalDate): boolean {
  return Temporal.PlainDate.from(day).dayOfWeek > 5;
}

export function daysBetween({ from, to }: { readonly from: LocalDate; readonly to: LocalDate }): number {
  return dayNumber(to) - dayNumber(from);
}

/** Counted from the first of March of year 0, so that the leap day is a year's last; by the Gregorian calendar. */
function dayNumber(day: LocalDate): number {
  if (!isLocalDate(day)) throw new RangeError(`${day} is no day`);
  const index = monthIndex(day) - 2;
  const year = Math.floor(index / 12);
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  // From March on, every five months are 153 days.
  return year * 365 + leapDays + Math.floor(((index % 12) * 153 + 2) / 5) + digits(day, 8, 10);
}

/** The day on the wall in Viet Nam at that instant. */
export function localDateOf(instant: Instant): LocalDate {
  const hour = instant.slice(0, 'yyyy-mm-ddThh'.length);
  let day = instant.endsWith('Z') ? localDates.get(hour) : undefined;
  if (day === undefined) {
    day = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
    if (instant.endsWith('Z') && localDates.size < mostLocalDates) localDates.set(hour, day);
  }
  return day;
}

/** By the hour in UTC: the clocks of Viet Nam are whole hours ahead. */
const localDates = new Map<string, LocalDate>();
const mostLocalDates = 20_000;

/** The instant at which the clock on the wall in Viet Nam shows that hour of that day. Takes `2025-10-08` and `16:00`. */
export function instantAt(day: LocalDate, hour: string): Instant {
  const at = Temporal.PlainDateTime.from(`${day}T${hour}`).toZonedDateTime(zone).toInstant();
  return at.toString({ smallestUnit: 'millisecond' });
}

/** So many minutes later, in the form that instants are compared in as text. */
export function addMinutes(instant: Instant, minutes: number): Instant {
  return Temporal.Instant.from(instant).add({ minutes }).toString({ smallestUnit: 'millisecond' });
}

/** `2025-07-01` → `01/07/2025`; a month → `07/2025`; a year stays. */
export function formatDay(day: string): string {
  const [year, month, date] = [day.slice(0, 4), day.slice(5, 7), day.slice(8, 10)];
  if (day.length === 4) return year;
  return day.length === 7 ? `${month}/${year}` : `${date}/${month}/${year}`;
}

/** `14:05 ngày 01/07/2025`, the hour in Viet Nam (UTC+7). */
export function formatInstant(instant: Instant, language: 'vi' | 'en' = 'vi'): string {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
  const day = formatDay(at.toPlainDate().toString());
  return language === 'vi' ? `${time} ngày ${day}` : `${time}, ${day} (UTC+7)`;
}
