import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeDailyAnchor } from '../../../infra/local/anchors.ts';
import { openSqliteStore, type SqliteStore } from '../../../infra/local/sqlite-store.ts';
import { lastAnchor } from '../../../shared/case/anchor.ts';
import { verifyHistories } from '../../../shared/case/verify.ts';
import { appended } from '../../contracts/store.ts';

let folder = '';
let store: SqliteStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anchors-'));
  store = openSqliteStore(join(folder, 'histories.sqlite'));
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const days = async () => (await store.read('anchors')).map(({ at }) => at);

test('once a day by the calendar of Viet Nam, and only when something was written', async () => {
  await takeDailyAnchor(store, '2025-10-01T01:00:00Z');
  expect(await days()).toEqual([]);
  await store.commit([appended('case/1', 0, 'submitted')]);
  for (const at of ['2025-10-01T02:00:00Z', '2025-10-01T16:59:59Z']) await takeDailyAnchor(store, at);
  expect(await days()).toEqual(['2025-10-01T02:00:00Z']);
  // Seventeen o'clock in UTC is midnight here; nothing was written since.
  await takeDailyAnchor(store, '2025-10-01T17:00:00Z');
  expect(await days()).toHaveLength(1);
  await store.commit([appended('case/1', 1, 'assessed')]);
  await takeDailyAnchor(store, '2025-10-01T17:00:01Z');
  await takeDailyAnchor(store, '2025-10-02T16:00:00Z');
  expect(await days()).toEqual(['2025-10-01T02:00:00Z', '2025-10-01T17:00:01Z']);
});

test('by whoever asks, as often as they do, each chained to the one before', async () => {
  for (const count of [1, 2, 3]) {
    await store.commit([appended(`case/${count}`, 0, 'submitted')]);
    await store.anchor('2025-10-01', `2025-10-01T0${count}:00:00Z`, 'demo-inspector');
  }
  const { anchors, problems } = verifyHistories(store.held(), (await lastAnchor(store))?.anchor);
  expect([anchors, problems]).toEqual([3, []]);
  expect((await store.read('anchors')).map(({ by }) => by)).toEqual(Array.from({ length: 3 }, () => 'demo-inspector'));
});
