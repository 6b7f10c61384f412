/**
 * Golden cases: published, or computed by hand from the text of the law. They are never regenerated: when one fails the
 * program is wrong until the text says otherwise, and a case changes only with a new source in its `by`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { facts } from '../../shared/case/facts.ts';
import { assess } from '../../shared/entitlement/assess.ts';
import { isReadingNumber, type SetReadings } from '../../shared/law/readings.ts';

const amount = z.string().regex(/^\d+$/);

/** `article` is `7(2)(a)`, whoever amended it; `by` is the whole Vietnamese citation. */
const line = z.strictObject({
  line: z.string(),
  amount,
  article: z.string().optional(),
  by: z.string().optional(),
  working: z.string().optional(),
});

const alternative = z.looseObject({ readings: z.record(z.string(), z.string()), total: amount.optional() });

const golden = z.strictObject({
  name: z.string(),
  /** Where the expected answer comes from. */
  by: z.string(),
  /** What the source prints, where that differs from what is right. */
  printed: z.unknown().optional(),
  facts,
  readings: z.record(z.string(), z.string()).default({}),
  expected: z.strictObject({
    outcome: z.enum(['entitled', 'review', 'not-entitled', 'incomplete']),
    regime: z.string().optional(),
    lines: z.array(line).optional(),
    total: amount.optional(),
    figures: z.record(z.string(), z.unknown()).optional(),
    alternatives: z.array(alternative).optional(),
    open: z.array(z.string()),
    marks: z.array(z.string()).optional(),
    yieldsTo: z.array(z.strictObject({ regime: z.string(), total: amount })).optional(),
    grounds: z.array(z.string()).optional(),
    reasons: z.array(z.string()).optional(),
    missing: z.array(z.string()).optional(),
  }),
});

const folder = new URL('./', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const cases = files.flatMap((file) => {
  const documents = z.array(golden).parse(parse(readFileSync(new URL(file, folder), 'utf8'), { merge: true }));
  return documents.map((one) => ({ ...one, file }));
});

/** `article 7(2)(a)`, whoever amended it. */
function articleOf(byEn: string): string {
  return /^Decree 178\/2024\/NĐ-CP, article (\S+)( \(as amended by Decree 67\/2025\/NĐ-CP\))?$/.exec(byEn)?.[1] ?? byEn;
}

function setReadings(given: Readonly<Record<string, string>>): SetReadings {
  const set: SetReadings = {};
  for (const [number, value] of Object.entries(given)) {
    if (!isReadingNumber(number)) throw new RangeError(`there is no reading ${number}`);
    set[number] = value;
  }
  return set;
}

test.each(cases)('$file: $name ($by)', ({ facts: of, readings, expected }) => {
  const answer = assess(of, setReadings(readings));
  expect(answer.outcome).toBe(expected.outcome);
  expect(answer.open.toSorted()).toEqual(expected.open.toSorted());
  if (expected.marks !== undefined) expect(answer.marks.toSorted()).toEqual(expected.marks.toSorted());
  if (expected.figures !== undefined) expect(answer).toMatchObject({ figures: expected.figures });
  if (expected.regime !== undefined) expect(answer).toMatchObject({ regime: expected.regime });
  if (expected.yieldsTo !== undefined) expect(answer).toMatchObject({ yieldsTo: expected.yieldsTo });
  if (expected.total !== undefined) expect(answer).toMatchObject({ total: expected.total });
  if (expected.lines !== undefined) {
    const lines = answer.outcome === 'entitled' ? answer.lines : [];
    const shown = lines.map(({ byEn, ...rest }) => ({ ...rest, article: articleOf(byEn) }));
    expect(shown.map(({ line: name, amount: sum }) => [name, sum])).toEqual(
      expected.lines.map((one) => [one.line, one.amount]),
    );
    expect(shown).toMatchObject(expected.lines);
  }
  if (expected.alternatives !== undefined) {
    const alternatives = answer.outcome === 'review' ? answer.alternatives : undefined;
    expect(alternatives).toHaveLength(expected.alternatives.length);
    expect(alternatives).toMatchObject(expected.alternatives);
  }
});

test('the total of a golden case is the sum of its lines', () => {
  const spelledOut = cases.filter(({ expected }) => expected.lines !== undefined);
  expect(spelledOut.length).toBeGreaterThanOrEqual(22);
  for (const { name, expected } of spelledOut) {
    const sum = expected.lines?.reduce((total, line) => total + BigInt(line.amount), 0n);
    expect(sum?.toString(), name).toBe(expected.total);
  }
});

test('the printed total of Mr C is 10,000 đồng above its own components: a misprint, and not what is paid', () => {
  const printed = 744_788_125n;
  const mrC = cases.find(({ name }) => name === 'Mr C of Official Letter 1814');
  expect(mrC?.expected.total).toBe((printed - 10_000n).toString());
});

test('the further years of 33 years 6 months are 300,952,080, and 33.6 years cannot be typed', () => {
  const soldier = cases.find(({ name }) => name.startsWith('33 years 6 months'));
  const service = soldier?.expected.lines?.find(({ line }) => line === 'service');
  const salary = 32_535_360n;
  expect(BigInt(service?.amount ?? 0) - 4n * salary).toBe(300_952_080n);
  const typed = facts.safeParse({ ...soldier?.facts, serviceYears: '33.6' });
  expect(typed.error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['serviceYears'] }]);
});
