/** Working days of State offices: each year's holidays counted by hand from its notices, and what must hold on any day. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, isWeekend } from '../../../shared/calendar.ts';
import { daysOff, knownDays } from '../../../shared/law/labour-code-2019/article-112.ts';
import { addWorkingDays, isWorkingDay, workingDaysBetween } from '../../../shared/law/working-days.ts';

const first = '2024-01-01';
const last = '2027-12-31';
/** From the year before the calendar is known to the year after. */
const anyDay = fc.integer({ min: 0, max: 2191 }).map((offset) => addDays('2023-01-01', offset));

function weekdaysOffIn(year: string): readonly string[] {
  const days = Array.from({ length: 366 }, (_, index) => addDays(`${year}-01-01`, index));
  return days.filter((day) => day.startsWith(year) && !isWeekend(day) && !isWorkingDay(day)).map((day) => day.slice(5));
}

describe('a year of State offices', () => {
  test.each([
    // Notices 5015/TB-LĐTBXH and 1570/TB-BLĐTBXH.
    ['2024', '01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03', ['2024-05-04']],
    // Notice 6150/TB-BLĐTBXH.
    ['2025', '01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02', ['2025-04-26']],
    // Notice 9441/TB-BNV, Official Dispatch 12729/VPCP-KGVX, Resolution 28/2026/QH16; 26/04/2026 is a Sunday.
    [
      '2026',
      '01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24',
      ['2026-01-10', '2026-08-22'],
    ],
    // By the rule alone: 01/05/2027 is a Saturday.
    ['2027', '01-01 02-05 02-08 02-09 04-16 04-30 05-03 09-02 11-24', []],
  ])('%s: Mondays to Fridays off, and Saturdays worked', (year, off, worked) => {
    expect(weekdaysOffIn(year).join(' ')).toBe(off);
    const weekends = Array.from({ length: 366 }, (_, index) => addDays(`${year}-01-01`, index)).filter(
      (day) => day.startsWith(year) && isWeekend(day),
    );
    expect(weekends.filter(isWorkingDay)).toEqual(worked);
  });

  test.each(['2023', '2028'])('%s is not known: Saturdays and Sundays alone', (year) => {
    expect(weekdaysOffIn(year)).toEqual([]);
  });

  test('is as far as the listing says', () => {
    const years = new Set(Object.values(daysOff).flatMap((rows) => rows.map(({ from }) => from.slice(0, 4))));
    expect([...years].toSorted()).toEqual(['2024', '2025', '2026', '2027']);
    expect(knownDays.at(-1)?.value).toEqual({ from: first, announcedTo: '2026-12-31', computedTo: last });
    const computed = Object.values(daysOff).flatMap((rows) =>
      rows.filter(({ value }) => value.known === 'by-computing'),
    );
    expect(computed.every(({ from }) => from > '2026-12-31')).toBe(true);
  });
});

describe('a limit in working days', () => {
  test.each([
    // Tết 2025: Monday 27 to Friday 31 January between two weekends.
    ['2025-01-23', 1, '2025-01-24'],
    ['2025-01-24', 1, '2025-02-03'],
    ['2025-01-24', 2, '2025-02-04'],
    ['2025-01-22', 5, '2025-02-05'],
    // Tết 2026: nine days from 14 to 22 February.
    ['2026-02-12', 1, '2026-02-13'],
    ['2026-02-13', 1, '2026-02-23'],
    ['2026-02-17', 1, '2026-02-23'],
    // Saturday 26 April 2025 makes up for Friday 2 May.
    ['2025-04-25', 1, '2025-04-26'],
    ['2025-04-25', 2, '2025-04-28'],
    ['2025-04-29', 1, '2025-05-05'],
    ['2025-05-02', 1, '2025-05-05'],
    // National Day 2025: Saturday 30 August to Tuesday 2 September.
    ['2025-08-28', 1, '2025-08-29'],
    ['2025-08-29', 1, '2025-09-03'],
    ['2025-09-02', 1, '2025-09-03'],
    // Saturday 10 January 2026 makes up for Friday the second.
    ['2025-12-31', 1, '2026-01-05'],
    ['2026-01-09', 1, '2026-01-10'],
    // An ordinary August; 01/08/2025 is a Friday.
    ['2025-08-01', 0, '2025-08-01'],
    ['2025-08-02', 1, '2025-08-04'],
    ['2025-08-04', 5, '2025-08-11'],
    ['2025-08-01', 10, '2025-08-15'],
  ])('from %s, %i days: %s', (day, days, then) => {
    expect(addWorkingDays(day, days)).toBe(then);
    expect(workingDaysBetween({ from: day, to: then })).toBe(days);
  });

  test('the hours of a day off do not run: from each day of Tết 2025 it is the same day', () => {
    for (const day of ['2025-01-25', '2025-01-27', '2025-01-31', '2025-02-02']) {
      expect(addWorkingDays(day, 3)).toBe('2025-02-05');
    }
  });

  test.each([
    ['2025-04-24', 0],
    ['2025-04-25', 1],
    ['2025-04-26', 2],
    ['2025-04-27', 2],
    ['2025-05-04', 4],
    ['2025-05-05', 5],
    ['2025-04-23', -1],
  ])('from Thursday 24/04/2025 to %s: %i', (to, days) => {
    expect(workingDaysBetween({ from: '2025-04-24', to })).toBe(days);
  });
});

describe('on any day', () => {
  test('so many working days later is a working day, and so many days between', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (day, days) => {
        const then = addWorkingDays(day, days);
        expect(isWorkingDay(then)).toBe(true);
        expect(workingDaysBetween({ from: day, to: then })).toBe(days);
        expect(workingDaysBetween({ from: day, to: addDays(then, -1) })).toBe(days - 1);
      }),
    );
  });

  test('the days between are those counted one by one, and below nought backwards', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one];
        const after = Array.from({ length: daysBetween({ from, to }) }, (_, index) => addDays(from, index + 1));
        const days = after.filter(isWorkingDay).length;
        expect(workingDaysBetween({ from, to })).toBe(days);
        expect(workingDaysBetween({ from: to, to: from })).toBe(0 - days);
      }),
      { numRuns: 30 },
    );
  });

  test('days in lieu and swapped days fit the week: off from Monday to Friday, worked on a Saturday', () => {
    for (const { value } of Object.values(daysOff).flat()) {
      const { days, inLieu = [], swapped } = value;
      expect(inLieu.filter(isWeekend)).toEqual([]);
      if (inLieu.length > 0) expect(inLieu.length).toBe(days.filter(isWeekend).length);
      if (swapped === undefined) continue;
      expect(isWeekend(swapped.off)).toBe(false);
      expect(isWeekend(swapped.worked) && isWeekend(addDays(swapped.worked, 1))).toBe(true);
    }
  });

  test('no day is off for two reasons', () => {
    const all = Object.values(daysOff).flatMap((rows) =>
      rows.flatMap(({ value: { days, inLieu = [], swapped } }) => [
        ...days,
        ...inLieu,
        ...(swapped ? [swapped.off] : []),
      ]),
    );
    expect(new Set(all).size).toBe(all.length);
  });

  test('every row is of its own year', () => {
    for (const { from, value } of Object.values(daysOff).flat()) {
      const { days, inLieu = [], swapped } = value;
      const all = [...days, ...inLieu, ...(swapped ? [swapped.off, swapped.worked] : [])];
      expect(all.filter((day) => day.slice(0, 4) !== from.slice(0, 4))).toEqual([]);
    }
  });
});
