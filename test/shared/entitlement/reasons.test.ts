/** Who is refused or goes to a person, family by family: the code, the text it stands in, and whether figures are shown. */
import { describe, expect, test } from 'vitest';
import { monthAt, monthIndex } from '../../../shared/calendar.ts';
import type { Cause, Subject } from '../../../shared/case/facts.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { pensionMonthIndex } from '../../../shared/entitlement/retirement-age.ts';
import type { SetReadings } from '../../../shared/law/readings.ts';
import { leaver, short } from '../../leavers.ts';
import type { Person } from '../../people.ts';

const staff = (cause: Cause, more: Partial<Parameters<typeof leaver>[0]> = {}) =>
  leaver({ cause, early: 100, months: 150, ...more });
const post = (more: Partial<Parameters<typeof leaver>[0]> = {}) => staff('post-abolished', more);
const settled: SetReadings = { X1: 'none', X2: 'none' };

function answerOf(of: Person, set: SetReadings = {}) {
  const answer = assess(of.build(), set);
  const figures = 'figures' in answer && answer.figures !== undefined;
  if (answer.outcome === 'not-entitled') return { says: answer.grounds.map(({ ground }) => ground), figures };
  if (answer.outcome === 'review') return { says: answer.reasons.map(({ reason }) => reason), figures };
  return { says: [answer.outcome], figures };
}

const byOf = (of: Person) => {
  const answer = assess(of.build());
  return answer.outcome === 'not-entitled' ? answer.grounds.map(({ by }) => by) : [];
};

const wholeCases: readonly Cause[] = ['streamlined', 'transferred-off-budget'];

