/** The list of beneficiaries as .xlsx, laid out as the form is printed. The same input gives the same bytes. */
import { type Style, Workbook } from '@cj-tech-master/excelts';
import { inexactAsText } from '../../shared/case/paper-sheet.ts';
import type { Dong } from '../../shared/dong.ts';
import {
  type BeneficiaryForm,
  form09Columns,
  form09Parts,
  form09Spans,
  ownColumn,
} from '../../shared/disbursement/form-09.ts';
import { packed, workbookMadeOn } from './sheet-writer.ts';
import { noteOn } from '../../shared/disbursement/slip-paper.ts';

type Worksheet = ReturnType<Workbook['addWorksheet']>;
type Look = { readonly bold?: boolean; readonly italic?: boolean; readonly size?: number; readonly align?: Align };
type Align = 'left' | 'center' | 'right';

const widths = [6, 28, 20, 22, 18, 11, 12, 11, 11, 18, 11, 11, 18];
const last = widths.length;
const thin = { style: 'thin' } as const;
const border = { top: thin, left: thin, bottom: thin, right: thin };

export async function writeForm09Sheet(form: BeneficiaryForm): Promise<Uint8Array> {
  const workbook = new Workbook();
  workbook.created = workbookMadeOn;
  workbook.modified = workbookMadeOn;
  workbook.creator = 'Chi trả';
  const worksheet = workbook.addWorksheet('Mau so 09', {
    pageSetup: {
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { top: 0.5, bottom: 0.5, left: 0.4, right: 0.4, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: '&C&P/&N' },
  });
  for (const [at, width] of widths.entries()) worksheet.getColumn(at + 1).width = width;
  const heading = addHead(worksheet, form);
  worksheet.pageSetup.printTitlesRow = `${heading}:${heading + 2}`;
  worksheet.views = [{ state: 'frozen', xSplit: 0, ySplit: heading + 2 }];
  const after = addPeople(worksheet, heading + 3, form);
  addBelow(worksheet, after + 1, form);
  return new Uint8Array(await workbook.xlsx.writeBuffer({ zip: packed, validate: false }));
}

/** Returns the row of the headings. */
function addHead(worksheet: Worksheet, form: BeneficiaryForm): number {
  const corner: readonly (readonly [string, Look])[] = [
    [form.form, { bold: true }],
    [form.law, { italic: true }],
    ['Mã hiệu: ………………………', { italic: true }],
    [`Số: ${form.number}`, { italic: true }],
  ];
  for (const [index, [text, look]] of corner.entries()) {
    put(worksheet, index + 1, [ownColumn, last], text, { ...look, align: 'center' });
  }
  put(worksheet, 5, [1, last], form.title, { bold: true, size: 14, align: 'center' });
  put(worksheet, 6, [1, last], form.attachedTo, { italic: true, align: 'center' });
  put(worksheet, 7, [1, last], form.ticks, { bold: true, align: 'center' });
  for (const [index, line] of form.head.entries()) put(worksheet, 8 + index, [1, last], line);
  const request = 8 + form.head.length;
  put(worksheet, request, [1, ownColumn - 1], form09Parts.request, { bold: true });
  put(worksheet, request, [ownColumn, last], form09Parts.currency, { italic: true, align: 'right' });
  addHeadings(worksheet, request + 1);
  return request + 1;
}

function addHeadings(worksheet: Worksheet, row: number): void {
  for (const [index, heading] of form09Columns.entries()) {
    const column = index + 1;
    const span = form09Spans.find(({ from, to }) => column >= from && column <= to);
    const [above, below] = span === undefined ? [heading, ''] : [span.from === column ? span.heading : '', heading];
    box(worksheet, row, column, above, { bold: true, align: 'center' });
    box(worksheet, row + 1, column, below, { bold: true, align: 'center' });
    box(worksheet, row + 2, column, `(${column})`, { italic: true, align: 'center' });
    if (span === undefined) worksheet.mergeCells(row, column, row + 1, column);
  }
  for (const { from, to } of form09Spans) worksheet.mergeCells(row, from, row, to);
  // Wrapped headings are squeezed in print without an explicit height.
  worksheet.getRow(row + 1).height = 78;
}

/** Returns the row after the total. */
function addPeople(worksheet: Worksheet, from: number, { groups, control }: BeneficiaryForm): number {
  let row = from;
  for (const { numeral, name, total, beneficiaries } of groups) {
    addSum(worksheet, row++, numeral, name, total);
    for (const [index, { fullName, accountNumber, bank, amount, ...noted }] of beneficiaries.entries()) {
      const cells = [String(index + 1), fullName, accountNumber, bank, amount];
      cells[ownColumn - 1] = amount;
      cells[last - 1] = noteOn(noted);
      addCells(worksheet, row++, cells, false);
    }
  }
  addSum(worksheet, row++, '', form09Parts.total, control.total);
  return row;
}

function addSum(worksheet: Worksheet, row: number, numeral: string, name: string, total: Dong): void {
  const cells: (string | Dong)[] = [numeral, name, '', '', total];
  cells[ownColumn - 1] = total;
  addCells(worksheet, row, cells, true);
  worksheet.mergeCells(row, 2, row, 4);
}

function addCells(worksheet: Worksheet, row: number, cells: readonly (string | Dong | undefined)[], bold: boolean) {
  let lines = 1;
  for (let column = 1; column <= last; column += 1) {
    const value = cells[column - 1] ?? '';
    const align = typeof value === 'bigint' ? 'right' : column === 1 ? 'center' : 'left';
    box(worksheet, row, column, value, { bold, align });
    if (typeof value === 'string' && !bold)
      lines = Math.max(lines, Math.ceil((value.length * 1.1) / (widths[column - 1] ?? 1)));
  }
  worksheet.getRow(row).height = 16.5 * lines;
}

function addBelow(worksheet: Worksheet, from: number, { sums }: BeneficiaryForm): void {
  let row = from;
  for (const line of sums) put(worksheet, row++, [1, last], line, { bold: true });
  put(worksheet, ++row, [1, last], form09Parts.change, { bold: true });
  const spans = [
    [1, 1],
    [2, 4],
    [5, 5],
    [6, last],
  ] as const;
  for (const cells of [form09Parts.changeColumns, ['', '', 0n, form09Parts.noChange]] as const) {
    row += 1;
    for (const [index, [start, end]] of spans.entries()) {
      for (let column = start; column <= end; column += 1) {
        box(worksheet, row, column, column === start ? (cells[index] ?? '') : '', { align: 'center' });
      }
      if (end > start) worksheet.mergeCells(row, start, row, end);
    }
  }
  row = addSigns(worksheet, row + 2, form09Parts.unit, form09Parts.date);
  put(worksheet, row + 1, [1, last], form09Parts.treasury, { bold: true, align: 'center' });
  addSigns(worksheet, row + 2, form09Parts.treasurySigns, form09Parts.treasuryDate);
}

/** Returns the row after the room for the signatures. */
function addSigns(
  worksheet: Worksheet,
  row: number,
  signs: readonly { readonly who: string; readonly how: string }[],
  date: string,
): number {
  const edges =
    signs.length === 3
      ? ([
          [1, 3],
          [4, 8],
          [9, last],
        ] as const)
      : ([
          [1, 6],
          [7, last],
        ] as const);
  const right = edges[edges.length - 1];
  if (right !== undefined) put(worksheet, row, right, date, { italic: true, align: 'center' });
  for (const [index, { who, how }] of signs.entries()) {
    const edge = edges[index];
    if (edge === undefined) continue;
    put(worksheet, row + 1, edge, who, { bold: true, align: 'center' });
    put(worksheet, row + 2, edge, how, { italic: true, align: 'center' });
  }
  return row + 7;
}

function put(worksheet: Worksheet, row: number, [from, to]: readonly [number, number], text: string, look: Look = {}) {
  const cell = worksheet.getCell(row, from);
  cell.value = text.normalize('NFC');
  cell.style = styleOf(look);
  worksheet.mergeCells(row, from, row, to);
}

function box(worksheet: Worksheet, row: number, column: number, value: string | Dong, look: Look): void {
  const cell = worksheet.getCell(row, column);
  const written = typeof value === 'bigint' ? inexactAsText(value) : value.normalize('NFC');
  cell.value = typeof written === 'bigint' ? Number(written) : written === '' ? null : written;
  cell.style = boxStyle(look, typeof written === 'bigint');
}

const boxStyles = new Map<string, Partial<Style>>();

/** The same object for the same look: a style is compared by the workbook cell for cell. */
function boxStyle(look: Look, isMoney: boolean): Partial<Style> {
  const key = `${JSON.stringify(look)}${String(isMoney)}`;
  const known = boxStyles.get(key);
  if (known !== undefined) return known;
  const plain = styleOf(look);
  const made: Partial<Style> = {
    ...plain,
    border,
    numFmt: isMoney ? '#,##0' : '@',
    alignment: { ...plain.alignment, vertical: 'middle', wrapText: !isMoney },
  };
  boxStyles.set(key, made);
  return made;
}

function styleOf({ bold = false, italic = false, size = 11, align = 'left' }: Look): Partial<Style> {
  return {
    numFmt: '@',
    font: { name: 'Times New Roman', size, bold, italic },
    alignment: { horizontal: align, vertical: 'middle' },
  };
}
