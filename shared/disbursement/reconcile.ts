/**
 * Use case: the Treasury's result file is matched to our references. A file that is not whole and right is refused as
 * it stands, with every reason; a right one is applied once.
 */
import { readBatch } from '../case/batch.ts';
import { commitDeciding } from '../case/history.ts';
import { type OrderOutcome, readOrder } from '../case/order.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { type Dong, formatDong, sum } from '../dong.ts';
import type { Sentence } from '../vietnamese.ts';
import { type Settled, settle } from './settle.ts';

export interface ResultLine {
  readonly row: number;
  readonly reference: string;
  readonly amount: Dong;
  readonly outcome: OrderOutcome;
  readonly on: string;
  readonly reason?: string;
}

/** A result file as it was read, with the totals it states of itself. */
export interface ResultFile {
  readonly batchCode: string;
  readonly statedCount: number;
  readonly statedTotal: Dong;
  readonly lines: readonly ResultLine[];
}

export function resultStream(fileHash: string): string {
  return `result/${fileHash}`;
}

/** At most so many wrong rows are spelled out in one answer. */
const mostRowsNamed = 30;

/** Takes the hash of the stored file. Refused: nothing was applied. */
export async function reconcile(
  batchId: string,
  fileHash: string,
  file: ResultFile,
  by: string,
  ports: Ports,
  progress: (done: number) => void = () => {},
): Promise<(Settled & { readonly outcome: 'imported' }) | Refused> {
  const wrong = await objections(batchId, file, ports);
  if (wrong !== undefined) return wrong;
  const taken = await takeIn(batchId, fileHash, file, by, ports);
  if (taken !== undefined) return taken;
  const outcomes = file.lines.map(({ row: _row, amount: _amount, ...line }) => ({ ...line, file: fileHash }));
  const settled = await settle(outcomes, by, ports, progress);
  // A file that came before the unit recorded its sending may be imported again.
  if (settled.contradicting.length === 0) await recordApplied(fileHash, settled, ports);
  return { outcome: 'imported', ...settled };
}

async function objections(batchId: string, file: ResultFile, { store }: Ports): Promise<Refused | undefined> {
  const batch = await readBatch(store, batchId);
  if (batch === undefined) return refused('Không tìm thấy đợt chi trả này.', 'There is no such batch.');
  if (file.batchCode !== batch.code) {
    return refused(
      `Tệp này là kết quả của đợt ${file.batchCode}, không phải đợt ${batch.code}. Hãy mở đúng đợt rồi nhập lại.`,
      `This file is the result of batch ${file.batchCode}, not of ${batch.code}. Open that batch and import it there.`,
    );
  }
  const total = sum(file.lines.map(({ amount }) => amount));
  if (file.lines.length !== file.statedCount || total !== file.statedTotal) {
    return refused(
      `Tệp ghi tổng ${file.statedCount} khoản, ${formatDong(file.statedTotal)} đồng, nhưng các dòng cộng lại là ${file.lines.length} khoản, ${formatDong(total)} đồng. Tệp có thể bị thiếu dòng; hãy tải lại từ Kho bạc.`,
      `The file states ${file.statedCount} lines and ${formatDong(file.statedTotal)} đồng, but its lines add up to ${file.lines.length} and ${formatDong(total)} đồng. It may be cut; fetch it again from the Treasury.`,
    );
  }
  const wrong = await wrongLines(batchId, file, store);
  if (wrong.length === 0) return undefined;
  const named = wrong.slice(0, mostRowsNamed);
  const more = wrong.length - named.length;
  return refused(
    `Chưa có gì được ghi nhận. ${named.map(({ vi }) => vi).join(' ')}${more > 0 ? ` Và ${more} dòng khác.` : ''} Hãy đối chiếu với Kho bạc rồi nhập tệp đúng.`,
    `Nothing was recorded. ${named.map(({ en }) => en).join(' ')}${more > 0 ? ` And ${more} more rows.` : ''} Check with the Treasury and import the right file.`,
  );
}

async function wrongLines(batchId: string, file: ResultFile, store: Ports['store']): Promise<readonly Sentence[]> {
  const wrong: Sentence[] = [];
  for (const { row, reference, amount } of file.lines) {
    const order = await readOrder(store, reference);
    if (order === undefined || order.batch !== batchId) {
      wrong.push({
        vi: `Dòng ${row}: mã khoản chi "${reference}" không thuộc đợt này.`,
        en: `Row ${row}: reference "${reference}" is not of this batch.`,
      });
    } else if (BigInt(order.amount) !== amount) {
      wrong.push({
        vi: `Dòng ${row}: số tiền ${formatDong(amount)} khác số đã lập ${formatDong(BigInt(order.amount))} của ${reference}.`,
        en: `Row ${row}: ${formatDong(amount)} differs from the ordered ${formatDong(BigInt(order.amount))} of ${reference}.`,
      });
    }
  }
  return wrong;
}

/** Claims the file, so that it is imported once. The same import, run again after a kill, goes on. */
async function takeIn(
  batchId: string,
  fileHash: string,
  file: ResultFile,
  by: string,
  { store, now }: Ports,
): Promise<Refused | undefined> {
  const stream = resultStream(fileHash);
  const outcome = await commitDeciding(store, async () => {
    const entries = await store.read(stream);
    const first = entries[0];
    if (entries.some(({ kind }) => kind === 'applied')) return { stop: `${first?.at}` };
    if (first !== undefined) return { stop: undefined };
    const data = { batch: batchId, lines: file.lines.length, total: file.statedTotal.toString() };
    const row = { kind: 'result', status: 'imported', batch: batchId, summary: { ...data, at: now(), by } };
    return { changes: [{ stream, readAt: 0, entries: [{ kind: 'imported', at: now(), by, data }], row }] };
  });
  if (outcome.outcome !== 'stopped' || outcome.stop === undefined) return undefined;
  return refused(
    'Tệp này đã được nhập trước đó; kết quả của nó đã được ghi. Không cần nhập lại.',
    'This file was imported before and its results are recorded. There is no need to import it again.',
  );
}

async function recordApplied(fileHash: string, settled: Settled, { store, now }: Ports): Promise<void> {
  const stream = resultStream(fileHash);
  await commitDeciding(store, async () => {
    const entries = await store.read(stream);
    if (entries.some(({ kind }) => kind === 'applied')) return { stop: 'applied' };
    return {
      changes: [
        { stream, readAt: entries.length, entries: [{ kind: 'applied', at: now(), by: 'system', data: settled }] },
      ],
    };
  });
}
