/**
 * Tells other systems what moved. A message waits in the outbox until its receiver has answered with 2xx; a kill between
 * sending and noting sends it again with the same id. Nothing is promised of the order.
 */
import type { Ports } from '../../shared/case/ports.ts';
import type { Entry } from '../../shared/case/store.ts';
import { webhooksOf } from '../../shared/case/webhook.ts';
import { openReceivers, type Receiver } from '../../shared/case/webhook-receiver.ts';
import type { Scratch } from '../../shared/case/scratch.ts';
import { type Letter, type Outbox, outbox } from './outbox.ts';
import { type Post, poster } from './post.ts';
import { signedHeaders } from './sign.ts';

export interface WebhookPorts extends Pick<Ports, 'store' | 'vault' | 'now'> {
  readonly outbox: Outbox;
  readonly post: Post;
  /** Where an unexpected fault goes. */
  report(error: unknown): void;
}

export interface WebhookHome {
  readonly ports: Pick<Ports, 'store' | 'vault' | 'now'>;
  readonly scratch: Scratch;
  /** The demonstration sends to its own machine, in clear; nothing else ever does. */
  readonly allowsInside: boolean;
  report(error: unknown): void;
}

/** What sends the messages of a home. */
export function webhookPorts({ ports, scratch, allowsInside, report }: WebhookHome): WebhookPorts {
  const { store, vault, now } = ports;
  const clock = () => Date.parse(now());
  return { store, vault, now, outbox: outbox(scratch, clock), post: poster({ allowsInside }), report };
}

const minute = 60_000;
const hour = 60 * minute;
/** After the first, second, … try that failed; after the last the message has failed. About two days in all. */
export const ladder: readonly number[] = [
  1 * minute,
  5 * minute,
  30 * minute,
  2 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
];
/**
 * However often it was tried: a receiver that was away longer asks the API what it missed. Nor is anything older told at all, so
 * that a lost cursor does not flood anybody.
 */
export const longestWait = 3 * 24 * hour;
/** A receiver that fails is left alone so long at the most before another of its messages is tried. */
const longestPause = 30 * minute;
/** Takes entries as they come to a subscriber; the same ones again are the same messages. */
export async function sendWebhooks(entries: readonly Entry[], ports: WebhookPorts): Promise<void> {
  await queueWebhooks(entries, ports);
  await deliverWebhooks(ports);
}

/** Has the messages of these entries wait in the outbox; sends none. */
export async function queueWebhooks(
  entries: readonly Entry[],
  { store, outbox: box, now }: Pick<WebhookPorts, 'store' | 'outbox' | 'now'>,
): Promise<void> {
  if (!entries.some(({ stream }) => mayTell(stream))) return;
  const receivers = await openReceivers(store);
  if (receivers.length === 0) return;
  const at = Date.parse(now());
  for (const { id, message } of webhooksOf(entries)) {
    const body = JSON.stringify(message);
    for (const { id: receiver, events, since } of receivers) {
      const isOld = message.timestamp < since || Date.parse(message.timestamp) < at - longestWait;
      if (isOld || !events.includes(message.type)) continue;
      await box.add({ receiver, id, type: message.type, body, tries: 0, since: at, next: at });
    }
  }
}

/** Whether other systems are told anything of this history. */
export function mayTell(stream: string): boolean {
  return stream.startsWith('batch/') || stream.startsWith('part/');
}

/** Sends what is due; to be called again and again, since a message may be due when nothing moves. */
export async function deliverWebhooks(ports: WebhookPorts): Promise<void> {
  const waiting = await ports.outbox.waiting();
  if (waiting.length === 0) return;
  const receivers = new Map((await openReceivers(ports.store)).map((one) => [one.id, one]));
  const byReceiver = Map.groupBy(waiting, ({ receiver }) => receiver);
  await Promise.all(
    [...byReceiver].map(async ([id, letters]) => {
      try {
        await deliverTo(receivers.get(id), letters, ports);
      } catch (error) {
        ports.report(error);
      }
    }),
  );
}

async function deliverTo(
  receiver: Receiver | undefined,
  letters: readonly Letter[],
  ports: WebhookPorts,
): Promise<void> {
  const { outbox: box, vault, now } = ports;
  if (receiver === undefined) {
    for (const unwanted of letters) await box.drop(unwanted);
    return;
  }
  const at = Date.parse(now());
  const due = letters.filter(({ next }) => next <= at).toSorted((one, other) => one.since - other.since);
  if (due.length === 0 || (await box.isPaused(receiver.id))) return;
  await box.alone(receiver.id, async ({ mayBegin }) => {
    const secret = await vault.open(receiver.id, receiver.secret);
    if (secret === undefined) throw new Error(`the secret of receiver ${receiver.id} is gone`);
    for (const one of due) {
      if (!mayBegin()) return;
      // Whoever was alone before may have sent it since the outbox was read.
      if (!(await box.stillWaits(one))) continue;
      // The first that fails stops the rest: whoever is down is not asked a hundred times.
      if (!(await deliver(one, receiver, secret, ports))) return;
    }
  });
}

/** Answers whether the receiver took it. */
async function deliver(one: Letter, { url }: Receiver, secret: string, ports: WebhookPorts): Promise<boolean> {
  const { outbox: box, now } = ports;
  const seconds = Math.floor(Date.parse(now()) / 1000);
  const fault = await faultOf(async () => ports.post(url, signedHeaders(one.id, seconds, one.body, secret), one.body));
  if (fault === undefined) {
    await box.sent(one);
    return true;
  }
  const at = Date.parse(now());
  const wait = ladder[one.tries];
  const tried = { ...one, tries: one.tries + 1, fault };
  const isOver = wait === undefined || fault === gone || at + wait - one.since > longestWait;
  if (isOver) await box.fail(one, tried);
  else await box.later(one, { ...tried, next: at + wait }, at + Math.min(wait, longestPause));
  return false;
}

/** The receiver wants nothing at this address any more. */
const gone = 'status 410';

async function faultOf(post: () => Promise<number>): Promise<string | undefined> {
  try {
    const status = await post();
    return status >= 200 && status < 300 ? undefined : `status ${status}`;
  } catch (error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : nameOf(error);
  }
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'fault';
  return error.name === 'Error' ? error.message : error.name;
}
