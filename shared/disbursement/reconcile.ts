/**
 * Use case: a result file of the Treasury, a bank or a unit is matched to our references. What matches is applied once;
 * every other line is classed and told. Only a file that cannot be trusted as a whole is refused as it stands.
 */
import { type Batch, readBatch } from '../case/batch.ts';
import { groupsOf } from '../case/history.ts';
import { type Order, type OrderOutcome, readOrder } from '../case/order.ts';
import { readPart } from '../case/part.ts';
import type { PaperSheet } from '../case/paper-sheet.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { allRows, type Store } from '../case/store.ts';
import { type Dong, formatDong, sum } from '../dong.ts';
import type { Sentence } from '../vietnamese.ts';
import { feedbackSheet } from './feedback.ts';
import { type ClassedLine, type LineClass, outcomeWords } from './result-classes.ts';
import { claimFile, closeFile, type ImportCounts, type ImportOf } from './result-import.ts';
import { inOrder, type LineMatch, lineMatcher } from './result-matching.ts';
import { outcomesATurn, settle, type Settled, type Verdict } from './settle.ts';
import { followSlip } from './slips.ts';

export interface ResultLine {
  /** As the sender numbers it: the row of the sheet, or the n-th transaction of a message. */
  readonly row: number;
  /** Of an order; or of a whole slip, by our number or by the number of its sending. */
  readonly reference: string;
  readonly amount: Dong;
  readonly outcome: OrderOutcome;
  readonly on: string;
  readonly reason?: string;
  /** Of a return, where the money lies now, where the file says so. */
  readonly backTo?: 'estimate' | 'deposit';
}

/** A line with a cell that cannot be read, and why; what could be read of it beside. */
export interface UnreadableLine {
  readonly row: number;
  readonly reference: string;
  readonly amount?: Dong;
  readonly unreadable: Sentence;
}

/** A result file as it was read, with the totals it states of itself or that stand on the sender's covering page. */
export interface ResultFile {
  readonly batchCode?: string;
  readonly statedCount: number;
  readonly statedTotal: Dong;
  readonly lines: readonly ResultLine[];
  readonly unreadable?: readonly UnreadableLine[];
}

export interface ImportOptions {
  /** Who sent it, as Finance calls them. */
  readonly sender?: string;
  readonly progress?: (done: number) => void;
  /** Writes the file that goes back to the sender. */
  readonly write?: (sheet: PaperSheet) => Promise<Uint8Array>;
}

export interface Imported extends Omit<Settled, 'verdicts'> {
  readonly outcome: 'imported';
  readonly counts: ImportCounts;
  readonly lines: readonly ClassedLine[];
}

/**
 * Takes the batch it is imported at, or `undefined` for a file of any batches, and the hash of the stored file. Refused:
 * nothing was applied. The same import run again after a kill goes on, and says the same of every line.
 */
export async function reconcile(
  batchId: string | undefined,
  fileHash: string,
  file: ResultFile,
  by: string,
  ports: Ports,
  { sender, progress = () => {}, write }: ImportOptions = {},
): Promise<Imported | Refused> {
  const batch = await batchOf(batchId, file, ports.store);
  if (batch !== undefined && 'outcome' in batch) return batch;
  const cut = refusedAsCut(file);
  if (cut !== undefined) return cut;
  const lines = file.lines.length + (file.unreadable?.length ?? 0);
  const of: ImportOf = {
    lines,
    total: file.statedTotal.toString(),
    ...(batch === undefined ? {} : { batch: batch.id }),
    ...(sender === undefined ? {} : { sender }),
  };
  const known = await claimFile(fileHash, of, by, ports);
  if (known !== undefined) return known;
  const at = { hash: fileHash, ...(batch === undefined ? {} : { batch: batch.id }) };
  const { settled, classed } = await applyLines(file, at, by, ports, progress);
  const sheet = write === undefined ? undefined : await write(feedbackSheet(of, classed, batch?.code));
  const feedback = sheet === undefined ? undefined : await ports.files.put(sheet, 'payment');
  const counts = await closeFile(fileHash, of, classed, feedback, by, ports);
  return { outcome: 'imported', ...settled, counts, lines: classed };
}