describe.each(wholeCases)('%s', (cause) => {
  const ofContract = (like: boolean) =>
    staff(cause, { subject: 'contract-worker' }).but({ contractLikeCivilServant: like });

  test('part-timers are not covered', () => {
    expect(answerOf(staff(cause, { subject: 'commune-part-timer' }))).toEqual({
      says: ['not-covered'],
      figures: false,
    });
  });

  test('a contract worker only when the law treats them like a civil servant', () => {
    expect(answerOf(ofContract(false))).toEqual({ says: ['not-covered'], figures: true });
    expect(byOf(ofContract(false))).toEqual(['Nghị định 154/2025/NĐ-CP, Điều 2 khoản 1']);
    expect(short(ofContract(true))[0]).toMatch(/^154\//);
  });

  test('staff of associations are not settled', () => {
    expect(answerOf(staff(cause, { subject: 'association-staff' }))).toEqual({
      says: ['subject-unsettled'],
      figures: true,
    });
  });

  test('who draws a pension goes to a person', () => {
    expect(answerOf(staff(cause).but({ drawsPension: true }))).toEqual({ says: ['draws-pension'], figures: true });
  });

  test('a compensated period over another goes to a person', () => {
    const of = staff(cause).having({ from: '2020-01', to: '2020-12', employer: 'state', compensated: true });
    expect(answerOf(of)).toEqual({ says: ['compensated-overlap'], figures: true });
  });

  test('who is past the age goes to a person', () => {
    expect(answerOf(staff(cause, { early: 0 }))).toEqual({ says: ['O20'], figures: true });
    expect(answerOf(staff(cause, { early: 1 })).says).not.toEqual(['O20']);
  });

  test('all grounds stand together, each in its text', () => {
    const of = staff(cause, {
      sex: 'female',
      early: 120,
      subject: 'contract-worker',
      on: '2031-01-01',
      decidedOn: '2030-12-01',
    })
      .but({ underInvestigation: true, pregnantOrChildUnder36Months: true })
      .leavingBut({ voluntary: false });
    expect(answerOf(of)).toEqual({
      says: ['not-covered', 'under-investigation', 'child-under-36-months', 'policy-ended'],
      figures: true,
    });
    expect(byOf(of)).toEqual([
      'Nghị định 154/2025/NĐ-CP, Điều 2 khoản 1',
      'Nghị định 154/2025/NĐ-CP, Điều 4',
      'Nghị định 154/2025/NĐ-CP, Điều 4',
      'Nghị định 154/2025/NĐ-CP, Điều 3',
    ]);
  });

  test('who left before Decree 29 began has no figures under it', () => {
    const early = staff(cause, { on: '2023-07-19', decidedOn: '2023-07-01', early: 60 });
    expect(answerOf(early)).toEqual({ says: ['left-before-decree'], figures: false });
    expect(byOf(early)).toEqual(['Nghị định 29/2023/NĐ-CP']);
    expect(answerOf(staff(cause, { on: '2023-07-20', decidedOn: '2023-07-01', early: 60 })).says).not.toContain(
      'left-before-decree',
    );
  });

  test('private service is left out and marked', () => {
    const of = staff(cause).having({ from: '2000-01', to: '2000-12', employer: 'private' });
    expect(assess(of.build()).marks).toContain('private-service-left-out');
    expect(assess(staff(cause).build()).marks).not.toContain('private-service-left-out');
  });

  test('service and a salary are asked for', () => {
    const { service: _service, ...rest } = staff(cause).build();
    expect(assess(rest)).toMatchObject({ outcome: 'incomplete', missing: ['service'] });
    expect(assess({ ...rest, service: [], pay: { kind: 'part-time', multiple: '1.5' } })).toMatchObject({
      missing: ['pay.kind', 'service'],
    });
  });
});

test('past the age by Annex II alone goes to a person (X15), under either decree', () => {
  const of = (more: object) => staff('streamlined', { annex: 'II', early: 0, months: 240, heavy: true, ...more });
  expect(answerOf(of({}))).toEqual({ says: ['X15'], figures: true });
  const before = of({ on: '2025-05-01', decidedOn: '2025-04-20' }).but({
    paidOn: '2025-05-20',
    averagePay60Months: '9000000',
  });
  expect(answerOf(before)).toEqual({ says: ['X15'], figures: true });
});

describe('under Decree 29', () => {
  const paid = (more: Partial<Parameters<typeof leaver>[0]> = {}) =>
    staff('streamlined', { on: '2025-06-01', decidedOn: '2025-05-20', early: 100, ...more }).but({
      paidOn: '2025-06-10',
      averagePay60Months: '9000000',
    });

  test('past the age, near it without a pension, and beyond 60 months with one go to a person', () => {
    expect(answerOf(paid({ early: 0 }))).toEqual({ says: ['O20'], figures: true });
    expect(answerOf(paid({ early: 23, months: 239 }))).toEqual({ says: ['X10'], figures: true });
    expect(answerOf(paid({ early: 61, months: 240 }))).toEqual({ says: ['O19'], figures: true });
    expect(short(paid({ early: 24, months: 239 }))[0]).toBe('29/7');
    expect(short(paid({ early: 60, months: 240 }))[0]).toBe('29/5');
  });

  test('a transfer has no formula', () => {
    const of = staff('transferred-off-budget', { on: '2025-05-01', decidedOn: '2025-04-20' }).but({
      paidOn: '2025-05-20',
    });
    expect(answerOf(of)).toEqual({ says: ['decree-29-article-6'], figures: true });
  });

  test('paid on 15/06/2025 it stands; paid on 16/06/2025 it is computed again', () => {
    const on = (paidOn: string) => short(paid().but({ paidOn, averagePay60Months: '9000000' }))[0];
    expect([on('2025-06-15'), on('2025-06-16')]).toEqual(['29/7', '154/8']);
  });

  test('the average is asked for only where Decree 29 itself may answer', () => {
    const of = (on: string, decidedOn: string, more: object = {}) =>
      short(staff('streamlined', { on, decidedOn, early: 100 }).but(more));
    expect(of('2025-07-01', '2025-06-15')).toEqual(['incomplete', 'averagePay60Months']);
    expect(of('2025-07-01', '2025-06-16')[0]).toBe('154/8');
    expect(of('2025-06-15', '2025-06-01')[0]).toBe('154/8');
    expect(of('2025-06-15', '2025-06-01', { paidOn: '2025-06-15' })).toEqual(['incomplete', 'averagePay60Months']);
    expect(of('2025-06-15', '2025-06-01', { paidOn: '2025-06-16' })[0]).toBe('154/8');
    expect(short(staff('streamlined', { decidedOn: '2025-06-15' }), { O14: '154' })[0]).toBe('154/8');
    expect(short(staff('streamlined', { decidedOn: '2025-06-15' }), { O14: '29' })).toEqual([
      'incomplete',
      'averagePay60Months',
    ]);
  });

  test('what Decree 29 would have paid is kept only beside a sum, and where it is a sum itself', () => {
    const kept = (of: Person) => {
      const answer = assess(of.build());
      return answer.outcome === 'entitled' ? (answer.yieldsTo ?? []).map(({ regime }) => regime) : [answer.outcome];
    };
    const unpaid = (
      more: Partial<Parameters<typeof leaver>[0]> = {},
      average: object = { averagePay60Months: '9000000' },
    ) => staff('streamlined', { on: '2025-05-01', decidedOn: '2025-04-20', early: 100, ...more }).but(average);
    expect(kept(unpaid())).toEqual(['29/7']);
    expect(kept(unpaid({}, {}))).toEqual([]);
    expect(kept(unpaid({ early: 61, months: 240 }))).toEqual([]);
    expect(kept(unpaid({ on: '2025-06-16', decidedOn: '2025-06-16' }))).toEqual([]);
  });
});

describe('part-timers', () => {
  test('staff are not covered, and the text is that of their article', () => {
    expect(answerOf(staff('post-abolished', { subject: 'cadre' }))).toEqual({ says: ['not-covered'], figures: false });
    expect(byOf(staff('post-abolished', { subject: 'cadre' }))).toEqual(['Nghị định 154/2025/NĐ-CP, Điều 2 khoản 4']);
  });

  test('grounds: only a concurrent post, under review, left before Decree 29, after the policy', () => {
    const of = post().but({ underInvestigation: true }).leavingBut({ onlyConcurrentPost: true });
    expect(answerOf(of)).toEqual({ says: ['under-investigation', 'only-concurrent-post'], figures: true });
    expect(byOf(of)).toEqual(['Nghị định 154/2025/NĐ-CP, Điều 4', 'Nghị định 154/2025/NĐ-CP, Điều 9']);
    expect(answerOf(post({ on: '2023-07-19', decidedOn: '2023-07-01' }))).toEqual({
      says: ['left-before-decree'],
      figures: false,
    });
    expect(answerOf(post({ subject: 'village-part-timer', on: '2031-01-01', decidedOn: '2030-12-01' }))).toEqual({
      says: ['policy-ended'],
      figures: true,
    });
  });

  test('what a person decides: an overlap, no month at all, a commune post after 31/05/2026', () => {
    const overlap = post().having({ from: '2020-01', to: '2020-12', employer: 'commune-part-time', compensated: true });
    expect(answerOf(overlap)).toEqual({ says: ['compensated-overlap'], figures: true });
    const none = post().but({
      service: [{ from: '2010-01', to: '2012-12', employer: 'commune-part-time', compensated: true }],
    });
    expect(answerOf(none)).toEqual({ says: ['no-counted-service'], figures: true });
    expect(answerOf(post({ on: '2026-06-01', decidedOn: '2026-05-01' })).says).toEqual(['after-2026-05-31']);
    expect(short(post({ subject: 'village-part-timer', on: '2026-06-01', decidedOn: '2026-05-01' }))[0]).toBe('154/10');
  });

  test('private service is left out and marked, until O6 counts it', () => {
    const of = post({ months: 30 }).having({ from: '2000-01', to: '2000-12', employer: 'private' }).build();
    expect(assess(of).marks).toContain('private-service-left-out');
    expect(assess(of, { O6: 'excluded' }).marks).toContain('private-service-left-out');
    expect(assess(of, { O6: 'included' }).marks).not.toContain('private-service-left-out');
  });

  test('under Decree 29: by the term, and not past the age or on a pension', () => {
    const paid = (termEndsOn: string, more: object = {}, early = 100) =>
      post({ on: '2025-05-01', decidedOn: '2025-04-20', early }).but({ paidOn: '2025-05-20', termEndsOn, ...more });
    expect(short(paid('2026-04-30'))).toEqual(['29/9', 21.06]);
    expect(short(paid('2026-04-30', {}, 5))).toEqual(['29/9', 8.775]);
    expect(short(paid('2025-05-31'))).toEqual(['29/9', 1.755]);
    expect(answerOf(paid('2025-04-30'))).toEqual({ says: ['term-is-over'], figures: true });
    expect(answerOf(paid('2026-04-30', {}, 0))).toEqual({ says: ['O20'], figures: true });
    expect(answerOf(paid('2026-04-30', { drawsPension: true }))).toEqual({ says: ['O20'], figures: true });
    expect(short(post({ decidedOn: '2025-06-15' }))).toEqual(['incomplete', 'termEndsOn']);
  });

  test('what Decree 29 would have paid is kept where the end of the term is known', () => {
    const of = (more: object) => assess(post({ on: '2025-05-01', decidedOn: '2025-04-20' }).but(more).build());
    expect(of({ termEndsOn: '2026-04-30' })).toMatchObject({
      regime: '154/9',
      yieldsTo: [{ regime: '29/9', total: '21060000' }],
    });
    expect(of({})).not.toHaveProperty('yieldsTo');
  });

  test('on a pension or past the age a lump sum alone, whatever was served', () => {
    expect(short(post({ early: 0, months: 20 }))).toEqual(['154/9', 52.65]);
    expect(short(post().but({ drawsPension: true }))).toEqual(['154/9', 52.65]);
    expect(short(staff('over-age', { subject: 'village-part-timer', early: -1 }))).toEqual(['154/10', 52.65]);
  });
});

describe('Resolution 07', () => {
  const past = (more: Partial<Parameters<typeof leaver>[0]> = {}) =>
    staff('over-age', { subject: 'cadre', early: -2, ...more });

  /** Whose pension would have begun in 12/2023, leaving so many months later. */
  const pastBy = (months: number) => {
    const on = `${monthAt(monthIndex('2023-12') + months)}-01`;
    return past({ early: -months, on, decidedOn: on });
  };

  test('grounds and figures', () => {
    expect(answerOf(past({ on: '2024-12-31', decidedOn: '2024-12-01', early: -1 }))).toEqual({
      says: ['left-before-decree'],
      figures: false,
    });
    expect(short(past({ on: '2025-01-01', decidedOn: '2024-12-01', early: -12 }))).toEqual(['07/NQ-CP', 150]);
    expect(answerOf(past().but({ underInvestigation: true }))).toEqual({
      says: ['under-investigation'],
      figures: true,
    });
    expect(answerOf(past({ early: 1 }))).toEqual({ says: ['not-past-the-age'], figures: true });
    expect(short(past({ early: 1 }).but({ drawsPension: true }))).toEqual(['07/NQ-CP', 150]);
    expect(answerOf(past({ subject: 'contract-worker' }))).toEqual({
      says: ['contract-worker-under-07'],
      figures: true,
    });
    const overlap = past().having({ from: '2020-01', to: '2020-12', employer: 'state', compensated: true });
    expect(answerOf(overlap)).toEqual({ says: ['compensated-overlap'], figures: true });
  });

  test('the sum by months past the age, to the most', () => {
    expect([14, 15, 16, 32, 33, 34, 60].map((months) => short(pastBy(months))[1])).toEqual([
      150, 150, 155, 235, 240, 240, 240,
    ]);
  });

  test('edges are marked at 15 and 33 months, and nowhere else', () => {
    const isMarked = (months: number) => assess(pastBy(months).build()).marks.includes('tier-edge');
    expect([14, 15, 16, 17, 32, 33, 34, 35].map(isMarked)).toEqual([
      false,
      true,
      true,
      false,
      false,
      true,
      true,
      false,
    ]);
    expect(assess(past().but({ underInvestigation: true }).build()).marks).toEqual([]);
  });

  test('private service is not marked as left out', () => {
    const of = past().having({ from: '2000-01', to: '2000-12', employer: 'private' });
    expect(assess(of.build()).marks).not.toContain('private-service-left-out');
  });

  test('a salary is asked for, and nothing of service', () => {
    const { service: _service, ...rest } = past().build();
    expect(assess(rest)).toMatchObject({ outcome: 'entitled', regime: '07/NQ-CP' });
    expect(assess({ ...rest, pay: { kind: 'part-time', multiple: '1' } })).toMatchObject({ missing: ['pay.kind'] });
  });
});

describe('Decree 178, articles 7a and 7b', () => {
  const subjects: readonly Subject[] = [
    'cadre',
    'civil-servant',
    'public-employee',
    'contract-worker',
    'commune-cadre',
    'commune-civil-servant',
    'association-staff',
    'commune-part-timer',
    'village-part-timer',
  ];
  const covers = (cause: Cause, notReElected?: 'too-old' | 'still-eligible' | 'party-committee') =>
    subjects.filter((subject) => {
      const leaving = notReElected === undefined ? {} : { notReElected };
      const of = leaver({ cause, subject, early: 40, months: 240 })
        .leavingBut(leaving)
        .but({ contractLikeCivilServant: true });
      return !short(of, settled).includes('not-covered');
    });

  test('whom each serves', () => {
    expect(covers('restructured')).toEqual([
      'civil-servant',
      'public-employee',
      'contract-worker',
      'commune-civil-servant',
    ]);
    expect(covers('not-re-elected', 'too-old')).toEqual(['cadre', 'commune-cadre']);
    expect(covers('not-re-elected', 'still-eligible')).toEqual(['cadre', 'commune-cadre']);
    expect(covers('not-re-elected', 'party-committee')).toEqual(subjects.slice(0, 7));
  });

  const cadre = (early: number, months = 240, more: object = {}) =>
    leaver({ cause: 'not-re-elected', subject: 'cadre', early, months }).leavingBut({
      notReElected: 'too-old',
      ...more,
    });
  const cut = (early: number, months = 240) => leaver({ cause: 'restructured', early, months });

  test('beyond 60 months neither serves, and article 9 does not step in', () => {
    expect(short(cut(61), settled)).toEqual(['not-entitled', 'more-than-60-months']);
    expect(short(cadre(61), settled)).toEqual(['not-entitled', 'more-than-60-months']);
  });

  test('without a pension: under two years to a person, else refused', () => {
    expect(short(cut(23, 179), settled)).toEqual(['review', 'X10']);
    expect(short(cut(24, 179), settled)).toEqual(['not-entitled', 'not-pensionable']);
    expect(short(cadre(23, 179), settled)).toEqual(['review', 'X10']);
    expect(short(cadre(24, 179), settled)).toEqual(['not-entitled', 'not-pensionable']);
  });

  test('article 7a without its one-off pays nothing under two years, and says so', () => {
    expect(answerOf(cut(23), settled)).toEqual({ says: ['pension-unreduced-no-cash'], figures: true });
    expect(short(cut(23), { X2: 'as-article-7-from-2025-03-15' })).toEqual(['178/7a', 230]);
  });

  test('who is still eligible must have had 30 months at the congress', () => {
    expect(short(cadre(29, 240, { notReElected: 'still-eligible' }), settled)).toEqual([
      'review',
      'months-at-congress',
    ]);
    expect(short(cadre(30, 240, { notReElected: 'still-eligible' }), settled)[0]).toBe('178/7b');
  });

  test('the half rate of a late reorganisation touches the one-off of article 7b and nothing of article 7a', () => {
    const late = { reorganisedOn: '2024-01-01' };
    const both = (set: SetReadings) => [short(cadre(40), set)[1], short(cadre(40, 240, late), set)[1]];
    expect(both({ X1: 'none' })).toEqual([250, 250]);
    expect(both({ X1: 'as-article-7' })).toEqual([650, 450]);
    const paid = { X2: 'as-article-7-from-2025-03-15' } as const;
    expect(short(cut(40).leavingBut(late), paid)).toEqual(short(cut(40), paid));
  });

  test('under two years article 7b, or article 7 with the one-off alone (X18)', () => {
    expect(short(cadre(12), { ...settled, X18: 'article-7b' })).toEqual(['178/7b', 125]);
    expect(short(cadre(12), { ...settled, X18: 'article-7' })).toEqual(['178/7', 120]);
  });
});

test('the annexes lie at least 60 months apart, whoever was born when: only one can reach a person', () => {
  const choose = () => 'signed-text';
  for (let born = monthIndex('1955-01'); born <= monthIndex('1985-12'); born += 1) {
    for (const sex of ['male', 'female'] as const) {
      const gap =
        pensionMonthIndex(sex, 'I', monthAt(born), choose) - pensionMonthIndex(sex, 'II', monthAt(born), choose);
      expect(gap, `${sex} ${monthAt(born)}`).toBeGreaterThanOrEqual(60);
    }
  }
});

describe('private service under Decree 178', () => {
  const marked = (early: number, set: SetReadings = {}, subject: Subject = 'civil-servant') =>
    assess(
      leaver({ cause: 'reorganised', subject, early, months: 250 })
        .leavingBut({ reorganisedOn: '2025-03-01' })
        .having({ from: '2000-01', to: '2000-12', employer: 'private' })
        .build(),
      set,
    ).marks.includes('private-service-left-out');

  test('is in the years of article 7 unless X19 says otherwise', () => {
    expect([marked(40), marked(40, { X19: 'included' }), marked(40, { X19: 'excluded' })]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test.each(['civil-servant', 'public-employee'] as const)(
    'is out of the severance months of a %s unless X8 counts it',
    (subject) => {
      expect([
        marked(200, {}, subject),
        marked(200, { X8: 'excluded' }, subject),
        marked(200, { X8: 'included', X19: 'included' }, subject),
      ]).toEqual([true, true, false]);
    },
  );
});

describe('what is asked for', () => {
  const without = (of: Person, ...paths: readonly ('service' | 'contractSignedOn')[]) => {
    const built = { ...of.build() };
    for (const path of paths) delete built[path];
    const answer = assess(built, settled);
    return answer.outcome === 'incomplete' ? answer.missing : [answer.outcome];
  };

  test.each(['restructured', 'not-re-elected'] as const)(
    '%s: service, and of a contract worker the day of the contract',
    (cause) => {
      const of = leaver({ cause, subject: 'contract-worker', early: 40, months: 240 }).leavingBut(
        cause === 'not-re-elected' ? { notReElected: 'party-committee' } : {},
      );
      expect(without(of, 'service')).toEqual(['contractSignedOn', 'service']);
      expect(without(of.but({ contractLikeCivilServant: true }))).toEqual(['entitled']);
      expect(short(of.but({ contractSignedOn: '2019-01-15' }), settled)).toEqual(['not-entitled', 'contract-too-late']);
      expect(short(of.but({ contractSignedOn: '2019-01-14' }), settled)[0]).toMatch(/^178/);
    },
  );

  test('part-timers: the coefficient, the service, and a salary is not one', () => {
    expect(without(post().but({ pay: { kind: 'part-time' } }), 'service')).toEqual(['pay.multiple', 'service']);
    expect(without(post().but({ pay: { kind: 'contract', amount: '1' } }))).toEqual(['pay.kind']);
  });

  test('which case of not standing again', () => {
    expect(short(leaver({ cause: 'not-re-elected', subject: 'cadre', early: 40, months: 240 }), settled)).toEqual([
      'incomplete',
      'leaving.notReElected',
    ]);
  });
});

test('edges are marked also where a month decides that nothing is paid, and not on other refusals', () => {
  const marks = (of: Person) => assess(of.build(), settled).marks;
  const cut = (early: number) => leaver({ cause: 'restructured', early, months: 240 });
  expect([60, 61, 62].map((early) => marks(cut(early)).includes('tier-edge'))).toEqual([true, true, false]);
  expect(marks(cut(61).but({ underInvestigation: true }))).toEqual([]);
  expect(
    [36, 37, 38].map((early) => marks(staff('transferred-off-budget', { early, months: 240 })).includes('tier-edge')),
  ).toEqual([true, true, false]);
  expect(marks(staff('transferred-off-budget', { early: 36, months: 240 }).but({ underInvestigation: true }))).toEqual(
    [],
  );
  expect(marks(post({ months: 59, early: 90 }).but({ underInvestigation: true }))).toEqual([]);
});

describe('not covered', () => {
  const partTimer = (more: object, sex: 'male' | 'female' = 'female', voluntary = false) =>
    answerOf(
      leaver({ cause: 'reorganised', subject: 'commune-part-timer', sex, early: 100, months: 150 })
        .but(more)
        .leavingBut({ voluntary }),
    ).says;

  test('what else bars the person is listed too', () => {
    expect(partTimer({ underInvestigation: true, pregnantOrChildUnder36Months: true })).toEqual([
      'not-covered',
      'under-investigation',
      'child-under-36-months',
    ]);
    expect(partTimer({})).toEqual(['not-covered']);
    expect(partTimer({ pregnantOrChildUnder36Months: true }, 'male')).toEqual(['not-covered']);
    expect(partTimer({ pregnantOrChildUnder36Months: true }, 'female', true)).toEqual(['not-covered']);
  });

  test('one ground is one citation, and nothing is marked', () => {
    const of = leaver({ cause: 'streamlined', subject: 'commune-part-timer', early: 100, months: 150 });
    expect(byOf(of)).toEqual(['Nghị định 154/2025/NĐ-CP, Điều 2 khoản 1']);
    expect(assess(of.build())).toMatchObject({ open: [], marks: [] });
  });
});

test('without a cause or a subject everything else is asked for at once, and nothing is marked', () => {
  const { leaving: _leaving, subject: _subject, ...rest } = post().build();
  expect(assess(rest)).toMatchObject({
    outcome: 'incomplete',
    missing: expect.arrayContaining(['leaving.cause', 'subject']),
    marks: [],
  });
  expect(assess({ ...rest, subject: 'village-part-timer' })).toMatchObject({
    missing: ['leaving.cause', 'leaving.on', 'leaving.decidedOn'],
  });
  const { subject: _other, ...noSubject } = staff('streamlined').build();
  expect(assess(noSubject)).toMatchObject({ outcome: 'incomplete', missing: ['subject'] });
});

describe('months of two periods at once', () => {
  const over = (one: object, other: object, subject: Subject = 'commune-part-timer') =>
    assess(
      post({ subject, months: 1 })
        .but({
          service: [
            { from: '2010-01', to: '2019-12', ...one },
            { from: '2010-01', to: '2019-12', ...other },
          ] as never,
        })
        .build(),
      { O6: 'excluded', O17: 'excluded' },
    );
  const months = (...of: Parameters<typeof over>) => {
    const answer = over(...of);
    return 'figures' in answer ? answer.figures?.serviceMonths : undefined;
  };
  const commune = { employer: 'commune-part-time', insured: false };
  const village = { employer: 'village-part-time', insured: false };
  const priv = { employer: 'private' };

  test('count once, by the claim that serves a part-timer best, whichever stands first', () => {
    expect([months(commune, village), months(village, commune)]).toEqual([120, 120]);
    expect([months(commune, priv), months(priv, commune)]).toEqual([120, 120]);
    expect([months(village, priv, 'village-part-timer'), months(priv, village, 'village-part-timer')]).toEqual([
      120, 120,
    ]);
    expect([months({ employer: 'state' }, priv), months(priv, { employer: 'state' })]).toEqual([120, 120]);
    expect(over(commune, village).marks).toContain('overlap');
  });

  test('of staff an uninsured post never takes the place of insured time', () => {
    const of = (first: object, second: object) =>
      assess(
        staff('streamlined')
          .but({
            service: [
              { from: '2010-01', to: '2019-12', ...first },
              { from: '2010-01', to: '2019-12', ...second },
            ] as never,
          })
          .build(),
      );
    for (const answer of [of({ employer: 'state' }, commune), of(commune, { employer: 'state' })]) {
      expect(answer).toMatchObject({ figures: { serviceMonths: 120, insuredMonths: 120 } });
    }
    for (const answer of [of(priv, commune), of(commune, priv)])
      expect(answer).toMatchObject({ figures: { insuredMonths: 120 } });
  });
});

describe('the salary of Decree 154', () => {
  const salaryOf = (pay: object, set: SetReadings = {}, on = '2025-07-01') => {
    const answer = assess(
      staff('streamlined', { on, decidedOn: on })
        .but({ pay: { kind: 'coefficient', grade: '4', ...pay } as never })
        .build(),
      set,
    );
    return 'figures' in answer ? [answer.figures?.monthlySalary, answer.open] : [];
  };
  const seniority = { name: 'professional-seniority', percent: '10' };

  test('has the reserved difference from its first day, without a question', () => {
    expect(salaryOf({ reservedDifference: '0.5' })).toEqual(['10530000', []]);
    expect(salaryOf({ reservedDifference: '0.5' }, { X21: 'no' })).toEqual(['10530000', []]);
    expect(salaryOf({ reservedDifference: '0.5', allowances: [seniority] }, { X13: 'yes' })).toEqual(['11583000', []]);
    expect(salaryOf({ reservedDifference: '0.5', allowances: [seniority] }, { X13: 'no' })).toEqual(['11466000', []]);
  });

  test('asks about the armed forces’ allowance only where there is one (O16)', () => {
    const armed = { name: 'armed-forces', percent: '20' };
    expect(salaryOf({ allowances: [seniority] })).toEqual(['10296000', []]);
    expect(salaryOf({ allowances: [armed, seniority] }, { O16: 'yes' })).toEqual(['12168000', []]);
    expect(salaryOf({ allowances: [armed, seniority] }, { O16: 'no' })).toEqual(['10296000', []]);
    expect(salaryOf({ allowances: [armed, seniority] })[1]).toEqual(['O16']);
  });
});

test('nobody is entitled to nothing: a coefficient of zero goes to a person', () => {
  const of = post().but({ pay: { kind: 'part-time', multiple: '0' } });
  expect(answerOf(of)).toEqual({ says: ['no-counted-service'], figures: true });
});
