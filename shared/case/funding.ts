/** The estimate (dự toán) of one paying unit from one source: what was allotted, what orders have reserved of it. */
import * as z from 'zod';
import { dataOf, once } from './history.ts';
import type { Instant } from '../calendar.ts';
import { sum } from '../dong.ts';
import type { Change, Entry, NewEntry, Store } from './store.ts';

/**
 * What the Treasury checks of each voucher beside the unit's own code and chapter (Circular 77/2017/TT-BTC, article 4; Circular
 * 324/2016/TT-BTC): digits, as the paper that allots the estimate states them.
 */
export const budgetCodes = z.object({
  /** Mã cấp ngân sách: 1 central, 2 provincial, 3 district, 4 commune. */
  level: z.string().regex(/^[1-4]$/),
  /** Khoản, three digits. */
  category: z.string().regex(/^\d{3}$/),
  /** Tiểu mục (mã nội dung kinh tế), four digits. */
  item: z.string().regex(/^\d{4}$/),
  /** Mã tính chất nguồn kinh phí, two digits. */
  source: z.string().regex(/^\d{2}$/),
  /** The account the estimate is kept in at the Treasury, four digits. */
  account: z.string().regex(/^\d{4}$/),
  /** Mã chương trình mục tiêu, dự án, where there is one. */
  programme: z
    .string()
    .regex(/^\d{5}$/)
    .exactOptional(),
});
export type BudgetCodes = z.infer<typeof budgetCodes>;

const digits = z.string().regex(/^\d+$/);

const allotted = z.object({
  amount: digits,
  document: z.string(),
  on: z.string(),
  codes: budgetCodes.exactOptional(),
});
/** The shares of some orders; each key is the part and the attempt it is for. */
const reserved = z.object({ batch: z.string(), keys: z.array(z.string()), amount: digits });
/** Of the estimate again: a reservation that is not needed, a refusal, money that came back to it. */
const restored = z.object({ key: z.string(), amount: digits });
/** The bank sent it back, and nobody has said yet where it is. */
const blocked = z.object({ key: z.string(), amount: digits });
/** Where money that came back lies. Without a blocked sum before it, the result file said so at once. */
const cameBack = z.object({
  key: z.string(),
  amount: digits,
  to: z.enum(['estimate', 'deposit']),
  document: z.string().exactOptional(),
  on: z.string().exactOptional(),
});
/** Sent again from the deposit account: the new attempt's key, and the order whose money it is. */
const spentFromDeposit = z.object({ batch: z.string(), key: z.string(), from: z.string(), amount: digits });
/** Paid back by a person: recovered, or given back. */
const received = z.object({ key: z.string(), amount: digits, to: z.enum(['estimate', 'deposit', 'budget']) });
/** The end of a budget year: what is left lapses, or is carried over by a decision. */
const yearClosed = z.object({
  year: z.string().regex(/^\d{4}$/),
  outcome: z.enum(['carried', 'lapsed']),
  amount: digits,
  document: z.string(),
  on: z.string(),
});
export type YearClosed = z.infer<typeof yearClosed>;

export interface Estimate {
  readonly unit: string;
  readonly source: string;
  readonly entries: readonly Entry[];
  readonly allotted: bigint;
  /** Reserved for orders, ordered, or paid. */
  readonly held: bigint;
  readonly left: bigint;
  /** Returned by a bank and not seen anywhere yet, by the order's reference. */
  readonly blocked: ReadonlyMap<string, bigint>;
  /** In the unit's deposit account, by the order whose money it is. */
  readonly deposit: ReadonlyMap<string, bigint>;
  /** Paid back by persons, also to the budget itself. */
  readonly received: bigint;
  /** Of that, what went to the budget and cannot be paid out again. */
  readonly surrendered: bigint;
  /** Lapsed at the end of a year. */
  readonly lapsed: bigint;
  readonly years: readonly YearClosed[];
  /** When the last year was closed; what was ordered before belongs to a closed year. */
  readonly closedAt?: Instant;
  /** Of the newest paper that states them. */
  readonly codes?: BudgetCodes;
  /** For which attempts of which parts money is reserved, and by which batch. */
  readonly reservedKeys: ReadonlyMap<string, string>;
  /** Those of them that are paid from the deposit account. */
  readonly depositKeys: ReadonlySet<string>;
}

export function estimateStream(unit: string, source: string): string {
  return `estimate/${unit}.${source}`;
}

/** A unit without an estimate has one of nothing. */
export async function readEstimate(store: Pick<Store, 'read'>, unit: string, source: string): Promise<Estimate> {
  const entries = await store.read(estimateStream(unit, source));
  return entries.length === 0 ? estimateOf(unit, source, entries) : stored(entries);
}

const stored = once((entries): Estimate => {
  const [unit = '', source = ''] = (entries[0]?.stream ?? '').slice('estimate/'.length).split('.');
  return estimateOf(unit, source, entries);
});

