/** Where messages go: an address of another system, chosen events, and a secret that signs them, sealed. */
import * as z from 'zod';
import type { Instant } from '../calendar.ts';
import type { Account } from './access.ts';
import { commitDeciding, dataOf, lastOfKind } from './history.ts';
import { type Ports, type Refused, refused } from './ports.ts';
import { allRows, type Entry, type Row, type Store } from './store.ts';
import { type WebhookEvent, webhookEvents } from './webhook.ts';

const registered = z.object({
  /** Of the system and its owner; never of a person. */
  name: z.string(),
  url: z.string(),
  events: z.array(z.enum(webhookEvents)),
  /** Sealed under a key of the receiver's own. */
  secret: z.string(),
});
const ended = z.object({ reason: z.string() });

export interface Receiver extends z.infer<typeof registered> {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly by: string;
  /** What happened before is not told. */
  readonly since: Instant;
  readonly ended?: { readonly by: string; readonly at: Instant; readonly reason: string };
}

export function receiverStream(id: string): string {
  return `webhook/${id}`;
}

export async function readReceiver(store: Pick<Store, 'read'>, id: string): Promise<Receiver | undefined> {
  const entries = await store.read(receiverStream(id));
  const first = entries[0];
  if (first === undefined) return undefined;
  const end = lastOfKind(entries, 'webhook-ended');
  return {
    id,
    entries,
    by: first.by,
    since: first.at,
    ...dataOf(first, registered),
    ...(end === undefined ? {} : { ended: { by: end.by, at: end.at, ...dataOf(end, ended) } }),
  };
}

export async function openReceivers(store: Store): Promise<readonly Receiver[]> {
  const found: Receiver[] = [];
  for await (const { stream } of allRows(store, { kind: 'webhook', status: 'open' })) {
    const receiver = await readReceiver(store, stream.slice(receiverStream('').length));
    if (receiver !== undefined && receiver.ended === undefined) found.push(receiver);
  }
  return found;
}

export interface ReceiverWish {
  readonly name: string;
  readonly url: string;
  readonly events: readonly string[];
  /** Fresh and random; whoever calls shows it once. */
  readonly secret: string;
}

/** In characters. */
const longestName = 100;
const longestUrl = 500;
const longestReason = 500;

/** Takes an address that was found to be outside: what a name stands for is not seen here. */
export async function registerReceiver(
  wish: ReceiverWish,
  by: Pick<Account, 'id'>,
  { store, vault, now, id: newId }: Pick<Ports, 'store' | 'vault' | 'now' | 'id'>,
): Promise<{ readonly outcome: 'registered'; readonly id: string } | Refused> {
  const name = wish.name.trim();
  const events = webhookEvents.filter((event) => wish.events.includes(event));
  if (name === '' || name.length > longestName) {
    return refused(
      `Hãy ghi tên hệ thống nhận và cơ quan quản lý (không quá ${longestName} ký tự).`,
      `Name the receiving system and its owner (at most ${longestName} characters).`,
    );
  }
  if (wish.url.length > longestUrl) return refused('Địa chỉ nhận quá dài.', 'The address is too long.');
  if (events.length === 0 || events.length < new Set(wish.events).size) {
    return refused(
      `Hãy chọn ít nhất một sự kiện trong: ${webhookEvents.join(', ')}.`,
      `Choose at least one event of: ${webhookEvents.join(', ')}.`,
    );
  }
  const id = newId();
  await vault.prepare([id]);
  const data = { name, url: wish.url, events, secret: await vault.seal(id, wish.secret) };
  const entries = [{ kind: 'webhook-registered', at: now(), by: by.id, data }];
  await store.commit([{ stream: receiverStream(id), readAt: 0, entries, row: rowOf('open', name, events) }]);
  return { outcome: 'registered', id };
}

/** Nothing more is sent, what waits included. */
export async function endReceiver(
  id: string,
  reason: string,
  by: Pick<Account, 'id'>,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'ended' } | Refused> {
  const why = reason.trim();
  if (why === '' || why.length > longestReason) {
    return refused(
      `Hãy ghi lý do ngừng gửi (không quá ${longestReason} ký tự).`,
      `State why it ends (at most ${longestReason} characters).`,
    );
  }
  const done = await commitDeciding<Refused>(store, async () => {
    const receiver = await readReceiver(store, id);
    if (receiver === undefined || receiver.ended !== undefined) return { stop: noReceiver };
    const entries = [{ kind: 'webhook-ended', at: now(), by: by.id, data: { reason: why } }];
    const row = rowOf('ended', receiver.name, receiver.events);
    return { changes: [{ stream: receiverStream(id), readAt: receiver.entries.length, entries, row }] };
  });
  return done.outcome === 'stopped' ? done.stop : { outcome: 'ended' };
}

function rowOf(status: 'open' | 'ended', name: string, events: readonly WebhookEvent[]): Omit<Row, 'stream'> {
  return { kind: 'webhook', status, summary: { name, events } };
}

const noReceiver = refused(
  'Không có nơi nhận thông báo này, hoặc đã ngừng gửi trước đó.',
  'There is no such receiver, or it was ended before.',
);
