/** What became of earlier payments to one account, anybody's: one history an account, under its keyed digest. */
import * as z from 'zod';
import { dataOf } from './history.ts';
import type { Order, OrderOutcome } from './order.ts';
import type { Change, Entry, Store } from './store.ts';

const noted = z.object({
  outcome: z.enum(['credited', 'came-back']),
  reference: z.string(),
  on: z.string(),
  /** Of the table of return reasons; what a bank wrote may name somebody, so only its code is kept. */
  code: z.string().exactOptional(),
});

export interface AccountPast {
  readonly credited: number;
  readonly cameBack: number;
  /** Of the newest payment that came back. */
  readonly code?: string;
  /** The newest payment to it arrived. */
  readonly isGoodNow: boolean;
}

function accountStream(digest: string): string {
  return `account/${digest}`;
}

/** An account that no order was settled on has a past of nothing. */
export async function readAccountPast(store: Pick<Store, 'read'>, digest: string): Promise<AccountPast> {
  const said = (await store.read(accountStream(digest))).map((entry) => dataOf(entry, noted));
  const back = said.filter(({ outcome }) => outcome === 'came-back');
  const code = back.at(-1)?.code;
  return {
    credited: said.length - back.length,
    cameBack: back.length,
    ...(code === undefined ? {} : { code }),
    isGoodNow: said.at(-1)?.outcome === 'credited',
  };
}

export interface Settlement {
  readonly outcome: OrderOutcome;
  readonly on: string;
  /** The code of the reason, where the money came back. */
  readonly code?: string;
  readonly by: string;
  readonly at: string;
}

/**
 * The change that notes a settled order in its account's history; `undefined` where the outcome says nothing of the account:
 * the Treasury has paid and the bank not yet, or the Treasury refused for a reason of its own (T1 to T7). `pending` holds what
 * this commit changes already: two orders to one account share one change. Noted once an order and outcome.
 */
export async function accountNote(
  { reference, accountDigest }: Pick<Order, 'reference' | 'accountDigest'>,
  { outcome, on, code, by, at }: Settlement,
  pending: ReadonlyMap<string, Change>,
  store: Pick<Store, 'read'>,
): Promise<Change | undefined> {
  if (outcome === 'treasury-paid' || (outcome === 'refused' && (code === undefined || code.startsWith('T')))) {
    return undefined;
  }
  const stream = accountStream(accountDigest);
  const past = await store.read(stream);
  const said = outcome === 'credited' ? 'credited' : 'came-back';
  if (past.some((entry) => isOf(entry, reference, said))) return undefined;
  const data = { outcome: said, reference, on, ...(code === undefined ? {} : { code }) };
  const before = pending.get(stream)?.entries ?? [];
  return { stream, readAt: past.length, entries: [...before, { kind: 'order-settled', at, by, data }] };
}

function isOf(entry: Entry, reference: string, outcome: string): boolean {
  const known = dataOf(entry, noted);
  return known.reference === reference && known.outcome === outcome;
}
