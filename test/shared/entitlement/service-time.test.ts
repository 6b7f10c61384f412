import { describe, expect, test } from 'vitest';
import { facts, type Period } from '../../../shared/case/facts.ts';
import { formatRatio } from '../../../shared/dong.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { countedYears, monthsWhere, serviceTime } from '../../../shared/entitlement/service-time.ts';
import { person } from '../../people.ts';

const years = (months: number) => formatRatio(countedYears(months, '2025-07-01'));

function period(from: string, to: string, more: Partial<Period> = {}): Period {
  return { from, to, employer: 'state', insured: true, compensated: false, conditions: [], ...more };
}

const monthsOf = (periods: readonly Period[], leaveOn = '2025-07-01') =>
  serviceTime(periods, leaveOn).periods.map(({ months }) => months);

describe('odd months', () => {
  test.each([
    [240, '20'],
    [241, '20,5'],
    [242, '20,5'],
    [243, '20,5'],
    [244, '20,5'],
    [245, '20,5'],
    [246, '20,5'],
    [247, '21'],
    [248, '21'],
    [249, '21'],
    [250, '21'],
    [251, '21'],
    [252, '21'],
  ])('one to six count half a year, seven to eleven a whole one: %i months are %s years', (months, counted) => {
    expect(years(months)).toBe(counted);
  });

  test('no month is no year, one month half a year, and 33 years 6 months are 33.5, not 33.6', () => {
    expect([years(0), years(1), years(33 * 12 + 6)]).toEqual(['0', '0,5', '33,5']);
  });

  test('months of all periods are added first and rounded once', () => {
    // 10 years 3 months and 10 years 2 months are 20 years 5 months; rounded one by one they would be 21 years.
    const him = person().having(period('2000-01', '2010-03')).having(period('2010-04', '2020-05')).build();
    expect(assess(him)).toMatchObject({ figures: { serviceMonths: 245, serviceYears: '20.5' } });
    // Twice 10 years 7 months are 21 years 2 months, not twice 11 years.
    const her = person().having(period('2000-01', '2010-07')).having(period('2010-08', '2021-02')).build();
    expect(assess(her)).toMatchObject({ figures: { serviceMonths: 254, serviceYears: '21.5' } });
  });
});

describe('months of a period', () => {
  test('both end months count, and a period of one month is one', () => {
    expect(monthsOf([period('2010-06', '2025-05'), period('2009-01', '2009-01')])).toEqual([180, 1]);
  });

  test('periods that touch do not overlap', () => {
    expect(serviceTime([period('2010-01', '2014-12'), period('2015-01', '2019-12')], '2025-07-01').overlaps).toBe(
      false,
    );
  });

  test('a period that begins after leaving counts nothing', () => {
    expect(monthsOf([period('2000-01', '2004-12'), period('2025-08', '2026-03')])).toEqual([60, 0]);
  });
});

describe('service is clipped at leaving, the first day without work', () => {
  test('leaving on 01/07 ends with June, and months after it are marked', () => {
    const time = serviceTime([period('2025-01', '2025-12')], '2025-07-01');
    expect(time).toMatchObject({ periods: [{ months: 6 }], endsAfterLeaving: true });
    const him = person().leaving('2025-07-01').having(period('2005-07', '2025-07')).build();
    expect(assess(him)).toMatchObject({
      figures: { serviceMonths: 240 },
      marks: expect.arrayContaining(['service-after-leaving']),
    });
  });

  test('a period to the month before leaving is whole and not marked', () => {
    const time = serviceTime([period('2025-01', '2025-06')], '2025-07-01');
    expect(time).toMatchObject({ periods: [{ months: 6 }], endsAfterLeaving: false });
  });

  test('leaving inside a month keeps that month of work', () => {
    expect(serviceTime([period('2025-01', '2025-07')], '2025-07-02')).toMatchObject({
      periods: [{ months: 7 }],
      endsAfterLeaving: false,
    });
  });
});

