/**
 * Working days of State offices: Monday to Friday, less the days off of `labour-code-2019/article-112.ts`, and the
 * Saturdays on which a swapped day is made up. In years without rows only Saturdays and Sundays are days off.
 */
import { addDays, daysBetween, isWeekend, type LocalDate } from '../calendar.ts';
import { daysOff } from './labour-code-2019/article-112.ts';

const values = Object.values(daysOff).flatMap((rows) => rows.map(({ value }) => value));

/** Days from Monday to Friday that are off. */
const weekdaysOff: ReadonlySet<LocalDate> = new Set(
  values
    .flatMap(({ days, inLieu = [], swapped }) => [...days, ...inLieu, ...(swapped === undefined ? [] : [swapped.off])])
    .filter((day) => !isWeekend(day)),
);

const weekendsWorked: ReadonlySet<LocalDate> = new Set(
  values.flatMap(({ swapped }) => (swapped === undefined ? [] : [swapped.worked])),
);

export function isWorkingDay(day: LocalDate): boolean {
  return isWeekend(day) ? weekendsWorked.has(day) : !weekdaysOff.has(day);
}

/** So many working days after the day, which is itself not counted; the day itself for none. */
export function addWorkingDays(day: LocalDate, days: number): LocalDate {
  let at = day;
  for (let left = days; left > 0; ) {
    at = addDays(at, 1);
    if (isWorkingDay(at)) left -= 1;
  }
  return at;
}

/** The working days after `from` up to and with `to`: what must be added to reach it. Below nought when `to` is earlier. */
export function workingDaysBetween({ from, to }: { readonly from: LocalDate; readonly to: LocalDate }): number {
  if (to < from) return 0 - workingDaysBetween({ from: to, to: from });
  const within = (days: ReadonlySet<LocalDate>) => [...days].filter((day) => day > from && day <= to).length;
  return weekdaysBetween(from, to) - within(weekdaysOff) + within(weekendsWorked);
}

/** Mondays to Fridays after `from` up to and with `to`: five a whole week, and the days of the rest one by one. */
function weekdaysBetween(from: LocalDate, to: LocalDate): number {
  const days = daysBetween({ from, to });
  const rest = Array.from({ length: days % 7 }, (_, index) => addDays(to, -index));
  return Math.floor(days / 7) * 5 + rest.filter((day) => !isWeekend(day)).length;
}
