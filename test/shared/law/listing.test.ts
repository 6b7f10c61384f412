/** The law laid open: what holds on a day, in words; and each kind of fault found in a table that was broken for it. */
import { describe, expect, test } from 'vitest';
import { campaignDays } from '../../../shared/law/campaign/campaign.ts';
import { cite, type Dated, inForceOn, type LegalText } from '../../../shared/law/dated.ts';
import { lawFaults, lawInForceOn, listedReadings, upcomingRows } from '../../../shared/law/listing.ts';
import { readingNumbers } from '../../../shared/law/readings.ts';
import { lawFiles } from '../../../shared/law/texts.ts';
import { valueText } from '../../../shared/law/value-text.ts';

const campaign = { from: '2025-01-01', to: '2025-12-31' };
const text: LegalText = { vi: 'Nghị định 1/2024/NĐ-CP', en: 'Decree 1/2024/NĐ-CP', inForce: '2024-03-01' };
const sound: Dated<number> = { from: '2024-03-01', value: 5, by: cite(text, '2(1)(a)'), sure: 'C-2', open: 'X3' };

/** The faults of one table of the text, as `kind from`. */
function faultsOf(rows: unknown, of: LegalText = text): readonly string[] {
  return lawFaults(campaign, { 'a-text/article-02': { of, rows } }).map(({ kind, from }) => `${kind} ${from}`);
}

describe('the real law', () => {
  test('has no fault', () => {
    expect(lawFaults(campaign)).toEqual([]);
    expect(inForceOn(campaignDays, '2025-06-30').value).toEqual(campaign);
  });

  test.each([
    ['2024-06-30', '1.800.000 đồng', '2023-07-01', 'Nghị định 24/2023/NĐ-CP, Điều 3 khoản 2'],
    ['2024-07-01', '2.340.000 đồng', '2024-07-01', 'Nghị định 73/2024/NĐ-CP, Điều 3 khoản 2'],
    ['2024-07-02', '2.340.000 đồng', '2024-07-01', 'Nghị định 73/2024/NĐ-CP, Điều 3 khoản 2'],
  ])('the base salary on %s', (on, value, from, by) => {
    const row = lawInForceOn(on).find(({ table }) => table === 'baseSalary');
    expect(row).toMatchObject({
      file: 'decree-73-2024/article-03',
      value: { vi: value, en: value },
      from,
      by: { vi: by },
    });
  });

  test('a table that begins later is left out, and stands there from its first day', () => {
    const tablesOn = (on: string) => lawInForceOn(on).map(({ file }) => file);
    expect(tablesOn('2025-06-15')).not.toContain('decree-154-2025/article-08');
    expect(tablesOn('2025-06-16')).toContain('decree-154-2025/article-08');
    expect(lawInForceOn('1990-01-01')).toEqual([]);
  });

  test('tables under the keys of an export are listed each', () => {
    const bands = lawInForceOn('2025-07-01').filter(({ file }) => file === 'decree-178-2024/article-07');
    expect(bands.map(({ table, value }) => [table, value.vi])).toEqual(
      expect.arrayContaining([
        ['perYear.near', '5'],
        ['perYear.far', '4'],
        ['perYear.near-annex-2', '5'],
      ]),
    );
  });

  test('stands under the text that is cited, not under the file that holds it', () => {
    const of = (on: string) =>
      lawInForceOn(on).find(({ file, table }) => file === 'decree-178-2024/article-07b' && table === 'perYear')?.text;
    expect(of('2025-03-14')?.vi).toBe('Nghị định 177/2024/NĐ-CP');
    expect(of('2025-03-15')?.vi).toBe('Nghị định 178/2024/NĐ-CP');
  });

  test('says how sure it is, and which question it rests on', () => {
    expect(lawInForceOn('2025-07-01').find(({ table }) => table === 'reservedDifferenceFrom')).toMatchObject({
      value: { vi: '15/03/2025' },
      sure: 'C-4',
      sureMeans: { vi: '4 nguồn riêng biệt xác nhận', en: 'confirmed by 4 separate sources' },
      open: { number: 'X21', state: { kind: 'when-it-changes', value: 'yes' } },
    });
  });
});

