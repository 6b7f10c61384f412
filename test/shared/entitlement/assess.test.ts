import { describe, expect, test } from 'vitest';
import { facts } from '../../../shared/case/facts.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { hashOf } from '../../../shared/hash.ts';
import { inForceOn } from '../../../shared/law/dated.ts';
import { covered } from '../../../shared/law/decree-178-2024/article-02.ts';
import type { SetReadings } from '../../../shared/law/readings.ts';
import { type Person, person } from '../../people.ts';

/** Regime, total in millions, and the question or ground if there is one: the answer in short. */
function short(of: Person, set: SetReadings = {}): readonly unknown[] {
  const answer = assess(of.build(), set);
  switch (answer.outcome) {
    case 'entitled':
      return [answer.regime, Number(answer.total) / 1e6];
    case 'not-entitled':
      return ['not-entitled', ...answer.grounds.map(({ ground }) => ground)];
    case 'incomplete':
      return ['incomplete', ...answer.missing];
    case 'review':
      return ['review', ...answer.reasons.map(({ reason }) => reason)];
  }
}

/** The alternatives of a review: readings, and total in millions or the outcome. */
function alternatives(of: Person, set: SetReadings = {}) {
  const answer = assess(of.build(), set);
  if (answer.outcome !== 'review') return answer.outcome;
  return answer.alternatives?.map(({ readings, outcome, total }) => [
    readings,
    total === undefined ? outcome : Number(total) / 1e6,
  ]);
}

const ten = person().servingMonths(240);
/** Woman of the months of Ms D: 35 months early by Annex II, 123 by Annex I. */
const likeMsD = person().woman().bornIn('1975-09');
/** Far from any age: severance. */
const young = person().bornIn('1985-01');

describe('months early, in threes; leaving 01/07/2025 with 20 years and 10 million a month', () => {
  test.each([
    // The one-off alone, 23 months.
    ['23 months: the one-off alone', '1965-08', '178/7', 230],
    // 24 + 5 × 2 + 6.5
    ['24 months: the parts by year too', '1965-09', '178/7', 405],
    // 25 + 5 × 2.5 + 6.5
    ['25 months', '1965-10', '178/7', 440],
    // 59 + 5 × 5 + 6.5
    ['59 months', '1968-05', '178/7', 905],
    // 60 + 5 × 5 + 6.5
    ['60 months: the near band still', '1968-06', '178/7', 915],
    // 54 + 4 × 5.5 + 6.5: nine months of salary less for one month more.
    ['61 months: the far band', '1968-07', '178/7', 825],
    // 54 + 4 × 10 + 6.5
    ['119 months', '1973-05', '178/7', 1005],
    ['120 months: early retirement still', '1973-06', '178/7', 1005],
    // 0.8 × 60 + 1.5 × 20 + 3
    ['121 months: severance', '1973-07', '178/9', 810],
  ])('%s', (_, birth, regime, millions) => {
    expect(short(ten.bornIn(birth))).toEqual([regime, millions]);
  });

  test.each([
    // Born 01 to 03/1977: 59 to 61 months by Annex II, over 120 by Annex I.
    ['59 months', '1977-01', '178/7', 905],
    ['60 months', '1977-02', '178/7', 915],
    ['61 months: severance, not a far band', '1977-03', '178/9', 810],
  ])('by Annex II: %s', (_, birth, regime, millions) => {
    const her = person()
      .woman()
      .bornIn(birth)
      .having({ from: '2005-07', to: '2025-06', employer: 'state', conditions: ['heavy'] });
    expect(short(her)).toEqual([regime, millions]);
    expect(assess(her.build())).toMatchObject({ figures: { annex: 'II' } });
  });

  test('by Annex II under 24 months, if X4 says Annex II: the one-off alone; from 24 on the parts by year', () => {
    const heavy = person()
      .woman()
      .having({ from: '2005-07', to: '2025-06', employer: 'state', conditions: ['heavy'] });
    expect(short(heavy.bornIn('1975-01'), { X4: 'annex-2' })).toEqual(['178/7', 230]);
    expect(short(heavy.bornIn('1975-02'), { X4: 'annex-2' })).toEqual(['178/7', 405]);
    expect(short(heavy.bornIn('1975-03'), { X4: 'annex-2' })).toEqual(['178/7', 440]);
  });

  test('the month the age would pay a pension, and later, is past the age and goes to a person', () => {
    // Born 03/1964: pension from 07/2025.
    expect(short(ten.bornIn('1964-04'))).toEqual(['178/7', 10]);
    expect(short(ten.bornIn('1964-03'))).toEqual(['review', 'past-the-age']);
    expect(short(ten.bornIn('1964-02'))).toEqual(['review', 'past-the-age']);
  });

  test('months on both sides of a band are marked as its edge, and half years as theirs', () => {
    const marks = (birth: string) => assess(ten.bornIn(birth).build()).marks;
    const births = [
      '1965-07',
      '1965-08',
      '1965-09',
      '1965-10',
      '1968-05',
      '1968-06',
      '1968-07',
      '1968-08',
      '1973-06',
      '1973-07',
    ];
    const edges = births.map((birth) => marks(birth).includes('tier-edge'));
    expect(edges).toEqual([false, true, true, false, false, true, true, false, true, true]);
    // 29 months to 32: two years five to eight months.
    const halves = ['1966-02', '1966-03'].map((birth) => marks(birth).includes('rounding-edge'));
    expect(halves).toEqual([false, true]);
    expect(assess(young.servingMonths(66).build()).marks).toEqual(['rounding-edge']);
    expect(assess(young.servingMonths(65).build()).marks).toEqual([]);
  });
});

