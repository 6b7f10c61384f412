/** Reading much over a network: some together, in order, never more than the store's connections carry. */
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { readEach } from '../../../shared/case/history.ts';

describe('reading something for each of a list', () => {
  test.each([0, 1, 31, 32, 33, 100])(
    'of %i answers in the list’s order, with at most 32 on their way',
    async (many) => {
      const all = Array.from({ length: many }, (_, index) => index);
      let onTheirWay = 0;
      let most = 0;
      const read = await readEach(all, async (one) => {
        onTheirWay += 1;
        most = Math.max(most, onTheirWay);
        // Later ones answer first.
        for (let turns = 0; turns < 40 - (one % 40); turns += 1) await turn();
        onTheirWay -= 1;
        return one * 2;
      });
      expect(read).toEqual(all.map((one) => one * 2));
      expect(most).toBe(Math.min(many, 32));
    },
  );

  test('tells of the fault of one, and reads no further', async () => {
    const asked: number[] = [];
    const all = Array.from({ length: 100 }, (_, index) => index);
    const reading = readEach(all, async (one) => {
      asked.push(one);
      if (one === 5) throw new Error('no answer');
      return one;
    });
    await expect(reading).rejects.toThrow('no answer');
    expect(Math.max(...asked)).toBe(31);
  });
});
