/** A subscriber of its own: what other systems are told lags behind nothing else, and holds nothing else up. */
import type { Scratch } from '../../shared/case/scratch.ts';
import { deliverWebhooks, queueWebhooks, type WebhookPorts } from '../../functions/webhooks/send.ts';
import type { SqliteStore } from './sqlite-store.ts';

const entriesAtOnce = 2000;

/**
 * Has what happened since the cursor wait in the outbox, and begins to send what is due. A kill between queueing and moving the
 * cursor sends nothing twice but what had not been noted as sent.
 *
 * Whoever follows does not wait for `delivered`: a receiver that takes ten seconds a message would hold up the province's work.
 * It never rejects; a second round that comes meanwhile leaves that receiver alone.
 */
export async function followWebhooks(
  store: Pick<SqliteStore, 'entriesAfter'>,
  scratch: Scratch,
  ports: WebhookPorts,
): Promise<{ readonly delivered: Promise<void> }> {
  for (;;) {
    const cursor = Number((await scratch.get('cursor', 'webhooks')) ?? '0');
    const entries = store.entriesAfter(cursor, entriesAtOnce);
    const last = entries.at(-1);
    if (last === undefined) break;
    await queueWebhooks(entries, ports);
    await scratch.put('cursor', 'webhooks', String(last.position));
  }
  return { delivered: deliverWebhooks(ports).catch(ports.report) };
}
