/** A subscriber of its own: what other systems are told lags behind nothing else, and holds nothing else up. */
import type { Scratch } from '../../shared/case/scratch.ts';
import { deliverWebhooks, sendWebhooks, type WebhookPorts } from '../../functions/webhooks/send.ts';
import type { SqliteStore } from './sqlite-store.ts';

const entriesAtOnce = 2000;

/**
 * Sends what happened since the cursor, and what is due once more. A kill between sending and moving the cursor sends nothing
 * twice but what had not been noted as sent.
 */
export async function followWebhooks(
  store: Pick<SqliteStore, 'entriesAfter'>,
  scratch: Scratch,
  ports: WebhookPorts,
): Promise<void> {
  for (;;) {
    const cursor = Number((await scratch.get('cursor', 'webhooks')) ?? '0');
    const entries = store.entriesAfter(cursor, entriesAtOnce);
    const last = entries.at(-1);
    if (last === undefined) break;
    await sendWebhooks(entries, ports);
    await scratch.put('cursor', 'webhooks', String(last.position));
  }
  await deliverWebhooks(ports);
}
