/** The law laid open: what holds on a day, in words; and each kind of fault found in a table that was broken for it. */
import { describe, expect, test } from 'vitest';
import { campaignDays } from '../../../shared/law/campaign/campaign.ts';
import { cite, citeWhole, type Dated, inForceOn, type LegalText } from '../../../shared/law/dated.ts';
import { lawFaults, lawInForceOn, listedReadings, upcomingRows } from '../../../shared/law/listing.ts';
import { type ReadingNumber, readingNumbers, type SetReadings } from '../../../shared/law/readings.ts';
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
    ['2026-05-02', ['baseSalary 2026-07-01', 'daysOff.cultureDay 2026-07-01']],
    ['2026-06-30', ['baseSalary 2026-07-01', 'daysOff.cultureDay 2026-07-01']],
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

describe('what each fault says', () => {
  const { vi, en } = text;
  const saidOf = (rows: unknown, of: LegalText = text) =>
    lawFaults(campaign, { 'a-text/article-02': { of, rows } }).map(({ message }) => message);

  test('and where it is', () => {
    expect(lawFaults(campaign, { 'a-text/article-02': { text, rows: [] } })).toEqual([
      {
        kind: 'empty',
        file: 'a-text/article-02',
        table: 'rows',
        from: '',
        message: { vi: 'Bảng không có dòng nào.', en: 'The table has no row.' },
      },
    ]);
  });

  test.each<[string, unknown, string, string]>([
    [
      'a day',
      [{ ...sound, from: '2024-02-30' }],
      'Ngày bắt đầu “2024-02-30” không phải là ngày.',
      '“2024-02-30” is no day.',
    ],
    [
      'a citation',
      [{ ...sound, by: undefined }],
      'Thiếu căn cứ (tiếng Việt hoặc tiếng Anh).',
      'No citation (Vietnamese or English).',
    ],
    [
      'blanks for a citation',
      [{ ...sound, by: { vi: `${vi}, Điều 1`, en: ' ' } }],
      'Thiếu căn cứ (tiếng Việt hoặc tiếng Anh).',
      'No citation (Vietnamese or English).',
    ],
    [
      'a text',
      [{ ...sound, by: { vi: 'Nghị định 9', en: 'Decree 9' } }],
      'Căn cứ “Nghị định 9” không bắt đầu bằng văn bản nào đã khai báo trong shared/law.',
      'The citation “Decree 9” begins with no text that shared/law exports.',
    ],
    [
      'the order',
      [sound, { ...sound, from: '2024-02-01' }],
      'Dòng từ 01/02/2024 đứng sau dòng từ 01/03/2024.',
      'The row from 01/02/2024 stands after the one from 01/03/2024.',
    ],
    ['certainty', [{ ...sound, sure: '' }], 'Không ghi độ chắc chắn.', 'It does not say how sure it is.'],
    ['a question', [{ ...sound, open: 'X99' }], 'Không có câu hỏi mở số “X99”.', 'There is no open question “X99”.'],
    [
      'a question that is no text',
      [{ ...sound, open: 3 }],
      'Không có câu hỏi mở số “”.',
      'There is no open question “”.',
    ],
    [
      'a gap',
      [{ ...sound, from: '2025-01-02' }],
      `${vi} có hiệu lực mà bảng không có dòng nào cho ngày 01/01/2025; dòng đầu bắt đầu từ 02/01/2025.`,
      `${en} is in force and the table has no row for 01/01/2025; the first begins on 02/01/2025.`,
    ],
  ])('%s', (_, rows, saidVi, saidEn) => {
    expect(saidOf(rows)).toEqual([{ vi: saidVi, en: saidEn }]);
  });

  test('of several at once, each', () => {
    expect(faultsOf([{ from: 5, value: 1 }])).toEqual(['day ', 'citation ', 'certainty ']);
  });
});

describe('the days of a gap', () => {
  test.each([
    ['2025-12-30', '2025-12-31', ['gap 2025-12-30']],
    ['2025-12-31', '2026-01-01', ['gap 2025-12-31']],
    ['2026-01-01', '2026-01-02', []],
    ['2025-12-31', '2025-12-31', []],
    ['2024-12-31', '2025-01-01', []],
    ['2024-12-31', '2025-01-02', ['gap 2025-01-01']],
    ['2025-01-01', '2025-01-02', ['gap 2025-01-01']],
    ['2025-01-02', '2025-01-02', []],
  ])('of a text of %s whose table begins on %s', (inForce, from, faults) => {
    expect(faultsOf([{ ...sound, from }], { ...text, inForce })).toEqual(faults);
  });

  test('are counted from the first row, wherever it stands', () => {
    expect(faultsOf([{ ...sound, from: '2025-02-01' }, sound])).toEqual(['order 2024-03-01']);
  });
});

