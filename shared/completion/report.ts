/** Use case, step `completion.report`: closes a batch in which every payment is closed. */
import { batchRow, batchStream, readBatch } from '../case/batch.ts';
import { commitDeciding } from '../case/history.ts';
import type { Ports } from '../case/ports.ts';
import { type Count, tally } from './tally.ts';

export async function reportBatch(batchId: string, { store, now }: Ports): Promise<void> {
  const { byBucket, entitled } = await tally(store, (instant) => instant.slice(0, 10), { batch: batchId });
  const written = ({ people, total }: Count) => ({ people, total: total.toString() });
  await commitDeciding(store, async () => {
    const batch = await readBatch(store, batchId);
    if (batch?.frozen === undefined || batch.isReported) return { stop: 'reported' };
    const at = now();
    const data = {
      entitled: written(entitled),
      credited: written(byBucket.credited),
      cancelled: written(byBucket.cancelled),
    };
    const summary = {
      code: batch.code,
      level: batch.level,
      version: batch.frozen.version,
      ...data.entitled,
      since: at,
    };
    return {
      changes: [
        {
          stream: batchStream(batchId),
          readAt: batch.entries.length,
          entries: [{ kind: 'reported', at, by: 'system', data }],
          row: batchRow('reported', batch.source, summary),
        },
      ],
    };
  });
}
