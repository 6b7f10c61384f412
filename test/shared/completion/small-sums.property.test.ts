/** Nobody's own sum is learnt from a table, whatever its lines. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fewestSums, hiddenLines, isSmall, shownTotals } from '../../../shared/completion/small-sums.ts';

const sums = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 500 }));
/** Lines of paid, unpaid and given up; their whole stands first. */
const lines = fc.array(
  fc.tuple(sums, sums, sums).map(([paid, unpaid, rest]) => [paid + unpaid + rest, paid, unpaid] as const),
  { maxLength: 12 },
);
const total = (of: readonly (readonly number[])[], column: number) =>
  of.reduce((all, line) => all + (line[column] ?? 0), 0);

describe('sums that are left out', () => {
  test('are those of one or two transfers, and never so few together that a shown total tells them', () => {
    fc.assert(
      fc.property(lines, (table) => {
        const [base, paid, unpaid] = [total(table, 0), total(table, 1), total(table, 2)];
        const shown = shownTotals({ base, paid, unpaid });
        const hidden = hiddenLines(table, [shown.base, shown.paid, shown.unpaid]);
        const left = table.filter((_line, index) => hidden[index] === true);
        for (const [index, line] of table.entries()) if (line.some(isSmall)) expect(hidden[index]).toBe(true);
        for (const [column, isShown] of [shown.base, shown.paid, shown.unpaid].entries()) {
          const together = total(left, column);
          if (isShown) expect(together === 0 || together >= fewestSums).toBe(true);
        }
        // Of two totals and the rest, a small one cannot be worked out.
        const isRestSmall = isSmall(base - paid - unpaid);
        if (shown.base && shown.paid && shown.unpaid)
          expect(isRestSmall || isSmall(paid) || isSmall(unpaid)).toBe(false);
        if (isSmall(paid) || isSmall(unpaid)) expect(shown.base).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    [[2], [true, false]],
    [[3], [false, false]],
    [[4], [false, false]],
  ])('of %j transfers beside a line of nine: %j', ([few = 0], hidden) => {
    const table = [[few], [9]];
    expect(hiddenLines(table, [false])).toEqual(hidden);
    expect(hiddenLines(table, [true])).toEqual([hidden[0], hidden[0]]);
  });
});
