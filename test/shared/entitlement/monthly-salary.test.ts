import { describe, expect, test } from 'vitest';
import { facts, type Pay, uncountedAllowances } from '../../../shared/case/facts.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { monthlySalary } from '../../../shared/entitlement/monthly-salary.ts';
import { baseSalaryBefore } from '../../../shared/law/decree-73-2024/article-03.ts';
import type { Choose } from '../../../shared/entitlement/readings.ts';
import { readingOf, type SetReadings } from '../../../shared/law/readings.ts';
import { type CoefficientPay, person } from '../../people.ts';

type Paid = Exclude<Pay, { kind: 'part-time' }>;

function salary(pay: unknown, set: SetReadings = {}, leaveOn = '2025-07-01') {
  const choose: Choose = (number) => set[number] ?? readingOf(number).values[0] ?? '';
  return monthlySalary(parsed(pay), leaveOn, choose);
}

function parsed(pay: unknown): Paid {
  const given = facts.parse({ pay }).pay;
  if (given === undefined || given.kind === 'part-time') throw new Error('not a salary');
  return given;
}

const civilService = { name: 'civil-service', percent: '25' };
const coefficient = (grade: string, more: object = {}) => ({
  kind: 'coefficient',
  grade,
  allowances: [civilService],
  ...more,
});

describe('the examples of Official Letter 1814', () => {
  test('Mr A: (5.42 + 0.4) × 2,340,000 × 1.25; Party-committee and regional allowances do not count', () => {
    const allowances = [
      civilService,
      { name: 'party-committee', coefficient: '0.3' },
      { name: 'regional', coefficient: '0.2' },
    ];
    expect(salary(coefficient('5.42', { position: '0.4', allowances })).amount).toBe(17_023_500n);
  });

  test('Mr C: (4.65 + 0.6) × 2,340,000 × 1.25', () => {
    expect(salary(coefficient('4.65', { position: '0.6' })).amount).toBe(15_356_250n);
  });

  test('Ms D: 30 % and 25 % add up to 55 % of the core', () => {
    const allowances = [{ name: 'party-work', percent: '30' }, civilService];
    expect(salary(coefficient('4.32', { allowances })).amount).toBe(15_668_640n);
  });

  test('Mr M: 3.66 × 2,340,000 × 1.25, in whole đồng', () => {
    expect(salary(coefficient('3.66'))).toEqual({ amount: 10_705_500n, exact: true });
  });
});

describe('what the percentages stand on', () => {
  test('what is beyond the frame is a percentage of the grade and belongs to the core', () => {
    // 4.98 × 1.07 = 5.3286; with a position of 0.5 the core is 5.8286. Not (4.98 + 0.5) × 1.07.
    expect(salary(coefficient('4.98', { beyondFramePercent: '7' })).amount).toBe(15_586_155n);
    expect(salary(coefficient('4.98', { beyondFramePercent: '7', position: '0.5' })).amount).toBe(17_048_655n);
  });

  test('without an allowance the salary is the core', () => {
    expect(salary({ kind: 'coefficient', grade: '4.98', position: '0.5' }).amount).toBe(12_823_200n);
  });

  test.each([
    'civil-service',
    'party-work',
    'professional-incentive',
    'professional-responsibility',
    'professional-seniority',
    'armed-forces',
  ])('%s counts', (name) => {
    expect(salary(coefficient('4.00', { allowances: [{ name, percent: '10' }] })).amount).toBe(10_296_000n);
  });

  test.each(uncountedAllowances)('%s never counts, whether a percentage, a coefficient or a sum', (name) => {
    const allowances = [
      civilService,
      { name, percent: '40' },
      { name, coefficient: '0.5' },
      { name, amount: '1000000' },
    ];
    expect(salary(coefficient('4.00', { allowances })).amount).toBe(11_700_000n);
  });

  test('half a đồng is rounded up, once, and is told', () => {
    // 4.65 × 1.05 × 1.25 × 2,340,000 = 14,281,312.5
    expect(salary(coefficient('4.65', { beyondFramePercent: '5' }))).toEqual({ amount: 14_281_313n, exact: false });
  });
});

describe('the base salary of the month before leaving', () => {
  test.each([
    ['2024-06-30', 1_800_000n],
    ['2024-07-01', 1_800_000n],
    ['2024-07-31', 1_800_000n],
    ['2024-08-01', 2_340_000n],
    ['2025-07-01', 2_340_000n],
    ['2026-07-31', 2_340_000n],
  ])('leaving on %s: %d', (leaveOn, base) => {
    expect(baseSalaryBefore(leaveOn)).toBe(base);
  });
});

