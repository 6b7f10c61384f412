import type { LocalDate } from '../../calendar.ts';
import { citeWhole, type Dated, type LegalText } from '../dated.ts';

const conclusion183: LegalText = { vi: 'Kết luận 183-KL/TW', en: 'Conclusion 183-KL/TW', inForce: '2025-08-01' };
const conclusion195: LegalText = { vi: 'Kết luận 195-KL/TW', en: 'Conclusion 195-KL/TW', inForce: '2025-09-26' };
const conclusion202: LegalText = { vi: 'Kết luận 202-KL/TW', en: 'Conclusion 202-KL/TW', inForce: '2025-10-31' };

/** The campaign pays decisions dated before this day; it is not a condition of the right. */
export const campaignDecidedBefore: readonly Dated<LocalDate>[] = [
  { from: '2025-01-01', value: '2025-08-31', by: citeWhole(conclusion183), sure: 'C-3' },
];

/** The day by which everyone must have been paid, by the day the limit was set. */
export const paidBefore: readonly Dated<LocalDate>[] = [
  { from: '2025-08-01', value: '2025-08-31', by: citeWhole(conclusion183), sure: 'C-3' },
  { from: '2025-09-26', value: '2025-10-15', by: citeWhole(conclusion195), sure: 'C-1' },
  { from: '2025-10-10', value: '2025-10-31', by: citeWhole(conclusion202), sure: 'C-1' },
];
