/** Messages that wait to be sent, that were sent, and that could not be: in the scratch store, to be made anew from entries. */
import * as z from 'zod';
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
  later(tried: Letter, pauseUntil: number): Promise<void>;
  isPaused(receiver: string): Promise<boolean>;
  sent(done: Letter): Promise<void>;
  fail(lost: Letter): Promise<void>;
  /** Once more from the first step of the ladder; false when there is no such message. */
  again(receiver: string, id: string): Promise<boolean>;
  drop(unwanted: Letter): Promise<void>;
}

/** `now` in milliseconds of the epoch. */
export function outbox(scratch: Scratch, now: () => number): Outbox {
  const keyOf = ({ receiver, id }: Pick<Letter, 'receiver' | 'id'>) => `${receiver}/${id}`;
  const all = async (kind: string) => (await scratch.list(kind)).map(({ value }) => letter.parse(JSON.parse(value)));
  return {
    async add(made) {
      const key = keyOf(made);
      const isKnown =
        (await scratch.get(kinds.sent, key)) !== undefined || (await scratch.get(kinds.failed, key)) !== undefined;
      if (!isKnown) await scratch.insert(kinds.waiting, key, JSON.stringify(made));
    },
    waiting: async () => all(kinds.waiting),
    failed: async () => all(kinds.failed),
    async later(tried, pauseUntil) {
      await scratch.put(kinds.waiting, keyOf(tried), JSON.stringify(tried));
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
    async fail(lost) {
      await scratch.put(kinds.failed, keyOf(lost), JSON.stringify(lost), now() + failedKept);
      await scratch.remove(kinds.waiting, keyOf(lost));
    },
    async again(receiver, id) {
      const key = keyOf({ receiver, id });
      const text = await scratch.get(kinds.failed, key);
      if (text === undefined) return false;
      const { fault: _fault, ...lost } = letter.parse(JSON.parse(text));
      await scratch.put(kinds.waiting, key, JSON.stringify({ ...lost, tries: 0, since: now(), next: now() }));
      await scratch.remove(kinds.failed, key);
      await scratch.remove(kinds.pause, receiver);
      return true;
    },
    async drop(unwanted) {
      await scratch.remove(kinds.waiting, keyOf(unwanted));
    },
  };
}
