/**
 * A unit's own file returned with its faulty cells marked and a column of reasons; of long lists, a table of the faults.
 * The original stays as it came; the copy holds cells only: no macros, links or pictures.
 */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type Fill, Workbook, WorkbookWriter } from '@cj-tech-master/excelts';
import type { Sheet } from '../../shared/case/sheet.ts';
import type { Fault } from '../../shared/intake/list-faults.ts';
import type { TablePlaces } from '../../shared/intake/read-list.ts';
import { readSheets } from './sheet.ts';
import { guardWorkbook } from './zip-guard.ts';

/** Rows up to which the whole file is opened at once. */
const mostMarkedRows = 5000;
const reasonsHeading = 'Cần sửa';
const mark: Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFC7CE' } };
const font = { name: 'Times New Roman', size: 11, color: { argb: 'FF9C0006' } };

export interface Marked {
  readonly bytes: Uint8Array;
  /** `copy` of the file, or a `report` of its faults. */
  readonly as: 'copy' | 'report';
}

/** Takes a file that was read before, the faults found in it and where its tables stand. */
export async function markedCopy(
  bytes: Uint8Array,
  faults: readonly Fault[],
  tables: readonly TablePlaces[],
): Promise<Marked> {
  const read = await readSheets(bytes);
  if (read.outcome === 'refused') throw new Error('the file was read before and cannot be read now');
  const rows = read.sheets.reduce((total, sheet) => total + sheet.rows.length, 0);
  if (rows > mostMarkedRows) return { bytes: await faultReport(faults), as: 'report' };
  const workbook = (await ownWorkbook(bytes)) ?? workbookOf(read.sheets);
  for (const sheet of read.sheets) {
    const own = faults.filter((fault) => fault.sheet === sheet.name);
    const worksheet = workbook.worksheets.find(({ name }) => name.trim().normalize('NFC') === sheet.name);
    if (own.length === 0 || worksheet === undefined) continue;
    const last = Math.max(0, ...sheet.rows.flatMap(({ cells }) => cells.map(({ column }) => column)));
    for (const { sheet: of, headingRow } of tables) {
      if (of === sheet.name) put(worksheet, headingRow, last + 1, reasonsHeading);
    }
    worksheet.getColumn(last + 1).width = 60;
    for (const [row, inRow] of Map.groupBy(own, (fault) => fault.row)) {
      put(worksheet, row, last + 1, inRow.map(({ why }) => why.vi).join('\n'));
      for (const { cell } of inRow) {
        const faulty = worksheet.getCell(cell);
        faulty.style = { ...faulty.style, fill: mark };
      }
    }
  }
  return { bytes: new Uint8Array(await workbook.xlsx.writeBuffer({ validate: false })), as: 'copy' };
}

type Worksheet = Workbook['worksheets'][number];

function put(worksheet: Worksheet, row: number, column: number, text: string): void {
  const cell = worksheet.getRow(row).getCell(column);
  cell.value = text;
  cell.style = { numFmt: '@', font, alignment: { wrapText: true, vertical: 'top' } };
}

/** The file itself, when it is an .xlsx. */
async function ownWorkbook(bytes: Uint8Array): Promise<Workbook | undefined> {
  if (bytes[0] !== 0x50) return undefined;
  const guarded = await guardWorkbook(bytes);
  if (guarded.outcome === 'refused') return undefined;
  const workbook = new Workbook();
  await workbook.xlsx.load(guarded.archive);
  return workbook;
}

/** An .xls or a .csv as a workbook: what was read of each cell, as text. */
function workbookOf(sheets: readonly Sheet[]): Workbook {
  const workbook = new Workbook();
  for (const { name, rows } of sheets) {
    const worksheet = workbook.addWorksheet(name);
    for (const { number, cells } of rows) {
      for (const { column, text } of cells) {
        const cell = worksheet.getRow(number).getCell(column);
        cell.value = text;
        cell.style = { numFmt: '@' };
      }
    }
  }
  return workbook;
}

/** A line a fault, written as it goes, so that a hundred thousand of them are never in memory as a workbook. */
async function faultReport(faults: readonly Fault[]): Promise<Uint8Array> {
  const stream = new PassThrough();
  const whole = buffer(stream);
  const writer = new WorkbookWriter({ stream, useStyles: false, useSharedStrings: false });
  const worksheet = writer.addWorksheet('Lỗi cần sửa');
  worksheet.addRow(['Sheet', 'Dòng', 'Ô', 'Cột', 'Đang ghi', 'Vì sao, và cần làm gì']).commit();
  for (const { sheet, row, cell, column, found, why } of faults) {
    worksheet.addRow([sheet, row, cell, column, found, why.vi]).commit();
  }
  worksheet.commit();
  await writer.commit();
  return new Uint8Array(await whole);
}
