/**
 * Histories of another home in a new SQLite file. Positions are given so that right before each anchor stands all that it
 * covers, and nothing else: this home proves anchors by them.
 */
import { DatabaseSync } from 'node:sqlite';
import { anchorStream } from '../../../shared/case/anchor.ts';
import type { Entry } from '../../../shared/case/store.ts';
import { adopted } from '../../../shared/case/adopt.ts';
import { canonical } from '../../../shared/hash.ts';
import { openSqliteStore } from '../sqlite-store.ts';
import type { Moved } from './place.ts';

const columns = 'stream, seq, at, by, kind, data, previousHash, hash, effects';

/** Takes a file that does not exist yet; it is written whole or, when this dies, is worth nothing. */
export function adoptHistories(file: string, { histories, lists }: Moved): void {
  openSqliteStore(file).close();
  const database = new DatabaseSync(file);
  try {
    database.exec(`PRAGMA temp_store = FILE; BEGIN IMMEDIATE;
      CREATE TEMP TABLE arriving (
        stream TEXT NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL, kind TEXT NOT NULL,
        data TEXT NOT NULL, previousHash TEXT NOT NULL, hash TEXT NOT NULL, effects TEXT NOT NULL,
        PRIMARY KEY (stream, seq)
      ) WITHOUT ROWID;`);
    takeAll(histories(), database);
    placeAll(lists, database);
    database.exec('DROP TABLE arriving; COMMIT');
  } finally {
    database.close();
  }
}

function takeAll(histories: Iterable<readonly Entry[]>, database: DatabaseSync): void {
  const entry = database.prepare(`INSERT INTO arriving (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const row = database.prepare(
    'INSERT INTO rows (stream, kind, status, unit, source, batch, waitingFor, summary) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const claim = database.prepare('INSERT INTO claims (key, stream) VALUES (?, ?)');
  for (const entries of histories) {
    for (const { stream, seq, at, by, kind, data, previousHash, hash, effects } of entries) {
      entry.run(stream, seq, at, by, kind, data, previousHash, hash, effects);
    }
    const made = adopted(entries);
    for (const key of made.claims) claim.run(key, made.stream);
    if (made.row === undefined) continue;
    const { stream, kind, status, unit = null, source = null, batch = null, waitingFor = null, summary } = made.row;
    row.run(stream, kind, status, unit, source, batch, waitingFor, canonical(summary));
  }
}

/** What an anchor lists, up to there; then the anchor; in the end what no anchor covers yet. */
function placeAll(lists: Moved['lists'], database: DatabaseSync): void {
  const into = `INSERT INTO entries (${columns}) SELECT ${columns} FROM arriving`;
  const place = database.prepare(`${into} WHERE stream = ? AND seq > ? AND seq <= ? ORDER BY seq`);
  const placed = new Map<string, number>();
  const placeUpTo = (stream: string, seq: number) => {
    place.run(stream, placed.get(stream) ?? 0, seq);
    placed.set(stream, Math.max(seq, placed.get(stream) ?? 0));
  };
  for (const [index, list] of lists.entries()) {
    for (const [stream, seq] of list.toSorted(([one], [other]) => (one < other ? -1 : 1))) placeUpTo(stream, seq);
    placeUpTo(anchorStream, index + 1);
  }
  database.exec(`${into} WHERE NOT EXISTS
    (SELECT 1 FROM entries WHERE entries.stream = arriving.stream AND entries.seq = arriving.seq) ORDER BY stream, seq`);
}
