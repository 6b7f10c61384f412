/** Messages from an event of the bus, which names entries and holds none of them. */
import type { Entry, Store } from '../../shared/case/store.ts';
import { queueWebhooks, type WebhookPorts } from './send.ts';

/** Which entries an event tells of. */
export interface Told {
  readonly stream: string;
  readonly entries: readonly { readonly seq: number }[];
}

/**
 * Puts what the event makes into the outbox; `deliverWebhooks` sends. Were each event to send what waits, as many events as come at
 * once would each read the whole outbox.
 */
export async function queueWebhooksOf(
  told: Told,
  ports: Pick<WebhookPorts, 'store' | 'outbox' | 'now'>,
): Promise<void> {
  await queueWebhooks(await entriesTold(told, ports.store), ports);
}

/** Reads the entries that an event tells of. */
export async function entriesTold({ stream, entries }: Told, store: Pick<Store, 'read'>): Promise<readonly Entry[]> {
  const told = new Set(entries.map(({ seq }) => seq));
  return (await store.read(stream)).filter(({ seq }) => told.has(seq));
}
