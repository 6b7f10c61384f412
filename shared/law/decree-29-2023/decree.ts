import type { LocalDate } from '../../calendar.ts';
import { cite, citeWhole, type Dated, type LegalText } from '../dated.ts';
import { decree154 } from '../decree-154-2025/decree.ts';

/** Streamlining of staff before Decree 154/2025. */
export const decree29: LegalText = {
  vi: 'Nghị định 29/2023/NĐ-CP',
  en: 'Decree 29/2023/NĐ-CP',
  inForce: '2023-07-20',
};

/** The decree serves those who leave from its first day on. */
export const leavesFrom: readonly Dated<LocalDate>[] = [
  { from: '2023-07-20', value: '2023-07-20', by: citeWhole(decree29), sure: 'H' },
];

/**
 * From this day Decree 154 takes its place: what was decided before and not paid by then is computed again under
 * Decree 154 (question O23), and who was decided before and leaves after is question O14.
 */
export const replacedOn: readonly Dated<LocalDate>[] = [
  { from: '2023-07-20', value: decree154.inForce, by: cite(decree154, '15'), sure: 'H', open: 'O14' },
];
