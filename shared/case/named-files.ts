/** Which files histories name by the hash of their content: without them papers, lists and sums cannot be shown again. */
import type { Entry } from './store.ts';

/** Fields of entries that hold the hash of a file; a test holds them against every file that a province has stored. */
const fileFields: ReadonlySet<string> = new Set([
  'beneficiaryList',
  'body',
  'content',
  'evidence',
  'explanation',
  'feedback',
  'file',
  'list',
  'manifest',
  'others',
  'paper',
  'reading',
  'references',
  'shown',
]);

/** The hashes of the files that an entry names, each once. */
export function filesNamedBy({ kind, data }: Pick<Entry, 'kind' | 'data'>): readonly string[] {
  // Most entries name none, and need no parsing.
  if (!/"[0-9a-f]{64}"/.test(data)) return [];
  const found = new Set<string>();
  const value: unknown = JSON.parse(data);
  // A file that left again: its other names are words.
  collect(value, kind === 'file-taken' ? isHashOfFile : isFileField, found);
  return [...found];
}

type Names = (field: string) => boolean;
const isFileField: Names = (field) => fileFields.has(field);
const isHashOfFile: Names = (field) => field === 'hash' || fileFields.has(field);
/** Under `files` each value is a file, or says of one what its hash is. */
const anyFile: Names = (field) => field !== 'check';

function collect(value: unknown, names: Names, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [field, of] of Object.entries(value)) {
    if (typeof of === 'string' && /^[0-9a-f]{64}$/.test(of) && names(field)) found.add(of);
    collect(of, field === 'files' ? anyFile : names, found);
  }
}

/** Beside each file that is not there, the first entry that names it. */
export interface Lacking {
  readonly hash: string;
  readonly stream: string;
  readonly seq: number;
}

/** In order of entries; each hash once. */
export function lackingFiles(entries: Iterable<Entry>, there: ReadonlySet<string>): readonly Lacking[] {
  const lacking = new Map<string, Lacking>();
  for (const entry of entries) {
    for (const hash of filesNamedBy(entry)) {
      if (!there.has(hash) && !lacking.has(hash)) lacking.set(hash, { hash, stream: entry.stream, seq: entry.seq });
    }
  }
  return [...lacking.values()];
}

/** In Vietnamese: how many are lacking, and the first three. */
export function lackingSentence(lacking: readonly Lacking[]): string {
  const first = lacking.slice(0, 3).map(({ hash, stream, seq }) => `${hash} (${stream} mục ${seq})`);
  return `Thiếu ${lacking.length} tệp mà lịch sử có ghi: ${first.join('; ')}${lacking.length > 3 ? '; …' : ''}.`;
}
