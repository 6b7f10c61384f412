/** What became of a mail, when it is tried again, and which mails of one person go out together. */
import * as z from 'zod';
import { addMinutes, type Instant } from '../calendar.ts';

export const delivery = z.discriminatedUnion('state', [
  z.object({ state: z.literal('waiting') }),
  /** The server would not take it, and may later. */
  z.object({
    state: z.literal('failing'),
    tries: z.number(),
    since: z.string(),
    at: z.string(),
    next: z.string(),
    reason: z.string(),
  }),
  /** The server took it, with its answer; `together` counts the mails that went out as one. */
  z.object({ state: z.literal('sent'), at: z.string(), answer: z.string(), together: z.number() }),
  /** It will not arrive: the server refused it for good, or was tried for three days. */
  z.object({ state: z.literal('bounced'), at: z.string(), reason: z.string(), tries: z.number() }),
  /** It did not arrive, and what it asked is settled. */
  z.object({ state: z.literal('unneeded'), at: z.string() }),
]);
export type Delivery = z.infer<typeof delivery>;

/** Minutes to the next try after each of the first; the last one again and again. */
const minutesToNextTry = [1, 5, 15, 60];
const minutesToGivingUp = 3 * 24 * 60;
const mostInOneMail = 50;

/** The state after a try that the server did not take. */
export function afterFailure(
  before: Delivery,
  { isFinal, reason }: { readonly isFinal: boolean; readonly reason: string },
  at: Instant,
): Delivery {
  const tries = before.state === 'failing' ? before.tries + 1 : 1;
  const since = before.state === 'failing' ? before.since : at;
  if (isFinal || at >= addMinutes(since, minutesToGivingUp)) return { state: 'bounced', at, reason, tries };
  const minutes = minutesToNextTry[tries - 1] ?? minutesToNextTry.at(-1) ?? 0;
  return { state: 'failing', tries, since, at, next: addMinutes(at, minutes), reason };
}

interface Posted {
  readonly to: string;
  readonly at: Instant;
  readonly isUrgent: boolean;
  readonly delivery: Delivery;
}

/**
 * What goes out now, each group as one mail. The first mail to a person goes at once; others within so many minutes
 * wait and go together. It is read from what was sent, so that a kill anywhere only sends some of it twice.
 */
export function dueGroups<M extends Posted>(
  mails: readonly M[],
  now: Instant,
  digestMinutes: number,
): readonly (readonly M[])[] {
  const due = mails
    .filter(({ delivery: one }) => one.state === 'waiting' || (one.state === 'failing' && one.next <= now))
    .toSorted((one, other) => Number(one.at > other.at) - Number(one.at < other.at));
  const alone = due.filter(({ isUrgent }) => isUrgent || digestMinutes === 0).map((one) => [one]);
  if (digestMinutes === 0) return alone;
  const gathered = Map.groupBy(
    due.filter(({ isUrgent }) => !isUrgent),
    ({ to }) => to,
  );
  const together = [...gathered]
    .filter(([to]) => now >= addMinutes(lastSentTo(to, mails), digestMinutes))
    .map(([, group]) => group.slice(0, mostInOneMail));
  return [...alone, ...together];
}

const never: Instant = '1970-01-01T00:00:00.000Z';

function lastSentTo(to: string, mails: readonly Posted[]): Instant {
  let last = never;
  for (const mail of mails) {
    if (mail.to !== to || mail.isUrgent || mail.delivery.state !== 'sent') continue;
    if (mail.delivery.at > last) last = mail.delivery.at;
  }
  return last;
}

/** The key of the mail that asks once more what this one asked: `k`, `k#2`, `k#3`. */
export function keyOfNext(key: string): string {
  const [first, count] = splitKey(key);
  return `${first}#${count + 1}`;
}

/** The key of the first mail of a row of mails that ask the same. */
export function firstKey(key: string): string {
  return splitKey(key)[0];
}

function splitKey(key: string): readonly [first: string, count: number] {
  const again = /^(.*)#(\d+)$/.exec(key);
  return again === null ? [key, 1] : [again[1] ?? key, Number(again[2])];
}
