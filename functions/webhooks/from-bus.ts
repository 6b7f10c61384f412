/** Messages from an event of the bus, which names entries and holds none of them. */
import { mayTell, queueWebhooks, type WebhookPorts } from './send.ts';

/** Which entries an event tells of. */
interface Told {
  readonly stream: string;
  readonly entries: readonly { readonly seq: number }[];
}

/**
 * Puts what the event makes into the outbox; `deliverWebhooks` sends. Were each event to send what waits, as many events as come at
 * once would each read the whole outbox.
 */
export async function queueWebhooksOf(
  { stream, entries }: Told,
  ports: Pick<WebhookPorts, 'store' | 'outbox' | 'now'>,
): Promise<void> {
  if (!mayTell(stream)) return;
  const told = new Set(entries.map(({ seq }) => seq));
  const own = (await ports.store.read(stream)).filter(({ seq }) => told.has(seq));
  await queueWebhooks(own, ports);
}
