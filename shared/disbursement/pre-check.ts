/** A check of what the Treasury would refuse a slip for (codes T1 to T7, after article 7 of Decree 11/2020), and what it found. */
import type { Sentence } from '../vietnamese.ts';

export const preCheckCodes = ['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'] as const;
export type PreCheckCode = (typeof preCheckCodes)[number];

export const preCheckTitles: Readonly<Record<PreCheckCode, Sentence>> = {
  T1: { vi: 'Dự toán', en: 'Estimate' },
  T2: { vi: 'Quyết định đúng thẩm quyền', en: 'Decision by the competent authority' },
  T3: { vi: 'Chứng từ và tài khoản người hưởng', en: 'Voucher and accounts' },
  T4: { vi: 'Đơn vị đủ điều kiện giao dịch', en: 'Unit ready to pay' },
  T5: { vi: 'Chữ ký', en: 'Signatures' },
  T6: { vi: 'Thời hạn', en: 'Day limits' },
  T7: { vi: 'Danh sách đúng danh sách đã duyệt', en: 'List as approved' },
};

export type Actor = 'unit' | 'finance' | 'administrator';

export interface Finding {
  /** A failing one bars every signature and the sending; a warning asks nothing. */
  readonly state: 'warns' | 'fails';
  /** What is wrong and what to do; names nobody. */
  readonly says: Sentence;
  readonly actor: Actor;
}

export interface PreCheck {
  readonly code: PreCheckCode;
  readonly state: 'holds' | Finding['state'];
  /** What was looked at and holds; shown where nothing was found. */
  readonly holds: Sentence;
  readonly findings: readonly Finding[];
}

export function preCheck(code: PreCheckCode, holds: Sentence, findings: readonly Finding[]): PreCheck {
  const isFailing = findings.some(({ state }) => state === 'fails');
  return { code, state: isFailing ? 'fails' : findings.length > 0 ? 'warns' : 'holds', holds, findings };
}

export function fails(actor: Actor, vi: string, en: string): Finding {
  return { state: 'fails', says: { vi, en }, actor };
}

export function warns(actor: Actor, vi: string, en: string): Finding {
  return { state: 'warns', says: { vi, en }, actor };
}

/** What stands in place of an act that nobody in an office can do: the histories do not agree with one another. */
export const altered: Sentence = {
  vi: 'Không ký và không gửi; báo quản trị hệ thống kiểm tra lịch sử.',
  en: 'Do not sign or send; tell the administrators to verify the histories.',
};

const mostNamed = 5;

/** `CTABC-1, CTDEF-1 và 3 khoản khác`. */
export function named(references: readonly string[]): Sentence {
  const shown = references.slice(0, mostNamed).join(', ');
  const more = references.length - mostNamed;
  return more > 0
    ? { vi: `${shown} và ${more} khoản khác`, en: `${shown} and ${more} more` }
    : { vi: shown, en: shown };
}
