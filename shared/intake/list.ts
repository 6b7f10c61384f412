/** A unit's list: the file as it came, what was read in it, what was submitted. */
import * as z from 'zod';
import { type Account, mayReach } from '../case/access.ts';
import { dataOf, lastOfKind } from '../case/history.ts';
import type { Entry, Row, Store } from '../case/store.ts';
import { type Block, blocks } from '../case/unit.ts';

/** Not the file's name: clerks name files after people, and a history is never erased. */
const uploaded = z.object({ file: z.string() });
/** Where the values of a table stand: the letter of each column by its key. */
const tablePlaces = z.object({
  sheet: z.string(),
  headingRow: z.number(),
  places: z.record(z.string(), z.string()),
});
const read = z.object({
  people: z.number(),
  faults: z.number(),
  warnings: z.number(),
  rows: z.number(),
  tables: z.array(tablePlaces),
  /** The block, where the list names people of one alone. */
  block: z.enum(blocks).exactOptional(),
  /** The reading, faults and all, and what the page shows of it, in Files. */
  reading: z.string(),
  report: z.string(),
});
const unreadable = z.object({
  vi: z.string(),
  en: z.string(),
  /** The columns whose meaning may be told, in Files: what stands under them is of persons. */
  columns: z.string().exactOptional(),
});
const submittedList = z.object({
  submitted: z.number(),
  corrected: z.number(),
  same: z.number(),
  elsewhere: z.array(z.string()),
  left: z.array(z.string()),
  /** Came after the cut-off: the month whose round it waits for. */
  round: z.string().exactOptional(),
});

/** The copy for the unit: its file with the faulty cells marked, or a table of the faults. */
const marked = z.object({ file: z.string(), as: z.enum(['copy', 'report']) });

/** The unit's signed submission (tờ trình). */
const submissionLetter = z.object({
  number: z.string(),
  on: z.string(),
  /** People it names. */
  count: z.number().int(),
  /** Đồng, where it states a sum. */
  total: z.string().exactOptional(),
  /** The signed scan, in Files. */
  paper: z.string(),
});
export type SubmissionLetter = z.infer<typeof submissionLetter>;

export interface List {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly by: string;
  readonly at: string;
  readonly file: string;
  readonly read?: z.infer<typeof read>;
  readonly unreadable?: z.infer<typeof unreadable>;
  readonly marked?: z.infer<typeof marked>;
  readonly submitted?: z.infer<typeof submittedList>;
  readonly letter?: SubmissionLetter;
}

/** The same file from the same account is one list, however often it is sent. */
export function fileClaim(accountId: string, file: string): string {
  return `list-file/${accountId}/${file}`;
}

export function listStream(listId: string): string {
  return `list/${listId}`;
}

export async function readListHistory(store: Store, listId: string): Promise<List | undefined> {
  const entries = await store.read(listStream(listId));
  const first = entries[0];
  if (first === undefined) return undefined;
  const reading = lastOfKind(entries, 'read');
  const failure = lastOfKind(entries, 'unreadable');
  // Columns that were told since make another reading worth a try.
  const failed = (lastOfKind(entries, 'columns-told')?.seq ?? -1) > (failure?.seq ?? -1) ? undefined : failure;
  const letter = lastOfKind(entries, 'submission-letter');
  const copy = lastOfKind(entries, 'marked');
  const sent = lastOfKind(entries, 'submitted');
  return {
    id: listId,
    entries,
    by: first.by,
    at: first.at,
    ...dataOf(first, uploaded),
    ...(reading === undefined ? {} : { read: dataOf(reading, read) }),
    ...(failed === undefined ? {} : { unreadable: dataOf(failed, unreadable) }),
    ...(letter === undefined ? {} : { letter: dataOf(letter, submissionLetter) }),
    ...(copy === undefined ? {} : { marked: dataOf(copy, marked) }),
    ...(sent === undefined ? {} : { submitted: dataOf(sent, submittedList) }),
  };
}

export const listSummary = z.object({
  by: z.string(),
  at: z.string(),
  people: z.number(),
  faults: z.number(),
  submitted: z.number().optional(),
  block: z.enum(blocks).optional(),
});

/** A clerk sees their own lists, the Party Organisation Board those of its block, the departments all but those. */
export function mayReachList(
  account: Account,
  { by, block }: { readonly by: string; readonly block?: Block | undefined },
) {
  if (account.role === 'unit-clerk') return by === account.id;
  return mayReach(account, { unit: '', block, isWithBoard: block === 'party' });
}

export interface ListCounts {
  readonly people: number;
  readonly faults: number;
  readonly submitted?: number;
  readonly block?: Block;
}

export function listRow(
  list: List,
  status: 'uploaded' | 'read' | 'unreadable' | 'submitted',
  more: ListCounts,
): Omit<Row, 'stream'> {
  return { kind: 'list', status, summary: { by: list.by, at: list.at, ...more } };
}
