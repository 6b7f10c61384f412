import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Candidate, countedOf, draw, readPopulation } from '../../../shared/completion/sample.ts';
import { sum } from '../../../shared/dong.ts';
import { sha256 } from '../../../shared/hash.ts';
import { provinces } from '../../province.ts';

const open = provinces();

const candidates = (totals: readonly bigint[], regimes: readonly string[] = ['178/7']): readonly Candidate[] =>
  totals.map((total, index) => ({
    caseId: `c${String(index).padStart(4, '0')}`,
    total,
    unit: 'u',
    regime: regimes[index % regimes.length] ?? '',
  }));
const idsOf = (people: readonly Candidate[]) => people.map(({ caseId }) => caseId);
const populations = fc
  .array(fc.bigInt({ min: 1n, max: 2_000_000_000n }), { minLength: 1, maxLength: 120 })
  .map((totals) => candidates(totals, ['178/7', '178/9', '154/9']));

describe('a random sample', () => {
  test('is who comes first by SHA-256 over seed and case, as anybody can work out', () => {
    const people = candidates(Array.from({ length: 50 }, () => 10n));
    const byHand = idsOf(people)
      .map((id) => [sha256(`hạt giống 7|${id}`), id] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .slice(0, 5)
      .map(([, id]) => id)
      .toSorted();
    expect(idsOf(draw(people, { how: 'random', count: 5, seed: 'hạt giống 7' }))).toEqual(byHand);
  });

  test('hangs on the seed and not on the order of the people', () => {
    fc.assert(
      fc.property(populations, fc.integer({ min: 1, max: 150 }), fc.string(), (people, count, seed) => {
        const how = { how: 'random', count, seed } as const;
        const drawn = draw(people, how);
        expect(draw(people.toReversed(), how)).toEqual(drawn);
        expect(drawn.length).toBe(Math.min(count, people.length));
        expect(new Set(idsOf(drawn)).size).toBe(drawn.length);
      }),
    );
    const people = candidates(Array.from({ length: 200 }, () => 10n));
    const one = draw(people, { how: 'random', count: 20, seed: 'a' });
    expect(draw(people, { how: 'random', count: 20, seed: 'b' })).not.toEqual(one);
  });

  test('by regime has somebody of each, and as many as was asked for where that is enough', () => {
    fc.assert(
      fc.property(populations, fc.integer({ min: 3, max: 150 }), fc.string(), (people, count, seed) => {
        const drawn = draw(people, { how: 'random', count, seed, by: 'regime' });
        expect(new Set(drawn.map(({ regime }) => regime))).toEqual(new Set(people.map(({ regime }) => regime)));
        expect(drawn.length).toBe(Math.min(count, people.length));
      }),
    );
  });
});

describe('a sample by money', () => {
  test('always has whoever holds an interval or more, and nobody twice', () => {
    fc.assert(
      fc.property(populations, fc.integer({ min: 1, max: 60 }), fc.string(), (people, count, seed) => {
        const interval = sum(people.map(({ total }) => total)) / BigInt(count);
        const drawn = draw(people, { how: 'by-money', count, seed });
        expect(new Set(idsOf(drawn)).size).toBe(drawn.length);
        expect(drawn.length).toBeLessThanOrEqual(people.length);
        for (const one of people) if (interval > 0n && one.total >= interval) expect(drawn).toContainEqual(one);
        expect(drawn.length).toBeGreaterThan(0);
      }),
    );
  });

  test('is who holds each so-manieth đồng, counted out one by one from a start that the seed gives', () => {
    const small = fc
      .array(fc.bigInt({ min: 0n, max: 30n }), { minLength: 1, maxLength: 12 })
      .map((all) => candidates(all));
    fc.assert(
      fc.property(small, fc.integer({ min: 1, max: 8 }), fc.string(), (people, count, seed) => {
        const each = people.flatMap((one) => Array.from({ length: Number(one.total) }, () => one.caseId));
        const interval = Math.floor(each.length / count);
        fc.pre(interval > 0);
        const start = Number(BigInt(`0x${sha256(seed)}`) % BigInt(interval));
        const byHand = new Set(each.filter((_, at) => at >= start && (at - start) % interval === 0));
        expect(idsOf(draw(people, { how: 'by-money', count, seed }))).toEqual([...byHand]);
      }),
    );
  });

  test('passes over whoever has nothing', () => {
    const people = candidates([0n, 5_000n, 0n, 5_000n]);
    expect(idsOf(draw(people, { how: 'by-money', count: 2, seed: 's' }))).toEqual(['c0001', 'c0003']);
  });
});

test('the hash tells one đồng and one person apart', () => {
  const people = candidates([1n, 2n, 3n]);
  const { hash, total } = countedOf(people);
  expect(total).toBe('6');
  expect(countedOf(people.toReversed()).hash).toBe(hash);
  expect(countedOf(candidates([1n, 2n, 4n])).hash).not.toBe(hash);
  expect(countedOf(people.slice(1)).hash).not.toBe(hash);
});

test('a population is whom every criterion admits, and adds up to what their parts pay', async () => {
  const made = await open({ people: 12 });
  const rows = await made.rows();
  const all = await readPopulation(made.store, {});
  expect(sum(all.map(({ total }) => total))).toBe(sum(rows.map(({ summary }) => BigInt(String(summary['total'])))));
  const [first] = all;
  const left = String(rows[0]?.summary['leaveOn']);
  const alone = await readPopulation(made.store, {
    unit: first?.unit ?? '',
    regime: first?.regime ?? '',
    leftFrom: left,
    leftTo: left,
    least: '1',
  });
  const byHand = rows.filter(
    ({ unit, summary }) => unit === first?.unit && summary['regime'] === first?.regime && summary['leaveOn'] === left,
  );
  expect(idsOf(alone)).toEqual(byHand.map(({ summary }) => String(summary['caseId'])).toSorted());
  expect(alone.length).toBeLessThan(all.length);
  const highest = all.reduce((most, { total }) => (total > most ? total : most), 0n);
  expect((await readPopulation(made.store, { least: highest.toString() })).length).toBe(1);
  expect(await readPopulation(made.store, { least: (highest + 1n).toString() })).toEqual([]);
});