describe('overlaps', () => {
  test('each month counts once', () => {
    const time = serviceTime(
      [period('2000-01', '2004-12'), period('2004-01', '2008-12', { employer: 'party' })],
      '2025-07-01',
    );
    expect(monthsWhere(time, () => true)).toBe(9 * 12);
    expect(time.overlaps).toBe(true);
  });

  test.each([
    ['State before private', period('2000-01', '2004-12'), period('2000-01', '2004-12', { employer: 'private' })],
    [
      'State before part-time',
      period('2000-01', '2004-12'),
      period('2000-01', '2004-12', { employer: 'commune-part-time' }),
    ],
    [
      'part-time before private',
      period('2000-01', '2004-12', { employer: 'village-part-time' }),
      period('2000-01', '2004-12', { employer: 'private' }),
    ],
    [
      'insured before uninsured',
      period('2000-01', '2004-12', { employer: 'private' }),
      period('2000-01', '2004-12', { insured: false }),
    ],
    [
      'with conditions before without',
      period('2000-01', '2004-12', { conditions: ['heavy'] }),
      period('2000-01', '2004-12'),
    ],
  ])('a month counts by its best claim: %s', (_, better, worse) => {
    for (const order of [
      [better, worse],
      [worse, better],
    ]) {
      const { employer, insured, conditions } = better;
      expect(serviceTime(order, '2025-07-01').periods).toMatchObject([
        { months: 60, period: { employer, insured, conditions } },
      ]);
    }
  });

  test('a month under two conditions at once counts for both, whatever the order of the periods', () => {
    const heavy = period('2000-01', '2014-12', { conditions: ['heavy'] });
    const area = period('2000-01', '2009-12', { conditions: ['extremely-difficult-area'] });
    for (const order of [
      [heavy, area],
      [area, heavy],
    ]) {
      const { periods } = serviceTime(order, '2025-07-01');
      const under = (condition: 'heavy' | 'extremely-difficult-area') =>
        periods
          .filter(({ period: one }) => one.conditions.includes(condition))
          .reduce((sum, { months }) => sum + months, 0);
      expect([under('heavy'), under('extremely-difficult-area')]).toEqual([180, 120]);
    }
  });

  test('an overlap is marked on the result, and changes no money by counting twice', () => {
    const plain = person().having(period('2005-07', '2025-06'));
    const overlapping = assess(plain.having(period('2010-01', '2011-12', { employer: 'front' })).build());
    expect(overlapping).toMatchObject({ outcome: 'entitled', total: '915000000', figures: { serviceMonths: 240 } });
    expect(overlapping.marks).toContain('overlap');
    expect(assess(plain.build()).marks).not.toContain('overlap');
  });

  test('an overlap of a compensated period with another goes to a person; one beside it does not', () => {
    const paidFor = period('2000-01', '2004-12', { compensated: true });
    const overlapping = person().having(paidFor).having(period('2004-12', '2025-06')).build();
    expect(assess(overlapping)).toMatchObject({ outcome: 'review', reasons: [{ reason: 'compensated-overlap' }] });
    const beside = person().having(paidFor).having(period('2005-01', '2025-06')).build();
    // 246 months not compensated are 20.5 years: 4 + 0.5 × 5.5.
    expect(assess(beside)).toMatchObject({
      outcome: 'entitled',
      total: '917500000',
      figures: { insuredMonths: 306, serviceMonths: 246 },
    });
  });
});

describe('what the months are for', () => {
  test('compensated months leave the years of service and stay in the pension test', () => {
    const time = person()
      .having(period('2000-01', '2004-12', { compensated: true }))
      .having(period('2005-07', '2025-06'));
    expect(assess(time.build())).toMatchObject({
      figures: { serviceMonths: 240, serviceYears: '20', insuredMonths: 300 },
    });
  });

  test('months without insurance count for nothing', () => {
    const time = person()
      .having(period('2000-01', '2004-12', { insured: false }))
      .having(period('2005-07', '2025-06'));
    expect(assess(time.build())).toMatchObject({ figures: { serviceMonths: 240, insuredMonths: 240 } });
  });

  test('a period that ends before it begins is refused at its end', () => {
    const backwards = facts.safeParse({ service: [{ from: '2020-02', to: '2020-01', employer: 'state' }] });
    expect(backwards.error?.issues).toMatchObject([
      { path: ['service', 0, 'to'], message: 'the period ends before it begins' },
    ]);
  });
});
