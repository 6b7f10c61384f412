/** Everybody is in one place of each table of a report, whoever they are and however they are counted. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { statuses } from '../../../shared/case/lifecycle.ts';
import { blocks, budgetLevels, sources } from '../../../shared/case/unit.ts';
import { bucketOfFigures, countFigures, faultOf, sumOf } from '../../../shared/completion/report-content.ts';
import { bucketBy } from '../../../shared/completion/report-definitions.ts';

const standing = fc.record({
  part: fc.uuid(),
  caseId: fc.uuid(),
  status: fc.constantFrom(...statuses),
  source: fc.constantFrom(...sources),
  unit: fc.constantFrom('1', '2', '3'),
  total: fc.bigInt({ min: 1n, max: 10n ** 12n }),
  regime: fc.constantFrom('178/7', '154/9', '07/NQ-CP'),
  block: fc.constantFrom(...blocks),
  level: fc.constantFrom(...budgetLevels),
  since: fc.constantFrom('2025-09-01T00:00:00Z', '2025-10-01T00:00:00Z'),
  isCounted: fc.boolean(),
  isRest: fc.boolean(),
  isDecided: fc.boolean(),
  disagrees: fc.constant(false),
});
const counting = fc.record({
  base: fc.constantFrom('computed' as const, 'decided' as const),
  paid: fc.constantFrom('credited' as const, 'treasury-paid' as const),
  countsElsewhere: fc.boolean(),
  hidesSmallSums: fc.boolean(),
});

describe('a report', () => {
  test('is zero-sum in every table, and counts each person as its definition says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(standing, { maxLength: 40 }), counting, async (all, by) => {
        const of = await countFigures(all, by);
        expect(faultOf(of)).toBeUndefined();
        const paid = all.filter((one) => bucketBy(by, one) === 'credited');
        expect(bucketOfFigures(of, 'credited')).toEqual({
          people: paid.filter(({ isCounted }) => isCounted).length,
          sums: paid.length,
          total: paid.reduce((sum, { total }) => sum + total, 0n).toString(),
        });
        expect(sumOf(of.byUnit.map((unit) => unit.paid))).toEqual(bucketOfFigures(of, 'credited'));
      }),
    );
  });

  test('with one person or one đồng lost from any table is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(standing, { minLength: 1, maxLength: 20 }), counting, async (all, by) => {
        const of = await countFigures(all, by);
        fc.pre(of.base.sums > 0);
        const less = { people: -1, sums: 0, total: '0' };
        const dearer = { people: 0, sums: 0, total: '1' };
        for (const wrong of [less, dearer]) {
          const more = { key: 'x', base: wrong, paid: wrong, unpaid: wrong };
          for (const table of ['byRegime', 'byLevel', 'byBlock', 'bySource'] as const) {
            expect(faultOf({ ...of, [table]: [...of[table], more] })).toBeDefined();
          }
          expect(faultOf({ ...of, buckets: [...of.buckets, { key: 'held', ...wrong }] })).toBeDefined();
          expect(faultOf({ ...of, outside: sumOf([of.outside, wrong]) })).toBeDefined();
        }
        expect(faultOf({ ...of, disagreeing: 1 })).toBeDefined();
      }),
    );
  });
});
