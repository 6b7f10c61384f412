/** Use cases: a named officer holds a part, lets it go on, or ends it, each with a reason that lands in the history. */
import { readCase } from '../case/case.ts';
import { commitDeciding } from '../case/history.ts';
import { mayFollow, type Status } from '../case/lifecycle.ts';
import { caseIdOf, type Part, partChange, readPart } from '../case/part.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';

export type HoldAct = 'hold' | 'resume' | 'cancel';

export async function holdPart(
  partId: string,
  act: HoldAct,
  reason: string,
  by: string,
  { store, now }: Ports,
): Promise<{ readonly outcome: 'done'; readonly batchId?: string } | Refused> {
  let batchId: string | undefined;
  const outcome = await commitDeciding(store, async () => {
    const part = await readPart(store, partId);
    const of = await readCase(store, caseIdOf(partId));
    if (part === undefined || of === undefined)
      return { stop: refused('Không tìm thấy hồ sơ này.', 'There is no such case.') };
    if (reason.trim() === '') return { stop: refused('Hãy ghi lý do.', 'State the reason.') };
    const status = statusAfter(part, act);
    if (status === undefined || !mayFollow(part.status, status)) return { stop: notNow };
    batchId = part.batch?.id;
    const data = { status, reason: reason.trim(), ...(act === 'hold' ? { heldFrom: part.status } : {}) };
    return { changes: [partChange(of, part, [{ kind: act, at: now(), by, data }], { reason: reason.trim() })] };
  });
  if (outcome.outcome === 'stopped') return outcome.stop;
  return batchId === undefined ? { outcome: 'done' } : { outcome: 'done', batchId };
}

function statusAfter({ last }: Part, act: HoldAct): Status | undefined {
  if (act === 'hold') return 'held';
  return act === 'cancel' ? 'cancelled' : last.heldFrom;
}

const notNow = refused(
  'Hồ sơ đang ở bước không thể tạm dừng hay kết thúc (đang được xác nhận hoặc tiền đang đi). Trong đợt đang thẩm định, người xác nhận có thể đưa người này ra khỏi danh sách.',
  'The case is at a point where it cannot be held or ended (being confirmed, or money on its way). In a batch under approval the confirmer can take this person out.',
);
