/**
 * The limits of Decree 154/2025, of Decree 29/2023 before it and of Resolution 07/2025 beside it, in threes: the month
 * or day before, the limit itself, the one after. Salary 10,000,000 đồng; allowance A = 1.5 × 2,340,000 = 3,510,000.
 */
import { describe, expect, test } from 'vitest';
import { addDays } from '../../../shared/calendar.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { inForceOn } from '../../../shared/law/dated.ts';
import { lastLeaveDate, lastLeaveDateOfCommunePartTimers } from '../../../shared/law/decree-154-2025/article-03.ts';
import { oddMonths } from '../../../shared/law/decree-154-2025/article-05.ts';
import {
  monthsEarlyWithMoney as money154,
  shortInsuranceWindow,
} from '../../../shared/law/decree-154-2025/article-06.ts';
import { mostMonthsExcluded } from '../../../shared/law/decree-154-2025/article-07.ts';
import { tiers } from '../../../shared/law/decree-154-2025/article-09.ts';
import { monthsEarlyWithMoney as money29 } from '../../../shared/law/decree-29-2023/article-05.ts';
import { leavesFrom, replacedOn } from '../../../shared/law/decree-29-2023/decree.ts';
import { lumpSum } from '../../../shared/law/resolution-07-2025/resolution.ts';
import { pensionMonths } from '../../../shared/law/social-insurance/pension.ts';
import { alternatives, type Leaver, leaver, short } from '../../leavers.ts';
import type { Person } from '../../people.ts';

// The limits, from the law as it stands on 01/07/2025. The sums below are worked out by hand.
const july = '2025-07-01';
const lastOfJune = addDays(july, -1);
/** 60 months worked, 60 months left. */
const { fewestMonthsWorked: worked, fewestMonthsEarly: left } = inForceOn(tiers, july).value;
/** 24 and 60 months early. */
const { fewest, most } = inForceOn(money154, july).value;
/** 36 months early. */
const excluded = inForceOn(mostMonthsExcluded, july).value;
/** 15 years from 01/07/2025, 20 before. */
const pension = inForceOn(pensionMonths, july).value;
const pensionBefore = inForceOn(pensionMonths, lastOfJune).value;
/** Ten years, and as many odd months as are half a year. */
const tenYears = 120;
const halfYear = tenYears + inForceOn(oddMonths, july).value.halfUpTo;
/** 16/06/2025. */
const replaced = inForceOn(replacedOn, july).value;
const [twoBefore, dayBefore, dayAfter] = [addDays(replaced, -2), addDays(replaced, -1), addDays(replaced, 1)];

/** So many allowances A in millions. */
const inA = (times: number) => Math.round(times * 3_510_000) / 1e6;
const marksOf = (of: Person) => assess(of.build()).marks;
const openOf = (of: Person) => assess(of.build()).open;
const figuresOf = (of: Person) => {
  const answer = assess(of.build());
  return 'figures' in answer ? answer.figures : undefined;
};

