/** The cloud's figures over a province in SQLite: what they say, and how often they are counted. */
import { expect, onTestFinished, test } from 'vitest';
import { countedFigures } from '../../../functions/aws/figures.ts';
import { openScratch } from '../../../infra/local/scratch.ts';
import { localDateOf } from '../../../shared/calendar.ts';
import type { Store } from '../../../shared/case/store.ts';
import { cellsOf } from '../../../shared/completion/cells.ts';
import { readPast } from '../../../shared/completion/past.ts';
import { provinces } from '../../province.ts';

const province = provinces();
const start = Date.parse('2025-10-01T01:00:00.000Z');

async function opened() {
  const made = await province({ people: 8 });
  const { store } = made;
  let at = start;
  const kept = openScratch(':memory:', () => at);
  onTestFinished(() => kept.close());
  const scratch = kept.port;
  let begun = 0;
  const begin = async () => {
    begun += 1;
  };
  const figures = countedFigures({ store, scratch, now: () => at, begin });
  /** The same over rows that come when the gate opens. */
  const slowly = (gate: Promise<void>) => {
    const page: Store['page'] = async (query) => gate.then(async () => store.page(query));
    return countedFigures({ store: { ...store, page }, scratch, now: () => at, begin });
  };
  return { ...made, slowly, figures, begunSo: () => begun, pass: (milliseconds: number) => (at += milliseconds) };
}

test('what was never counted is counted at once, without a past, as of now', async () => {
  const { figures, store, begunSo } = await opened();
  const { cells, past, at } = await figures.now();
  expect(cells).toEqual(await cellsOf(store, localDateOf));
  expect([past, at, begunSo()]).toEqual([undefined, new Date(start).toISOString(), 0]);
});

test.each([
  [59_999, 0],
  [60_000, 1],
  [60_001, 1],
])('%i milliseconds after the counting, looking begins %i countings, however many look', async (later, expected) => {
  const { figures, pass, begunSo } = await opened();
  await figures.now();
  pass(later);
  const seen = await Promise.all([figures.now(), figures.now(), figures.now()]);
  expect(seen.map(({ at }) => at)).toEqual(Array(3).fill(new Date(start).toISOString()));
  expect(begunSo()).toBe(expected);
});

test('figures counted again say what happened since, and may be begun anew', async () => {
  const { figures, frozenBatch, store, pass, begunSo } = await opened();
  const before = await figures.now();
  await frozenBatch('b1');
  pass(60_000);
  expect((await figures.now()).cells).toEqual(before.cells);
  await figures.countCells();
  const after = await figures.now();
  expect(after.cells).toEqual(await cellsOf(store, localDateOf));
  expect(after.cells).not.toEqual(before.cells);
  pass(60_000);
  await figures.now();
  expect(begunSo()).toBe(2);
});

test('while one counts another does not, for five minutes at the most; whoever ends late replaces nothing newer', async () => {
  const { figures, slowly, frozenBatch, pass } = await opened();
  const { at: first, cells } = await figures.now();
  const { promise: closed, resolve: open } = Promise.withResolvers<void>();
  pass(60_000);
  const late = slowly(closed).countCells();
  await Promise.resolve();
  await frozenBatch('b1');
  pass(299_999);
  await figures.countCells();
  expect((await figures.now()).at).toBe(first);
  pass(1);
  await figures.countCells();
  const newest = await figures.now();
  expect(newest.at).toBe(new Date(start + 360_000).toISOString());
  expect(newest.cells).not.toEqual(cells);
  open();
  await late;
  expect(await figures.now()).toEqual(newest);
});

test('a counting that ends lets nobody begin while another counts', async () => {
  const { figures, slowly, pass } = await opened();
  await figures.now();
  const [one, other] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const late = slowly(one.promise).countCells();
  await Promise.resolve();
  pass(300_000);
  const next = slowly(other.promise).countCells();
  one.resolve();
  await late;
  const before = (await figures.now()).at;
  pass(1000);
  await figures.countCells();
  expect((await figures.now()).at).toBe(before);
  other.resolve();
  await next;
  expect((await figures.now()).at).toBe(new Date(start + 300_000).toISOString());
});

test('the past is the histories’ own once it was counted', async () => {
  const { figures, store } = await opened();
  await figures.countPast();
  const { past } = await figures.now();
  const { standing: _parts, ...expected } = await readPast(store);
  expect(past).toEqual(expected);
  expect(past?.waiting.size).toBeGreaterThan(0);
});
