/**
 * Sheets → tables: heading rows found by meaning wherever they stand, the rows under them by column, faults noted with
 * their cells. A sheet may hold several tables, and a table may go on over several sheets or printed pages.
 */
import { formatDay } from '../calendar.ts';
import { fold, type Sentence } from '../vietnamese.ts';
import { headingMeaning, type ListColumn, meaningsOf } from './list-columns.ts';
import { type Fault, type FaultCode, fault, type More } from './list-faults.ts';
import type { Reader } from './list-values.ts';
import { cellAddress, columnLetters, type Sheet, type SheetCell, type SheetRow } from '../case/sheet.ts';

/** A heading may be split over so many rows, its groups above. */
const mostHeadingRows = 3;

/** A kind of table: its columns, and the headings that a unit has said to mean one of them (meaning → key). */
export interface TableKind<Key extends string> {
  readonly columns: readonly ListColumn<Key>[];
  readonly learnt: Readonly<Partial<Record<string, Key>>>;
}

export interface Table<Key extends string> {
  readonly sheet: string;
  readonly headingRow: number;
  /** The number of the column in the sheet, by key. */
  readonly places: ReadonlyMap<Key, number>;
  readonly columns: readonly ListColumn<Key>[];
  /** Headings of columns that mean nothing to us, as they stand there. */
  readonly unknown: readonly UnknownColumn[];
  /** Headings of columns that two columns of the table claim to be. */
  readonly twice: readonly string[];
  readonly rows: readonly SheetRow[];
  /** Rows that were taken for no person and no period, and what they were taken for. */
  readonly passedOver: readonly PassedOver[];
}

export interface UnknownColumn {
  readonly column: number;
  readonly heading: string;
  /** What stands in the first rows under it. */
  readonly samples: readonly string[];
}

export interface PassedOver {
  readonly row: number;
  readonly as: 'total' | 'group' | 'note' | 'blank';
  readonly text: string;
}

export interface Tables<P extends string, Q extends string> {
  readonly people: readonly Table<P>[];
  readonly periods: readonly Table<Q>[];
  /** Names of sheets with something in them, yet without a table. */
  readonly without: readonly string[];
}

/** Every table of the two kinds, in the order of the sheets. */
export function findTables<P extends string, Q extends string>(
  sheets: readonly Sheet[],
  people: TableKind<P>,
  periods: TableKind<Q>,
): Tables<P, Q> {
  const found: { people: Table<P>[]; periods: Table<Q>[]; without: string[] } = {
    people: [],
    periods: [],
    without: [],
  };
  const finders = { people: finderOf(people), periods: finderOf(periods) };
  for (const sheet of sheets) {
    const starts = headingsOf(sheet, finders);
    if (starts.length === 0 && sheet.rows.length > 0) found.without.push(sheet.name);
    for (const [index, { kind, heading }] of starts.entries()) {
      const rows = sheet.rows.slice(heading.to, starts[index + 1]?.heading.from);
      if (kind === 'people') found.people.push(tableOf(sheet, heading, rows, finders.people));
      else found.periods.push(tableOf(sheet, heading, rows, finders.periods));
    }
  }
  return found;
}

interface Finder<Key extends string> extends TableKind<Key> {
  /** Meaning → key. */
  readonly meanings: ReadonlyMap<string, Key>;
  /** So many columns make a heading. */
  readonly fewest: number;
}

function finderOf<Key extends string>(kind: TableKind<Key>): Finder<Key> {
  const meanings = new Map<string, Key>();
  for (const column of kind.columns) for (const meaning of meaningsOf(column)) meanings.set(meaning, column.key);
  for (const [meaning, key] of Object.entries(kind.learnt)) if (key !== undefined) meanings.set(meaning, key);
  const needed = kind.columns.filter(({ isNeeded }) => isNeeded).length;
  return { ...kind, meanings, fewest: Math.max(3, Math.ceil(needed / 3)) };
}

/** Rows of a sheet by their place in `sheet.rows`; what each column is called, most particular first. */
interface Heading {
  readonly from: number;
  readonly to: number;
  readonly labels: ReadonlyMap<number, readonly string[]>;
}

type Finders<P extends string, Q extends string> = { readonly people: Finder<P>; readonly periods: Finder<Q> };

function headingsOf<P extends string, Q extends string>(
  sheet: Sheet,
  finders: Finders<P, Q>,
): readonly { kind: 'people' | 'periods'; heading: Heading }[] {
  const starts: { kind: 'people' | 'periods'; heading: Heading }[] = [];
  for (let at = 0; at < sheet.rows.length; at += 1) {
    const best = bestHeading(sheet.rows, at, finders);
    if (best === undefined) continue;
    starts.push(best);
    at = best.heading.to - 1;
  }
  return starts;
}

