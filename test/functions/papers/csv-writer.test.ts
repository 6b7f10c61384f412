import { describe, expect, test } from 'vitest';
import { writeCsv } from '../../../functions/papers/csv-writer.ts';
import { readSheets } from '../../../functions/papers/sheet.ts';

const columns = [
  { heading: 'Họ tên', width: 20, kind: 'text' },
  { heading: 'Đồng', width: 20, kind: 'money' },
  { heading: 'Ngày', width: 20, kind: 'date' },
] as const;
const textOf = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

describe('a CSV', () => {
  test.each(['=1+1', '+84912', '@SUM(A1)', '-2+3', '\tx', '＝1'])('never begins a field with a formula: %s', (text) => {
    expect(textOf(writeCsv([], columns, [[text, null, null]]))).toContain(`"'${text}"`);
  });

  test('leaves a whole number a number, also below nought', () => {
    expect(textOf(writeCsv([], columns, [['-5', -168_480_000n, '2025-07-01']]))).toBe(
      '\uFEFF"Họ tên","Đồng","Ngày"\r\n"-5","-168480000","01/07/2025"\r\n',
    );
  });

  test('is read back as it was, quotes, commas, lines and all', async () => {
    const read = await readSheets(writeCsv(['Phạm vi: "mọi" đơn vị'], columns, [['A "B", C', 5n, '2025-07-01']]));
    if (read.outcome !== 'sheets') return expect.fail('not read');
    const rows = read.sheets.flatMap((sheet) => sheet.rows.map(({ cells }) => cells.map(({ text }) => text)));
    expect(rows).toEqual([['# Phạm vi: "mọi" đơn vị'], ['Họ tên', 'Đồng', 'Ngày'], ['A "B", C', '5', '01/07/2025']]);
  });
});