describe('the twelve months from the reorganisation', () => {
  // Born 06/1968: 61 or 62 months early, the far band; service of 20 years before 01/07/2025 is 5 months.
  const him = ten.reorganised('2024-06-01');

  test.each([
    // 54 + 4 × 5.5 + 5
    ['the day before', '2025-05-31', 810, true],
    // 27 + 4 × 5.5 + 5
    ['on the day', '2025-06-01', 540, false],
    ['the day after', '2025-06-02', 540, false],
  ])('%s twelve months are over: %s', (_, leaveOn, millions, first) => {
    const answer = assess(him.leaving(leaveOn).build(), { X7: 'month-of-leaving' });
    expect(answer).toMatchObject({ total: `${millions}000000`, figures: { firstTwelveMonths: first } });
    expect(answer.marks.includes('after-12-months')).toBe(!first);
    expect(answer.open).toEqual(first ? [] : ['X5']);
  });

  test('if X5 starts the clock of 2024 on 01/01/2025, everyone who may leave is within it', () => {
    expect(short(him.leaving('2025-06-01'), { X5: '2025-01-01' })).toEqual(['178/7', 810]);
    expect(assess(him.leaving('2025-06-01').build(), { X5: 'own-date' })).toMatchObject({
      total: '540000000',
      open: [],
    });
    expect(assess(him.leaving('2025-06-01').reorganised('2025-01-01').build()).open).toEqual([]);
  });

  test('a clock that started at the end of a long month ends with the shorter one', () => {
    expect(assess(ten.reorganised('2024-02-29').leaving('2025-02-28').build())).toMatchObject({
      figures: { firstTwelveMonths: false },
    });
    expect(assess(ten.reorganised('2024-02-29').leaving('2025-02-27').build())).toMatchObject({
      figures: { firstTwelveMonths: true },
    });
  });

  test('the clock halves the one-off and severance months, and nothing else, under point b', () => {
    const before = assess(ten.leaving('2025-06-01').bornIn('1968-05').build());
    const after = assess(ten.leaving('2025-06-01').bornIn('1968-05').reorganised('2024-05-01').build());
    const lines = (answer: typeof before) =>
      answer.outcome === 'entitled' ? answer.lines.map(({ amount, byEn }) => [amount, byEn]) : [];
    const others = lines(before).slice(1);
    expect(lines(before)[0]).toEqual(['600000000', 'Decree 178/2024/NĐ-CP, article 7(1)(a)']);
    expect(lines(after)).toEqual([['300000000', 'Decree 178/2024/NĐ-CP, article 7(1)(b)'], ...others]);
    expect(others).toHaveLength(2);
    // Severance: 0.4 × 60 + 30 + 3.
    expect(short(young.servingMonths(240).reorganised('2024-05-01'))).toEqual(['178/9', 570]);
    expect(short(young.servingMonths(240).reorganised('2024-05-01').working('public-employee'))).toEqual([
      '178/10',
      540,
    ]);
  });
});

describe('days of decision and leaving (Official Letter 6383)', () => {
  // Born 08/1968: 60 months early on 01/09/2025.
  const him = person().bornIn('1968-08').leaving('2025-09-01').servingMonths(240);

  test('a decision of 30/08/2025 is in time, one of 01/09/2025 is not', () => {
    expect(short(him.decided('2025-08-30'))).toEqual(['178/7', 915]);
    expect(short(him.decided('2025-09-01'))).toEqual(['not-entitled', 'decided-too-late']);
    expect(assess(him.decided('2025-08-30').build()).marks).not.toContain('outside-campaign');
    expect(assess(him.decided('2025-09-01').build()).marks).toContain('outside-campaign');
  });

  test('a decision of 31/08/2025 itself is question X6', () => {
    const onTheDay = him.decided('2025-08-31');
    expect(short(onTheDay)).toEqual(['review', 'X6']);
    expect(alternatives(onTheDay)).toEqual([
      [{ X6: 'excluded' }, 'not-entitled'],
      [{ X6: 'included' }, 915],
    ]);
    expect(short(onTheDay, { X6: 'included' })).toEqual(['178/7', 915]);
    expect(short(onTheDay, { X6: 'excluded' })).toEqual(['not-entitled', 'decided-too-late']);
    expect(assess(onTheDay.build()).marks).toContain('outside-campaign');
  });

  test.each([
    ['2025-08-20', '2025-09-01', '178/7'],
    ['2025-08-20', '2025-09-02', 'not-entitled'],
    ['2025-07-31', '2025-09-02', '178/7'],
    ['2025-07-31', '2025-12-31', '178/7'],
    ['2025-08-01', '2025-12-31', 'not-entitled'],
    ['2025-07-31', '2026-01-01', 'not-entitled'],
  ])('decided %s, leaving %s: %s', (decidedOn, leaveOn, answer) => {
    const result = short(him.decided(decidedOn).leaving(leaveOn));
    expect(result[0]).toBe(answer);
    if (answer === 'not-entitled') expect(result).toEqual([answer, 'left-too-late']);
  });

  test('the right arises for those who leave after 01/01/2025', () => {
    const early = person().bornIn('1968-02').decided('2024-12-20').servingMonths(300);
    expect(short(early.leaving('2025-01-01'))).toEqual(['not-entitled', 'left-before-decree']);
    expect(short(early.leaving('2025-01-02'))[0]).toBe('178/7');
  });
});

