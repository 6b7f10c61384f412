import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteStore, type SqliteStore } from '../../infra/local/sqlite-store.ts';
import { entryHash, firstBroken, noHash } from '../../shared/case/store.ts';
import { anchorContract } from './anchors.ts';
import { appended, caseRow, storeContract } from './store.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'chi-tra-store-'));

async function openNew() {
  const directory = newFolder();
  const store = openSqliteStore(join(directory, 'histories.sqlite'));
  return {
    store,
    anchors: store,
    async close() {
      store.close();
      rmSync(directory, { recursive: true });
    },
  };
}

storeContract('on SQLite', openNew);
anchorContract('on SQLite', openNew);

describe('the SQLite file', () => {
  let directory: string;
  let store: SqliteStore;
  const file = () => join(directory, 'histories.sqlite');
  beforeEach(async () => {
    directory = newFolder();
    store = openSqliteStore(file());
    await store.commit([
      { ...appended('case/1', 0, 'submitted', 'assessed'), row: caseRow('assessed'), claims: ['citizen/1'] },
    ]);
    await store.commit([appended('case/1', 2, 'appraised', 'held')]);
  });
  afterEach(() => {
    store.close();
    rmSync(directory, { recursive: true });
  });

  /** As someone does who has the file and not the program. */
  function withFile(act: (database: DatabaseSync) => void): void {
    const database = new DatabaseSync(file());
    try {
      act(database);
    } finally {
      database.close();
    }
  }

  const alter = (sql: string) =>
    withFile((database) => database.exec(`DROP TRIGGER entries_stay; DROP TRIGGER entries_last; ${sql}`));

  test('of commits asked for at once one that cannot be written leaves the others, and only its own answer is a fault', async () => {
    withFile((database) =>
      database.exec(`CREATE TRIGGER faulty BEFORE INSERT ON entries WHEN new.stream = 'case/3'
        BEGIN SELECT RAISE(ABORT, 'no'); END;`),
    );
    const streams = ['case/2', 'case/3', 'case/4'];
    const answers = await Promise.allSettled(
      streams.map((stream) => store.commit([appended(stream, 0, 'submitted', 'assessed')])),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const lengths = await Promise.all(streams.map(async (stream) => (await store.read(stream)).length));
    expect(lengths).toEqual([2, 0, 2]);
  });

  test('a commit that waits when the file is closed is written', async () => {
    const answer = store.commit([appended('case/2', 0, 'submitted')]);
    store.close();
    expect(await answer).toEqual({ outcome: 'committed' });
    store = openSqliteStore(file());
    expect(await store.read('case/2')).toHaveLength(1);
  });

  test.each([
    "UPDATE entries SET data = '{}' WHERE seq = 2",
    'UPDATE entries SET hash = hash',
    'DELETE FROM entries WHERE seq = 4',
    'DELETE FROM entries',
  ])('refuses %s', async (sql) => {
    withFile((database) => expect(() => database.exec(sql)).toThrow('append only'));
    const entries = await store.read('case/1');
    expect([entries.length, firstBroken(entries)]).toEqual([4, undefined]);
  });

  test.each([
    ['an altered sum', 'UPDATE entries SET data = \'{"kind":"more"}\' WHERE seq = 2', 2],
    ['another author', "UPDATE entries SET by = 'demo-inspector' WHERE seq = 3", 3],
    ['an altered link', "UPDATE entries SET previousHash = printf('%064d', 1) WHERE seq = 3", 3],
    ['a missing entry', 'DELETE FROM entries WHERE seq = 2', 3],
    ['a missing first entry', 'DELETE FROM entries WHERE seq = 1', 2],
    [
      'a missing entry whose number was closed up',
      'DELETE FROM entries WHERE seq = 2; UPDATE entries SET seq = seq - 1 WHERE seq = 3',
      2,
    ],
  ])('shows %s, altered past the triggers', async (_, sql, broken) => {
    alter(sql);
    expect(firstBroken(await store.read('case/1'))?.seq).toBe(broken);
  });

  test('shows an entry that was altered together with its own hash', async () => {
    const [, second] = await store.read('case/1');
    if (second === undefined) throw new Error('the second entry is gone');
    const hash = entryHash({ ...second, by: 'demo-inspector' });
    alter(`UPDATE entries SET by = 'demo-inspector', hash = '${hash}' WHERE seq = 2`);
    expect(firstBroken(await store.read('case/1'))?.seq).toBe(3);
  });

  test('holds everything after it is opened again, and the next entry links on', async () => {
    const before = await store.read('case/1');
    store.close();
    store = openSqliteStore(file());
    expect(await store.read('case/1')).toEqual(before);
    expect([await store.holderOf('citizen/1'), (await store.page({ kind: 'case', limit: 9 })).rows.length]).toEqual([
      'case/1',
      1,
    ]);
    await store.commit([appended('case/1', 4, 'released')]);
    expect(firstBroken(await store.read('case/1'))).toBeUndefined();
    expect((await store.read('case/1')).at(-1)?.previousHash).toBe(before.at(-1)?.hash);
  });

  test('of this version opens, and of a later one is refused and left as it is', () => {
    withFile((database) => database.exec('PRAGMA user_version = 3'));
    expect(() => openSqliteStore(file())).toThrow('phiên bản mới hơn (3)');
    withFile((database) => expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 3 }));
    withFile((database) => database.exec('PRAGMA user_version = 2'));
    expect(() => openSqliteStore(file()).close()).not.toThrow();
  });

  test('of the first version opens, and its chain goes on', async () => {
    const old = { stream: 'case/9', seq: 1, at: 'x', by: 'system', kind: 'old', data: '{}', effects: '' };
    const hash = entryHash({ ...old, previousHash: noHash });
    store.close();
    withFile((database) =>
      database.exec(`DROP TABLE entries; PRAGMA user_version = 1;
        CREATE TABLE entries (position INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL, seq INTEGER NOT NULL,
          at TEXT NOT NULL, by TEXT NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL, previousHash TEXT NOT NULL,
          hash TEXT NOT NULL, UNIQUE (stream, seq)) STRICT;
        INSERT INTO entries (stream, seq, at, by, kind, data, previousHash, hash)
          VALUES ('case/9', 1, 'x', 'system', 'old', '{}', '${noHash}', '${hash}')`),
    );
    store = openSqliteStore(file());
    await store.commit([{ ...appended('case/9', 1, 'new'), row: caseRow('assessed') }]);
    const entries = await store.read('case/9');
    expect(entries.map(({ effects }) => effects !== '')).toEqual([false, true]);
    expect(firstBroken(entries)).toBeUndefined();
  });

  test('puts every commit on the disk before it answers', () => {
    withFile((database) => expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' }));
  });

  test('gives subscribers what came after a position, oldest first, over all histories', async () => {
    await store.commit([appended('case/2', 0, 'submitted')]);
    const first = store.entriesAfter(0, 3);
    const rest = store.entriesAfter(first.at(-1)?.position ?? 0, 100);
    const seen = [...first, ...rest].map(({ stream, seq }) => `${stream} ${seq}`);
    expect(seen).toEqual(['case/1 1', 'case/1 2', 'case/1 3', 'case/1 4', 'case/2 1']);
    expect(store.entriesAfter(rest.at(-1)?.position ?? 0, 100)).toEqual([]);
  });

  test('is seen alike by two connections, and the slower one conflicts', async () => {
    const other = openSqliteStore(file());
    expect((await store.commit([appended('case/1', 4, 'mine')])).outcome).toBe('committed');
    expect(await other.commit([appended('case/1', 4, 'theirs')])).toEqual({ outcome: 'conflict', stream: 'case/1' });
    expect(await other.commit([{ ...appended('case/2', 0, 'a'), claims: ['citizen/1'] }])).toMatchObject({
      outcome: 'claimed',
      holder: 'case/1',
    });
    expect((await other.read('case/1')).at(-1)?.kind).toBe('mine');
    other.close();
  });

  test('of many threads that race for a history, one wins each number, and no claim is held twice', async () => {
    const [threads, rounds] = [4, 30];
    const won = await Promise.all(Array.from({ length: threads }, (_, who) => race(file(), who, rounds)));
    const entries = await store.read('batch/1');
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: threads * rounds }, (_, index) => index + 1));
    expect(firstBroken(entries)).toBeUndefined();
    for (const { seq, by } of entries) {
      const winners = won.flatMap((seqs, who) => (seqs.includes(seq) ? [`thread-${who}`] : []));
      expect(winners).toEqual([by]);
    }
    const holders = await Promise.all(Array.from({ length: rounds }, (_, round) => store.holderOf(`line/${round}`)));
    expect(holders.every((holder) => holder?.startsWith('order/') === true)).toBe(true);
    expect(await countOf(threads, rounds)).toBe(rounds);
  });

  /** How many order streams came to be: one a claim, though each thread tried each. */
  async function countOf(threads: number, rounds: number): Promise<number> {
    const streams = Array.from(
      { length: threads * rounds },
      (_, index) => `order/${Math.floor(index / rounds)}-${index % rounds}`,
    );
    const found = await Promise.all(streams.map((stream) => store.read(stream)));
    return found.filter(({ length }) => length > 0).length;
  }
});

