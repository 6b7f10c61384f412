/** The difference between two versions reconciles to the đồng, whatever the two lists. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceBetween, weightOf } from '../../../shared/approval/difference.ts';
import type { FrozenList, FrozenPart } from '../../../shared/case/batch.ts';
import { sum } from '../../../shared/dong.ts';

const part = (given: Pick<FrozenPart, 'part' | 'caseHash' | 'accountDigest' | 'total'>): FrozenPart => ({
  unit: 'U',
  regime: '178/7',
  open: [],
  marks: [],
  appraisedBy: 'x',
  ...given,
});
const listOf = (parts: FrozenPart[]): FrozenList => ({ source: 'regular', level: 'provincial', law: 'l', parts });

const parts = fc.uniqueArray(
  fc.record({
    part: fc.integer({ min: 0, max: 30 }).map((number) => `p${number}`),
    caseHash: fc.constantFrom('h1', 'h2'),
    accountDigest: fc.constantFrom('a1', 'a2'),
    total: fc.bigInt({ min: 0n, max: 10n ** 12n }).map(String),
  }),
  { selector: ({ part: id }) => id, maxLength: 25 },
);

test('before − left + joined + changes = after, in people and đồng, and nobody is in two of them', () => {
  fc.assert(
    fc.property(parts, parts, (old, fresh) => {
      // A sum changes only with the case behind it.
      const after = fresh.map((one) => {
        const was = old.find(({ part: id }) => id === one.part);
        const isSame = was?.caseHash === one.caseHash && was.accountDigest === one.accountDigest;
        return isSame ? { ...one, total: was.total } : one;
      });
      const said = differenceBetween(listOf(old.map(part)), listOf(after.map(part)));
      const changes = sum(said.changed.map((one) => one.after - one.before));
      expect(said.before.total - weightOf(said.left).total + weightOf(said.joined).total + changes).toBe(
        said.after.total,
      );
      expect(said.before.people - said.left.length + said.joined.length).toBe(said.after.people);
      const named = [...said.left, ...said.joined, ...said.changed].map((one) => one.part);
      expect(new Set(named).size).toBe(named.length);
    }),
  );
});
