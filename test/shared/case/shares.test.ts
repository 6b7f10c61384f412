import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Case } from '../../../shared/case/case.ts';
import { lineSourcesOf } from '../../../shared/case/line-sources.ts';
import { isWhole, payingSources, shareOf, sourcesOf } from '../../../shared/case/shares.ts';
import { sources } from '../../../shared/case/unit.ts';
import { provinces } from '../../province.ts';
import { readCase } from '../../../shared/case/case.ts';

const open = provinces();

async function someCase(): Promise<Case> {
  const made = await open();
  const of = await readCase(made.store, (await made.somebody()).split('.')[0] ?? '');
  if (of === undefined) throw new Error('no case');
  return of;
}

describe('the shares of a case', () => {
  test('are its whole sum, wherever each line is paid from', async () => {
    const of = await someCase();
    const lines = of.assessment.outcome === 'entitled' ? of.assessment.lines.map(({ line }) => line) : [];
    const total = of.assessment.outcome === 'entitled' ? BigInt(of.assessment.total) : 0n;
    expect(lines.length).toBeGreaterThan(1);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...sources), { minLength: lines.length, maxLength: lines.length }),
        (chosen) => {
          const lineSources = Object.fromEntries(lines.map((line, index) => [line, chosen[index] ?? 'regular']));
          const split = { ...of, submitted: { ...of.submitted, lineSources } };
          const all = sourcesOf(split.submitted).map((source) => shareOf(split, source));
          expect(all.reduce((sum, share) => sum + share.total, 0n)).toBe(total);
          expect(all.flatMap((share) => share.lines.map(({ line }) => line)).toSorted()).toEqual(lines.toSorted());
          expect(isWhole(split)).toBe(true);
          expect(new Set(payingSources(split))).toEqual(new Set(chosen));
        },
      ),
    );
  });

  test('one line to another source is a share of its own; a sum that was altered is not whole', async () => {
    const of = await someCase();
    if (of.assessment.outcome !== 'entitled') throw new Error('not entitled');
    const [first] = of.assessment.lines;
    const split = { ...of, submitted: { ...of.submitted, lineSources: { [first?.line ?? '']: 'regular' as const } } };
    expect(shareOf(split, 'regular').total).toBe(BigInt(first?.amount ?? '0'));
    expect(shareOf(split, 'central-supplement').lines).toEqual([]);
    const altered = { ...split, assessment: { ...of.assessment, total: '1' } };
    expect(isWhole(altered)).toBe(false);
  });
});

describe('a source for a component', () => {
  const rule = { number: '1', on: '2025-06-01', paper: 'scan' };

  test('of one unit goes before the one for all, and the unit’s own source needs no word', () => {
    const rules = [
      { ...rule, line: 'job-search', source: 'regular', unit: '1000001' },
      { ...rule, line: 'job-search', source: 'central-supplement' },
    ] as const;
    expect(lineSourcesOf(rules, { code: '1000001', source: 'wage-reform' })).toEqual({ 'job-search': 'regular' });
    expect(lineSourcesOf(rules, { code: '1000002', source: 'wage-reform' })).toEqual({
      'job-search': 'central-supplement',
    });
    expect(lineSourcesOf(rules, { code: '1000001', source: 'regular' })).toEqual({});
  });

  test('that is taken back leaves the line with the unit’s own', () => {
    const rules = [
      { ...rule, line: 'job-search', source: 'regular' as const },
      { ...rule, line: 'job-search', unit: '1' },
    ];
    expect(lineSourcesOf(rules, { code: '1', source: 'wage-reform' })).toEqual({});
  });
});