/** In a thread with a connection of its own: appends to one history, again after each conflict; the numbers it won. */
function race(file: string, who: number, rounds: number): Promise<readonly number[]> {
  const code = `
    const { parentPort, workerData } = require('node:worker_threads');
    void (async () => {
      const { openSqliteStore } = await import(workerData.module);
      const store = openSqliteStore(workerData.file);
      const won = [];
      const entries = [{ at: '2025-10-08T02:00:00.000Z', by: 'thread-' + workerData.who, kind: 'raced', data: null }];
      while (won.length < workerData.rounds) {
        const readAt = (await store.read('batch/1')).length;
        await new Promise((resolve) => setImmediate(resolve));
        const { outcome } = await store.commit([{ stream: 'batch/1', readAt, entries }]);
        if (outcome === 'committed') won.push(readAt + 1);
      }
      for (let round = 0; round < workerData.rounds; round += 1) {
        await store.commit([{ stream: 'order/' + workerData.who + '-' + round, readAt: 0, entries, claims: ['line/' + round] }]);
      }
      store.close();
      parentPort.postMessage(won);
    })();`;
  const module = new URL('../../infra/local/sqlite-store.ts', import.meta.url).href;
  return new Promise((resolve, reject) => {
    const worker = new Worker(code, { eval: true, workerData: { module, file, who, rounds } });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
