/**
 * The limits of articles 7a and 7b of Decree 178/2024, as added by Decree 67/2025, in threes. Salary 10,000,000 đồng, 30
 * years of insured State service, leaving on 01/07/2025 where nothing else is said.
 */
import { describe, expect, test } from 'vitest';
import { addDays } from '../../../shared/calendar.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { inForceOn } from '../../../shared/law/dated.ts';
import { contractSignedBefore } from '../../../shared/law/decree-178-2024/article-02.ts';
import { fewestMonthsForYears } from '../../../shared/law/decree-178-2024/article-07.ts';
import { leavesFrom, mostMonthsEarly as mostOf7a } from '../../../shared/law/decree-178-2024/article-07a.ts';
import {
  fewestMonthsOfEligible,
  fifteenYearLineFrom,
  mostMonthsEarly as mostOf7b,
} from '../../../shared/law/decree-178-2024/article-07b.ts';
import type { SetReadings } from '../../../shared/law/readings.ts';
import { pensionMonths } from '../../../shared/law/social-insurance/pension.ts';
import { alternatives, type Leaver, leaver, short } from '../../leavers.ts';

// The limits, from the law as it stands on 01/07/2025. The sums below are worked out by hand.
const july = fifteenYearLineFrom;
const lastOfJune = addDays(july, -1);
/** 24 months early. */
const fewest = inForceOn(fewestMonthsForYears, july).value;
/** 15 years from 01/07/2025, 20 before. */
const pension = inForceOn(pensionMonths, july).value;
const pensionBefore = inForceOn(pensionMonths, lastOfJune).value;
/** 15/03/2025, the first day of Decree 67. */
const decree67 = inForceOn(leavesFrom, july).value;