describe('insurance for a pension', () => {
  test.each([
    // Severance: 48 + 1.5 × 20 + 3.
    ['before 01/07/2025 239 months', '2025-06-01', '1968-05', 239, '178/9', 810],
    // 60 + 25 + 5
    ['before 01/07/2025 240 months', '2025-06-01', '1968-05', 240, '178/7', 900],
    // 20.5 years: 5.25
    ['before 01/07/2025 241 months', '2025-06-01', '1968-05', 241, '178/7', 902.5],
    // Severance: 48 + 1.5 × 15 + 3.
    ['from 01/07/2025 179 months', '2025-07-01', '1968-06', 179, '178/9', 735],
    // 60 + 25 + 4
    ['from 01/07/2025 180 months', '2025-07-01', '1968-06', 180, '178/7', 890],
    // 15.5 years: 4.25
    ['from 01/07/2025 181 months', '2025-07-01', '1968-06', 181, '178/7', 892.5],
  ])('%s: %s', (_, leaveOn, birth, months, regime, millions) => {
    expect(short(person().bornIn(birth).leaving(leaveOn).servingMonths(months))).toEqual([regime, millions]);
  });

  test('180 months are enough on 01/07/2025 and not on 30/06/2025', () => {
    const him = person().having({ from: '2010-06', to: '2025-05', employer: 'state' });
    expect(short(him.leaving('2025-06-30'))).toEqual(['178/9', 735]);
    expect(short(him.leaving('2025-07-01'))).toEqual(['178/7', 890]);
  });

  test('all insured months count for the pension, private and compensated ones too', () => {
    const him = person().leaving('2025-06-01').bornIn('1968-05').servingMonths(200);
    const withPrivate = him.having({ from: '2000-01', to: '2003-04', employer: 'private' });
    expect(short(withPrivate, { X19: 'excluded', X3: 'flat-5', X9: 'flat' })).toEqual(['178/7', 900]);
    const paidFor = him.having({ from: '2000-01', to: '2003-04', employer: 'state', compensated: true });
    expect(short(paidFor, { X3: 'flat-5' })).toEqual(['178/7', 900]);
    const uninsured = him.having({ from: '2000-01', to: '2003-04', employer: 'state', insured: false });
    // Severance: 48 + 1.5 × 17 + 3.
    expect(short(uninsured)).toEqual(['178/9', 765]);
  });

  test('one day, 30/06 or 01/07/2025, is worth one and a half months of salary', () => {
    const him = person().having({ from: '2003-06', to: '2025-05', employer: 'state' });
    const service = (on: string) => {
      const answer = assess(him.leaving(on).build());
      return answer.outcome === 'entitled'
        ? answer.lines.find(({ line }) => line === 'service')?.amount
        : answer.outcome;
    };
    expect([service('2025-06-30'), service('2025-07-01')]).toEqual(['60000000', '75000000']);
  });

  test('15 years for women of the communes before 01/07/2025 are question X17', () => {
    // Born 06/1971: pension from 07/2029, 49 months early. 19 years: 49 + 22.5, and 5, or 4 + 0.5 × 4.
    const her = person().woman().bornIn('1971-06').leaving('2025-06-01').working('commune-cadre').servingMonths(228);
    expect(alternatives(her)).toEqual([
      [{ X17: 'yes', X3: 'flat-5' }, 765],
      [{ X17: 'yes', X3: '15-year-line' }, 775],
      [{ X17: 'no' }, 795],
    ]);
    expect(short(her, { X17: 'no' })).toEqual(['178/9', 795]);
    for (const other of [her.man().bornIn('1967-06'), her.working('civil-servant'), her.working('cadre')]) {
      expect(short(other)).toEqual(['178/9', 795]);
    }
    expect(alternatives(her.working('commune-civil-servant'))).toHaveLength(3);
    // From 01/07/2025 15 years are enough for everybody: 48 + 20 + 6.
    expect(short(her.leaving('2025-07-01'))).toEqual(['178/7', 740]);
  });

  test('with 14 years 11 months a woman of the communes has no pension by either reading', () => {
    const her = person().woman().bornIn('1971-06').leaving('2025-06-01').working('commune-cadre');
    expect(short(her.servingMonths(179))).toEqual(['178/9', 735]);
    expect(short(her.servingMonths(180))[0]).toBe('review');
  });
});

