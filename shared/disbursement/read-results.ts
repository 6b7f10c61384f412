/** Reads a result sheet of the Treasury, a bank or a unit: what it states above its table, and a line a row. */
import { isLocalDate } from '../calendar.ts';
import { type OrderOutcome, referenceIn } from '../case/order.ts';
import { type Refused, refused } from '../case/ports.ts';
import type { Sheet, SheetCell, SheetRow } from '../case/sheet.ts';
import type { Dong } from '../dong.ts';
import { fold, type Sentence, tidy } from '../vietnamese.ts';
import type { ResultFile, ResultLine, UnreadableLine } from './reconcile.ts';
import {
  knownHeadings,
  meaningOf,
  placeOf,
  type ResultColumn,
  resultColumns,
  type SenderColumns,
} from './result-columns.ts';

/** The lines above the table that state what the file holds. */
export const statedLabels = { batch: 'Mã đợt', count: 'Tổng số khoản', total: 'Tổng số tiền' } as const;

/** Count and total of the sender's covering page, as Finance typed them. */
export interface Control {
  readonly count: number;
  readonly total: Dong;
}

/** A sheet whose headings or words nobody has told yet. */
export interface ToTell {
  readonly outcome: 'to-tell';
  /** Empty where the columns are known and words alone are not. */
  readonly headings: readonly string[];
  /** Some rows below the headings, a text a heading. */
  readonly samples: readonly (readonly string[])[];
  /** Words of the column of outcomes that nobody has told. */
  readonly words: readonly string[];
}

export interface ReadOptions {
  /** What is known of the sender; absent where nobody said who sent the file. */
  readonly sender?: SenderColumns;
  readonly control?: Control;
}

const samplesShown = 5;
/** More words than these are no outcomes: the wrong column was chosen. */
const mostWords = 30;

export function readResults(
  sheets: readonly Sheet[],
  { sender, control }: ReadOptions = {},
): (ResultFile & { readonly outcome: 'results' }) | ToTell | Refused {
  const found = sheets.flatMap(({ rows }) => tableIn(rows, sender)).at(0);
  if (found === undefined) return toTell(sheets) ?? noTable;
  const { rows, heading, places } = found;
  const stated = stating(rows.slice(0, heading), sender, control);
  if ('outcome' in stated) return stated;
  const body = rows.slice(heading + 1).filter((row) => isLine(row, places));
  const words = sender === undefined ? [] : untoldWords(body, places, sender);
  if (words.length > 0) return { outcome: 'to-tell', headings: [], samples: [], words };
  const read = body.map((row) => lineOf(row, places, sender));
  return {
    outcome: 'results',
    ...stated,
    lines: read.filter((line): line is ResultLine => !('unreadable' in line)),
    unreadable: read.filter((line) => 'unreadable' in line),
  };
}

const noTable = refused(
  'Không tìm thấy bảng kết quả: cần dòng tiêu đề có các cột Mã khoản chi, Số tiền, Kết quả, Ngày. Hãy dùng đúng tệp của bên gửi.',
  'There is no result table: a heading row with Mã khoản chi, Số tiền, Kết quả, Ngày is needed. Use the file as it was sent.',
);

type Places = Readonly<Partial<Record<ResultColumn, number>>>;

interface Table {
  readonly rows: readonly SheetRow[];
  /** Index of the heading row. */
  readonly heading: number;
  readonly places: Places;
}

function tableIn(rows: readonly SheetRow[], sender: SenderColumns | undefined): readonly Table[] {
  for (const [heading, row] of rows.entries()) {
    const places = placesOf(row, sender);
    if (places !== undefined) return [{ rows, heading, places }];
  }
  return [];
}

/** What was told of a sender's headings goes before what is known by itself. */
function placesOf(row: SheetRow, sender: SenderColumns | undefined): Places | undefined {
  const places: Partial<Record<ResultColumn, number>> = {};
  for (const column of resultColumns) {
    const cell =
      row.cells.find(({ text }) => sender?.columns[fold(text)] === column) ??
      row.cells.find(({ text }) => knownHeadings[column].includes(fold(text)));
    if (cell !== undefined) places[column] = cell.column;
  }
  const { reference, amount, outcome, on } = places;
  const isWhole = reference !== undefined && amount !== undefined && on !== undefined;
  return isWhole && (outcome !== undefined || sender?.every !== undefined) ? places : undefined;
}

