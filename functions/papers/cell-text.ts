/** Numbers of a cell as people see them. */
import { addDays } from '../../shared/calendar.ts';

/** The number as Excel shows it, 15 digits at most: `4.6500000000000004` was typed as 4.65. */
export function numberText(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  const shortest = Number(value.toPrecision(15)).toString();
  return /e/i.test(shortest) ? value.toFixed(12).replace(/0+$/, '').replace(/\.$/, '') : shortest;
}

/** 0.25 shown as `25%`. */
export function percentText(value: number): string {
  return `${numberText(Number((value * 100).toPrecision(13)))}%`;
}

/** Whether a number format shows a day: `dd/mm/yyyy`, `mmm-yy`, not `#,##0 "đồng"` or `[Red]0.00`. */
export function showsDay(format: string): boolean {
  return /[dmy]/i.test(format.replaceAll(/"[^"]*"|\[[^\]]*\]|\\.|_.|General/g, ''));
}

/** Excel's count of days (1900 system; its 29/02/1900 never was) → `YYYY-MM-DD`. */
export function serialText(count: number): string {
  return addDays(count < 61 ? '1899-12-31' : '1899-12-30', Math.floor(count));
}
