import { describe, expect, test } from 'vitest';
import type { CellKind, Sheet } from '../../../shared/case/sheet.ts';
import { earlierColumns, mostEarlierLines, readEarlier } from '../../../shared/disbursement/read-earlier.ts';

const headings = Object.values(earlierColumns).map(({ heading }) => heading);
const line = ['040068001234', '', 'Nguyễn Văn An', '168.480.000', '01/10/2025', 'UNC-15', '1094107'];

function sheet(...rows: readonly (readonly string[])[]): readonly Sheet[] {
  return [{ name: 'Trang 1', rows: rows.map((row, index) => ({ number: index + 1, cells: cellsOf(row) })) }];
}

function cellsOf(row: readonly string[], kind: CellKind = 'text') {
  return row.flatMap((text, index) => (text === '' ? [] : [{ column: index + 1, kind, text }]));
}

function but(column: number, text: string): readonly string[] {
  return line.map((was, index) => (index === column ? text : was));
}

const payment = {
  citizenId: '040068001234',
  caseCode: '',
  name: 'Nguyễn Văn An',
  amount: 168_480_000n,
  on: '2025-10-01',
  document: 'UNC-15',
  paidBy: '1094107',
};

describe('a list of payments made elsewhere', () => {
  test('has a row a payment, under the headings of the template, wherever they stand', () => {
    const read = readEarlier(sheet(['DANH SÁCH'], [], headings, line));
    expect(read).toEqual({ outcome: 'lines', lines: [{ sheet: 'Trang 1', row: 4, said: payment }] });
  });

  test('has headings as units write them', () => {
    const own = ['CCCD', 'Mã số hồ sơ', 'Họ tên', 'SỐ TIỀN', 'Ngày thanh toán', 'Số ủy nhiệm chi', 'Mã ĐVQHNS'];
    expect(readEarlier(sheet(own, line))).toMatchObject({ lines: [{ said: payment }] });
  });

  test('names a person by the case code alone', () => {
    const code = ['', 'abc123', ...line.slice(2)];
    expect(readEarlier(sheet(headings, code))).toMatchObject({
      lines: [{ said: { citizenId: '', caseCode: 'abc123' } }],
    });
  });

  test.each([
    ['168480000', 168_480_000n],
    ['168,480,000', 168_480_000n],
    ['168 480 000 đồng', 168_480_000n],
    ['999', 999n],
  ])('“%s” is an amount', (text, amount) => {
    expect(readEarlier(sheet(headings, but(3, text)))).toMatchObject({ lines: [{ said: { amount } }] });
  });

  test.each(['', '0', '-5', '1.000,5', '168.48', '1O0', '1.0000'])('“%s” is no amount', (text) => {
    expect(readEarlier(sheet(headings, but(3, text)))).toMatchObject({ lines: [{ said: { fault: {} } }] });
  });

  test('a number cell with a fraction of a đồng is no amount', () => {
    const [read] = sheet(headings, line);
    const cells = [...cellsOf(but(3, '')), { column: 4, kind: 'number' as const, text: '168480000.5' }];
    const rows = [...(read?.rows.slice(0, 1) ?? []), { number: 2, cells }];
    expect(readEarlier([{ name: 'Trang 1', rows }])).toMatchObject({ lines: [{ said: { fault: {} } }] });
  });

  test.each([
    ['40068001234', '040068001234'],
    ['1068001234', '001068001234'],
  ])('the zeros that Excel dropped of %s are put back', (text, citizenId) => {
    expect(readEarlier(sheet(headings, but(0, text)))).toMatchObject({ lines: [{ said: { citizenId } }] });
  });

  test.each([
    ['an old identity number', but(0, '123456789')],
    ['too long an id', but(0, '0400680012345')],
    ['nobody', but(0, '')],
    ['no name', but(2, '')],
    ['a day that does not exist', but(4, '31/09/2025')],
    ['no document', but(5, '')],
    ['no unit', but(6, '')],
  ])('a row with %s is told, and the others are read', (_what, wrong) => {
    const read = readEarlier(sheet(headings, line, wrong, line));
    const lines = read.outcome === 'lines' ? read.lines : [];
    expect(lines.map(({ row, said }) => [row, 'fault' in said])).toEqual([
      [2, false],
      [3, true],
      [4, false],
    ]);
  });

  test('a row of totals and an empty row are no payments', () => {
    const read = readEarlier(sheet(headings, line, [], ['', '', 'Tổng cộng', '168.480.000']));
    expect(read).toMatchObject({ lines: [{ row: 2 }] });
    expect(read.outcome === 'lines' && read.lines.length).toBe(1);
  });

  test.each([2, 3, 4, 5, 6])('without the column number %i it is refused', (missing) => {
    const without = headings.map((heading, index) => (index === missing ? '' : heading));
    expect(readEarlier(sheet(without, line))).toMatchObject({ outcome: 'refused' });
  });

  test('of so many rows is refused', () => {
    const most = Array.from({ length: mostEarlierLines }, () => line);
    expect(readEarlier(sheet(headings, ...most))).toMatchObject({ outcome: 'lines' });
    expect(readEarlier(sheet(headings, ...most, line))).toMatchObject({ outcome: 'refused' });
  });
});
