/** Reads somebody else's list of people: columns known by their headings, a row a person; a bad row never sinks the others. */
import { type Refused, refused } from '../case/ports.ts';
import type { Sheet, SheetCell, SheetRow } from '../case/sheet.ts';
import type { Dong } from '../dong.ts';
import { fold, tidy } from '../vietnamese.ts';

/** One row; what names the person is none of what is kept of it. */
export interface OutsideRow {
  readonly sheet: string;
  readonly row: number;
  /** 12 digits, or empty. */
  readonly citizenId: string;
  readonly caseCode: string;
  readonly decision: string;
  /** Absent where the list has no column of sums. */
  readonly total?: Dong;
  /** Neither of the three could be read, or the sum could not. */
  readonly isUnreadable: boolean;
}

/** Folded headings of each column. */
const headings = {
  citizenId: ['so dinh danh ca nhan', 'so dinh danh', 'so cccd', 'cccd', 'so can cuoc', 'so can cuoc cong dan'],
  caseCode: ['ma ho so', 'ma so ho so'],
  decision: ['so quyet dinh', 'quyet dinh so', 'so quyet dinh nghi', 'quyet dinh nghi'],
  total: [
    'so tien',
    'so tien (dong)',
    'tong so tien',
    'tong so tien (dong)',
    'so tien da chi',
    'so tien da chi (dong)',
    'kinh phi',
    'tong cong',
  ],
} as const;
type Column = keyof typeof headings;
const columns = ['citizenId', 'caseCode', 'decision', 'total'] as const satisfies readonly Column[];

export const mostOutsideRows = 200_000;

export function readOutsideList(
  sheets: readonly Sheet[],
): { readonly outcome: 'rows'; readonly rows: readonly OutsideRow[] } | Refused {
  const rows = sheets.flatMap(rowsOf);
  if (rows.length === 0) {
    return refused(
      'Không tìm thấy người nào trong tệp. Cần dòng tiêu đề có cột Số định danh cá nhân, hoặc Mã hồ sơ, hoặc Số quyết định (thêm cột Số tiền nếu có), và dưới đó mỗi người một dòng.',
      'Nobody was found in the file. A heading row with the citizen id, the case code or the decision number is needed (and the sum, if there is one), with a row a person below it.',
    );
  }
  return rows.length > mostOutsideRows
    ? refused(
        `Tệp có hơn ${mostOutsideRows} dòng. Hãy chia nhỏ.`,
        `The file has over ${mostOutsideRows} rows. Split it.`,
      )
    : { outcome: 'rows', rows };
}

type Places = Readonly<Partial<Record<Column, number>>>;

function rowsOf({ name, rows }: Sheet): readonly OutsideRow[] {
  const heading = rows.findIndex((row) => placesOf(row) !== undefined);
  const places = rows[heading] === undefined ? undefined : placesOf(rows[heading]);
  if (places === undefined) return [];
  return rows.slice(heading + 1).flatMap((row) => {
    const read = rowIn(row, places);
    return read === undefined ? [] : [{ sheet: name, row: row.number, ...read }];
  });
}

function placesOf({ cells }: SheetRow): Places | undefined {
  const places: Partial<Record<Column, number>> = {};
  for (const column of columns) {
    const names: readonly string[] = headings[column];
    const found = cells.find(({ text }) => names.includes(fold(tidy(text))));
    if (found !== undefined) places[column] = found.column;
  }
  const namesPeople = [places.citizenId, places.caseCode, places.decision].some((place) => place !== undefined);
  return namesPeople ? places : undefined;
}

/** Nothing for an empty row, for a row of totals and for one that numbers the columns. */
function rowIn(row: SheetRow, places: Places): Omit<OutsideRow, 'sheet' | 'row'> | undefined {
  const cellOf = (column: Column) => row.cells.find((cell) => cell.column === places[column]);
  const textOf = (column: Column) => tidy(cellOf(column)?.text ?? '');
  const named = [textOf('citizenId'), textOf('caseCode'), textOf('decision')];
  if (named.every((text) => text === '')) {
    const isTotal = row.cells.some(({ text }) => /^(tong|cong)\b/.test(fold(text)));
    if (isTotal || textOf('total') === '') return undefined;
  }
  if (isNumbering(row)) return undefined;
  const [citizenId, total] = [citizenIdOf(textOf('citizenId')), amountOf(cellOf('total'))];
  const isSumMissing = places.total !== undefined && total === undefined;
  const isNameless = (citizenId ?? '') === '' && textOf('caseCode') === '' && textOf('decision') === '';
  return {
    citizenId: citizenId ?? '',
    caseCode: textOf('caseCode'),
    decision: textOf('decision'),
    ...(total === undefined ? {} : { total }),
    isUnreadable: citizenId === undefined || isNameless || isSumMissing,
  };
}

/** `(1) (2) (3)` below the headings. */
function isNumbering({ cells }: SheetRow): boolean {
  const numbers = cells.map(({ text }) => (/^\(?\d{1,2}\)?$/.test(text) ? Number(text.replaceAll(/[()]/g, '')) : -1));
  return numbers.length > 1 && numbers.every((number, index) => number === (numbers[0] ?? 0) + index && number > 0);
}

/** Excel drops leading zeros of a number. Nothing when it cannot be an id; empty when there is none. */
function citizenIdOf(text: string): string | undefined {
  const digits = text.replaceAll(/[\s.]/g, '');
  if (digits === '') return '';
  return /^\d{10,12}$/.test(digits) ? digits.padStart(12, '0') : undefined;
}

/** Whole đồng: a number, or digits in groups of three. */
function amountOf(cell: SheetCell | undefined): Dong | undefined {
  const text = tidy(cell?.text ?? '').replace(/\s*(đồng|đ|vnd|vnđ)$/iu, '');
  const isAmount =
    cell?.kind === 'number' ? /^\d{1,15}$/.test(text) : /^(\d{1,15}|\d{1,3}([., ]\d{3}){1,4})$/.test(text);
  return isAmount ? BigInt(text.replaceAll(/[., ]/g, '')) : undefined;
}
