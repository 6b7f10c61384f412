/** The open questions, stated a second time: what is done while each is unset, and its values, the default first. */
import { describe, expect, test } from 'vitest';
import {
  isReadingNumber,
  readingNumbers,
  readingOf,
  type ReadingNumber,
  valueName,
  type WhenUnset,
} from '../../../shared/law/readings.ts';

const expected: readonly (readonly [ReadingNumber, WhenUnset, readonly string[]])[] = [
  ['X1', 'review', ['none', 'as-article-7']],
  ['X2', 'review', ['as-article-7-from-2025-03-15', 'none']],
  ['X3', 'review', ['flat-5', '15-year-line']],
  ['X4', 'review', ['annex-2', 'annex-1', 'higher']],
  ['X5', 'default', ['own-date', '2025-01-01']],
  ['X6', 'review', ['excluded', 'included']],
  ['X7', 'default', ['month-of-leaving', 'next-month']],
  ['X8', 'when-it-changes', ['excluded', 'included']],
  ['X9', 'review', ['flat', 'pro-rata']],
  ['X10', 'always', []],
  ['X12', 'default', ['signed-text', 'draft-text']],
  ['X13', 'default', ['no', 'yes']],
  ['X14', 'review', ['separately', 'together']],
  ['X15', 'always', []],
  ['X16', 'when-it-changes', ['no', 'yes']],
  ['X17', 'review', ['yes', 'no']],
  ['X18', 'review', ['article-7b', 'article-7']],
  ['X19', 'when-it-changes', ['included', 'excluded']],
  ['X20', 'when-it-changes', ['included', 'excluded']],
  ['X21', 'when-it-changes', ['yes', 'no']],
  ['X22', 'when-it-changes', ['yes', 'no']],
  ['X23', 'when-it-changes', ['rounded', 'raw']],
  ['X24', 'always', []],
  ['O1', 'default', ['res-21-2023', 'fund-per-head']],
  ['O2', 'default', ['half-years', 'months-over-12']],
  ['O3', 'default', ['none']],
  ['O4', 'always', []],
  ['O5', 'default', ['60']],
  ['O6', 'when-it-changes', ['excluded', 'included']],
  ['O8', 'default', ['blocked']],
  ['O10', 'default', ['half-up']],
  ['O11', 'when-it-changes', ['as-178', 'as-154']],
  ['O13', 'when-it-changes', ['as-154', 'as-178']],
  ['O14', 'review', ['154', '29']],
  ['O15', 'always', []],
  ['O16', 'when-it-changes', ['no', 'yes']],
  ['O17', 'review', ['excluded', 'included']],
  ['O18', 'default', ['from-pension-month', 'from-age-month']],
  ['O19', 'always', []],
  ['O20', 'always', []],
  ['O21', 'when-it-changes', ['annex-1', 'annex-2']],
  ['O22', 'when-it-changes', ['annex-1', 'annex-2']],
  ['O23', 'default', ['154']],
];

describe('a reading', () => {
  test('has its number, what is done while it is unset, and its values', () => {
    expect(readingNumbers.map((number) => [number, readingOf(number).whenUnset, readingOf(number).values])).toEqual(
      expected,
    );
  });

  test.each(expected)('%s asks in both languages', (number) => {
    expect(readingOf(number).question).toEqual({
      vi: expect.stringMatching(/\S+ \S+/),
      en: expect.stringMatching(/\S+ \S+/),
    });
  });

  test('without a formula has no values, and every other has one', () => {
    for (const [, whenUnset, values] of expected) expect(values.length === 0).toBe(whenUnset === 'always');
  });

  test.each(['X11', 'O7', 'O9', 'O12', 'X99', 'x1', 'X', '', 'toString', 'constructor', '__proto__'])(
    '%j is no number of one',
    (text) => {
      expect(isReadingNumber(text)).toBe(false);
    },
  );
});

describe('a value in words', () => {
  const values = [...new Set(expected.flatMap(([, , of]) => of))];

  test.each(values)('%s', (value) => {
    const name = valueName(value);
    expect(name).toEqual({ vi: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) });
    expect(name.vi).not.toBe(value);
  });

  test('says different things of different values', () => {
    expect(new Set(values.map((value) => valueName(value).vi)).size).toBe(values.length);
    expect(new Set(values.map((value) => valueName(value).en)).size).toBe(values.length);
  });

  test('is itself where it has no name', () => {
    expect(valueName('no-such-value')).toEqual({ vi: 'no-such-value', en: 'no-such-value' });
  });
});