describe('article 7a', () => {
  const restructured = (early: number, others: Partial<Leaver> = {}) =>
    leaver({ cause: 'restructured', months: 360, early, ...others });
  /** 60 months early. */
  const most = inForceOn(mostOf7a, july).value;
  const paid: SetReadings = { X2: 'as-article-7-from-2025-03-15' };
  const none: SetReadings = { X2: 'none' };

  // The service of 30 years from 01/07/2025: 4 + 0.5 × 15 = 11.5.
  test.each([
    ['one month: the one-off alone', 1, ['178/7a', 10], ['not-entitled', 'pension-unreduced-no-cash']],
    ['23 months: the one-off alone', fewest - 1, ['178/7a', 230], ['not-entitled', 'pension-unreduced-no-cash']],
    // 24 + 5 × 2 + 11.5
    ['24 months', fewest, ['178/7a', 455], ['178/7a', 215]],
    // 25 + 5 × 2.5 + 11.5
    ['25 months', fewest + 1, ['178/7a', 490], ['178/7a', 240]],
    // 59 + 5 × 5 + 11.5
    ['59 months', most - 1, ['178/7a', 955], ['178/7a', 365]],
    // 60 + 5 × 5 + 11.5
    ['60 months', most, ['178/7a', 965], ['178/7a', 365]],
  ])('%s', (_, early, withOneOff, without) => {
    expect(short(restructured(early), paid)).toEqual(withOneOff);
    expect(short(restructured(early), none)).toEqual(without);
    expect(short(restructured(early))).toEqual(['review', 'X2']);
  });

  test('X2 lays both readings side by side', () => {
    expect(alternatives(restructured(fewest))).toEqual([
      [paid, '178/7a', 455],
      [none, '178/7a', 215],
    ]);
    expect(alternatives(restructured(fewest - 1))).toEqual([
      [paid, '178/7a', 230],
      [none, 'not-entitled'],
    ]);
  });

  test.each([
    ['61 months: farther than the article goes', most + 1, ['not-entitled', 'more-than-60-months']],
    ['62 months', most + 2, ['not-entitled', 'more-than-60-months']],
    ['the month of the age', 0, ['review', 'past-the-age']],
    ['a month past the age', -1, ['review', 'past-the-age']],
  ])('%s', (_, early, expected) => {
    expect(short(restructured(early))).toEqual(expected);
    expect(short(restructured(early), paid)).toEqual(expected);
  });

  test('by Annex II, 59, 60 and 61 months', () => {
    const heavy = (early: number) => short(restructured(early, { sex: 'female', annex: 'II', heavy: true }), paid);
    expect(heavy(most - 1)).toEqual(['178/7a', 955]);
    expect(heavy(most)).toEqual(['178/7a', 965]);
    expect(heavy(most + 1)).toEqual(['not-entitled', 'more-than-60-months']);
    expect(heavy(0)).toEqual(['review', 'X15']);
  });

  test.each([
    // 38 + 5 × 3.5 + 5 + 0.5 × 10, and 1.5 months more from 01/07/2025.
    [lastOfJune, 655],
    [july, 670],
    [addDays(july, 1), 670],
  ])('leaving %s', (on, millions) => {
    const of = restructured(38, { on, decidedOn: '2025-06-20' });
    expect(short(of, { ...paid, X7: 'month-of-leaving' })).toEqual(['178/7a', millions]);
  });

  test.each([
    [addDays(decree67, -1), ['review', 'before-decree-67']],
    // 38 + 5 × 3.5 + 10
    [decree67, ['178/7a', 655]],
    [addDays(decree67, 1), ['178/7a', 655]],
  ])('leaving %s, when Decree 67 begins', (on, expected) => {
    expect(short(restructured(38, { on }), { ...paid, X7: 'month-of-leaving' })).toEqual(expected);
  });

  test('its twelve months run from 15/03/2025: everyone who may leave is within them', () => {
    const of = restructured(38, { on: '2025-12-31', decidedOn: '2025-07-31' });
    // 38 + 5 × 3.5 + 11.5
    expect(short(of, paid)).toEqual(['178/7a', 670]);
    expect(assess(of.build(), paid)).toMatchObject({ figures: { firstTwelveMonths: true } });
  });

  test('the day of a reorganisation is not its clock, even if it stands in the file', () => {
    const of = restructured(38).leavingBut({ reorganisedOn: '2024-05-01' });
    expect(short(of, { ...paid, X5: 'own-date' })).toEqual(['178/7a', 670]);
    expect(assess(of.build(), paid)).toMatchObject({ figures: { firstTwelveMonths: true } });
  });

  test.each([
    [lastOfJune, pensionBefore - 1, ['not-entitled', 'not-pensionable']],
    // 38 + 5 × 3.5 + 5
    [lastOfJune, pensionBefore, ['178/7a', 605]],
    // 38 + 5 × 3.5 + 5.25
    [lastOfJune, pensionBefore + 1, ['178/7a', 607.5]],
    [july, pension - 1, ['not-entitled', 'not-pensionable']],
    // 38 + 5 × 3.5 + 4
    [july, pension, ['178/7a', 595]],
    // 38 + 5 × 3.5 + 4.25
    [july, pension + 1, ['178/7a', 597.5]],
  ])('leaving %s with %i insured months', (on, months, expected) => {
    const of = restructured(38, { on, decidedOn: '2025-06-20', months });
    expect(short(of, { ...paid, X7: 'month-of-leaving' })).toEqual(expected);
  });

  test('not pensionable: under 24 months a person decides (X10), from 24 on nothing is paid', () => {
    const of = (early: number) => short(restructured(early, { months: pension - 1 }), paid);
    expect(of(fewest - 1)).toEqual(['review', 'X10']);
    expect(of(fewest)).toEqual(['not-entitled', 'not-pensionable']);
    expect(of(fewest + 1)).toEqual(['not-entitled', 'not-pensionable']);
  });

  test('the days of Official Letter 6383: decided before 31/08/2025, leaving by 01/09/2025', () => {
    const of = (on: string, decidedOn: string) => short(restructured(38, { on, decidedOn }), paid);
    expect(of('2025-09-01', '2025-08-30')).toEqual(['178/7a', 670]);
    expect(of('2025-09-02', '2025-08-30')).toEqual(['not-entitled', 'left-too-late']);
    expect(of('2025-09-01', '2025-09-01')).toEqual(['not-entitled', 'decided-too-late']);
    expect(of('2025-12-31', '2025-07-31')).toEqual(['178/7a', 670]);
    expect(of('2025-12-31', '2025-08-01')).toEqual(['not-entitled', 'left-too-late']);
    expect(of('2026-01-01', '2025-07-31')).toEqual(['not-entitled', 'left-too-late']);
  });

  test('both sides of 24 and of 60 months are marked', () => {
    const isEdge = (early: number) => assess(restructured(early).build(), paid).marks.includes('tier-edge');
    expect([-2, -1, 0, 1].map((more) => isEdge(fewest + more))).toEqual([false, true, true, false]);
    expect([-2, -1, 0].map((more) => isEdge(most + more))).toEqual([false, false, true]);
  });

  test('cadres, communes cadres, associations and part-timers are not of its group', () => {
    for (const subject of ['cadre', 'commune-cadre', 'association-staff', 'commune-part-timer'] as const) {
      expect([subject, short(restructured(36, { subject }), paid)]).toEqual([subject, ['not-entitled', 'not-covered']]);
    }
    for (const subject of ['civil-servant', 'commune-civil-servant', 'public-employee'] as const) {
      // 36 + 5 × 3 + 11.5
      expect([subject, short(restructured(36, { subject }), paid)]).toEqual([subject, ['178/7a', 625]]);
    }
    const signedBefore = inForceOn(contractSignedBefore, july).value;
    const worker = (contractSignedOn: string) =>
      short(restructured(36, { subject: 'contract-worker' }).but({ contractSignedOn }), paid);
    expect(worker(addDays(signedBefore, -1))).toEqual(['178/7a', 625]);
    expect(worker(signedBefore)).toEqual(['not-entitled', 'contract-too-late']);
    expect(worker(addDays(signedBefore, 1))).toEqual(['not-entitled', 'contract-too-late']);
  });
});

