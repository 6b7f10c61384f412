/**
 * Spreadsheets (.xlsx) in and out. A file is judged before it is opened: its size, what it says it unpacks to and what
 * it really unpacks to. Only the parts that hold cells reach the reader; pictures, macros and links are left out.
 */
import { type Cell, type CellValue, WorkbookReader } from '@cj-tech-master/excelts';
import { zipSync } from 'fflate';
import { type Refused, refused } from '../../shared/case/ports.ts';
import type { Sheet, SheetCell, SheetRow } from '../../shared/case/sheet.ts';
import { tidy } from '../../shared/vietnamese.ts';
import { unpackSheet } from './zip-guard.ts';

const mostRows = 20_000;
const mostCells = 1_000_000;
/** Columns beyond this one are not read. */
const mostColumns = 100;

export interface ReadSheets {
  readonly outcome: 'sheets';
  readonly sheets: readonly Sheet[];
}

/** Takes the bytes of an uploaded file. Refuses with what is wrong and what to do; never throws for a bad file. */
export async function readSheets(bytes: Uint8Array): Promise<ReadSheets | Refused> {
  const unpacked = unpackSheet(bytes);
  if (unpacked.outcome === 'refused') return unpacked;
  const { rows, cells } = count(unpacked.parts);
  if (rows > mostRows || cells > mostCells) {
    return refused(
      `Tệp có quá ${mostRows.toLocaleString('vi')} dòng. Hãy xóa các dòng trống đã định dạng, hoặc chia thành nhiều tệp.`,
      `The file has more than ${mostRows.toLocaleString('en')} rows. Delete blank formatted rows, or split the file.`,
    );
  }
  try {
    return { outcome: 'sheets', sheets: await readEvery(unpacked.parts) };
  } catch {
    return refused(
      'Tệp bị hỏng, không đọc được. Hãy mở bằng Excel, lưu lại thành .xlsx rồi tải lên.',
      'The file is damaged and cannot be read. Open it in Excel, save it as .xlsx and upload it again.',
    );
  }
}

/**
 * Row by row, so that a big list is never in memory as a workbook. The sheets come last in the archive: one that came
 * before its shared strings would be put aside in a file, in clear.
 */
async function readEvery(parts: Readonly<Record<string, Uint8Array>>): Promise<readonly Sheet[]> {
  const isSheet = (name: string) => name.startsWith('xl/worksheets/');
  const ordered = Object.entries(parts).toSorted(([one], [other]) => Number(isSheet(one)) - Number(isSheet(other)));
  const archive = zipSync(Object.fromEntries(ordered), { level: 0 });
  const sheets: Sheet[] = [];
  for await (const worksheet of new WorkbookReader(archive, readerOptions)) {
    const rows: SheetRow[] = [];
    for await (const row of worksheet) {
      const cells: SheetCell[] = [];
      row.eachCell((cell) => {
        const read = cell.col <= mostColumns ? readCell(cell) : undefined;
        if (read !== undefined && read.text !== '') cells.push(read);
      });
      if (cells.length > 0) rows.push({ number: row.number, cells });
    }
    sheets.push({ name: tidy(worksheet.name), rows });
  }
  return sheets;
}

const readerOptions = {
  worksheets: 'emit',
  sharedStrings: 'cache',
  styles: 'cache',
  hyperlinks: 'ignore',
  entries: 'ignore',
} as const;

/** Rows and cells of all sheets, counted in the raw text so that a huge sheet is never built in memory. */
function count(parts: Readonly<Record<string, Uint8Array>>): { rows: number; cells: number } {
  let rows = 0;
  let cells = 0;
  for (const [name, content] of Object.entries(parts)) {
    if (!name.startsWith('xl/worksheets/')) continue;
    const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    rows += countOf(text, '<row ') + countOf(text, '<row>');
    cells += countOf(text, '<c ') + countOf(text, '<c>');
  }
  return { rows, cells };
}

function countOf(text: Buffer, tag: string): number {
  let found = 0;
  for (let at = text.indexOf(tag); at >= 0; at = text.indexOf(tag, at + tag.length)) found += 1;
  return found;
}

/** The hidden cells of a merged block hold nothing of their own. */
function readCell(cell: Cell): SheetCell | undefined {
  if (cell.isMerged && cell.master !== cell) return undefined;
  const value = contentOf(cell.value, typeof cell.numFmt === 'string' && cell.numFmt.includes('%'));
  return value === undefined ? undefined : { address: cell.address, column: cell.col, ...value };
}

function contentOf(value: CellValue, isPercent: boolean): Pick<SheetCell, 'kind' | 'text'> | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return { kind: 'text', text: tidy(value) };
  // What a formula's error is read as; which error it was is not told.
  if (Number.isNaN(value)) return { kind: 'error', text: '#ERROR!' };
  if (typeof value === 'number') return { kind: 'number', text: isPercent ? percentText(value) : numberText(value) };
  if (typeof value === 'boolean') return { kind: 'boolean', text: value ? 'TRUE' : 'FALSE' };
  if (value instanceof Date) return dateContent(value);
  if ('error' in value) return { kind: 'error', text: value.error };
  if ('richText' in value && value.richText !== undefined) {
    return { kind: 'text', text: tidy(value.richText.map(({ text }) => text).join('')) };
  }
  if ('hyperlink' in value) return { kind: 'text', text: tidy(value.text) };
  if ('formula' in value || 'sharedFormula' in value) {
    const cached = contentOf(value.result, isPercent);
    if (cached?.kind === 'error') return cached;
    return { kind: 'formula', text: cached?.text ?? `=${value.formula ?? ''}` };
  }
  return undefined;
}

/** A number in a date cell that is no date: Excel shows only `#` signs. */
function dateContent(value: Date): Pick<SheetCell, 'kind' | 'text'> {
  if (Number.isNaN(value.getTime())) return { kind: 'error', text: '######' };
  return { kind: 'date', text: value.toISOString().slice(0, 10) };
}

/** The number as Excel shows it, 15 digits at most: `4.6500000000000004` was typed as 4.65. */
function numberText(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  const shortest = Number(value.toPrecision(15)).toString();
  return /e/i.test(shortest) ? value.toFixed(12).replace(/0+$/, '').replace(/\.$/, '') : shortest;
}

/** 0.25 shown as `25%`. */
function percentText(value: number): string {
  return `${numberText(Number((value * 100).toPrecision(13)))}%`;
}

export { writeSheets } from './sheet-writer.ts';
