import { describe, expect, test } from 'vitest';
import type { Sheet } from '../../../shared/case/sheet.ts';
import { readResults } from '../../../shared/disbursement/read-results.ts';

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
  ])('%s refuses the whole file and names its row', (_what, wrong) => {
    const read = readResults(sheet(...above, headings, line, wrong));
    expect(read).toMatchObject({ outcome: 'refused', why: { vi: expect.stringContaining('Dòng 6') } });
  });

  test.each([0, 1, 2])('without the stated line number %i it is refused', (missing) => {
    const stated = above.filter((_row, index) => index !== missing);
    expect(readResults(sheet(...stated, headings, line))).toMatchObject({ outcome: 'refused' });
  });

  test.each([1, 2, 3, 4])('without the column number %i it is refused', (missing) => {
    const without = headings.map((heading, index) => (index === missing ? '' : heading));
    expect(readResults(sheet(...above, without, line))).toMatchObject({ outcome: 'refused' });
  });

  test('no sheet at all is refused', () => {
    expect(readResults([])).toMatchObject({ outcome: 'refused' });
  });
});
