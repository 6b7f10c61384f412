import type { LocalDate } from '../../calendar.ts';
import { citeWhole, type Dated, type LegalText } from '../dated.ts';
import { letter6383 } from '../letter-6383-2025/limits.ts';

export const conclusion183: LegalText = { vi: 'Kết luận 183-KL/TW', en: 'Conclusion 183-KL/TW', inForce: '2025-08-01' };
export const conclusion195: LegalText = { vi: 'Kết luận 195-KL/TW', en: 'Conclusion 195-KL/TW', inForce: '2025-09-26' };
export const telegram: LegalText = {
  vi: 'Công điện của Thủ tướng ngày 30/09/2025',
  en: "Prime Minister's telegram of 30/09/2025",
  inForce: '2025-09-30',
};
export const resolution303: LegalText = {
  vi: 'Nghị quyết 303/NQ-CP',
  en: 'Resolution 303/NQ-CP',
  inForce: '2025-10-10',
};

export interface CampaignDays {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/**
 * The leave days for which every table of the law must have a row: from the first day of Decree 178 (its article 24) to
 * the last leave day that the letter keeps. As sure as the less sure of the two, which is the first.
 */
export const campaignDays: readonly Dated<CampaignDays>[] = [
  { from: '2025-01-01', value: { from: '2025-01-01', to: '2025-12-31' }, by: citeWhole(letter6383), sure: 'C-2' },
];

/** The campaign pays decisions dated before this day; it is not a condition of the right. */
export const campaignDecidedBefore: readonly Dated<LocalDate>[] = [
  { from: '2025-01-01', value: '2025-08-31', by: citeWhole(conclusion183), sure: 'C-3' },
];

/**
 * The day by which everyone must have been paid, by the day the limit was set. Conclusion 202-KL/TW of 31/10/2025 follows
 * up and sets no other.
 */
export const paidBefore: readonly Dated<LocalDate>[] = [
  { from: '2025-08-01', value: '2025-08-31', by: citeWhole(conclusion183), sure: 'C-3' },
  { from: '2025-09-26', value: '2025-10-15', by: citeWhole(conclusion195), sure: 'C-1' },
  { from: '2025-09-30', value: '2025-10-05', by: citeWhole(telegram), sure: 'C-1' },
  { from: '2025-10-10', value: '2025-10-10', by: citeWhole(resolution303), sure: 'C-1' },
];
