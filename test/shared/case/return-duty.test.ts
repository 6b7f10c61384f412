import { describe, expect, test } from 'vitest';
import { addDays, addMonths } from '../../../shared/calendar.ts';
import { bringsDuty, returnDutyOf } from '../../../shared/case/return-duty.ts';
import { regimeIds } from '../../../shared/entitlement/regime.ts';
import { returnDutyMonths } from '../../../shared/law/decree-154-2025/article-03.ts';

const months = returnDutyMonths[0]?.value ?? 0;

describe('the duty to return the money', () => {
  test('under Decree 154 lasts sixty months from the leave date, by article 3(6)', () => {
    expect(months).toBe(60);
    expect(returnDutyOf('154/9', '2025-08-01')).toEqual({
      duty: 'owed',
      from: '2025-08-01',
      until: '2030-08-01',
      months: 60,
      by: { vi: 'Nghị định 154/2025/NĐ-CP, Điều 3 khoản 6', en: 'Decree 154/2025/NĐ-CP, article 3(6)' },
      sure: 'H',
    });
  });

  test.each([
    ['the day before leaving', '2025-07-31', false],
    ['the leave date', '2025-08-01', true],
    ['the day after', '2025-08-02', true],
    ['the day before the term ends', addDays(addMonths('2025-08-01', months), -1), true],
    ['the last day of the term', addMonths('2025-08-01', months), true],
    ['the day after the term', addDays(addMonths('2025-08-01', months), 1), false],
  ])('re-entering on %s, %s: %s', (_day, on, brings) => {
    expect(bringsDuty(returnDutyOf('154/6', '2025-08-01'), on)).toBe(brings);
  });

  test('of who left on the last day of February ends on the last day that February has', () => {
    expect(returnDutyOf('154/8', '2028-02-29')).toMatchObject({ until: '2033-02-28' });
  });

  test('of who left before Decree 154 and was paid under it is read as the decree began', () => {
    expect(returnDutyOf('154/9', '2025-05-01')).toMatchObject({ duty: 'owed', until: '2030-05-01' });
  });

  test.each(regimeIds)('is stated for %s, and for Decree 154 alone it is owed', (regime) => {
    const { duty } = returnDutyOf(regime, '2025-08-01');
    const expected = regime.startsWith('154/') ? 'owed' : regime.startsWith('178/') ? 'none' : 'unsettled';
    expect(duty).toBe(expected);
    expect(bringsDuty(returnDutyOf(regime, '2025-08-01'), '2026-01-01')).toBe(expected === 'owed');
  });
});
