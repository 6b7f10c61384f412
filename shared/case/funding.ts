/** The estimate (dự toán) of one paying unit from one source: what was allotted, what orders have reserved of it. */
import * as z from 'zod';
import { dataOf } from './history.ts';
import type { Entry, Row, Store } from './store.ts';

/**
 * What the Treasury checks of each voucher beside the unit's own code and chapter (Circular 77/2017/TT-BTC, article 4; Circular
 * 324/2016/TT-BTC): digits, as the paper that allots the estimate states them.
 */
export const budgetCodes = z.object({
  /** Mã cấp ngân sách: 1 central, 2 provincial, 3 district, 4 commune. */
  level: z.string().regex(/^[1-4]$/),
  /** Khoản, three digits. */
  category: z.string().regex(/^\d{3}$/),
  /** Tiểu mục (mã nội dung kinh tế), four digits. */
  item: z.string().regex(/^\d{4}$/),
  /** Mã tính chất nguồn kinh phí, two digits. */
  source: z.string().regex(/^\d{2}$/),
  /** The account the estimate is kept in at the Treasury, four digits. */
  account: z.string().regex(/^\d{4}$/),
  /** Mã chương trình mục tiêu, dự án, where there is one. */
  programme: z
    .string()
    .regex(/^\d{5}$/)
    .exactOptional(),
});
export type BudgetCodes = z.infer<typeof budgetCodes>;

const allotted = z.object({
  amount: z.string().regex(/^\d+$/),
  document: z.string(),
  on: z.string(),
  codes: budgetCodes.exactOptional(),
});
/** One order's share; `key` is the part and the attempt it is for. */
const reserved = z.object({ batch: z.string(), keys: z.array(z.string()), amount: z.string().regex(/^\d+$/) });
const restored = z.object({ key: z.string(), amount: z.string().regex(/^\d+$/) });

export interface Estimate {
  readonly unit: string;
  readonly source: string;
  readonly entries: readonly Entry[];
  readonly allotted: bigint;
  readonly reserved: bigint;
  /** Given back by a refusal or a return (khôi phục dự toán). */
  readonly restored: bigint;
  readonly left: bigint;
  /** Of the newest paper that states them. */
  readonly codes?: BudgetCodes;
  readonly reservedKeys: ReadonlySet<string>;
}

export function estimateStream(unit: string, source: string): string {
  return `estimate/${unit}.${source}`;
}

/** A unit without an estimate has one of nothing. */
export async function readEstimate(store: Store, unit: string, source: string): Promise<Estimate> {
  const entries = await store.read(estimateStream(unit, source));
  let given = 0n;
  let held = 0n;
  let back = 0n;
  let codes: BudgetCodes | undefined;
  const reservedKeys = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === 'allotted') {
      const allotment = dataOf(entry, allotted);
      given += BigInt(allotment.amount);
      codes = allotment.codes ?? codes;
    }
    if (entry.kind === 'restored') {
      const { key, amount } = dataOf(entry, restored);
      back += BigInt(amount);
      reservedKeys.delete(key);
    }
    if (entry.kind !== 'reserved') continue;
    const { keys, amount } = dataOf(entry, reserved);
    held += BigInt(amount);
    for (const key of keys) reservedKeys.add(key);
  }
  return {
    unit,
    source,
    entries,
    allotted: given,
    reserved: held,
    restored: back,
    left: given - held + back,
    ...(codes === undefined ? {} : { codes }),
    reservedKeys,
  };
}

/** Whether this paper has allotted to the unit and source before. */
export function isAllotted({ entries }: Estimate, document: string, on: string): boolean {
  return entries.some((entry) => {
    if (entry.kind !== 'allotted') return false;
    const known = dataOf(entry, allotted);
    return known.document === document && known.on === on;
  });
}

/** What a reservation is for: a part and the attempt to pay it. */
export function reservationKey(partId: string, attempt: number): string {
  return `${partId}#${attempt}`;
}

export const estimateSummary = z.object({ allotted: z.string(), left: z.string(), since: z.string() });

export function estimateRow(
  unit: string,
  source: string,
  allottedTotal: bigint,
  left: bigint,
  since: string,
): Omit<Row, 'stream'> {
  return {
    kind: 'estimate',
    status: 'open',
    unit,
    source,
    summary: { allotted: allottedTotal.toString(), left: left.toString(), since },
  };
}