/** The heading that begins at this row, of as few rows as name the most columns. */
function bestHeading<P extends string, Q extends string>(
  rows: readonly SheetRow[],
  from: number,
  { people, periods }: Finders<P, Q>,
): { kind: 'people' | 'periods'; heading: Heading } | undefined {
  if (!mayBeHeading(rows[from], people, periods)) return undefined;
  let best: { kind: 'people' | 'periods'; heading: Heading } | undefined;
  let most = 0;
  for (let to = from + 1; to <= Math.min(from + mostHeadingRows, rows.length); to += 1) {
    const heading = { from, to, labels: labelsOf(rows.slice(from, to)) };
    const named = { people: namedBy(heading, people), periods: namedBy(heading, periods) };
    const kind = named.people >= named.periods ? 'people' : 'periods';
    if (named[kind] > most) [best, most] = [{ kind, heading }, named[kind]];
  }
  return best;
}

/** How many columns of the kind a heading names; none when they are too few to be one. */
function namedBy<Key extends string>(heading: Heading, finder: Finder<Key>): number {
  const named = placesOf(heading, finder).places.size;
  return named >= finder.fewest ? named : 0;
}

/** A quick look, for every row of a long list is asked: one of the first texts is a heading, or heads a group. */
function mayBeHeading(
  row: SheetRow | undefined,
  ...finders: readonly { readonly meanings: ReadonlyMap<string, unknown> }[]
): boolean {
  const texts = (row?.cells ?? []).filter(({ kind, text }) => kind === 'text' && text.length < 80).slice(0, 4);
  return texts.some(({ text }) => finders.some(({ meanings }) => meanings.has(headingMeaning(text))));
}

/**
 * Under each column: all its texts from the top (`Quyết định`, `Số`), the same the other way round, its group's, then each
 * of its own. A group reaches right to the next.
 */
function labelsOf(rows: readonly SheetRow[]): ReadonlyMap<number, readonly string[]> {
  const last = rows.at(-1)?.cells ?? [];
  const columns = new Set(rows.flatMap(({ cells }) => cells.map(({ column }) => column)));
  const labels = new Map<number, readonly string[]>();
  for (const column of columns) {
    const isUnder = last.some((cell) => cell.column === column);
    const texts = rows.flatMap(({ cells }, index) => {
      const own = cells.find((cell) => cell.column === column);
      const above = index < rows.length - 1 && isUnder ? cells.findLast((cell) => cell.column < column) : undefined;
      const text = (own ?? above)?.text ?? '';
      return text === '' ? [] : [text];
    });
    const own = rows.flatMap(({ cells }) => cells.filter((cell) => cell.column === column).map(({ text }) => text));
    const group = texts.slice(0, texts.length - own.length).join(' ');
    const reversed = own.length === 1 && group !== '' ? [`${own[0]} ${group}`] : [];
    const names = [texts.join(' '), ...reversed, group, ...own.toReversed()];
    labels.set(column, [...new Set(names.filter((text) => text !== ''))]);
  }
  return labels;
}

function placesOf<Key extends string>(
  { labels }: Heading,
  { meanings, columns }: Finder<Key>,
): { places: Map<Key, number>; twice: readonly string[]; unnamed: readonly number[] } {
  const places = new Map<Key, number>();
  const twice = new Set<string>();
  const unnamed: number[] = [];
  for (const [column, texts] of [...labels].toSorted(([one], [other]) => one - other)) {
    const keys = texts.map((text) => meanings.get(headingMeaning(text))).filter((key) => key !== undefined);
    const key = keys.find((one) => !places.has(one)) ?? keys[0];
    if (key === undefined) unnamed.push(column);
    else if (places.has(key)) twice.add(columns.find((of) => of.key === key)?.heading ?? key);
    else places.set(key, column);
  }
  return { places, twice: [...twice], unnamed };
}

function tableOf<Key extends string>(
  sheet: Sheet,
  heading: Heading,
  under: readonly SheetRow[],
  finder: Finder<Key>,
): Table<Key> {
  const { places, twice, unnamed } = placesOf(heading, finder);
  const { rows, passedOver } = rowsUnder(under, places);
  const unknown = unnamed.flatMap((column) => {
    const samples = samplesOf(under, column);
    return samples.length === 0 ? [] : [{ column, heading: heading.labels.get(column)?.[0] ?? '', samples }];
  });
  const headingRow = sheet.rows[heading.to - 1]?.number ?? 1;
  return { sheet: sheet.name, headingRow, places, columns: finder.columns, unknown, twice, rows, passedOver };
}