describe('Annex II and its 15 years of conditions', () => {
  const area = ['extremely-difficult-area'] as const;
  const with180 = likeMsD
    .having({ from: '2005-07', to: '2020-06', employer: 'state', conditions: [...area] })
    .having({ from: '2020-07', to: '2025-06', employer: 'state' });

  test('179 months are not enough, 180 and 181 are', () => {
    const of = (to: string, then: string) =>
      likeMsD
        .having({ from: '2005-07', to, employer: 'state', conditions: [...area] })
        .having({ from: then, to: '2025-06', employer: 'state' });
    // By Annex I she is 123 months early: severance, 48 + 30 + 3. By Annex II 35 + 15 + 6.5.
    expect(short(of('2020-05', '2020-06'))).toEqual(['178/9', 810]);
    expect(short(of('2020-06', '2020-07'))).toEqual(['178/7', 565]);
    expect(short(of('2020-07', '2020-08'))).toEqual(['178/7', 565]);
  });

  test('heavy work serves as well as the area', () => {
    const heavy = likeMsD.having({ from: '2005-07', to: '2025-06', employer: 'state', conditions: ['heavy'] });
    expect(short(heavy)).toEqual(['178/7', 565]);
  });

  test.each([
    ['heavy work and area together', 'state', ['heavy'], {}],
    ['uninsured months', 'state', [...area], { insured: false }],
    ['part-time months', 'commune-part-time', [...area], {}],
    ['private months', 'private', [...area], {}],
    ['compensated months', 'state', [...area], { compensated: true }],
  ] as const)('X14 asks whether %s are among the 180', (_, employer, conditions, more) => {
    const her = likeMsD
      .having({ from: '2000-01', to: '2004-12', employer, conditions: [...conditions], ...more })
      .having({ from: '2005-01', to: '2014-12', employer: 'state', conditions: [...area] })
      .having({ from: '2015-01', to: '2025-06', employer: 'state' });
    const others: SetReadings = { X19: 'included', X22: 'yes' };
    expect(short(her, others)).toEqual(['review', 'X14']);
    expect(short(her, { ...others, X14: 'separately' })[0]).toBe('178/9');
    expect(short(her, { ...others, X14: 'together' })[0]).toBe('178/7');
  });

  test('X14 is no question while heavy work and area are under 180 together', () => {
    const her = likeMsD
      .having({ from: '2000-01', to: '2004-11', employer: 'state', conditions: ['heavy'] })
      .having({ from: '2005-01', to: '2014-12', employer: 'state', conditions: [...area] })
      .having({ from: '2015-01', to: '2025-06', employer: 'state' });
    expect(short(her)[0]).toBe('178/9');
    expect(assess(her.build()).open).toEqual([]);
  });

  test('past the Annex II age but not that of Annex I goes to a person (X15)', () => {
    // A man born 06/1968: Annex II from 07/2024, Annex I from 07/2030.
    const him = person().having({ from: '2005-07', to: '2025-06', employer: 'state', conditions: ['heavy'] });
    expect(short(him)).toEqual(['review', 'X15']);
    expect(assess(him.build()).open).toEqual(['X15']);
  });

  test('where both annexes lead to article 7 with other money, X4 asks; Annex II 195 million, Annex I 1,402.5 million', () => {
    const him = person()
      .bornIn('1970-01')
      .earning('15000000')
      .having({ from: '1995-07', to: '2025-06', employer: 'state', conditions: ['heavy'] });
    expect(short(him)).toEqual(['review', 'X4']);
    expect(alternatives(him)).toEqual([
      [{ X4: 'annex-2' }, 195],
      [{ X4: 'annex-1' }, 1402.5],
      [{ X4: 'higher' }, 1402.5],
    ]);
    expect(assess(him.build())).toMatchObject({ regime: '178/7', figures: { annex: 'II', monthsEarly: 13 } });
    expect(assess(him.build(), { X4: 'higher' })).toMatchObject({ figures: { annex: 'I', monthsEarly: 79 } });
    expect(assess(him.build(), { X4: 'annex-2' })).toMatchObject({ total: '195000000', open: [] });
  });

  test('the line of Annex II cites point c', () => {
    expect(assess(with180.build())).toMatchObject({
      lines: [
        {},
        { byEn: 'Decree 178/2024/NĐ-CP, article 7(2)(c)' },
        { byEn: expect.stringContaining('article 7(2)(c)') },
      ],
    });
  });
});

