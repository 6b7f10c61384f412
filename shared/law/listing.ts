/**
 * The law laid open: every number in force on a day with the text that set it, and every fault of the tables. It reads
 * the exports as they are and trusts none of them, for a row that the types let through is what it looks for.
 */
import { addDays, formatDay, isLocalDate, type LocalDate } from '../calendar.ts';
import type { Sentence } from '../vietnamese.ts';
import type { CampaignDays } from './campaign/campaign.ts';
import type { LegalText } from './dated.ts';
import { tableName } from './names.ts';
import { isReadingNumber, type ReadingNumber, readingNumbers, readingOf, type SetReadings } from './readings.ts';
import { type LawFile, lawFiles } from './texts.ts';
import { valueText } from './value-text.ts';

type LawFiles = Readonly<Record<string, LawFile>>;

/** How an open question stands; `value` is what is computed with, where something is. */
export interface ReadingState {
  readonly kind: 'set' | 'default' | 'review' | 'when-it-changes' | 'always';
  readonly words: Sentence;
  readonly value?: string;
}

export interface ListedReading {
  readonly number: ReadingNumber;
  readonly question: Sentence;
  readonly state: ReadingState;
}

/** A row of the law in words. */
export interface ListedNumber {
  readonly file: string;
  /** The export, and the key where it holds several tables: `perYear.near`. */
  readonly table: string;
  readonly name: Sentence;
  /** The text that the citation begins with. */
  readonly text: Sentence;
  readonly from: LocalDate;
  readonly value: Sentence;
  readonly by: Sentence;
  readonly sure: string;
  readonly sureMeans: Sentence;
  readonly open?: ListedReading;
}

export interface LawFault {
  readonly kind: 'empty' | 'day' | 'citation' | 'text' | 'order' | 'certainty' | 'question' | 'gap';
  readonly file: string;
  readonly table: string;
  /** The row's first day, or the first day without a row. */
  readonly from: LocalDate;
  readonly message: Sentence;
}

/** The row in force that day of every table; a table that begins later is left out. */
export function lawInForceOn(
  on: LocalDate,
  files: LawFiles = lawFiles,
  set: SetReadings = {},
): readonly ListedNumber[] {
  const texts = legalTexts(files);
  return tablesOf(files).flatMap((table) => {
    const row = table.rows.findLast(({ from }) => from <= on);
    return row === undefined ? [] : [listed(table, row, texts, set)];
  });
}

const soonDays = 60;

/** The rows that begin within 60 days after the day: numbers that are about to change. */
export function upcomingRows(on: LocalDate, files: LawFiles = lawFiles): readonly ListedNumber[] {
  const texts = legalTexts(files);
  const last = addDays(on, soonDays);
  return tablesOf(files).flatMap((table) =>
    table.rows.filter(({ from }) => from > on && from <= last).map((row) => listed(table, row, texts, {})),
  );
}

/** Every reading with its question and how it stands. */
export function listedReadings(set: SetReadings = {}): readonly ListedReading[] {
  return readingNumbers.map((number) => listedReading(number, set));
}

/** Everything that is wrong with the tables. */
export function lawFaults(campaign: CampaignDays, files: LawFiles = lawFiles): readonly LawFault[] {
  const texts = legalTexts(files);
  return tablesOf(files).flatMap((table) => {
    const fault = faultOf(table);
    if (table.rows.length === 0) return [fault('empty', '', 'Bảng không có dòng nào.', 'The table has no row.')];
    return [
      ...table.rows.flatMap((row, index) => rowFaults(row, table.rows[index - 1], texts, fault)),
      ...gapFaults(table, campaign, texts, fault),
    ];
  });
}

/** The row as it was found: whatever is missing is empty. */
interface Row {
  readonly from: string;
  readonly value: unknown;
  readonly by: Sentence;
  readonly sure: string;
  readonly open: string | undefined;
}

interface Table {
  readonly file: string;
  readonly name: string;
  readonly rows: readonly Row[];
}

