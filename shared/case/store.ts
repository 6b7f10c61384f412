/**
 * Port: the store is a set of append-only histories. What decides money reads histories and claims; pages and lists
 * read rows, which are late summaries.
 */
import type { Instant } from '../calendar.ts';
import { canonical, sha256 } from '../hash.ts';

/** One thing that happened. `data` is the exact JSON text that is hashed, at most 64 kB; lists and papers go to Files. */
export interface Entry {
  readonly stream: string;
  /** 1 for the first entry of the stream. */
  readonly seq: number;
  readonly at: Instant;
  /** The account that did it, or `system`. */
  readonly by: string;
  readonly kind: string;
  readonly data: string;
  /** Canonical JSON of what its commit made of the stream's row and claims, so that both can be rebuilt; else empty. */
  readonly effects: string;
  /** Of the entry before it; of the first one, 64 zeros. */
  readonly previousHash: string;
  readonly hash: string;
}

export interface NewEntry {
  readonly at: Instant;
  readonly by: string;
  readonly kind: string;
  readonly data: unknown;
}

/**
 * A stream's current summary. The named fields are indexed; `summary` is for the lists. Nothing here is evidence, and
 * nothing here names a person.
 */
export interface Row {
  readonly stream: string;
  readonly kind: string;
  readonly status: string;
  readonly unit?: string;
  readonly source?: string;
  readonly batch?: string;
  readonly waitingFor?: string;
  /** Each kind of row has its own; whoever reads it parses it. */
  readonly summary: Readonly<Record<string, unknown>>;
}

export interface Change {
  readonly stream: string;
  /** The seq of the last entry that was read; 0 for a stream that does not exist yet. */
  readonly readAt: number;
  readonly entries: readonly NewEntry[];
  /** Replaces the stream's row; left out, the row stays. */
  readonly row?: Omit<Row, 'stream'>;
  /** Keys that may exist once. A key that this very stream already holds is no conflict. */
  readonly claims?: readonly string[];
  /** Keys given back; only those this stream holds. */
  readonly releases?: readonly string[];
}

export type CommitOutcome =
  | { readonly outcome: 'committed' }
  /** Someone else was faster: the stream has moved since it was read. Nothing was written. */
  | { readonly outcome: 'conflict'; readonly stream: string }
  /** The key is held by another stream. Nothing was written. */
  | { readonly outcome: 'claimed'; readonly key: string; readonly holder: string };

export interface RowQuery {
  readonly kind: string;
  readonly status?: string;
  readonly unit?: string;
  readonly source?: string;
  readonly batch?: string;
  readonly waitingFor?: string;
  /** The `next` of the page before. */
  readonly after?: string;
  /** At most 1,000. */
  readonly limit: number;
}

export interface Store {
  /** All entries of a stream in order; an unknown stream is empty. */
  read(stream: string): Promise<readonly Entry[]>;
  /** All or nothing, over at most 50 streams and 100 actions (an entry, a row, a claim, a release is one each). */
  commit(changes: readonly Change[]): Promise<CommitOutcome>;
  /** Rows in the order of their stream names. */
  page(query: RowQuery): Promise<{ readonly rows: readonly Row[]; readonly next?: string }>;
  /** The stream that holds the key, if one does. */
  holderOf(key: string): Promise<string | undefined>;
}

export const noHash = '0'.repeat(64);
export const mostActions = 100;
export const mostStreams = 50;
export const mostDataBytes = 65_536;
/** Of the data and effects of one change, and of a whole commit. */
export const mostChangeBytes = 300_000;
export const mostCommitBytes = 3_000_000;

/** The hash that chains an entry to the one before it. Entries without effects are hashed as they were before there were any. */
export function entryHash(entry: Omit<Entry, 'hash'>): string {
  const { stream, seq, at, by, kind, data, effects, previousHash } = entry;
  const told = [stream, seq, at, by, kind, data, previousHash];
  return sha256((effects === '' ? told : [...told, effects]).join('\n'));
}

/** What a change does beside its entries; its last entry carries it. */
export type Effects = Pick<Change, 'row' | 'claims' | 'releases'>;

/** As it stands in the last entry of a change; empty when there is none. */
export function effectsText({ row, claims = [], releases = [] }: Effects): string {
  if (row === undefined && claims.length === 0 && releases.length === 0) return '';
  return canonical({
    ...(row === undefined ? {} : { row }),
    ...(claims.length === 0 ? {} : { claims }),
    ...(releases.length === 0 ? {} : { releases }),
  });
}

/** The row that an entry's commit wrote for its stream; `undefined` when it wrote none. */
export function rowWritten({ stream, effects }: Pick<Entry, 'stream' | 'effects'>): Row | undefined {
  if (!effects.includes('"row":')) return undefined;
  const { row }: { row?: Omit<Row, 'stream'> } = JSON.parse(effects);
  return row === undefined ? undefined : { stream, ...row };
}

