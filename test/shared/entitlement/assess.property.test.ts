/** What holds for every person, whoever they are. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, monthAt, monthIndex } from '../../../shared/calendar.ts';
import type { AssessedLine, Assessment } from '../../../shared/case/assessment.ts';
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
import { readingNumbers, readingOf, type SetReadings } from '../../../shared/law/readings.ts';

const runs = { numRuns: 400 };
const day = (from: string, to: string) =>
  fc.integer({ min: 0, max: (Date.parse(to) - Date.parse(from)) / 86_400_000 }).map((days) => addDays(from, days));
const month = (from: string, to: string) => fc.integer({ min: monthIndex(from), max: monthIndex(to) }).map(monthAt);
const decimals = (most: number, places: number) =>
  fc.integer({ min: 0, max: most * 10 ** places }).map((scaled) => {
    const text = String(scaled).padStart(places + 1, '0');
    return `${text.slice(0, -places)}.${text.slice(-places)}`;
  });
const amount = fc.integer({ min: 0, max: 60_000_000 }).map(String);

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
  amount,
  allowances: fc.array(countedAllowance, { maxLength: 2 }),
});

const conditions = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 2, arbitrary: fc.subarray(['heavy', 'extremely-difficult-area'] as const, { minLength: 1 }) },
);
const spell = fc.record({
  months: fc.integer({ min: 1, max: 260 }),
  gap: fc.integer({ min: 0, max: 20 }),
  employer: fc.oneof(
    { weight: 5, arbitrary: fc.constant('state' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...employers) },
  ),
  insured: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  compensated: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  conditions,
});

/** Periods one after another, the last one near leaving. */
const career = fc.array(spell, { minLength: 1, maxLength: 4 }).map((spells) => {
  let end = monthIndex('2025-06');
  return spells.map(({ months, gap, ...rest }) => {
    const [from, to] = [end - months + 1, end];
    end = from - 1 - gap;
    return { from: monthAt(from), to: monthAt(to), ...rest };
  });
});

/** Periods anywhere, often over one another. */
const tangled = fc.array(
  fc
    .tuple(month('1980-01', '2025-12'), spell)
    .map(([from, { months, employer, insured, compensated, conditions: under }]) => ({
      from,
      to: monthAt(monthIndex(from) + months - 1),
      employer,
      insured,
      compensated,
      conditions: under,
    })),
  { minLength: 1, maxLength: 4 },
);

/** People of a reorganised body, whole files, with days around every limit. */
const reorganised = (service: typeof career | typeof tangled) =>
  fc
    .record({
      person: fc.record({
        sex: fc.constantFrom('male' as const, 'female' as const),
        birth: month('1962-01', '1990-12'),
      }),
      subject: fc.constantFrom(...subjects.filter((subject) => !subject.endsWith('part-timer'))),
      leaving: fc.record({
        cause: fc.constant('reorganised' as const),
        on: fc.oneof(
          fc.constantFrom('2025-05-01', '2025-06-30', '2025-07-01', '2025-09-01'),
          day('2025-01-02', '2025-12-31'),
        ),
        decidedOn: fc.oneof(fc.constantFrom('2025-07-31', '2025-08-30', '2025-08-31'), day('2025-01-02', '2025-08-30')),
        reorganisedOn: day('2024-05-01', '2025-09-01'),
        voluntary: fc.boolean(),
      }),
      contractSignedOn: day('2015-01-01', '2020-01-01'),
      contractLikeCivilServant: fc.boolean(),
      pay: fc.oneof(coefficientPay, contractPay),
      service,
    })
    .map((given): Facts => facts.parse(given));
const people = fc.oneof({ weight: 4, arbitrary: reorganised(career) }, { weight: 1, arbitrary: reorganised(tangled) });

/** Anything the schema accepts: facts left out, days of any year, every cause. */
const anyDay = day('1900-01-01', '2200-12-31');
const anything: fc.Arbitrary<Facts> = fc
  .record(
    {
      person: fc.record(
        {
          sex: fc.constantFrom('male' as const, 'female' as const),
          birth: fc.oneof(anyDay, month('1900-01', '2199-12'), fc.integer({ min: 1900, max: 2099 }).map(String)),
        },
        { requiredKeys: [] },
      ),
      subject: fc.constantFrom(...subjects),
      leaving: fc.record(
        {
          cause: fc.constantFrom('reorganised' as const, ...causes),
          on: fc.oneof(anyDay, day('2023-01-01', '2026-12-31')),
          decidedOn: anyDay,
          reorganisedOn: anyDay,
          voluntary: fc.boolean(),
        },
        { requiredKeys: ['cause'] },
      ),
      contractSignedOn: anyDay,
      contractLikeCivilServant: fc.boolean(),
      pay: fc.oneof(
        coefficientPay,
        contractPay,
        fc.constant({
          kind: 'coefficient' as const,
          grade: '999.9999',
          beyondFramePercent: '999.9999',
          reservedDifference: '999.9999',
        }),
        fc.constant({ kind: 'part-time' as const, multiple: '1.5' }),
      ),
      service: fc.array(
        fc
          .tuple(month('1900-01', '2199-12'), month('1900-01', '2199-12'), spell)
          .map(([one, other, { employer, insured, compensated, conditions: under }]) => ({
            from: one < other ? one : other,
            to: one < other ? other : one,
            employer,
            insured,
            compensated,
            conditions: under,
          })),
        { maxLength: 4 },
      ),
      drawsPension: fc.boolean(),
      underInvestigation: fc.boolean(),
      pregnantOrChildUnder36Months: fc.boolean(),
    },
    { requiredKeys: ['leaving'] },
  )
  .map((given): Facts => facts.parse(given));

