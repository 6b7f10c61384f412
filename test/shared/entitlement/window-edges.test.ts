/**
 * Every window of births of Decree 135/2020, both annexes and both sexes, through the figures of an assessment: the
 * last birth month of the window before, and the first and last of the window. `retirement-age.test.ts` reads the same
 * windows from the roadmap alone.
 */
import { describe, expect, test } from 'vitest';
import { monthAt, monthIndex } from '../../../shared/calendar.ts';
import type { Cause } from '../../../shared/case/facts.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { person } from '../../people.ts';

/** First and last birth month, and the months in which their pensions start (retirement-age.md, section 3). */
type Window = readonly [from: string, to: string, first: string, last: string];

const menAnnex1: readonly Window[] = [
  ['1960-01', '1960-12', '2020-02', '2021-01'],
  ['1961-01', '1961-09', '2021-05', '2022-01'],
  ['1961-10', '1962-06', '2022-05', '2023-01'],
  ['1962-07', '1963-03', '2023-05', '2024-01'],
  ['1963-04', '1963-12', '2024-05', '2025-01'],
  ['1964-01', '1964-09', '2025-05', '2026-01'],
  ['1964-10', '1965-06', '2026-05', '2027-01'],
  ['1965-07', '1966-03', '2027-05', '2028-01'],
  ['1966-04', '1970-12', '2028-05', '2033-01'],
];
const menAnnex2: readonly Window[] = [
  ['1965-01', '1965-12', '2020-02', '2021-01'],
  ['1966-01', '1966-09', '2021-05', '2022-01'],
  ['1966-10', '1967-06', '2022-05', '2023-01'],
  ['1967-07', '1968-03', '2023-05', '2024-01'],
  ['1968-04', '1968-12', '2024-05', '2025-01'],
  ['1969-01', '1969-09', '2025-05', '2026-01'],
  ['1969-10', '1970-06', '2026-05', '2027-01'],
  ['1970-07', '1971-03', '2027-05', '2028-01'],
  ['1971-04', '1973-06', '2028-05', '2030-07'],
];
const womenAnnex1: readonly Window[] = [
  ['1965-01', '1965-12', '2020-02', '2021-01'],
  ['1966-01', '1966-08', '2021-06', '2022-01'],
  ['1966-09', '1967-04', '2022-06', '2023-01'],
  ['1967-05', '1967-12', '2023-06', '2024-01'],
  ['1968-01', '1968-08', '2024-06', '2025-01'],
  ['1968-09', '1969-04', '2025-06', '2026-01'],
  ['1969-05', '1969-12', '2026-06', '2027-01'],
  ['1970-01', '1970-08', '2027-06', '2028-01'],
  ['1970-09', '1971-04', '2028-06', '2029-01'],
  ['1971-05', '1971-12', '2029-06', '2030-01'],
  ['1972-01', '1972-08', '2030-06', '2031-01'],
  ['1972-09', '1973-04', '2031-06', '2032-01'],
  ['1973-05', '1973-12', '2032-06', '2033-01'],
  ['1974-01', '1974-08', '2033-06', '2034-01'],
  ['1974-09', '1975-04', '2034-06', '2035-01'],
  ['1975-05', '1980-12', '2035-06', '2041-01'],
];
const womenAnnex2: readonly Window[] = [
  ['1970-01', '1970-12', '2020-02', '2021-01'],
  ['1971-01', '1971-08', '2021-06', '2022-01'],
  ['1971-09', '1972-04', '2022-06', '2023-01'],
  ['1972-05', '1972-12', '2023-06', '2024-01'],
  ['1973-01', '1973-08', '2024-06', '2025-01'],
  ['1973-09', '1974-04', '2025-06', '2026-01'],
  ['1974-05', '1974-12', '2026-06', '2027-01'],
  ['1975-01', '1975-08', '2027-06', '2028-01'],
  ['1975-09', '1976-04', '2028-06', '2029-01'],
  ['1976-05', '1976-12', '2029-06', '2030-01'],
  ['1977-01', '1977-08', '2030-06', '2031-01'],
  ['1977-09', '1978-04', '2031-06', '2032-01'],
  ['1978-05', '1978-12', '2032-06', '2033-01'],
  ['1979-01', '1979-08', '2033-06', '2034-01'],
  ['1979-09', '1980-04', '2034-06', '2035-01'],
  ['1980-05', '1982-12', '2035-06', '2038-01'],
];

/** The month before a window, its first month and its last. */
function edgesOf(windows: readonly Window[]): readonly (readonly [birth: string, starts: string])[] {
  return windows.flatMap(([from, to, first, last], at) => {
    const before = windows[at - 1];
    const edge = before === undefined ? [] : [[monthAt(monthIndex(from) - 1), before[3]] as const];
    return [...edge, [from, first] as const, [to, last] as const];
  });
}

type Sex = 'male' | 'female';

/** Someone who leaves on 01/07/2025; for Annex II with 15 years of heavy work. */
function figuresOf(cause: Cause, sex: Sex, annex: 'I' | 'II', birth: string) {
  const conditions = annex === 'II' ? (['heavy'] as const) : [];
  const facts = person()
    .but({ person: { sex, birth } })
    .leavingBut({ cause })
    .having({ from: '2005-07', to: '2025-06', employer: 'state', conditions: [...conditions] })
    .build();
  const answer = assess(facts, { X4: 'annex-2' });
  return 'figures' in answer ? answer.figures : undefined;
}

const people = [
  ['men', 'male', 'I', menAnnex1],
  ['women', 'female', 'I', womenAnnex1],
  ['men', 'male', 'II', menAnnex2],
  ['women', 'female', 'II', womenAnnex2],
] as const;

describe.each(people)('the window edges of %s', (_, sex, annex, windows) => {
  // Past the age a person decides, with the same figures: Decree 178, X15; Decree 154, O20 and X15.
  test.each(['reorganised', 'streamlined', 'over-age'] as const)(`by Annex ${annex}, %s`, (cause) => {
    for (const [birth, starts] of edgesOf(windows)) {
      const figures = figuresOf(cause, sex, annex, birth);
      const early = monthIndex(starts) - monthIndex('2025-07');
      // Far from the age of Annex II the articles of severance apply to whoever is farther than 60 months.
      const known = { retirementMonth: figures?.retirementMonth, annex: figures?.annex, early: figures?.monthsEarly };
      expect([birth, known]).toEqual([birth, { retirementMonth: starts, annex, early }]);
    }
  });
});

test('one birth month later at a window edge moves the pension by four months for men, by five for women', () => {
  for (const [, sex, annex, windows] of people) {
    for (const [from] of windows.slice(1)) {
      const [before, first] = [monthAt(monthIndex(from) - 1), from].map((birth) => {
        const figures = figuresOf('reorganised', sex, annex, birth);
        return monthIndex(figures?.retirementMonth ?? '');
      });
      expect([from, (first ?? 0) - (before ?? 0)]).toEqual([from, sex === 'male' ? 4 : 5]);
    }
  }
});