type MakeFault = (kind: LawFault['kind'], from: LocalDate, vi: string, en: string) => LawFault;

function faultOf({ file, name }: Table): MakeFault {
  return (kind, from, vi, en) => ({ kind, file, table: name, from, message: { vi, en } });
}

function rowFaults(row: Row, before: Row | undefined, texts: readonly LegalText[], fault: MakeFault): LawFault[] {
  const { from, by, sure, open } = row;
  const faults: LawFault[] = [];
  const add = (kind: LawFault['kind'], vi: string, en: string) => faults.push(fault(kind, from, vi, en));
  if (!isLocalDate(from)) add('day', `Ngày bắt đầu “${from}” không phải là ngày.`, `“${from}” is no day.`);
  if (by.vi.trim() === '' || by.en.trim() === '') {
    add('citation', 'Thiếu căn cứ (tiếng Việt hoặc tiếng Anh).', 'No citation (Vietnamese or English).');
  } else if (textOf(by, texts) === undefined) {
    add(
      'text',
      `Căn cứ “${by.vi}” không bắt đầu bằng văn bản nào đã khai báo trong shared/law.`,
      `The citation “${by.en}” begins with no text that shared/law exports.`,
    );
  }
  if (before !== undefined && before.from >= from) {
    add(
      'order',
      `Dòng từ ${formatDay(from)} đứng sau dòng từ ${formatDay(before.from)}.`,
      `The row from ${formatDay(from)} stands after the one from ${formatDay(before.from)}.`,
    );
  }
  if (sureMeaning(sure) === undefined) {
    add('certainty', 'Không ghi độ chắc chắn.', 'It does not say how sure it is.');
  }
  if (open !== undefined && !isReadingNumber(open)) {
    add('question', `Không có câu hỏi mở số “${open}”.`, `There is no open question “${open}”.`);
  }
  return faults;
}

/** Rows have no end, so that days are without one only before the first. */
function gapFaults(
  { rows }: Table,
  campaign: CampaignDays,
  texts: readonly LegalText[],
  fault: MakeFault,
): readonly LawFault[] {
  const first = rows[0];
  const text = first === undefined ? undefined : textOf(first.by, texts);
  if (text === undefined) return [];
  const begins = rows.map(({ from }) => from).toSorted()[0] ?? '';
  const due = text.inForce > campaign.from ? text.inForce : campaign.from;
  if (begins <= due || due > campaign.to) return [];
  return [
    fault(
      'gap',
      due,
      `${text.vi} có hiệu lực mà bảng không có dòng nào cho ngày ${formatDay(due)}; dòng đầu bắt đầu từ ${formatDay(begins)}.`,
      `${text.en} is in force and the table has no row for ${formatDay(due)}; the first begins on ${formatDay(begins)}.`,
    ),
  ];
}

function listed({ file, name }: Table, row: Row, texts: readonly LegalText[], set: SetReadings): ListedNumber {
  const { from, value, by, sure, open } = row;
  const { vi, en } = textOf(by, texts) ?? by;
  return {
    file,
    table: name,
    name: tableName(file, name),
    text: { vi, en },
    from,
    value: valueText(value),
    by,
    sure,
    sureMeans: sureMeaning(sure) ?? { vi: 'không ghi', en: 'not said' },
    ...(open !== undefined && isReadingNumber(open) ? { open: listedReading(open, set) } : {}),
  };
}

const sureMeanings: Readonly<Record<string, Sentence>> = {
  H: {
    vi: 'một nguồn nhắc lại rõ ràng, không nguồn nào trái ngược',
    en: 'one clear restatement and no contradiction',
  },
  M: { vi: 'chỉ thấy một phần văn bản, hoặc theo trí nhớ', en: 'seen in part, or from memory' },
  L: { vi: 'giả định của chúng tôi', en: 'our assumption' },
  X: { vi: 'văn bản để ngỏ', en: 'the text is open' },
  R: {
    vi: 'cách hiểu của chúng tôi, khớp với các ví dụ đã công bố',
    en: 'our own reading that agrees with the published examples',
  },
};

