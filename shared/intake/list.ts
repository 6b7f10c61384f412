/** A unit's list: the file as it came, what was read in it, what was submitted. */
import * as z from 'zod';
import { dataOf, lastOfKind } from '../case/history.ts';
import type { Entry, Row, Store } from '../case/store.ts';

/** Not the file's name: clerks name files after people, and a history is never erased. */
const uploaded = z.object({ file: z.string() });
const read = z.object({
  people: z.number(),
  faults: z.number(),
  warnings: z.number(),
  rows: z.number(),
  /** The reading, faults and all, in Files. */
  reading: z.string(),
});
const unreadable = z.object({ vi: z.string(), en: z.string() });
const submittedList = z.object({ submitted: z.number(), alreadyThere: z.array(z.number()) });

export interface List {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly by: string;
  readonly at: string;
  readonly file: string;
  readonly read?: z.infer<typeof read>;
  readonly unreadable?: z.infer<typeof unreadable>;
  readonly submitted?: z.infer<typeof submittedList>;
}

export function listStream(listId: string): string {
  return `list/${listId}`;
}

export async function readListHistory(store: Store, listId: string): Promise<List | undefined> {
  const entries = await store.read(listStream(listId));
  const first = entries[0];
  if (first === undefined) return undefined;
  const reading = lastOfKind(entries, 'read');
  const failed = lastOfKind(entries, 'unreadable');
  const sent = lastOfKind(entries, 'submitted');
  return {
    id: listId,
    entries,
    by: first.by,
    at: first.at,
    ...dataOf(first, uploaded),
    ...(reading === undefined ? {} : { read: dataOf(reading, read) }),
    ...(failed === undefined ? {} : { unreadable: dataOf(failed, unreadable) }),
    ...(sent === undefined ? {} : { submitted: dataOf(sent, submittedList) }),
  };
}

export const listSummary = z.object({
  by: z.string(),
  at: z.string(),
  people: z.number(),
  faults: z.number(),
  submitted: z.number().optional(),
});

export function listRow(
  list: List,
  status: 'uploaded' | 'read' | 'unreadable' | 'submitted',
  more: { people: number; faults: number; submitted?: number },
): Omit<Row, 'stream'> {
  return { kind: 'list', status, summary: { by: list.by, at: list.at, ...more } };
}