/** What the entries of an estimate come to; those that are about to be written among them. */
function estimateOf(unit: string, source: string, all: readonly (Entry | NewEntry)[]): Estimate {
  const sums = { allotted: 0n, held: 0n, left: 0n, received: 0n, surrendered: 0n, lapsed: 0n };
  const blockedSums = new Map<string, bigint>();
  const deposit = new Map<string, bigint>();
  const reservedKeys = new Map<string, string>();
  const depositKeys = new Set<string>();
  const years: YearClosed[] = [];
  let closedAt: Instant | undefined;
  let codes: BudgetCodes | undefined;
  const reads: Readonly<Record<string, (data: unknown, at: Instant) => void>> = {
    allotted(data) {
      const allotment = allotted.parse(data);
      sums.allotted += BigInt(allotment.amount);
      sums.left += BigInt(allotment.amount);
      codes = allotment.codes ?? codes;
    },
    reserved(data) {
      const { batch, keys, amount } = reserved.parse(data);
      sums.held += BigInt(amount);
      sums.left -= BigInt(amount);
      for (const key of keys) reservedKeys.set(key, batch);
    },
    restored(data) {
      const { key, amount } = restored.parse(data);
      sums.held -= BigInt(amount);
      sums.left += BigInt(amount);
      reservedKeys.delete(key);
    },
    lapsed(data) {
      const { key, amount } = restored.parse(data);
      sums.held -= BigInt(amount);
      sums.lapsed += BigInt(amount);
      reservedKeys.delete(key);
    },
    blocked(data) {
      const { key, amount } = blocked.parse(data);
      sums.held -= BigInt(amount);
      blockedSums.set(key, BigInt(amount));
    },
    'came-back'(data) {
      const { key, amount, to } = cameBack.parse(data);
      if (!blockedSums.delete(key)) sums.held -= BigInt(amount);
      if (to === 'deposit') deposit.set(key, BigInt(amount));
      else sums.left += BigInt(amount);
    },
    'spent-from-deposit'(data) {
      const { batch, key, from, amount } = spentFromDeposit.parse(data);
      sums.held += BigInt(amount);
      deposit.delete(from);
      reservedKeys.set(key, batch);
      depositKeys.add(key);
    },
    received(data) {
      const { key, amount, to } = received.parse(data);
      sums.received += BigInt(amount);
      if (to === 'estimate') sums.left += BigInt(amount);
      if (to === 'deposit') deposit.set(key, BigInt(amount));
      if (to === 'budget') sums.surrendered += BigInt(amount);
    },
    'year-closed'(data, at) {
      closedAt = at;
      const closing = yearClosed.parse(data);
      years.push(closing);
      if (closing.outcome === 'carried') return;
      sums.left -= BigInt(closing.amount);
      sums.lapsed += BigInt(closing.amount);
    },
  };
  for (const { kind, data, at } of all) reads[kind]?.(typeof data === 'string' ? JSON.parse(data) : data, at);
  const entries = all.filter((entry): entry is Entry => 'hash' in entry);
  const stated = { ...(codes === undefined ? {} : { codes }), ...(closedAt === undefined ? {} : { closedAt }) };
  return { unit, source, entries, ...sums, blocked: blockedSums, deposit, years, ...stated, reservedKeys, depositKeys };
}

/** Whether this paper has allotted to the unit and source before. */
export function isAllotted({ entries }: Estimate, document: string, on: string): boolean {
  return entries.some((entry) => {
    if (entry.kind !== 'allotted') return false;
    const known = dataOf(entry, allotted);
    return known.document === document && known.on === on;
  });
}

/** What a reservation is for: a part and the attempt to pay it. */
export function reservationKey(partId: string, attempt: number): string {
  return `${partId}#${attempt}`;
}

export const estimateSummary = z.object({
  allotted: z.string(),
  left: z.string(),
  since: z.string(),
  /** Reserved, ordered or paid. */
  held: z.string().default('0'),
  blocked: z.string().default('0'),
  /** So many orders. */
  blockedOrders: z.number().default(0),
  deposit: z.string().default('0'),
  lapsed: z.string().default('0'),
  received: z.string().default('0'),
  surrendered: z.string().default('0'),
});

/** The change that appends these entries; the row is what they come to together with those that were read. */
export function estimateChange(estimate: Estimate, entries: readonly NewEntry[]): Change {
  const { unit, source, entries: past } = estimate;
  const after = estimateOf(unit, source, [...past, ...entries]);
  const total = (sums: ReadonlyMap<string, bigint>) => sum([...sums.values()]).toString();
  return {
    stream: estimateStream(unit, source),
    readAt: past.length,
    entries,
    row: {
      kind: 'estimate',
      status: 'open',
      unit,
      source,
      summary: {
        allotted: after.allotted.toString(),
        left: after.left.toString(),
        held: after.held.toString(),
        blocked: total(after.blocked),
        blockedOrders: after.blocked.size,
        deposit: total(after.deposit),
        lapsed: after.lapsed.toString(),
        received: after.received.toString(),
        surrendered: after.surrendered.toString(),
        since: entries.at(-1)?.at ?? '',
      },
    },
  };
}

/** What one commit writes on estimates: several people of a unit share one change of its estimate. */
export interface EstimateBook {
  /** As it is with what was added so far. */
  read(unit: string, source: string): Promise<Estimate>;
  add(unit: string, source: string, entry: NewEntry): Promise<void>;
  changes(): readonly Change[];
}

export function openEstimateBook(store: Pick<Store, 'read'>): EstimateBook {
  const known = new Map<string, { readonly past: Estimate; readonly added: NewEntry[] }>();
  const opened = async (unit: string, source: string) => {
    const stream = estimateStream(unit, source);
    const before = known.get(stream);
    if (before !== undefined) return before;
    const past = await readEstimate(store, unit, source);
    // Somebody may have asked for the same meanwhile.
    const found = known.get(stream) ?? { past, added: [] };
    known.set(stream, found);
    return found;
  };
  return {
    async read(unit, source) {
      const { past, added } = await opened(unit, source);
      return added.length === 0 ? past : estimateOf(unit, source, [...past.entries, ...added]);
    },
    async add(unit, source, entry) {
      (await opened(unit, source)).added.push(entry);
    },
    changes() {
      const written = [...known.values()].filter(({ added }) => added.length > 0);
      return written.map(({ past, added }) => estimateChange(past, added));
    },
  };
}