/** The letters of `Certainty` in words. */
export function sureMeaning(sure: string): Sentence | undefined {
  const sources = /^C-([1-9]\d*)$/.exec(sure)?.[1];
  if (sources === undefined) return Object.hasOwn(sureMeanings, sure) ? sureMeanings[sure] : undefined;
  return {
    vi: `${sources} nguồn riêng biệt xác nhận`,
    en: sources === '1' ? 'confirmed by one source' : `confirmed by ${sources} separate sources`,
  };
}

function listedReading(number: ReadingNumber, set: SetReadings): ListedReading {
  return { number, question: readingOf(number).question, state: stateOf(number, set) };
}

const stateWords: Readonly<Record<ReadingState['kind'], Sentence>> = {
  set: { vi: 'đã quyết định', en: 'set' },
  default: { vi: 'chưa quyết định, đang tính theo mặc định', en: 'unset, computed by default as' },
  review: {
    vi: 'chưa quyết định, xin ý kiến khi các cách hiểu cho số tiền khác nhau',
    en: 'unset, a person decides where the readings pay differently',
  },
  'when-it-changes': {
    vi: 'chưa quyết định, xin ý kiến khi các cách hiểu cho số tiền khác nhau; thường làm',
    en: 'unset, a person decides where the readings pay differently; usual practice',
  },
  always: { vi: 'không có cách tính, luôn phải xin ý kiến', en: 'no formula, always to a person' },
};

function stateOf(number: ReadingNumber, set: SetReadings): ReadingState {
  const { whenUnset, values } = readingOf(number);
  const chosen = set[number];
  if (chosen !== undefined) return { kind: 'set', words: stateWords.set, value: chosen };
  const words = stateWords[whenUnset];
  const first = whenUnset === 'default' || whenUnset === 'when-it-changes' ? values[0] : undefined;
  return first === undefined ? { kind: whenUnset, words } : { kind: whenUnset, words, value: first };
}

/** Every table of rows, also those that stand under keys of an export. */
function tablesOf(files: LawFiles): readonly Table[] {
  return Object.entries(files).flatMap(([file, exported]) =>
    Object.entries(exported).flatMap(([name, value]) => tablesUnder(file, name, value)),
  );
}

function tablesUnder(file: string, name: string, value: unknown): readonly Table[] {
  if (Array.isArray(value)) {
    const members: readonly unknown[] = value;
    return members.length === 0 || members.some(isRow) ? [{ file, name, rows: members.map(readRow) }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => tablesUnder(file, `${name}.${key}`, one));
}

function isRow(member: unknown): boolean {
  return typeof member === 'object' && member !== null && 'value' in member && ('from' in member || 'by' in member);
}

function readRow(member: unknown): Row {
  const given: Readonly<Record<string, unknown>> = typeof member === 'object' && member !== null ? { ...member } : {};
  const { from, value, by, sure, open } = given;
  const citation: Readonly<Record<string, unknown>> = typeof by === 'object' && by !== null ? { ...by } : {};
  return {
    from: textOrEmpty(from),
    value,
    by: { vi: textOrEmpty(citation['vi']), en: textOrEmpty(citation['en']) },
    sure: textOrEmpty(sure),
    open: open === undefined ? undefined : textOrEmpty(open),
  };
}

function textOrEmpty(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Every text that a file of the law exports. */
function legalTexts(files: LawFiles): readonly LegalText[] {
  return Object.values(files).flatMap((exported) => Object.values(exported).filter(isLegalText));
}

function isLegalText(value: unknown): value is LegalText {
  if (typeof value !== 'object' || value === null) return false;
  return 'inForce' in value && typeof value.inForce === 'string' && 'vi' in value && 'en' in value;
}

/** The text that the citation begins with, whole: `cite` and `citeWhole` put a comma or nothing after it. */
function textOf(by: Sentence, texts: readonly LegalText[]): LegalText | undefined {
  return texts.find(({ vi }) => by.vi === vi || by.vi.startsWith(`${vi},`));
}