/** What stands in the first three filled rows of a column. */
function samplesOf(rows: readonly SheetRow[], column: number): readonly string[] {
  const samples: string[] = [];
  for (const { cells } of rows) {
    const cell = cells.find((one) => one.column === column);
    if (cell !== undefined) samples.push(cell.text.slice(0, 40));
    if (samples.length === 3) break;
  }
  return samples;
}

/** Blank rows, column numbers, totals, groups and notes are no persons; what has words in it is told. */
function rowsUnder<Key extends string>(
  under: readonly SheetRow[],
  places: ReadonlyMap<Key, number>,
): Pick<Table<Key>, 'rows' | 'passedOver'> {
  const rows: SheetRow[] = [];
  const passedOver: PassedOver[] = [];
  const keys = new Map([...places].map(([key, place]) => [place, key]));
  let isPastTotal = false;
  for (const [index, row] of under.entries()) {
    const filled = row.cells.flatMap(({ column, text }) => (text === '' ? [] : (keys.get(column) ?? [])));
    if (filled.length === 0 || (index === 0 && isColumnNumbers(row))) continue;
    const as = takenFor(row, filled, isPastTotal);
    if (as === 'total') isPastTotal = true;
    else if (as === undefined) isPastTotal = false;
    if (as === undefined) rows.push(row);
    else passedOver.push({ row: row.number, as, text: textOf(row) });
  }
  return { rows, passedOver };
}

function textOf({ cells }: SheetRow): string {
  return cells
    .map(({ text }) => text)
    .join(' ')
    .slice(0, 60);
}

/** Without any of these a row names nobody, and no months. */
const tellingKeys: readonly string[] = [
  'citizenId',
  'birth',
  'birthOfMen',
  'birthOfWomen',
  'accountNumber',
  'leaveOn',
  'from',
  'to',
];

/** What stands under a table where it is signed. */
const signing =
  /^(nguoi lap|nguoi tong hop|lap bieu|ke toan|thu truong|giam doc|chu tich|truong phong|chanh van phong|noi nhan|xac nhan|\(?ky)/;
const dateLine = /,? ngay ?[\d.…]* ?thang ?[\d.…]* ?nam/;

/**
 * A subtotal, a group's name (`II. Phòng Tài chính`) with or without its sum, a note or signature, or a line that is
 * numbered and empty; `undefined` for a row of the table. Takes the keys of the columns that are filled.
 */
function takenFor({ cells }: SheetRow, filled: readonly string[], isPastTotal: boolean): PassedOver['as'] | undefined {
  const first = cells.find(({ text }) => text !== '');
  const isNumberAlone = filled.length === 1 && filled[0] === 'number' && cells.length === 1;
  if (isNumberAlone && /^\d{1,5}\.?$/.test(first?.text ?? '')) return 'blank';
  if (first?.kind !== 'text') return undefined;
  if (cells.every((cell) => signing.test(fold(cell.text)) || dateLine.test(fold(cell.text)))) return 'note';
  if (filled.some((key) => tellingKeys.includes(key))) return undefined;
  const text = fold(first.text);
  // With its mark `Cộng` is no name; without marks only where nothing of a name follows.
  if (/^(tổng cộng|tổng số|tổng|cộng)(?![\p{L}\d])/iu.test(first.text)) return 'total';
  if (/^(tong cong|tong so|tong|cong)(\s*[:.(=\d].*|\s+(nguoi|[ivx]+|nhom|khoi|phong|don vi)\b.*)?$/.test(text)) {
    return 'total';
  }
  if (/^([ivx]{1,5}|[a-h]|[ivx]{1,5}[.)]\s.*|[a-h][.)]\s.*)\.?$/.test(text)) return 'group';
  if (filled.length < 3 && isPastTotal) return 'note';
  // Words in the column of numbers and nowhere else: nobody is named there.
  return isNumberAlone || (cells.length === 1 && /^(ghi chu|luu y|\*|-)/.test(text)) ? 'note' : undefined;
}

/** `(1) (2) (3) …` right under the heading, as forms have it. */
function isColumnNumbers({ cells }: SheetRow): boolean {
  return cells.length > 3 && cells.every(({ text }) => /^\(?\d{1,2}\)?$/.test(text));
}

/** What keeps a table from being read. */
export function problemsOf<Key extends string>({ sheet, columns, places, twice }: Table<Key>): readonly Sentence[] {
  const absent = columns.filter(({ key, isNeeded }) => isNeeded && !places.has(key)).map((of) => of.heading);
  return [
    ...columnsSentence(sheet, absent, 'thiếu cột', 'lacks the columns'),
    ...columnsSentence(sheet, twice, 'có hai cột', 'has twice the columns'),
  ];
}

function columnsSentence(sheet: string, headings: readonly string[], vi: string, en: string): Sentence[] {
  const list = headings.map((heading) => `«${heading}»`).join(', ');
  return headings.length === 0
    ? []
    : [{ vi: `Sheet «${sheet}» ${vi} ${list}.`, en: `The sheet «${sheet}» ${en} ${list}.` }];
}

