/**
 * Use case: the paying unit's chief accountant records where money lies that banks sent back, by the Treasury's paper.
 * Until then it is blocked, and nobody is paid again with it.
 */
import { isLocalDate, localDateOf } from '../calendar.ts';
import { type Account, mayReach } from '../case/access.ts';
import { openEstimateBook } from '../case/funding.ts';
import { commitDeciding, groupsOf } from '../case/history.ts';
import { type Order, readOrder } from '../case/order.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';

const groupSize = 20;

export interface Comeback {
  readonly references: readonly string[];
  /** `estimate` or `deposit`. */
  readonly to: string;
  /** The Treasury's credit note or restoring voucher. */
  readonly document: string;
  readonly on: string;
}

export async function recordComeback(
  { references, to, document, on }: Comeback,
  by: Account,
  ports: Ports,
): Promise<{ readonly outcome: 'recorded'; readonly orders: number; readonly batches: readonly string[] } | Refused> {
  if (references.length === 0) return refused('Chưa chọn khoản nào.', 'No order was chosen.');
  if (to !== 'estimate' && to !== 'deposit') {
    return refused('Hãy chọn tiền đã về dự toán hay về tài khoản tiền gửi.', 'Choose where the money came back to.');
  }
  if (document.trim() === '' || !isLocalDate(on) || on > localDateOf(ports.now())) {
    return refused(
      'Hãy ghi số, ngày chứng từ của Kho bạc (giấy báo có, giấy nộp khôi phục dự toán), không ở tương lai.',
      "State number and day of the Treasury's paper (not ahead).",
    );
  }
  const own: Order[] = [];
  for (const reference of new Set(references)) {
    const order = await readOrder(ports.store, reference);
    if (order === undefined || !mayReach(by, order)) return noOrder;
    own.push(order);
  }
  let orders = 0;
  for (const group of groupsOf(own, groupSize)) {
    orders += await recordGroup(group, { to, document: document.trim(), on }, by.id, ports);
  }
  return orders === 0
    ? refused('Các khoản này đã được ghi trước đó.', 'These were recorded before.')
    : { outcome: 'recorded', orders, batches: [...new Set(own.map(({ batch }) => batch))] };
}

const noOrder = refused('Không tìm thấy khoản chi này của đơn vị.', 'There is no such order of this unit.');

/** Of the group those that are blocked; whoever was recorded before is left alone. */
async function recordGroup(
  group: readonly Order[],
  place: { readonly to: 'estimate' | 'deposit'; readonly document: string; readonly on: string },
  by: string,
  { store, now }: Ports,
): Promise<number> {
  let recorded = 0;
  await commitDeciding(store, async () => {
    const book = openEstimateBook(store);
    recorded = 0;
    for (const { reference, unit, source, amount } of group) {
      const { blocked } = await book.read(unit, source);
      if (!blocked.has(reference)) continue;
      const data = { key: reference, amount, ...place };
      await book.add(unit, source, { kind: 'came-back', at: now(), by, data });
      recorded += 1;
    }
    const changes = book.changes();
    return changes.length === 0 ? { stop: 'recorded before' } : { changes };
  });
  return recorded;
}
