/** Step `disbursement.follow`: the workflow waits while the units, the Treasury and the banks are at work. */
import type { Ports } from '../case/ports.ts';
import type { WaitingState } from '../case/workflow-state.ts';
import { disbursementNext } from './due.ts';

const awaited = 'units-and-treasury';

export async function followPayments({ batchId, token }: WaitingState, ports: Ports): Promise<void> {
  await ports.desk.remember(batchId, awaited, token);
  await nudgePayments(batchId, ports);
}

/** Wakes the workflow when something can be ordered or everything is closed. Harmless at any other time. */
export async function nudgePayments(batchId: string, ports: Ports): Promise<void> {
  const waiting = await ports.desk.waiting(batchId);
  if (waiting?.awaited !== awaited) return;
  const { next } = await disbursementNext({ batchId }, ports);
  if (next !== 'follow') await ports.desk.wake(batchId, waiting.token);
}
