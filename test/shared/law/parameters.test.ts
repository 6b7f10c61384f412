/** One number of the law named and changed for a what-if: what is understood, what is refused, and in which words. */
import { describe, expect, test } from 'vitest';
import { cite, type Dated, inForceOn, type LegalText, underChangedLaw } from '../../../shared/law/dated.ts';
import { baseSalary } from '../../../shared/law/decree-73-2024/article-03.ts';
import { isTable, parameterChange } from '../../../shared/law/parameters.ts';

const text: LegalText = { vi: 'Nghị định 1/2024/NĐ-CP', en: 'Decree 1/2024/NĐ-CP', inForce: '2024-03-01' };
const by = cite(text, '2(1)(a)');

function table(value: unknown): readonly Dated<unknown>[] {
  return [{ from: '2024-03-01', value, by, sure: 'H' }];
}

function textWith(rows: readonly Dated<unknown>[]) {
  return { 'a-text/article-02': { rows } };
}

/** The value that a request puts in place of the one that is given. */
function replaced(value: unknown, request: string): unknown {
  const answer = parameterChange(`a-text/article-02.rows${request}`, textWith(table(value)));
  return 'rows' in answer ? answer.rows[0]?.value : answer;
}

/** The two sentences when the value does not fit. */
function misfit(value: string, field = ''): unknown {
  return {
    vi: `Giá trị "${value}" không thay được cho a-text/article-02.rows${field}.`,
    en: `"${value}" cannot take the place of a-text/article-02.rows${field}.`,
  };
}

describe('a number of the real law', () => {
  test('is replaced in its row, and the other rows stay', () => {
    const answer = parameterChange('decree-73-2024/article-03.baseSalary@2024-07-01=2500000');
    if (!('rows' in answer)) throw new Error(answer.en);
    expect(answer.table).toBe(baseSalary);
    expect(answer.rows).toEqual([baseSalary[0], baseSalary[1], { ...baseSalary[2], value: 2_500_000n }, baseSalary[3]]);
    expect(baseSalary[2]?.value).toBe(2_340_000n);
  });

  test('holds under the changed law, and no longer', () => {
    const answer = parameterChange('decree-73-2024/article-03.baseSalary@2024-07-01=2500000');
    if (!('rows' in answer)) throw new Error(answer.en);
    const changed = new Map([[answer.table, answer.rows]]);
    expect(underChangedLaw(changed, () => inForceOn(baseSalary, '2025-06-30').value)).toBe(2_500_000n);
    expect(inForceOn(baseSalary, '2025-06-30').value).toBe(2_340_000n);
  });

  test('may stand in a field', () => {
    expect(parameterChange('letter-6383-2025/limits.limits.leaveNotAfter=2025-10-01')).toMatchObject({
      rows: [
        {
          from: '2025-01-01',
          value: {
            decidedBefore: '2025-08-31',
            leaveNotAfter: '2025-10-01',
            earlyDecisionBefore: '2025-08-01',
            earlyDecisionLeaveNotAfter: '2025-12-31',
          },
          open: 'X6',
        },
      ],
    });
  });

  test('is found with blanks around the request', () => {
    expect(parameterChange('  decree-154-2025/article-09.perYear=2\n')).toMatchObject({
      rows: [{ value: { of: 2n, per: 1n } }],
    });
  });
});

