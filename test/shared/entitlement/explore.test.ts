/** Trying out the open readings, with evaluations made for the purpose. */
import { describe, expect, test } from 'vitest';
import { type Choose, explore } from '../../../shared/entitlement/readings.ts';
import type { SetReadings } from '../../../shared/law/readings.ts';

const key = (result: string) => result;
const tried = (evaluate: (choose: Choose) => string, set: SetReadings = {}) => explore(evaluate, set, key);

describe('exploring', () => {
  test('nothing is asked: one answer, nothing open', () => {
    expect(tried(() => 'a')).toEqual({
      alternatives: [{ readings: {}, result: 'a' }],
      undecided: [],
      byDefault: [],
      isCutShort: false,
    });
  });

  test('a question whose values differ is undecided, with each value’s answer', () => {
    expect(tried((choose) => choose('X3'))).toEqual({
      alternatives: [
        { readings: { X3: 'flat-5' }, result: 'flat-5' },
        { readings: { X3: '15-year-line' }, result: '15-year-line' },
      ],
      undecided: ['X3'],
      byDefault: [],
      isCutShort: false,
    });
  });

  test('a question whose values agree does not matter', () => {
    const result = tried((choose) => `${choose('X3').length > 0}`);
    expect([result.undecided, result.alternatives]).toEqual([[], [{ readings: {}, result: 'true' }]]);
  });

  test('a switch that is set is not asked', () => {
    expect(tried((choose) => choose('X3'), { X3: 'flat-5' })).toMatchObject({
      undecided: [],
      alternatives: [{ result: 'flat-5' }],
    });
  });

  test('a default is open only where another value would differ, and always where it is the only one so far', () => {
    expect(tried((choose) => choose('X5')).byDefault).toEqual(['X5']);
    expect(tried((choose) => `${choose('X5').length > 0}`).byDefault).toEqual([]);
    expect(tried((choose) => `${choose('O5')}`).byDefault).toEqual(['O5']);
    expect(tried((choose) => choose('X5'), { X5: 'own-date' }).byDefault).toEqual([]);
    const three = (choose: Choose) => `${choose('X7') === 'next-month' || choose('X5') === '2025-01-01'}`;
    expect(tried(three).byDefault).toEqual(['X7', 'X5']);
  });

  test('a default under one reading alone is named once', () => {
    const result = tried((choose) => (choose('X3') === 'flat-5' ? `flat ${choose('X5')}` : `line ${choose('X5')}`));
    expect([result.undecided, result.byDefault]).toEqual([['X3'], ['X5']]);
  });

  test('two questions that change the answer only together both matter', () => {
    const result = tried((choose) => `${choose('X3') === '15-year-line' && choose('X9') === 'pro-rata'}`);
    expect(result.undecided).toEqual(['X3', 'X9']);
    expect(result.alternatives.map(({ readings, result: said }) => [readings, said])).toEqual([
      [{ X3: 'flat-5' }, 'false'],
      [{ X3: '15-year-line', X9: 'flat' }, 'false'],
      [{ X3: '15-year-line', X9: 'pro-rata' }, 'true'],
    ]);
  });

  test('a question that is asked under one value only, and does not matter there, is left out', () => {
    const result = tried((choose) => (choose('X3') === 'flat-5' ? 'a' : `b${choose('X9').slice(0, 0)}`));
    expect([result.undecided, result.alternatives.length]).toEqual([['X3'], 2]);
  });

  test('a question asked twice has one answer', () => {
    expect(tried((choose) => `${choose('X3') === choose('X3')}`).alternatives).toEqual([
      { readings: {}, result: 'true' },
    ]);
  });

  test('three values are all tried', () => {
    expect(tried((choose) => choose('X4')).alternatives.map(({ result }) => result)).toEqual([
      'annex-2',
      'annex-1',
      'higher',
    ]);
  });

  test('too many combinations are cut short, and say so', () => {
    const nine = ['X1', 'X2', 'X3', 'X6', 'X9', 'X14', 'X17', 'X18', 'X8'] as const;
    const all = (many: number) => (choose: Choose) => nine.slice(0, many).map(choose).join();
    expect([tried(all(8)).isCutShort, tried(all(8)).alternatives.length]).toEqual([false, 256]);
    expect(tried(all(9))).toMatchObject({ isCutShort: false });
    const ten = (choose: Choose) => `${all(9)(choose)},${choose('X16')}`;
    expect(tried(ten)).toMatchObject({ isCutShort: true, byDefault: [] });
  });

  test('what has no value to choose is a fault of ours', () => {
    expect(() => tried((choose) => choose('X10'))).toThrow('reading X10 has no value to choose');
  });
});