/** The row with the most texts above a row as wide is taken for the headings. */
function toTell(sheets: readonly Sheet[]): ToTell | undefined {
  for (const { rows } of sheets) {
    const texts = (row: SheetRow) =>
      row.cells.filter(({ kind, text }) => kind === 'text' && !/^[\d.,/\s-]+$/.test(text));
    const headed = rows
      .slice(0, 60)
      .map((row, index) => ({ row, below: rows.slice(index + 1, index + 1 + samplesShown), width: texts(row).length }))
      .filter(({ below, width }) => width >= 3 && (below[0]?.cells.length ?? 0) >= 3)
      .toSorted((one, other) => other.width - one.width)
      .at(0);
    if (headed === undefined) continue;
    const cells = texts(headed.row);
    const samples = headed.below.map((row) => cells.map(({ column }) => cellAt(row, column)?.text ?? ''));
    return { outcome: 'to-tell', headings: cells.map(({ text }) => text), samples, words: [] };
  }
  return undefined;
}

type Stated = Pick<ResultFile, 'batchCode' | 'statedCount' | 'statedTotal'>;

/**
 * Count and total as the file states them, or as they were typed from the covering page; where both are there they must
 * agree. The Treasury's own sheet, whose sender nobody needs to name, states its batch as well.
 */
function stating(
  above: readonly SheetRow[],
  sender: SenderColumns | undefined,
  control: Control | undefined,
): Stated | Refused {
  const texts = above.flatMap(({ cells }) => cells.map(({ text }) => text));
  const after = (label: string) =>
    texts
      .find((text) => fold(text).startsWith(fold(label)))
      ?.split(':')[1]
      ?.trim();
  const batchCode = after(statedLabels.batch);
  const count = dongIn(after(statedLabels.count) ?? '');
  const total = dongIn(after(statedLabels.total) ?? '');
  const batch = batchCode === undefined ? {} : { batchCode };
  const isStated = count !== undefined && total !== undefined;
  if (isStated && control !== undefined && (Number(count) !== control.count || total !== control.total)) {
    return refused(
      'Số khoản hoặc tổng số tiền đồng chí ghi khác với số tệp tự ghi ở đầu bảng. Hãy xem lại trang bìa và tệp.',
      'The count or total that you typed differs from what the file states. Look at the covering page and the file.',
    );
  }
  if (control !== undefined) return { ...batch, statedCount: control.count, statedTotal: control.total };
  if (isStated && (batchCode !== undefined || sender !== undefined))
    return { ...batch, statedCount: Number(count), statedTotal: total };
  return refused(
    'Tệp không ghi Mã đợt, Tổng số khoản và Tổng số tiền ở đầu bảng, nên không thể kiểm tra có đủ dòng hay không. Hãy ghi số khoản và tổng số tiền theo trang bìa của bên gửi.',
    'The file does not state batch, count and total above its table, so that nobody can tell whether it is whole. Type count and total from the covering page.',
  );
}

/** Whole đồng: `1.000`, `1,000,000.00`, `407890080.00`, `1.000 đồng`. A fraction, or anything else, is `undefined`. */
export function dongIn(text: string): Dong | undefined {
  const plain = tidy(text)
    .replace(/\s*(?:đồng|đ|vnđ|vnd)$/iu, '')
    .replaceAll(' ', '');
  const whole =
    /^(\d+)(?:[.,]0{1,2})?$/.exec(plain) ??
    /^(\d{1,3}(?:\.\d{3})+)(?:,0{1,2})?$/.exec(plain) ??
    /^(\d{1,3}(?:,\d{3})+)(?:\.0{1,2})?$/.exec(plain);
  const digits = whole?.[1]?.replaceAll(/[.,]/g, '');
  return digits === undefined || digits.length > 15 ? undefined : BigInt(digits);
}

