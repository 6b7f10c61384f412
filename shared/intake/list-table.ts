/** Sheet → table: the heading row found by meaning, the rows under it by column, faults noted with their cells. */
import { formatDay } from '../calendar.ts';
import { fold, type Sentence } from '../vietnamese.ts';
import { headingMeaning, type ListColumn, meaningsOf } from './list-columns.ts';
import { type Fault, type FaultCode, fault, type More } from './list-faults.ts';
import type { Reader } from './list-values.ts';
import { cellAddress, type Sheet, type SheetCell, type SheetRow } from '../case/sheet.ts';

/** Title lines may stand above the heading, but not more than these rows. */
const headingWithinRows = 15;

export interface Table<Key extends string> {
  readonly sheet: string;
  /** The number of the column in the sheet, by key. */
  readonly places: ReadonlyMap<Key, number>;
  readonly columns: readonly ListColumn<Key>[];
  readonly rows: readonly TableRow<Key>[];
}

export interface TableRow<Key extends string> {
  readonly number: number;
  readonly cells: ReadonlyMap<Key, SheetCell>;
}

/** The table of the named sheet, or everything that keeps it from being read. */
export function findTable<Key extends string>(
  sheets: readonly Sheet[],
  name: string,
  columns: readonly ListColumn<Key>[],
): Table<Key> | { readonly problems: readonly Sentence[] } {
  const sheet = sheets.find((one) => headingMeaning(one.name) === headingMeaning(name));
  if (sheet === undefined)
    return { problems: [{ vi: `Thiếu sheet «${name}».`, en: `The sheet «${name}» is missing.` }] };
  const heading = findHeading(sheet, columns);
  if (heading === undefined) {
    return {
      problems: [
        {
          vi: `Sheet «${name}» không có dòng tiêu đề cột trong ${headingWithinRows} dòng đầu.`,
          en: `The sheet «${name}» has no heading row within its first ${headingWithinRows} rows.`,
        },
      ],
    };
  }
  const { places, twice } = placesOf(heading, columns);
  const absent = columns.filter(({ key, isNeeded }) => isNeeded && !places.has(key)).map((of) => of.heading);
  const problems = [...columnsSentence(name, absent, 'thiếu cột', 'lacks the columns')];
  problems.push(...columnsSentence(name, twice, 'có hai cột', 'has twice the columns'));
  if (problems.length > 0) return { problems };
  return { sheet: sheet.name, places, columns, rows: rowsUnder(sheet, heading.number, places) };
}

function columnsSentence(sheet: string, headings: readonly string[], vi: string, en: string): Sentence[] {
  const list = headings.map((heading) => `«${heading}»`).join(', ');
  return headings.length === 0
    ? []
    : [{ vi: `Sheet «${sheet}» ${vi} ${list}.`, en: `The sheet «${sheet}» ${en} ${list}.` }];
}

/** The row that names the most columns, a third of them at least. */
function findHeading<Key extends string>(sheet: Sheet, columns: readonly ListColumn<Key>[]): SheetRow | undefined {
  const meanings = new Set(columns.flatMap(meaningsOf));
  const needed = columns.filter(({ isNeeded }) => isNeeded).length;
  let best: SheetRow | undefined;
  let most = Math.ceil(needed / 3) - 1;
  for (const row of sheet.rows.filter(({ number }) => number <= headingWithinRows)) {
    const named = row.cells.filter(({ text }) => meanings.has(headingMeaning(text))).length;
    if (named > most) [best, most] = [row, named];
  }
  return best;
}

function placesOf<Key extends string>(
  heading: SheetRow,
  columns: readonly ListColumn<Key>[],
): { places: Map<Key, number>; twice: string[] } {
  const places = new Map<Key, number>();
  const twice: string[] = [];
  for (const of of columns) {
    const meanings = meaningsOf(of);
    const found = heading.cells.filter(({ text }) => meanings.includes(headingMeaning(text)));
    if (found[0] !== undefined) places.set(of.key, found[0].column);
    if (found.length > 1) twice.push(of.heading);
  }
  return { places, twice };
}

