/**
 * What the bus is told of the histories: which entries a commit added to which stream, never what is in them. The table's stream
 * goes through a Pipe to the bus; whoever is told reads the history.
 */
import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import * as z from 'zod';
import { Permanent, Transient } from '../../shared/case/faults.ts';
import { headSeq, readHead } from './dynamo-items.ts';
import { isBusy, ladder, pause, type Pause, service } from './faults.ts';

export const busSource = 'chi-tra';
export const entriesDetailType = 'entries';

const entriesTold = z.object({
  stream: z.string(),
  entries: z.array(z.object({ seq: z.number().int().positive(), kind: z.string(), at: z.string() })).min(1),
});
/** New entries of one stream, in their order. */
export type EntriesTold = z.infer<typeof entriesTold>;

const number = z.object({ N: z.coerce.number() });
const text = z.object({ S: z.string() });
/** Binary attributes come as base64. */
const headImage = z.object({
  stream: text,
  seq: number,
  last: number,
  entries: z.object({ B: z.string() }),
  row: text.optional(),
});
const streamRecord = z.object({
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  dynamodb: z.object({
    Keys: z.object({ stream: text, seq: number }),
    NewImage: z.record(z.string(), z.unknown()).optional(),
    OldImage: z.object({ last: number.optional() }).optional(),
  }),
});

/**
 * Takes the records of the histories table's stream, with new and old images, as a Pipe hands them over; gives a detail for each
 * head that has new entries. Sealed entries and claims say nothing of their own.
 */
export function toldOf(records: unknown): readonly EntriesTold[] {
  return parsed(z.array(streamRecord), records).flatMap(({ eventName, dynamodb: { Keys, NewImage, OldImage } }) => {
    if (eventName === 'REMOVE' || Keys.seq.N !== headSeq || NewImage?.['entries'] === undefined) return [];
    const image = parsed(headImage, NewImage);
    const head = readHead({
      stream: image.stream.S,
      seq: image.seq.N,
      last: image.last.N,
      entries: Buffer.from(image.entries.B, 'base64'),
      ...(image.row === undefined ? {} : { row: image.row.S }),
    });
    const before = OldImage?.last?.N ?? 0;
    const entries = head.tail.filter(({ seq }) => seq > before).map(({ seq, kind, at }) => ({ seq, kind, at }));
    return entries.length === 0 ? [] : [{ stream: head.stream, entries }];
  });
}

const busEvent = z.object({
  source: z.literal(busSource),
  'detail-type': z.literal(entriesDetailType),
  detail: entriesTold,
});

/** Takes an event as a rule of the bus hands it over. Throws Permanent for one that is not ours. */
export function readBusEvent(event: unknown): EntriesTold {
  return parsed(busEvent, event).detail;
}

/** Puts details on the bus, as the Pipe does; gives what it takes to be told. */
export interface Bus {
  /** Throws Transient when some could not be put at the ladder's end, and Permanent for one that the bus will never take. */
  tell(details: readonly EntriesTold[]): Promise<void>;
}

/** The bus takes no more in one request. */
const mostAtOnce = 10;

export function eventBridgeBus(
  client: EventBridgeClient,
  { busName, wait = pause }: { readonly busName: string; readonly wait?: Pause },
): Bus {
  const ask = service('the event bus', wait);

  /** Those of which the bus says that they failed are put again, and no others. */
  async function put(entries: readonly PutEventsRequestEntry[]): Promise<void> {
    let left = entries;
    for (const step of [...ladder, undefined]) {
      const { Entries = [] } = await ask(async () => client.send(new PutEventsCommand({ Entries: [...left] })));
      left = left.filter((_, index) => hasFailed(Entries[index]));
      if (left.length === 0) return;
      if (step !== undefined) await wait(step);
    }
    throw new Transient(`the event bus is busy: ${left.length} of ${entries.length} events were not put`);
  }

  return {
    async tell(details) {
      for (let from = 0; from < details.length; from += mostAtOnce) {
        const some = details.slice(from, from + mostAtOnce);
        await put(
          some.map((detail) => ({
            EventBusName: busName,
            Source: busSource,
            DetailType: entriesDetailType,
            Detail: JSON.stringify(entriesTold.parse(detail)),
          })),
        );
      }
    },
  };
}

function hasFailed(result: PutEventsResultEntry | undefined): boolean {
  const { ErrorCode: code } = result ?? {};
  if (code === undefined) return false;
  if (code !== failedInside && !isBusy(code)) throw new Permanent(`the event bus will not take an event: ${code}`);
  return true;
}

/** How the bus says, in an answer of many, that its own failed. */
const failedInside = 'InternalFailure';

function parsed<T>(shape: z.ZodType<T>, given: unknown): T {
  const read = shape.safeParse(given);
  if (!read.success) throw new Permanent(`an event is not as the bus tells them: ${z.prettifyError(read.error)}`);
  return read.data;
}