/** A history's row as it was last written. */
export function lastRow(entries: readonly Entry[]): Row | undefined {
  for (let at = entries.length - 1; at >= 0; at -= 1) {
    const entry = entries[at];
    const row = entry === undefined ? undefined : rowWritten(entry);
    if (row !== undefined) return row;
  }
  return undefined;
}

/**
 * Why a commit may not be written, if it may not; the same in every home. Takes where each stream stands, and who holds a key.
 * A key that a commit gives back may be taken in it.
 */
export function refusalOf(
  changes: readonly Change[],
  seqOf: (stream: string) => number,
  holderOf: (key: string) => string | undefined,
): CommitOutcome | undefined {
  for (const { stream, readAt } of changes) if (seqOf(stream) !== readAt) return { outcome: 'conflict', stream };
  const freed = new Set(
    changes.flatMap(({ stream, releases = [] }) => releases.filter((key) => holderOf(key) === stream)),
  );
  const taken = new Map<string, string>();
  for (const { stream, claims = [] } of changes) {
    for (const key of claims) {
      const holder = taken.get(key) ?? (freed.has(key) ? undefined : holderOf(key));
      if (holder !== undefined && holder !== stream) return { outcome: 'claimed', key, holder };
      taken.set(key, stream);
    }
  }
  return undefined;
}

/** The exact text of each entry's data, and of each change's effects. */
export type CommitTexts = ReadonlyMap<NewEntry | Change, string>;

/** Of a commit. Throws RangeError when it is over the limits, which every home keeps. */
export function commitTexts(changes: readonly Change[]): CommitTexts {
  const texts = new Map<NewEntry | Change, string>();
  const streams = new Set(changes.map(({ stream }) => stream));
  if (streams.size !== changes.length) throw new RangeError('a commit names a stream twice');
  if (changes.length > mostStreams) throw new RangeError(`a commit over ${changes.length} streams`);
  let actions = 0;
  let commitBytes = 0;
  for (const change of changes) {
    const { entries, row: summary, claims = [], releases = [] } = change;
    actions += entries.length + (summary === undefined ? 0 : 1) + claims.length + releases.length;
    const effects = effectsText(change);
    let changeBytes = Buffer.byteLength(effects);
    if (effects !== '' && entries.length === 0) throw new RangeError(`a change of ${change.stream} without an entry`);
    texts.set(change, effects);
    for (const entry of entries) {
      const text = canonical(entry.data);
      const bytes = Buffer.byteLength(text);
      if (bytes > mostDataBytes) throw new RangeError(`an entry ${entry.kind} over 64 kB`);
      changeBytes += bytes;
      texts.set(entry, text);
    }
    if (changeBytes > mostChangeBytes) throw new RangeError(`a change of ${change.stream} of ${changeBytes} bytes`);
    commitBytes += changeBytes;
  }
  if (commitBytes > mostCommitBytes) throw new RangeError(`a commit of ${commitBytes} bytes`);
  if (actions > mostActions) throw new RangeError(`a commit of ${actions} actions`);
  return texts;
}

/** The last entry of a stream, as far as the next one must know it. */
export type Last = Pick<Entry, 'seq' | 'hash'>;
export const beforeFirst: Last = { seq: 0, hash: noHash };

/** The entries that a change appends, each chained to the one before; the same in every home. */
export function chainedEntries(change: Change, texts: CommitTexts, last: Last): readonly Entry[] {
  const entries: Entry[] = [];
  for (const given of change.entries) {
    const { seq, hash: previousHash } = entries.at(-1) ?? last;
    const effects = given === change.entries.at(-1) ? (texts.get(change) ?? '') : '';
    const { at, by, kind } = given;
    const data = texts.get(given) ?? '';
    const entry = { stream: change.stream, seq: seq + 1, at, by, kind, data, effects, previousHash };
    entries.push({ ...entry, hash: entryHash(entry) });
  }
  return entries;
}

/** The first entry whose hash or link is wrong, if there is one. */
export function firstBroken(entries: readonly Entry[]): Entry | undefined {
  let previousHash = noHash;
  for (const [index, entry] of entries.entries()) {
    const isRight = entry.seq === index + 1 && entry.previousHash === previousHash && entry.hash === entryHash(entry);
    if (!isRight) return entry;
    previousHash = entry.hash;
  }
  return undefined;
}

/** Every row that fits, page after page. */
export async function* allRows(store: Store, query: Omit<RowQuery, 'limit' | 'after'>): AsyncGenerator<Row> {
  let after: string | undefined;
  do {
    const page = await store.page({ ...query, limit: 1000, ...(after === undefined ? {} : { after }) });
    // Not `yield*`, which waits several times for each row that is there already.
    for (const row of page.rows) yield row;
    after = page.next;
  } while (after !== undefined);
}
