/** A case's assessment, and what an assessment carries for those who check it later. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import type { AssessedLine, Assessment } from '../../../shared/case/assessment.ts';
import { facts } from '../../../shared/case/facts.ts';
import { plus, product, type Ratio, times } from '../../../shared/dong.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { assessCase, saysTheSame } from '../../../shared/entitlement/assess-case.ts';
import { lawHash } from '../../../shared/entitlement/law-hash.ts';
import { isReadingNumber, type SetReadings } from '../../../shared/law/readings.ts';
import { leaver } from '../../leavers.ts';

const severed = leaver({ cause: 'streamlined', early: 100, months: 150 }).build();
const difference = (paid: string, more: object = {}) => ({
  facts: severed,
  difference: { of: 'case-1', number: 2, paid, paidUnder: 'f'.repeat(64), paidReadings: {}, ...more },
});

describe('the rest after a recomputation', () => {
  // 10,000,000 × 3 + 10,000,000 × 1.5 × 12.5
  const whole = 217_500_000n;

  test('is one line: the whole less what was paid, under the text of the whole', () => {
    expect(assess(severed)).toMatchObject({ total: whole.toString() });
    const rest = assessCase(difference('200000000'), {});
    const versions = `${'f'.repeat(8)} → ${lawHash.slice(0, 8)}`;
    expect(rest).toMatchObject({
      outcome: 'entitled',
      regime: '154/8',
      total: '17500000',
      lines: [
        {
          line: 'difference-2',
          amount: '17500000',
          base: '217500000',
          working: '217.500.000 − 200.000.000',
          workingEn: '217.500.000 − 200.000.000',
          by: `Nghị định 154/2025/NĐ-CP, Điều 8 khoản 1 điểm a; Nghị định 154/2025/NĐ-CP, Điều 8 khoản 1 điểm b (tính lại: dữ liệu pháp luật ${versions})`,
          byEn: `Decree 154/2025/NĐ-CP, article 8(1)(a); Decree 154/2025/NĐ-CP, article 8(1)(b) (recomputed: law data ${versions})`,
          factors: [],
        },
      ],
      marks: ['rounding-edge', 'difference'],
    });
  });

  test('names each reading that changed in between, in both languages', () => {
    const was = { paidReadings: { X13: 'no', X7: 'next-month' } };
    const rest = assessCase(difference('1', was), { X13: 'yes', X7: 'next-month', X16: 'no' });
    expect(rest).toMatchObject({
      lines: [
        {
          by: expect.stringMatching(/; X13: không → có; X16: để ngỏ → không\)$/),
          byEn: expect.stringMatching(/; X13: no → yes; X16: open → no\)$/),
        },
      ],
    });
  });

  test.each([
    ['one đồng is left', 217_499_999n, 'entitled'],
    ['nothing is left', 217_500_000n, 'not-entitled'],
    ['too much was paid', 217_500_001n, 'not-entitled'],
  ])('%s', (_, paid, outcome) => {
    const rest = assessCase(difference(paid.toString()), {});
    expect(rest.outcome).toBe(outcome);
    if (rest.outcome === 'not-entitled') {
      expect(rest.grounds).toMatchObject([{ ground: 'paid-in-full', by: expect.stringContaining('Điều 8') }]);
    }
  });

  test('without an earlier payment, or without a sum, the assessment stands as it is', () => {
    expect(assessCase({ facts: severed }, {})).toEqual(assess(severed));
    const refused = { ...difference('1'), facts: { ...severed, underInvestigation: true } };
    expect(assessCase(refused, {})).toEqual(assess(refused.facts));
  });
});

test('two assessments say the same whatever the edition of the law’s data, and not when anything else differs', () => {
  const one = assess(severed);
  expect(saysTheSame(one, { ...one, law: 'another' })).toBe(true);
  expect(saysTheSame(one, { ...one, marks: [] })).toBe(one.marks.length === 0);
  expect(saysTheSame(one, assess({ ...severed, underInvestigation: true }))).toBe(false);
});

describe('what an assessment carries', () => {
  const folder = new URL('../../golden/', import.meta.url);
  const golden = z.object({ facts, readings: z.record(z.string(), z.string()).default({}) });
  const cases = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => z.array(golden).parse(parse(readFileSync(new URL(name, folder), 'utf8'), { merge: true })));
  const answers = cases.map(({ facts: of, readings }): Assessment => {
    const set: SetReadings = {};
    for (const [number, value] of Object.entries(readings)) if (isReadingNumber(number)) set[number] = value;
    return assess(of, set);
  });

  const ratio = ({ of, per }: { of: string; per: string }): Ratio => ({ of: BigInt(of), per: BigInt(per) });
  const again = ({ base, factors }: AssessedLine) =>
    times(
      BigInt(base),
      ...factors.map((factor) =>
        factor.kind === 'block'
          ? plus(ratio(factor.first), product(ratio(factor.each), ratio(factor.further)))
          : ratio(factor.value),
      ),
    ).toString();

  test('every line can be computed again from its base and factors as they are stored', () => {
    const lines = answers.flatMap((answer) => (answer.outcome === 'entitled' ? answer.lines : []));
    expect(lines.length).toBeGreaterThan(200);
    for (const line of lines) expect(again(line), line.working).toBe(line.amount);
  });

  test('a factor says what it is: a rate, months, years, or a block of years or months', () => {
    const kinds = new Set(
      answers.flatMap((answer) =>
        answer.outcome === 'entitled'
          ? answer.lines.flatMap(({ factors }) =>
              factors.map((factor) => (factor.kind === 'block' ? `block ${factor.unit ?? 'years'}` : factor.kind)),
            )
          : [],
      ),
    );
    expect([...kinds].toSorted()).toEqual(['block months', 'block years', 'months', 'rate', 'years']);
  });

  test('the lines and figures of the other readings too, and the regime where they agree', () => {
    const reviews = answers.flatMap((answer) => (answer.outcome === 'review' ? [answer] : []));
    expect(reviews.length).toBeGreaterThan(20);
    for (const { alternatives = [], regime } of reviews) {
      for (const { outcome, lines = [], total } of alternatives) {
        expect(outcome === 'entitled').toBe(total !== undefined);
        for (const line of lines) expect(again(line)).toBe(line.amount);
      }
      const regimes = new Set(alternatives.map((one) => one.regime));
      if (regimes.size > 1) expect(regime).toBeUndefined();
    }
    expect(reviews.some(({ alternatives = [] }) => new Set(alternatives.map((one) => one.regime)).size > 1)).toBe(true);
  });
});
