/** The sum of the named differences is the difference, always: whatever the people, the steps and the list. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { statuses } from '../../../shared/case/lifecycle.ts';
import { blocks, budgetLevels, sources } from '../../../shared/case/unit.ts';
import { stepNames, takeSteps } from '../../../shared/completion/difference-steps.ts';
import { matchList } from '../../../shared/completion/match-list.ts';
import { explain, isWhole } from '../../../shared/completion/outside-figure.ts';

/** A few codes, so that people have several sums and lists name them twice. */
const code = fc.integer({ min: 0, max: 12 }).map((number) => `c${number}`);
const sum = fc.bigInt({ min: 0n, max: 10n ** 12n });
const standing = fc.record({
  part: fc.uuid(),
  caseId: code,
  status: fc.constantFrom(...statuses),
  source: fc.constantFrom(...sources),
  unit: fc.constant('1'),
  total: sum,
  regime: fc.constantFrom('178/7', '154/9'),
  block: fc.constantFrom(...blocks),
  level: fc.constantFrom(...budgetLevels),
  since: fc.constant('2025-09-01T00:00:00Z'),
  isCounted: fc.boolean(),
  isRest: fc.boolean(),
  isDecided: fc.boolean(),
});
const standings = fc.array(standing, { maxLength: 30 });
const chosen = fc.subarray([...stepNames], { maxLength: 5 }).chain((some) => fc.shuffledSubarray(some));
const row = fc
  .record({ place: fc.uuid(), person: fc.option(code, { nil: undefined }), total: sum })
  .map(({ place, person, total }) => ({ place, total, ...(person === undefined ? {} : { person }) }));
const stated = fc.record({ people: fc.integer({ min: 0, max: 40 }), total: sum.map(String) });

describe('from our figure to theirs', () => {
  test('every person and every đồng is in a line, or said to be unexplained', () => {
    fc.assert(
      fc.property(
        standings,
        chosen,
        fc.option(fc.array(row, { maxLength: 20 })),
        stated,
        (all, steps, rows, theirs) => {
          const counted = takeSteps(all, steps);
          const list = rows === null ? undefined : matchList(rows, counted, () => undefined);
          const of = explain(theirs, counted, steps, list);
          const lines = [...of.lines, ...(of.list?.lines ?? [])];
          const people = lines.reduce((total, line) => total + line.people, 0) + (of.unexplained.people ?? 0);
          const total = lines.reduce((all, line) => all + BigInt(line.total), 0n) + BigInt(of.unexplained.total ?? 0);
          expect(people).toBe(theirs.people - of.whole.people);
          expect(total).toBe(BigInt(theirs.total) - BigInt(of.whole.total));
          // Each line is the sum of whom it names, and nobody is left out twice.
          for (const line of of.list?.lines ?? []) {
            expect(line.named.reduce((sum, one) => sum + BigInt(one.total), 0n)).toBe(BigInt(line.total));
            expect(line.named.reduce((sum, one) => sum + one.people, 0)).toBe(line.people);
          }
          expect(of.left.people).toBe(of.whole.people + of.lines.reduce((sum, line) => sum + line.people, 0));
          if (isWhole(of)) expect([of.unexplained.people, of.unexplained.total]).toEqual([0, '0']);
        },
      ),
      { numRuns: 500 },
    );
  });
});
