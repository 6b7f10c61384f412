/** The difference between two versions reconciles to the đồng, and exceptions are found and sorted. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  biggestOf,
  differenceBetween,
  exceptionsFirst,
  exceptionsOf,
  weightOf,
} from '../../../shared/approval/difference.ts';
import { lastSeenBefore, noteSeen } from '../../../shared/approval/seen.ts';
import type { FrozenList, FrozenPart } from '../../../shared/case/batch.ts';
import { sum } from '../../../shared/dong.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();

const part = (given: Partial<FrozenPart> & { readonly part: string }): FrozenPart => ({
  caseHash: 'h',
  total: '100',
  unit: 'U',
  regime: '178/7',
  accountDigest: 'a',
  open: [],
  marks: [],
  appraisedBy: 'x',
  ...given,
});
const listOf = (parts: FrozenPart[]): FrozenList => ({ source: 'regular', level: 'provincial', law: 'l', parts });

describe('between two versions', () => {
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

  test('another account behind the same sum is a change, and so are other facts', () => {
    const old = listOf([part({ part: 'p1' }), part({ part: 'p2' }), part({ part: 'p3' })]);
    const fresh = listOf([
      part({ part: 'p1', accountDigest: 'b' }),
      part({ part: 'p2', caseHash: 'i' }),
      part({ part: 'p3' }),
    ]);
    expect(differenceBetween(old, fresh).changed).toEqual([
      { part: 'p1', before: 100n, after: 100n },
      { part: 'p2', before: 100n, after: 100n },
    ]);
  });
});

describe('exceptions', () => {
  const some = [
    part({ part: 'p1', total: '900', marks: ['tier-edge'] }),
    part({ part: 'p2', total: '800', open: ['R1'] }),
    part({ part: 'p3', total: '700', open: ['R1'], marks: ['tier-edge'] }),
    part({ part: 'p4', total: '600' }),
    part({ part: 'p5', total: '1000' }),
    part({ part: 'p6', total: '500', marks: ['birth-year-only', 'tier-edge'] }),
  ];

  test('are counted by kind: open readings, marks by how many, the five biggest sums', () => {
    expect(exceptionsOf(some)).toEqual([
      { kind: 'open', of: 'R1', people: 2, total: 1500n },
      { kind: 'mark', of: 'tier-edge', people: 3, total: 2100n },
      { kind: 'mark', of: 'birth-year-only', people: 1, total: 500n },
      { kind: 'big', of: '', people: 5, total: 4000n },
    ]);
  });

  test('come first in the list, then the biggest sums, then the rest; equal sums by name', () => {
    expect(exceptionsFirst(some).map(({ part: id }) => id)).toEqual(['p3', 'p2', 'p6', 'p1', 'p5', 'p4']);
    const equal = [part({ part: 'b' }), part({ part: 'a' })];
    expect(exceptionsFirst(equal).map(({ part: id }) => id)).toEqual(['a', 'b']);
  });

  test('a short list has no biggest sums', () => {
    expect(biggestOf(some.slice(0, 5))).toEqual([]);
    expect(biggestOf(some).map(({ part: id }) => id)).toEqual(['p5', 'p1', 'p2', 'p3', 'p4']);
    expect(exceptionsOf(some.slice(3, 5))).toEqual([]);
  });
});

describe('what an approver last saw', () => {
  test('is the newest version before this one that they opened or decided on', async () => {
    const { frozenBatch, freeze, step, decides, batch, still, account } = await province();
    const [opener, decider] = [account('finance-leader'), account('home-affairs-leader')];
    await frozenBatch('b1');
    await noteSeen('b1', 1, opener, still);
    await noteSeen('b1', 1, opener, still);
    expect((await batch('b1')).seen).toEqual([{ by: opener.id, version: 1 }]);
    done(await decides('home-affairs-leader', 'b1'));
    for (const version of [2, 3]) {
      await freeze('b1', { reason: 'Rà soát' });
      await step('entitlement.recompute', 'b1');
      await step('approval.next', 'b1');
      await noteSeen('b1', version - 1, opener, still);
    }
    const now = await batch('b1');
    expect(now.seen.map(({ version }) => version)).toEqual([1]);
    expect(lastSeenBefore(now, opener.id)?.version).toBe(1);
    expect(lastSeenBefore(now, decider.id)?.version).toBe(1);
    expect(lastSeenBefore(now, 'somebody-else')).toBeUndefined();
    await noteSeen('b1', 3, opener, still);
    expect(lastSeenBefore(await batch('b1'), opener.id)?.version).toBe(1);
  });
});
