/**
 * Use case: Finance takes back a slip that the unit has not sent, with a reason; some of its people may be held. Its orders end,
 * their money is free again, and whoever is not held is ordered anew on another slip.
 */
import type { Account } from '../case/access.ts';
import { readCase } from '../case/case.ts';
import { type EstimateBook, openEstimateBook, reservationKey } from '../case/funding.ts';
import { commitDeciding, groupsOf } from '../case/history.ts';
import { type Order, orderRow, orderStream, readOrder } from '../case/order.ts';
import { caseIdOf, partChange, readPart, type Step } from '../case/part.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { readSlip, type Slip, slipRow, slipStream } from '../case/slip.ts';
import type { Change } from '../case/store.ts';
import { referencesOf } from './slips.ts';

/** An order, its part, and at most one entry on its estimate each. */
const groupSize = 12;
/** So many people can be held with one slip; more are held by name. */
const mostHeld = 200;

export async function withdrawSlip(
  slipId: string,
  { reason, hold }: { readonly reason: string; readonly hold: readonly string[] },
  by: Account,
  ports: Ports,
): Promise<{ readonly outcome: 'withdrawn' } | Refused> {
  const { store, now } = ports;
  const outcome = await commitDeciding(store, async () => {
    const slip = await readSlip(store, slipId);
    if (slip === undefined) return { stop: refused('Không tìm thấy chứng từ này.', 'There is no such slip.') };
    if (slip.sent !== undefined) return { stop: sentAlready };
    if (slip.withdrawn !== undefined) return { stop: withdrawnAlready };
    if (reason.trim() === '') return { stop: refused('Hãy ghi lý do.', 'State the reason.') };
    if (hold.length > mostHeld || !(await areOf(slip, hold, ports))) return { stop: notOnIt };
    const at = now();
    const entry = { kind: 'withdrawn', at, by: by.id, data: { reason: reason.trim(), hold: [...hold] } };
    const row = slipRow(slip, 'withdrawn', at);
    return { changes: [{ stream: slipStream(slipId), readAt: slip.entries.length, entries: [entry], row }] };
  });
  if (outcome.outcome === 'stopped') return outcome.stop;
  await followWithdrawn(slipId, ports);
  return { outcome: 'withdrawn' };
}

const sentAlready = refused(
  'Chứng từ đã được gửi Kho bạc, không rút lại được. Hãy chờ kết quả, hoặc đề nghị Kho bạc từ chối.',
  'The slip was sent and cannot be taken back. Wait for its result, or ask the Treasury to refuse it.',
);
const withdrawnAlready = refused('Chứng từ đã được rút lại.', 'The slip was taken back already.');
const notOnIt = refused(
  'Người được tạm dừng không có trong chứng từ này. Hãy mở lại trang và chọn lại.',
  'Somebody to be held is not on this slip. Open the page again and choose anew.',
);

async function areOf(slip: Slip, parts: readonly string[], ports: Ports): Promise<boolean> {
  if (parts.length === 0) return true;
  const own = new Set<string>();
  for (const reference of await referencesOf(slip, ports)) {
    const order = await readOrder(ports.store, reference);
    if (order !== undefined) own.add(order.part);
  }
  return parts.every((part) => own.has(part));
}

/** Ends the orders of a slip that was taken back. Run again at any time it does what is left to do. */
export async function followWithdrawn(slipId: string, ports: Ports): Promise<string | undefined> {
  const { store } = ports;
  const slip = await readSlip(store, slipId);
  if (slip?.withdrawn === undefined) return undefined;
  for (const group of groupsOf(await referencesOf(slip, ports), groupSize)) {
    await commitDeciding(store, async () => {
      const book = openEstimateBook(store);
      const changes: Change[] = [];
      for (const reference of group) changes.push(...(await endedChanges(reference, slip, book, ports)));
      return changes.length === 0 ? { stop: 'all ended' } : { changes: [...changes, ...book.changes()] };
    });
  }
  return slip.batch;
}

async function endedChanges(
  reference: string,
  { withdrawn }: Slip,
  book: EstimateBook,
  { store }: Ports,
): Promise<readonly Change[]> {
  const order = await readOrder(store, reference);
  const part = order && (await readPart(store, order.part));
  const of = order && (await readCase(store, caseIdOf(order.part)));
  if (order?.status !== 'awaiting-unit' || part?.status !== 'awaiting-unit' || of === undefined) return [];
  if (withdrawn === undefined) return [];
  const { by, at, reason } = withdrawn;
  const { entries: past, status: _status, isContradicted, ...ordered } = order;
  await freeMoney(order, { by, at }, book);
  const ended: Step = { kind: 'slip-withdrawn', at, by, data: { status: 'decided', reference, reason } };
  const held: Step = { kind: 'hold', at, by, data: { status: 'held', heldFrom: 'decided', reason } };
  return [
    {
      stream: orderStream(reference),
      readAt: past.length,
      entries: [{ kind: 'withdrawn', at, by, data: { reason } }],
      row: orderRow(ordered, 'withdrawn', at, reason, isContradicted),
    },
    partChange(of, part, withdrawn.hold.includes(part.id) ? [ended, held] : [ended], { reason }),
  ];
}

/** The money goes back to where it was taken from; of a year that was closed since it lapses. */
async function freeMoney(
  order: Order,
  { by, at }: { readonly by: string; readonly at: string },
  book: EstimateBook,
): Promise<void> {
  const { unit, source, amount, reference } = order;
  if (order.from === 'deposit') {
    await book.add(unit, source, { kind: 'came-back', at, by, data: { key: reference, amount, to: 'deposit' } });
    return;
  }
  const { closedAt, years } = await book.read(unit, source);
  const isLapsed =
    closedAt !== undefined && (order.entries[0]?.at ?? at) <= closedAt && years.at(-1)?.outcome === 'lapsed';
  const key = reservationKey(order.part, order.attempt);
  await book.add(unit, source, { kind: isLapsed ? 'lapsed' : 'restored', at, by, data: { key, amount } });
}
