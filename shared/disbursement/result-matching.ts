/** Each line of a result file is matched to the orders it speaks of, or classed; nothing is written. */
import { readBatch } from '../case/batch.ts';
import { type Order, readOrder } from '../case/order.ts';
import type { Ports } from '../case/ports.ts';
import { readSlip, type Slip } from '../case/slip.ts';
import { allRows, type Store } from '../case/store.ts';
import type { Sentence } from '../vietnamese.ts';
import type { ResultFile, ResultLine, UnreadableLine } from './reconcile.ts';
import { amountFault, type LineClass } from './result-classes.ts';
import { referencesOf } from './slips.ts';

/** A line with the orders whose outcome it is, or with why it is nobody's. */
export type LineMatch =
  | {
      readonly line: ResultLine;
      readonly orders: readonly string[];
      /** The order as it was read to match the line, of a line that names one. */
      readonly read?: Order;
      readonly slip?: string;
    }
  | { readonly line: ResultLine | UnreadableLine; readonly class: LineClass; readonly says: Sentence };

/** The hash of the file, and the batch it is imported at, if it is at one. */
interface At {
  readonly hash: string;
  readonly batch?: string;
}

/** Matches the lines of one file, given in their order, some at a time. */
export function lineMatcher(at: At, ports: Ports) {
  const slips = slipsByName(ports.store, at.batch);
  const first = new Map<string, number>();
  return async (lines: readonly (ResultLine | UnreadableLine)[]): Promise<readonly LineMatch[]> => {
    const matches: LineMatch[] = [];
    for (const line of lines) {
      if ('unreadable' in line) {
        matches.push({ line, class: 'unreadable', says: line.unreadable });
        continue;
      }
      const match = await matchLine(line, at, slips, ports);
      const key = `${line.outcome} ${line.reference}`;
      const before = first.get(key);
      if ('orders' in match && before === undefined) first.set(key, line.row);
      matches.push('orders' in match && before !== undefined ? duplicateOf(line, before) : match);
    }
    return matches;
  };
}

export function inOrder({ lines, unreadable = [] }: ResultFile): readonly (ResultLine | UnreadableLine)[] {
  return unreadable.length === 0 ? lines : [...lines, ...unreadable].toSorted((one, other) => one.row - other.row);
}

/**
 * The same outcome once more. Another outcome of the same order is none: a statement may hold the debit and, further
 * down, the return; that one is judged on what the first has made.
 */
function duplicateOf(line: ResultLine, before: number): LineMatch {
  return {
    line,
    class: 'duplicate',
    says: {
      vi: `Dòng này lặp lại dòng ${before}: cùng mã, cùng kết quả.`,
      en: `This is row ${before} once more: the same reference, the same outcome.`,
    },
  };
}

async function matchLine(
  line: ResultLine,
  { hash, batch }: At,
  slips: (name: string, line: ResultLine) => Promise<Slip | Sentence>,
  ports: Ports,
): Promise<LineMatch> {
  const order = await readOrder(ports.store, line.reference);
  const of = order ?? (await slips(line.reference, line));
  if ('vi' in of) return { line, class: 'unknown', says: of };
  // What this very file settled when it was imported at that batch stays settled by it.
  const isKnown = of.entries.some(({ kind, data }) => kind === 'settled' && data.includes(JSON.stringify(hash)));
  if (batch !== undefined && of.batch !== batch && !isKnown) return ofAnotherBatch(line, of.batch, ports.store);
  const fault = amountFault(line.amount, BigInt('amount' in of ? of.amount : of.total));
  if (fault !== undefined) return { line, ...fault };
  return 'amount' in of ? { line, orders: [of.reference], read: of } : ofSlip(line, of, ports);
}

async function ofAnotherBatch(line: ResultLine, batchId: string, store: Store): Promise<LineMatch> {
  const code = (await readBatch(store, batchId))?.code ?? batchId;
  return {
    line,
    class: 'wrong-batch',
    says: {
      vi: `Mã "${line.reference}" thuộc đợt ${code}, không phải đợt đang nhập.`,
      en: `"${line.reference}" is of batch ${code}, not of the batch it is imported at.`,
    },
  };
}

/** The Treasury's answer about a whole slip: paid or refused. Whether a person was credited, no such line can say. */
async function ofSlip(line: ResultLine, slip: Slip, ports: Ports): Promise<LineMatch> {
  if (line.outcome === 'credited' || line.outcome === 'returned') {
    return {
      line,
      class: 'unreadable',
      says: {
        vi: `Dòng này nói về cả chứng từ ${slip.id}, nên không cho biết người nào đã được báo có hoặc bị chuyển trả.`,
        en: `This line is about the whole slip ${slip.id} and does not say who was credited or returned.`,
      },
    };
  }
  if (slip.sent === undefined) {
    return {
      line,
      class: 'not-sent',
      says: {
        vi: `Đơn vị chưa ghi nhận đã gửi chứng từ ${slip.id} cho Kho bạc.`,
        en: `The unit has not recorded that slip ${slip.id} was sent.`,
      },
    };
  }
  return { line, orders: await referencesOf(slip, ports), slip: slip.id };
}

/** Finds a slip by our number or by the number of its sending, which is looked for in all sent slips once an import. */
function slipsByName(store: Store, batchId: string | undefined) {
  let sent: Promise<ReadonlyMap<string, readonly Slip[]>> | undefined;
  return async (name: string, { amount }: ResultLine): Promise<Slip | Sentence> => {
    const own = name.includes('.') ? await readSlip(store, name) : undefined;
    if (own !== undefined) return own;
    sent ??= sentSlips(store);
    const all = (await sent).get(name) ?? [];
    const named = all.filter((slip) => batchId === undefined || slip.batch === batchId);
    const exact = named.filter(({ total }) => BigInt(total) === amount);
    const [only, ...more] = exact.length > 0 ? exact : named.length > 0 ? named : all;
    if (only !== undefined && more.length === 0) return only;
    if (only === undefined) {
      return {
        vi: `Không có khoản chi hay chứng từ nào mang mã "${name}".`,
        en: `No order and no slip is called "${name}".`,
      };
    }
    return {
      vi: `Có ${more.length + 1} chứng từ cùng số gửi "${name}", không biết là chứng từ nào. Hãy hỏi bên gửi số chứng từ của hệ thống.`,
      en: `${more.length + 1} slips were sent as "${name}"; nobody can tell which is meant. Ask for our slip number.`,
    };
  };
}

async function sentSlips(store: Store): Promise<ReadonlyMap<string, readonly Slip[]>> {
  const byNumber = new Map<string, Slip[]>();
  for await (const { stream } of allRows(store, { kind: 'slip', status: 'sent' })) {
    const slip = await readSlip(store, stream.slice('slip/'.length));
    if (slip?.sent === undefined) continue;
    byNumber.set(slip.sent.number, [...(byNumber.get(slip.sent.number) ?? []), slip]);
  }
  return byNumber;
}
