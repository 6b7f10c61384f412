import { firstDayAt, type LocalDate, monthIndex } from '../../calendar.ts';
import type { Dong } from '../../dong.ts';
import { cite, citeWhole, type Dated, inForceOn, type LegalText } from '../dated.ts';

export const decree73: LegalText = { vi: 'Nghị định 73/2024/NĐ-CP', en: 'Decree 73/2024/NĐ-CP', inForce: '2024-07-01' };
export const decree24: LegalText = { vi: 'Nghị định 24/2023/NĐ-CP', en: 'Decree 24/2023/NĐ-CP', inForce: '2023-07-01' };
export const decree38: LegalText = { vi: 'Nghị định 38/2019/NĐ-CP', en: 'Decree 38/2019/NĐ-CP', inForce: '2019-07-01' };
export const from2026: LegalText = {
  vi: 'Mức lương cơ sở áp dụng từ 01/07/2026',
  en: 'Base salary from 01/07/2026',
  inForce: '2026-07-01',
};

/** Base salary (lương cơ sở), đồng a month. */
export const baseSalary: readonly Dated<Dong>[] = [
  { from: '2019-07-01', value: 1_490_000n, by: cite(decree38, '3(2)'), sure: 'C-1' },
  { from: '2023-07-01', value: 1_800_000n, by: cite(decree24, '3(2)'), sure: 'C-1' },
  { from: '2024-07-01', value: 2_340_000n, by: cite(decree73, '3(2)'), sure: 'C-6' },
  { from: '2026-07-01', value: 2_530_000n, by: citeWhole(from2026), sure: 'C-1' },
];

/** The base salary of the month before leaving, đồng: Decree 178, article 5(6), and Decree 154, article 5(1). */
export function baseSalaryBefore(leaveOn: LocalDate): Dong {
  return inForceOn(baseSalary, firstDayAt(monthIndex(leaveOn) - 1)).value;
}
