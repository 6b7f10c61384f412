/**
 * What holds for every cause of leaving and every subject, whatever the file says; and the known anomalies of Decree
 * 154/2025, which are the text's and not ours.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, monthAt, monthIndex } from '../../../shared/calendar.ts';
import { type AssessedLine, type Assessment, assessment } from '../../../shared/case/assessment.ts';
import {
  causes,
  countedAllowances,
  employers,
  type Facts,
  facts,
  subjects,
  uncountedAllowances,
} from '../../../shared/case/facts.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { isReadingNumber, readingNumbers, readingOf, type SetReadings } from '../../../shared/law/readings.ts';
import { leaver, short } from '../../leavers.ts';

const day = (from: string, to: string) =>
  fc.integer({ min: 0, max: (Date.parse(to) - Date.parse(from)) / 86_400_000 }).map((days) => addDays(from, days));
const month = (from: string, to: string) => fc.integer({ min: monthIndex(from), max: monthIndex(to) }).map(monthAt);
const decimals = (most: number, places: number) =>
  fc.integer({ min: 0, max: most * 10 ** places }).map((scaled) => {
    const text = String(scaled).padStart(places + 1, '0');
    return `${text.slice(0, -places)}.${text.slice(-places)}`;
  });
const rarely = fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });

const countedAllowance = fc.record({ name: fc.constantFrom(...countedAllowances), percent: decimals(60, 1) });
const uncountedAllowance = fc
  .tuple(
    fc.constantFrom(...uncountedAllowances),
    fc.constantFrom('percent', 'coefficient', 'amount'),
    fc.integer({ min: 0, max: 99 }),
  )
  .map(([name, unit, value]) => ({ name, [unit]: String(value) }));
const coefficientPay = fc.record({
  kind: fc.constant('coefficient' as const),
  grade: decimals(10, 2),
  position: fc.oneof(fc.constant('0'), decimals(1, 1)),
  beyondFramePercent: fc.oneof(fc.constant('0'), fc.integer({ min: 5, max: 30 }).map(String)),
  reservedDifference: fc.oneof(fc.constant('0'), decimals(2, 2)),
  allowances: fc.array(countedAllowance, { maxLength: 3 }),
});
const contractPay = fc.record({
  kind: fc.constant('contract' as const),
  amount: fc.integer({ min: 0, max: 60_000_000 }).map(String),
  allowances: fc.array(countedAllowance, { maxLength: 2 }),
});
const partTimePay = fc.record({ kind: fc.constant('part-time' as const), multiple: decimals(2, 2) });

const lengths = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constantFrom(59, 60, 61, 179, 180, 239, 240));
const claim = fc.record({
  employer: fc.oneof(fc.constant('state' as const), fc.constantFrom(...employers)),
  insured: rarely.map((uninsured) => !uninsured),
  compensated: rarely,
  conditions: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.subarray(['heavy', 'extremely-difficult-area'] as const, { minLength: 1 }) },
  ),
});

/** Periods one after another, the last one near that month. */
const careerTo = (last: string) =>
  fc.array(fc.tuple(claim, lengths, fc.nat({ max: 20 })), { minLength: 1, maxLength: 4 }).map((spells) => {
    let end = monthIndex(last);
    return spells.map(([of, months, gap]) => {
      const [from, to] = [end - months + 1, end];
      end = from - 1 - gap;
      return { ...of, from: monthAt(from), to: monthAt(to) };
    });
  });

/** Periods anywhere, often over one another. */
const tangled = fc.array(
  fc
    .tuple(month('1980-01', '2025-12'), lengths, claim)
    .map(([from, months, of]) => ({ ...of, from, to: monthAt(monthIndex(from) + months - 1) })),
  { minLength: 1, maxLength: 4 },
);

const leaveDays = fc.oneof(
  fc.constantFrom('2025-03-15', '2025-05-01', '2025-06-15', '2025-06-16', '2025-06-30', '2025-07-01', '2025-09-01'),
  day('2025-01-02', '2025-12-31'),
  day('2023-07-01', '2031-02-01'),
);

