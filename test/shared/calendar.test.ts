import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  daysBetween,
  formatDay,
  formatInstant,
  isLocalDate,
  isMonth,
  isWeekend,
  localDateOf,
  monthAt,
  monthIndex,
  monthOf,
} from '../../shared/calendar.ts';

describe('what is a day', () => {
  test.each(['2025-07-01', '2024-02-29', '2000-02-29', '1900-01-01', '2200-12-31', '2025-12-31', '2025-04-30'])(
    '%s is one',
    (text) => {
      expect(isLocalDate(text)).toBe(true);
    },
  );

  test.each([
    '2025-02-29',
    '1900-02-29',
    '2100-02-29',
    '2025-04-31',
    '2025-13-01',
    '2025-00-10',
    '2025-01-00',
    '2025-01-32',
    '1899-12-31',
    '2201-01-01',
    '2025-7-1',
    '01/07/2025',
    '2025-07-01T00:00:00Z',
    '2025-07',
    '',
  ])('%j is none', (text) => {
    expect(isLocalDate(text)).toBe(false);
  });

  test.each([
    ['2025-01', true],
    ['2025-12', true],
    ['1900-01', true],
    ['2199-12', true],
    ['2025-00', false],
    ['2025-13', false],
    ['1899-12', false],
    ['2025-1', false],
    ['2025-07-01', false],
  ])('the month %s: %s', (text, is) => {
    expect(isMonth(text)).toBe(is);
  });
});

describe('months', () => {
  test('a month number is 12 × year + month - 1, and goes back to the month', () => {
    expect([monthIndex('2025-01'), monthIndex('2025-12-31'), monthAt(24300), monthAt(24311)]).toEqual([
      24300,
      24311,
      '2025-01',
      '2025-12',
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 1900 * 12, max: 2200 * 12 }), (index) => {
        expect(monthIndex(monthAt(index))).toBe(index);
      }),
    );
  });

  test('the month of a day', () => {
    expect(monthOf('2025-07-31')).toBe('2025-07');
  });

  test.each([
    ['2024-06-01', 12, '2025-06-01'],
    ['2025-01-31', 1, '2025-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2025-08-31', 1, '2025-09-30'],
    ['2025-12-31', 2, '2026-02-28'],
    ['2025-03-31', -1, '2025-02-28'],
    ['2025-01-15', -1, '2024-12-15'],
    ['2025-07-01', 0, '2025-07-01'],
  ])('%s and %i months: the same day, or the last of a shorter month, %s', (day, months, then) => {
    expect(addMonths(day, months)).toBe(then);
  });

  test('a day so many months later is a day of that month, never of the next', () => {
    const days = fc.integer({ min: 0, max: 80_000 }).map((offset) => addDays('1950-01-01', offset));
    fc.assert(
      fc.property(days, fc.integer({ min: -240, max: 240 }), (day, months) => {
        const then = addMonths(day, months);
        expect(isLocalDate(then)).toBe(true);
        expect(monthIndex(then)).toBe(monthIndex(day) + months);
        expect(Number(then.slice(8))).toBeLessThanOrEqual(Number(day.slice(8)));
      }),
    );
  });
});

describe('days', () => {
  test.each([
    ['2025-02-28', 1, '2025-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2025-12-31', 1, '2026-01-01'],
    ['2025-07-01', -1, '2025-06-30'],
  ])('%s and %i days are %s', (day, days, then) => {
    expect(addDays(day, days)).toBe(then);
  });

  test('days between two days, whole years too, and backwards below zero', () => {
    expect(daysBetween({ from: '2025-07-01', to: '2025-07-01' })).toBe(0);
    expect(daysBetween({ from: '2024-07-01', to: '2025-07-01' })).toBe(365);
    expect(daysBetween({ from: '2023-07-01', to: '2024-07-01' })).toBe(366);
    expect(daysBetween({ from: '2025-07-01', to: '2025-06-30' })).toBe(-1);
  });

  test('so many days later is so many days between, over every month’s end and leap day', () => {
    const day = fc.integer({ min: 0, max: 109_000 }).map((days) => addDays('1900-01-01', days));
    fc.assert(
      fc.property(day, fc.integer({ min: -800, max: 800 }), (from, days) => {
        const to = addDays(from, days);
        fc.pre(isLocalDate(to));
        expect(daysBetween({ from, to })).toBe(days);
      }),
    );
    for (const year of [1900, 2000, 2024, 2025]) {
      const isLeap = year === 2000 || year === 2024;
      expect(daysBetween({ from: `${year}-02-28`, to: `${year}-03-01` })).toBe(isLeap ? 2 : 1);
    }
  });

  test('what is no day is not counted from', () => {
    expect(() => daysBetween({ from: '2025-02-29', to: '2025-03-01' })).toThrow(RangeError);
  });

  test.each([
    ['2025-08-01', false],
    ['2025-08-02', true],
    ['2025-08-03', true],
    ['2025-08-04', false],
  ])('%s, from a Friday on, is of the weekend: %s', (day, is) => {
    expect(isWeekend(day)).toBe(is);
  });
});

describe('hours on the wall in Viet Nam, UTC+7', () => {
  test('the day changes at 17:00 UTC', () => {
    expect(localDateOf('2025-08-30T16:59:59.999Z')).toBe('2025-08-30');
    expect(localDateOf('2025-08-30T17:00:00Z')).toBe('2025-08-31');
    expect(localDateOf('2025-08-30T16:00:00Z')).toBe('2025-08-30');
    expect(localDateOf('2025-08-30T17:30:00+07:00')).toBe('2025-08-30');
  });

  test('an instant is written in both languages', () => {
    expect(formatInstant('2025-07-01T07:05:40Z')).toBe('14:05 ngày 01/07/2025');
    expect(formatInstant('2025-06-30T17:00:00Z', 'en')).toBe('00:00, 01/07/2025 (UTC+7)');
  });

  test('a day, a month and a year are written as in Viet Nam', () => {
    expect([formatDay('2025-07-01'), formatDay('2025-07'), formatDay('2025')]).toEqual([
      '01/07/2025',
      '07/2025',
      '2025',
    ]);
  });
});
