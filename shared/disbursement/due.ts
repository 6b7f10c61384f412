/** What of a batch is to be ordered now, is waiting, or is closed; read from histories, never from an index. */
import { type Batch, payable, readBatch, readFrozenList } from '../case/batch.ts';
import { type Estimate, readEstimate, reservationKey } from '../case/funding.ts';
import { readEach } from '../case/history.ts';
import { type Part, readPart } from '../case/part.ts';
import { pauseOf, readPauses } from '../case/pause.ts';
import type { Ports } from '../case/ports.ts';
import { nextAttempt } from '../case/reservations.ts';
import { payerOf, readUnits } from '../case/unit.ts';
import type { WorkflowState } from '../case/workflow-state.ts';

export interface DuePart {
  readonly part: Part;
  /** Who pays: the person's paying unit, or a higher one in its place. */
  readonly unit: string;
  readonly payingUnit: string;
  readonly amount: bigint;
  readonly attempt: number;
}

/** Whether the part may be ordered: decided and never ordered, or come back and asked for again by Finance. */
export function isDue(part: Part): boolean {
  if (part.status === 'decided' || part.status === 'waiting-for-estimate') return true;
  return (part.status === 'refused' || part.status === 'returned') && part.wantsOrder;
}

/** Whether the money of the part's last order lies in the deposit account, to be paid again from there. */
export function isFromDeposit({ part }: Pick<DuePart, 'part'>, { deposit }: Pick<Estimate, 'deposit'>): boolean {
  return part.ordered !== undefined && deposit.has(part.ordered.reference);
}

export interface BatchParts {
  readonly batch: Batch;
  readonly parts: readonly DuePart[];
}

/** Every payable part of the batch. Throws when the batch is not there or its list was altered. */
export async function partsOf(batchId: string, { store, files }: Pick<Ports, 'store' | 'files'>): Promise<BatchParts> {
  const batch = await readBatch(store, batchId);
  if (batch === undefined) throw new Error(`there is no batch ${batchId}`);
  const units = await readUnits(store);
  const parts: DuePart[] = [];
  const listed = payable(batch, await readFrozenList(files, batch)).parts;
  const read = await readEach(listed, async ({ part }) => readPart(store, part));
  for (const [index, { unit: payingUnit, total }] of listed.entries()) {
    const part = read[index];
    if (part?.batch?.id !== batchId) continue;
    const unit = payerOf(units, payingUnit);
    parts.push({ part, unit, payingUnit, amount: BigInt(total), attempt: nextAttempt(part) });
  }
  return { batch, parts };
}

export function byUnit(parts: readonly DuePart[]): ReadonlyMap<string, readonly DuePart[]> {
  return Map.groupBy(parts, ({ unit }) => unit);
}

/** Money is reserved for its next order, or lies in the deposit account for it. */
function isFunded(due: DuePart, estimate: Estimate): boolean {
  return estimate.reservedKeys.has(reservationKey(due.part.id, due.attempt)) || isFromDeposit(due, estimate);
}

/** Whom step `disbursement.order` can order now: due, and their money is reserved or lies in the deposit account. */
export async function partsToOrder(batchId: string, ports: Ports): Promise<readonly string[]> {
  const { batch, parts } = await partsOf(batchId, ports);
  const due = parts.filter(({ part }) => isDue(part));
  const found: string[] = [];
  for (const [unit, own] of byUnit(due)) {
    const estimate = await readEstimate(ports.store, unit, batch.source);
    for (const one of own) if (isFunded(one, estimate)) found.push(one.part.id);
  }
  return found;
}

const closed: readonly string[] = ['credited', 'paid-elsewhere', 'cancelled'];

/** Step `disbursement.next`: order what can be ordered, report when all is closed, else go on waiting. */
export async function disbursementNext({ batchId }: WorkflowState, ports: Ports): Promise<WorkflowState> {
  const { batch, parts } = await partsOf(batchId, ports);
  if (parts.every(({ part }) => closed.includes(part.status))) return { batchId, next: 'report' };
  const pauses = await readPauses(ports.store);
  for (const [unit, own] of byUnit(parts.filter(({ part }) => isDue(part)))) {
    if (pauseOf(pauses, unit) !== undefined) continue;
    const estimate = await readEstimate(ports.store, unit, batch.source);
    const open = own.filter((due) => !isFunded(due, estimate));
    const needed = open.reduce((total, { amount }) => total + amount, 0n);
    if (open.length < own.length || needed <= estimate.left) return { batchId, next: 'order' };
  }
  return { batchId, next: 'follow' };
}