describe('the readings of service', () => {
  const before = person().leaving('2025-06-01').bornIn('1968-05');
  const paidFor = (months: { from: string; to: string }) =>
    ({ ...months, employer: 'state', compensated: true }) as const;

  test('19 years 2 months leaving 05/2025 are 75 or 93.75 million of service (X3)', () => {
    const him = person()
      .leaving('2025-05-01')
      .earning('15000000')
      .servingMonths(230)
      .having(paidFor({ from: '2000-01', to: '2001-08' }));
    // 62 months early: 54 + 4 × 5.5 = 76, and 5 or 6.25.
    expect(alternatives(him)).toEqual([
      [{ X3: 'flat-5' }, 1215],
      [{ X3: '15-year-line' }, 1233.75],
    ]);
    expect(short(him, { X3: '15-year-line' })).toEqual(['178/7', 1233.75]);
    // From 01/07/2025 it is no question: 60 months early, 60 + 25 + 4 + 0.5 × 4.5.
    expect(short(him.leaving('2025-07-01').earning('10000000'))).toEqual(['178/7', 912.5]);
  });

  test('with 17 counted years both lines give 5 months, so X3 does not matter', () => {
    const him = before.servingMonths(204).having(paidFor({ from: '2000-01', to: '2003-12' }));
    expect(assess(him.build())).toMatchObject({ outcome: 'entitled', total: '900000000', open: [] });
  });

  test('19 years 6 months are under 20; 19 years 7 months may be 20 by rounding (X23), 20 years are', () => {
    const counted = (months: number) =>
      before.servingMonths(months).having(paidFor({ from: '2000-01', to: '2000-12' }));
    // 60 + 25, and 5, or 4 + 0.5 × 4.5.
    expect(alternatives(counted(234))).toEqual([
      [{ X3: 'flat-5' }, 900],
      [{ X3: '15-year-line' }, 912.5],
    ]);
    expect(alternatives(counted(235))).toEqual([
      [{ X23: 'rounded' }, 900],
      [{ X23: 'raw', X3: 'flat-5' }, 900],
      [{ X23: 'raw', X3: '15-year-line' }, 915],
    ]);
    expect(short(counted(235), { X23: 'rounded' })).toEqual(['178/7', 900]);
    expect(short(counted(240))).toEqual(['178/7', 900]);
  });

  test('a first block cut short by compensated time is flat or pro rata (X9)', () => {
    const him = person()
      .servingMonths(90)
      .having(paidFor({ from: '2000-01', to: '2008-04' }));
    // 60 + 25, and 4, or 4 × 7.5 / 15.
    expect(alternatives(him)).toEqual([
      [{ X9: 'flat' }, 890],
      [{ X9: 'pro-rata' }, 870],
    ]);
    expect(short(him, { X9: 'pro-rata' })).toEqual(['178/7', 870]);
  });

  test('a first block cut short by anything else has no formula (X24)', () => {
    const him = person().servingMonths(170).having({ from: '2000-01', to: '2000-12', employer: 'private' });
    expect(short(him, { X19: 'excluded' })).toEqual(['review', 'X24']);
    expect(short(him, { X19: 'included' })).toEqual(['178/7', 892.5]);
    expect(alternatives(him)).toEqual([
      [{ X19: 'included' }, 892.5],
      [{ X19: 'excluded' }, 'review'],
    ]);
  });

  test('private insurance in the years of service is question X19', () => {
    const him = ten.having({ from: '2000-01', to: '2001-12', employer: 'private' });
    // 22 years: 7.5; 20 years: 6.5.
    expect(alternatives(him)).toEqual([
      [{ X19: 'included' }, 925],
      [{ X19: 'excluded' }, 915],
    ]);
    expect(assess(him.build(), { X19: 'excluded' })).toMatchObject({
      total: '915000000',
      open: [],
      marks: expect.arrayContaining(['private-service-left-out']),
    });
    // Under 24 months service is not paid, so there is no question.
    expect(short(him.bornIn('1965-08'))).toEqual(['178/7', 230]);
  });
});

describe('the readings of severance months', () => {
  const forty = young.servingMonths(40);

  test('private insurance in the severance months is question X8', () => {
    const him = forty.having({ from: '2015-01', to: '2015-10', employer: 'private' });
    // 0.8 × 40 or 0.8 × 50; 3.5 years × 1.5; 3.
    expect(alternatives(him, { X19: 'excluded' })).toEqual([
      [{ X8: 'excluded' }, 402.5],
      [{ X8: 'included' }, 482.5],
    ]);
    // 50 months are 4.5 years: 6.75.
    expect(short(him, { X19: 'included', X8: 'included' })).toEqual(['178/9', 497.5]);
    expect(short(him)).toEqual(['review', 'X19', 'X8']);
  });

  test('beyond 60 months of State service X8 is no question', () => {
    const him = young.servingMonths(60).having({ from: '2015-01', to: '2015-10', employer: 'private' });
    expect(short(him, { X19: 'excluded' })).toEqual(['178/9', 585]);
  });

  test('compensated State months in the severance months are question X20', () => {
    const him = forty.having({ from: '2015-01', to: '2015-12', employer: 'state', compensated: true });
    expect(alternatives(him)).toEqual([
      [{ X20: 'included' }, 498.5],
      [{ X20: 'excluded' }, 402.5],
    ]);
    expect(short(him, { X20: 'excluded' })).toEqual(['178/9', 402.5]);
  });

  test('insured part-time months are State time or not (X22), in the months and in the years', () => {
    const him = forty.having({ from: '2015-01', to: '2015-08', employer: 'commune-part-time' });
    // 0.8 × 48 + 1.5 × 4 + 3, or 402.5.
    expect(alternatives(him)).toEqual([
      [{ X22: 'yes' }, 474],
      [{ X22: 'no' }, 402.5],
    ]);
    const village = forty.having({ from: '2015-01', to: '2015-08', employer: 'village-part-time' });
    expect(short(village, { X22: 'no' })).toEqual(['178/9', 402.5]);
    const uninsured = forty.having({ from: '2015-01', to: '2015-08', employer: 'commune-part-time', insured: false });
    expect(short(uninsured)).toEqual(['178/9', 402.5]);
  });

  test.each([
    // 0.8 × m + 1.5 × years + 3
    [59, 577],
    [60, 585],
    [61, 592.5],
  ])('severance counts actual months up to 60: %i months', (months, millions) => {
    expect(short(young.servingMonths(months))).toEqual(['178/9', millions]);
  });

  test.each(['state', 'party', 'front', 'political-social', 'armed-forces'] as const)(
    '%s is a State body',
    (employer) => {
      expect(short(young.having({ from: '2021-07', to: '2025-06', employer }))).toEqual(['178/9', 474]);
    },
  );

  test('under 24 months left without a pension no article fits (X10); from 24 on severance', () => {
    const him = person().servingMonths(100);
    expect(short(him.bornIn('1965-08'))).toEqual(['review', 'X10']);
    expect(assess(him.bornIn('1965-08').build()).open).toEqual(['X10']);
    // 48 + 1.5 × 8.5 + 3
    expect(short(him.bornIn('1965-09'))).toEqual(['178/9', 637.5]);
    expect(short(him.bornIn('1965-10'))).toEqual(['178/9', 637.5]);
  });
});

