/** Messages from an event of the bus, which names entries and holds none of them. */
import type { Entry, Store } from '../../shared/case/store.ts';
import { sendWebhooks, type WebhookPorts } from './send.ts';

/** Which entries an event tells of. */
export interface Told {
  readonly stream: string;
  readonly entries: readonly { readonly seq: number }[];
}

/** Whatever cannot be sent waits for `deliverWebhooks`. */
export async function sendWebhooksOf(told: Told, ports: WebhookPorts): Promise<void> {
  await sendWebhooks(await entriesTold(told, ports.store), ports);
}

/** Reads the entries that an event tells of. */
export async function entriesTold({ stream, entries }: Told, store: Pick<Store, 'read'>): Promise<readonly Entry[]> {
  const told = new Set(entries.map(({ seq }) => seq));
  return (await store.read(stream)).filter(({ seq }) => told.has(seq));
}