describe('a value of each kind', () => {
  test.each<[string, unknown, string, unknown]>([
    ['đồng', 2_340_000n, '0', 0n],
    ['đồng, 15 digits', 2_340_000n, '123456789012345', 123_456_789_012_345n],
    ['a count', 60, '48', 48],
    ['a count of 6 digits', 60, '123456', 123_456],
    ['a day', '2025-03-15', '2025-04-01', '2025-04-01'],
    ['a ratio as a whole number', { of: 3n, per: 2n }, '2', { of: 2n, per: 1n }],
    ['a ratio as a decimal', { of: 3n, per: 2n }, '1.25', { of: 125n, per: 100n }],
    ['a long decimal', { of: 3n, per: 2n }, '123456789.123456', { of: 123_456_789_123_456n, per: 1_000_000n }],
    ['a ratio as a fraction', { of: 3n, per: 2n }, '4/5', { of: 4n, per: 5n }],
    ['a long fraction', { of: 3n, per: 2n }, '123456789/987654321', { of: 123_456_789n, per: 987_654_321n }],
  ])('%s', (_, old, value, expected) => {
    expect(replaced(old, `=${value}`)).toEqual(expected);
  });

  test.each<[string, unknown, readonly string[]]>([
    ['đồng', 2_340_000n, ['1234567890123456', '1.5', '-1', 'x1', '1x', ' 1', '4/5', '2025-04-01']],
    ['a count', 60, ['1234567', '1.5', '-1', 'x1', '1x', '4/5']],
    ['a day', '2025-03-15', ['2025-4-01', '2025-04-1', '25-04-01', 'x2025-04-01', '2025-04-01x', '5', '2025-xx-01']],
    ['a day, letters for its digits', '2025-03-15', ['abcd-04-01', '2025-04-xx']],
    [
      'a decimal',
      { of: 3n, per: 2n },
      ['1234567890', '1.1234567', '1.', '.5', '1,5', 'x1', '1x', '1.5x', 'x1.5', '-1'],
    ],
    ['a decimal, letters for its digits', { of: 3n, per: 2n }, ['a', '1.a', 'abc.5']],
    [
      'a fraction',
      { of: 3n, per: 2n },
      ['1/0', '1/05', '1234567890/2', '1/1234567890', '/2', '1/', 'x1/2', '1/2x', '1/2/3'],
    ],
    ['a fraction, letters for its digits', { of: 3n, per: 2n }, ['a/2', '1/a', '1/2a', '1/ab']],
  ])('%s is refused where it does not fit', (_, old, values) => {
    expect(values.map((value) => replaced(old, `=${value}`))).toEqual(values.map((value) => misfit(value)));
  });

  test.each<[string, unknown]>([
    ['a switch', true],
    ['nothing', null],
    ['no value', undefined],
    ['a list', ['cadre']],
    ['a list of numbers', [1, 2]],
    ['a record', { fewest: 24, most: 60 }],
    ['a record whose one half is that of a ratio', { of: 3n }],
    ['a record whose other half is that of a ratio', { per: 3n }],
    ['a ratio of a number', { of: 3, per: 2n }],
    ['a ratio per number', { of: 3n, per: 2 }],
  ])('%s cannot be replaced', (_, old) => {
    expect(replaced(old, '=2')).toEqual(misfit('2'));
  });
});

describe('a field', () => {
  const nested = { first: { of: 15n, per: 1n }, months: 15, inner: { from: '2025-01-01', deep: { most: 24n } } };

  test('is replaced, and the others stay', () => {
    expect(replaced(nested, '.months=12')).toEqual({ ...nested, months: 12 });
    expect(replaced(nested, '.first=7/2')).toEqual({ ...nested, first: { of: 7n, per: 2n } });
    expect(replaced(nested, '.inner.from=2025-02-01')).toEqual({
      ...nested,
      inner: { ...nested.inner, from: '2025-02-01' },
    });
    expect(replaced(nested, '.inner.deep.most=36')).toEqual({
      ...nested,
      inner: { ...nested.inner, deep: { most: 36n } },
    });
  });

  test('is replaced in the row of a day', () => {
    expect(replaced(nested, '.months@2024-03-01=12')).toEqual({ ...nested, months: 12 });
  });

  test('whose value does not fit is refused', () => {
    expect(replaced(nested, '.months=1.5')).toEqual(misfit('1.5', '.months'));
    expect(replaced(nested, '.inner.deep.most=x')).toEqual(misfit('x', '.inner.deep.most'));
    expect(replaced(nested, '.inner=5')).toEqual(misfit('5', '.inner'));
  });

  test('that is not there is refused', () => {
    expect(replaced(nested, '.most=5')).toEqual(misfit('5', '.most'));
    expect(replaced(nested, '.inner.most=5')).toEqual(misfit('5', '.inner.most'));
    expect(replaced(nested, '.toString=5')).toEqual(misfit('5', '.toString'));
  });

  test('of what has none is refused', () => {
    expect(replaced(60, '.months=5')).toEqual(misfit('5', '.months'));
    expect(replaced(null, '.months=5')).toEqual(misfit('5', '.months'));
    expect(replaced('2025-01-01', '.length=5')).toEqual(misfit('5', '.length'));
    expect(replaced([24, 60], '.0=5')).toEqual(misfit('5', '.0'));
    expect(replaced([24, 60], '.length=5')).toEqual(misfit('5', '.length'));
  });
});

