/**
 * Use case: the Finance officer records the provincial People's Committee's decision (quyết định phê duyệt danh sách
 * và kinh phí). It is the legal basis of every order and must match the people and the sum that were confirmed.
 */
import { formatDay, isLocalDate, localDateOf } from '../calendar.ts';
import { batchRow, batchStream, isStopped, payable, readBatch, readFrozenList } from '../case/batch.ts';
import { alteredObjection, type DigitalSignature } from '../case/digital-signature.ts';
import { commitDeciding } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { formatDong } from '../dong.ts';
import { fold } from '../vietnamese.ts';
import { nextStep } from './next.ts';
import { capacityObjection, type Signature, signatureData } from './signed-letter.ts';

export interface RecordedDecision extends Signature {
  readonly batchId: string;
  readonly version: number;
  readonly people: number;
  readonly total: bigint;
  /** The scanned decision, in Files. */
  readonly paper: string;
  /** What was found of the digital signatures in it. */
  readonly signatures?: readonly DigitalSignature[];
}

export async function recordProvincialDecision(
  given: RecordedDecision,
  by: string,
  ports: Ports,
): Promise<{ readonly outcome: 'recorded' } | Refused> {
  const { store, files, now } = ports;
  const committed = await commitDeciding(store, async () => {
    const batch = await readBatch(store, given.batchId);
    if (batch?.frozen === undefined) return { stop: refused('Không tìm thấy đợt này.', 'There is no such batch.') };
    const due = payable(batch, await readFrozenList(files, batch));
    const against =
      stateObjection(batch.frozen.version, batch, given) ??
      paperObjection(given, localDateOf(now())) ??
      alteredObjection(given.signatures) ??
      sumObjection(given, due.parts.length, due.total);
    if (against !== undefined) return { stop: against };
    const at = now();
    const { version, number, on, people, total, paper, signatures = [] } = given;
    const { contentHash } = batch.frozen;
    const data = { version, contentHash, ...signatureData(given), people, total, paper, signatures };
    const summary = { code: batch.code, level: batch.level, version, people, total: total.toString(), since: at };
    return {
      changes: [
        {
          stream: batchStream(batch.id),
          readAt: batch.entries.length,
          entries: [{ kind: 'provincial-decision', at, by, data }],
          row: batchRow('paying', batch.source, summary, 'units-and-treasury'),
          claims: [`provincial-decision/${on.slice(0, 4)}/${fold(number)}`],
        },
      ],
    };
  });
  if (committed.outcome === 'stopped') return committed.stop;
  if (committed.outcome === 'committed') return { outcome: 'recorded' };
  return refused(
    `Quyết định số ${given.number} đã được ghi cho một đợt khác. Hãy kiểm tra lại số quyết định.`,
    `Decision ${given.number} is recorded for another batch. Check its number.`,
  );
}

type Batch = NonNullable<Awaited<ReturnType<typeof readBatch>>>;

function stateObjection(current: number, batch: Batch, { version }: RecordedDecision): Refused | undefined {
  if (isStopped(batch) || version !== current) {
    return refused(
      'Danh sách đã thay đổi từ khi trang này được mở. Hãy mở lại đợt.',
      'The list has changed since this page was opened. Open the batch again.',
    );
  }
  if (nextStep(batch) !== undefined) {
    return refused(
      'Sở Nội vụ và Sở Tài chính chưa xác nhận đủ. Chỉ ghi quyết định của UBND tỉnh sau hai bước đó.',
      'Home Affairs and Finance have not both confirmed yet. The decision is recorded after these two steps.',
    );
  }
  return batch.provincial === undefined
    ? undefined
    : refused('Quyết định cho đợt này đã được ghi.', 'The decision for this batch is recorded already.');
}

function paperObjection(given: RecordedDecision, today: string): Refused | undefined {
  const { number, on, signatory, paper } = given;
  if (number.trim() === '' || signatory.trim() === '' || paper === '') {
    return refused(
      'Hãy ghi đủ số quyết định, người ký và đính kèm bản quét quyết định.',
      'State the number and the signatory, and attach the scanned decision.',
    );
  }
  if (isLocalDate(on) && on <= today) return capacityObjection(given);
  return refused(
    `Ngày quyết định "${formatDay(on)}" không hợp lệ hoặc ở tương lai. Hãy ghi ngày trên văn bản.`,
    `The day of the decision "${on}" is not a day or lies ahead. Take it from the paper.`,
  );
}

function sumObjection({ people, total }: RecordedDecision, duePeople: number, dueTotal: bigint): Refused | undefined {
  if (people === duePeople && total === dueTotal) return undefined;
  return refused(
    `Quyết định ghi ${people} người, ${formatDong(total)} đồng; danh sách đã xác nhận có ${duePeople} người, ${formatDong(dueTotal)} đồng (chênh ${people - duePeople} người, ${formatDong(total - dueTotal)} đồng). Hai bên phải khớp từng đồng. Hãy kiểm tra văn bản, hoặc trả lại và chốt lại danh sách.`,
    `The decision says ${people} people, ${formatDong(total)} đồng; the confirmed list has ${duePeople} people, ${formatDong(dueTotal)} đồng. They must agree to the đồng.`,
  );
}
