/** An order (khoản chi trả): one transfer to one person, written before anything is sent. */
import * as z from 'zod';
import { hashOf } from '../hash.ts';
import { dataOf, lastOfKind, once } from './history.ts';
import type { Entry, Row, Store } from './store.ts';

export const orderOutcomes = ['credited', 'refused', 'returned', 'treasury-paid'] as const;
export type OrderOutcome = (typeof orderOutcomes)[number];

const ordered = z.object({
  reference: z.string(),
  part: z.string(),
  batch: z.string(),
  unit: z.string(),
  source: z.string(),
  slip: z.string(),
  attempt: z.number(),
  amount: z.string().regex(/^\d+$/),
  lines: z.array(z.object({ line: z.string(), amount: z.string() })),
  /** Sealed under the person's key. */
  account: z.string(),
  accountDigest: z.string(),
  decision: z.string(),
  /** Paid again from the deposit account; absent, withdrawn from the estimate. */
  from: z.literal('deposit').exactOptional(),
  /** The reference of the order that this one follows, after it came back. */
  replaces: z.string().optional(),
});
export type Ordered = z.infer<typeof ordered>;

const outcomeEntry = z.object({
  outcome: z.enum(orderOutcomes),
  on: z.string(),
  reason: z.string().optional(),
  file: z.string(),
});

export type OrderStatus = 'awaiting-unit' | 'sent' | 'unknown' | 'withdrawn' | OrderOutcome;

export interface Order extends Ordered {
  readonly entries: readonly Entry[];
  readonly status: OrderStatus;
  /** A result that contradicts what is known came in, and nobody has explained it yet. */
  readonly isContradicted: boolean;
  readonly reason?: string;
}

export function orderStream(reference: string): string {
  return `order/${reference}`;
}

/** The key that exists once for each line of a person and each attempt to pay it, whoever pays. */
export function moneyClaim(citizenDigest: string, line: string, attempt: number): string {
  return `money/${citizenDigest}/${line}/${attempt}`;
}

/** Digits and capitals without I, L, O and U, which are misread. */
const readable = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The reference: from person, decision, source and attempt. The same attempt always has the same reference. Ten
 * characters of 32 (50 bits) that can be read out on the telephone, and the attempt.
 */
export function referenceOf(caseId: string, decision: string, source: string, attempt: number): string {
  let bits = BigInt(`0x${hashOf({ caseId, decision, source }).slice(0, 13)}`);
  let text = '';
  for (let place = 0; place < 10; place += 1) {
    text += readable.charAt(Number(bits % 32n));
    bits /= 32n;
  }
  return `CT${text}-${attempt}`;
}

/** Kinds of entries that say where an order stands. */
const moves: readonly string[] = ['settled', 'sent', 'unknown', 'withdrawn'];
const references = new RegExp(`\\bCT[${readable}]{10}-\\d{1,3}\\b`, 'gu');

/** The one reference that a bank's or the Treasury's text names, whatever stands around it; else `undefined`. */
export function referenceIn(text: string): string | undefined {
  const found = new Set(text.toUpperCase().match(references));
  return found.size === 1 ? [...found][0] : undefined;
}

export async function readOrder(store: Store, reference: string): Promise<Order | undefined> {
  return orderOf(await store.read(orderStream(reference)));
}

const orderOf = once((entries): Order | undefined => {
  const first = entries[0];
  if (first === undefined) return undefined;
  const newest = entries.findLast(({ kind }) => moves.includes(kind));
  const settled = lastOfKind(entries, 'settled');
  const outcome = settled === undefined ? undefined : dataOf(settled, outcomeEntry);
  const status: OrderStatus =
    newest?.kind === 'settled' && outcome !== undefined
      ? outcome.outcome
      : newest?.kind === 'unknown' || newest?.kind === 'sent' || newest?.kind === 'withdrawn'
        ? newest.kind
        : 'awaiting-unit';
  return {
    ...dataOf(first, ordered),
    entries,
    status,
    isContradicted:
      entries.findLast(({ kind }) => kind === 'contradicted' || kind === 'explained')?.kind === 'contradicted',
    ...(outcome?.reason === undefined ? {} : { reason: outcome.reason }),
  };
});

/** Nothing more will be learnt of it. */
export function isClosed(status: OrderStatus): boolean {
  return status === 'credited' || status === 'refused' || status === 'returned' || status === 'withdrawn';
}

export function orderRow(
  order: Ordered,
  status: OrderStatus,
  since: string,
  reason?: string,
  isContradicted = false,
): Omit<Row, 'stream'> {
  return {
    kind: 'order',
    status,
    unit: order.unit,
    source: order.source,
    batch: order.batch,
    ...(isContradicted ? { waitingFor: contradicted } : {}),
    summary: {
      part: order.part,
      amount: order.amount,
      attempt: order.attempt,
      slip: order.slip,
      since,
      ...(reason === undefined ? {} : { reason }),
    },
  };
}

/** What an order's row waits for while a contradiction is unexplained. */
export const contradicted = 'explanation';

export const orderSummary = z.object({
  part: z.string(),
  amount: z.string(),
  attempt: z.number(),
  slip: z.string(),
  since: z.string(),
  reason: z.string().optional(),
});
