/** Reads a list of earlier payments: columns known by their headings, a row a payment; a bad row never sinks the others. */
import { isLocalDate, type LocalDate } from '../calendar.ts';
import type { PaperColumn } from '../case/paper-sheet.ts';
import { type Refused, refused } from '../case/ports.ts';
import type { Sheet, SheetCell, SheetRow } from '../case/sheet.ts';
import type { Dong } from '../dong.ts';
import { fold, type Sentence, tidy } from '../vietnamese.ts';

/** One payment as it was typed. */
export interface EarlierPayment {
  /** 12 digits, or empty where the case is named by its code. */
  readonly citizenId: string;
  readonly caseCode: string;
  readonly name: string;
  readonly amount: Dong;
  readonly on: LocalDate;
  readonly document: string;
  /** Code of the unit that paid. */
  readonly paidBy: string;
}

export interface EarlierLine {
  readonly sheet: string;
  readonly row: number;
  readonly said: EarlierPayment | { readonly fault: Sentence };
}

interface EarlierColumn extends PaperColumn {
  /** Other headings that mean the same, folded. */
  readonly alsoCalled: readonly string[];
}

/** The template's columns, in its order. */
export const earlierColumns = {
  citizenId: {
    heading: 'Số định danh cá nhân',
    alsoCalled: ['so cccd', 'so can cuoc', 'so can cuoc cong dan', 'cccd', 'so dinh danh'],
    width: 20,
    kind: 'text',
  },
  caseCode: { heading: 'Mã hồ sơ', alsoCalled: ['ma so ho so'], width: 24, kind: 'text' },
  name: {
    heading: 'Họ và tên',
    alsoCalled: ['ho ten', 'ho va ten nguoi huong', 'nguoi huong', 'nguoi nhan tien'],
    width: 28,
    kind: 'text',
  },
  amount: {
    heading: 'Số tiền đã chi (đồng)',
    alsoCalled: ['so tien', 'so tien (dong)', 'so tien da chi', 'so da chi'],
    width: 20,
    kind: 'money',
  },
  on: {
    heading: 'Ngày chi',
    alsoCalled: ['ngay chi tra', 'ngay thanh toan', 'ngay chuyen tien', 'ngay chung tu'],
    width: 14,
    kind: 'date',
  },
  document: {
    heading: 'Số chứng từ',
    alsoCalled: ['chung tu', 'so uy nhiem chi', 'so giay rut du toan', 'so phieu chi'],
    width: 18,
    kind: 'text',
  },
  paidBy: {
    heading: 'Mã đơn vị đã chi',
    alsoCalled: ['ma don vi', 'ma don vi chi tra', 'ma dvqhns', 'ma qhns', 'don vi da chi'],
    width: 18,
    kind: 'text',
  },
} as const satisfies Record<string, EarlierColumn>;
type Column = keyof typeof earlierColumns;
const columns = ['citizenId', 'caseCode', 'name', 'amount', 'on', 'document', 'paidBy'] as const;

/** At most so many payments in one list. */
export const mostEarlierLines = 5000;

/** Takes every sheet; a sheet without the headings is left out, and a file of such sheets alone is refused. */
export function readEarlier(
  sheets: readonly Sheet[],
): { readonly outcome: 'lines'; readonly lines: readonly EarlierLine[] } | Refused {
  const lines = sheets.flatMap(linesOf);
  if (lines.length === 0) {
    return refused(
      'Không tìm thấy khoản đã chi nào. Cần dòng tiêu đề có các cột Số định danh cá nhân (hoặc Mã hồ sơ), Họ và tên, Số tiền đã chi, Ngày chi, Số chứng từ, Mã đơn vị đã chi, và dưới đó mỗi người một dòng. Hãy dùng tệp mẫu.',
      'No payment was found. A heading row with citizen id (or case code), name, amount, day, document and unit code is needed, and a row a person below it. Use the template.',
    );
  }
  return lines.length > mostEarlierLines
    ? refused(
        `Tệp có ${lines.length} dòng, nhiều hơn ${mostEarlierLines}. Hãy chia thành nhiều tệp.`,
        `The file has ${lines.length} rows, more than ${mostEarlierLines}. Split it.`,
      )
    : { outcome: 'lines', lines };
}

type Places = Readonly<Partial<Record<Column, number>>>;

