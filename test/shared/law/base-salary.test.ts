/** The base salary of the month before leaving: the day inside the month never matters. */
import { describe, expect, test } from 'vitest';
import { baseSalaryBefore } from '../../../shared/law/decree-73-2024/article-03.ts';

describe('the base salary before', () => {
  test.each([
    ['2019-08-01', 1_490_000n],
    ['2023-07-31', 1_490_000n],
    ['2023-08-01', 1_800_000n],
    ['2024-07-01', 1_800_000n],
    ['2024-07-31', 1_800_000n],
    ['2024-08-01', 2_340_000n],
    ['2025-01-01', 2_340_000n],
    ['2026-07-31', 2_340_000n],
    ['2026-08-01', 2_530_000n],
  ])('%s', (leaveOn, salary) => {
    expect(baseSalaryBefore(leaveOn)).toBe(salary);
  });

  test('the first month of the tables is not known', () => {
    expect(() => baseSalaryBefore('2019-07-31')).toThrow(new RangeError('no value of the law covers 2019-06-01'));
  });
});
