import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hiddenAmong } from '../../../shared/completion/small-groups.ts';

const paid = (people: number) => ({ people, total: BigInt(people) * 1_000_000_000n });
const table = (...people: readonly (readonly number[])[]) => people.map((sums) => sums.map(paid));

describe('the sums of a group', () => {
  test.each([
    [2, true],
    [3, false],
    [4, false],
  ])('of %i people are hidden: %s', (people, isHidden) => {
    expect(hiddenAmong(table([people], [2], [1], [50])).has(0)).toBe(isHidden);
  });

  test('with nobody in it tell nothing, and are shown', () => {
    expect(hiddenAmong(table([0, 20], [30, 0])).size).toBe(0);
  });

  test('are hidden where one person is left: the rest could be subtracted from the whole', () => {
    expect(hiddenAmong(table([40, 1], [30, 30], [9, 9])).has(0)).toBe(true);
  });

  test('of which one alone is hidden take the smallest other with them, since the table shows its total', () => {
    expect([...hiddenAmong(table([100, 50], [2, 0], [30, 0], [40, 0]))].toSorted((one, other) => one - other)).toEqual([
      1, 2,
    ]);
  });

  test('that are hidden never leave one unknown that the total gives away, and each hidden sum is of a small group or covers one', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(8), { minLength: 1, maxLength: 2 }), { maxLength: 12 }), (people) => {
        const groups = people.map((sums) => sums.map(paid));
        const hidden = hiddenAmong(groups);
        for (const [at, sums] of groups.entries()) {
          if (!hidden.has(at)) expect(sums.every(({ people: of }) => of === 0 || of >= 3)).toBe(true);
        }
        const others = groups.filter((sums, at) => !hidden.has(at) && sums.some(({ people: of }) => of > 0));
        expect(hidden.size === 1 && others.length > 0).toBe(false);
      }),
    );
  });
});
