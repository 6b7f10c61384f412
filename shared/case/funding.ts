/** The estimate (dự toán) of one paying unit from one source: what was allotted, what orders have reserved of it. */
import * as z from 'zod';
import { dataOf } from './history.ts';
import type { Entry, Row, Store } from './store.ts';

const allotted = z.object({ amount: z.string().regex(/^\d+$/), document: z.string(), on: z.string() });
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
  const reservedKeys = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === 'allotted') given += BigInt(dataOf(entry, allotted).amount);
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
