/**
 * The Store port on `node:sqlite`: one file, write-ahead log, every commit on the disk before it is answered.
 * Several threads of the one process may each open it.
 */
import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import {
  beforeFirst,
  chainedEntries,
  type Change,
  commitTexts,
  type CommitTexts,
  type CommitOutcome,
  type Entry,
  type Last,
  refusalOf,
  type Row,
  type RowQuery,
  type Store,
} from '../../shared/case/store.ts';
import type { Instant, LocalDate } from '../../shared/calendar.ts';
import {
  type Anchor,
  anchored,
  type AnchoredHistories,
  anchorOf,
  anchorStream,
  type Head,
} from '../../shared/case/anchor.ts';
import type { Held } from '../../shared/case/verify.ts';
import { canonical } from '../../shared/hash.ts';

const schema = `
  CREATE TABLE IF NOT EXISTS entries (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL, kind TEXT NOT NULL,
    data TEXT NOT NULL, previousHash TEXT NOT NULL, hash TEXT NOT NULL, effects TEXT NOT NULL DEFAULT '',
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
  PRAGMA user_version = 2;
`;

/** What this program writes; a file of a later version is refused. */
const schemaVersion = 2;

export interface SqliteStore extends Store, AnchoredHistories {
  /** Entries after a position, oldest first, for subscribers that keep a cursor. */
  entriesAfter(position: number, limit: number): readonly (Entry & { readonly position: number })[];
  /** Everything that is stored, to be verified. */
  held(): Held;
  close(): void;
}

interface Waiting {
  readonly changes: readonly Change[];
  readonly texts: CommitTexts;
  answer(made: CommitOutcome): void;
  fail(error: unknown): void;
}