describe('the reserved difference', () => {
  const reserved = coefficient('4.65', { reservedDifference: '0.3' });

  test('it is added on top, without percentages, unless X13 says they stand on it too', () => {
    expect(salary(reserved).amount).toBe(14_303_250n);
    expect(salary(reserved, { X13: 'yes' }).amount).toBe(14_478_750n);
  });

  test('X13 is open where there are percentages and no question where there are none', () => {
    const him = person().servingMonths(240);
    const allowances: CoefficientPay['allowances'] = [{ name: 'civil-service', percent: '25' }];
    const withPercents = { grade: '4.65', reservedDifference: '0.3', allowances };
    expect(assess(him.paidBy(withPercents).build()).open).toEqual(['X13']);
    expect(assess(him.paidBy(withPercents).build(), { X13: 'no' }).open).toEqual([]);
    expect(assess(him.paidBy({ grade: '4.65', reservedDifference: '0.3' }).build()).open).toEqual([]);
    expect(assess(him.paidBy({ ...withPercents, reservedDifference: '0' }).build()).open).toEqual([]);
  });

  test.each([
    ['2025-03-14', 13_601_250n],
    ['2025-03-15', 14_303_250n],
    ['2025-03-16', 14_303_250n],
  ])('if X21 says no, it counts from 15/03/2025 on: leaving on %s', (leaveOn, amount) => {
    expect(salary(reserved, { X21: 'no' }, leaveOn).amount).toBe(amount);
    expect(salary(reserved, { X21: 'yes' }, leaveOn).amount).toBe(14_303_250n);
  });

  test('before 15/03/2025 X21 asks a person, with both sums; from that day there is no question', () => {
    // Pension from 05/2026, 14 months early: the one-off alone, on 5.2 or on 4.9 times 2,340,000.
    const him = person().bornIn('1964-10').leaving('2025-03-01').servingMonths(240);
    const paid = him.paidBy({ grade: '4.9', reservedDifference: '0.3' });
    expect(assess(paid.build())).toMatchObject({
      outcome: 'review',
      reasons: [{ reason: 'X21' }],
      alternatives: [
        { readings: { X21: 'yes' }, total: '170352000' },
        { readings: { X21: 'no' }, total: '160524000' },
      ],
    });
    expect(assess(paid.leaving('2025-04-01').build())).toMatchObject({
      outcome: 'entitled',
      open: [],
      total: '158184000',
    });
  });
});

describe('a contract salary', () => {
  const contract = {
    kind: 'contract',
    amount: '10000000',
    allowances: [{ name: 'professional-responsibility', percent: '25' }],
  };

  test('it is the sum, with percentages on it only if X16 says so', () => {
    expect(salary(contract).amount).toBe(10_000_000n);
    expect(salary(contract, { X16: 'yes' }).amount).toBe(12_500_000n);
    expect(salary({ kind: 'contract', amount: '10000000' }, { X16: 'yes' }).amount).toBe(10_000_000n);
  });

  test('X16 asks a person when a counted percentage stands on it, and not for an uncounted one', () => {
    const him = person().servingMonths(240);
    const counted = him.but({
      pay: { kind: 'contract', amount: '10000000', allowances: [{ name: 'professional-incentive', percent: '25' }] },
    });
    expect(assess(counted.build())).toMatchObject({
      outcome: 'review',
      open: ['X16'],
      alternatives: [
        { readings: { X16: 'no' }, total: '915000000' },
        { readings: { X16: 'yes' }, total: '1143750000' },
      ],
    });
    const uncounted = him.but({
      pay: { kind: 'contract', amount: '10000000', allowances: [{ name: 'hazard', percent: '25' }] },
    });
    expect(assess(uncounted.build())).toMatchObject({ outcome: 'entitled', total: '915000000', open: [] });
  });
});

describe('a step that starts with the leave month does not count yet', () => {
  test.each([
    ['2025-07-01', '2025-06-30', 'entitled'],
    ['2025-07-01', '2025-07-01', 'incomplete'],
    ['2025-07-01', '2025-07-02', 'incomplete'],
    ['2025-07-20', '2025-06-30', 'entitled'],
    ['2025-07-20', '2025-07-01', 'incomplete'],
  ])('leaving on %s with a salary decision from %s: %s', (leaveOn, effectiveFrom, outcome) => {
    const him = person().leaving(leaveOn).servingMonths(240).paidBy({ grade: '4.65', effectiveFrom });
    const answer = assess(him.build());
    expect(answer.outcome).toBe(outcome);
    if (answer.outcome === 'incomplete') expect(answer.missing).toEqual(['pay.effectiveFrom']);
  });
});
