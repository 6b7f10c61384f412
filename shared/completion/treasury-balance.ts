/**
 * The Treasury's confirmation of an estimate's balance (đối chiếu dự toán) beside ours: what it says was paid out and is left, by
 * its document. A difference is recorded as it is, never evened out; none is expected.
 */
import * as z from 'zod';
import { isLocalDate, localDateOf } from '../calendar.ts';
import { type Account, may, mayReach } from '../case/access.ts';
import { estimateStream } from '../case/funding.ts';
import { commitDeciding, dataOf } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { allRows, type Entry, type Store } from '../case/store.ts';
import { sources } from '../case/unit.ts';
import type { Dong } from '../dong.ts';
import { settle } from './settlement.ts';

const digits = z.string().regex(/^\d{1,18}$/);
const confirmed = z.object({
  year: z.string(),
  number: z.string(),
  on: z.string(),
  paid: digits,
  left: digits,
  /** Ours at that moment, so that a later movement is told apart from a difference. */
  ours: z.object({ paid: z.string(), left: z.string() }),
});

export interface TreasuryBalance {
  readonly unit: string;
  readonly source: string;
  readonly year: string;
  readonly number: string;
  readonly on: string;
  readonly paid: Dong;
  readonly left: Dong;
  readonly by: string;
  readonly at: string;
}

function balanceStream(unit: string, source: string, year: string): string {
  return `treasury-balance/${unit}.${source}.${year}`;
}

/** The newest confirmation of an estimate and year, if there is one. */
export async function readBalance(
  store: Pick<Store, 'read'>,
  { unit, source, year }: Pick<TreasuryBalance, 'unit' | 'source' | 'year'>,
): Promise<TreasuryBalance | undefined> {
  const last = (await store.read(balanceStream(unit, source, year))).at(-1);
  if (last === undefined) return undefined;
  const { number, on, paid, left } = dataOf(last, confirmed);
  return { unit, source, year, number, on, paid: BigInt(paid), left: BigInt(left), by: last.by, at: last.at };
}

export interface BalanceWish {
  readonly unit: string;
  readonly source: string;
  readonly year: string;
  readonly number: string;
  readonly on: string;
  /** As typed; dots between thousands are let through. */
  readonly paid: string;
  readonly left: string;
}

export async function recordBalance(
  wish: BalanceWish,
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'recorded' } | Refused> {
  const { unit, year, on } = wish;
  const source = sources.find((one) => one === wish.source);
  if (!may(by, 'settlement.record') || !mayReach(by, { unit }) || source === undefined) return noEstimate;
  const paid = digits.safeParse(wish.paid.replaceAll(/[.\s]/g, ''));
  const left = digits.safeParse(wish.left.replaceAll(/[.\s]/g, ''));
  if (!paid.success || !left.success) return noSums;
  const number = wish.number.trim();
  if (number === '' || number.length > 60 || !isLocalDate(on) || on > localDateOf(now())) return noDocument;
  const estimate = await store.read(estimateStream(unit, source));
  if (estimate.length === 0 || !/^20\d\d$/.test(year)) return noEstimate;
  const stream = balanceStream(unit, source, year);
  await commitDeciding(store, async () => {
    const past = await store.read(stream);
    const orders: Promise<readonly Entry[]>[] = [];
    for await (const row of allRows(store, { kind: 'order', unit, source })) orders.push(store.read(row.stream));
    const own = settle({ unit, source, year }, estimate, await Promise.all(orders));
    const ours = { paid: own.paid.toString(), left: own.left.toString() };
    const data = { year, number, on, paid: paid.data, left: left.data, ours };
    const entries = [{ kind: 'treasury-confirmed', at: now(), by: by.id, data }];
    return { changes: [{ stream, readAt: past.length, entries }] };
  });
  return { outcome: 'recorded' };
}

const noEstimate = refused(
  'Không có dự toán này của đơn vị trong năm đã chọn.',
  'There is no such estimate of this unit in that year.',
);
const noSums = refused(
  'Hãy ghi số đã chi và số còn lại bằng đồng, chỉ chữ số (có thể có dấu chấm), đúng như bản đối chiếu của Kho bạc.',
  'State what was paid and what is left in đồng, digits alone, as the Treasury’s paper has them.',
);
const noDocument = refused(
  'Hãy ghi số, ngày bản đối chiếu có xác nhận của Kho bạc (không ở tương lai).',
  'State number and day of the paper that the Treasury confirmed (not ahead).',
);