describe('a leave date inside a month (X7)', () => {
  test('that month is the first month early, and the question is open where the next month would pay otherwise', () => {
    const him = ten.leaving('2025-07-15');
    expect(assess(him.build())).toMatchObject({
      outcome: 'entitled',
      total: '915000000',
      open: ['X7'],
      figures: { monthsEarly: 60 },
    });
    expect(assess(him.build(), { X7: 'month-of-leaving' })).toMatchObject({ total: '915000000', open: [] });
    expect(assess(him.build(), { X7: 'next-month' })).toMatchObject({
      total: '905000000',
      open: [],
      figures: { monthsEarly: 59 },
    });
    expect(assess(ten.build()).open).toEqual([]);
    // In the far band 69 and 70 months pay the same.
    expect(assess(him.bornIn('1969-04').build())).toMatchObject({ figures: { monthsEarly: 70 }, open: [] });
  });
});

describe('who is covered', () => {
  test.each([
    ['cadre', '178/9'],
    ['civil-servant', '178/9'],
    ['commune-cadre', '178/9'],
    ['commune-civil-servant', '178/9'],
    ['association-staff', '178/9'],
    ['public-employee', '178/10'],
  ] as const)('%s: article 7, else %s', (subject, severance) => {
    expect(short(ten.working(subject))).toEqual(['178/7', 915]);
    expect(short(young.servingMonths(240).working(subject))).toEqual([severance, severance === '178/9' ? 810 : 780]);
  });

  test('contract workers are covered if they signed before 15/01/2019, or are treated like civil servants', () => {
    const worker = young.servingMonths(240).working('contract-worker');
    expect(short(worker.but({ contractSignedOn: '2019-01-14' }))).toEqual(['178/10', 780]);
    expect(short(worker.but({ contractSignedOn: '2019-01-15' }))).toEqual(['not-entitled', 'contract-too-late']);
    expect(short(worker.but({ contractSignedOn: '2019-01-16' }))).toEqual(['not-entitled', 'contract-too-late']);
    expect(short(worker.but({ contractSignedOn: '2022-03-01', contractLikeCivilServant: true }))).toEqual([
      '178/10',
      780,
    ]);
    expect(short(worker.but({ contractLikeCivilServant: true }))).toEqual(['178/10', 780]);
    expect(short(worker)).toEqual(['incomplete', 'contractSignedOn']);
    expect(short(ten.working('contract-worker').but({ contractSignedOn: '2010-03-01' }))).toEqual(['178/7', 915]);
  });

  test.each(['commune-part-timer', 'village-part-timer'] as const)(
    '%s: not covered by Decree 178, whatever else is missing',
    (subject) => {
      const whole = assess(ten.working(subject).build());
      const bare = assess(facts.parse({ subject, leaving: { cause: 'reorganised' } }));
      for (const answer of [whole, bare]) {
        expect(answer).toMatchObject({ outcome: 'not-entitled', grounds: [{ ground: 'not-covered' }] });
        expect(answer.outcome === 'not-entitled' && answer.grounds[0]?.by).toMatch(
          /^Nghị định 178\/2024\/NĐ-CP, Điều 2/,
        );
      }
    },
  );
});

describe('exclusions', () => {
  test('under investigation nobody is considered', () => {
    expect(short(ten.but({ underInvestigation: true }))).toEqual(['not-entitled', 'under-investigation']);
  });

  test('a woman with a child under 36 months is not considered unless she asks herself', () => {
    const her = ten.woman().bornIn('1972-09').but({ pregnantOrChildUnder36Months: true });
    expect(short(her.leavingBut({ voluntary: false }))).toEqual(['not-entitled', 'child-under-36-months']);
    expect(short(her)[0]).toBe('178/7');
    expect(short(her.leavingBut({ voluntary: true }))[0]).toBe('178/7');
  });

  test('of a man it is a mark and no bar', () => {
    const him = ten.but({ pregnantOrChildUnder36Months: true }).leavingBut({ voluntary: false });
    expect(short(him)).toEqual(['178/7', 915]);
    expect(assess(him.build()).marks).toContain('pregnancy-stated-of-a-man');
  });

  test('all grounds are told at once, each with its text', () => {
    const her = ten
      .woman()
      .working('contract-worker')
      .decided('2025-09-10')
      .leaving('2025-10-01')
      .but({ contractSignedOn: '2020-05-01', underInvestigation: true, pregnantOrChildUnder36Months: true })
      .leavingBut({ voluntary: false });
    const answer = assess(her.build());
    expect(answer.outcome === 'not-entitled' && answer.grounds.map(({ ground, byEn }) => [ground, byEn])).toEqual([
      ['contract-too-late', 'Decree 178/2024/NĐ-CP, article 2(1)(c) (as amended by Decree 67/2025/NĐ-CP)'],
      ['under-investigation', 'Decree 178/2024/NĐ-CP, article 4'],
      ['child-under-36-months', 'Decree 178/2024/NĐ-CP, article 4'],
      ['decided-too-late', 'Official Letter 6383/BNV-TCBC of 13/08/2025'],
      ['left-too-late', 'Official Letter 6383/BNV-TCBC of 13/08/2025'],
    ]);
  });

  test('one who draws a pension already goes to a person', () => {
    expect(short(ten.but({ drawsPension: true }))).toEqual(['review', 'draws-pension']);
  });
});

