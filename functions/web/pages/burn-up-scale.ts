/** Where a day and a number of people lie on a chart, and which days and numbers its axes name. */
import { addDays, addMonths, daysBetween, type LocalDate } from '../../../shared/calendar.ts';

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Scale {
  readonly frame: Frame;
  readonly first: LocalDate;
  readonly last: LocalDate;
  /** The number at the top of the frame. */
  readonly most: number;
  x(day: LocalDate): number;
  y(people: number): number;
}

export function scaleOf(frame: Frame, { first, last, most }: Pick<Scale, 'first' | 'last' | 'most'>): Scale {
  const days = Math.max(1, daysBetween({ from: first, to: last }));
  const wide = frame.width - frame.left - frame.right;
  const high = frame.height - frame.top - frame.bottom;
  return {
    frame,
    first,
    last,
    most,
    x: (day) => tenth(frame.left + (daysBetween({ from: first, to: day }) / days) * wide),
    y: (people) => tenth(frame.height - frame.bottom - (people / most) * high),
  };
}

/** A tenth of a pixel is as fine as anybody sees. */
function tenth(value: number): number {
  return Math.floor(value * 10 + 0.5) / 10;
}

/** Round numbers from nought to the greatest, at most so many steps. */
export function peopleTicks(most: number, steps: number): readonly number[] {
  const rough = Math.max(1, most / steps);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= rough) ?? rough;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
}

/** Days that the axis names: weeks, half months, months or several months, at most so many. */
export function dayTicks(first: LocalDate, last: LocalDate, most: number): readonly LocalDate[] {
  const days = daysBetween({ from: first, to: last });
  if (days / 7 < most) return every(first, last, (day) => addDays(day, 7));
  const month = first.endsWith('-01') ? first : addMonths(`${first.slice(0, 7)}-01`, 1);
  const months = [1, 2, 3, 6, 12, 24, 60].find((count) => days / (30 * count) < most) ?? 120;
  return every(month, last, (day) => addMonths(day, months));
}

function every(first: LocalDate, last: LocalDate, next: (day: LocalDate) => LocalDate): readonly LocalDate[] {
  const days: LocalDate[] = [];
  for (let day = first; day <= last; day = next(day)) days.push(day);
  return days;
}

/** The path through points, level until the next one: nothing happens between two days of payment. */
export function stepPath(points: readonly (readonly [x: number, y: number])[]): string {
  const [start, ...rest] = points;
  if (start === undefined) return '';
  return `M${start.join(' ')}${rest.map(([x, y]) => `H${x}V${y}`).join('')}`;
}

export function linePath(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
}
