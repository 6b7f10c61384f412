import { describe, expect, test } from 'vitest';
import type { Sheet } from '../../../shared/case/sheet.ts';
import { dongIn, readResults } from '../../../shared/disbursement/read-results.ts';

const headings = ['STT', 'Mã khoản chi', 'Số tiền', 'Kết quả', 'Ngày', 'Lý do'];
const above = [['Mã đợt: 251001-AB12'], ['Tổng số khoản: 1'], ['Tổng số tiền: 1.000 đồng']];
const line = ['1', 'CT0000000000-1', '1.000', 'Đã báo có', '03/10/2025'];

function sheet(...rows: readonly (readonly string[])[]): readonly Sheet[] {
  const cellsOf = (row: readonly string[]) =>
    row.flatMap((text, index) => (text === '' ? [] : [{ column: index + 1, kind: 'text', text } as const]));
  return [{ name: 'Ket qua', rows: rows.map((row, index) => ({ number: index + 1, cells: cellsOf(row) })) }];
}

/** The line with another text in one of its columns. */
function but(column: number, text: string): readonly string[] {
  return line.map((was, index) => (index === column ? text : was));
}

describe('the Treasury’s result sheet', () => {
  test('states batch, count and total, and has a row an order', () => {
    expect(readResults(sheet(...above, headings, line))).toEqual({
      outcome: 'results',
      batchCode: '251001-AB12',
      statedCount: 1,
      statedTotal: 1000n,
      lines: [{ row: 5, reference: 'CT0000000000-1', amount: 1000n, outcome: 'credited', on: '2025-10-03' }],
      unreadable: [],
    });
  });

  test.each([
    ['Đã báo có', 'credited'],
    ['KHO BẠC ĐÃ THANH TOÁN', 'treasury-paid'],
    ['kho bac tu choi', 'refused'],
    ['Ngân hàng chuyển trả', 'returned'],
  ])('“%s” is %s', (words, outcome) => {
    expect(readResults(sheet(...above, headings, but(3, words)))).toMatchObject({ lines: [{ outcome }] });
  });

  test.each(['2025-10-03', '03/10/2025', '3/10/2025'])('the day %s is 3 October', (day) => {
    expect(readResults(sheet(...above, headings, but(4, day)))).toMatchObject({ lines: [{ on: '2025-10-03' }] });
  });

  test('a row of totals and an empty row are no orders', () => {
    const read = readResults(sheet(...above, headings, line, [], ['', 'Tổng cộng', '1.000']));
    expect(read).toMatchObject({ lines: [{ row: 5 }] });
  });

  test.each([
    ['an amount with a letter', but(2, '1.O00')],
    ['a negative amount', but(2, '-1000')],
    ['no amount', but(2, '')],
    ['an unknown outcome', but(3, 'Đã xong')],
    ['no outcome', but(3, '')],
    ['a day that does not exist', but(4, '31/09/2025')],
    ['no day', but(4, '')],
    ['no reference', but(1, '')],
  ])('%s makes its own row unreadable, with why, and no other', (_what, wrong) => {
    const read = readResults(sheet(...above, headings, line, wrong, line));
    expect(read).toMatchObject({
      outcome: 'results',
      lines: [{ row: 5 }, { row: 7 }],
      unreadable: [{ row: 6, unreadable: { vi: expect.stringMatching(/^Không đọc được: .+\.$/) } }],
    });
  });

  test.each([
    ['1.000', 1000n],
    ['1,000', 1000n],
    ['1000', 1000n],
    ['1.000 đồng', 1000n],
    ['407890080.00', 407_890_080n],
    ['407.890.080,00', 407_890_080n],
    ['407,890,080.0', 407_890_080n],
    ['407890080.5', undefined],
    ['407.890.080,50', undefined],
    ['1.00.000', undefined],
    ['-1', undefined],
    ['1e6', undefined],
    ['1234567890123456', undefined],
  ])('the amount "%s" is %s whole đồng', (text, amount) => {
    expect(dongIn(text)).toBe(amount);
  });

  test('a number cell with a fraction is never read as thousands', () => {
    const [only] = sheet(...above, headings, line);
    const rows = (only?.rows ?? []).map(({ number, cells }) => ({
      number,
      cells: cells.map((cell) => (number === 5 && cell.column === 3 ? { ...cell, kind: 'number' as const } : cell)),
    }));
    expect(readResults([{ name: 'x', rows }])).toMatchObject({ lines: [], unreadable: [{ row: 5 }] });
  });

  test('our reference is found among other words of its cell', () => {
    const read = readResults(sheet(...above, headings, but(1, 'CHI TRA CHE DO ct0000000000-1 NGUYEN VAN A')));
    expect(read).toMatchObject({ lines: [{ reference: 'CT0000000000-1' }] });
  });

  test.each([
    ['both figures of the covering page', { count: 1, total: 1000n }, 'results'],
    ['a count of one more', { count: 2, total: 1000n }, 'refused'],
    ['a total of one đồng more', { count: 1, total: 1001n }, 'refused'],
  ])('%s beside what the file states: %s', (_what, control, outcome) => {
    expect(readResults(sheet(...above, headings, line), { control })).toMatchObject({ outcome });
  });

  test('the figures of the covering page stand in for what the file does not state', () => {
    const control = { count: 1, total: 1000n };
    expect(readResults(sheet(headings, line), { control })).toMatchObject({ statedCount: 1, statedTotal: 1000n });
    expect(readResults(sheet(headings, line))).toMatchObject({ outcome: 'refused' });
  });

  test.each([0, 1, 2])('without the stated line number %i it is refused', (missing) => {
    const stated = above.filter((_row, index) => index !== missing);
    expect(readResults(sheet(...stated, headings, line))).toMatchObject({ outcome: 'refused' });
  });

  test.each([1, 2, 3, 4])('without the column number %i somebody must tell the columns', (missing) => {
    const without = headings.map((heading, index) => (index === missing ? '' : heading));
    expect(readResults(sheet(...above, without, line))).toMatchObject({ outcome: 'to-tell' });
  });

  test('no sheet at all is refused', () => {
    expect(readResults([])).toMatchObject({ outcome: 'refused' });
  });
});