/** Whole files of every cause and subject, with days around every limit. */
const people: fc.Arbitrary<Facts> = fc
  .tuple(fc.constantFrom(...causes), leaveDays)
  .chain(([cause, on]) => {
    const subject =
      cause === 'post-abolished'
        ? fc.constantFrom('commune-part-timer' as const, 'village-part-timer' as const)
        : fc.constantFrom(...subjects);
    const optionally = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined, freq: 1 });
    return fc.record({
      cause: fc.constant(cause),
      on: fc.constant(on),
      subject: fc.oneof({ weight: 9, arbitrary: subject }, { weight: 1, arbitrary: fc.constantFrom(...subjects) }),
      sex: fc.constantFrom('male' as const, 'female' as const),
      birth: month('1960-01', '1990-12'),
      decidedOn: fc.oneof(
        fc.integer({ min: 0, max: 120 }).map((days) => addDays(on, -days)),
        fc.constantFrom('2025-06-15', '2025-06-16', '2025-07-31', '2025-08-30', '2025-08-31'),
      ),
      paidOn: optionally(day('2025-05-01', '2025-07-31')),
      reorganisedOn: day('2024-05-01', '2025-09-01'),
      voluntary: rarely.map((not) => !not),
      notReElected: fc.constantFrom('too-old' as const, 'still-eligible' as const, 'party-committee' as const),
      onlyConcurrentPost: rarely,
      contractSignedOn: day('2015-01-01', '2020-01-01'),
      contractLikeCivilServant: fc.boolean(),
      staffPay: fc.oneof(coefficientPay, contractPay),
      partTimePay,
      averagePay60Months: fc.integer({ min: 0, max: 40_000_000 }).map(String),
      service: fc.oneof({ weight: 5, arbitrary: careerTo(on.slice(0, 7)) }, { weight: 1, arbitrary: tangled }),
      drawsPension: rarely,
      underInvestigation: rarely,
      pregnantOrChildUnder36Months: rarely,
      termEndsOn: day('2025-01-01', '2027-12-31'),
    });
  })
  .map((given): Facts => {
    const { cause, on, decidedOn, reorganisedOn, voluntary, notReElected, onlyConcurrentPost, ...others } = given;
    const { sex, birth, paidOn, staffPay, partTimePay: byMultiple, ...rest } = others;
    return facts.parse({
      ...rest,
      person: { sex, birth },
      leaving: { cause, on, decidedOn, reorganisedOn, voluntary, notReElected, onlyConcurrentPost },
      pay: rest.subject.endsWith('part-timer') ? byMultiple : staffPay,
      ...(paidOn === undefined ? {} : { paidOn }),
    });
  });

