/** Messages from an event of the bus, which names entries and holds none of them. */
import * as z from 'zod';
import { mayTell, queueWebhooks, type WebhookPorts } from './send.ts';

const toldEntries = z.object({ stream: z.string(), entries: z.array(z.object({ seq: z.number().int() })) });

/**
 * Takes the detail of an event; `deliverWebhooks` sends. Were each event to send what waits, as many events as come at once would
 * each read the whole outbox.
 */
export async function queueWebhooksOf(
  detail: unknown,
  ports: Pick<WebhookPorts, 'store' | 'outbox' | 'now'>,
): Promise<void> {
  const { stream, entries } = toldEntries.parse(detail);
  if (!mayTell(stream)) return;
  const told = new Set(entries.map(({ seq }) => seq));
  const own = (await ports.store.read(stream)).filter(({ seq }) => told.has(seq));
  await queueWebhooks(own, ports);
}
