/**
 * An inspector states by which decision and on what before any personal data opens: once a working session. What they read,
 * choose and take out afterwards names it.
 */
import * as z from 'zod';
import { isLocalDate, localDateOf } from '../calendar.ts';
import type { Account } from '../case/access.ts';
import { commitDeciding, dataOf } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import type { Entry, Store } from '../case/store.ts';

const stated = z.object({
  /** Of the inspection decision. */
  number: z.string(),
  on: z.string(),
  /** What is inspected, in words. */
  scope: z.string(),
  /** A digest of the session it was stated in. */
  session: z.string(),
});

export interface Mandate extends z.infer<typeof stated> {
  /** Names it in every read: the account and the entry's number. */
  readonly id: string;
  readonly by: string;
  readonly at: string;
}

/** In characters. */
export const longestNumber = 60;
export const longestScope = 500;
const shortestScope = 10;

function mandateStream(account: string): string {
  return `mandate/${account}`;
}

function mandateOf(entry: Entry): Mandate {
  return { ...dataOf(entry, stated), id: `${entry.by}.${entry.seq}`, by: entry.by, at: entry.at };
}

/** The newest that the account stated in this session, if it stated one. */
export async function mandateIn(
  store: Pick<Store, 'read'>,
  account: string,
  session: string,
): Promise<Mandate | undefined> {
  return (await store.read(mandateStream(account))).map(mandateOf).findLast((one) => one.session === session);
}

/** By the id that reads and inspections name. */
export async function readMandate(store: Pick<Store, 'read'>, id: string): Promise<Mandate | undefined> {
  const account = id.slice(0, id.lastIndexOf('.'));
  return (await store.read(mandateStream(account))).map(mandateOf).find((one) => one.id === id);
}

export interface MandateWish {
  readonly number: string;
  readonly on: string;
  readonly scope: string;
  readonly session: string;
}

export async function stateMandate(
  wish: MandateWish,
  { id }: Pick<Account, 'id'>,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'stated' } | Refused> {
  const number = wish.number.trim();
  const scope = wish.scope.trim();
  if (number === '' || number.length > longestNumber) return noNumber;
  if (!isLocalDate(wish.on) || wish.on > localDateOf(now())) return noDay;
  if (scope.length < shortestScope || scope.length > longestScope) return noScope;
  const stream = mandateStream(id);
  await commitDeciding(store, async () => {
    const past = await store.read(stream);
    const at = now();
    const data = { number, on: wish.on, scope, session: wish.session };
    const row = { kind: 'mandate', status: 'stated', summary: { account: id, number, on: wish.on, since: at } };
    return {
      changes: [{ stream, readAt: past.length, entries: [{ kind: 'mandate-stated', at, by: id, data }], row }],
    };
  });
  return { outcome: 'stated' };
}

const noNumber = refused(
  `Hãy ghi số quyết định thanh tra, kiểm tra, kiểm toán (không quá ${longestNumber} ký tự).`,
  `State the number of the inspection decision (at most ${longestNumber} characters).`,
);
const noDay = refused(
  'Hãy ghi ngày của quyết định, không ở tương lai.',
  'State the day of the decision; it cannot be ahead.',
);
const noScope = refused(
  `Hãy ghi phạm vi kiểm tra bằng ${shortestScope} đến ${longestScope} ký tự: đơn vị, đợt, thời kỳ. Không ghi họ tên người hưởng.`,
  `State the scope in ${shortestScope} to ${longestScope} characters: units, batches, period. No names of people.`,
);
