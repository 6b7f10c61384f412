import { cite, type Dated, type LegalText } from '../dated.ts';

/** The Ministry of Home Affairs on the clock and the salary of Decree 178. */
export const circular01: LegalText = {
  vi: 'Thông tư 01/2025/TT-BNV',
  en: 'Circular 01/2025/TT-BNV',
  inForce: '2025-01-17',
};

/** Leaving within so many months of the reorganisation's effective day gets the first rate. */
export const firstPeriodMonths: readonly Dated<number>[] = [
  { from: '2025-01-01', value: 12, by: cite(circular01, '3(1)'), sure: 'C-5' },
];

/** Where a reorganisation took effect before this day, question X5 asks whether the clock starts on it instead. */
export const earliestClock: readonly Dated<string>[] = [
  { from: '2025-01-01', value: '2025-01-01', by: cite(circular01, '3(1)'), sure: 'M', open: 'X5' },
];