/** Anything the schema accepts: facts left out, days of any year, every value at its largest. */
const anyDay = fc.oneof(day('1900-01-01', '2200-12-31'), day('2023-01-01', '2031-12-31'));
const anyMonth = month('1900-01', '2199-12');
const everything = '999.9999';
const anything: fc.Arbitrary<Facts> = fc
  .record(
    {
      person: fc.record(
        {
          sex: fc.constantFrom('male' as const, 'female' as const),
          birth: fc.oneof(anyDay, anyMonth, fc.integer({ min: 1900, max: 2099 }).map(String)),
        },
        { requiredKeys: [] },
      ),
      subject: fc.constantFrom(...subjects),
      leaving: fc.record(
        {
          cause: fc.constantFrom(...causes),
          on: anyDay,
          decidedOn: anyDay,
          reorganisedOn: anyDay,
          voluntary: fc.boolean(),
          notReElected: fc.constantFrom('too-old' as const, 'still-eligible' as const, 'party-committee' as const),
          onlyConcurrentPost: fc.boolean(),
        },
        { requiredKeys: [] },
      ),
      contractSignedOn: anyDay,
      contractLikeCivilServant: fc.boolean(),
      paidOn: anyDay,
      pay: fc.oneof(
        coefficientPay,
        contractPay,
        partTimePay,
        fc.record(
          { kind: fc.constant('coefficient' as const), grade: fc.constant(everything), effectiveFrom: anyDay },
          { requiredKeys: ['kind'] },
        ),
        fc.record({ kind: fc.constant('contract' as const), amount: fc.constant('9'.repeat(15)) }),
        fc.record(
          { kind: fc.constant('part-time' as const), multiple: fc.constant(everything), effectiveFrom: anyDay },
          { requiredKeys: ['kind'] },
        ),
      ),
      averagePay60Months: fc.constantFrom('0', '8000000', '9'.repeat(15)),
      service: fc.array(
        fc.tuple(anyMonth, anyMonth, claim).map(([one, other, of]) => ({
          ...of,
          from: one < other ? one : other,
          to: one < other ? other : one,
        })),
        { maxLength: 4 },
      ),
      drawsPension: fc.boolean(),
      underInvestigation: fc.boolean(),
      pregnantOrChildUnder36Months: fc.boolean(),
      termEndsOn: anyDay,
    },
    { requiredKeys: [] },
  )
  .map((given): Facts => facts.parse(given));

const settable = readingNumbers.filter((number) => readingOf(number).values.length > 0);
/** Every switch set to one of its values. */
const allSet: fc.Arbitrary<SetReadings> = fc.record(
  Object.fromEntries(settable.map((number) => [number, fc.constantFrom(...readingOf(number).values)])),
);

interface Paid {
  readonly total: string;
  readonly lines: readonly AssessedLine[];
}

/** Every sum of an answer: its own, and those of its alternatives. */
function sumsOf(answer: Assessment): readonly Paid[] {
  if (answer.outcome === 'entitled') return [answer];
  if (answer.outcome !== 'review') return [];
  return (answer.alternatives ?? []).flatMap(({ total, lines }) =>
    total === undefined || lines === undefined ? [] : [{ total, lines }],
  );
}

/** Everything but the marks, the open questions and the hash of the law: what the person is told and paid. */
function substanceOf(answer: Assessment) {
  const { marks: _, open: __, law: ___, ...rest } = answer;
  return rest;
}

const withService = (of: Facts, service: Facts['service']): Facts => ({ ...of, service });
const withAllowances = (of: Facts, more: readonly object[]): Facts =>
  of.pay === undefined || of.pay.kind === 'part-time'
    ? of
    : facts.parse({ ...of, pay: { ...of.pay, allowances: [...more, ...(of.pay.allowances ?? [])] } });

test('the people of these tests meet every regime and every outcome', () => {
  const met = new Set<string>();
  fc.assert(
    fc.property(people, allSet, (of, set) => {
      const answer = assess(of, set);
      met.add(answer.outcome);
      if (answer.outcome === 'entitled') met.add(answer.regime);
    }),
    { numRuns: 4000, seed: 154 },
  );
  const regimes = ['178/7', '178/7a', '178/7b', '178/9', '178/10', '154/6', '154/7', '154/8', '154/9', '154/10'];
  const others = ['29/5', '29/7', '29/9', '07/NQ-CP', 'entitled', 'not-entitled', 'review'];
  expect([...regimes, ...others].filter((one) => !met.has(one))).toEqual([]);
});

test('the total is the sum of the lines, none is negative, and no line is worth nothing', () => {
  fc.assert(
    fc.property(people, (of) => {
      for (const { total, lines } of sumsOf(assess(of))) {
        let sum = 0n;
        for (const { amount } of lines) {
          expect(BigInt(amount)).toBeGreaterThan(0n);
          sum += BigInt(amount);
        }
        expect(total).toBe(sum.toString());
        expect(new Set(lines.map(({ line }) => line)).size).toBe(lines.length);
      }
    }),
    { numRuns: 1000 },
  );
});

