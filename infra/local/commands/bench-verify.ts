/** A million entries for the bench, as the store writes them: five a history, the last with its row and its claim. */
import { DatabaseSync } from 'node:sqlite';
import { effectsText, entryHash, noHash } from '../../../shared/case/store.ts';
import { canonical } from '../../../shared/hash.ts';
import { openSqliteStore } from '../sqlite-store.ts';

const entriesAHistory = 5;

/** Fills a new file; the disk is not waited for, since only the reading is measured. */
export function writeLongHistories(file: string, entries: number): void {
  openSqliteStore(file).close();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA synchronous = OFF; BEGIN');
  const write = {
    entry: database.prepare(
      'INSERT INTO entries (stream, seq, at, by, kind, data, previousHash, hash, effects) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    row: database.prepare("INSERT INTO rows (stream, kind, status, unit, summary) VALUES (?, 'part', ?, ?, ?)"),
    claim: database.prepare('INSERT INTO claims (key, stream) VALUES (?, ?)'),
  };
  const at = '2025-09-01T00:00:00Z';
  for (let history = 0; history < entries / entriesAHistory; history += 1) {
    const stream = `part/${String(history).padStart(20, '0')}.wage-reform`;
    const summary = { caseId: String(history), total: '1234567890', regime: '178/7', marks: [], open: [], since: at };
    const row = { kind: 'part', status: 'credited', unit: '1094107', summary };
    const claim = `pay/${history}`;
    let previousHash = noHash;
    for (let seq = 1; seq <= entriesAHistory; seq += 1) {
      const data = canonical({
        status: 'sent',
        amount: '1234567890',
        reference: `${history}/${seq}`,
        caseHash: noHash,
      });
      const effects = effectsText(seq === 1 ? { row, claims: [claim] } : { row });
      const entry = { stream, seq, at, by: 'system', kind: 'sent', data, effects, previousHash };
      const hash = entryHash(entry);
      write.entry.run(stream, seq, at, 'system', 'sent', data, previousHash, hash, effects);
      previousHash = hash;
    }
    write.row.run(stream, row.status, row.unit, canonical(summary));
    write.claim.run(claim, stream);
  }
  database.exec('COMMIT');
  database.close();
}