describe('each fault is found', () => {
  test('a sound table has none', () => {
    expect(faultsOf([sound])).toEqual([]);
    expect(faultsOf([sound, { ...sound, from: '2025-07-01' }])).toEqual([]);
  });

  test.each<[string, unknown, readonly string[]]>([
    ['no row at all', [], ['empty ']],
    ['no day', [{ ...sound, from: '2024-02-30' }], ['day 2024-02-30']],
    ['no citation', [{ ...sound, by: undefined }], ['citation 2024-03-01']],
    ['an empty Vietnamese citation', [{ ...sound, by: { vi: ' ', en: 'x' } }], ['citation 2024-03-01']],
    ['an empty English citation', [{ ...sound, by: { ...sound.by, en: '' } }], ['citation 2024-03-01']],
    ['a citation of no known text', [{ ...sound, by: { vi: 'Nghị định 1', en: 'x' } }], ['text 2024-03-01']],
    ['an earlier row after a later one', [sound, { ...sound, from: '2024-02-01' }], ['order 2024-02-01']],
    ['two rows from the same day', [sound, sound], ['order 2024-03-01']],
    ['no certainty', [{ ...sound, sure: undefined }], ['certainty 2024-03-01']],
    ['a certainty from no source', [{ ...sound, sure: 'C-0' }], ['certainty 2024-03-01']],
    ['an unknown certainty', [{ ...sound, sure: 'toString' }], ['certainty 2024-03-01']],
    ['an unknown question', [{ ...sound, open: 'X99' }], ['question 2024-03-01']],
    ['a first row inside the campaign', [{ ...sound, from: '2025-01-02' }], ['gap 2025-01-01']],
    ['a first row after the campaign', [{ ...sound, from: '2026-01-01' }], ['gap 2025-01-01']],
  ])('%s', (_, rows, faults) => {
    expect(faultsOf(rows)).toEqual(faults);
  });

  test('a gap runs from the day the text is in force, where that is inside the campaign', () => {
    const later = { ...text, inForce: '2025-06-16' };
    expect(faultsOf([{ ...sound, from: '2025-06-16' }], later)).toEqual([]);
    expect(faultsOf([{ ...sound, from: '2025-06-17' }], later)).toEqual(['gap 2025-06-16']);
    expect(faultsOf([{ ...sound, from: '2026-07-01' }], { ...text, inForce: '2026-01-01' })).toEqual([]);
  });

  test('in a table under a key, and in one row among sound ones', () => {
    const rows = { near: [sound], far: [sound, { ...sound, from: '2025-07-01', sure: '' }] };
    expect(lawFaults(campaign, { a: { text, rows } })).toMatchObject([
      { kind: 'certainty', file: 'a', table: 'rows.far', from: '2025-07-01' },
    ]);
  });

  test('in the real law, once a row of it is broken', () => {
    const name = 'decree-73-2024/article-03';
    const broken = { ...lawFiles, [name]: { ...lawFiles[name], baseSalary: [{ from: '2025-07-01', value: 1n }] } };
    expect(lawFaults(campaign, broken).map(({ file, kind }) => [file, kind])).toEqual([
      [name, 'citation'],
      [name, 'certainty'],
    ]);
  });
});

describe('what is about to change', () => {
  test.each([
    ['2026-05-01', []],
    ['2026-05-02', ['baseSalary 2026-07-01']],
    ['2026-06-30', ['baseSalary 2026-07-01']],
    ['2026-07-01', []],
  ])('seen from %s', (on, rows) => {
    expect(upcomingRows(on).map(({ table, from }) => `${table} ${from}`)).toEqual(rows);
  });
});

describe('the readings', () => {
  test('are all listed, in their order, each with how it stands', () => {
    const listed = listedReadings();
    expect(listed.map(({ number }) => number)).toEqual(readingNumbers);
    const stateOf = (number: string) => listed.find((one) => one.number === number)?.state;
    expect(stateOf('X1')).toMatchObject({ kind: 'review' });
    expect(stateOf('X1')).not.toHaveProperty('value');
    expect(stateOf('X5')).toMatchObject({ kind: 'default', value: 'own-date' });
    expect(stateOf('X8')).toMatchObject({ kind: 'when-it-changes', value: 'excluded' });
    expect(stateOf('X10')).toMatchObject({ kind: 'always' });
  });

  test('that somebody has set say so', () => {
    expect(listedReadings({ X1: 'none' })[0]?.state).toMatchObject({ kind: 'set', value: 'none' });
  });
});

describe('a value in words', () => {
  test.each<[unknown, string, string]>([
    [2_340_000n, '2.340.000 đồng', '2.340.000 đồng'],
    [{ of: 4n, per: 5n }, '0,8', '0,8'],
    [60, '60', '60'],
    ['2025-03-15', '15/03/2025', '15/03/2025'],
    ['2025-03', '03/2025', '03/2025'],
    [['cadre', 'civil-servant'], 'cán bộ; công chức', 'cadre; civil servant'],
    [{ fewest: 24, most: 60 }, 'ít nhất: 24; nhiều nhất: 60', 'at the least: 24; at the most: 60'],
    [[{ year: 2025, male: 735 }], '(năm: 2025; nam: 61 tuổi 3 tháng)', '(year: 2025; men: 61 years 3 months)'],
    [{ by: { near: { vi: 'a', en: 'b' } } }, 'căn cứ: (còn từ 5 năm trở xuống: a)', 'by: (near band: b)'],
    [true, 'có', 'yes'],
    ['no such word', 'no such word', 'no such word'],
  ])('%o', (value, vi, en) => {
    expect(valueText(value)).toEqual({ vi, en });
  });
});
