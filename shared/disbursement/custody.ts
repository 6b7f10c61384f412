/** Who took which file of a slip: a file that moves money leaves once, and a second time only with a reason. */
import type { Account } from '../case/access.ts';
import { mayReach } from '../case/access.ts';
import { commitDeciding } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { readSlip, type Slip, slipStream } from '../case/slip.ts';
import { fileNameOf, filesOf, keyOf, type SlipFile, type WriteSlipFile } from './slip-file.ts';
import { readSlipPaper } from './slips.ts';

/** In characters. */
export const longestReason = 500;

export interface TakenFile {
  readonly outcome: 'taken';
  readonly content: Uint8Array;
  readonly name: string;
}

/** Writes who takes the file before it is handed over. `reason` is asked for from the second time on. */
export async function takeFile(
  slipId: string,
  wish: { readonly key: string; readonly reason: string },
  account: Account,
  write: WriteSlipFile,
  ports: Ports,
): Promise<TakenFile | Refused> {
  const { key } = wish;
  const reason = wish.reason.trim();
  const slip = await readSlip(ports.store, slipId);
  if (slip === undefined || !mayReach(account, slip)) return noSlip;
  if (reason.length > longestReason) return reasonTooLong;
  const file = filesOf(slip).find((one) => keyOf(one) === key);
  if (file === undefined) return noFile;
  if (needsReason(slip, key) && reason === '') return reasonAsked;
  const content = await contentOf(slip, file, write, ports);
  // What left is kept as it left: an evidence pack holds it, though it could be made anew.
  const hash = await ports.files.put(content, 'payment');
  const outcome = await commitDeciding(ports.store, async () => {
    const now = (await readSlip(ports.store, slipId)) ?? slip;
    const isAgain = needsReason(now, key);
    if (isAgain && reason === '') return { stop: reasonAsked };
    const data = { file: key, hash, ...(isAgain ? { again: true, reason } : {}) };
    const entry = { kind: 'file-taken', at: ports.now(), by: account.id, data };
    return { changes: [{ stream: slipStream(slipId), readAt: now.entries.length, entries: [entry] }] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'taken', content, name: fileNameOf(file, slipId) };
}

/** Somebody took this file before, whoever it was. */
export function needsReason({ taken }: Pick<Slip, 'taken'>, key: string): boolean {
  return taken.some(({ file }) => file === key);
}

/** As it was kept when the slip was made, else made now from the orders. */
async function contentOf(slip: Slip, file: SlipFile, write: WriteSlipFile, ports: Ports): Promise<Uint8Array> {
  const hash = keptHash(slip, file);
  if (hash === undefined) return write(file, await readSlipPaper(slip, ports));
  const kept = await ports.files.get(hash);
  if (kept === undefined) throw new Error(`a file of slip ${slip.id} is gone`);
  return kept;
}

/** A slip of before the set of files has its list alone. */
export function keptHash(slip: Pick<Slip, 'files' | 'beneficiaryList'>, file: SlipFile): string | undefined {
  if (!('made' in file)) return undefined;
  const kept = slip.files.find(({ kind }) => kind === file.made)?.hash;
  return file.made === 'form-09.xlsx' ? slip.beneficiaryList : kept;
}

const noSlip = refused('Không tìm thấy chứng từ này của đơn vị.', 'There is no such slip of this unit.');
const noFile = refused('Chứng từ này không có tệp đó. Hãy chọn lại.', 'The slip has no such file. Choose again.');
const reasonAsked = refused(
  'Tệp này đã được lấy một lần. Muốn lấy lại, hãy ghi lý do: tệp lấy hai lần dễ bị gửi hai lần.',
  'This file has been taken once. To take it again, state why: a file that is taken twice is easily sent twice.',
);
const reasonTooLong = refused(
  `Lý do dài quá ${longestReason} ký tự. Hãy ghi ngắn gọn.`,
  `The reason is over ${longestReason} characters.`,
);
