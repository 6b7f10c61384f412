/** Nobody's own sum is learnt from a table, whatever its lines: the page and the reports hide by this one rule. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allShown,
  behind,
  type CountedSum,
  fewestSums,
  hiddenGroups,
  hiddenLines,
  hiddenPlaces,
  isSmall,
  shownTotals,
} from '../../../shared/completion/small-sums.ts';

const counted = (people: number, further = 0): CountedSum => ({ people, sums: people + further });
const plus = (...all: readonly CountedSum[]): CountedSum => ({
  people: all.reduce((sum, { people }) => sum + people, 0),
  sums: all.reduce((sum, { sums }) => sum + sums, 0),
});

const few = fc.integer({ min: 0, max: 4 });
const count = fc
  .tuple(fc.oneof(few, fc.integer({ min: 0, max: 500 })), fc.oneof(fc.constant(0), few))
  .map(([people, further]) => counted(people, further));
const group = fc
  .tuple(count, count, count)
  .map(([paid, unpaid, rest]) => ({ base: plus(paid, unpaid, rest), paid, unpaid, rest }));
const groups = fc.array(group, { maxLength: 12 });

function wholeOf(
  all: readonly { readonly base: CountedSum; readonly paid: CountedSum; readonly unpaid: CountedSum }[],
) {
  return {
    base: plus(...all.map(({ base }) => base)),
    paid: plus(...all.map(({ paid }) => paid)),
    unpaid: plus(...all.map(({ unpaid }) => unpaid)),
  };
}

/** A sum of nobody tells nothing. */
const tellsNobody = (of: CountedSum) => of.sums === 0 || of.sums >= fewestSums;

describe('sums that are left out', () => {
  test('are those of one or two people, and never so few together that a shown total tells them', () => {
    fc.assert(
      fc.property(groups, (table) => {
        const shown = shownTotals(wholeOf(table));
        const hidden = hiddenGroups(table, shown);
        const left = table.filter((_line, index) => hidden[index] === true);
        for (const [index, { base, paid, unpaid, rest }] of table.entries()) {
          if ([base, paid, unpaid, rest].some((one) => isSmall(behind(one)))) expect(hidden[index]).toBe(true);
        }
        if (shown.base) expect(tellsNobody(plus(...left.map(({ base }) => base)))).toBe(true);
        if (shown.paid) expect(tellsNobody(plus(...left.map(({ paid }) => paid)))).toBe(true);
        if (shown.unpaid) expect(tellsNobody(plus(...left.map(({ unpaid }) => unpaid)))).toBe(true);
        if (Object.values(shown).every(Boolean)) expect(tellsNobody(plus(...left.map(({ rest }) => rest)))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('are, of two totals and the rest, each small one and the whole it could be worked out from', () => {
    fc.assert(
      fc.property(group, ({ base, paid, unpaid, rest }) => {
        const shown = shownTotals({ base, paid, unpaid });
        expect([shown.paid, shown.unpaid]).toEqual([!isSmall(behind(paid)), !isSmall(behind(unpaid))]);
        if ([paid, unpaid, rest].some((one) => isSmall(behind(one)))) expect(shown.base).toBe(false);
      }),
    );
  });

  test('hide among the places of what is unpaid, and never take what is paid with them', () => {
    fc.assert(
      fc.property(fc.array(count, { minLength: 1, maxLength: 4 }), count, count, (unpaid, paid, rest) => {
        const whole = { base: plus(...unpaid, paid, rest), paid, unpaid: plus(...unpaid) };
        const shown = shownTotals(whole);
        const places = [
          { ...paid, of: 'paid' as const },
          ...unpaid.map((one) => ({ ...one, of: 'unpaid' as const })),
          { ...rest, of: 'rest' as const },
        ];
        const [isPaidHidden, ...others] = hiddenPlaces(places, shown);
        expect(isPaidHidden).toBe(!shown.paid);
        const left = unpaid.filter((_one, index) => others[index] === true);
        if (shown.unpaid) expect(tellsNobody(plus(...left))).toBe(true);
        for (const [index, one] of unpaid.entries()) if (isSmall(behind(one))) expect(others[index]).toBe(true);
        expect(others.at(-1)).toBe(isSmall(behind(rest)));
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    [2, true],
    [3, false],
    [4, false],
  ])('of %i people are hidden: %s', (people, isHidden) => {
    const all = [counted(people), counted(50)].map((base) => ({ base, paid: base, unpaid: counted(0) }));
    expect(hiddenGroups(all, { base: false, paid: false, unpaid: false })).toEqual([isHidden, false]);
    expect(hiddenGroups(all, allShown)).toEqual([isHidden, isHidden]);
  });

  test('of two people are hidden though each is paid from two sources: it is people whose sums are told', () => {
    expect(behind({ people: 2, sums: 4 })).toBe(2);
    expect(behind({ people: 0, sums: 4 })).toBe(4);
  });

  test('take the smallest other with them, where its total is shown', () => {
    expect(hiddenLines([[100], [2], [30], [40], [0]], [true])).toEqual([false, true, true, false, false]);
    expect(hiddenLines([[100], [2], [30], [40], [0]], [false])).toEqual([false, true, false, false, false]);
  });

  test('are those of two unpaid and of the whole, where 118 of 120 have the money: what is paid is still told', () => {
    expect(shownTotals({ base: counted(120), paid: counted(118), unpaid: counted(2) })).toEqual({
      base: false,
      paid: true,
      unpaid: false,
    });
  });
});
