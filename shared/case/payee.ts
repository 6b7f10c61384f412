/**
 * Use case: the chief accountant states, by a document, why money goes to an account in another name: an heir, a lawful
 * representative, or the same person under another spelling. It holds for that very account only.
 */
import * as z from 'zod';
import { isLocalDate, localDateOf } from '../calendar.ts';
import type { Sentence } from '../vietnamese.ts';
import { type Account, may } from './access.ts';
import { type Case, caseStream } from './case.ts';
import { commitDeciding, dataOf, ofKind } from './history.ts';
import { openCase } from './part.ts';
import { type Ports, type Refused, refused } from './ports.ts';

export const payeeKinds = ['heir', 'representative', 'same-person'] as const;
export type PayeeKind = (typeof payeeKinds)[number];

export const payeeNames: Readonly<Record<PayeeKind, Sentence>> = {
  heir: { vi: 'người thừa kế', en: 'an heir' },
  representative: { vi: 'người đại diện hợp pháp', en: 'a lawful representative' },
  'same-person': { vi: 'chính người hưởng, tên viết khác', en: 'the person, written otherwise' },
};

const payeeStated = z.object({
  accountDigest: z.string(),
  as: z.enum(payeeKinds),
  document: z.string(),
  on: z.string(),
});
export type Payee = z.infer<typeof payeeStated>;

/** What was stated of the account with this digest, if anything was. */
export function payeeOf({ entries }: Pick<Case, 'entries'>, accountDigest: string): Payee | undefined {
  return ofKind(entries, 'payee-stated')
    .map((entry) => dataOf(entry, payeeStated))
    .findLast((payee) => payee.accountDigest === accountDigest);
}

export interface PayeeWish {
  readonly caseId: string;
  /** Of the account as it was seen. */
  readonly accountDigest: string;
  readonly as: string;
  /** Number of the certificate of inheritance, the authorisation, the decision. */
  readonly document: string;
  readonly on: string;
}

export async function statePayee(
  wish: PayeeWish,
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'stated' } | Refused> {
  const outcome = await commitDeciding(store, async () => {
    const opened = await openCase(store, wish.caseId, by);
    if (opened === undefined || !may(by, 'account.confirm')) return { stop: noCase };
    const { of } = opened;
    const as = payeeKinds.find((kind) => kind === wish.as);
    const document = wish.document.trim();
    if (as === undefined || document === '' || !isLocalDate(wish.on) || wish.on > localDateOf(now())) {
      return { stop: incomplete };
    }
    if (of.account.digest !== wish.accountDigest) return { stop: otherAccount };
    const data: Payee = { accountDigest: wish.accountDigest, as, document, on: wish.on };
    const entry = { kind: 'payee-stated', at: now(), by: by.id, data };
    return { changes: [{ stream: caseStream(of.id), readAt: of.entries.length, entries: [entry] }] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'stated' };
}

const noCase = refused('Không tìm thấy hồ sơ này của đơn vị.', 'There is no such case of this unit.');
const incomplete = refused(
  'Hãy chọn người nhận, ghi số và ngày của giấy tờ chứng minh (không ở tương lai).',
  'Choose who receives, and state number and day of the paper that shows it (not ahead).',
);
const otherAccount = refused(
  'Tài khoản đã thay đổi từ khi trang này được mở. Hãy mở lại hồ sơ.',
  'The account has changed since this page was opened. Open the case again.',
);
