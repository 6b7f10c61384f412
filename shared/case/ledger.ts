/**
 * The ledger: every đồng of a unit's estimate in one account, by double entry. What the Treasury or a person takes and gives
 * is read off the entries of the histories themselves, each side from its own: what an order lets go, the estimate must
 * take up in the same commit, so that nothing stays between the two.
 */
import * as z from 'zod';
import type { Dong } from '../dong.ts';
import type { Entry } from './store.ts';

export const ledgerAccounts = [
  /** The budget that allots. */
  'province',
  /** Of the estimate, free. */
  'available',
  /** For people of a list; no order yet. */
  'reserved',
  /** Ordered, and not known to be anywhere else. */
  'ordered',
  /** The persons' own money. */
  'persons',
  /** Let go by an order, and not taken up by its estimate: always nothing. */
  'between',
  'blocked',
  'deposit',
  'lapsed',
  /** Given back to the budget. */
  'budget',
] as const;
export type LedgerAccount = (typeof ledgerAccounts)[number];

export interface Posting {
  readonly from: LedgerAccount;
  readonly to: LedgerAccount;
  readonly amount: Dong;
}

const amountOnly = z.object({ amount: z.string().regex(/^\d+$/) });
const place = z.object({ to: z.enum(['estimate', 'deposit', 'budget']) });
const keyed = z.object({ key: z.string().default('') });
const origin = z.object({ from: z.literal('deposit').optional() });
const closing = z.object({ outcome: z.enum(['carried', 'lapsed']) });
const settled = z.object({ outcome: z.enum(['credited', 'treasury-paid', 'refused', 'returned']) });
const placeNames = { estimate: 'available', deposit: 'deposit', budget: 'budget' } as const;

/** What an estimate's and its orders' entries move, in đồng; the order in which they are given does not matter. */
export function postingsOf(estimate: readonly Entry[], orders: readonly (readonly Entry[])[]): readonly Posting[] {
  return [...estimatePostings(estimate), ...orders.flatMap(orderPostings)];
}

function estimatePostings(entries: readonly Entry[]): readonly Posting[] {
  const blocked = new Set<string>();
  return entries.flatMap((entry): readonly Posting[] => {
    const data: unknown = JSON.parse(entry.data);
    const posting = (from: LedgerAccount, to: LedgerAccount) => [
      { from, to, amount: BigInt(amountOnly.parse(data).amount) },
    ];
    const { key } = keyed.parse(data);
    switch (entry.kind) {
      case 'allotted':
        return posting('province', 'available');
      case 'reserved':
        return posting('available', 'reserved');
      case 'spent-from-deposit':
        return posting('deposit', 'reserved');
      // A reservation's key names its attempt; an order's, its reference.
      case 'restored':
        return posting('reserved', 'available');
      case 'lapsed':
        return posting('reserved', 'lapsed');
      case 'blocked':
        blocked.add(key);
        return posting('between', 'blocked');
      case 'came-back':
        return posting(blocked.delete(key) ? 'blocked' : 'between', placeNames[place.parse(data).to]);
      case 'received':
        return posting('persons', placeNames[place.parse(data).to]);
      case 'year-closed':
        return closing.parse(data).outcome === 'lapsed' ? posting('available', 'lapsed') : [];
      default:
        return [];
    }
  });
}

function orderPostings(entries: readonly Entry[]): readonly Posting[] {
  const [first] = entries;
  if (first === undefined) return [];
  const { from } = origin.parse(JSON.parse(first.data));
  const amount = BigInt(amountOnly.parse(JSON.parse(first.data)).amount);
  const found: Posting[] = [{ from: 'reserved', to: 'ordered', amount }];
  for (const { kind, data } of entries) {
    // Taken back before it was sent: reserved again, for its estimate to free; or straight to the deposit account.
    if (kind === 'withdrawn') found.push({ from: 'ordered', to: from === 'deposit' ? 'between' : 'reserved', amount });
    if (kind !== 'settled') continue;
    const { outcome } = settled.parse(JSON.parse(data));
    if (outcome === 'credited') found.push({ from: 'ordered', to: 'persons', amount });
    if (outcome === 'refused' || outcome === 'returned') found.push({ from: 'ordered', to: 'between', amount });
  }
  return found;
}

export type Balances = Readonly<Record<LedgerAccount, Dong>>;

/** What stands in each account, đồng; `province` is what was allotted, with a minus. */
export function balancesOf(postings: readonly Posting[]): Balances {
  const balances: Record<LedgerAccount, Dong> = {
    province: 0n,
    available: 0n,
    reserved: 0n,
    ordered: 0n,
    persons: 0n,
    between: 0n,
    blocked: 0n,
    deposit: 0n,
    lapsed: 0n,
    budget: 0n,
  };
  for (const { from, to, amount } of postings) {
    balances[from] -= amount;
    balances[to] += amount;
  }
  return balances;
}

/** The accounts that are wrong: below nothing, or something where there must be nothing. */
export function faultsIn(balances: Balances): readonly LedgerAccount[] {
  return ledgerAccounts.filter((account) => {
    if (account === 'province') return false;
    return account === 'between' ? balances[account] !== 0n : balances[account] < 0n;
  });
}
