/** Messages that wait to be sent, that were sent, and that could not be: in the scratch store, to be made anew from entries. */
import * as z from 'zod';
import { type Lease, withLease } from '../home/lease.ts';
import type { Scratch } from '../../shared/case/scratch.ts';

const letter = z.object({
  receiver: z.string(),
  /** The message's, the same at every sending. */
  id: z.string(),
  type: z.string(),
  body: z.string(),
  tries: z.number().int(),
  /** Milliseconds of the epoch, as are all instants here. */
  since: z.number(),
  next: z.number(),
  /** Why the last try failed: a status or a kind of fault, never an answer's words. */
  fault: z.string().exactOptional(),
});
export type Letter = z.infer<typeof letter>;

const kinds = { waiting: 'webhook', sent: 'webhook-sent', failed: 'webhook-failed', pause: 'webhook-pause' } as const;

const day = 24 * 3_600_000;
/** Longer than a cursor is ever set back: what was sent is not taken up again. */
const sentKept = 7 * day;
const failedKept = 30 * day;

export interface Outbox {
  /** Nothing where it waits, was sent or has failed. */
  add(made: Letter): Promise<void>;
  waiting(): Promise<readonly Letter[]>;
  failed(): Promise<readonly Letter[]>;
  /** Lets one deliverer at a time send to a receiver; whoever comes meanwhile does nothing. */
  alone(receiver: string, act: (lease: Lease) => Promise<void>): Promise<boolean>;
  /** As it was read, nobody has sent, tried or dropped it since. */
  stillWaits(read: Letter): Promise<boolean>;
  /** Nothing where it no longer waits as it was read: somebody else has sent it. */
  later(read: Letter, tried: Letter, pauseUntil: number): Promise<void>;
  isPaused(receiver: string): Promise<boolean>;
  sent(done: Letter): Promise<void>;
  /** Nothing where it no longer waits as it was read. */
  fail(read: Letter, lost: Letter): Promise<void>;
  /** Once more from the first step of the ladder; false when there is no such message. */
  again(receiver: string, id: string): Promise<boolean>;
  drop(unwanted: Letter): Promise<void>;
}

/** A deliverer that died keeps a receiver's messages so long; one that lives stops before. */
const leaseMinutes = 2;

/** `now` in milliseconds of the epoch. */
export function outbox(scratch: Scratch, now: () => number): Outbox {
  const keyOf = ({ receiver, id }: Pick<Letter, 'receiver' | 'id'>) => `${receiver}/${id}`;
  const written = (one: Letter) => JSON.stringify(letter.parse(one));
  const all = async (kind: string) => (await scratch.list(kind)).map(({ value }) => letter.parse(JSON.parse(value)));
  return {
    async add(made) {
      const key = keyOf(made);
      const isKnown =
        (await scratch.get(kinds.sent, key)) !== undefined || (await scratch.get(kinds.failed, key)) !== undefined;
      if (!isKnown) await scratch.insert(kinds.waiting, key, written(made));
    },
    waiting: async () => all(kinds.waiting),
    failed: async () => all(kinds.failed),
    alone: async (receiver, act) =>
      withLease(scratch, { name: `webhooks/${receiver}`, minutes: leaseMinutes, now }, act),
    stillWaits: async (read) => (await scratch.get(kinds.waiting, keyOf(read))) === written(read),
    async later(read, tried, pauseUntil) {
      if (!(await scratch.replace(kinds.waiting, keyOf(read), written(read), written(tried)))) return;
      await scratch.put(kinds.pause, tried.receiver, String(pauseUntil), pauseUntil);
    },
    async isPaused(receiver) {
      const until = await scratch.get(kinds.pause, receiver);
      return until !== undefined && Number(until) > now();
    },
    async sent(done) {
      // Noted before it is taken out: a kill in between sends it once more, with the same id.
      await scratch.put(kinds.sent, keyOf(done), '', now() + sentKept);
      await scratch.remove(kinds.waiting, keyOf(done));
      await scratch.remove(kinds.pause, done.receiver);
    },
    async fail(read, lost) {
      if (!(await scratch.replace(kinds.waiting, keyOf(read), written(read), written(lost)))) return;
      // Noted before it is taken out, as what is sent.
      await scratch.put(kinds.failed, keyOf(lost), written(lost), now() + failedKept);
      await scratch.remove(kinds.waiting, keyOf(lost));
    },
    async again(receiver, id) {
      const key = keyOf({ receiver, id });
      const text = await scratch.get(kinds.failed, key);
      if (text === undefined) return false;
      const { fault: _fault, ...lost } = letter.parse(JSON.parse(text));
      await scratch.put(kinds.waiting, key, written({ ...lost, tries: 0, since: now(), next: now() }));
      await scratch.remove(kinds.failed, key);
      await scratch.remove(kinds.pause, receiver);
      return true;
    },
    async drop(unwanted) {
      await scratch.remove(kinds.waiting, keyOf(unwanted));
    },
  };
}