describe('what is missing is asked for at once, by path', () => {
  test('of an empty file, everything', () => {
    expect(assess(facts.parse({}))).toMatchObject({
      outcome: 'incomplete',
      missing: [
        'leaving.cause',
        'person.sex',
        'person.birth',
        'subject',
        'leaving.on',
        'leaving.decidedOn',
        'leaving.reorganisedOn',
        'pay',
        'service',
      ],
    });
  });

  test.each([
    ['pay.grade', ten.but({ pay: { kind: 'coefficient' } })],
    ['pay.amount', ten.but({ pay: { kind: 'contract' } })],
    ['pay.kind', ten.but({ pay: { kind: 'part-time', multiple: '1.5' } })],
    ['service', ten.but({ service: [] })],
    ['person.birth', ten.but({ person: { sex: 'male' } })],
    ['leaving.cause', ten.but({ leaving: { on: '2025-07-01', decidedOn: '2025-06-20', reorganisedOn: '2025-03-01' } })],
    [
      'leaving.reorganisedOn',
      ten.but({ leaving: { cause: 'reorganised', on: '2025-07-01', decidedOn: '2025-06-20' } }),
    ],
  ])('%s alone', (path, of) => {
    expect(short(of)).toEqual(['incomplete', path]);
  });
});

describe('a switch that is set is obeyed and no longer open', () => {
  const private10 = { from: '2015-01', to: '2015-10', employer: 'private' } as const;
  const cases: readonly (readonly [string, Person, SetReadings, string, number])[] = [
    ['X5', ten.reorganised('2024-06-01').leaving('2025-06-01'), { X5: '2025-01-01' }, '178/7', 810],
    ['X7', ten.leaving('2025-07-15'), { X7: 'next-month' }, '178/7', 905],
    ['X8 and X19', young.servingMonths(40).having(private10), { X8: 'included', X19: 'excluded' }, '178/9', 482.5],
    ['X12', ten.woman().bornIn('1969-05'), { X12: 'draft-text' }, '178/7', 70],
    [
      'X20',
      young.servingMonths(40).having({ ...private10, employer: 'state', compensated: true }),
      { X20: 'included' },
      '178/9',
      482.5,
    ],
  ];
  test.each(cases)('%s', (_, of, set, regime, millions) => {
    expect(assess(of.build()).open).toEqual(
      Object.keys(set).length === 2 ? expect.arrayContaining(Object.keys(set)) : Object.keys(set),
    );
    expect(short(of, set)).toEqual([regime, millions]);
    expect(assess(of.build(), set).open).toEqual([]);
  });

  test('a switch the person does not raise changes nothing', () => {
    const all: SetReadings = { X3: '15-year-line', X4: 'annex-1', X8: 'included', X16: 'yes', X23: 'raw' };
    expect(assess(ten.build(), all)).toEqual(assess(ten.build()));
  });
});

describe('the explanation is part of the answer', () => {
  test('early retirement: each line with its working in both languages, its base and its article', () => {
    const mrC = person()
      .bornIn('1966-01-15')
      .leaving('2025-05-01')
      .paidBy({ grade: '4.65', position: '0.6', allowances: [{ name: 'civil-service', percent: '25' }] })
      .servingMonths(264);
    const answer = assess(mrC.build());
    expect(
      answer.outcome === 'entitled' &&
        answer.lines.map(({ working, workingEn, by, base }) => [working, workingEn, by, base]),
    ).toEqual([
      [
        '15.356.250 × 1 × 30 tháng',
        '15.356.250 × 1 × 30 months',
        'Nghị định 178/2024/NĐ-CP, Điều 7 khoản 1 điểm a',
        '15356250',
      ],
      [
        '15.356.250 × 5 × 2,5 năm',
        '15.356.250 × 5 × 2,5 years',
        'Nghị định 178/2024/NĐ-CP, Điều 7 khoản 2 điểm a',
        '15356250',
      ],
      [
        '15.356.250 × (5 + 0,5 × 2 năm)',
        '15.356.250 × (5 + 0,5 × 2 years)',
        'Nghị định 178/2024/NĐ-CP, Điều 7 khoản 2 điểm a',
        '15356250',
      ],
    ]);
  });

  test('the 15-year line cites Decree 67 beside the article, and the far band point b', () => {
    const answer = assess(ten.bornIn('1968-07').build());
    expect(answer.outcome === 'entitled' && answer.lines.map(({ working, byEn }) => [working, byEn])).toEqual([
      ['10.000.000 × 0,9 × 60 tháng', 'Decree 178/2024/NĐ-CP, article 7(1)(a)'],
      ['10.000.000 × 4 × 5,5 năm', 'Decree 178/2024/NĐ-CP, article 7(2)(b)'],
      ['10.000.000 × (4 + 0,5 × 5 năm)', 'Decree 178/2024/NĐ-CP, article 7(2)(b) (as amended by Decree 67/2025/NĐ-CP)'],
    ]);
  });

  test('severance by article 9, as Mr M is printed', () => {
    const mrM = person().bornIn('1985-05-12').leaving('2025-06-01').earning('10705500').servingMonths(180);
    const answer = assess(mrM.build());
    expect(answer.outcome === 'entitled' && answer.lines.map(({ working, by }) => [working, by])).toEqual([
      ['10.705.500 × 0,8 × 60 tháng', 'Nghị định 178/2024/NĐ-CP, Điều 9 khoản 1 điểm a'],
      ['10.705.500 × 1,5 × 15 năm', 'Nghị định 178/2024/NĐ-CP, Điều 9 khoản 2'],
      ['10.705.500 × 3', 'Nghị định 178/2024/NĐ-CP, Điều 9'],
    ]);
  });

  test('severance by article 10 cites article 10 and has no part for looking for work', () => {
    const answer = assess(young.servingMonths(50).working('public-employee').build());
    expect(answer.outcome === 'entitled' && answer.lines.map(({ line, working, by }) => [line, working, by])).toEqual([
      ['severance-months', '10.000.000 × 0,8 × 50 tháng', 'Nghị định 178/2024/NĐ-CP, Điều 10 khoản 1 điểm a'],
      ['service-years', '10.000.000 × 1,5 × 4,5 năm', 'Nghị định 178/2024/NĐ-CP, Điều 10 khoản 2'],
    ]);
  });

  test('a first block without further years is written as its months alone', () => {
    const answer = assess(person().servingMonths(180).build());
    expect(answer.outcome === 'entitled' && answer.lines[2]?.working).toBe('10.000.000 × 4');
  });

  test('a sum that was rounded rests on O10', () => {
    // 4.5 years × 1.5 = 6.75 times an odd sum.
    expect(assess(young.earning('10000001').servingMonths(50).build())).toMatchObject({
      open: ['O10'],
      lines: [{ amount: '400000040' }, { amount: '67500007' }, { amount: '30000003' }],
      total: '497500050',
    });
    expect(assess(young.earning('10000000').servingMonths(50).build()).open).toEqual([]);
  });
});

