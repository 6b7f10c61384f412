/** What of a batch is to be ordered now, is waiting, or is closed; read from histories, never from an index. */
import { type Batch, payable, readBatch, readFrozenList } from '../case/batch.ts';
import { readEstimate, reservationKey } from '../case/funding.ts';
import { type Part, readPart } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import type { WorkflowState } from '../case/workflow-state.ts';

export interface DuePart {
  readonly part: Part;
  readonly unit: string;
  readonly amount: bigint;
  readonly attempt: number;
}

/** Whether the part may be ordered: decided and never ordered, or come back and asked for again by Finance. */
export function isDue(part: Part): boolean {
  if (part.status === 'decided' || part.status === 'waiting-for-estimate') return true;
  return (part.status === 'refused' || part.status === 'returned') && part.wantsOrder;
}

export function attemptOf({ ordered }: Part): number {
  return (ordered?.attempt ?? 0) + 1;
}

export interface BatchParts {
  readonly batch: Batch;
  readonly parts: readonly DuePart[];
}

/** Every payable part of the batch. Throws when the batch is not there or its list was altered. */
export async function partsOf(batchId: string, { store, files }: Pick<Ports, 'store' | 'files'>): Promise<BatchParts> {
  const batch = await readBatch(store, batchId);
  if (batch === undefined) throw new Error(`there is no batch ${batchId}`);
  const parts: DuePart[] = [];
  for (const { part: partId, unit, total } of payable(batch, await readFrozenList(files, batch)).parts) {
    const part = await readPart(store, partId);
    if (part?.batch?.id === batchId) parts.push({ part, unit, amount: BigInt(total), attempt: attemptOf(part) });
  }
  return { batch, parts };
}

export function byUnit(parts: readonly DuePart[]): ReadonlyMap<string, readonly DuePart[]> {
  const units = new Map<string, DuePart[]>();
  for (const due of parts) units.set(due.unit, [...(units.get(due.unit) ?? []), due]);
  return units;
}

const closed: readonly string[] = ['credited', 'paid-elsewhere', 'cancelled'];

/** Step `disbursement.next`: order what can be ordered, report when all is closed, else go on waiting. */
export async function disbursementNext({ batchId }: WorkflowState, ports: Ports): Promise<WorkflowState> {
  const { batch, parts } = await partsOf(batchId, ports);
  if (parts.every(({ part }) => closed.includes(part.status))) return { batchId, next: 'report' };
  for (const [unit, own] of byUnit(parts.filter(({ part }) => isDue(part)))) {
    const estimate = await readEstimate(ports.store, unit, batch.source);
    const open = own.filter(({ part, attempt }) => !estimate.reservedKeys.has(reservationKey(part.id, attempt)));
    const needed = open.reduce((total, { amount }) => total + amount, 0n);
    if (open.length < own.length || needed <= estimate.left) return { batchId, next: 'order' };
  }
  return { batchId, next: 'follow' };
}