describe('a sender’s own sheet', () => {
  const own = ['Số GD', 'Diễn giải', 'Ghi có', 'Ngày GD', 'Trạng thái'];
  const row = ['1', 'CT0000000000-1', '1,000', '03/10/2025', 'Thành công'];
  const control = { count: 1, total: 1000n };
  const columns = { 'dien giai': 'reference', 'ghi co': 'amount', 'ngay gd': 'on', 'trang thai': 'outcome' } as const;

  test('is shown with its headings and rows until its columns are told', () => {
    expect(readResults(sheet(['SAO KÊ'], own, row), { control })).toEqual({
      outcome: 'to-tell',
      headings: own,
      samples: [row],
      words: [],
    });
  });

  test('is shown with its words until they are told, and then is read', () => {
    const sender = { columns, words: {} };
    const rows = sheet(['SAO KÊ'], own, row);
    expect(readResults(rows, { sender, control })).toMatchObject({ outcome: 'to-tell', words: ['Thành công'] });
    const told = { columns, words: { 'thanh cong': 'credited' } } as const;
    expect(readResults(rows, { sender: told, control })).toMatchObject({
      lines: [{ reference: 'CT0000000000-1', amount: 1000n, outcome: 'credited', on: '2025-10-03' }],
    });
  });

  test('a word that was told to be no outcome makes its row unreadable', () => {
    const sender = { columns, words: { 'thanh cong': 'none' } } as const;
    expect(readResults(sheet(own, row), { sender, control })).toMatchObject({ lines: [], unreadable: [{ row: 2 }] });
  });

  test('without a column of outcomes every line has the outcome that was told', () => {
    const { 'trang thai': _none, ...rest } = columns;
    const sender = { columns: rest, words: {}, every: 'returned' } as const;
    expect(readResults(sheet(own, row), { sender, control })).toMatchObject({ lines: [{ outcome: 'returned' }] });
  });

  test('without figures of its covering page is refused, whoever sent it', () => {
    const sender = { columns, words: { 'thanh cong': 'credited' } } as const;
    expect(readResults(sheet(own, row), { sender })).toMatchObject({ outcome: 'refused' });
  });
});