describe('the row', () => {
  const days = {
    vi: 'Bảng decree-73-2024/article-03.baseSalary có các dòng từ 2019-07-01, 2023-07-01, 2024-07-01, 2026-07-01; hãy ghi @ngày của một dòng.',
    en: 'decree-73-2024/article-03.baseSalary has rows from 2019-07-01, 2023-07-01, 2024-07-01, 2026-07-01; name one with @day.',
  };

  test('must be named where there are several', () => {
    expect(parameterChange('decree-73-2024/article-03.baseSalary=1')).toEqual(days);
  });

  test.each(['2024-06-30', '2024-07-02', '2025-01-01'])('is not the one of %s', (day) => {
    expect(parameterChange(`decree-73-2024/article-03.baseSalary@${day}=1`)).toEqual(days);
  });

  test('may be left out where there is one, and must be it where it is named', () => {
    expect(replaced(60, '=48')).toBe(48);
    expect(replaced(60, '@2024-03-01=48')).toBe(48);
    expect(replaced(60, '@2024-03-02=48')).toEqual({
      vi: 'Bảng a-text/article-02.rows có các dòng từ 2024-03-01; hãy ghi @ngày của một dòng.',
      en: 'a-text/article-02.rows has rows from 2024-03-01; name one with @day.',
    });
  });

  test('of a day that two rows share is not named by it', () => {
    const twice = textWith([...table(60), ...table(48)]);
    expect(parameterChange('a-text/article-02.rows@2024-03-01=1', twice)).toEqual({
      vi: 'Bảng a-text/article-02.rows có các dòng từ 2024-03-01, 2024-03-01; hãy ghi @ngày của một dòng.',
      en: 'a-text/article-02.rows has rows from 2024-03-01, 2024-03-01; name one with @day.',
    });
  });
});

describe('the table', () => {
  test.each([
    ['of a file that there is not', 'no-such/file.perYear=2', 'no-such/file.perYear'],
    ['that the file has not', 'decree-154-2025/article-09.noSuch=2', 'decree-154-2025/article-09.noSuch'],
    ['that is a text', 'decree-154-2025/decree.decree154=2', 'decree-154-2025/decree.decree154'],
    ['that is a function', 'decree-135-2020/decree.age=2', 'decree-135-2020/decree.age'],
    ['that stands under keys', 'decree-178-2024/article-07.perYear.near=6', 'decree-178-2024/article-07.perYear'],
  ])('%s is not found', (_, request, name) => {
    expect(parameterChange(request)).toEqual({ vi: `Không có bảng ${name}.`, en: `There is no table ${name}.` });
  });
});

describe('a request in another form', () => {
  test.each([
    '',
    'perYear=2',
    'article-09.perYear=2',
    '/article-09.perYear=2',
    'decree-154-2025/.perYear=2',
    'decree-154-2025/article-09=2',
    'decree-154-2025/article-09.=2',
    'decree-154-2025/article-09.perYear',
    'decree-154-2025/article-09.perYear=',
    'decree-154-2025/article-09.perYear.=2',
    'decree-154-2025/article-09.perYear@=2',
    'decree-154-2025/article-09.perYear@2025-6-16=2',
    'decree-154-2025/article-09.perYear@2025-06-6=2',
    'decree-154-2025/article-09.perYear@25-06-16=2',
    'decree-154-2025/article-09.perYear@2025-06-16.near=2',
    'the law decree-154-2025/article-09.perYear=2',
    'decree-154-2025/article-09.per-year=2',
    'decree 154/article-09.perYear=2',
    'decree-154-2025/article-09.perYear=2\nand more',
  ])('%j is told what the form is', (request) => {
    expect(parameterChange(request)).toEqual({
      vi: `"${request}" không đúng dạng tệp.bảng[.trường][@ngày]=giá trị, ví dụ decree-154-2025/article-09.perYear=2.`,
      en: `"${request}" is not file.table[.field][@day]=value, such as decree-154-2025/article-09.perYear=2.`,
    });
  });

  test('is repeated as it was typed, blanks and all', () => {
    expect(parameterChange(' perYear ')).toMatchObject({
      en: '" perYear " is not file.table[.field][@day]=value, such as decree-154-2025/article-09.perYear=2.',
    });
  });
});

describe('what is a table', () => {
  const row = { from: '2024-03-01', by };

  test('rows that have a day and a citation', () => {
    expect(isTable(baseSalary)).toBe(true);
    expect(isTable([row])).toBe(true);
    expect(isTable([row, row])).toBe(true);
  });

  test.each<[string, unknown]>([
    ['no row', []],
    ['a row alone', row],
    ['something as long as a row', { length: 1, 0: row }],
    ['a text', text],
    ['nothing', null],
    ['no value', undefined],
    ['words', 'rows'],
    ['numbers', [1]],
    ['lists of words', [['from', 'by']]],
    ['a list that has a day and a citation', [Object.assign([], row)]],
    ['nothing as a row', [null]],
    ['no value as a row', [undefined]],
    ['a function as a row', [Object.assign(() => row, row)]],
    ['a row without a citation', [{ from: '2024-03-01' }]],
    ['a row without a day', [{ by }]],
    ['one row among other things', [row, 5]],
  ])('not %s', (_, value) => {
    expect(isTable(value)).toBe(false);
  });
});
