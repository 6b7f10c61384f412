/**
 * Use case: the unit's account holder confirms, by a bank's document, that persons of a slip have the money. It stands
 * beside the bank's own report: one of the two credits the person, the Treasury's debit note never does.
 */
import * as z from 'zod';
import { isLocalDate, localDateOf } from '../calendar.ts';
import { type Account, mayReach } from '../case/access.ts';
import { commitDeciding } from '../case/history.ts';
import { type Order, readOrder } from '../case/order.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { readSlip, type Slip, slipStream } from '../case/slip.ts';
import { canonical } from '../hash.ts';
import { settle } from './settle.ts';
import { referencesOf } from './slips.ts';

export const creditConfirmation = z.object({
  slip: z.string(),
  /** Of the persons chosen; all whose outcome is open when it is `all`. */
  references: z.union([z.literal('all'), z.array(z.string())]),
  /** Number and day of the bank's document. */
  number: z.string(),
  on: z.string(),
  /** Its scan in Files. */
  evidence: z.string(),
});
export type CreditConfirmation = z.infer<typeof creditConfirmation>;

const open: readonly Order['status'][] = ['sent', 'treasury-paid', 'unknown'];

export function mayBeConfirmed({ status, isContradicted }: Pick<Order, 'status' | 'isContradicted'>): boolean {
  return open.includes(status) && !isContradicted;
}

/** The orders it would credit; those that this very document has credited already are let through. Refused: why not. */
export async function ordersToConfirm(
  { slip: slipId, references, number, on, evidence }: CreditConfirmation,
  account: Account,
  ports: Ports,
): Promise<{ readonly outcome: 'orders'; readonly slip: Slip; readonly orders: readonly Order[] } | Refused> {
  const slip = await readSlip(ports.store, slipId);
  if (slip === undefined || !mayReach(account, slip)) {
    return refused('Không tìm thấy chứng từ này của đơn vị.', 'There is no such slip of this unit.');
  }
  if (slip.sent === undefined) {
    return refused('Chứng từ chưa được ghi nhận gửi Kho bạc.', 'The slip is not recorded as sent.');
  }
  if (number.trim() === '' || !isLocalDate(on) || on > localDateOf(ports.now()) || on < slip.sent.on) {
    return refused(
      'Hãy ghi số chứng từ ngân hàng và ngày của nó: từ ngày gửi Kho bạc đến hôm nay.',
      'State the number of the bank’s document and its day, from the sending until today.',
    );
  }
  const own = await referencesOf(slip, ports);
  const chosen = references === 'all' ? own : references;
  if (chosen.some((reference) => !own.includes(reference))) {
    return refused('Có người không thuộc chứng từ này. Hãy mở lại trang.', 'Somebody is not of this slip.');
  }
  const read = await Promise.all(chosen.map((reference) => readOrder(ports.store, reference)));
  const orders = read.filter((order) => order !== undefined);
  const isDone = ({ status, entries }: Order) =>
    evidence !== '' &&
    status === 'credited' &&
    entries.some(({ kind, data }) => kind === 'settled' && data.includes(evidence));
  const fitting = orders.filter((order) => mayBeConfirmed(order) || isDone(order));
  if (fitting.length === 0 || (references !== 'all' && fitting.length < chosen.length)) {
    return refused(
      'Chưa chọn ai, hoặc có người đã có kết quả hay đang có kết quả trái ngược. Chỉ xác nhận người đang chờ kết quả.',
      'Nobody was chosen, or somebody has an outcome or a contradiction. Only those who wait can be confirmed.',
    );
  }
  return { outcome: 'orders', slip, orders: fitting };
}

/** Run again after a kill it does what is left to do. */
export async function confirmCredit(
  confirmation: CreditConfirmation,
  account: Account,
  ports: Ports,
  progress: (done: number) => void = () => {},
): Promise<{ readonly outcome: 'confirmed'; readonly credited: number } | Refused> {
  if ((await ports.files.get(confirmation.evidence)) === undefined) {
    return refused('Chưa có tệp quét chứng từ ngân hàng.', 'The scan of the bank’s document is missing.');
  }
  const found = await ordersToConfirm(confirmation, account, ports);
  if (found.outcome === 'refused') return found;
  await recordConfirmation(confirmation, found.slip, found.orders.length, account, ports);
  const { on, evidence: file } = confirmation;
  const outcomes = found.orders.map(({ reference }) => ({ reference, outcome: 'credited' as const, on, file }));
  const { applied, repeated } = await settle(outcomes, account.id, ports, progress);
  return { outcome: 'confirmed', credited: applied + repeated };
}

async function recordConfirmation(
  { number, on, evidence }: CreditConfirmation,
  { id }: Slip,
  people: number,
  account: Account,
  { store, now }: Ports,
): Promise<void> {
  const stream = slipStream(id);
  await commitDeciding(store, async () => {
    const entries = await store.read(stream);
    const data = { number: number.trim(), on, evidence, people };
    const isKnown = entries.some((entry) => entry.kind === 'credit-confirmed' && entry.data === canonical(data));
    if (isKnown) return { stop: 'recorded' };
    const entry = { kind: 'credit-confirmed', at: now(), by: account.id, data };
    return { changes: [{ stream, readAt: entries.length, entries: [entry] }] };
  });
}