describe('the law the answer was computed with', () => {
  test('every answer names it, and it is one hash', () => {
    const answers = [ten, ten.decided('2025-08-31'), ten.but({ underInvestigation: true }), ten.but({ service: [] })];
    const hashes = new Set(answers.map((of) => assess(of.build()).law));
    expect([...hashes]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(hashes.has(hashOf({}))).toBe(false);
  });

  test('no value of the law is guessed for a day before it', () => {
    expect(() => inForceOn(covered, '2024-12-31')).toThrow('no value of the law covers 2024-12-31');
    expect(inForceOn(covered, '2025-01-01').value).toContain('civil-servant');
  });
});

test('a total or a number of years cannot be typed: 33.6 years are refused by name', () => {
  const typed = facts.safeParse({
    serviceYears: '33.6',
    total: '1',
    service: [{ from: '1992-03', to: '33.6', employer: 'state' }],
  });
  expect(typed.error?.issues).toMatchObject([
    { path: ['service', 0, 'to'], message: 'not a month of the form YYYY-MM' },
    { code: 'unrecognized_keys', keys: ['serviceYears', 'total'] },
  ]);
  expect(
    assess(person().having({ from: '1992-03', to: '2025-08', employer: 'armed-forces' }).leaving('2025-09-01').build()),
  ).toMatchObject({
    figures: { serviceMonths: 402, serviceYears: '33.5' },
  });
});

describe('a question that changes no money is no question', () => {
  test('of one who is barred anyway, the decision of 31/08/2025 is not asked (X6)', () => {
    const barred = ten.leaving('2025-09-01').decided('2025-08-31').but({ underInvestigation: true });
    const answer = assess(barred.build());
    expect(answer).toMatchObject({ outcome: 'not-entitled' });
    expect(answer.outcome === 'not-entitled' && answer.grounds.map(({ ground }) => ground)).toContain(
      'under-investigation',
    );
  });

  test('the reasons of a review are what a person must decide; a question with a default is open and no reason', () => {
    const conditions: 'heavy'[] = ['heavy'];
    const him = person()
      .bornIn('1970-01')
      .reorganised('2024-01-01')
      .having({ from: '1995-07', to: '2025-06', employer: 'state', conditions });
    expect(assess(him.build())).toMatchObject({ outcome: 'review', reasons: [{ reason: 'X4' }], open: ['X4', 'X5'] });
  });
});

describe('compensated months are one question, whoever the employer was (X20)', () => {
  // 40 months: 0.8 × 40 + 1.5 × 3.5 + 3.
  const with10 = (employer: 'private' | 'commune-part-time') =>
    young.servingMonths(40).having({ from: '2015-01', to: '2015-10', employer, compensated: true });

  test('if X20 leaves them out, private ones stay out even where X8 takes private time in', () => {
    expect(short(with10('private'), { X8: 'included', X19: 'excluded', X20: 'excluded' })).toEqual(['178/9', 402.5]);
    expect(short(with10('private'), { X8: 'included', X19: 'excluded', X20: 'included' })).toEqual(['178/9', 482.5]);
  });

  test('if X20 leaves them out, part-time ones stay out even where X22 takes part-time in', () => {
    expect(short(with10('commune-part-time'), { X20: 'excluded', X22: 'yes' })).toEqual(['178/9', 402.5]);
    expect(short(with10('commune-part-time'), { X20: 'included', X22: 'yes' })).toEqual(['178/9', 482.5]);
  });
});

describe('one who left before 2025', () => {
  test.each(['2024-12-31', '2024-06-15', '2023-01-01', '1999-07-01'])(
    'leaving on %s is a ground, not a failure',
    (leaveOn) => {
      const him = person().leaving(leaveOn).decided('1999-06-01').servingMonths(300);
      expect(short(him)).toEqual(['not-entitled', 'left-before-decree']);
      expect(short(him.paidBy({ grade: '4.65' }))).toEqual(['not-entitled', 'left-before-decree']);
    },
  );
});
