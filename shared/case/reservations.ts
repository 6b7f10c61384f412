/**
 * Money of an estimate is reserved for people from the moment their list is frozen, unit by unit, whole or not at all; it
 * is free again when a person leaves the list. Reserving again what is reserved is harmless.
 */
import type { Instant } from '../calendar.ts';
import { sum } from '../dong.ts';
import { type Batch, payable, readFrozenList } from './batch.ts';
import type { Case } from './case.ts';
import { type EstimateBook, estimateChange, readEstimate, reservationKey } from './funding.ts';
import { commitDeciding, groupsOf } from './history.ts';
import type { Part } from './part.ts';
import type { Ports } from './ports.ts';
import { shareOf } from './shares.ts';
import type { Store } from './store.ts';
import { payerOf, payersEver, readUnits } from './unit.ts';

/** What one order of a part would take. */
export interface Wanted {
  readonly part: string;
  readonly attempt: number;
  readonly amount: bigint;
}

const keysAnEntry = 800;

/** The attempt that the part's next order would be. */
export function nextAttempt({ ordered }: Pick<Part, 'ordered'>): number {
  return (ordered?.attempt ?? 0) + 1;
}

/** Reserves for all of these that are not reserved yet; false where the estimate does not reach for them together. */
export async function reserve(
  { batch, unit, source }: { readonly batch: string; readonly unit: string; readonly source: string },
  wanted: readonly Wanted[],
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<boolean> {
  const outcome = await commitDeciding(store, async () => {
    const estimate = await readEstimate(store, unit, source);
    const open = wanted.filter(({ part, attempt }) => !estimate.reservedKeys.has(reservationKey(part, attempt)));
    if (open.length === 0) return { stop: true };
    if (sum(open.map(({ amount }) => amount)) > estimate.left) return { stop: false };
    const at = now();
    const entries = [...groupsOf(open, keysAnEntry)].map((group) => ({
      kind: 'reserved',
      at,
      by: 'system',
      data: {
        batch,
        keys: group.map(({ part, attempt }) => reservationKey(part, attempt)),
        amount: sum(group.map(({ amount }) => amount)).toString(),
      },
    }));
    return { changes: [estimateChange(estimate, entries)] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : outcome.outcome === 'committed';
}

/** Whose reservation is freed: of this batch alone, where one is named, and not with this unit, where one pays now. */
export interface Freed {
  readonly of: Case;
  readonly part: Part;
  readonly at: Instant;
  readonly batch?: string;
  readonly unless?: string;
  /** What was reserved, in đồng, where the case may have been altered since; otherwise what the part comes to. */
  readonly amount?: string | undefined;
}

/** Frees what is reserved for the part's next order, with whichever unit it is reserved, in the commit of the book. */
export async function freeReservation(
  { of, part, at, batch, unless, amount = shareOf(of, part.source).total.toString() }: Freed,
  book: EstimateBook,
  store: Pick<Store, 'read'>,
): Promise<void> {
  const key = reservationKey(part.id, nextAttempt(part));
  for (const unit of await payersEver(store, of.submitted.payingUnit)) {
    if (unit === unless) continue;
    const { reservedKeys, depositKeys } = await book.read(unit, part.source);
    const holder = reservedKeys.get(key);
    if (holder === undefined || depositKeys.has(key) || (batch !== undefined && holder !== batch)) continue;
    await book.add(unit, part.source, { kind: 'restored', at, by: 'system', data: { key, amount } });
  }
}

/** Reserves for everybody of a frozen list, unit by unit; a unit whose estimate does not reach yet is left for later. */
export async function reserveList(batch: Batch, ports: Ports): Promise<void> {
  const units = await readUnits(ports.store);
  const { parts } = payable(batch, await readFrozenList(ports.files, batch));
  for (const [unit, own] of Map.groupBy(parts, ({ unit: payingUnit }) => payerOf(units, payingUnit))) {
    // Whoever is in a list that is being approved has never been ordered for.
    const wanted = own.map(({ part, total }) => ({ part, attempt: 1, amount: BigInt(total) }));
    await reserve({ batch: batch.id, unit, source: batch.source }, wanted, ports);
  }
}