describe('what is a table, and what is a text', () => {
  test.each<[string, unknown]>([
    ['nothing', null],
    ['words', 'rows'],
    ['a list of nothing', [null]],
    ['a list of no values', [undefined]],
    ['a list of words', ['value', 'from']],
    ['a list of numbers', [5]],
    ['a list of values alone', [{ value: 5 }]],
    ['a list of days alone', [{ from: '2024-03-01' }]],
    ['a list of citations alone', [{ by: sound.by }]],
    ['a list under a key', { near: [5], far: null }],
    ['a function', () => [sound]],
  ])('%s is no table', (_, rows) => {
    expect(faultsOf(rows)).toEqual([]);
    expect(lawInForceOn('2200-12-31', { 'a-text/article-02': { text, rows } })).toEqual([]);
  });

  test('a list with one row in it is a table, and the rest of it is at fault', () => {
    expect(faultsOf([sound, 5])).toEqual(['day ', 'citation ', 'order ', 'certainty ']);
    expect(faultsOf([sound, null])).toEqual(['day ', 'citation ', 'order ', 'certainty ']);
    expect(faultsOf([{ value: 5, by: sound.by }])).toEqual(['day ', 'certainty ']);
    expect(faultsOf([{ ...sound, by: 'Nghị định 1/2024/NĐ-CP' }])).toEqual(['citation 2024-03-01']);
    expect(faultsOf([{ ...sound, by: null }])).toEqual(['citation 2024-03-01']);
  });

  test.each<[string, unknown]>([
    ['nothing', null],
    ['words', text.vi],
    ['a citation', { vi: text.vi, en: text.en }],
    ['a text without a day', { ...text, inForce: undefined }],
    ['a text whose day is a number', { ...text, inForce: 20_240_301 }],
    ['a day without a name', { inForce: '2024-03-01' }],
    ['a text without its English name', { vi: text.vi, inForce: '2024-03-01' }],
  ])('%s is no text', (_, of) => {
    expect(lawFaults(campaign, { 'a-text/article-02': { of, rows: [sound] } }).map(({ kind }) => kind)).toEqual([
      'text',
    ]);
  });

  test('a citation begins with the whole name of its text', () => {
    expect(faultsOf([{ ...sound, by: citeWhole(text) }])).toEqual([]);
    expect(faultsOf([{ ...sound, by: citeWhole(text, 'Phụ lục I', 'Annex I') }])).toEqual([]);
    expect(faultsOf([{ ...sound, by: { vi: `${text.vi}X`, en: 'x' } }])).toEqual(['text 2024-03-01']);
    expect(faultsOf([{ ...sound, by: { vi: `Điều 2, ${text.vi}, Điều 3`, en: 'x' } }])).toEqual(['text 2024-03-01']);
  });
});

