/**
 * The simulated Treasury and its banks. From a seed it credits most orders, refuses a few, returns a few, delays some,
 * repeats itself, and stays silent about some until it is asked. The same orders always fare the same.
 */
import { readBatch } from '../../shared/case/batch.ts';
import { type Order, type OrderOutcome, readOrder } from '../../shared/case/order.ts';
import type { PaperSheet } from '../../shared/case/paper-sheet.ts';
import { allRows, type Store } from '../../shared/case/store.ts';
import { statedLabels } from '../../shared/disbursement/read-results.ts';
import { outcomeWords } from '../../shared/disbursement/result-classes.ts';
import { placeWords } from '../../shared/disbursement/result-columns.ts';
import { formatDong, sum } from '../../shared/dong.ts';
import { sha256 } from '../../shared/hash.ts';

type Fate = 'credited' | 'refused' | 'returned' | 'delayed' | 'silent';

/** Of the first attempts of a batch, in thousandths; at least one of each kind in a batch of ten or more. */
const shares: readonly (readonly [Fate, number])[] = [
  ['refused', 12],
  ['returned', 25],
  ['delayed', 20],
  ['silent', 10],
];
const repeatedPerThousand = 20;

/**
 * The result file that the Treasury would hand out now, or `undefined` when it has nothing to say. `round` counts the
 * files it has handed out for this batch before.
 */
export async function resultSheet(
  batchId: string,
  seed: string,
  round: number,
  today: string,
  store: Store,
): Promise<PaperSheet | undefined> {
  const batch = await readBatch(store, batchId);
  const orders = await ordersOf(batchId, store);
  const fates = fatesOf(orders, seed);
  const answered = orders.flatMap((order) => answer(order, fates.get(order.reference) ?? 'credited', round, seed));
  if (batch === undefined || answered.every(({ isRepeat }) => isRepeat)) return undefined;
  const total = sum(answered.map(({ order }) => BigInt(order.amount)));
  return {
    name: 'Ket qua',
    title: [
      'KẾT QUẢ THANH TOÁN (KHO BẠC MÔ PHỎNG)',
      `${statedLabels.batch}: ${batch.code}`,
      `${statedLabels.count}: ${answered.length}`,
      `${statedLabels.total}: ${formatDong(total)}`,
    ],
    columns: [
      { heading: 'STT', width: 6, kind: 'text' },
      { heading: 'Mã khoản chi', width: 18, kind: 'text' },
      { heading: 'Số tiền', width: 18, kind: 'money' },
      { heading: 'Kết quả', width: 24, kind: 'text' },
      { heading: 'Ngày', width: 14, kind: 'date' },
      { heading: 'Lý do', width: 44, kind: 'text' },
      { heading: 'Nơi tiền trả về', width: 16, kind: 'text' },
    ],
    rows: answered.map(({ order, outcome, reason }, index) => [
      String(index + 1),
      order.reference,
      BigInt(order.amount),
      outcomeWords[outcome],
      today,
      reason ?? null,
      outcome === 'returned' ? placeWords.estimate : null,
    ]),
  };
}

async function ordersOf(batchId: string, store: Store): Promise<readonly Order[]> {
  const orders: Order[] = [];
  for await (const { stream } of allRows(store, { kind: 'order', batch: batchId })) {
    const order = await readOrder(store, stream.slice('order/'.length));
    if (order !== undefined) orders.push(order);
  }
  return orders;
}

/** Ranks first attempts by a seeded hash; the first few of the ranking have the fates that need somebody. */
function fatesOf(orders: readonly Order[], seed: string): ReadonlyMap<string, Fate> {
  const ranked = orders
    .filter(({ attempt }) => attempt === 1)
    .map(({ reference }) => ({ reference, rank: sha256(`${seed}/${reference}`) }))
    .toSorted((one, other) => (one.rank < other.rank ? -1 : 1));
  const fates = new Map<string, Fate>();
  let next = 0;
  for (const [fate, perThousand] of shares) {
    const count = ranked.length < 10 ? 0 : Math.max(1, Math.round((ranked.length * perThousand) / 1000));
    for (const { reference } of ranked.slice(next, next + count)) fates.set(reference, fate);
    next += count;
  }
  return fates;
}

interface Answered {
  readonly order: Order;
  readonly outcome: OrderOutcome;
  readonly reason?: string;
  readonly isRepeat: boolean;
}

function answer(order: Order, fate: Fate, round: number, seed: string): readonly Answered[] {
  const isOpen = order.status === 'sent' || order.status === 'unknown';
  if (!isOpen) {
    const repeats =
      order.status === 'credited' && round > 0 && thousandth(`${seed}/repeat/${order.reference}`) < repeatedPerThousand;
    return repeats ? [{ order, outcome: 'credited', isRepeat: true }] : [];
  }
  switch (fate) {
    case 'credited':
      return [{ order, outcome: 'credited', isRepeat: false }];
    case 'refused':
      return [{ order, outcome: 'refused', reason: 'Tên chủ tài khoản không khớp hồ sơ', isRepeat: false }];
    case 'returned':
      return [{ order, outcome: 'returned', reason: 'Tài khoản người hưởng đã đóng', isRepeat: false }];
    case 'delayed':
      return round > 0 ? [{ order, outcome: 'credited', isRepeat: false }] : [];
    case 'silent':
      return order.status === 'unknown' ? [{ order, outcome: 'credited', isRepeat: false }] : [];
  }
}

function thousandth(text: string): number {
  return Number.parseInt(sha256(text).slice(0, 8), 16) % 1000;
}
