/** What lies in the table, written and read back; `dynamo-store.ts` says what each item is for. Every item is parsed. */
import { claimMark } from './table-shape.ts';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { Permanent } from '../../shared/case/faults.ts';
import { beforeFirst, type Entry, type Last, type Row } from '../../shared/case/store.ts';
import { canonical } from '../../shared/hash.ts';

/** Sort key of a stream's head and of a claim; a sealed item has the number of its first entry. */
export const headSeq = 0;
/** No item inflates to more: a head is sealed as soon as a transaction has room for it. */
const mostInflated = 32_000_000;

export interface Head {
  readonly stream: string;
  readonly last: Last;
  /** The newest entries, with the bytes that they are stored as. */
  readonly tail: readonly Entry[];
  readonly stored: Uint8Array;
  /** Read only when it is asked for: whoever reads a history does not. */
  row(): Row | undefined;
}

/** Throws for a stream that could be taken for a claim. */
export function headKey(stream: string): { readonly stream: string; readonly seq: number } {
  if (stream.startsWith(claimMark)) throw new RangeError(`a stream may not be named ${claimMark}…`);
  return { stream, seq: headSeq };
}

export function claimKey(key: string): { readonly stream: string; readonly seq: number } {
  return { stream: `${claimMark}${key}`, seq: headSeq };
}

export function claimItem(key: string, holder: string) {
  return { ...claimKey(key), holder };
}

const claimShape = z.object({ stream: z.string(), holder: z.string() });

export function readClaim(item: unknown): { readonly key: string; readonly holder: string } {
  const { stream, holder } = parsed(claimShape, item);
  return { key: stream.slice(claimMark.length), holder };
}

const refusedShape = z.object({ holder: z.object({ S: z.string() }) });

/** The claim that a cancelled transaction shows: the document client leaves what is in an error as it came over the wire. */
export function holderOfRefused(item: unknown): string {
  return parsed(refusedShape, item).holder.S;
}

/** Takes all entries since the last sealed one, as `packed` gives them, and the row that is in force after them. */
export function headItem(stream: string, last: number, stored: Uint8Array, tail: readonly Entry[], row?: Row) {
  const isTold = rowOf(stream, tail) !== undefined;
  return {
    ...headKey(stream),
    last,
    entries: stored,
    ...(row === undefined ? {} : { kind: row.kind }),
    ...(row?.batch === undefined ? {} : { kindAndBatch: kindAndBatch(row.kind, row.batch) }),
    // The newest entry with a row tells it; only when that one is sealed already, the head carries it.
    ...(row === undefined || isTold ? {} : { row: canonical({ ...row, stream: undefined }) }),
  };
}

export function kindAndBatch(kind: string, batch: string): string {
  return `${kind}/${batch}`;
}

const headShape = z.object({
  stream: z.string(),
  seq: z.literal(headSeq),
  last: z.number().int().positive(),
  entries: z.instanceof(Uint8Array),
  row: z.string().optional(),
});

export function readHead(item: unknown): Head {
  const { stream, last, entries: stored, row } = parsed(headShape, item);
  const tail = unpacked(stream, stored);
  const newest = tail.at(-1);
  if (newest?.seq !== last) throw new Permanent(`the head of ${stream} does not end with entry ${last}`);
  return { stream, last: newest, tail, stored, row: () => rowOf(stream, tail) ?? rowFrom(stream, row) };
}

/** Of a stream that does not exist yet. */
export const noHead: Pick<Head, 'last' | 'tail'> = { last: beforeFirst, tail: [] };

/** Entries that the head holds no longer; never written again. */
export function sealedItem({ stream, tail, stored }: Head) {
  return { stream, seq: tail[0]?.seq ?? headSeq, entries: stored };
}

const sealedShape = z.object({
  stream: z.string(),
  seq: z.number().int().positive(),
  entries: z.instanceof(Uint8Array),
});

export function readSealed(item: unknown): readonly Entry[] {
  const { stream, entries } = parsed(sealedShape, item);
  return unpacked(stream, entries);
}

/** Whether an item is a claim, and not of a history. */
export function isClaim(item: Readonly<Record<string, unknown>>): boolean {
  const { stream } = item;
  return typeof stream === 'string' && stream.startsWith(claimMark);
}

/** Whether an item of a history is its head. */
export function isHead(item: Readonly<Record<string, unknown>>): boolean {
  return item['seq'] === headSeq;
}

const entryShape = z.tuple([
  z.number().int(),
  z.string(),
  z.string(),
  z.string(),
  z.string(),
  z.string(),
  z.string(),
  z.string(),
]);
const entriesShape = z.array(entryShape).min(1);

/** Entries of one stream as a deflated list of lists: successive rows are nearly alike, so that they take little room. */
export function packed(entries: readonly Entry[]): Uint8Array {
  const lists = entries.map(({ seq, at, by, kind, data, effects, previousHash, hash }) => {
    return [seq, at, by, kind, data, effects, previousHash, hash];
  });
  return deflateRawSync(JSON.stringify(lists));
}

function unpacked(stream: string, stored: Uint8Array): readonly Entry[] {
  const text = inflateRawSync(stored, { maxOutputLength: mostInflated }).toString('utf8');
  const lists = parsed(entriesShape, JSON.parse(text));
  return lists.map(([seq, at, by, kind, data, effects, previousHash, hash]) => {
    return { stream, seq, at, by, kind, data, effects, previousHash, hash };
  });
}

const rowShape = z.object({
  kind: z.string(),
  status: z.string(),
  unit: z.string().optional(),
  source: z.string().optional(),
  batch: z.string().optional(),
  waitingFor: z.string().optional(),
  summary: z.record(z.string(), z.unknown()),
});
const effectsShape = z.object({ row: rowShape.optional() });

/** The row that the newest of these entries with a row tells. */
export function rowOf(stream: string, entries: readonly Entry[]): Row | undefined {
  for (const { effects } of entries.toReversed()) {
    const row = rowIn(stream, effects);
    if (row !== undefined) return row;
  }
  return undefined;
}

function rowIn(stream: string, effects: string): Row | undefined {
  if (effects === '') return undefined;
  const { row } = parsed(effectsShape, JSON.parse(effects));
  return row === undefined ? undefined : rowWith(stream, row);
}

function rowFrom(stream: string, text: string | undefined): Row | undefined {
  return text === undefined ? undefined : rowWith(stream, parsed(rowShape, JSON.parse(text)));
}

function rowWith(stream: string, { unit, source, batch, waitingFor, ...rest }: z.infer<typeof rowShape>): Row {
  return {
    stream,
    ...rest,
    ...(unit === undefined ? {} : { unit }),
    ...(source === undefined ? {} : { source }),
    ...(batch === undefined ? {} : { batch }),
    ...(waitingFor === undefined ? {} : { waitingFor }),
  };
}

function parsed<T>(shape: z.ZodType<T>, item: unknown): T {
  const read = shape.safeParse(item);
  if (!read.success)
    throw new Permanent(`an item of the table is not as it was written: ${z.prettifyError(read.error)}`);
  return read.data;
}