function linesOf({ name, rows }: Sheet): readonly EarlierLine[] {
  const heading = rows.findIndex((row) => placesOf(row) !== undefined);
  const places = rows[heading] === undefined ? undefined : placesOf(rows[heading]);
  if (places === undefined) return [];
  return rows.slice(heading + 1).flatMap((row) => {
    const said = paymentIn(row, places);
    return said === undefined ? [] : [{ sheet: name, row: row.number, said }];
  });
}

function placesOf({ cells }: SheetRow): Places | undefined {
  const places: Partial<Record<Column, number>> = {};
  for (const column of columns) {
    const { heading, alsoCalled } = earlierColumns[column];
    const names: readonly string[] = [fold(heading), ...alsoCalled];
    const found = cells.find(({ text }) => names.includes(fold(text)));
    if (found !== undefined) places[column] = found.column;
  }
  const isPerson = places.citizenId !== undefined || places.caseCode !== undefined;
  const needed = [places.name, places.amount, places.on, places.document, places.paidBy];
  return isPerson && !needed.includes(undefined) ? places : undefined;
}

/** Nothing for an empty row and for a row of totals. */
function paymentIn(row: SheetRow, places: Places): EarlierLine['said'] | undefined {
  const cellOf = (column: Column) => row.cells.find((cell) => cell.column === places[column]);
  const textOf = (column: Column) => tidy(cellOf(column)?.text ?? '');
  if (columns.every((column) => textOf(column) === '')) return undefined;
  const [citizenId, caseCode] = [citizenIdOf(textOf('citizenId')), textOf('caseCode')];
  if (isTotal(row, textOf('citizenId') + caseCode + textOf('document'))) return undefined;
  const [amount, on] = [amountOf(cellOf('amount')), dayOf(textOf('on'))];
  const [name, document, paidBy] = [textOf('name'), textOf('document'), textOf('paidBy')];
  if (amount === undefined) return wrong(`số tiền "${textOf('amount')}" không đọc được`, 'the amount cannot be read');
  if (on === undefined) return wrong(`ngày chi "${textOf('on')}" không hợp lệ`, 'the day is none');
  if (citizenId === undefined) return wrong('số định danh không đủ 12 chữ số', 'the citizen id has not 12 digits');
  if (citizenId + caseCode === '') return wrong('không ghi số định danh hoặc mã hồ sơ', 'it names no person');
  if (name === '') return wrong('không ghi họ và tên', 'it has no name');
  if (document === '') return wrong('không ghi số chứng từ', 'it has no document number');
  if (paidBy === '') return wrong('không ghi mã đơn vị đã chi', 'it names no paying unit');
  return { citizenId, caseCode, name, amount, on, document, paidBy };
}

function wrong(vi: string, en: string): { readonly fault: Sentence } {
  return { fault: { vi: `Không đọc được dòng này: ${vi}.`, en: `This row cannot be read: ${en}.` } };
}

function isTotal({ cells }: SheetRow, named: string): boolean {
  return named === '' && cells.some(({ text }) => /^(tong|cong)\b/.test(fold(text)));
}

/** Excel drops leading zeros of a number; the name is compared afterwards. Nothing when it cannot be an id. */
function citizenIdOf(text: string): string | undefined {
  const digits = text.replaceAll(/[\s.]/g, '');
  if (digits === '') return '';
  return /^\d{10,12}$/.test(digits) ? digits.padStart(12, '0') : undefined;
}

/** Whole đồng above nothing: a number, or digits in groups of three. `1.000,5` and `1,5` are none. */
function amountOf(cell: SheetCell | undefined): Dong | undefined {
  const text = tidy(cell?.text ?? '').replace(/\s*(đồng|đ|vnd|vnđ)$/iu, '');
  const isAmount =
    cell?.kind === 'number' ? /^\d{1,15}$/.test(text) : /^(\d{1,15}|\d{1,3}([., ]\d{3}){1,4})$/.test(text);
  const amount = isAmount ? BigInt(text.replaceAll(/[., ]/g, '')) : 0n;
  return amount > 0n ? amount : undefined;
}

/** A sheet's date, or `dd/mm/yyyy` as text. */
function dayOf(text: string): LocalDate | undefined {
  if (isLocalDate(text)) return text;
  const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const day = parts === null ? '' : `${parts[3]}-${parts[2]?.padStart(2, '0')}-${parts[1]?.padStart(2, '0')}`;
  return isLocalDate(day) ? day : undefined;
}
