/** Use case: a recorded fact was wrong. The facts as they are now, by a paper; whoever is concerned is computed again. */
import { caseStream, readCase } from '../case/case.ts';
import type { Facts } from '../case/facts.ts';
import { commitDeciding } from '../case/history.ts';
import { isBeforeBatch, type Status } from '../case/lifecycle.ts';
import { type Part, readParts, standsAt } from '../case/part.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';

export interface Correction {
  readonly caseId: string;
  /** The whole facts, the corrected one among them. */
  readonly facts: Facts;
  readonly reason: string;
  /** The paper that shows it, in Files. */
  readonly paper: string;
}

export async function correctFacts(
  { caseId, facts, reason, paper }: Correction,
  by: string,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'corrected' } | Refused> {
  const outcome = await commitDeciding(store, async () => {
    const of = await readCase(store, caseId);
    if (of === undefined || of.entries.some(({ kind }) => kind === 'closed')) {
      return { stop: refused('Không tìm thấy hồ sơ này, hoặc hồ sơ đã kết thúc.', 'There is no such open case.') };
    }
    const parts = await readParts(store, of);
    if (of.submitted.difference !== undefined || !isOpenToCorrection(parts)) {
      return { stop: inABatch };
    }
    if (reason.trim() === '' || paper === '') {
      return { stop: refused('Hãy ghi lý do và đính kèm giấy tờ.', 'State the reason and attach the paper.') };
    }
    const entry = { kind: 'facts-corrected', at: now(), by, data: { facts, reason: reason.trim(), paper } };
    return { changes: [{ stream: caseStream(caseId), readAt: of.entries.length, entries: [entry] }] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'corrected' };
}

/** Nobody's decision rests on it, or all the money is there and the difference can be paid or asked back. */
export function isOpenToCorrection(parts: readonly Part[]): boolean {
  const isPaid = (at: Status | undefined) => at === 'credited' || at === 'paid-elsewhere';
  return parts.every((part) => isBeforeBatch(standsAt(part))) || parts.every((part) => isPaid(standsAt(part)));
}

const inABatch = refused(
  'Hồ sơ đang trong đợt chi trả hoặc là khoản trả thêm. Hãy đề nghị người xác nhận đưa người này ra khỏi danh sách, hoặc đợi tiền về tài khoản rồi sửa.',
  'The case is in a batch, or pays the rest of another. Ask the confirmer to take the person out, or wait until the money is there.',
);
