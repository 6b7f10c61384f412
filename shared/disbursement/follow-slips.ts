/** What was recorded on slips reaches their orders, also where nobody was told of it. */
import { orderSummary } from '../case/order.ts';
import type { Ports } from '../case/ports.ts';
import { allRows } from '../case/store.ts';
import { followSlip } from './slips.ts';
import { followWithdrawn } from './withdraw-slip.ts';

/**
 * Follows each slip of the batch of which an order still waits for its unit. The event of a slip that was sent or taken back may
 * be lost; the hour's look at every batch makes it good.
 */
export async function followSlips(batchId: string, ports: Ports): Promise<void> {
  const slips = new Set<string>();
  for await (const { summary } of allRows(ports.store, { kind: 'order', batch: batchId, status: 'awaiting-unit' }))
    slips.add(orderSummary.parse(summary).slip);
  for (const slip of slips) {
    await followSlip(slip, ports);
    await followWithdrawn(slip, ports);
  }
}
