/**
 * The Store port on `node:sqlite`: one file, write-ahead log, every commit on the disk before it is answered.
 * Several threads of the one process may each open it.
 */
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import {
  type Change,
  type CommitOutcome,
  type Entry,
  entryHash,
  mostActions,
  mostDataBytes,
  mostStreams,
  type NewEntry,
  noHash,
  type Row,
  type RowQuery,
  type Store,
} from '../../shared/case/store.ts';
import { canonical } from '../../shared/hash.ts';

const schema = `
  CREATE TABLE IF NOT EXISTS entries (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL, kind TEXT NOT NULL,
    data TEXT NOT NULL, previousHash TEXT NOT NULL, hash TEXT NOT NULL,
    UNIQUE (stream, seq)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS rows (
    stream TEXT PRIMARY KEY, kind TEXT NOT NULL, status TEXT NOT NULL, unit TEXT, source TEXT, batch TEXT,
    waitingFor TEXT, summary TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS rows_by_kind ON rows (kind, stream);
  CREATE INDEX IF NOT EXISTS rows_by_status ON rows (kind, status, stream);
  CREATE INDEX IF NOT EXISTS rows_by_unit ON rows (kind, unit, stream);
  CREATE INDEX IF NOT EXISTS rows_by_batch ON rows (kind, batch, stream);
  CREATE INDEX IF NOT EXISTS rows_by_waiting ON rows (kind, waitingFor, stream);
  CREATE TABLE IF NOT EXISTS claims (key TEXT PRIMARY KEY, stream TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TRIGGER IF NOT EXISTS entries_stay BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'append only'); END;
  CREATE TRIGGER IF NOT EXISTS entries_last BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'append only'); END;
  PRAGMA user_version = 1;
`;

/** What this program writes; a file of a later version is refused. */
const schemaVersion = 1;

export interface SqliteStore extends Store {
  /** Entries after a position, oldest first, for subscribers that keep a cursor. */
  entriesAfter(position: number, limit: number): readonly (Entry & { readonly position: number })[];
  close(): void;
}