function leavesSince2025({ leaving }: Facts): boolean {
  return leaving?.on === undefined || leaving.on >= '2025-01-01';
}

/** Percentages on a contract, private, compensated, part-time and uninsured time with conditions: X3, X8, X14, X16 and more. */
const raisesEightQuestions = facts.parse({
  person: { sex: 'male', birth: '1969-02' },
  subject: 'public-employee',
  leaving: { cause: 'reorganised', on: '2025-05-01', decidedOn: '2025-04-10', reorganisedOn: '2025-03-01' },
  contractSignedOn: '2015-01-01',
  pay: { kind: 'contract', amount: '10000000', allowances: [{ name: 'professional-incentive', percent: '25' }] },
  service: [
    { from: '1992-06', to: '1997-03', employer: 'private' },
    { from: '1997-04', to: '2010-02', employer: 'state', insured: false, conditions: ['extremely-difficult-area'] },
    { from: '2010-03', to: '2023-03', employer: 'state', compensated: true },
    { from: '2023-04', to: '2025-06', employer: 'village-part-time', conditions: ['extremely-difficult-area'] },
  ],
});

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

/** Without the marks, which speak of the papers and not of the money. */
function moneyOf(answer: Assessment) {
  return {
    outcome: answer.outcome,
    sums: sumsOf(answer).map(({ total, lines }) => [total, ...lines.map(({ line, amount: of }) => [line, of])]),
  };
}

test('the total is the sum of the lines, of which none is negative', () => {
  fc.assert(
    fc.property(people, (given) => {
      for (const { total, lines } of sumsOf(assess(given))) {
        let sum = 0n;
        for (const line of lines) {
          expect(BigInt(line.amount)).toBeGreaterThanOrEqual(0n);
          sum += BigInt(line.amount);
        }
        expect(total).toBe(sum.toString());
      }
    }),
    runs,
  );
});

describe('an independent exact fraction', () => {
  /** Numerator and denominator of a line's base times its factors. */
  function fraction({ base, factors }: AssessedLine): readonly [of: bigint, per: bigint] {
    let [of, per] = [BigInt(base), 1n];
    const take = (by: { of: string; per: string }) => [BigInt(by.of), BigInt(by.per)] as const;
    for (const factor of factors) {
      if (factor.kind !== 'block') {
        const [one, under] = take(factor.value);
        [of, per] = [of * one, per * under];
        continue;
      }
      const [[first, firstPer], [each, eachPer], [further, furtherPer]] = [
        take(factor.first),
        take(factor.each),
        take(factor.further),
      ];
      of *= first * eachPer * furtherPer + each * further * firstPer;
      per *= firstPer * eachPer * furtherPer;
    }
    return [of, per];
  }

  test('gives the amount of each line from its base and factors, off by less than half a đồng or by half a đồng up', () => {
    fc.assert(
      fc.property(people, (given) => {
        for (const line of sumsOf(assess(given)).flatMap(({ lines }) => lines)) {
          const [of, per] = fraction(line);
          const twiceOff = 2n * (BigInt(line.amount) * per - of);
          expect(twiceOff > -per && twiceOff <= per).toBe(true);
        }
      }),
      runs,
    );
  });

  /** Ten-thousandths, as a schema coefficient or percentage has four places at most. */
  const scaled = (text: string) => {
    const [whole = '0', places = ''] = text.split('.');
    return BigInt(whole) * 10_000n + BigInt(places.padEnd(4, '0'));
  };

  test('gives the monthly salary from the coefficients and counted percentages', () => {
    const paidByCoefficient = fc
      .tuple(reorganised(career), coefficientPay)
      .map(([given, pay]) => facts.parse({ ...given, pay }));
    fc.assert(
      fc.property(paidByCoefficient, (given) => {
        const answer = assess(given, { X13: 'no', X21: 'yes' });
        const { pay } = given;
        if (answer.outcome !== 'entitled' || pay?.kind !== 'coefficient') return;
        const one = 10_000n;
        const hundred = 100n * one;
        let percents = 0n;
        for (const { percent = '0' } of pay.allowances ?? []) percents += scaled(percent);
        const core =
          scaled(pay.grade ?? '0') * (hundred + scaled(pay.beyondFramePercent)) + scaled(pay.position) * hundred;
        const of = 2_340_000n * (core * (hundred + percents) + scaled(pay.reservedDifference) * hundred * hundred);
        const twiceOff = 2n * (BigInt(answer.figures.monthlySalary ?? '0') * one * hundred * hundred - of);
        expect(twiceOff > -(one * hundred * hundred) && twiceOff <= one * hundred * hundred).toBe(true);
      }),
      runs,
    );
  });
});

