/** An order (khoản chi trả): one transfer to one person, written before anything is sent. */
import * as z from 'zod';
import { hashOf } from '../hash.ts';
import { dataOf, lastOfKind } from './history.ts';
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

export type OrderStatus = 'awaiting-unit' | 'sent' | 'unknown' | OrderOutcome;

export interface Order extends Ordered {
  readonly entries: readonly Entry[];
  readonly status: OrderStatus;
  readonly reason?: string;
}

export function orderStream(reference: string): string {
  return `order/${reference}`;
}

/**
 * The reference: from person, decision, source and attempt. The same attempt always has the same reference.
 * Fourteen characters that can be read out on the telephone.
 */
export function referenceOf(caseId: string, decision: string, source: string, attempt: number): string {
  const digits = BigInt(`0x${hashOf({ caseId, decision, source }).slice(0, 15)}`)
    .toString()
    .padStart(18, '0')
    .slice(-10);
  return `CT${digits}-${attempt}`;
}

export async function readOrder(store: Store, reference: string): Promise<Order | undefined> {
  const entries = await store.read(orderStream(reference));
  const first = entries[0];
  if (first === undefined) return undefined;
  const newest = entries.findLast(({ kind }) => kind === 'settled' || kind === 'sent' || kind === 'unknown');
  const settled = lastOfKind(entries, 'settled');
  const outcome = settled === undefined ? undefined : dataOf(settled, outcomeEntry);
  const status: OrderStatus =
    newest?.kind === 'settled' && outcome !== undefined
      ? outcome.outcome
      : newest?.kind === 'unknown'
        ? 'unknown'
        : newest?.kind === 'sent'
          ? 'sent'
          : 'awaiting-unit';
  return {
    ...dataOf(first, ordered),
    entries,
    status,
    ...(outcome?.reason === undefined ? {} : { reason: outcome.reason }),
  };
}

/** Nothing more will be learnt of it. */
export function isClosed(status: OrderStatus): boolean {
  return status === 'credited' || status === 'refused' || status === 'returned';
}

export function orderRow(order: Ordered, status: OrderStatus, since: string, reason?: string): Omit<Row, 'stream'> {
  return {
    kind: 'order',
    status,
    unit: order.unit,
    source: order.source,
    batch: order.batch,
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

export const orderSummary = z.object({
  part: z.string(),
  amount: z.string(),
  attempt: z.number(),
  slip: z.string(),
  since: z.string(),
  reason: z.string().optional(),
});
