/** What happened on one machine: the histories, read by a cursor. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../infra/local/sqlite-store.ts';
import { eventsContract } from './events.ts';

eventsContract('by a cursor', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'chi-tra-events-'));
  const store = openSqliteStore(join(directory, 'histories.sqlite'));
  let cursor = 0;
  return {
    store,
    async told() {
      const entries = store.entriesAfter(cursor, 1000);
      cursor = entries.at(-1)?.position ?? cursor;
      return entries.map(({ stream, seq, kind, at }) => ({ stream, seq, kind, at }));
    },
    async close() {
      store.close();
      rmSync(directory, { recursive: true });
    },
  };
});