/** The batch chosen, or the one the file names. */
async function batchOf(
  batchId: string | undefined,
  { batchCode }: ResultFile,
  store: Store,
): Promise<Batch | Refused | undefined> {
  const chosen = batchId ?? (batchCode === undefined ? undefined : await batchByCode(batchCode, store));
  if (chosen === undefined && batchCode === undefined) return undefined;
  const batch = chosen === undefined ? undefined : await readBatch(store, chosen);
  if (batch === undefined) {
    return refused(
      batchId === undefined
        ? `Không tìm thấy đợt ${batchCode} mà tệp này ghi. Hãy hỏi bên gửi mã đợt đúng.`
        : 'Không tìm thấy đợt chi trả này.',
      batchId === undefined ? `There is no batch ${batchCode}, which the file names.` : 'There is no such batch.',
    );
  }
  if (batchCode === undefined || batchCode === batch.code) return batch;
  return refused(
    `Tệp này là kết quả của đợt ${batchCode}, không phải đợt ${batch.code}. Hãy chọn đúng đợt rồi nhập lại.`,
    `This file is the result of batch ${batchCode}, not of ${batch.code}. Choose that batch and import it there.`,
  );
}

async function batchByCode(code: string, store: Store): Promise<string | undefined> {
  for await (const { stream, summary } of allRows(store, { kind: 'batch' })) {
    if (summary['code'] === code) return stream.slice('batch/'.length);
  }
  return undefined;
}

/**
 * Whether every line is there that the sender counted. An amount that cannot be read makes the total uncheckable to the
 * đồng, but does not sink the rest: the count still shows a cut file, the readable sum may not exceed the total, and no
 * line is applied unless its amount is that of our own order.
 */
function refusedAsCut({ lines, unreadable = [], statedCount, statedTotal }: ResultFile): Refused | undefined {
  const count = lines.length + unreadable.length;
  const total = sum([...lines, ...unreadable].map(({ amount }) => amount ?? 0n));
  const isAllRead = unreadable.every(({ amount }) => amount !== undefined);
  if (count === statedCount && (isAllRead ? total === statedTotal : total <= statedTotal)) return undefined;
  return refused(
    `Chưa có gì được ghi nhận. Tệp ghi tổng ${statedCount} khoản, ${formatDong(statedTotal)} đồng, nhưng các dòng cộng lại là ${count} khoản, ${formatDong(total)} đồng. Tệp có thể bị thiếu dòng; hãy lấy lại tệp từ bên gửi.`,
    `Nothing was recorded. The file states ${statedCount} lines and ${formatDong(statedTotal)} đồng, but its lines add up to ${count} and ${formatDong(total)} đồng. It may be cut; fetch it again from the sender.`,
  );
}

/** Some lines after the others, so that of a long file only what became of its lines is held. */
async function applyLines(
  file: ResultFile,
  at: { readonly hash: string; readonly batch?: string },
  by: string,
  ports: Ports,
  progress: (done: number) => void,
) {
  const match = lineMatcher(at, ports);
  const classed: ClassedLine[] = [];
  const contradicting = new Set<string>();
  let applied = 0;
  let repeated = 0;
  let done = 0;
  for (const lines of groupsOf(inOrder(file), outcomesATurn)) {
    const before = done;
    const { settled, classed: those } = await applyMatches(await match(lines), at.hash, by, ports, (some) => {
      progress(before + some);
    });
    for (const line of those) classed.push(line);
    for (const reference of settled.contradicting) contradicting.add(reference);
    applied += settled.applied;
    repeated += settled.repeated;
    done += settled.verdicts.length;
  }
  return { settled: { applied, repeated, contradicting: [...contradicting] }, classed };
}

