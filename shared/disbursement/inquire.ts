/** Use case: orders without an answer are asked after (tra soát). They become unknown; they are never sent again. */
import { commitDeciding, groupsOf } from '../case/history.ts';
import { orderRow, orderStream, readOrder } from '../case/order.ts';
import { orderedPartMoved, readPart } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import type { Change } from '../case/store.ts';
import { partsOf } from './due.ts';

const groupSize = 20;

/** Returns the references that are now asked after. */
export async function inquire(batchId: string, by: string, ports: Ports): Promise<readonly string[]> {
  const { store, now } = ports;
  const { parts } = await partsOf(batchId, ports);
  const open = parts.flatMap(({ part }) => (part.status === 'sent' && part.ordered ? [part.ordered.reference] : []));
  for (const group of groupsOf(open, groupSize)) {
    await commitDeciding(store, async () => {
      const changes: Change[] = [];
      for (const reference of group) {
        const order = await readOrder(store, reference);
        const part = order && (await readPart(store, order.part));
        if (order?.status !== 'sent' || part?.status !== 'sent') continue;
        const at = now();
        const { entries: past, status: _was, isContradicted: _contradicted, ...ordered } = order;
        changes.push(
          {
            stream: orderStream(reference),
            readAt: past.length,
            entries: [{ kind: 'unknown', at, by, data: { slip: order.slip } }],
            row: orderRow(ordered, 'unknown', at, order.reason, order.isContradicted),
          },
          orderedPartMoved(part, { kind: 'unknown', at, by, data: { status: 'unknown', reference } }),
        );
      }
      return changes.length === 0 ? { stop: 'none' } : { changes };
    });
  }
  return open;
}