describe('article 7b', () => {
  const notReElected = (
    early: number,
    others: Partial<Leaver> = {},
    group: 'too-old' | 'still-eligible' | 'party-committee' = 'too-old',
  ) =>
    leaver({ cause: 'not-re-elected', subject: 'cadre', months: 360, early, ...others }).leavingBut({
      notReElected: group,
    });
  /** 60 months early; 30 at the congress. */
  const most = inForceOn(mostOf7b, july).value;
  const atCongress = inForceOn(fewestMonthsOfEligible, july).value;
  const none: SetReadings = { X1: 'none' };
  const asArticle7: SetReadings = { X1: 'as-article-7' };

  // The service of 30 years from 01/07/2025: 5 + 0.5 × 15 = 12.5.
  test.each([
    // 5 × 2 + 12.5; the one-off is a month of salary for each month early.
    ['24 months', fewest, 225, 465],
    // 5 × 2.5 + 12.5
    ['25 months', fewest + 1, 250, 500],
    // 5 × 5 + 12.5
    ['59 months', most - 1, 375, 965],
    ['60 months', most, 375, 975],
  ])('%s', (_, early, without, withOneOff) => {
    expect(short(notReElected(early), none)).toEqual(['178/7b', without]);
    expect(short(notReElected(early), asArticle7)).toEqual(['178/7b', withOneOff]);
    expect(alternatives(notReElected(early))).toEqual([
      [none, '178/7b', without],
      [asArticle7, '178/7b', withOneOff],
    ]);
  });

  test('23 months: article 7b with its lines, or article 7 with the one-off alone (X18)', () => {
    const of = notReElected(fewest - 1);
    // 5 × 2 + 12.5
    expect(short(of, { ...none, X18: 'article-7b' })).toEqual(['178/7b', 225]);
    expect(short(of, { ...asArticle7, X18: 'article-7b' })).toEqual(['178/7b', 455]);
    expect(short(of, { X18: 'article-7' })).toEqual(['178/7', 230]);
    expect(short(of, none)).toEqual(['review', 'X18']);
    expect(short(notReElected(fewest), none)).toEqual(['178/7b', 225]);
  });

  test.each([
    ['61 months: farther than the article goes', most + 1, ['not-entitled', 'more-than-60-months']],
    ['62 months', most + 2, ['not-entitled', 'more-than-60-months']],
    ['the month of the age', 0, ['review', 'past-the-age']],
    ['a month past the age', -1, ['review', 'past-the-age']],
  ])('%s', (_, early, expected) => {
    expect(short(notReElected(early))).toEqual(expected);
  });

  test('still eligible: 30 months left at the congress, whose day is not known', () => {
    const on = '2025-05-01';
    const of = (early: number) => short(notReElected(early, { on }, 'still-eligible'), none);
    expect(of(atCongress - 1)).toEqual(['review', 'months-at-congress']);
    // 5 × 2.5 + 5 + 0.5 × 10
    expect(of(atCongress)).toEqual(['178/7b', 225]);
    // 5 × 3 + 10
    expect(of(atCongress + 1)).toEqual(['178/7b', 250]);
    expect(short(notReElected(atCongress - 1, { on }, 'too-old'), none)).toEqual(['178/7b', 225]);
    expect(short(notReElected(atCongress - 1, { on }, 'party-committee'), none)).toEqual(['178/7b', 225]);
  });

  test.each([
    // 5 × 3.5 + 5 + 0.5 × (30 - 20), from 01/07/2025 5 + 0.5 × (30 - 15).
    [lastOfJune, 275],
    [july, 300],
    [addDays(july, 1), 300],
  ])('leaving %s', (on, millions) => {
    expect(short(notReElected(38, { on, decidedOn: '2025-06-20' }), none)).toEqual(['178/7b', millions]);
  });

  test.each([addDays(decree67, -1), decree67, addDays(decree67, 1)])(
    'leaving %s: Decree 177 paid the same before',
    (on) => {
      expect(short(notReElected(38, { on }), none)).toEqual(['178/7b', 275]);
    },
  );

  test.each([
    [lastOfJune, pensionBefore - 1, ['not-entitled', 'not-pensionable']],
    // 5 × 3.5 + 5
    [lastOfJune, pensionBefore, ['178/7b', 225]],
    // 5 × 3.5 + 5.25
    [lastOfJune, pensionBefore + 1, ['178/7b', 227.5]],
    [july, pension - 1, ['not-entitled', 'not-pensionable']],
    [july, pension, ['178/7b', 225]],
    [july, pension + 1, ['178/7b', 227.5]],
  ])('leaving %s with %i insured months', (on, months, expected) => {
    expect(short(notReElected(38, { on, decidedOn: '2025-06-20', months }), none)).toEqual(expected);
  });

  test('not pensionable under 24 months goes to a person (X10)', () => {
    const of = (early: number) => short(notReElected(early, { months: pension - 1 }), none);
    expect(of(fewest - 1)).toEqual(['review', 'X10']);
    expect(of(fewest)).toEqual(['not-entitled', 'not-pensionable']);
  });

  test('the one-off of X1 is halved after the twelve months of the reorganisation', () => {
    const of = (on: string) =>
      short(notReElected(38, { on }).leavingBut({ reorganisedOn: '2024-05-15' }), {
        ...asArticle7,
        X5: 'own-date',
        X7: 'month-of-leaving',
      });
    // 38 + 5 × 3.5 + 10, then 19 + 17.5 + 10.
    expect(of('2025-05-14')).toEqual(['178/7b', 655]);
    expect(of('2025-05-15')).toEqual(['178/7b', 465]);
    expect(of('2025-05-16')).toEqual(['178/7b', 465]);
  });

  test('only a Party committee lets others than cadres leave by it', () => {
    const of = (subject: Leaver['subject'] & string, group: 'too-old' | 'still-eligible' | 'party-committee') =>
      short(notReElected(38, { subject }, group), none);
    for (const subject of ['civil-servant', 'public-employee', 'commune-civil-servant', 'association-staff'] as const) {
      expect(of(subject, 'too-old')).toEqual(['not-entitled', 'not-covered']);
      expect(of(subject, 'still-eligible')).toEqual(['not-entitled', 'not-covered']);
      expect(of(subject, 'party-committee')).toEqual(['178/7b', 300]);
    }
    expect(of('commune-cadre', 'too-old')).toEqual(['178/7b', 300]);
    expect(of('commune-part-timer', 'party-committee')).toEqual(['not-entitled', 'not-covered']);
  });

  test('which case of the group it is must be known', () => {
    const of = leaver({ cause: 'not-re-elected', subject: 'cadre', months: 360, early: 38 });
    expect(short(of)).toEqual(['incomplete', 'leaving.notReElected']);
  });
});