/** Opens or makes the file. Throws when a later version of the program wrote it. */
export function openSqliteStore(file: string): SqliteStore {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  const version = numberOf(database.prepare('PRAGMA user_version').get() ?? {}, 'user_version');
  if (version > schemaVersion) throw new Error(`the data were written by a later version (${version}) of this program`);
  database.exec(schema);
  const select = {
    stream: database.prepare('SELECT * FROM entries WHERE stream = ? ORDER BY seq'),
    last: database.prepare('SELECT seq, hash FROM entries WHERE stream = ? ORDER BY seq DESC LIMIT 1'),
    claim: database.prepare('SELECT stream FROM claims WHERE key = ?'),
    after: database.prepare('SELECT * FROM entries WHERE position > ? ORDER BY position LIMIT ?'),
  };
  const write = {
    entry: database.prepare(
      'INSERT INTO entries (stream, seq, at, by, kind, data, previousHash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    row: database.prepare(
      `INSERT OR REPLACE INTO rows (stream, kind, status, unit, source, batch, waitingFor, summary)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    claim: database.prepare('INSERT INTO claims (key, stream) VALUES (?, ?)'),
    release: database.prepare('DELETE FROM claims WHERE key = ? AND stream = ?'),
  };

  function lastOf(stream: string): { seq: number; hash: string } {
    const found = select.last.get(stream);
    return found === undefined
      ? { seq: 0, hash: noHash }
      : { seq: numberOf(found, 'seq'), hash: textOf(found, 'hash') };
  }

  function holder(key: string): string | undefined {
    const found = select.claim.get(key);
    return found === undefined ? undefined : textOf(found, 'stream');
  }

  function append(change: Change, texts: Texts): void {
    let { seq, hash: previousHash } = lastOf(change.stream);
    for (const given of change.entries) {
      seq += 1;
      const { at, by, kind } = given;
      const entry = { stream: change.stream, seq, at, by, kind, data: texts.get(given) ?? '', previousHash };
      const hash = entryHash(entry);
      write.entry.run(entry.stream, seq, at, by, kind, entry.data, previousHash, hash);
      previousHash = hash;
    }
    if (change.row === undefined) return;
    const { kind, status, unit, source, batch, waitingFor, summary } = change.row;
    write.row.run(
      change.stream,
      kind,
      status,
      unit ?? null,
      source ?? null,
      batch ?? null,
      waitingFor ?? null,
      canonical(summary),
    );
  }

  function writeAll(changes: readonly Change[], texts: Texts): CommitOutcome {
    for (const { stream, readAt } of changes) {
      if (lastOf(stream).seq !== readAt) return { outcome: 'conflict', stream };
    }
    for (const { stream, releases } of changes) for (const key of releases ?? []) write.release.run(key, stream);
    for (const { stream, claims } of changes) {
      for (const key of claims ?? []) {
        const held = holder(key);
        if (held !== undefined && held !== stream) return { outcome: 'claimed', key, holder: held };
        if (held === undefined) write.claim.run(key, stream);
      }
    }
    for (const change of changes) append(change, texts);
    return { outcome: 'committed' };
  }

  return {
    async read(stream) {
      return select.stream.all(stream).map(readEntry);
    },
    async commit(changes) {
      const texts = textsOf(changes);
      database.exec('BEGIN IMMEDIATE');
      try {
        const outcome = writeAll(changes, texts);
        database.exec(outcome.outcome === 'committed' ? 'COMMIT' : 'ROLLBACK');
        return outcome;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    async page(query) {
      const { sql, values } = pageStatement(query);
      const rows = database
        .prepare(sql)
        .all(...values)
        .map(readRow);
      const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
      return last === undefined ? { rows } : { rows: rows.slice(0, query.limit), next: last.stream };
    },
    async holderOf(key) {
      return holder(key);
    },
    entriesAfter: (position, limit) =>
      select.after
        .all(position, limit)
        .map((found) => ({ ...readEntry(found), position: numberOf(found, 'position') })),
    close: () => database.close(),
  };
}

/** The exact text of each entry's data. */
type Texts = ReadonlyMap<NewEntry, string>;

/** Throws RangeError: a commit over the limits would not fit the other home either. */
function textsOf(changes: readonly Change[]): Texts {
  const texts = new Map<NewEntry, string>();
  const streams = new Set(changes.map(({ stream }) => stream));
  if (streams.size !== changes.length) throw new RangeError('a commit names a stream twice');
  if (changes.length > mostStreams) throw new RangeError(`a commit over ${changes.length} streams`);
  let actions = 0;
  for (const { entries, row: summary, claims = [], releases = [] } of changes) {
    actions += entries.length + (summary === undefined ? 0 : 1) + claims.length + releases.length;
    for (const entry of entries) {
      const text = canonical(entry.data);
      if (Buffer.byteLength(text) > mostDataBytes) throw new RangeError(`an entry ${entry.kind} over 64 kB`);
      texts.set(entry, text);
    }
  }
  if (actions > mostActions) throw new RangeError(`a commit of ${actions} actions`);
  return texts;
}

function pageStatement(query: RowQuery): { sql: string; values: string[] } {
  if (query.limit < 1 || query.limit > 1000) throw new RangeError(`a page of ${query.limit} rows`);
  const filters = [
    ['kind = ?', query.kind],
    ['status = ?', query.status],
    ['unit = ?', query.unit],
    ['source = ?', query.source],
    ['batch = ?', query.batch],
    ['waitingFor = ?', query.waitingFor],
    ['stream > ?', query.after],
  ] as const;
  const used = filters.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
  return {
    sql: `SELECT * FROM rows WHERE ${used.map(({ sql }) => sql).join(' AND ')} ORDER BY stream LIMIT ${query.limit + 1}`,
    values: used.map(({ value }) => value),
  };
}

/** Columns are read by hand: thousands of rows a page are too many for a schema each, and STRICT tables keep the types. */
function readRow(found: Columns): Row {
  const optional = (name: 'unit' | 'source' | 'batch' | 'waitingFor') =>
    found[name] === null ? {} : { [name]: textOf(found, name) };
  return {
    stream: textOf(found, 'stream'),
    kind: textOf(found, 'kind'),
    status: textOf(found, 'status'),
    ...optional('unit'),
    ...optional('source'),
    ...optional('batch'),
    ...optional('waitingFor'),
    summary: JSON.parse(textOf(found, 'summary')),
  };
}

function readEntry(found: Columns): Entry {
  return {
    stream: textOf(found, 'stream'),
    seq: numberOf(found, 'seq'),
    at: textOf(found, 'at'),
    by: textOf(found, 'by'),
    kind: textOf(found, 'kind'),
    data: textOf(found, 'data'),
    previousHash: textOf(found, 'previousHash'),
    hash: textOf(found, 'hash'),
  };
}

type Columns = Readonly<Record<string, SQLOutputValue>>;

function textOf(found: Columns, name: string): string {
  const value = found[name];
  if (typeof value !== 'string') throw new TypeError(`column ${name} is no text`);
  return value;
}

function numberOf(found: Columns, name: string): number {
  const value = found[name];
  if (typeof value !== 'number') throw new TypeError(`column ${name} is no number`);
  return value;
}