const mostNamed = 10;

/** What a reader should know of how a table was understood: what was passed over, and what has no use. */
export function noticesOf<Key extends string>({ sheet, passedOver, unknown }: Table<Key>): readonly Sentence[] {
  const notices: Sentence[] = [];
  for (const { as, vi, en } of passedOverWords) {
    const rows = passedOver.filter((one) => one.as === as);
    const list = rows.slice(0, mostNamed).map(({ row, text }) => `${row} «${text}»`);
    const more = rows.length > list.length ? ', …' : '';
    if (rows.length > 0) {
      notices.push({
        vi: `Sheet «${sheet}»: ${vi} (dòng ${list.join(', ')}${more}).`,
        en: `Sheet «${sheet}»: ${en} (rows ${list.join(', ')}${more}).`,
      });
    }
  }
  if (unknown.length > 0) {
    const named = unknown.slice(0, mostNamed).map(({ column, heading }) => `${columnLetters(column)} «${heading}»`);
    const list = named.join(', ');
    const more = unknown.length - named.length;
    notices.push({
      vi: `Sheet «${sheet}»: không dùng đến cột ${list}${more > 0 ? ` và ${more} cột khác` : ''}.`,
      en: `Sheet «${sheet}»: no use is made of the columns ${list}${more > 0 ? ` and ${more} more` : ''}.`,
    });
  }
  return notices;
}

const passedOverWords = [
  { as: 'total', vi: 'dòng cộng không phải là người', en: 'totals are no persons' },
  { as: 'group', vi: 'dòng tên nhóm không phải là người', en: 'names of groups are no persons' },
  { as: 'note', vi: 'ghi chú, chữ ký dưới bảng không phải là người', en: 'notes and signatures are no persons' },
  { as: 'blank', vi: 'dòng chỉ có số thứ tự được bỏ qua', en: 'lines with a number only are left out' },
] as const satisfies readonly ({ as: PassedOver['as'] } & Sentence)[];

/** A fault and the column it stands in, for the order of the report. */
export interface Placed {
  readonly fault: Fault;
  readonly column: number;
}

/** A row that is being read. It keeps what is wrong with it. */
export class OpenRow<Key extends string> {
  readonly faults: Placed[] = [];
  readonly warnings: Placed[] = [];
  readonly #table: Table<Key>;
  readonly #row: SheetRow;

  constructor(table: Table<Key>, row: SheetRow) {
    this.#table = table;
    this.#row = row;
  }

  get sheet(): string {
    return this.#table.sheet;
  }

  get number(): number {
    return this.#row.number;
  }

  hasColumn(key: Key): boolean {
    return this.#table.places.has(key);
  }

  isFilled(key: Key): boolean {
    return this.cell(key) !== undefined;
  }

  /** The cell of a column, unless it is empty. */
  cell(key: Key): SheetCell | undefined {
    const place = this.#table.places.get(key);
    return place === undefined
      ? undefined
      : this.#row.cells.find(({ column, text }) => column === place && text !== '');
  }

  /** The value of the cell; `undefined` when it is empty, or wrong, which is then noted. */
  read<T>(key: Key, reader: Reader<T>): T | undefined {
    const cell = this.cell(key);
    if (cell === undefined) return undefined;
    const result = reader(cell);
    if ('wrong' in result) {
      this.blame(key, result.wrong, result.more);
      return undefined;
    }
    if (result.but !== undefined) this.warn(key, result.but.wrong, result.but.more);
    return result.value;
  }

  /** The same, and an empty cell is noted as missing. */
  need<T>(key: Key, reader: Reader<T>): T | undefined {
    if (!this.isFilled(key)) this.blame(key, 'missing');
    return this.read(key, reader);
  }

  /** Notes a fault that several cells show together, at the cell to look at. */
  blame(key: Key, code: FaultCode, more?: More): void {
    this.faults.push(this.#placed(key, code, more));
  }

  warn(key: Key, code: FaultCode, more?: More): void {
    this.warnings.push(this.#placed(key, code, more));
  }

  #placed(key: Key, code: FaultCode, more: More = ''): Placed {
    const { sheet, places, columns } = this.#table;
    const column = places.get(key) ?? 1;
    const cell = this.cell(key);
    const found = cell === undefined ? '' : cell.kind === 'date' ? formatDay(cell.text) : cell.text;
    const heading = columns.find((of) => of.key === key)?.heading ?? '';
    const address = cellAddress({ column, row: this.number });
    return { column, fault: fault({ code, sheet, row: this.number, cell: address, column: heading, found }, more) };
  }
}