function cellAt(row: SheetRow, column: number | undefined): SheetCell | undefined {
  return column === undefined ? undefined : row.cells.find((cell) => cell.column === column);
}

/** Rows of totals and what stands below the table are no lines; a row with an amount but no reference is one. */
function isLine(row: SheetRow, places: Places): boolean {
  const reference = cellAt(row, places.reference)?.text ?? '';
  if (/^(?:tong|cong)\b/.test(fold(reference))) return false;
  if (reference !== '') return true;
  const besides = cellAt(row, places.outcome) ?? cellAt(row, places.on);
  return cellAt(row, places.amount) !== undefined && besides !== undefined;
}

function untoldWords(rows: readonly SheetRow[], places: Places, sender: SenderColumns): readonly string[] {
  const untold = new Map<string, string>();
  for (const row of rows) {
    const word = cellAt(row, places.outcome)?.text ?? '';
    if (word !== '' && meaningOf(word, sender) === undefined) untold.set(fold(word), word);
  }
  return untold.size > mostWords ? [] : [...untold.values()];
}

function lineOf(row: SheetRow, places: Places, sender: SenderColumns | undefined): ResultLine | UnreadableLine {
  const text = (column: ResultColumn) => cellAt(row, places[column])?.text ?? '';
  const named = text('reference');
  const reference = referenceIn(named) ?? named;
  const amount = amountOf(cellAt(row, places.amount));
  const outcome = outcomeOf(text('outcome'), places, sender);
  const on = dayOf(text('on'));
  if (reference !== '' && amount !== undefined && outcome !== undefined && on !== undefined) {
    const reason = text('reason');
    const backTo = placeOf(text('place'));
    const where = backTo === undefined ? {} : { backTo };
    return { row: row.number, reference, amount, outcome, on, ...(reason === '' ? {} : { reason }), ...where };
  }
  const faults = [
    ...(reference === '' ? [lacks('không có mã khoản chi', 'there is no reference')] : []),
    ...(amount === undefined
      ? [
          lacks(
            `số tiền "${text('amount')}" không phải số đồng nguyên`,
            `the amount "${text('amount')}" is no whole đồng`,
          ),
        ]
      : []),
    ...(outcome === undefined
      ? [lacks(`kết quả "${text('outcome')}" không có trong danh mục`, `the outcome "${text('outcome')}" is not known`)]
      : []),
    ...(on === undefined ? [lacks(`ngày "${text('on')}" không hợp lệ`, `the day "${text('on')}" is none`)] : []),
  ];
  const unreadable: Sentence = {
    vi: `Không đọc được: ${faults.map(({ vi }) => vi).join('; ')}.`,
    en: `Cannot be read: ${faults.map(({ en }) => en).join('; ')}.`,
  };
  return { row: row.number, reference, ...(amount === undefined ? {} : { amount }), unreadable };
}

function lacks(vi: string, en: string): Sentence {
  return { vi, en };
}

/** In a number cell the point parts decimals, never thousands. */
function amountOf(cell: SheetCell | undefined): Dong | undefined {
  if (cell === undefined || (cell.kind !== 'number' && cell.kind !== 'text')) return undefined;
  return cell.kind === 'number' && !/^\d{1,15}$/.test(cell.text) ? undefined : dongIn(cell.text);
}

function outcomeOf(word: string, { outcome }: Places, sender: SenderColumns | undefined): OrderOutcome | undefined {
  const means = outcome === undefined ? sender?.every : meaningOf(word, sender);
  return means === 'none' ? undefined : means;
}

/** A sheet's date, or `dd/mm/yyyy` as text, with or without the hour. */
function dayOf(text: string): string | undefined {
  const iso = text.slice(0, 10);
  if (isLocalDate(iso) && /^(?:$|[T ])/.test(text.slice(10))) return iso;
  const parts = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:$|\s)/.exec(text);
  const day = parts === null ? '' : `${parts[3]}-${parts[2]?.padStart(2, '0')}-${parts[1]?.padStart(2, '0')}`;
  return isLocalDate(day) ? day : undefined;
}
