/**
 * Who was paid and re-enters a body that the State budget pays must give the allowance back, where the regime says so: Decree
 * 154/2025, article 3(6). Decree 178 has no such duty, as the Ministry of Home Affairs answered.
 */
import { addMonths, type LocalDate } from '../calendar.ts';
import { type Citation, inForceOn, laterOf } from '../law/dated.ts';
import { returnDutyMonths } from '../law/decree-154-2025/article-03.ts';
import type { Sentence } from '../vietnamese.ts';

export type ReturnDuty =
  | {
      readonly duty: 'owed';
      readonly from: LocalDate;
      /** The last day on which re-entering brings the duty. */
      readonly until: LocalDate;
      readonly months: number;
      readonly by: Citation;
      readonly sure: string;
    }
  /** `unsettled`: no text that was read says either. */
  | { readonly duty: 'none' | 'unsettled'; readonly why: Sentence };

/**
 * Takes the regime that paid, such as `154/9`, and the leave date. A term in months ends on the same day of its last month
 * (Civil Code 2015, article 148(3)): that this day still counts is our reading.
 */
export function returnDutyOf(regime: string, leaveOn: LocalDate): ReturnDuty {
  if (regime.startsWith('178/')) return { duty: 'none', why: none178 };
  if (!regime.startsWith('154/')) return { duty: 'unsettled', why: unsettled };
  const { value: months, by, sure } = inForceOn(returnDutyMonths, laterOf(leaveOn, returnDutyMonths));
  return { duty: 'owed', from: leaveOn, until: addMonths(leaveOn, months), months, by, sure };
}

/** Whether re-entering on that day brings the duty. */
export function bringsDuty(duty: ReturnDuty, on: LocalDate): boolean {
  return duty.duty === 'owed' && on >= duty.from && on <= duty.until;
}

const none178: Sentence = {
  vi: 'Nghị định 178/2024 không buộc hoàn trả khi được tuyển dụng lại (Bộ Nội vụ đã trả lời).',
  en: 'Decree 178/2024 has no duty to return the money on re-entering (as the Ministry of Home Affairs answered).',
};
const unsettled: Sentence = {
  vi: 'Chưa đọc được quy định nào về hoàn trả cho chế độ này. Hãy xin ý kiến Sở Nội vụ trước khi trả lời.',
  en: 'No text was read that says whether this regime has such a duty. Ask Home Affairs before answering.',
};
