import { describe, expect, test } from 'vitest';
import { monthAt, monthIndex } from '../../../shared/calendar.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import type { Choose } from '../../../shared/entitlement/readings.ts';
import { pensionMonth } from '../../../shared/entitlement/retirement-age.ts';
import { readingOf, type SetReadings } from '../../../shared/law/readings.ts';
import { person } from '../../people.ts';

const choosing =
  (set: SetReadings = {}): Choose =>
  (number) =>
    set[number] ?? readingOf(number).values[0] ?? '';
const unset = choosing();

const fiveYears = 60;
const later = (month: string, months: number) => monthAt(monthIndex(month) + months);

interface Window {
  readonly from: string;
  readonly to: string;
  readonly pension: readonly [first: string, last: string];
}

/** Birth windows of Annex I with the first and last month the pension starts; Annex II has births five years later. */
const men: readonly Window[] = [
  { from: '1961-01', to: '1961-09', pension: ['2021-05', '2022-01'] },
  { from: '1961-10', to: '1962-06', pension: ['2022-05', '2023-01'] },
  { from: '1962-07', to: '1963-03', pension: ['2023-05', '2024-01'] },
  { from: '1963-04', to: '1963-12', pension: ['2024-05', '2025-01'] },
  { from: '1964-01', to: '1964-09', pension: ['2025-05', '2026-01'] },
  { from: '1964-10', to: '1965-06', pension: ['2026-05', '2027-01'] },
  { from: '1965-07', to: '1966-03', pension: ['2027-05', '2028-01'] },
];

const women: readonly Window[] = [
  { from: '1966-01', to: '1966-08', pension: ['2021-06', '2022-01'] },
  { from: '1966-09', to: '1967-04', pension: ['2022-06', '2023-01'] },
  { from: '1967-05', to: '1967-12', pension: ['2023-06', '2024-01'] },
  { from: '1968-01', to: '1968-08', pension: ['2024-06', '2025-01'] },
  { from: '1968-09', to: '1969-04', pension: ['2025-06', '2026-01'] },
  { from: '1969-05', to: '1969-12', pension: ['2026-06', '2027-01'] },
  { from: '1970-01', to: '1970-08', pension: ['2027-06', '2028-01'] },
  { from: '1970-09', to: '1971-04', pension: ['2028-06', '2029-01'] },
  { from: '1971-05', to: '1971-12', pension: ['2029-06', '2030-01'] },
  { from: '1972-01', to: '1972-08', pension: ['2030-06', '2031-01'] },
  { from: '1972-09', to: '1973-04', pension: ['2031-06', '2032-01'] },
  { from: '1973-05', to: '1973-12', pension: ['2032-06', '2033-01'] },
  { from: '1974-01', to: '1974-08', pension: ['2033-06', '2034-01'] },
  { from: '1974-09', to: '1975-04', pension: ['2034-06', '2035-01'] },
];

describe.each([
  { sex: 'male', windows: men, gap: 3 },
  { sex: 'female', windows: women, gap: 4 },
] as const)('birth windows of Decree 135, $sex', ({ sex, windows, gap }) => {
  describe.each([
    { annex: 'I', by: 0 },
    { annex: 'II', by: fiveYears },
  ] as const)('Annex $annex', ({ annex, by }) => {
    test.each(windows)('births $from to $to: pensions $pension', ({ from, to, pension: [first, last] }) => {
      const starts = (birth: string) => pensionMonth(sex, annex, later(birth, by), unset);
      expect([starts(from), starts(to)]).toEqual([first, last]);
      // The month before belongs to the year before, with its gap; the month after opens the next gap.
      expect([starts(later(from, -1)), starts(later(to, 1))]).toEqual([later(first, -gap - 1), later(last, gap + 1)]);
    });
  });
});

