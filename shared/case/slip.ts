/**
 * A payment slip of one paying unit (giấy rút dự toán) with its list of beneficiaries (Mẫu số 09). Three people of the
 * unit confirm it, and the sending through the Treasury's own service is recorded.
 */
import * as z from 'zod';
import { dataOf, lastOfKind, ofKind, once } from './history.ts';
import type { Entry, Row, Store } from './store.ts';

/** Withdrawn from the estimate, or paid from the unit's deposit account, where money that came back may lie. */
export const slipOrigins = ['estimate', 'deposit'] as const;
export type SlipOrigin = (typeof slipOrigins)[number];

const made = z.object({
  batch: z.string(),
  unit: z.string(),
  source: z.string(),
  decision: z.string(),
  references: z.string(),
  people: z.number(),
  total: z.string().regex(/^\d+$/),
  beneficiaryList: z.string(),
  from: z.enum(slipOrigins).default('estimate'),
  /** The files that were made with it, each with what proves it whole; a slip of before has none but its list. */
  files: z
    .array(
      z.object({
        kind: z.string(),
        hash: z.string(),
        count: z.number().int(),
        total: z.string().regex(/^\d+$/),
        check: z.string(),
      }),
    )
    .default([]),
});
/** Somebody took a file; again only with a reason. */
const fileTaken = z.object({
  file: z.string(),
  hash: z.string(),
  again: z.literal(true).exactOptional(),
  reason: z.string().exactOptional(),
});
const withdrawn = z.object({ reason: z.string(), hold: z.array(z.string()) });
const sent = z.object({ number: z.string(), on: z.string() });

/** In this order, by three different people. */
export const signatures = ['prepared', 'accountant-confirmed', 'holder-confirmed'] as const;
export type Signature = (typeof signatures)[number];

export interface Slip extends z.infer<typeof made> {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly madeAt: string;
  readonly signed: readonly { readonly signature: Signature; readonly by: string; readonly at: string }[];
  /** Taken back by Finance before it was sent; `hold` names the parts that are held. */
  readonly withdrawn?: z.infer<typeof withdrawn> & { readonly by: string; readonly at: string };
  readonly sent?: z.infer<typeof sent> & { readonly by: string; readonly at: string };
  /** In the order in which they were taken. */
  readonly taken: readonly (z.infer<typeof fileTaken> & { readonly by: string; readonly at: string })[];
}

export type SlipStatus =
  | 'to-prepare'
  | 'to-confirm-accountant'
  | 'to-confirm-holder'
  | 'to-send'
  | 'sent'
  | 'withdrawn';

export function slipStream(slipId: string): string {
  return `slip/${slipId}`;
}

export function slipIdOf(batchId: string, unit: string, round: number, from: SlipOrigin): string {
  return `${batchId}.${unit}.${round}${from === 'deposit' ? 'd' : ''}`;
}

export async function readSlip(store: Store, slipId: string): Promise<Slip | undefined> {
  return slipOf(await store.read(slipStream(slipId)));
}

const slipOf = once((entries): Slip | undefined => {
  const first = lastOfKind(entries, 'made');
  if (first === undefined) return undefined;
  const sending = lastOfKind(entries, 'sent');
  const taken = lastOfKind(entries, 'withdrawn');
  return {
    id: first.stream.slice(slipStream('').length),
    ...dataOf(first, made),
    entries,
    madeAt: first.at,
    signed: signatures.flatMap((signature) => ofKind(entries, signature).map(({ by, at }) => ({ signature, by, at }))),
    ...(taken === undefined ? {} : { withdrawn: { ...dataOf(taken, withdrawn), by: taken.by, at: taken.at } }),
    taken: ofKind(entries, 'file-taken').map((entry) => ({ ...dataOf(entry, fileTaken), by: entry.by, at: entry.at })),
    ...(sending === undefined ? {} : { sent: { ...dataOf(sending, sent), by: sending.by, at: sending.at } }),
  };
});

export function slipStatus({
  signed,
  sent: sending,
  withdrawn: taken,
}: Pick<Slip, 'signed' | 'sent' | 'withdrawn'>): SlipStatus {
  if (taken !== undefined) return 'withdrawn';
  if (sending !== undefined) return 'sent';
  return (['to-prepare', 'to-confirm-accountant', 'to-confirm-holder', 'to-send'] as const)[signed.length] ?? 'to-send';
}

export const slipSummary = z.object({ people: z.number(), total: z.string(), since: z.string(), decision: z.string() });

export function slipRow(slip: z.infer<typeof made>, status: SlipStatus, since: string): Omit<Row, 'stream'> {
  const { unit, source, batch, people, total, decision } = slip;
  return { kind: 'slip', status, unit, source, batch, summary: { people, total, since, decision } };
}