/** Blank rows, a row of column numbers and totals are no persons. After a total come signatures: nearly empty rows. */
function rowsUnder<Key extends string>(
  sheet: Sheet,
  heading: number,
  places: ReadonlyMap<Key, number>,
): readonly TableRow<Key>[] {
  const rows: TableRow<Key>[] = [];
  const keys = new Map([...places].map(([key, place]) => [place, key]));
  let isPastTotal = false;
  for (const row of sheet.rows) {
    if (row.number <= heading) continue;
    const cells = new Map<Key, SheetCell>();
    for (const cell of row.cells) {
      const key = keys.get(cell.column);
      if (key !== undefined && cell.text !== '') cells.set(key, cell);
    }
    if (isTotal(row)) isPastTotal = true;
    else if (cells.size > 0 && !isColumnNumbers(row, heading) && !(isPastTotal && cells.size < 3)) {
      rows.push({ number: row.number, cells });
    }
  }
  return rows;
}

/** `Cộng`, `Tổng cộng:`, `Tổng số 12 người`; not Mr Tống Công Minh. */
function isTotal({ cells }: SheetRow): boolean {
  const first = cells.find(({ text }) => text !== '');
  return first?.kind === 'text' && /^(tong cong|tong so|tong|cong)(\s*[:.(=\d].*|\s+nguoi)?$/.test(fold(first.text));
}

/** `(1) (2) (3) …` right under the heading, as forms have it. */
function isColumnNumbers({ number, cells }: SheetRow, heading: number): boolean {
  return number === heading + 1 && cells.length > 3 && cells.every(({ text }) => /^\(?\d{1,2}\)?$/.test(text));
}

/** A fault and the column it stands in, for the order of the report. */
export interface Placed {
  readonly fault: Fault;
  readonly column: number;
}

/** A row that is being read. It keeps what is wrong with it. */
export interface OpenRow<Key extends string> {
  readonly number: number;
  readonly faults: Placed[];
  readonly warnings: Placed[];
  isFilled(key: Key): boolean;
  /** The value of the cell; `undefined` when it is empty, or wrong, which is then noted. */
  read<T>(key: Key, reader: Reader<T>): T | undefined;
  /** The same, and an empty cell is noted as missing. */
  need<T>(key: Key, reader: Reader<T>): T | undefined;
  /** Notes a fault that several cells show together, at the cell to look at. */
  blame(key: Key, code: FaultCode, more?: More): void;
  warn(key: Key, code: FaultCode, more?: More): void;
}

export function openRow<Key extends string>(table: Table<Key>, row: TableRow<Key>): OpenRow<Key> {
  const faults: Placed[] = [];
  const warnings: Placed[] = [];
  const note = (into: Placed[], key: Key, code: FaultCode, more: More = '') => {
    const column = table.places.get(key) ?? 1;
    const cell = row.cells.get(key);
    const found = cell === undefined ? '' : cell.kind === 'date' ? formatDay(cell.text) : cell.text;
    const heading = table.columns.find((of) => of.key === key)?.heading ?? '';
    const address = cellAddress({ column, row: row.number });
    into.push({
      column,
      fault: fault({ code, sheet: table.sheet, row: row.number, cell: address, column: heading, found }, more),
    });
  };
  const read = <T>(key: Key, reader: Reader<T>): T | undefined => {
    const cell = row.cells.get(key);
    if (cell === undefined) return undefined;
    const result = reader(cell);
    if ('value' in result) return result.value;
    note(faults, key, result.wrong, result.more);
    return undefined;
  };
  return {
    number: row.number,
    faults,
    warnings,
    isFilled: (key) => row.cells.has(key),
    read,
    need: (key, reader) => {
      if (!row.cells.has(key)) note(faults, key, 'missing');
      return read(key, reader);
    },
    blame: (key, code, more) => note(faults, key, code, more),
    warn: (key, code, more) => note(warnings, key, code, more),
  };
}
