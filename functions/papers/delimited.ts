/** .csv → one sheet: UTF-8 or UTF-16, parted by `;`, `,` or tab. Every cell is text, as it was typed. */
import { parse } from 'csv-parse/sync';
import { type Refused, refused } from '../../shared/case/ports.ts';
import type { Sheet, SheetRow } from '../../shared/case/sheet.ts';
import { tidy } from '../../shared/vietnamese.ts';
import { mostColumns } from './workbook.ts';
import { mostRows, refuseTooLong } from './zip-guard.ts';

/** What PDF files, pictures and archives of other kinds begin with. */
const otherKinds = ['%PDF', '\x89PNG', '\xff\xd8\xff', 'GIF8', 'RIFF', 'Rar!', '7z'];

export async function readDelimited(bytes: Uint8Array): Promise<readonly Sheet[] | Refused> {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  if (otherKinds.some((kind) => start.startsWith(kind))) return refuseNoTable();
  const text = decoded(bytes);
  if (typeof text !== 'string') return text;
  const delimiter = delimiterOf(text);
  if (delimiter === undefined) return refuseNoTable();
  let records: readonly (readonly string[])[];
  try {
    records = parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: 100_000,
      to: mostRows + 1,
    });
  } catch {
    return refused(
      'Tệp .csv bị hỏng: một dấu ngoặc kép không được đóng. Hãy mở bằng Excel, lưu lại thành .xlsx rồi tải lên.',
      'The .csv file is damaged: a quotation mark is not closed. Open it in Excel, save it as .xlsx and upload it again.',
    );
  }
  if (records.length > mostRows) return refuseTooLong();
  const rows = records.flatMap((record, index): SheetRow[] => {
    const cells = record.slice(0, mostColumns).flatMap((value, at) => {
      const plain = tidy(value);
      return plain === '' ? [] : [{ column: at + 1, kind: 'text' as const, text: plain }];
    });
    return cells.length === 0 ? [] : [{ number: index + 1, cells }];
  });
  return [{ name: 'CSV', rows }];
}

/** Text in UTF-8 or, by its mark or its zeros, in UTF-16. Other encodings tell neither themselves nor their letters. */
function decoded(bytes: Uint8Array): string | Refused {
  const encoding = encodingOf(bytes);
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    const isTable = !text.includes('\0') && !text.trimStart().startsWith('<');
    return isTable ? text : refuseNoTable();
  } catch {
    // Text in an old encoding has no control characters; pictures and programs do.
    if (encoding === 'utf-8' && bytes.subarray(0, 2000).some((byte) => byte < 9 || (byte > 13 && byte < 32)))
      return refuseNoTable();
    return refused(
      'Tệp .csv không dùng bảng mã Unicode. Hãy mở bằng Excel, chọn Lưu thành “CSV UTF-8” hoặc .xlsx rồi tải lên.',
      'The .csv file is not in Unicode. Open it in Excel, save it as “CSV UTF-8” or .xlsx and upload it.',
    );
  }
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const start = bytes.subarray(0, 400);
  const zeros = (from: number) => start.filter((byte, at) => at % 2 === from && byte === 0).length;
  if (zeros(1) > start.length / 8) return 'utf-16le';
  return zeros(0) > start.length / 8 ? 'utf-16be' : 'utf-8';
}

/** What parts the most lines into the same number of cells; a list has many columns. */
function delimiterOf(text: string): string | undefined {
  const lines = text
    .slice(0, 100_000)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 50);
  let best: string | undefined;
  let most = 0;
  for (const delimiter of [';', '\t', ',']) {
    const counts = lines.map((line) => outsideQuotes(line).split(delimiter).length - 1);
    const widest = Math.max(0, ...counts);
    const score = widest < 2 ? 0 : widest * counts.filter((count) => count >= widest / 2).length;
    if (score > most) [best, most] = [delimiter, score];
  }
  return best;
}

function outsideQuotes(line: string): string {
  return line.replaceAll(/"[^"]*"/g, '');
}

function refuseNoTable(): Refused {
  return refused(
    'Đây không phải là bảng tính Excel (.xlsx, .xls) hay tệp .csv. Hãy dùng tệp mẫu danh sách.',
    'This is neither an Excel sheet (.xlsx, .xls) nor a .csv file. Use the template of the list.',
  );
}
