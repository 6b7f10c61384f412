/**
 * Use cases that undo before money may move: somebody takes back their own confirmation, or the office that made the batch
 * ends it. Neither erases anything; both say why.
 */
import type { Account } from '../case/access.ts';
import {
  type Batch,
  batchRow,
  batchStream,
  isDecidedBy,
  isStopped,
  readBatch,
  standing,
  stepNames,
} from '../case/batch.ts';
import { commitDeciding } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';

export interface Reopening {
  readonly batchId: string;
  readonly step: string;
  readonly version: number;
  readonly reason: string;
}

/**
 * Takes back a confirmation and those after it, up to the People's Committee's decision. Whoever gave it may, and the leader
 * in whose right it was given. People who were taken out stay out.
 */
export async function reopenStep(
  { batchId, step: name, version, reason }: Reopening,
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'reopened' } | Refused> {
  const outcome = await commitDeciding(store, async () => {
    const batch = await readBatch(store, batchId);
    const step = stepNames.find((one) => one === name);
    const against = batch === undefined || step === undefined ? notThere : reopeningObjection(batch, step, version, by);
    if (against !== undefined || batch?.frozen === undefined || step === undefined)
      return { stop: against ?? notThere };
    if (reason.trim() === '') return { stop: reasonMissing };
    const at = now();
    return {
      changes: [
        {
          stream: batchStream(batchId),
          readAt: batch.entries.length,
          entries: [{ kind: 'reopened', at, by: by.id, data: { step, version, reason: reason.trim() } }],
          row: batchRow('in-approval', batch.source, standing(batch, at), step),
        },
      ],
    };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'reopened' };
}

/** The steps of the batch whose confirmation this account may take back now. */
export function reopenable(batch: Batch, { id }: Account): readonly Batch['decisions'][number][] {
  if (isStopped(batch) || batch.provincial !== undefined) return [];
  return batch.decisions.filter((one) => isDecidedBy(one, id));
}

function reopeningObjection(batch: Batch, step: string, version: number, by: Account): Refused | undefined {
  if (batch.provincial !== undefined) {
    return refused(
      'UBND tỉnh đã quyết định; không mở lại bước này được nữa. Nếu một người không được chi, hãy đề nghị tạm dừng hồ sơ của người đó.',
      "The People's Committee has decided; the step cannot be reopened. If somebody must not be paid, ask to hold their case.",
    );
  }
  if (isStopped(batch)) return refused('Đợt này đã kết thúc.', 'This batch has ended.');
  if (batch.frozen?.version !== version) {
    return refused(
      'Danh sách đã được chốt lại thành phiên bản mới; xác nhận cũ không còn hiệu lực nên không cần mở lại.',
      'The list was frozen anew; the old confirmation is void and need not be taken back.',
    );
  }
  return reopenable(batch, by).some((one) => one.step === step)
    ? undefined
    : refused(
        'Chỉ người đã xác nhận bước này, hoặc người ủy quyền cho người đó, được mở lại.',
        'Only whoever confirmed this step, or delegated it to them, may take it back.',
      );
}

/** Ends a batch before the People's Committee's decision; its people stay appraised, for another batch. */
export async function abortBatch(
  { batchId, reason }: { readonly batchId: string; readonly reason: string },
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'aborted' } | Refused> {
  const outcome = await commitDeciding(store, async () => {
    const batch = await readBatch(store, batchId);
    if (batch?.frozen === undefined) return { stop: notThere };
    if (batch.provincial !== undefined) return { stop: tooLateToAbort };
    if (isStopped(batch)) return { stop: refused('Đợt này đã kết thúc.', 'This batch has ended.') };
    if (!batch.isRecomputed) {
      return {
        stop: refused(
          'Hệ thống đang tính lại danh sách. Hãy mở lại sau một phút.',
          'The list is being recomputed. Open it again in a minute.',
        ),
      };
    }
    if (reason.trim() === '') return { stop: reasonMissing };
    const at = now();
    return {
      changes: [
        {
          stream: batchStream(batchId),
          readAt: batch.entries.length,
          entries: [{ kind: 'aborted', at, by: by.id, data: { reason: reason.trim() } }],
          row: batchRow('in-approval', batch.source, standing(batch, at)),
        },
      ],
    };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'aborted' };
}

const notThere = refused('Không tìm thấy đợt này.', 'There is no such batch.');
const reasonMissing = refused('Hãy ghi lý do.', 'State the reason.');
const tooLateToAbort = refused(
  'UBND tỉnh đã quyết định đợt này; không kết thúc cả đợt được nữa. Hãy tạm dừng hồ sơ của từng người cần dừng.',
  "The People's Committee has decided this batch; it cannot be ended as a whole. Hold the cases that must stop.",
);