test('every line stands on the monthly salary of the figures, unless the salary itself is the question', () => {
  fc.assert(
    fc.property(people, (given) => {
      const answer = assess(given);
      if (answer.outcome !== 'entitled') return;
      for (const { base } of answer.lines) expect(base).toBe(answer.figures.monthlySalary);
    }),
    runs,
  );
});

test('the same facts give the same bytes', () => {
  fc.assert(
    fc.property(fc.oneof(people, anything.filter(leavesSince2025)), (given) => {
      expect(JSON.stringify(assess(structuredClone(given)))).toBe(JSON.stringify(assess(given)));
    }),
    { numRuns: 150 },
  );
});

test('allowances that never count never change the answer', () => {
  fc.assert(
    fc.property(people, fc.array(uncountedAllowance, { minLength: 1, maxLength: 4 }), (given, more) => {
      const { pay } = given;
      if (pay === undefined || pay.kind === 'part-time') return;
      const withMore = facts.parse({ ...given, pay: { ...pay, allowances: [...more, ...(pay.allowances ?? [])] } });
      expect(assess(withMore)).toEqual(assess(given));
    }),
    { numRuns: 200 },
  );
});

test('the order of the periods never matters', () => {
  const shuffled = people.chain((given) => {
    const service = given.service ?? [];
    return fc
      .shuffledSubarray([...service], { minLength: service.length, maxLength: service.length })
      .map((other) => [given, { ...given, service: other }] as const);
  });
  fc.assert(
    fc.property(shuffled, ([given, other]) => {
      expect(moneyOf(assess(other))).toEqual(moneyOf(assess(given)));
    }),
    { numRuns: 1000 },
  );
});

test('an alternative of a review, with its readings set, is exactly the answer', () => {
  fc.assert(
    fc.property(people, (given) => {
      const answer = assess(given);
      if (answer.outcome !== 'review') return;
      for (const alternative of answer.alternatives ?? []) {
        const decided = assess(given, alternative.readings satisfies SetReadings);
        expect(decided.outcome).toBe(alternative.outcome);
        if (decided.outcome !== 'entitled') continue;
        expect({ regime: decided.regime, total: decided.total, lines: decided.lines }).toEqual({
          regime: alternative.regime,
          total: alternative.total,
          lines: alternative.lines,
        });
      }
    }),
    runs,
  );
});

test('a reading that is set is never open', () => {
  const settable = readingNumbers.filter((number) => readingOf(number).values.length > 0);
  const settings = fc
    .uniqueArray(fc.constantFrom(...settable))
    .chain((numbers) =>
      fc.record(Object.fromEntries(numbers.map((number) => [number, fc.constantFrom(...readingOf(number).values)]))),
    );
  fc.assert(
    fc.property(people, settings, (given, set: SetReadings) => {
      const { open } = assess(given, set);
      expect(open.filter((number) => number in set && number !== 'O10')).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('more insured State service before it all never pays less, when it is only longer', () => {
  // Twelve more months at the start of one unbroken State career, leaving far from the age.
  const lone = fc.tuple(fc.integer({ min: 1, max: 160 }), day('2025-01-02', '2025-08-30'));
  fc.assert(
    fc.property(lone, ([months, on]) => {
      const serving = (length: number) => {
        const end = monthIndex(on) - 1;
        const answer = assess(
          facts.parse({
            person: { sex: 'male', birth: '1985-05' },
            subject: 'civil-servant',
            leaving: { cause: 'reorganised', on, decidedOn: on, reorganisedOn: '2025-01-01' },
            pay: { kind: 'contract', amount: '10000000' },
            service: [{ from: monthAt(end - length + 1), to: monthAt(end), employer: 'state' }],
          }),
        );
        return answer.outcome === 'entitled' ? BigInt(answer.total) : -1n;
      };
      expect(serving(months)).toBeGreaterThan(0n);
      expect(serving(months + 12)).toBeGreaterThan(serving(months));
    }),
    { numRuns: 100 },
  );
});

describe('an answer is always found', () => {
  test('for every whole file of a reorganised body', () => {
    fc.assert(
      fc.property(people, (given) => {
        expect(['entitled', 'not-entitled', 'review']).toContain(assess(given).outcome);
      }),
      { numRuns: 1000 },
    );
  });

  test('for a file that raises eight questions at once: a person decides, and the list goes on', () => {
    const answer = assess(raisesEightQuestions);
    expect(answer.outcome).toBe('review');
  });

  test('for any facts the contract accepts, for people who leave from 2025 on', () => {
    fc.assert(fc.property(anything.filter(leavesSince2025), answers), { numRuns: 1000 });
  });

  test('for any facts the contract accepts, whatever the day', () => {
    fc.assert(fc.property(anything, answers), { numRuns: 1000 });
  });

  function answers(given: Facts): void {
    expect(() => assess(given)).not.toThrow();
  }
});
