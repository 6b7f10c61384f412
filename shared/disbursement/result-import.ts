/** The history of one result file: that it was taken in, by whom, and what became of its lines. Claimed by its hash. */
import * as z from 'zod';
import { commitDeciding, dataOf, lastOfKind } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import type { Row, Store } from '../case/store.ts';
import { sum } from '../dong.ts';
import { canonical } from '../hash.ts';
import { type ClassedLine, type LineClass, lineClasses } from './result-classes.ts';

/** What Finance asks for: a stored file, the batch it is imported at, who sent it, and the figures of its covering page. */
export const resultImport = z.object({
  file: z.string(),
  by: z.string(),
  batch: z.string().exactOptional(),
  sender: z.string().exactOptional(),
  control: z.object({ count: z.number(), total: z.string().regex(/^\d+$/) }).exactOptional(),
});

/** An import that waits until somebody has told what the sender's columns or words mean. */
export const askedColumns = z.object({
  import: resultImport,
  headings: z.array(z.string()),
  samples: z.array(z.array(z.string())),
  words: z.array(z.string()),
});

const importOf = z.object({
  batch: z.string().exactOptional(),
  sender: z.string().exactOptional(),
  lines: z.number(),
  total: z.string().regex(/^\d+$/),
});
export type ImportOf = z.infer<typeof importOf>;

const counted = z.object({ lines: z.number(), total: z.string().regex(/^\d+$/) });
const importCounts = z.partialRecord(z.enum(lineClasses), counted);
/** Lines and their sum by class; a class without a line is absent. */
export type ImportCounts = z.infer<typeof importCounts>;

const classed = z.object({
  counts: importCounts,
  /** The lines that were not applied, in Files. */
  others: z.string(),
  /** The file that goes back to the sender, in Files. */
  feedback: z.string().exactOptional(),
  /** Nothing more can come of the file. */
  isClosed: z.boolean(),
});

/** Also what the row says. */
export const importSummary = importOf.extend({
  at: z.string(),
  by: z.string(),
  counts: importCounts.exactOptional(),
});

const storedLine = z.object({
  row: z.number(),
  reference: z.string(),
  amount: z.string().exactOptional(),
  on: z.string().exactOptional(),
  class: z.enum(lineClasses),
  says: z.object({ vi: z.string(), en: z.string() }).exactOptional(),
});
export type StoredLine = z.infer<typeof storedLine>;

/** So many are kept for the page; all of them stand in the file that goes back. */
const mostOthers = 1000;

/** What imported again can still be applied: once the sending is recorded, at the other batch, once the words are told. */
const staysOpen: readonly LineClass[] = ['not-sent', 'wrong-batch', 'unknown', 'unreadable'];

export function resultStream(fileHash: string): string {
  return `result/${fileHash}`;
}

export interface ResultImport extends ImportOf {
  readonly file: string;
  readonly at: string;
  readonly by: string;
  /** Absent while it is under way, or was interrupted. */
  readonly classed?: z.infer<typeof classed>;
}

export async function readImport(store: Store, fileHash: string): Promise<ResultImport | undefined> {
  const entries = await store.read(resultStream(fileHash));
  const first = entries.find(({ kind }) => kind === 'imported');
  if (first === undefined) return undefined;
  const last = lastOfKind(entries, 'classed');
  const { at, by } = first;
  return {
    file: fileHash,
    at,
    by,
    ...dataOf(first, importOf),
    ...(last === undefined ? {} : { classed: dataOf(last, classed) }),
  };
}

/** The lines that were not applied, as many as are kept for the page. */
export async function readOthers(
  { classed: of }: ResultImport,
  { files }: Pick<Ports, 'files'>,
): Promise<readonly StoredLine[]> {
  const content = of === undefined ? undefined : await files.get(of.others);
  return content === undefined ? [] : z.array(storedLine).parse(JSON.parse(new TextDecoder().decode(content)));
}

/** Claims the file, so that it is imported once. The same import, run again after a kill, goes on. */
export async function claimFile(
  fileHash: string,
  of: ImportOf,
  by: string,
  { store, now }: Ports,
): Promise<Refused | undefined> {
  const stream = resultStream(fileHash);
  const outcome = await commitDeciding(store, async () => {
    const entries = await store.read(stream);
    const last = lastOfKind(entries, 'classed');
    if (last !== undefined && dataOf(last, classed).isClosed) return { stop: 'closed' as const };
    if (entries.length > 0) return { stop: 'goes on' as const };
    const at = now();
    const entry = { kind: 'imported', at, by, data: of };
    return { changes: [{ stream, readAt: 0, entries: [entry], row: rowOf('imported', { ...of, at, by }) }] };
  });
  if (outcome.outcome !== 'stopped' || outcome.stop === 'goes on') return undefined;
  return refused(
    'Tệp này đã được nhập trước đó; kết quả của nó đã được ghi. Không cần nhập lại.',
    'This file was imported before and its results are recorded. There is no need to import it again.',
  );
}

function rowOf(status: string, summary: z.infer<typeof importSummary>): Omit<Row, 'stream'> {
  return { kind: 'result', status, ...(summary.batch === undefined ? {} : { batch: summary.batch }), summary };
}

/** Records what became of the lines; the same once more records nothing. */
export async function closeFile(
  fileHash: string,
  of: ImportOf,
  lines: readonly ClassedLine[],
  feedback: string | undefined,
  by: string,
  { store, files, now }: Ports,
): Promise<ImportCounts> {
  const counts = countsOf(lines);
  const others = lines
    .filter((line) => line.class !== 'matched')
    .slice(0, mostOthers)
    .map(({ row, reference, amount, on, class: one, says }) => ({
      row,
      reference,
      ...(amount === undefined ? {} : { amount: amount.toString() }),
      ...(on === undefined ? {} : { on }),
      class: one,
      ...(says === undefined ? {} : { says }),
    }));
  const data: z.infer<typeof classed> = {
    counts,
    others: await files.put(new TextEncoder().encode(JSON.stringify(others))),
    isClosed: lines.every((line) => !staysOpen.includes(line.class)),
    ...(feedback === undefined ? {} : { feedback }),
  };
  const stream = resultStream(fileHash);
  await commitDeciding(store, async () => {
    const entries = await store.read(stream);
    if (lastOfKind(entries, 'classed')?.data === canonical(data)) return { stop: 'known' };
    const at = now();
    const { at: first = at, by: importer = by } = entries[0] ?? {};
    const row = rowOf(data.isClosed ? 'closed' : 'open', { ...of, at: first, by: importer, counts });
    return { changes: [{ stream, readAt: entries.length, entries: [{ kind: 'classed', at, by, data }], row }] };
  });
  return counts;
}

function countsOf(lines: readonly ClassedLine[]): ImportCounts {
  return Object.fromEntries(
    lineClasses.flatMap((one) => {
      const own = lines.filter((line) => line.class === one);
      const total = sum(own.map(({ amount }) => amount ?? 0n)).toString();
      return own.length === 0 ? [] : [[one, { lines: own.length, total }]];
    }),
  );
}