test('an answer is found for anything the schema accepts, it fits what is stored, and it says why', () => {
  fc.assert(
    fc.property(fc.oneof(people, anything), (of) => {
      const answer = assess(of);
      expect(assessment.safeParse(answer).error).toBeUndefined();
      if (answer.outcome === 'review') expect(answer.reasons).not.toEqual([]);
      if (answer.outcome === 'not-entitled') expect(answer.grounds).not.toEqual([]);
      if (answer.outcome === 'incomplete') expect(answer.missing).not.toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

test('an answer is found under every setting of the switches', () => {
  fc.assert(
    fc.property(fc.oneof(people, anything), allSet, (of, set) => {
      const answer = assess(of, set);
      // With everything decided a review has one reason that no switch decides, and no alternatives.
      if (answer.outcome !== 'review') return;
      expect(answer.alternatives ?? []).toEqual([]);
      for (const { reason } of answer.reasons) {
        expect([reason, isReadingNumber(reason) ? readingOf(reason).values : []]).toEqual([reason, []]);
      }
    }),
    { numRuns: 1000 },
  );
});

test('the same facts give the same bytes', () => {
  fc.assert(
    fc.property(fc.oneof(people, anything), (of) => {
      expect(JSON.stringify(assess(structuredClone(of)))).toBe(JSON.stringify(assess(of)));
    }),
    { numRuns: 300 },
  );
});

test('the order of the periods never matters', () => {
  const shuffled = people.chain((of) => {
    const service = of.service ?? [];
    const order = fc.shuffledSubarray([...service], { minLength: service.length, maxLength: service.length });
    return order.map((other) => [of, withService(of, other)] as const);
  });
  fc.assert(
    fc.property(shuffled, ([of, other]) => {
      expect(substanceOf(assess(other))).toEqual(substanceOf(assess(of)));
    }),
    { numRuns: 1000 },
  );
});

describe('where two periods claim the same months', () => {
  const bothOrders = (of: Facts, one: object, other: object) => {
    const answers = [
      [one, other],
      [other, one],
    ].map((service) => assess(facts.parse({ ...of, service })));
    return answers.map(substanceOf);
  };
  const months = { from: '2015-07', to: '2025-06' };

  test('a commune post counts before a village post for a commune part-timer, whichever stands first', () => {
    const of = leaver({ cause: 'post-abolished', months: 120, early: 240 }).build();
    const [first, second] = bothOrders(
      of,
      { ...months, employer: 'commune-part-time' },
      { ...months, employer: 'village-part-time' },
    );
    expect(second).toEqual(first);
    // The months of the commune are claim enough: 48 + 1.5 × 10 + 3 = 66 A, and no question about the village (O17).
    expect(first).toMatchObject({ outcome: 'entitled', regime: '154/9', total: '231660000' });
  });

  test('the figures are the same, whichever of a compensated and an open period stands first', () => {
    for (const cause of causes) {
      const of = leaver({ cause, months: 120, early: 240 }).build();
      const employer = cause === 'post-abolished' ? 'commune-part-time' : 'state';
      const [first, second] = bothOrders(of, { ...months, employer }, { ...months, employer, compensated: true });
      expect([cause, second]).toEqual([cause, first]);
    }
  });
});

test('a period split in two at any month changes nothing', () => {
  const split = fc.tuple(people, fc.nat(), fc.nat()).map(([of, which, where]) => {
    const service = of.service ?? [];
    const at = which % service.length;
    const parts = service.flatMap((period, index) => {
      const [from, to] = [monthIndex(period.from), monthIndex(period.to)];
      if (index !== at || from === to) return [period];
      const cut = from + (where % (to - from));
      return [
        { ...period, to: monthAt(cut) },
        { ...period, from: monthAt(cut + 1) },
      ];
    });
    return [of, withService(of, parts)] as const;
  });
  fc.assert(
    fc.property(split, ([of, other]) => {
      expect(substanceOf(assess(other))).toEqual(substanceOf(assess(of)));
    }),
    { numRuns: 1000 },
  );
});

test('an allowance that is never counted changes nothing', () => {
  fc.assert(
    fc.property(people, fc.array(uncountedAllowance, { minLength: 1, maxLength: 4 }), (of, more) => {
      expect(assess(withAllowances(of, more))).toEqual(assess(of));
    }),
    { numRuns: 500 },
  );
});

describe('in every family of articles', () => {
  const staffCauses = causes.filter((cause) => cause !== 'post-abolished');
  const of = (cause: (typeof causes)[number]) =>
    leaver({
      cause,
      subject:
        cause === 'post-abolished' ? 'commune-part-timer' : cause === 'not-re-elected' ? 'cadre' : 'civil-servant',
      sex: 'female',
      months: 360,
      early: 38,
    }).leavingBut({ voluntary: false, notReElected: 'too-old' });

  test.each(causes)(
    '%s: under investigation, and a small child against her will, are both grounds at once',
    (cause) => {
      const barred = of(cause).but({ underInvestigation: true, pregnantOrChildUnder36Months: true });
      const [outcome, ...grounds] = short(barred);
      expect(outcome).toBe('not-entitled');
      expect(grounds).toEqual(expect.arrayContaining(['under-investigation', 'child-under-36-months']));
      const asked = barred.leavingBut({ voluntary: true });
      expect(short(asked)).toEqual(['not-entitled', 'under-investigation']);
      expect(short(barred.man())).toEqual(['not-entitled', 'under-investigation']);
    },
  );

  test.each(causes)('%s: a compensated period over another one goes to a person', (cause) => {
    const employer = cause === 'post-abolished' ? 'commune-part-time' : 'state';
    const service = [
      { from: '1995-07', to: '2025-06', employer },
      { from: '2000-01', to: '2001-12', employer, compensated: true },
    ] as const;
    expect(short(of(cause).but({ service: [...service] }))).toEqual(['review', 'compensated-overlap']);
  });

  test.each(staffCauses)('%s: a part-timer is served by Decree 154, article 9 or 10, or not at all', (cause) => {
    for (const subject of ['commune-part-timer', 'village-part-timer'] as const) {
      const regime = subject === 'commune-part-timer' ? '154/9' : '154/10';
      const partTimer = leaver({ cause, subject, months: 60, early: 240 }).leavingBut({ notReElected: 'too-old' });
      expect(short(partTimer)).toEqual(cause === 'over-age' ? [regime, 205.335] : ['not-entitled', 'not-covered']);
    }
  });

  test('staff are not served where a part-time post ends', () => {
    for (const subject of subjects.filter((one) => !one.endsWith('part-timer'))) {
      expect([subject, ...short(leaver({ cause: 'post-abolished', subject, months: 60, early: 240 }))]).toEqual([
        subject,
        'not-entitled',
        'not-covered',
      ]);
    }
  });

  test('who is not covered is told every other ground too', () => {
    const her = leaver({ cause: 'post-abolished', subject: 'civil-servant', sex: 'female', months: 60, early: 240 })
      .but({ underInvestigation: true, pregnantOrChildUnder36Months: true })
      .leavingBut({ voluntary: false });
    const [outcome, ...grounds] = short(her);
    expect(outcome).toBe('not-entitled');
    expect(new Set(grounds)).toEqual(new Set(['not-covered', 'under-investigation', 'child-under-36-months']));
  });
});

describe('the two salaries', () => {
  const of154 = people.filter(({ leaving }) => {
    const cause = leaving?.cause;
    return cause === 'streamlined' || cause === 'transferred-off-budget';
  });
  /** Never paid under Decree 29, and decided since Decree 154. */
  const since154 = of154.map((of): Facts => {
    const { paidOn: _, ...unpaid } = of;
    const { leaving } = of;
    return leaving === undefined ? unpaid : { ...unpaid, leaving: { ...leaving, decidedOn: '2025-06-16' } };
  });
  const leftOut = fc.constantFrom(
    'civil-service' as const,
    'party-work' as const,
    'professional-incentive' as const,
    'professional-responsibility' as const,
  );

  test('that of Decree 154, article 5(1), leaves out what only Decree 178 counts', () => {
    fc.assert(
      fc.property(since154, leftOut, (of, name) => {
        const more = withAllowances(of, [{ name, percent: '25' }]);
        expect(substanceOf(assess(more))).toEqual(substanceOf(assess(of)));
      }),
      { numRuns: 500 },
    );
  });

  test('that of Decree 178, article 5(6), counts the same allowances', () => {
    const coefficient = fc.constantFrom('reorganised', 'restructured', 'not-re-elected').chain((cause) =>
      fc
        .tuple(
          people.filter(({ leaving }) => leaving?.cause === cause),
          coefficientPay,
        )
        .map(([of, pay]) => facts.parse({ ...of, pay: { ...pay, grade: '3.66' } })),
    );
    let paid = 0;
    fc.assert(
      fc.property(coefficient, leftOut, allSet, (of, name, set) => {
        const before = assess(of, set);
        const after = assess(withAllowances(of, [{ name, percent: '25' }]), set);
        expect(after.outcome).toBe(before.outcome);
        if (before.outcome !== 'entitled' || after.outcome !== 'entitled' || before.total === '0') return;
        paid += 1;
        expect(BigInt(after.total)).toBeGreaterThan(BigInt(before.total));
      }),
      { numRuns: 400 },
    );
    expect(paid).toBeGreaterThan(0);
  });

  test('professional seniority is in both, the armed-forces allowance in that of 154 only by O16', () => {
    const pay = (name: string) => ({
      kind: 'coefficient' as const,
      grade: '4',
      allowances: [{ name: name as 'professional-seniority', percent: '10' }],
    });
    const of = (name: string) => leaver({ cause: 'streamlined', months: 120, early: 240 }).but({ pay: pay(name) });
    // 4 × 2,340,000 = 9,360,000 and a tenth of it: 10,296,000; each × (3 + 1.5 × 10).
    expect(short(of('professional-seniority'))).toEqual(['154/8', 185.328]);
    expect(short(of('civil-service'))).toEqual(['154/8', 168.48]);
    expect(short(of('armed-forces'))).toEqual(['review', 'O16']);
    expect(short(of('armed-forces'), { O16: 'no' })).toEqual(['154/8', 168.48]);
    expect(short(of('armed-forces'), { O16: 'yes' })).toEqual(['154/8', 185.328]);
  });
});

describe('open questions', () => {
  test('the alternatives of a review are of different readings, and not all the same', () => {
    fc.assert(
      fc.property(people, (of) => {
        const answer = assess(of);
        if (answer.outcome !== 'review' || answer.alternatives === undefined) return;
        const { alternatives } = answer;
        expect(alternatives.length).not.toBe(1);
        const readings = alternatives.map((alternative) => JSON.stringify(alternative.readings));
        expect(new Set(readings).size).toBe(readings.length);
        // Alternatives for which there is no formula may differ in their reason alone.
        if (alternatives.every(({ outcome }) => outcome === 'review')) return;
        const said = alternatives.map(({ outcome, regime, lines }) => JSON.stringify([outcome, regime, lines]));
        expect(new Set(said).size).toBeGreaterThan(1);
      }),
      { numRuns: 1000 },
    );
  });

  test('with every undecided switch set the answer is one of the alternatives', () => {
    fc.assert(
      fc.property(people, allSet, (of, values) => {
        const answer = assess(of);
        if (answer.outcome !== 'review' || answer.alternatives === undefined || answer.alternatives.length === 0)
          return;
        const set: SetReadings = {};
        for (const { reason } of answer.reasons) {
          if (isReadingNumber(reason) && values[reason] !== undefined) set[reason] = values[reason];
        }
        const decided = assess(of, set);
        const said = ({ outcome, total, lines }: { outcome: string; total?: unknown; lines?: unknown }) =>
          JSON.stringify([outcome, total, lines]);
        expect(answer.alternatives.map(said)).toContain(said(decided));
      }),
      { numRuns: 1500 },
    );
  });

  test('a question that changes the sum only beside another one is undecided too (O13 beside O16 and X16)', () => {
    const pay = {
      kind: 'contract',
      amount: '10000000',
      allowances: [{ name: 'armed-forces', percent: '50' }],
    } as const;
    const him = leaver({ cause: 'streamlined', months: 120, early: 240, on: '2025-05-01' }).but({
      paidOn: '2025-06-10',
      averagePay60Months: '8000000',
      pay: { ...pay, allowances: [...pay.allowances] },
    });
    // Decree 29, article 7(1): 3 × S + 1.5 × 8 × 10, S being 10 or 15.
    expect(short(him, { O13: 'as-154', O16: 'no', X16: 'yes' })).toEqual(['29/7', 150]);
    expect(short(him, { O13: 'as-178', O16: 'no', X16: 'yes' })).toEqual(['29/7', 165]);
    const [outcome, ...reasons] = short(him);
    expect(outcome).toBe('review');
    expect(new Set(reasons)).toEqual(new Set(['O13', 'O16', 'X16']));
  });

  test('each alternative, with its own readings set, is the answer', () => {
    fc.assert(
      fc.property(people, (of) => {
        const answer = assess(of);
        if (answer.outcome !== 'review') return;
        for (const { readings, outcome, regime, total, lines } of answer.alternatives ?? []) {
          const decided = assess(of, readings);
          expect(decided.outcome).toBe(outcome);
          if (decided.outcome === 'entitled') expect(decided).toMatchObject({ regime, total, lines });
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('one more month of service never pays less inside one tier', () => {
  const lone = fc.record({
    cause: fc.constantFrom(...causes),
    staff: fc.constantFrom(...subjects.filter((subject) => !subject.endsWith('part-timer'))),
    partTimer: fc.constantFrom('commune-part-timer' as const, 'village-part-timer' as const),
    sex: fc.constantFrom('male' as const, 'female' as const),
    birth: month('1962-01', '1995-12'),
    on: fc.oneof(fc.constantFrom('2025-05-01', '2025-06-16', '2025-06-30', '2025-07-01'), leaveDays),
    months: fc.oneof(fc.integer({ min: 1, max: 480 }), fc.integer({ min: 50, max: 70 })),
    notReElected: fc.constantFrom('too-old' as const, 'party-committee' as const),
    isPaid: fc.boolean(),
    heavy: fc.boolean(),
  });

  type Lone = typeof lone extends fc.Arbitrary<infer One> ? One : never;

  /** Service of so many months, in the one employer that goes with the subject. */
  const serving = (of: Lone, months: number, set: SetReadings) => {
    const { cause, sex, birth, on, notReElected, isPaid, heavy } = of;
    const subject = cause === 'post-abolished' ? of.partTimer : of.staff;
    const employer =
      cause !== 'post-abolished'
        ? 'state'
        : subject === 'commune-part-timer'
          ? 'commune-part-time'
          : 'village-part-time';
    const end = monthIndex(on) - 1;
    return assess(
      facts.parse({
        person: { sex, birth },
        subject,
        contractLikeCivilServant: true,
        leaving: { cause, on, decidedOn: addDays(on, -10), reorganisedOn: '2025-01-01', notReElected },
        pay:
          cause === 'post-abolished'
            ? { kind: 'part-time', multiple: '1.5' }
            : { kind: 'contract', amount: '10000000' },
        averagePay60Months: '8000000',
        termEndsOn: '2026-06-30',
        service: [
          {
            from: monthAt(end - months + 1),
            to: monthAt(end),
            employer,
            conditions: heavy && months > 200 ? ['heavy'] : [],
          },
        ],
        ...(isPaid && on < '2025-06-01' ? { paidOn: '2025-06-10' } : {}),
      }),
      // The 15-year line before 01/07/2025 gives less at 20 years than just under: X3 is kept at its first value.
      { ...set, X3: 'flat-5' },
    );
  };

  test('for every cause, one employer, every switch set', () => {
    let compared = 0;
    fc.assert(
      fc.property(lone, allSet, (of, set) => {
        const [less, more] = [serving(of, of.months, set), serving(of, of.months + 1, set)];
        if (less.outcome !== 'entitled' || more.outcome !== 'entitled' || less.regime !== more.regime) return;
        // Articles 9(1) and 10(1) of Decree 154: point a is another tier. So is the 15-year condition of the annexes.
        const isEdge = (less.regime === '154/9' || less.regime === '154/10') && of.months === 59;
        if (isEdge || less.figures.annex !== more.figures.annex) return;
        compared += 1;
        expect(BigInt(more.total)).toBeGreaterThanOrEqual(BigInt(less.total));
      }),
      { numRuns: 3000 },
    );
    expect(compared).toBeGreaterThan(500);
  });
});

describe('the known anomalies of Decree 154, articles 9 and 10 (A is 3,510,000)', () => {
  const totalOf = (months: number, early: number, subject: 'commune-part-timer' | 'village-part-timer') => {
    const answer = assess(leaver({ cause: 'post-abolished', subject, months, early }).build());
    return answer.outcome === 'entitled' ? answer.total : answer.outcome;
  };

  describe.each(['commune-part-timer', 'village-part-timer'] as const)('%s', (subject) => {
    test('two months before the age with 60 months of service pays less than past the age', () => {
      // 0.8 × 2 + 1.5 × 5 + 3 = 12.1 against 15.
      expect(totalOf(60, 2, subject)).toBe('42471000');
      expect(totalOf(60, 0, subject)).toBe('52650000');
    });

    test('with four months left and 60 of service it still pays less, with six more', () => {
      // 0.8 × 4 + 10.5 = 13.7; 0.8 × 5 + 10.5 = 14.5; 0.8 × 6 + 10.5 = 15.3.
      expect(totalOf(60, 4, subject)).toBe('48087000');
      expect(totalOf(60, 5, subject)).toBe('50895000');
      expect(totalOf(60, 6, subject)).toBe('53703000');
    });

    test('59 and 60 months of service far from the age differ by one month of the months part', () => {
      // 57.7 and 58.5: both are 5 years.
      expect(totalOf(59, 240, subject)).toBe('202527000');
      expect(totalOf(60, 240, subject)).toBe('205335000');
    });

    test('near the age the 60th month of service costs most of the months part', () => {
      // 0.8 × 59 + 7.5 + 3 = 57.7 by point a; 0.8 × 2 + 7.5 + 3 = 12.1 by point b.
      expect(totalOf(59, 2, subject)).toBe('202527000');
      expect(totalOf(60, 2, subject)).toBe('42471000');
    });

    test('the seventh odd month is worth three quarters of A', () => {
      const [six, seven] = [totalOf(66, 240, subject), totalOf(67, 240, subject)];
      expect(BigInt(seven) - BigInt(six)).toBe(2_632_500n);
    });

    test('the least there is before the age: one month of service', () => {
      // 0.8 + 1.5 × 0.5 + 3 = 4.55
      expect(totalOf(1, 240, subject)).toBe('15970500');
    });
  });
});

describe('the steps of the other articles that a checker will ask about', () => {
  const totals = (cause: 'streamlined' | 'over-age', earlies: readonly number[]) =>
    earlies.map((early) => short(leaver({ cause, subject: 'cadre', months: 360, early }))[1]);

  test('Decree 154: with 30 years, 61 months before the age pay more than 60, 24 where 23 pay nothing', () => {
    // Article 6: 5 × 5 + 10 = 35; article 8: 3 + 1.5 × 30 = 48.
    expect(totals('streamlined', [23, 24, 60, 61])).toEqual(['pension-unreduced-no-cash', 200, 350, 480]);
  });
});
