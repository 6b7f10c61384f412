/**
 * What other systems are told when something moves: made from the entries alone, so that the same entry always gives the same
 * message with the same id. References, statuses, amounts and instants; nothing that names a person, and no free text.
 */
import * as z from 'zod';
import { hashOf } from '../hash.ts';
import { decided, frozen, provincialDecision } from './batch.ts';
import { dataOf } from './history.ts';
import { statuses } from './lifecycle.ts';
import { caseIdOf, partSummary } from './part.ts';
import { type Entry, rowWritten } from './store.ts';

const batchEvents = [
  'batch.frozen',
  'batch.confirmed',
  'batch.rejected',
  'batch.decided',
  'batch.released',
  'batch.reported',
] as const;
/** By the status that a part came to. */
const partEvents = [
  'part.awaiting-unit',
  'part.sent',
  'part.treasury-paid',
  'part.credited',
  'part.refused',
  'part.returned',
  'part.unknown',
  'part.paid-elsewhere',
  'part.held',
  'part.cancelled',
] as const;
export const webhookEvents = [...batchEvents, ...partEvents] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

const amount = z.string().regex(/^\d+$/);

const batchData = z.object({
  batch: z.string(),
  code: z.string().exactOptional(),
  /** As the batch stands after it: `paying` once the People's Committee has decided. */
  status: z.string().exactOptional(),
  version: z.number().int().exactOptional(),
  step: z.string().exactOptional(),
  people: z.number().int().exactOptional(),
  total: amount.exactOptional(),
  decision: z.object({ number: z.string(), on: z.string() }).exactOptional(),
});
const partData = z.object({
  part: z.string(),
  case: z.string(),
  status: z.enum(statuses),
  unit: z.string().exactOptional(),
  batch: z.string().exactOptional(),
  /** Reference of the newest order. */
  payment: z.string().exactOptional(),
  amount: amount.exactOptional(),
});

/** The body as it is posted. */
export const webhookMessage = z.object({
  type: z.enum(webhookEvents),
  /** When it happened, not when it was sent. */
  timestamp: z.string(),
  data: z.union([partData, batchData]),
});
export type WebhookMessage = z.infer<typeof webhookMessage>;

export interface Webhook {
  /** The same for every sending and receiver: whoever gets it twice drops the second. */
  readonly id: string;
  readonly message: WebhookMessage;
}

/** In the order of the entries; nothing promises that they arrive so. */
export function webhooksOf(entries: readonly Entry[]): readonly Webhook[] {
  return entries.flatMap((entry) => {
    const [family, id] = splitStream(entry.stream);
    const told = family === 'batch' ? ofBatch(entry, id) : family === 'part' ? ofPart(entry, id) : undefined;
    if (told === undefined) return [];
    const { stream, seq, at } = entry;
    return [{ id: `msg_${hashOf({ stream, seq }).slice(0, 32)}`, message: { ...told, timestamp: at } }];
  });
}

type Told = Omit<WebhookMessage, 'timestamp'>;

const batchRowSummary = z.object({ code: z.string(), people: z.number(), total: amount });

function ofBatch(entry: Entry, batch: string): Told | undefined {
  const row = rowWritten(entry);
  const summary = batchRowSummary.safeParse(row?.summary).data ?? {};
  const data = { batch, ...(row === undefined ? {} : { status: row.status }), ...summary };
  switch (entry.kind) {
    case 'frozen':
      return { type: 'batch.frozen', data: { ...data, version: dataOf(entry, frozen).version } };
    case 'decided': {
      const { outcome, step, version } = dataOf(entry, decided);
      return { type: outcome === 'confirmed' ? 'batch.confirmed' : 'batch.rejected', data: { ...data, step, version } };
    }
    case 'provincial-decision': {
      const { number, on, people, total, version } = dataOf(entry, provincialDecision);
      return { type: 'batch.decided', data: { ...data, version, people, total, decision: { number, on } } };
    }
    case 'released':
      return { type: 'batch.released', data };
    case 'reported':
      return { type: 'batch.reported', data };
    default:
      return undefined;
  }
}

const moved = z.object({ status: z.enum(statuses), reference: z.string().optional(), batch: z.string().optional() });

function ofPart(entry: Entry, part: string): Told | undefined {
  const { status, reference, batch } = dataOf(entry, moved);
  const type = partEvents.find((event) => event === `part.${status}`);
  // An entry that leaves the part where it was tells nothing: another order is asked for, an account was mended.
  if (type === undefined || stays.includes(entry.kind)) return undefined;
  const row = rowWritten(entry);
  const summary = partSummary.partial().safeParse(row?.summary).data ?? {};
  const payment = reference ?? summary.reference;
  const inBatch = row?.batch ?? batch;
  return {
    type,
    data: {
      part,
      case: caseIdOf(part),
      status,
      ...(row?.unit === undefined ? {} : { unit: row.unit }),
      ...(inBatch === undefined ? {} : { batch: inBatch }),
      ...(payment === undefined ? {} : { payment }),
      ...(summary.total === undefined ? {} : { amount: summary.total }),
    },
  };
}

const stays: readonly string[] = ['order-again', 'account-confirmed'];

function splitStream(stream: string): readonly [family: string, id: string] {
  const cut = stream.indexOf('/');
  return [stream.slice(0, cut), stream.slice(cut + 1)];
}