/** A slip whose sending was recorded a moment ago may not have been followed yet, and an order of it has its outcome already. */
function unfollowed(matches: readonly LineMatch[]): ReadonlySet<string> {
  const slips = new Set<string>();
  for (const match of matches) {
    if (!('orders' in match)) continue;
    if (match.slip !== undefined) slips.add(match.slip);
    if (match.read?.status === 'awaiting-unit') slips.add(match.read.slip);
  }
  return slips;
}

async function applyMatches(
  matches: readonly LineMatch[],
  file: string,
  by: string,
  ports: Ports,
  progress: (done: number) => void,
) {
  for (const slip of unfollowed(matches)) await followSlip(slip, ports);
  const read = new Map<string, Order>();
  const outcomes = matches.flatMap((match) => {
    if (!('orders' in match)) return [];
    if (match.read !== undefined) read.set(match.read.reference, match.read);
    const { outcome, on, reason, backTo } = match.line;
    const why = { ...(reason === undefined ? {} : { reason }), ...(backTo === undefined ? {} : { backTo }) };
    return match.orders.map((reference) => ({ reference, outcome, on, file, ...why }));
  });
  const settled = await settle(outcomes, by, ports, progress, read);
  const classed: ClassedLine[] = [];
  let at = 0;
  for (const match of matches) {
    if (!('orders' in match)) {
      const { line, class: of, says } = match;
      classed.push({ ...readOf(line), class: of, says });
      continue;
    }
    const verdicts = settled.verdicts.slice(at, at + match.orders.length);
    at += match.orders.length;
    classed.push({ ...match.line, ...(await classOf(match.line, match.orders, verdicts, ports.store)) });
  }
  return { settled, classed };
}

function readOf(line: ResultLine | UnreadableLine): Omit<ClassedLine, 'class' | 'says'> {
  if (!('unreadable' in line)) return line;
  const { unreadable: _why, ...read } = line;
  return read;
}

/** What stands first was said of the line if it was said of any of its orders. */
const ofVerdicts: readonly (readonly [Verdict, LineClass])[] = [
  ['contradicts', 'already-settled'],
  ['late', 'late'],
  ['not-sent', 'not-sent'],
  ['unknown', 'unknown'],
  ['applied', 'matched'],
  ['applied-before', 'matched'],
  ['repeats', 'repeats'],
];

async function classOf(
  line: ResultLine,
  orders: readonly string[],
  verdicts: readonly Verdict[],
  store: Store,
): Promise<Pick<ClassedLine, 'class' | 'says'>> {
  const [verdict, of] = ofVerdicts.find(([one]) => verdicts.includes(one)) ?? ['repeats', 'repeats'];
  if (of === 'matched') return { class: of };
  const reference = orders[verdicts.indexOf(verdict)] ?? line.reference;
  return { class: of, says: await sayingOf(of, line, reference, store) };
}

async function sayingOf(of: LineClass, line: ResultLine, reference: string, store: Store): Promise<Sentence> {
  if (of === 'repeats') {
    return { vi: 'Kết quả này đã được ghi từ trước, giống như tệp ghi.', en: 'This outcome was recorded before.' };
  }
  if (of === 'not-sent') {
    return {
      vi: `Đơn vị chưa ghi nhận đã gửi khoản ${reference} cho Kho bạc.`,
      en: `The unit has not recorded that ${reference} was sent.`,
    };
  }
  const said = outcomeWords[line.outcome];
  const order = await readOrder(store, reference);
  if (of === 'late') {
    const newest = order && (await readPart(store, order.part))?.ordered?.reference;
    return {
      vi: `Tệp ghi “${said}” cho ${reference}, nhưng khoản này đã được lập lại thành ${newest}.`,
      en: `The file says “${line.outcome}” of ${reference}, which was replaced by ${newest}.`,
    };
  }
  const known = Object.entries(outcomeWords).find(([outcome]) => outcome === order?.status)?.[1] ?? 'đang chờ';
  return {
    vi: `Tệp ghi “${said}” cho ${reference}, nhưng kết quả đã có là “${known}”.`,
    en: `The file says “${line.outcome}” of ${reference}, which is known as “${order?.status}”.`,
  };
}
