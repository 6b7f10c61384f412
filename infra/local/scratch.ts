/**
 * The scratch store of one machine: sessions, accounts, jobs, cursors, mails kept, workflow positions. A second SQLite
 * file; nothing in it is evidence.
 */
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Kept, Scratch } from '../../shared/case/scratch.ts';

/** The Scratch port without its waits: what counts tries or takes a code must not be interrupted. */
export interface SqliteScratch {
  /** `undefined` when there is none or it has expired. */
  get(kind: string, key: string): string | undefined;
  /** Replaces what was there. `expiresAt` in milliseconds of the epoch. */
  put(kind: string, key: string, value: string, expiresAt?: number): void;
  /** False when the key exists and has not expired; nothing is written then. */
  insert(kind: string, key: string, value: string, expiresAt?: number): boolean;
  /** Only while the value is still `before`; without an `after` it is removed. */
  replace(kind: string, key: string, before: string, after: string | undefined, expiresAt?: number): boolean;
  remove(kind: string, key: string): void;
  list(kind: string): readonly Kept[];
  /** By descending key. */
  latest(kind: string, most: number): readonly Kept[];
  /** Deletes what has expired. */
  purge(): void;
  readonly database: DatabaseSync;
  close(): void;
  /** The same, as what both homes share knows it. */
  readonly port: Scratch;
}

const valueOnly = z.object({ value: z.string() });
const keyed = z.object({ key: z.string(), value: z.string() });

export function openScratch(file: string, now: () => number = Date.now): SqliteScratch {
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS scratch (
      kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, expiresAt INTEGER NOT NULL, PRIMARY KEY (kind, key)
    ) STRICT, WITHOUT ROWID;`);
  const select = database.prepare('SELECT value FROM scratch WHERE kind = ? AND key = ? AND expiresAt > ?');
  const selectAll = database.prepare('SELECT key, value FROM scratch WHERE kind = ? AND expiresAt > ? ORDER BY key');
  const selectLatest = database.prepare(
    'SELECT key, value FROM scratch WHERE kind = ? AND expiresAt > ? ORDER BY key DESC LIMIT ?',
  );
  const put = database.prepare('INSERT OR REPLACE INTO scratch (kind, key, value, expiresAt) VALUES (?, ?, ?, ?)');
  const clearExpired = database.prepare('DELETE FROM scratch WHERE kind = ? AND key = ? AND expiresAt <= ?');
  const insert = database.prepare('INSERT OR IGNORE INTO scratch (kind, key, value, expiresAt) VALUES (?, ?, ?, ?)');
  const replace = database.prepare(
    'UPDATE scratch SET value = ?, expiresAt = ? WHERE kind = ? AND key = ? AND value = ? AND expiresAt > ?',
  );
  const take = database.prepare('DELETE FROM scratch WHERE kind = ? AND key = ? AND value = ? AND expiresAt > ?');
  const remove = database.prepare('DELETE FROM scratch WHERE kind = ? AND key = ?');
  const purge = database.prepare('DELETE FROM scratch WHERE expiresAt <= ?');
  const never = Number.MAX_SAFE_INTEGER;
  const scratch: Omit<SqliteScratch, 'port'> = {
    get(kind, key) {
      const found = select.get(kind, key, now());
      return found === undefined ? undefined : valueOnly.parse(found).value;
    },
    put: (kind, key, value, expiresAt = never) => void put.run(kind, key, value, expiresAt),
    insert(kind, key, value, expiresAt = never) {
      clearExpired.run(kind, key, now());
      return insert.run(kind, key, value, expiresAt).changes === 1;
    },
    replace(kind, key, before, after, expiresAt = never) {
      const { changes } =
        after === undefined
          ? take.run(kind, key, before, now())
          : replace.run(after, expiresAt, kind, key, before, now());
      return changes === 1;
    },
    remove: (kind, key) => void remove.run(kind, key),
    list: (kind) => selectAll.all(kind, now()).map((found) => keyed.parse(found)),
    latest: (kind, most) => selectLatest.all(kind, now(), most).map((found) => keyed.parse(found)),
    purge: () => void purge.run(now()),
    database,
    close: () => database.close(),
  };
  return { ...scratch, port: waiting(scratch) };
}

function waiting(scratch: Omit<SqliteScratch, 'port'>): Scratch {
  return {
    get: async (kind, key) => scratch.get(kind, key),
    put: async (kind, key, value, expiresAt) => scratch.put(kind, key, value, expiresAt),
    insert: async (kind, key, value, expiresAt) => scratch.insert(kind, key, value, expiresAt),
    replace: async (kind, key, before, after, expiresAt) => scratch.replace(kind, key, before, after, expiresAt),
    remove: async (kind, key) => scratch.remove(kind, key),
    list: async (kind) => scratch.list(kind),
    latest: async (kind, most) => scratch.latest(kind, most),
  };
}
