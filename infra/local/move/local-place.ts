/** One machine as a home that a province leaves or arrives in. It arrives beside its place, and is moved there when all is there. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Head } from '../../../shared/case/anchor.ts';
import { type Verified, verifyHistories } from '../../../shared/case/verify.ts';
import { recordWhereabouts } from '../../../shared/case/whereabouts.ts';
import { masterName, readMasterKey } from '../keys.ts';
import { keepNoticeKey, noticeKeysIn } from '../notice-key.ts';
import { openScratch } from '../scratch.ts';
import { openSqliteStore, openToVerify, type SqliteStore } from '../sqlite-store.ts';
import { moveWhole, writeWhole } from '../whole-files.ts';
import { adoptHistories } from './adopt-histories.ts';
import type { Arriving, Leaving, NoticeKeyPlace, SealedPlace } from './place.ts';

export interface Folders {
  readonly dataDirectory: string;
  readonly keyDirectory: string;
}

const historiesFile = 'histories.sqlite';

/** Whoever leaves has stopped; the store is closed by whoever opened it. */
export function leavingLocal({ dataDirectory, keyDirectory }: Folders): Leaving & { close(): void } {
  const file = join(dataDirectory, historiesFile);
  const store = openSqliteStore(file);
  return {
    verify: async () => verifyFile(file),
    heads: () => headsIn(file),
    read: async (stream) => store.read(stream),
    headsOf: async (anchor) => store.headsOf(anchor),
    sealed: localSealed(dataDirectory),
    notices: localNotices(keyDirectory),
    leave: async (entry) => recordWhereabouts(store, entry),
    close: () => store.close(),
  };
}

/** Takes where the province shall lie; nothing may lie there yet. */
export function arrivingLocal({ dataDirectory, keyDirectory }: Folders): Arriving {
  const building = `${dataDirectory}.arriving`;
  const file = join(building, historiesFile);
  const master = join(keyDirectory, masterName);
  const store = async <T>(act: (opened: SqliteStore) => Promise<T>) => {
    const opened = openSqliteStore(file);
    try {
      return await act(opened);
    } finally {
      opened.close();
    }
  };
  return {
    master: () => (existsSync(master) ? readMasterKey(master) : undefined),
    async refusal() {
      const isEmpty = !existsSync(dataDirectory) || readdirSync(dataDirectory).length === 0;
      if (!isEmpty) return `${dataDirectory} không trống: chỉ nhập vào thư mục chưa có dữ liệu.`;
      // What an earlier try left is worth less than the minutes it takes to make it again.
      rmSync(building, { recursive: true, force: true });
      mkdirSync(building, { recursive: true, mode: 0o700 });
      return undefined;
    },
    // It is built beside its place: nobody opens it before it is whole.
    begin: async () => undefined,
    adopt: async (moved) => adoptHistories(file, moved),
    sealed: localSealed(building),
    notices: localNotices(keyDirectory),
    verify: async (printedAnchor) => verifyFile(file, printedAnchor),
    heads: () => headsIn(file),
    read: async (stream) => (existsSync(file) ? store(async (opened) => opened.read(stream)) : []),
    async settle(entry) {
      await store(async (opened) => recordWhereabouts(opened, entry));
      // What arrived happened long ago: nobody is told of it again. Open batches are looked at with every start.
      const scratch = openScratch(join(building, 'scratch.sqlite'));
      scratch.put('cursor', 'events', String(verifyFile(file).entries));
      scratch.close();
      if (existsSync(dataDirectory)) rmSync(dataDirectory, { recursive: true });
      moveWhole(building, dataDirectory);
    },
  };
}

export function verifyFile(file: string, printedAnchor?: string): Verified {
  const store = openToVerify(file);
  try {
    return verifyHistories(store.held(), printedAnchor);
  } finally {
    store.close();
  }
}

export function headsIn(file: string): readonly Head[] {
  const store = openToVerify(file);
  try {
    const heads = new Map<string, Head>();
    for (const { stream, seq, hash } of store.held().entries) heads.set(stream, [stream, seq, hash]);
    return [...heads.values()];
  } finally {
    store.close();
  }
}

const row = z.object({ owner: z.string(), wrapped: z.instanceof(Uint8Array) });

function localSealed(dataDirectory: string): SealedPlace {
  const pathOf = (hash: string) => join(dataDirectory, 'files', hash.slice(0, 2), hash);
  return {
    files: () => filesIn(join(dataDirectory, 'files')),
    read: async (hash) => readFileSync(pathOf(hash)),
    write: async (hash, sealed) => writeWhole(pathOf(hash), sealed),
    *keys() {
      const database = new DatabaseSync(join(dataDirectory, 'keys.sqlite'), { readOnly: true });
      try {
        for (const found of database.prepare('SELECT owner, wrapped FROM keys ORDER BY owner').iterate()) {
          const { owner, wrapped } = row.parse(found);
          yield [owner, wrapped] as const;
        }
      } finally {
        database.close();
      }
    },
    async insertKeys(keys) {
      const database = new DatabaseSync(join(dataDirectory, 'keys.sqlite'));
      try {
        database.exec(`PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
          CREATE TABLE IF NOT EXISTS keys (owner TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
          BEGIN IMMEDIATE`);
        const insert = database.prepare('INSERT OR IGNORE INTO keys (owner, wrapped) VALUES (?, ?)');
        for (const [owner, wrapped] of keys) insert.run(owner, wrapped);
        database.exec('COMMIT');
      } finally {
        database.close();
      }
    },
  };
}

/** What a kill left half written has another name. */
export function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const groups = readdirSync(folder).filter((name) => /^[0-9a-f]{2}$/.test(name));
  return groups.flatMap((group) => readdirSync(join(folder, group)).filter((name) => /^[0-9a-f]{64}$/.test(name)));
}

function localNotices(keyDirectory: string): NoticeKeyPlace {
  return {
    noticeKeys: async () => noticeKeysIn(keyDirectory),
    keepNoticeKey: async (pem) => keepNoticeKey(keyDirectory, pem),
  };
}
