/** Tables as plain .xls (Excel 97 to 2003), for banks whose programmes take nothing newer. The same input gives the same bytes. */
import { type CellObject, utils, type WorkSheet, write } from '@e965/xlsx';
import type { PaperCell, PaperColumn, PaperSheet } from '../../shared/case/paper-sheet.ts';

/** Most rows that the format holds, heading and lines above included. */
const mostRows = 65_536;

/** Throws RangeError for more rows than the format holds and for an amount that a sheet cannot hold exactly. */
export function writeOldSheets(sheets: readonly PaperSheet[]): Uint8Array {
  const workbook = utils.book_new();
  for (const sheet of sheets) utils.book_append_sheet(workbook, worksheetOf(sheet), sheet.name);
  const bytes: unknown = write(workbook, { type: 'buffer', bookType: 'biff8' });
  if (!(bytes instanceof Uint8Array)) throw new Error('the old workbook was not written');
  return new Uint8Array(bytes);
}

function worksheetOf({ title = [], columns, rows }: PaperSheet): WorkSheet {
  if (title.length + 1 + rows.length > mostRows) throw new RangeError(`an .xls holds ${mostRows} rows`);
  const worksheet: WorkSheet = {};
  const put = (row: number, column: number, cell: CellObject): void => {
    worksheet[utils.encode_cell({ r: row, c: column })] = cell;
  };
  for (const [at, line] of title.entries()) put(at, 0, text(line));
  for (const [at, { heading }] of columns.entries()) put(title.length, at, text(heading));
  for (const [index, row] of rows.entries()) {
    for (const [at, column] of columns.entries()) {
      const cell = cellOf(row[at] ?? null, column);
      if (cell !== undefined) put(title.length + 1 + index, at, cell);
    }
  }
  worksheet['!ref'] = utils.encode_range({
    s: { r: 0, c: 0 },
    e: { r: title.length + rows.length, c: Math.max(0, columns.length - 1) },
  });
  worksheet['!cols'] = columns.map(({ width }) => ({ wch: width }));
  return worksheet;
}

function cellOf(value: PaperCell, { kind }: PaperColumn): CellObject | undefined {
  if (value === null || value === '') return undefined;
  if (typeof value === 'string') return text(value);
  const exact = Number(value);
  if (!Number.isSafeInteger(exact)) throw new RangeError(`a sheet cannot hold ${value} exactly`);
  return { t: 'n', v: exact, z: kind === 'money' ? '#,##0' : '0' };
}

/** Format `@`, so that an account number keeps its zeros when somebody opens and saves the file. */
function text(value: string): CellObject {
  return { t: 's', v: value.normalize('NFC'), z: '@' };
}
