import { describe, expect, test } from 'vitest';
import { readLog, readsOf } from '../../../shared/completion/reads.ts';
import { firstBroken } from '../../../shared/case/store.ts';
import { provinces } from '../../province.ts';

const open = provinces();
const read = (by: string, at: string, path = '/ho-so/c1') => ({ what: 'person', by, at, path }) as const;

describe('the log of reads', () => {
  test('keeps one history an account and hour, each whole', async () => {
    const { store } = await open({ people: 1 });
    const log = readLog(store);
    await log(read('a', '2025-10-01T01:00:00.000Z'));
    await log(read('a', '2025-10-01T01:59:59.999Z'));
    await log(read('a', '2025-10-01T02:00:00.000Z'));
    await log(read('b', '2025-10-01T01:30:00.000Z'));
    const entries = await Promise.all(
      ['reads/a/2025-10-01T01', 'reads/a/2025-10-01T02', 'reads/b/2025-10-01T01'].map((stream) => store.read(stream)),
    );
    expect(entries.map((one) => [one.length, firstBroken(one)])).toEqual([
      [2, undefined],
      [1, undefined],
      [1, undefined],
    ]);
    expect((await readsOf(store, { days: ['2025-10-01'], account: 'a' })).map(({ at }) => at)).toEqual([
      '2025-10-01T02:00:00.000Z',
      '2025-10-01T01:59:59.999Z',
      '2025-10-01T01:00:00.000Z',
    ]);
    expect(await readsOf(store, { days: ['2025-10-02'] })).toEqual([]);
  });

  test('loses none of reads at the same moment, from two processes', async () => {
    const { store } = await open({ people: 1 });
    const [one, other] = [readLog(store), readLog(store)];
    const at = '2025-10-01T01:00:00.000Z';
    await Promise.all(
      Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? one : other)(read('a', at, `/ho-so/c${index}`))),
    );
    // In turns: each time what one process remembers of the history is behind.
    for (const index of [16, 17, 18, 19]) await (index % 2 === 0 ? one : other)(read('a', at, `/ho-so/c${index}`));
    const found = await readsOf(store, { days: ['2025-10-01'] });
    expect(new Set(found.map(({ path }) => path)).size).toBe(20);
    expect((await readsOf(store, { days: ['2025-10-01'], of: 'c7' })).map(({ path }) => path)).toEqual(['/ho-so/c7']);
  });
});