describe('a row as it is listed', () => {
  const listedOf = (row: unknown, of: unknown = text) =>
    lawInForceOn('2024-03-01', { 'a-text/article-02': { of, rows: [row] } });

  test('says everything about it', () => {
    expect(listedOf(sound)).toEqual([
      {
        file: 'a-text/article-02',
        table: 'rows',
        name: { vi: 'rows', en: 'rows' },
        text: { vi: 'Nghị định 1/2024/NĐ-CP', en: 'Decree 1/2024/NĐ-CP' },
        from: '2024-03-01',
        value: { vi: '5', en: '5' },
        by: {
          vi: 'Nghị định 1/2024/NĐ-CP, Điều 2 khoản 1 điểm a',
          en: 'Decree 1/2024/NĐ-CP, article 2(1)(a)',
        },
        sure: 'C-2',
        sureMeans: { vi: '2 nguồn riêng biệt xác nhận', en: 'confirmed by 2 separate sources' },
        open: {
          number: 'X3',
          question: {
            vi: 'Nghỉ trước 01/07/2025, thời gian được tính dưới 20 năm: 5 tháng hay cách tính từ 15 năm?',
            en: 'Leaving before 01/07/2025 with counted service under 20 years: flat 5 months, or the 15-year line?',
          },
          state: {
            kind: 'review',
            words: {
              vi: 'chưa quyết định, xin ý kiến khi các cách hiểu cho số tiền khác nhau',
              en: 'unset, a person decides where the readings pay differently',
            },
          },
        },
      },
    ]);
  });

  test('tells what somebody has set', () => {
    const set = lawInForceOn('2024-03-01', { a: { text, rows: [sound] } }, { X3: 'flat-5' });
    expect(set[0]?.open?.state).toEqual({ kind: 'set', words: { vi: 'đã quyết định', en: 'set' }, value: 'flat-5' });
  });

  test('rests on no question where it names none, or one that there is not', () => {
    expect(listedOf({ ...sound, open: undefined })[0]).not.toHaveProperty('open');
    expect(listedOf({ ...sound, open: 'X99' })[0]).not.toHaveProperty('open');
  });

  test('stands under its citation where that names no text', () => {
    expect(listedOf(sound, null)[0]?.text).toEqual(sound.by);
  });

  test.each([
    ['C-1', '1 nguồn riêng biệt xác nhận', 'confirmed by one source'],
    ['C-2', '2 nguồn riêng biệt xác nhận', 'confirmed by 2 separate sources'],
    ['C-10', '10 nguồn riêng biệt xác nhận', 'confirmed by 10 separate sources'],
    ['H', 'một nguồn nhắc lại rõ ràng, không nguồn nào trái ngược', 'one clear restatement and no contradiction'],
    ['M', 'chỉ thấy một phần văn bản, hoặc theo trí nhớ', 'seen in part, or from memory'],
    ['L', 'giả định của chúng tôi', 'our assumption'],
    ['X', 'văn bản để ngỏ', 'the text is open'],
    [
      'R',
      'cách hiểu của chúng tôi, khớp với các ví dụ đã công bố',
      'our own reading that agrees with the published examples',
    ],
    ['', 'không ghi', 'not said'],
    ['C-', 'không ghi', 'not said'],
    ['C-0', 'không ghi', 'not said'],
    ['C-01', 'không ghi', 'not said'],
    ['C-2 or so', 'không ghi', 'not said'],
    ['about C-2', 'không ghi', 'not said'],
    ['toString', 'không ghi', 'not said'],
  ])('as sure as %j', (sure, vi, en) => {
    expect(listedOf({ ...sound, sure })[0]?.sureMeans).toEqual({ vi, en });
  });
});

describe('the rows of the next sixty days', () => {
  const from = (days: readonly string[]) => ({ a: { text, rows: days.map((day) => ({ ...sound, from: day })) } });

  test.each([
    ['2025-01-01', []],
    ['2025-01-02', ['2025-01-02']],
    ['2025-03-02', ['2025-03-02']],
    ['2025-03-03', []],
  ])('seen from 01/01/2025, one of %s', (day, days) => {
    expect(upcomingRows('2025-01-01', from([day])).map((row) => row.from)).toEqual(days);
  });

  test('are all of them, and their questions stand as nobody has set them', () => {
    const rows = upcomingRows('2025-01-01', from(['2024-03-01', '2025-01-15', '2025-02-15', '2026-01-01']));
    expect(rows.map((row) => row.from)).toEqual(['2025-01-15', '2025-02-15']);
    expect(rows[0]?.open?.state.kind).toBe('review');
  });
});

describe('how a reading stands', () => {
  test.each<[ReadingNumber, SetReadings, unknown]>([
    ['X1', { X1: 'as-article-7' }, { kind: 'set', words: { vi: 'đã quyết định', en: 'set' }, value: 'as-article-7' }],
    [
      'X5',
      {},
      {
        kind: 'default',
        words: { vi: 'chưa quyết định, đang tính theo mặc định', en: 'unset, computed by default as' },
        value: 'own-date',
      },
    ],
    [
      'X1',
      {},
      {
        kind: 'review',
        words: {
          vi: 'chưa quyết định, xin ý kiến khi các cách hiểu cho số tiền khác nhau',
          en: 'unset, a person decides where the readings pay differently',
        },
      },
    ],
    [
      'X8',
      {},
      {
        kind: 'when-it-changes',
        words: {
          vi: 'chưa quyết định, xin ý kiến khi các cách hiểu cho số tiền khác nhau; thường làm',
          en: 'unset, a person decides where the readings pay differently; usual practice',
        },
        value: 'excluded',
      },
    ],
    [
      'X10',
      {},
      {
        kind: 'always',
        words: { vi: 'không có cách tính, luôn phải xin ý kiến', en: 'no formula, always to a person' },
      },
    ],
  ])('%s', (number, set, state) => {
    expect(listedReadings(set).find((one) => one.number === number)?.state).toEqual(state);
  });
});