describe('before and after the roadmap', () => {
  test.each([
    ['male', 'I', '1960-12', '2021-01'],
    ['male', 'I', '1959-12', '2020-01'],
    ['male', 'II', '1965-12', '2021-01'],
    ['female', 'I', '1965-12', '2021-01'],
    ['female', 'II', '1970-12', '2021-01'],
    ['male', 'I', '1966-04', '2028-05'],
    ['male', 'II', '1971-04', '2028-05'],
    ['female', 'I', '1975-05', '2035-06'],
    ['female', 'II', '1980-05', '2035-06'],
  ] as const)('%s, Annex %s, born %s: pension from %s', (sex, annex, birth, month) => {
    expect(pensionMonth(sex, annex, birth, unset)).toBe(month);
  });

  test.each([
    ['a man born 8/3/1988 (published)', 'male', 'I', '1988-03', '2050-04'],
    ['a woman born 3/1979, 60 in 3/2039 (published)', 'female', 'I', '1979-03', '2039-04'],
    ['Mr C, born 15/1/1966 (Official Letter 1814)', 'male', 'I', '1966-01', '2027-11'],
    ['Ms D, born 2/9/1975, Annex II (Official Letter 1814)', 'female', 'II', '1975-09', '2028-06'],
    ['Ms D by Annex I, 88 months later', 'female', 'I', '1975-09', '2035-10'],
    ['a woman born 4/1975 retires at 59 years 8 months, not 60', 'female', 'I', '1975-04', '2035-01'],
    ['a woman born 4/1980 retires at 54 years 8 months by Annex II', 'female', 'II', '1980-04', '2035-01'],
  ] as const)('%s', (_, sex, annex, birth, month) => {
    expect(pensionMonth(sex, annex, birth, unset)).toBe(month);
  });
});

test('while the age rises no pension of a man starts from February to April, of a woman from February to May', () => {
  const startsOf = (sex: 'male' | 'female', annex: 'I' | 'II', first: string, last: string) => {
    const births = Array.from({ length: monthIndex(last) - monthIndex(first) + 1 }, (_, at) => later(first, at));
    return births.map((birth) => pensionMonth(sex, annex, birth, unset).slice(5));
  };
  const ofMen = ['05', '06', '07', '08', '09', '10', '11', '12', '01'];
  const ofWomen = ofMen.slice(1);
  expect(new Set(startsOf('male', 'I', '1961-01', '1966-03'))).toEqual(new Set(ofMen));
  expect(new Set(startsOf('male', 'II', '1966-01', '1971-03'))).toEqual(new Set(ofMen));
  expect(new Set(startsOf('female', 'I', '1966-01', '1975-04'))).toEqual(new Set(ofWomen));
  expect(new Set(startsOf('female', 'II', '1971-01', '1980-04'))).toEqual(new Set(ofWomen));
});

describe('women born 05/1969 or 05/1974 (X12)', () => {
  test.each([
    ['I', '1969-05'],
    ['II', '1974-05'],
  ] as const)('Annex %s, born %s: 06/2026 by the signed text, 02/2026 by the draft', (annex, birth) => {
    expect(pensionMonth('female', annex, birth, choosing({ X12: 'signed-text' }))).toBe('2026-06');
    expect(pensionMonth('female', annex, birth, choosing({ X12: 'draft-text' }))).toBe('2026-02');
  });

  test('the months beside them, the other annex and men read the same in the draft', () => {
    const draft = choosing({ X12: 'draft-text' });
    const others = [
      ['female', 'I', '1969-04', '2026-01'],
      ['female', 'I', '1969-06', '2026-07'],
      ['female', 'II', '1969-05', '2019-06'],
      ['female', 'I', '1974-05', '2033-10'],
      ['male', 'I', '1969-05', '2031-06'],
      ['male', 'II', '1974-05', '2031-06'],
    ] as const;
    for (const [sex, annex, birth, month] of others) expect(pensionMonth(sex, annex, birth, draft)).toBe(month);
  });

  test('the signed text is computed, with the question open and the birth marked; 4 months fewer by the draft', () => {
    const her = person().woman().bornIn('1969-05-20').servingMonths(240).build();
    // 06/2026 - 07/2025 is 11 months: the one-off alone.
    expect(assess(her)).toMatchObject({
      outcome: 'entitled',
      total: '110000000',
      open: ['X12'],
      marks: ['born-1969-05'],
    });
    expect(assess(her, { X12: 'draft-text' })).toMatchObject({ outcome: 'entitled', total: '70000000', open: [] });
    expect(assess(person().woman().bornIn('1974-05').servingMonths(240).build()).marks).toContain('born-1974-05');
    expect(assess(person().man().bornIn('1969-05').servingMonths(240).build()).marks).not.toContain('born-1969-05');
  });
});

test('a birth known by year alone counts as January of it and is marked; the day of birth never matters', () => {
  const born = (birth: string) => assess(person().bornIn(birth).servingMonths(240).build());
  const inJanuary = born('1968-01');
  expect(inJanuary.marks).not.toContain('year-only-birth');
  expect(inJanuary).toMatchObject({ figures: { retirementMonth: '2030-02', monthsEarly: 55 } });
  expect(born('1968')).toEqual({ ...inJanuary, marks: ['year-only-birth', ...inJanuary.marks] });
  expect([born('1968-01-01'), born('1968-01-31')]).toEqual([inJanuary, inJanuary]);
});
