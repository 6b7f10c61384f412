/**
 * Use cases of money that is to come back: the Finance leader decides what is done, the paying unit or Finance records what
 * came. Nothing is asked back by itself.
 */
import * as z from 'zod';
import { isLocalDate, localDateOf } from '../calendar.ts';
import type { Account } from '../case/access.ts';
import { type Case, differenceEntry, readCase } from '../case/case.ts';
import { openEstimateBook } from '../case/funding.ts';
import { commitDeciding, dataOf, ofKind } from '../case/history.ts';
import { type Order, readOrder } from '../case/order.ts';
import { mayOpen, readParts } from '../case/part.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import {
  type Receipt,
  receiptPlaces,
  receiptsOf,
  receivedOf,
  recoveriesOf,
  type Recovery,
  readRecovery,
  recoveryOutcomes,
  recoveryRow,
  type RecoveryStatus,
  recoveryStream,
  restOf,
} from '../case/recovery.ts';
import type { Change } from '../case/store.ts';
import { type Dong, formatDong, sum } from '../dong.ts';

export interface RecoveryDecision {
  readonly id: string;
  readonly outcome: string;
  readonly reason: string;
  /** The scanned decision, in Files. */
  readonly paper: string;
}

export async function decideRecovery(
  { id, outcome: wish, reason, paper }: RecoveryDecision,
  by: string,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'decided' } | Refused> {
  const outcome = await commitDeciding(store, async () => {
    const recovery = await readRecovery(store, id);
    const of = recovery && (await readCase(store, recovery.caseId));
    if (recovery === undefined || of === undefined) return { stop: noSuchSum };
    if (recovery.kind === 'given-back') return { stop: nothingToDecide };
    if (recovery.decided !== undefined) {
      return { stop: refused('Khoản này đã được quyết định.', 'This sum is decided already.') };
    }
    const chosen = z.enum(recoveryOutcomes).safeParse(wish);
    if (!chosen.success || reason.trim() === '' || paper === '') {
      return {
        stop: refused(
          'Hãy chọn thu hồi hoặc không thu hồi, ghi lý do và đính kèm văn bản quyết định.',
          'Choose to recover or not, state the reason and attach the decision.',
        ),
      };
    }
    const data = { outcome: chosen.data, reason: reason.trim(), paper };
    const isClosed = chosen.data === 'waive' || restOf(recovery) === 0n;
    return { changes: [changeOf(recovery, of, { kind: 'decided', at: now(), by, data }, isClosed)] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'decided' };
}

export interface ReceivedMoney {
  readonly id: string;
  readonly amount: Dong;
  /** When it came. */
  readonly on: string;
  readonly document: string;
  readonly to: string;
  /** The scanned document, in Files. */
  readonly paper: string;
}

/** Records money that came back, in pieces or whole, and takes it up in the estimates that had paid it. */
export async function recordReceipt(
  money: ReceivedMoney,
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'received'; readonly rest: Dong } | Refused> {
  let rest = 0n;
  const outcome = await commitDeciding(store, async () => {
    const recovery = await readRecovery(store, money.id);
    const of = recovery && (await readCase(store, recovery.caseId));
    if (recovery === undefined || of === undefined || !(await mayTouch(by, of, store))) return { stop: noSuchSum };
    const receipt = receiptIn(money, localDateOf(now()));
    if ('outcome' in receipt) return { stop: receipt };
    const against = receiptObjection(receipt, recovery);
    if (against !== undefined) return { stop: against };
    rest = restOf(recovery) - money.amount;
    const entry = { kind: 'received', at: now(), by: by.id, data: receipt };
    const isClosed = rest === 0n && !isUndecided(recovery);
    const taken = await takenUp(recovery, of, { money, to: receipt.to, at: entry.at, by: by.id }, store);
    return { changes: [changeOf(recovery, of, entry, isClosed, money.amount), ...taken] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'received', rest };
}

/**
 * The entries on the estimates whose orders had paid the person, in the order of their payment; what was paid elsewhere
 * belongs to no estimate of ours.
 */
async function takenUp(
  { id, entries }: Recovery,
  of: Case,
  {
    money,
    to,
    at,
    by,
  }: { readonly money: ReceivedMoney; readonly to: Receipt['to']; readonly at: string; readonly by: string },
  store: Ports['store'],
): Promise<readonly Change[]> {
  const book = openEstimateBook(store);
  let before = sum((await recoveriesOf(of, store)).map(receivedOf));
  let left = money.amount;
  for (const { unit, source, amount } of await creditedOrders(of, store)) {
    const paid = BigInt(amount);
    const open = paid > before ? paid - before : 0n;
    before -= paid - open;
    const taken = open < left ? open : left;
    left -= taken;
    if (taken === 0n) continue;
    const data = { key: `${id}#${entries.length + 1}`, amount: taken.toString(), to };
    await book.add(unit, source, { kind: 'received', at, by, data });
  }
  return book.changes();
}

/** The orders that paid the person, of this case and of those that pay a difference of it. */
async function creditedOrders(of: Case, store: Ports['store']): Promise<readonly Order[]> {
  const topUps = ofKind(of.entries, 'difference').flatMap((entry) => dataOf(entry, differenceEntry).topUp ?? []);
  const cases = [of, ...(await Promise.all(topUps.map(async (topUp) => readCase(store, topUp))))];
  const found: Order[] = [];
  for (const one of cases) {
    for (const { status, ordered } of one === undefined ? [] : await readParts(store, one)) {
      const order = ordered === undefined ? undefined : await readOrder(store, ordered.reference);
      if (status === 'credited' && order !== undefined) found.push(order);
    }
  }
  return found;
}

async function mayTouch(by: Account, of: Case, store: Ports['store']): Promise<boolean> {
  return mayOpen(by, of, (await readParts(store, of))[0]);
}

function receiptIn({ amount, on, document, to, paper }: ReceivedMoney, today: string): Receipt | Refused {
  const place = z.enum(receiptPlaces).safeParse(to);
  if (amount <= 0n) return refused('Số tiền thu được phải lớn hơn 0.', 'The sum received must be above zero.');
  if (!isLocalDate(on) || on > today) {
    return refused(
      'Hãy ghi ngày nhận tiền, không ở tương lai.',
      'State the day the money came; it cannot be in the future.',
    );
  }
  if (document.trim() === '' || paper === '' || !place.success) {
    return refused(
      'Hãy ghi số chứng từ, chọn nơi tiền về và đính kèm bản quét chứng từ.',
      'State the number of the document, choose where the money went and attach the scan.',
    );
  }
  return { amount: amount.toString(), on, document: document.trim(), to: place.data, paper };
}

function receiptObjection(receipt: Receipt, recovery: Recovery): Refused | undefined {
  if (recovery.decided?.outcome === 'waive') {
    return refused(
      'Khoản này đã được quyết định không thu hồi. Nếu người hưởng vẫn nộp lại, hãy ghi ở hồ sơ của người đó là tự nguyện trả lại.',
      'It was decided not to recover this. If the person still gives money back, record that in their case.',
    );
  }
  const isKnown = receiptsOf(recovery).some(
    ({ document, on, amount }) => document === receipt.document && on === receipt.on && amount === receipt.amount,
  );
  if (isKnown) return refused('Chứng từ này đã được ghi.', 'This document is recorded already.');
  const rest = restOf(recovery);
  return BigInt(receipt.amount) > rest
    ? refused(
        `Chỉ còn phải thu ${formatDong(rest)} đồng, không thể ghi ${formatDong(BigInt(receipt.amount))} đồng. Hãy kiểm tra chứng từ.`,
        `Only ${formatDong(rest)} đồng is still to come back, not ${formatDong(BigInt(receipt.amount))}. Check the document.`,
      )
    : undefined;
}

function isUndecided({ kind, decided }: Recovery): boolean {
  return kind !== 'given-back' && decided === undefined;
}

function changeOf(
  recovery: Recovery,
  of: Case,
  entry: Change['entries'][number],
  isClosed: boolean,
  receivedNow: Dong = 0n,
): Change {
  const { id, entries, kind, caseId, over } = recovery;
  const isOpen = entry.kind === 'received' && isUndecided(recovery);
  const status: RecoveryStatus = isClosed ? 'closed' : isOpen ? 'open' : 'decided';
  const received = (receivedOf(recovery) + receivedNow).toString();
  return {
    stream: recoveryStream(id),
    readAt: entries.length,
    entries: [entry],
    row: recoveryRow(status, of.submitted.payingUnit, { kind, caseId, over, received, since: entry.at }),
  };
}

const noSuchSum = refused('Không tìm thấy khoản này.', 'There is no such sum.');
const nothingToDecide = refused(
  'Người hưởng tự nguyện trả lại khoản này, không cần quyết định thu hồi.',
  'The person gives this back of their own will; there is nothing to decide.',
);
