/** Messages from an event of the bus, which names entries and holds none of them. */
import * as z from 'zod';
import type { Entry, Store } from '../../shared/case/store.ts';
import { sendWebhooks, type WebhookPorts } from './send.ts';

const toldEntries = z.object({ stream: z.string(), entries: z.array(z.object({ seq: z.number().int() })) });

/** Takes the detail of an event. Whatever cannot be sent waits for `deliverWebhooks`. */
export async function sendWebhooksOf(detail: unknown, ports: WebhookPorts): Promise<void> {
  await sendWebhooks(await entriesTold(detail, ports.store), ports);
}

/** Reads the entries that an event's detail names. */
export async function entriesTold(detail: unknown, store: Pick<Store, 'read'>): Promise<readonly Entry[]> {
  const { stream, entries } = toldEntries.parse(detail);
  const told = new Set(entries.map(({ seq }) => seq));
  return (await store.read(stream)).filter(({ seq }) => told.has(seq));
}
