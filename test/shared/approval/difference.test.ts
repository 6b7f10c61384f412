/** The difference between two versions is whole, and exceptions are found and sorted. */
import { describe, expect, test } from 'vitest';
import { biggestOf, differenceBetween, exceptionsFirst, exceptionsOf } from '../../../shared/approval/difference.ts';
import { lastSeenBefore, noteSeen } from '../../../shared/approval/seen.ts';
import type { FrozenList, FrozenPart } from '../../../shared/case/batch.ts';
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
  test('each person left, joined, changed or stayed as they were; the sums are of the whole lists', () => {
    const stays = part({ part: 'p1', total: '5' });
    const left = part({ part: 'p2', total: '7' });
    const joined = part({ part: 'p4', total: '11' });
    const before = listOf([stays, left, part({ part: 'p3', total: '20' })]);
    const after = listOf([stays, part({ part: 'p3', total: '30', caseHash: 'i' }), joined]);
    expect(differenceBetween(before, after)).toEqual({
      before: { people: 3, total: 32n },
      after: { people: 3, total: 46n },
      left: [left],
      joined: [joined],
      changed: [{ part: 'p3', before: 20n, after: 30n }],
    });
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

  test('of a kind stand by how many people they concern, then by name', () => {
    const marked = [['c'], ['b', 'd'], ['a', 'd'], ['d', 'c']].map((marks, index) =>
      part({ part: `p${index}`, marks }),
    );
    for (const parts of [marked, marked.toReversed()]) {
      expect(exceptionsOf(parts).map(({ of, people }) => [of, people])).toEqual([
        ['d', 3],
        ['c', 2],
        ['a', 1],
        ['b', 1],
      ]);
    }
  });

  test('come first in the list, then the biggest sums, then the rest; equal sums by name', () => {
    expect(exceptionsFirst(some).map(({ part: id }) => id)).toEqual(['p3', 'p2', 'p6', 'p1', 'p5', 'p4']);
    const equal = [part({ part: 'b' }), part({ part: 'a' })];
    for (const parts of [equal, equal.toReversed()]) {
      expect(exceptionsFirst(parts).map(({ part: id }) => id)).toEqual(['a', 'b']);
    }
  });

  test('a short list has no biggest sums', () => {
    expect(biggestOf(some.slice(0, 5))).toEqual([]);
    expect(biggestOf(some).map(({ part: id }) => id)).toEqual(['p5', 'p1', 'p2', 'p3', 'p4']);
    expect(exceptionsOf(some.slice(3, 5))).toEqual([]);
  });
});

describe('what an approver last saw', () => {
  test('is noted once for each of them on each version, and of no list that is not there', async () => {
    const { frozenBatch, freeze, batch, still, account } = await province();
    const [one, other] = [account('finance-leader'), account('home-affairs-leader')];
    await frozenBatch('b1');
    for (const by of [one, other, one]) await noteSeen('b1', 1, by, still);
    await freeze('b1', { reason: 'Rà soát' });
    for (const by of [one, one, other]) await noteSeen('b1', 2, by, still);
    await noteSeen('b1', 1, account('leadership'), still);
    await noteSeen('b9', 1, one, still);
    expect((await batch('b1')).seen).toEqual([
      { by: one.id, version: 1 },
      { by: other.id, version: 1 },
      { by: one.id, version: 2 },
      { by: other.id, version: 2 },
    ]);
    expect(await still.store.read('batch/b9')).toEqual([]);
  });

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
