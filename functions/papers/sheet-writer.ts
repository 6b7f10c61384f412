/** Tables as printable .xlsx sheets: A4, bold frozen heading, thin borders. The same input gives the same bytes. */
import { type Style, Workbook } from '@cj-tech-master/excelts';
import { isLocalDate } from '../../shared/calendar.ts';
import type { PaperCell, PaperColumn, PaperSheet } from '../../shared/case/paper-sheet.ts';
import { cellAddress } from '../../shared/case/sheet.ts';

type Worksheet = ReturnType<Workbook['addWorksheet']>;

/** Any fixed day will do: the papers carry their own dates, and a clock would change the bytes. */
export const workbookMadeOn = new Date('2025-01-01T00:00:00Z');
/** Archives write the hour on the wall, so this one must be the same on every wall. */
export const packed = { modTime: new Date(2025, 0, 1), timestamps: 'dos', level: 6 } as const;
const font = { name: 'Times New Roman', size: 11 };
const thin = { style: 'thin' } as const;
const border = { top: thin, left: thin, bottom: thin, right: thin };
const formats = { text: '@', money: '#,##0', date: 'dd/mm/yyyy', number: 'General' } as const;

/**
 * The bytes of the workbook. Takes rows as long as the columns at most; a date is `YYYY-MM-DD`, anything else in a date
 * or number column is written as text. Throws RangeError for an amount that a sheet cannot hold exactly.
 */
export async function writeSheets(sheets: readonly PaperSheet[]): Promise<Uint8Array> {
  const workbook = new Workbook();
  workbook.created = workbookMadeOn;
  workbook.modified = workbookMadeOn;
  workbook.creator = 'Chi trả';
  for (const sheet of sheets) addSheet(workbook, sheet);
  const bytes = await workbook.xlsx.writeBuffer({
    zip: packed,
    validate: false,
  });
  return new Uint8Array(bytes);
}

function addSheet(workbook: Workbook, sheet: PaperSheet): void {
  const headingRow = (sheet.title?.length ?? 0) + 1;
  const worksheet = workbook.addWorksheet(sheet.name, {
    views: [{ state: 'frozen', xSplit: 0, ySplit: headingRow }],
    pageSetup: {
      paperSize: 9,
      orientation: sheet.landscape === true ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `${headingRow}:${headingRow}`,
      margins: { top: 0.6, bottom: 0.6, left: 0.5, right: 0.4, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: '&C&P/&N' },
  });
  for (const [at, column] of sheet.columns.entries()) {
    const own = worksheet.getColumn(at + 1);
    own.width = column.width;
    // The whole column, so that what a clerk types below keeps its leading zeros.
    own.style = { numFmt: formats[column.kind], font };
  }
  addLines(worksheet, 1, sheet.title ?? []);
  addHeading(worksheet, headingRow, sheet.columns);
  for (const [at, row] of sheet.rows.entries()) addRow(worksheet, headingRow + 1 + at, sheet.columns, row, bodyStyles);
  let next = headingRow + 1 + sheet.rows.length;
  if (sheet.totalRow !== undefined) addRow(worksheet, next++, sheet.columns, sheet.totalRow, totalStyles);
  addLines(worksheet, next + 1, sheet.notes ?? [], false);
}

function addLines(worksheet: Worksheet, from: number, lines: readonly string[], isFirstBold = true): void {
  for (const [at, line] of lines.entries()) {
    const cell = worksheet.getCell(from + at, 1);
    cell.value = line;
    cell.style = {
      numFmt: '@',
      font: { ...font, bold: isFirstBold && at === 0, size: isFirstBold && at === 0 ? 13 : 11 },
    };
  }
}

const headingStyle = {
  numFmt: '@',
  border,
  font: { ...font, bold: true },
  alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
} as const;

/** Printing needs an explicit height for wrapped headings. */
function addHeading(worksheet: Worksheet, number: number, columns: readonly PaperColumn[]): void {
  const row = worksheet.getRow(number);
  let lines = 1;
  for (const [at, { heading, width }] of columns.entries()) {
    const cell = row.getCell(at + 1);
    cell.value = heading;
    cell.style = headingStyle;
    lines = Math.max(lines, Math.ceil((heading.length * 1.2) / width));
  }
  row.height = 15 * lines + 3;
}

const bodyStyles = stylesWith(font);
const totalStyles = stylesWith({ ...font, bold: true });

function stylesWith(own: Partial<Style['font']>): Record<PaperColumn['kind'], Partial<Style>> {
  const style = (kind: PaperColumn['kind'], horizontal: 'left' | 'right' | 'center') => ({
    numFmt: formats[kind],
    border,
    font: own,
    alignment: { horizontal, vertical: 'top', wrapText: kind === 'text' } as const,
  });
  return {
    text: style('text', 'left'),
    money: style('money', 'right'),
    date: style('date', 'center'),
    number: style('number', 'right'),
  };
}

function addRow(
  worksheet: Worksheet,
  number: number,
  columns: readonly PaperColumn[],
  values: readonly PaperCell[],
  styles: Record<PaperColumn['kind'], Partial<Style>>,
): void {
  const row = worksheet.getRow(number);
  let lines = 1;
  for (const [at, { kind, width }] of columns.entries()) {
    const value = written(values[at] ?? null, kind, cellAddress({ column: at + 1, row: number }));
    const cell = row.getCell(at + 1);
    cell.value = value;
    cell.style = typeof value === 'string' ? styles.text : styles[kind];
    if (typeof value === 'string') lines = Math.max(lines, Math.ceil((value.length * 1.1) / width));
  }
  if (lines > 1) row.height = 15 * lines;
}

/** Text stays text whatever it begins with: only an explicit formula would be one, and none is ever made here. */
function written(value: PaperCell, kind: PaperColumn['kind'], address: string): string | number | Date | null {
  if (value === null || value === '') return null;
  if (typeof value === 'bigint') {
    const exact = Number(value);
    if (!Number.isSafeInteger(exact)) throw new RangeError(`${address}: a sheet cannot hold ${value} exactly`);
    return exact;
  }
  if (kind === 'date' && isLocalDate(value)) return new Date(`${value}T00:00:00Z`);
  if (kind === 'number' && /^-?\d{1,12}(\.\d{1,6})?$/.test(value)) return Number(value);
  return value;
}
