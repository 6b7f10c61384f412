/** Values of the law in words, also those that only look like a ratio or a sentence. */
import { describe, expect, test } from 'vitest';
import { valueText } from '../../../shared/law/value-text.ts';

describe('a value in words', () => {
  test.each<[string, unknown, string, string]>([
    ['no đồng', 0n, '0 đồng', '0 đồng'],
    ['a count', 0, '0', '0'],
    ['a number with a fraction', 2.5, '2,5', '2,5'],
    ['no', false, 'không', 'no'],
    ['yes', true, 'có', 'yes'],
    ['a day', '2025-02-28', '28/02/2025', '28/02/2025'],
    ['no real day', '2025-02-29', '2025-02-29', '2025-02-29'],
    ['a month', '1969-05', '05/1969', '05/1969'],
    ['no real month', '1969-13', '1969-13', '1969-13'],
    ['a word', 'armed-forces', 'phụ cấp đặc thù lực lượng vũ trang', 'armed-forces allowance'],
    ['nothing', null, '–', '–'],
    ['no value', undefined, '–', '–'],
    ['an empty list', [], '', ''],
    ['a list of one', [24n], '24 đồng', '24 đồng'],
    ['a list in a list', [[1, 2], 3], '1; 2; 3', '1; 2; 3'],
    ['a whole ratio', { of: 5n, per: 1n }, '5', '5'],
    ['a ratio', { of: 9n, per: 20n }, '0,45', '0,45'],
    ['a ratio without a decimal', { of: 1n, per: 3n }, '1/3', '1/3'],
    ['a sentence', { vi: 'chữ', en: 'words' }, 'chữ', 'words'],
    ['a sentence with more', { vi: 'chữ', en: 'words', inForce: '2025-01-01' }, 'chữ', 'words'],
    [
      'a record',
      { fewestMonths: 180, before: '2025-07-01' },
      'số tháng ít nhất: 180; trước ngày: 01/07/2025',
      'months at the least: 180; before: 01/07/2025',
    ],
    [
      'a record in a record',
      { first: { most: 2 }, months: 3 },
      'mức đầu: (nhiều nhất: 2); số tháng hưởng của mức đầu: 3',
      'first sum: (at the most: 2); months for the first years: 3',
    ],
    ['a list in a record', { title: ['cadre', 'a'] }, 'chức danh: cán bộ; a', 'title: cadre; a'],
    ['records in a list', [{ year: 1 }, { year: 2 }], '(năm: 1); (năm: 2)', '(year: 1); (year: 2)'],
    ['a ratio in a record', { multiple: { of: 13n, per: 10n } }, 'số lần: 1,3', 'times: 1,3'],
    ['no value in a record', { from: undefined, to: null }, 'từ ngày: –; đến ngày: –', 'from: –; to: –'],
  ])('%s', (_, value, vi, en) => {
    expect(valueText(value)).toEqual({ vi, en });
  });
});

describe('an age of the roadmap', () => {
  test.each([
    [719, '59 tuổi 11 tháng', '59 years 11 months'],
    [720, '60 tuổi', '60 years'],
    [721, '60 tuổi 1 tháng', '60 years 1 months'],
  ])('%i months', (months, vi, en) => {
    expect(valueText({ male: months })).toEqual({ vi: `nam: ${vi}`, en: `men: ${en}` });
    expect(valueText({ female: months })).toEqual({ vi: `nữ: ${vi}`, en: `women: ${en}` });
  });

  test('is one only of men and women, and only as a number', () => {
    expect(valueText({ months: 720 }).en).toBe('months for the first years: 720');
    expect(valueText({ male: '2025-01-01', female: 60n }).en).toBe('men: 01/01/2025; women: 60 đồng');
  });
});

describe('what only looks like a ratio is a record', () => {
  test.each<[unknown, string]>([
    [{ of: 3n }, 'of: 3 đồng'],
    [{ per: 3n }, 'per: 3 đồng'],
    [{ of: 3 }, 'of: 3'],
    [{ of: 3, per: 2 }, 'of: 3; per: 2'],
    [{ of: 3n, per: 2 }, 'of: 3 đồng; per: 2'],
    [{ of: 3, per: 2n }, 'of: 3; per: 2 đồng'],
  ])('%o', (value, words) => {
    expect(valueText(value)).toEqual({ vi: words, en: words });
  });
});

describe('what only looks like a sentence is a record', () => {
  test.each<[unknown, string]>([
    [{ vi: 'a' }, 'vi: a'],
    [{ en: 'a' }, 'en: a'],
    [{ vi: 1 }, 'vi: 1'],
    [{ vi: 1, en: 2 }, 'vi: 1; en: 2'],
    [{ vi: 'a', en: 2 }, 'vi: a; en: 2'],
    [{ vi: 1, en: 'a' }, 'vi: 1; en: a'],
  ])('%o', (value, words) => {
    expect(valueText(value)).toEqual({ vi: words, en: words });
  });
});
