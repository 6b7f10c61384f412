import { describe, expect, test } from 'vitest';
import { lastDayOf, lateRound, roundOf } from '../../../shared/intake/cut-off.ts';

/** Noon in Viet Nam. */
const noon = (day: string) => `${day}T05:00:00.000Z`;

describe('a round closes at the end of its day in Viet Nam', () => {
  test.each([
    ['2025-08-24', '2025-08'],
    ['2025-08-25', '2025-08'],
    ['2025-08-26', '2025-09'],
    ['2025-12-26', '2026-01'],
  ])('with the 25th, what comes on %s is of %s', (day, round) => {
    expect(roundOf(noon(day), { day: 25 })).toBe(round);
  });

  test('the day ends at midnight in Viet Nam, 17:00 UTC', () => {
    expect(roundOf('2025-08-25T16:59:59.999Z', { day: 25 })).toBe('2025-08');
    expect(roundOf('2025-08-25T17:00:00.000Z', { day: 25 })).toBe('2025-09');
  });

  test('only what waits for another month is late', () => {
    expect([lateRound(noon('2025-08-25'), { day: 25 }), lateRound(noon('2025-08-26'), { day: 25 })]).toEqual([
      undefined,
      '2025-09',
    ]);
    expect(lateRound(noon('2025-02-28'), { day: 28 })).toBeUndefined();
    expect(lateRound(noon('2025-12-29'), { day: 28 })).toBe('2026-01');
  });

  test('its last day is written with two digits', () => {
    expect([lastDayOf('2025-09', { day: 5 }), lastDayOf('2025-09', { day: 25 })]).toEqual(['2025-09-05', '2025-09-25']);
  });
});
