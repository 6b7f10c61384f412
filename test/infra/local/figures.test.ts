/** The figures of a province as one machine keeps them: over starts, faults, and data that were put back from a copy. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type LiveFigures, liveFigures } from '../../../infra/local/figures.ts';
import { openScratch, type SqliteScratch } from '../../../infra/local/scratch.ts';
import type { SqliteStore } from '../../../infra/local/sqlite-store.ts';
import { localDateOf } from '../../../shared/calendar.ts';
import { cellsOf } from '../../../shared/completion/cells.ts';
import { readPast } from '../../../shared/completion/past.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import { openProvince, type Province } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'figures-'));
let made: Province;
let scratch: SqliteScratch;
let scratches = 0;

const store = (): SqliteStore => made.home.store;
const recounted = async () => {
  const { standing: _parts, ...past } = await readPast(store());
  return { cells: await cellsOf(store(), localDateOf), past };
};
const shown = async (live: LiveFigures) => live.now();

async function credit(count: number): Promise<void> {
  const open = (await made.orders('b1')).filter(({ status }) => status === 'sent').slice(0, count);
  const outcomes = open.map(
    ({ reference }) => ({ reference, outcome: 'credited', on: '2025-10-03', file: 'f' }) as const,
  );
  expect((await settle(outcomes, 'x', made.still)).applied).toBe(count);
}

beforeAll(async () => {
  made = await openProvince({ people: 14 });
  await made.sentBatch('b1');
}, 120_000);
afterAll(async () => {
  await made.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  scratches += 1;
  scratch = openScratch(join(folder, `scratch-${scratches}.sqlite`));
});

describe('the figures', () => {
  test('are those of a recount, and go on with what happens', async () => {
    const live = liveFigures(store(), scratch);
    expect(await shown(live)).toEqual(await recounted());
    await credit(1);
    expect(await shown(live)).toEqual(await recounted());
  });

  test('go on over a start from what was kept', async () => {
    const before = liveFigures(store(), scratch);
    await before.now();
    before.keep();
    await credit(1);
    const after = liveFigures({ ...store(), read: readsOnly('part/', 'case/') }, scratch);
    expect(await shown(after)).toEqual(await recounted());
  });

  test('asked for by many at once count nothing twice', async () => {
    const live = liveFigures(store(), scratch);
    await Promise.all([live.now(), live.catchUp(), live.now(), live.catchUp()]);
    expect(await shown(live)).toEqual(await recounted());
  });

  test('are counted anew when the histories are not those that were counted', async () => {
    const live = liveFigures(store(), scratch);
    await live.now();
    live.keep();
    const kept = JSON.parse(scratch.get('figures', '2') ?? '');
    for (const wrong of [
      { ...kept, hash: 'f'.repeat(64) },
      { ...kept, cursor: kept.cursor + 1 },
      { ...kept, cursor: kept.cursor - 1 },
    ]) {
      scratch.put('figures', '2', JSON.stringify(wrong));
      expect(await shown(liveFigures(store(), scratch))).toEqual(await recounted());
    }
  });

  test('are whole again after a fault in the middle of counting', async () => {
    let reads = 0;
    const faulty = {
      ...store(),
      async read(stream: string) {
        reads += 1;
        if (reads === 20) throw new Error('the disk is gone');
        return store().read(stream);
      },
    };
    const live = liveFigures(faulty, scratch);
    await expect(live.now()).rejects.toThrow('the disk is gone');
    expect(await shown(live)).toEqual(await recounted());
  });
});

/** Only histories that may have moved are read. */
function readsOnly(...families: readonly string[]): SqliteStore['read'] {
  return async (stream) =>
    families.some((family) => stream.startsWith(family)) ? store().read(stream) : expect.fail(`${stream} was read`);
}