/** Opens or makes the file. Throws when a later version of the program wrote it. */
export function openSqliteStore(file: string): SqliteStore {
  const database = new DatabaseSync(file);
  // Every commit waits for the disk; the log is folded into the file a few times a minute, not after each thousand pages.
  database.exec(`
    PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 16000; PRAGMA cache_size = -12000;`);
  const version = numberOf(database.prepare('PRAGMA user_version').get() ?? {}, 'user_version');
  if (version > schemaVersion)
    throw new Error(
      `Dữ liệu do một phiên bản mới hơn (${version}) của chương trình ghi. Hãy chạy đúng phiên bản đó, hoặc khôi phục bản sao lưu cũ.`,
    );
  if (version === 1) database.exec("ALTER TABLE entries ADD COLUMN effects TEXT NOT NULL DEFAULT ''");
  database.exec(schema);
  const select = {
    stream: database.prepare(`SELECT ${entryColumns} FROM entries WHERE stream = ? ORDER BY seq`),
    last: database.prepare('SELECT seq, hash FROM entries WHERE stream = ? ORDER BY seq DESC LIMIT 1'),
    claim: database.prepare('SELECT stream FROM claims WHERE key = ?'),
    // The hash beside the highest seq is that entry's own: so SQLite reads a bare column next to max().
    heads: database.prepare(
      'SELECT stream, max(seq) AS seq, hash FROM entries WHERE position > ? AND position <= ? GROUP BY stream',
    ),
    upTo: database.prepare(
      `SELECT ${entryColumns}, position FROM entries WHERE stream = ? AND position <= ? ORDER BY seq`,
    ),
    position: database.prepare('SELECT coalesce(max(position), 0) AS last FROM entries'),
    after: database.prepare(
      `SELECT ${entryColumns}, position FROM entries WHERE position > ? ORDER BY position LIMIT ?`,
    ),
  };
  // Histories are what is read most: a list of values a row is made a third faster than an object with names.
  select.stream.setReturnArrays(true);
  select.after.setReturnArrays(true);
  select.upTo.setReturnArrays(true);
  const write = {
    entry: database.prepare(
      'INSERT INTO entries (stream, seq, at, by, kind, data, previousHash, hash, effects) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    // Most rows only move on: an update writes the indexes of the columns it names, and each costs a page somewhere.
    moved: database.prepare(
      `UPDATE rows SET status = ?, summary = ?
       WHERE stream = ? AND kind = ? AND unit IS ? AND source IS ? AND batch IS ? AND waitingFor IS ?`,
    ),
    row: database.prepare(
      `INSERT INTO rows (stream, kind, status, unit, source, batch, waitingFor, summary)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (stream) DO UPDATE SET kind = excluded.kind, status = excluded.status, unit = excluded.unit,
         source = excluded.source, batch = excluded.batch, waitingFor = excluded.waitingFor, summary = excluded.summary`,
    ),
    claim: database.prepare('INSERT OR IGNORE INTO claims (key, stream) VALUES (?, ?)'),
    release: database.prepare('DELETE FROM claims WHERE key = ? AND stream = ?'),
  };

  /** Commits that asked in this turn of the event loop. */
  const waiting: Waiting[] = [];

  /** One prepared statement for each shape of query: there are a handful. */
  const pages = new Map<string, StatementSync>();

  function lastOf(stream: string): Last {
    const found = select.last.get(stream);
    return found === undefined ? beforeFirst : { seq: numberOf(found, 'seq'), hash: textOf(found, 'hash') };
  }

  function holder(key: string): string | undefined {
    const found = select.claim.get(key);
    return found === undefined ? undefined : textOf(found, 'stream');
  }

  function append(change: Change, texts: CommitTexts, last: Last = beforeFirst): void {
    for (const entry of chainedEntries(change, texts, last)) {
      const { stream, seq, at, by, kind, data, previousHash, hash, effects } = entry;
      write.entry.run(stream, seq, at, by, kind, data, previousHash, hash, effects);
    }
    if (change.row === undefined) return;
    const { kind, status, unit = null, source = null, batch = null, waitingFor = null, summary } = change.row;
    const told = canonical(summary);
    const { changes } = write.moved.run(status, told, change.stream, kind, unit, source, batch, waitingFor);
    if (changes === 0) write.row.run(change.stream, kind, status, unit, source, batch, waitingFor, told);
  }

  /** Looks before it writes anything: what is refused leaves nothing behind. */
  function writeOne({ changes, texts }: Waiting): CommitOutcome {
    const lasts = new Map(changes.map(({ stream }) => [stream, lastOf(stream)]));
    const refused = refusalOf(changes, (stream) => lasts.get(stream)?.seq ?? 0, holder);
    if (refused !== undefined) return refused;
    for (const { stream, releases = [] } of changes) for (const key of releases) write.release.run(key, stream);
    for (const { stream, claims = [] } of changes) for (const key of claims) write.claim.run(key, stream);
    for (const change of changes) append(change, texts, lasts.get(change.stream));
    return { outcome: 'committed' };
  }

  /** All of what `writes` does, or nothing where it throws. */
  function transaction<T>(writes: () => T): T {
    database.exec('BEGIN IMMEDIATE');
    try {
      const made = writes();
      database.exec('COMMIT');
      return made;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * Whatever asked at the same moment is written together and waits for the disk once; nobody is answered before. Where one
   * cannot be written nothing of them all is kept: that one is told so, and the others are written without it.
   */
  function writeWaiting(): void {
    let together = waiting.splice(0);
    while (together.length > 0) {
      let writing = -1;
      try {
        const made = transaction(() => {
          const outcomes = together.map((one, index) => {
            writing = index;
            return writeOne(one);
          });
          writing = -1;
          return outcomes;
        });
        for (const [index, outcome] of made.entries()) together[index]?.answer(outcome);
        return;
      } catch (error) {
        const failed = writing === -1 ? together : together.slice(writing, writing + 1);
        for (const { fail } of failed) fail(error);
        together = together.filter((one) => !failed.includes(one));
      }
    }
  }

  function headsBetween(after: number, upTo: number): readonly Head[] {
    const found = select.heads.all(after, upTo);
    return found.map((one): Head => [textOf(one, 'stream'), numberOf(one, 'seq'), textOf(one, 'hash')]);
  }

  /** Everything before its own position stands behind an anchor: nothing is written between what it covers and itself. */
  function writeAnchor(on: LocalDate, at: Instant, by: string, isOnlyNews: boolean): Anchor | undefined {
    const entries = valuesOf(select.stream.all(anchorStream)).map(readEntry);
    const last = entries.at(-1);
    const previous = last === undefined ? undefined : anchored.parse(JSON.parse(last.data));
    const upTo = numberOf(select.position.get() ?? { last: 0 }, 'last');
    const heads = headsBetween(previous?.upTo ?? 0, upTo);
    if (isOnlyNews && heads.every(([stream]) => stream === anchorStream)) return undefined;
    const anchor = anchorOf(on, previous, heads, upTo);
    const entry = { kind: 'anchored', at, by, data: anchor };
    const change = { stream: anchorStream, readAt: entries.length, entries: [entry] };
    append(change, commitTexts([change]), last);
    return anchor;
  }

  /** How many entries each anchor covers, which is the position of the last of them. */
  const covered: number[] = [];
  function coveredBy(number: number): number {
    if (covered.length < number) {
      const anchors = valuesOf(select.stream.all(anchorStream)).map(readEntry);
      covered.splice(0, covered.length, ...anchors.map(({ data }) => anchored.parse(JSON.parse(data)).upTo));
    }
    const upTo = number === 0 ? 0 : covered[number - 1];
    if (upTo === undefined) throw new RangeError(`there is no anchor ${number}`);
    return upTo;
  }

  return {
    async read(stream) {
      return valuesOf(select.stream.all(stream)).map(readEntry);
    },
    async commit(changes) {
      const texts = commitTexts(changes);
      return new Promise((answer, fail) => {
        if (waiting.push({ changes, texts, answer, fail }) === 1) setImmediate(writeWaiting);
      });
    },
    async page(query) {
      const { sql, values } = pageStatement(query);
      const statement = pages.get(sql) ?? database.prepare(sql);
      pages.set(sql, statement);
      const rows = statement.all(...values).map(readRow);
      const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
      return last === undefined ? { rows } : { rows: rows.slice(0, query.limit), next: last.stream };
    },
    async holderOf(key) {
      return holder(key);
    },
    async anchor(on, at, by) {
      const made = transaction(() => writeAnchor(on, at, by, false));
      if (made === undefined) throw new Error('an anchor that was asked for was not taken');
      return made;
    },
    anchorNews: async (on, at, by) => transaction(() => writeAnchor(on, at, by, true)),
    headsOf: async (number) => headsBetween(coveredBy(number - 1), coveredBy(number)),
    async entriesUpTo(stream, number) {
      const found = valuesOf(select.upTo.all(stream, coveredBy(number)));
      const last = found.at(-1);
      const listedIn = last === undefined ? 0 : 1 + covered.findIndex((upTo) => upTo >= positionIn(last));
      return { entries: found.map(readEntry), listedIn };
    },
    held: () => heldBy(database),
    entriesAfter: (position, limit) =>
      valuesOf(select.after.all(position, limit)).map((found) => ({
        ...readEntry(found),
        position: positionIn(found),
      })),
    close: () => {
      if (waiting.length > 0) writeWaiting();
      database.close();
    },
  };
}

/** The file read as it stands, for whoever only verifies; nothing is made or changed. Throws when there is none. */
export function openToVerify(file: string): { held(): Held; close(): void } {
  const database = new DatabaseSync(file, { readOnly: true });
  return { held: () => heldBy(database), close: () => database.close() };
}

function heldBy(database: DatabaseSync): Held {
  return {
    entries: entriesIn(database),
    rows: rowsIn(database),
    claims: claimsIn(database),
  };
}

function* entriesIn(database: DatabaseSync): Generator<Entry & { readonly position: number }> {
  const statement = database.prepare(`SELECT ${entryColumns}, position FROM entries ORDER BY position`);
  statement.setReturnArrays(true);
  for (const found of statement.iterate()) {
    if (Array.isArray(found)) yield { ...readEntry(found), position: positionIn(found) };
  }
}

function* rowsIn(database: DatabaseSync): Generator<Row> {
  for (const found of database.prepare('SELECT * FROM rows ORDER BY stream').iterate()) yield readRow(found);
}

function* claimsIn(database: DatabaseSync): Generator<readonly [string, string]> {
  for (const found of database.prepare('SELECT key, stream FROM claims ORDER BY key').iterate()) {
    yield [textOf(found, 'key'), textOf(found, 'stream')];
  }
}

function pageStatement(query: RowQuery): { sql: string; values: (string | number)[] } {
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
    sql: `SELECT * FROM rows WHERE ${used.map(({ sql }) => sql).join(' AND ')} ORDER BY stream LIMIT ?`,
    values: [...used.map(({ value }) => value), query.limit + 1],
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

const entryColumnNames = ['stream', 'seq', 'at', 'by', 'kind', 'data', 'previousHash', 'hash', 'effects'] as const;
const entryColumns = entryColumnNames.join(', ');

/** Takes the values in the order of `entryColumnNames`. */
function readEntry(found: Values): Entry {
  return {
    stream: textAt(found, 0),
    seq: numberAt(found, 1),
    at: textAt(found, 2),
    by: textAt(found, 3),
    kind: textAt(found, 4),
    data: textAt(found, 5),
    previousHash: textAt(found, 6),
    hash: textAt(found, 7),
    effects: textAt(found, 8),
  };
}

/** Where it stands behind an entry's own columns. */
function positionIn(found: Values): number {
  return numberAt(found, entryColumnNames.length);
}

type Values = readonly SQLOutputValue[];

/** Rows of a statement that returns lists; the types of the library know only objects. */
function valuesOf(rows: readonly unknown[]): readonly Values[] {
  return rows.filter((row): row is Values => Array.isArray(row));
}

function textAt(found: Values, index: number): string {
  const value = found[index];
  if (typeof value !== 'string') throw new TypeError(`column ${entryColumnNames[index]} is no text`);
  return value;
}

function numberAt(found: Values, index: number): number {
  const value = found[index];
  if (typeof value !== 'number') throw new TypeError(`column ${entryColumnNames[index] ?? 'position'} is no number`);
  return value;
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