describe.each([
  ['154/9', 'commune-part-timer'],
  ['154/10', 'village-part-timer'],
] as const)('%s, the tiers of paragraph 1', (regime, subject) => {
  const partTimer = (months: number, early: number, others: Partial<Leaver> = {}) =>
    leaver({ cause: 'post-abolished', subject, months, early, ...others });
  const far = 240;

  test.each([
    // 0.8 × 59 + 1.5 × 5 + 3
    ['59 months of service: point a', worked - 1, far, 57.7],
    // 0.8 × 60 + 1.5 × 5 + 3
    ['60 months: point c', worked, far, 58.5],
    // 0.8 × 60 + 1.5 × 5.5 + 3
    ['61 months: point c', worked + 1, far, 59.25],
    // The months left play no part in point a.
    ['59 months of service, 59 left: point a', worked - 1, left - 1, 57.7],
    ['59 months of service, 60 left: point a', worked - 1, left, 57.7],
    ['59 months of service, one left: point a', worked - 1, 1, 57.7],
    // 0.8 × 59 + 1.5 × 10 + 3
    ['59 months left: point b', tenYears, left - 1, 65.2],
    // 0.8 × 60 + 1.5 × 10 + 3
    ['60 months left: point c', tenYears, left, 66],
    ['61 months left: point c', tenYears, left + 1, 66],
    // 0.8 × 59 + 1.5 × 5 + 3
    ['60 months of service, 59 left: point b', worked, left - 1, 57.7],
    ['60 months of service, 60 left: point c', worked, left, 58.5],
    // 0.8 × 1 + 1.5 × 10 + 3
    ['one month left: point b', tenYears, 1, 18.8],
    ['the month of the age: the lump sum of paragraph 2', tenYears, 0, 15],
    ['a month past the age: the lump sum', tenYears, -1, 15],
    ['past the age with 59 months of service: the lump sum', worked - 1, 0, 15],
  ])('%s', (_, months, early, times) => {
    expect(short(partTimer(months, early))).toEqual([regime, inA(times)]);
  });

  test('the lines of each tier', () => {
    const linesOf = (months: number, early: number) => {
      const answer = assess(partTimer(months, early).build());
      return answer.outcome === 'entitled' ? answer.lines.map(({ line, amount }) => [line, Number(amount) / 1e6]) : [];
    };
    const shared = [
      ['service-years', inA(7.5)],
      ['job-search', inA(3)],
    ];
    expect(linesOf(59, far)).toEqual([['part-time-months', inA(47.2)], ...shared]);
    expect(linesOf(60, 59)).toEqual([['part-time-months', inA(47.2)], ...shared]);
    expect(linesOf(60, 60)).toEqual([['part-time-months', inA(48)], ...shared]);
    expect(linesOf(60, 0)).toEqual([['lump-sum', inA(15)]]);
  });

  // Article 5(7): 48 + 1.5 × years + 3.
  test.each([
    [halfYear - 1, '10.5', 66.75],
    [halfYear, '10.5', 66.75],
    [halfYear + 1, '11', 67.5],
    [tenYears + 11, '11', 67.5],
    [tenYears + 12, '11', 67.5],
    [tenYears + 13, '11.5', 68.25],
  ])('%i months of service are %s years', (months, years, times) => {
    const of = partTimer(months, far);
    expect(figuresOf(of)).toMatchObject({
      serviceMonths: months,
      serviceYears: years,
      monthlyAllowance: '3510000',
      monthsEarly: far,
    });
    expect(short(of)).toEqual([regime, inA(times)]);
  });

  test('both sides of a tier and of a half year are marked', () => {
    const isMarked = (mark: string, months: number, early: number) => marksOf(partTimer(months, early)).includes(mark);
    expect([-2, -1, 0, 1].map((more) => isMarked('tier-edge', worked + more, far))).toEqual([false, true, true, false]);
    expect([-2, -1, 0, 1].map((more) => isMarked('tier-edge', tenYears, left + more))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([-1, 0, 1, 2].map((more) => isMarked('rounding-edge', halfYear + more, far))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('the factor of point c is open (O5), those of points a and b are not', () => {
    expect(openOf(partTimer(worked, left))).toContain('O5');
    expect(openOf(partTimer(worked - 1, left))).not.toContain('O5');
    expect(openOf(partTimer(worked, left - 1))).not.toContain('O5');
  });

  test('a pension that is drawn gives the lump sum at any distance', () => {
    expect(short(partTimer(120, far).but({ drawsPension: true }))).toEqual([regime, inA(15)]);
    expect(short(partTimer(59, 1).but({ drawsPension: true }))).toEqual([regime, inA(15)]);
  });

  test('nothing that counts goes to a person', () => {
    const allPaid = leaver({ cause: 'post-abolished', subject, months: 60, early: far }).but({
      service: [{ from: '2020-07', to: '2025-06', employer: 'commune-part-time', compensated: true }],
    });
    expect(short(allPaid)).toEqual(['review', 'no-counted-service']);
  });

  test('the cause over-age leads part-timers to the same article', () => {
    expect(short(leaver({ cause: 'over-age', subject, months: 120, early: -2 }))).toEqual([regime, inA(15)]);
    expect(short(leaver({ cause: 'over-age', subject, months: 120, early: 60 }))).toEqual([regime, inA(66)]);
  });
});

describe('the last days of Decree 154', () => {
  const commune = (on: string) => leaver({ cause: 'post-abolished', months: 60, early: 240, on });
  const village = (on: string) =>
    leaver({ cause: 'post-abolished', subject: 'village-part-timer', months: 60, early: 240, on });

  /** 31/05/2026 and 31/12/2030. */
  const lastOfCommunes = inForceOn(lastLeaveDateOfCommunePartTimers, july).value;
  const last = inForceOn(lastLeaveDate, july).value;

  test.each([
    [addDays(lastOfCommunes, -1), ['154/9', inA(58.5)]],
    [lastOfCommunes, ['154/9', inA(58.5)]],
    [addDays(lastOfCommunes, 1), ['review', 'after-2026-05-31']],
    [addDays(lastOfCommunes, 2), ['review', 'after-2026-05-31']],
  ])('a commune part-timer who leaves on %s', (on, expected) => {
    expect(short(commune(on))).toEqual(expected);
  });

  test('31/05/2026 is no limit for villages', () => {
    expect(lastOfCommunes).toBe('2026-05-31');
    expect(short(village(lastOfCommunes))).toEqual(['154/10', inA(58.5)]);
    expect(short(village(addDays(lastOfCommunes, 1)))).toEqual(['154/10', inA(58.5)]);
  });

  test.each([addDays(last, -1), last])('severance on %s is paid still', (on) => {
    // 3 + 1.5 × 10
    expect(short(leaver({ cause: 'streamlined', months: 120, early: 240, on }))).toEqual(['154/8', 180]);
  });

  test.each([
    ['streamlined', 'civil-servant'],
    ['transferred-off-budget', 'civil-servant'],
    ['post-abolished', 'village-part-timer'],
  ] as const)('%s, %s: from 01/01/2031 the policy has ended', (cause, subject) => {
    const on = (day: string) => short(leaver({ cause, subject, months: 120, early: 240, on: day }));
    expect(last).toBe('2030-12-31');
    expect(on(last)[0]).not.toBe('not-entitled');
    expect(on(addDays(last, 1))).toEqual(['not-entitled', 'policy-ended']);
    expect(on(addDays(last, 2))).toEqual(['not-entitled', 'policy-ended']);
  });

  test('the base salary is that of the month before leaving', () => {
    const allowance = (on: string) => figuresOf(village(on));
    // 1.5 × 2,340,000 until the end of June 2026, 1.5 × 2,530,000 from then.
    expect(allowance('2026-06-30')).toMatchObject({ monthlyAllowance: '3510000' });
    expect(allowance('2026-07-01')).toMatchObject({ monthlyAllowance: '3510000' });
    expect(allowance('2026-08-01')).toMatchObject({ monthlyAllowance: '3795000' });
  });
});

describe('154/6 and 154/8, leaving 01/07/2025 with 30 years', () => {
  const streamlined = (early: number, others: Partial<Leaver> = {}) =>
    leaver({ cause: 'streamlined', months: 360, early, ...others });

  test.each([
    ['23 months: no cash (O3)', fewest - 1, ['not-entitled', 'pension-unreduced-no-cash']],
    // 5 × 2 + 5 + 0.5 × 10
    ['24 months', fewest, ['154/6', 200]],
    // 5 × 2.5 + 10
    ['25 months', fewest + 1, ['154/6', 225]],
    // 5 × 3 + 10
    ['36 months', 36, ['154/6', 250]],
    // 5 × 5 + 10
    ['59 months', most - 1, ['154/6', 350]],
    ['60 months: article 6 still', most, ['154/6', 350]],
    // 3 + 1.5 × 30
    ['61 months: article 8', most + 1, ['154/8', 480]],
    ['one month: no cash', 1, ['not-entitled', 'pension-unreduced-no-cash']],
    ['the month of the age', 0, ['review', 'O20']],
    ['a month past the age', -1, ['review', 'O20']],
  ])('%s', (_, early, expected) => {
    expect(short(streamlined(early))).toEqual(expected);
  });

  test('no cash is our reading, and says so (O3)', () => {
    expect(openOf(streamlined(fewest - 1))).toContain('O3');
    expect(openOf(streamlined(fewest))).not.toContain('O3');
  });

  test('years early in half years (O2): the question is open only where it changes the line', () => {
    expect(openOf(streamlined(24))).not.toContain('O2');
    expect(openOf(streamlined(25))).toContain('O2');
    expect(openOf(streamlined(30))).not.toContain('O2');
    // 5 × 25/12 × 10,000,000 = 104,166,667 and 100,000,000 of service.
    expect(short(streamlined(25), { O2: 'months-over-12' })).toEqual(['154/6', 204.166667]);
  });

  test.each([
    // 2 years 5, 6, 7 months: 2.5, 2.5, 3.
    [29, 225],
    [30, 225],
    [35, 250],
    [36, 250],
    [37, 275],
  ])('%i months early', (early, millions) => {
    expect(short(streamlined(early))).toEqual(['154/6', millions]);
  });

  test('six odd months of the distance are half a year, seven a whole one', () => {
    // Leaving in May, for no pension of a man starts in 02/2028.
    const on = '2025-05-01';
    expect(short(streamlined(29, { on, decidedOn: '2025-06-20' }))).toEqual(['154/6', 225]);
    expect(short(streamlined(30, { on, decidedOn: '2025-06-20' }))).toEqual(['154/6', 225]);
    expect(short(streamlined(31, { on, decidedOn: '2025-06-20' }))).toEqual(['154/6', 250]);
  });

  test('both sides of a tier and of a half year are marked', () => {
    const isEdge = (early: number) => marksOf(streamlined(early)).includes('tier-edge');
    expect([-2, -1, 0, 1].map((more) => isEdge(fewest + more))).toEqual([false, true, true, false]);
    expect([-1, 0, 1, 2].map((more) => isEdge(most + more))).toEqual([false, true, true, false]);
    const isHalf = (early: number) => marksOf(streamlined(early)).includes('rounding-edge');
    expect([29, 30, 42, 43, 44].map(isHalf)).toEqual([false, true, true, true, false]);
  });

  test('by Annex II, 59, 60 and 61 months', () => {
    const heavy = (early: number) => streamlined(early, { sex: 'female', annex: 'II', heavy: true });
    expect(short(heavy(most - 1))).toEqual(['154/6', 350]);
    expect(short(heavy(most))).toEqual(['154/6', 350]);
    expect(short(heavy(most + 1))).toEqual(['154/8', 480]);
    expect(figuresOf(heavy(most))).toMatchObject({ annex: 'II', monthsEarly: 60 });
  });

  test('past the age of Annex II alone goes to a person (X15)', () => {
    const heavy = (early: number) => streamlined(early, { annex: 'II', heavy: true });
    expect(short(heavy(0))).toEqual(['review', 'X15']);
    expect(short(heavy(-1))).toEqual(['review', 'X15']);
    // One month by Annex II gives no cash; by Annex I he is farther than 60 months.
    expect(short(heavy(1), { X4: 'annex-2' })).toEqual(['not-entitled', 'pension-unreduced-no-cash']);
  });
});

describe('154/6, insured months around the pension and the first block', () => {
  const insured = (months: number, on: string, early = 36) =>
    leaver({ cause: 'streamlined', months, early, on, decidedOn: '2025-06-18' });

  test.each([
    // Not pensionable, article 8: 3 + 1.5 × 15.
    [pension - 1, ['154/8', 255]],
    // 5 × 3 + 5
    [pension, ['154/6', 200]],
    [pension + 1, ['154/6', 200]],
    [pensionBefore - 1, ['154/6', 200]],
    [pensionBefore, ['154/6', 200]],
    // 5 × 3 + 5 + 0.5 × 0.5
    [pensionBefore + 1, ['154/6', 202.5]],
  ])('leaving 01/07/2025 with %i months', (months, expected) => {
    expect(short(insured(months, july))).toEqual(expected);
  });

  test.each([
    [pension - 1, ['154/8', 255]],
    [pension, ['review', 'O15']],
    [pension + 1, ['review', 'O15']],
    [pensionBefore - 1, ['review', 'O15']],
    [pensionBefore, ['154/6', 200]],
    [pensionBefore + 1, ['154/6', 202.5]],
  ])('leaving 30/06/2025 with %i months', (months, expected) => {
    expect(short(insured(months, lastOfJune))).toEqual(expected);
  });

  test('O15 begins with Decree 154: before 16/06/2025 under 20 years is article 8', () => {
    const { from, before } = inForceOn(shortInsuranceWindow, july).value;
    expect([from, before]).toEqual([replaced, july]);
    // 3 + 1.5 × 15
    const on = (day: string) => short(insured(pension, day));
    expect(on(addDays(from, -1))).toEqual(['154/8', 255]);
    expect(on(from)).toEqual(['review', 'O15']);
    expect(on(addDays(from, 1))).toEqual(['review', 'O15']);
  });

  test('O15 comes before everything about articles 6 and 8', () => {
    expect(short(insured(200, lastOfJune, 23))).toEqual(['review', 'O15']);
    expect(short(insured(200, lastOfJune, 100))).toEqual(['review', 'O15']);
  });

  test('without a pension article 8 pays at any distance before the age', () => {
    for (const early of [1, 23, 24, 60, 61]) expect(short(insured(pension - 1, july, early))).toEqual(['154/8', 255]);
    expect(short(insured(pension - 1, july, 0))).toEqual(['review', 'O20']);
  });

  // Article 5(7): 3 + 1.5 × years.
  test.each([
    [halfYear - 1, 187.5],
    [halfYear, 187.5],
    [halfYear + 1, 195],
    [tenYears + 11, 195],
    [tenYears + 12, 195],
    [tenYears + 13, 202.5],
  ])('article 8 with %i months of service', (months, millions) => {
    expect(short(insured(months, july, 240))).toEqual(['154/8', millions]);
  });

  // Article 5(7): 5 × 3 + 5 + 0.5 × (years - 20).
  test.each([
    [245, 202.5],
    [246, 202.5],
    [247, 205],
    [251, 205],
    [252, 205],
    [253, 207.5],
  ])('article 6 with %i months of service', (months, millions) => {
    expect(short(insured(months, july))).toEqual(['154/6', millions]);
  });
});

describe('154/7, leaving 01/07/2025', () => {
  const transferred = (early: number, months = 360, others: Partial<Leaver> = {}) =>
    leaver({ cause: 'transferred-off-budget', months, early, ...others });

  test.each([
    ['35 months: kept out', excluded - 1, ['not-entitled', 'three-years-to-retirement']],
    ['36 months: kept out still', excluded, ['not-entitled', 'three-years-to-retirement']],
    // 3 + 0.5 × 30
    ['37 months', excluded + 1, ['154/7', 180]],
    ['one month', 1, ['not-entitled', 'three-years-to-retirement']],
    ['the month of the age', 0, ['review', 'O20']],
    ['a month past the age', -1, ['review', 'O20']],
  ])('%s', (_, early, expected) => {
    expect(short(transferred(early))).toEqual(expected);
  });

  test('without enough insurance the three years do not keep anyone out', () => {
    // 3 + 0.5 × 15
    expect(short(transferred(excluded, pension - 1))).toEqual(['154/7', 105]);
    expect(short(transferred(excluded, pension))).toEqual(['not-entitled', 'three-years-to-retirement']);
    expect(short(transferred(excluded, pension + 1))).toEqual(['not-entitled', 'three-years-to-retirement']);
  });

  test('both sides of three years are marked', () => {
    const isEdge = (early: number) => marksOf(transferred(early)).includes('tier-edge');
    expect([-1, 0, 1, 2].map((more) => isEdge(excluded + more))).toEqual([false, true, true, false]);
  });

  test('three years by which annex is asked only where it changes the answer (O21)', () => {
    const heavy = (early: number) => transferred(early, 360, { annex: 'II', heavy: true });
    expect(short(heavy(excluded))).toEqual(['review', 'O21']);
    expect(short(heavy(excluded + 1))).toEqual(['154/7', 180]);
    expect(short(heavy(excluded), { O21: 'annex-1' })).toEqual(['154/7', 180]);
    expect(short(heavy(excluded), { O21: 'annex-2' })).toEqual(['not-entitled', 'three-years-to-retirement']);
  });

  test.each([
    [halfYear - 1, 82.5],
    [halfYear, 82.5],
    [halfYear + 1, 85],
    [tenYears + 11, 85],
    [tenYears + 12, 85],
    [tenYears + 13, 87.5],
  ])('%i months of service', (months, millions) => {
    expect(short(transferred(240, months))).toEqual(['154/7', millions]);
  });

  test('what is paid under Decree 29 goes to a person', () => {
    const of = transferred(240, 120, { on: '2025-05-01' }).but({ paidOn: dayBefore });
    expect(short(of)).toEqual(['review', 'decree-29-article-6']);
    expect(short(of.but({ paidOn: replaced }))).toEqual(['154/7', 80]);
  });
});

describe('29 or 154: the days around 16/06/2025', () => {
  const of = (on: string, decidedOn: string, paidOn?: string) =>
    leaver({ cause: 'streamlined', months: 360, early: 38, on, decidedOn }).but({
      averagePay60Months: '8000000',
      ...(paidOn === undefined ? {} : { paidOn }),
    });
  // 38 months early with 30 years: (5 × 3.5 + 10) × 10 under article 6 of 154, (3 × 3.5 + 10) × 8 under article 5 of 29.
  const by154 = ['154/6', 275];
  const by29 = ['29/5', 164];

  test.each([
    [twoBefore, twoBefore, by154],
    [dayBefore, dayBefore, by154],
    [dayBefore, replaced, by154],
    [replaced, dayBefore, ['review', 'O14']],
    [replaced, replaced, by154],
    [dayAfter, dayBefore, ['review', 'O14']],
    [dayAfter, replaced, by154],
    [dayAfter, dayAfter, by154],
  ])('leaving %s, decided %s', (on, decidedOn, expected) => {
    expect(short(of(on, decidedOn))).toEqual(expected);
  });

  test('O14 lays both decrees side by side, and either may be set', () => {
    const him = of(replaced, dayBefore);
    expect(alternatives(him)).toEqual([
      [{ O14: '154' }, ...by154],
      [{ O14: '29' }, ...by29],
    ]);
    expect(short(him, { O14: '154' })).toEqual(by154);
    expect(short(him, { O14: '29' })).toEqual(by29);
  });

  test('O14 is not asked where both decrees keep the money back', () => {
    const him = leaver({ cause: 'streamlined', months: 360, early: 23, on: '2025-07-01', decidedOn: dayBefore });
    expect(short(him.but({ averagePay60Months: '8000000' }))).toEqual(['not-entitled', 'pension-unreduced-no-cash']);
  });

  test('decided and left before, not paid: recomputed under 154, Decree 29 in yieldsTo (O23)', () => {
    expect(assess(of(dayBefore, dayBefore).build())).toMatchObject({
      regime: '154/6',
      total: '275000000',
      yieldsTo: [{ regime: '29/5', total: '164000000' }],
    });
    expect(openOf(of(dayBefore, dayBefore))).toContain('O23');
    expect(openOf(of(dayBefore, replaced))).not.toContain('O23');
    expect(openOf(of(replaced, replaced))).not.toContain('O23');
    expect(assess(of(dayBefore, replaced).build())).not.toHaveProperty('yieldsTo.0');
  });

  test('what was paid before 16/06/2025 stays under Decree 29', () => {
    const paid = (paidOn: string) => short(of('2025-05-01', '2025-04-20', paidOn));
    expect(paid(twoBefore)).toEqual(by29);
    expect(paid(dayBefore)).toEqual(by29);
    expect(paid(replaced)).toEqual(by154);
    expect(paid(dayAfter)).toEqual(by154);
  });

  test('the average of 60 months is asked for only where Decree 29 may answer', () => {
    const without = (on: string, decidedOn: string) =>
      leaver({ cause: 'streamlined', months: 360, early: 38, on, decidedOn });
    expect(short(without(dayBefore, dayBefore))).toEqual(by154);
    expect(short(without(replaced, replaced))).toEqual(by154);
    expect(short(without(replaced, dayBefore))).toEqual(['incomplete', 'averagePay60Months']);
    expect(short(without(replaced, dayBefore), { O14: '154' })).toEqual(by154);
    expect(short(without('2025-05-01', '2025-04-20').but({ paidOn: dayBefore }))).toEqual([
      'incomplete',
      'averagePay60Months',
    ]);
  });
});

describe('29/5 and 29/7, paid before 16/06/2025; average pay 8,000,000', () => {
  const paid = (early: number, months = 360) =>
    leaver({ cause: 'streamlined', months, early, on: '2025-06-01' }).but({
      paidOn: '2025-06-10',
      averagePay60Months: '8000000',
    });

  const { fewest: fewest29, most: most29 } = inForceOn(money29, '2025-06-01').value;
  test.each([
    ['23 months: no cash', fewest29 - 1, ['not-entitled', 'pension-unreduced-no-cash']],
    // 8 × (3 × 2 + 5 + 0.5 × 10)
    ['24 months', fewest29, ['29/5', 128]],
    // 8 × (3 × 2.5 + 10)
    ['25 months', fewest29 + 1, ['29/5', 140]],
    // 8 × (3 × 5 + 10)
    ['59 months', most29 - 1, ['29/5', 200]],
    ['60 months', most29, ['29/5', 200]],
    ['61 months: nobody knows', most29 + 1, ['review', 'O19']],
    ['the month of the age', 0, ['review', 'O20']],
    ['a month past the age', -1, ['review', 'O20']],
  ])('%s', (_, early, expected) => {
    expect(short(paid(early))).toEqual(expected);
  });

  test.each([
    // 3 × 10 + 1.5 × 8 × 20
    [pensionBefore - 1, ['29/7', 270]],
    // 8 × (3 × 3.5 + 5)
    [pensionBefore, ['29/5', 124]],
    // 8 × (3 × 3.5 + 5.25)
    [pensionBefore + 1, ['29/5', 126]],
  ])('%i insured months, 38 months early', (months, expected) => {
    expect(short(paid(38, months))).toEqual(expected);
  });

  test('not pensionable: 24 months are severance, under it a person decides (X10)', () => {
    expect(short(paid(fewest29 + 1, pensionBefore - 1))).toEqual(['29/7', 270]);
    expect(short(paid(fewest29, pensionBefore - 1))).toEqual(['29/7', 270]);
    expect(short(paid(fewest29 - 1, pensionBefore - 1))).toEqual(['review', 'X10']);
  });

  test('Decree 29 holds for leaving from 20/07/2023', () => {
    const first = inForceOn(leavesFrom, july).value;
    expect(first).toBe('2023-07-20');
    const leaving = (on: string) =>
      leaver({ cause: 'streamlined', months: 360, early: 40, on }).but({
        paidOn: '2024-01-10',
        averagePay60Months: '8000000',
      });
    expect(short(leaving(addDays(first, -1)))).toEqual(['not-entitled', 'left-before-decree']);
    // 40 months are 3.5 years: 8 × (3 × 3.5 + 10).
    expect(short(leaving(first))).toEqual(['29/5', 164]);
    expect(short(leaving(addDays(first, 1)))).toEqual(['29/5', 164]);
  });
});

describe('29/9, paid before 16/06/2025, leaving 01/06/2025', () => {
  const ends = (termEndsOn: string, early = 120) =>
    leaver({ cause: 'post-abolished', months: 60, early, on: '2025-06-01' }).but({ paidOn: '2025-06-10', termEndsOn });

  test.each([
    ['2025-05-31', ['not-entitled', 'term-is-over']],
    // Both months count: June alone.
    ['2025-06-01', ['29/9', inA(0.5)]],
    ['2025-06-30', ['29/9', inA(0.5)]],
    ['2025-07-01', ['29/9', inA(1)]],
    ['2026-07-31', ['29/9', inA(7)]],
  ])('the term ends on %s', (day, expected) => {
    expect(short(ends(day))).toEqual(expected);
  });

  test('the months end with those left to the age', () => {
    // 14 months from 06/2025 to 07/2026.
    expect(short(ends('2026-07-31', 13))).toEqual(['29/9', inA(6.5)]);
    expect(short(ends('2026-07-31', 14))).toEqual(['29/9', inA(7)]);
    expect(short(ends('2026-07-31', 15))).toEqual(['29/9', inA(7)]);
    expect(short(ends('2026-07-31', 0))).toEqual(['review', 'O20']);
    expect(short(ends('2026-07-31', -1))).toEqual(['review', 'O20']);
  });
});

describe('Resolution 07/2025/NQ-CP', () => {
  /** So many months past the month the pension would have started. */
  const past = (months: number, on = '2026-03-01', others: Partial<Leaver> = {}) =>
    leaver({ cause: 'over-age', subject: 'cadre', months: 120, early: -months, on, ...others });

  /** 15 months, and the 18 more after which 24 months of salary are reached. */
  const { firstMonths } = inForceOn(lumpSum, july).value;
  const mostMonths = firstMonths + 18;

  test.each([
    [firstMonths - 1, 150],
    [firstMonths, 150],
    // 15 + 0.5
    [firstMonths + 1, 155],
    // 15 + 0.5 × 17
    [mostMonths - 1, 235],
    [mostMonths, 240],
    [mostMonths + 1, 240],
  ])('%i months past the age', (months, millions) => {
    expect(short(past(months))).toEqual(['07/NQ-CP', millions]);
  });

  test.each([
    ['a month before the age', -1, ['not-entitled', 'not-past-the-age']],
    ['the month of the age', 0, ['07/NQ-CP', 150]],
    ['a month past it', 1, ['07/NQ-CP', 150]],
  ])('%s', (_, months, expected) => {
    expect(short(past(months, '2025-10-01'))).toEqual(expected);
  });

  test('a pension that is drawn counts as nought months past', () => {
    expect(short(past(-1, '2025-10-01').but({ drawsPension: true }))).toEqual(['07/NQ-CP', 150]);
    expect(short(past(-120, '2025-10-01').but({ drawsPension: true }))).toEqual(['07/NQ-CP', 150]);
    expect(short(past(firstMonths + 1).but({ drawsPension: true }))).toEqual(['07/NQ-CP', 155]);
  });

  test('counted from the month of the age there is one month more (O18)', () => {
    expect(short(past(firstMonths - 1), { O18: 'from-age-month' })).toEqual(['07/NQ-CP', 150]);
    expect(short(past(firstMonths), { O18: 'from-age-month' })).toEqual(['07/NQ-CP', 155]);
    expect(short(past(mostMonths - 1), { O18: 'from-age-month' })).toEqual(['07/NQ-CP', 240]);
    expect(short(past(-1, '2025-10-01'), { O18: 'from-age-month' })).toEqual(['07/NQ-CP', 150]);
    expect(short(past(-2, '2025-10-01'), { O18: 'from-age-month' })).toEqual(['not-entitled', 'not-past-the-age']);
    const isOpen = (months: number) => openOf(past(months)).includes('O18');
    expect([14, 15, 16, 32, 33].map(isOpen)).toEqual([false, true, true, true, false]);
  });

  test('cadres count by Annex I, others with 15 years of heavy work by Annex II', () => {
    const heavy = { months: 240, annex: 'II', heavy: true } as const;
    expect(short(past(firstMonths, '2026-03-01', { ...heavy, subject: 'civil-servant' }))).toEqual(['07/NQ-CP', 150]);
    expect(short(past(firstMonths + 1, '2026-03-01', { ...heavy, subject: 'civil-servant' }))).toEqual([
      '07/NQ-CP',
      155,
    ]);
    expect(short(past(firstMonths + 1, '2026-03-01', { ...heavy, subject: 'cadre' }))).toEqual([
      'not-entitled',
      'not-past-the-age',
    ]);
    expect(short(past(firstMonths + 1, '2026-03-01', { ...heavy, heavy: false, subject: 'civil-servant' }))).toEqual([
      'not-entitled',
      'not-past-the-age',
    ]);
  });

  test('both sides of 15 and of 33 months are marked', () => {
    const isEdge = (months: number) => marksOf(past(months)).includes('tier-edge');
    expect([-1, 0, 1, 2].map((more) => isEdge(firstMonths + more))).toEqual([false, true, true, false]);
    expect([-1, 0, 1].map((more) => isEdge(mostMonths + more))).toEqual([false, true, true]);
  });

  test('contract workers go to a person', () => {
    const of = past(firstMonths + 1, '2026-03-01', { subject: 'contract-worker' }).but({
      contractSignedOn: '2018-01-01',
    });
    expect(short(of)).toEqual(['review', 'contract-worker-under-07']);
  });
});
