/** What people type in cells → values. A value is taken as it is or not at all; nothing is filled in or guessed. */
import { addDays, formatDay, isLocalDate, isMonth, type LocalDate, type Month } from '../calendar.ts';
import { findBank } from '../case/banks.ts';
import { longestText } from '../case/facts.ts';
import { capitalized, fold } from '../vietnamese.ts';
import type { FaultCode, More } from './list-faults.ts';
import type { SheetCell } from '../case/sheet.ts';

export interface Wrong {
  readonly wrong: FaultCode;
  readonly more?: More;
}
/** A value, perhaps with something to look at, or what is wrong with the cell. */
export type Read<T> = { readonly value: T; readonly but?: Wrong } | Wrong;
/** Takes a filled cell. */
export type Reader<T> = (cell: SheetCell) => Read<T>;

const wrong = (code: FaultCode, more?: More): Wrong => (more === undefined ? { wrong: code } : { wrong: code, more });

/** A number, a day or an identity that a formula gave is taken by the value the file holds, and marked. */
function typed<T>(read: (text: string, cell: SheetCell) => Read<T>): Reader<T> {
  return (cell) => {
    const result = unlessBroken(cell) ?? read(cell.text, cell);
    return cell.isFormula === true && 'value' in result ? { ...result, but: wrong('formula') } : result;
  };
}

/** A word or a row number that a formula gave needs no mark. */
function typedOrFormula<T>(read: (text: string) => Read<T>): Reader<T> {
  return (cell) => unlessBroken(cell) ?? read(cell.text);
}

function unlessBroken({ kind }: SheetCell): Wrong | undefined {
  if (kind === 'error') return wrong('error-cell');
  return kind === 'formula' ? wrong('formula-unsolved') : undefined;
}

export const readText: Reader<string> = typedOrFormula((text) => ({ value: text }));

export const readShortText: Reader<string> = typedOrFormula((text) =>
  text.length > longestText ? wrong('text-too-long', String(longestText)) : { value: text },
);

/** STT: `7`, also `07` and `7.`. */
export const readNumber: Reader<string> = typedOrFormula((text) => {
  const digits = /^0*([1-9]\d{0,5})\.?$/.exec(text)?.[1];
  return digits === undefined ? wrong('number-malformed') : { value: digits };
});

/** A name in capitals is written as names are: `TRẦN VĂN BÌNH` → `Trần Văn Bình`. */
export const readName: Reader<string> = typedOrFormula((text) => {
  if (text.length > longestText) return wrong('text-too-long', String(longestText));
  if (!/^[\p{L}\p{M}'’.-]+( [\p{L}\p{M}'’.-]+)+$/u.test(text)) return wrong('name-malformed');
  const isInCapitals = text === text.toLocaleUpperCase('vi');
  return { value: isInCapitals ? text.toLocaleLowerCase('vi').split(' ').map(capitalized).join(' ') : text };
});

/**
 * Twelve digits. A cell of numbers drops zeros at the front: they are put back when sex and birth of the row, which the
 * id repeats, agree; otherwise nobody knows which digit is missing.
 */
export function readCitizenId(agrees: (citizenId: string) => boolean): Reader<string> {
  return typed((text, { kind }) => {
    const digits = text.replaceAll(/[\s.]/g, '');
    if (/^\d{12}$/.test(digits)) return { value: digits };
    if (!/^\d{10,11}$/.test(digits)) return wrong('citizen-id-malformed');
    const padded = digits.padStart(12, '0');
    if (kind === 'number' && agrees(padded)) return { value: padded, but: wrong('citizen-id-zero-restored') };
    return wrong(digits.length === 11 ? 'citizen-id-leading-zero' : 'citizen-id-malformed');
  });
}

/** What a unit writes for somebody who has no account yet, folded. */
const noAccountWords: readonly string[] = ['chua co', 'chua co tai khoan', 'khong co', 'khong co tai khoan'];

/** Empty for somebody who has none. Excel keeps 15 digits of a number, so a longer account typed as a number is already another one. */
export const readAccountNumber: Reader<string> = typed((text, { kind }) => {
  if (noAccountWords.includes(fold(text))) return { value: '' };
  const digits = text.replaceAll(/[\s.-]/g, '');
  if (!/^\d{6,20}$/.test(digits)) return wrong('account-malformed');
  if (kind !== 'number') return { value: digits };
  return digits.length > 15 ? wrong('account-digits-lost') : { value: digits, but: wrong('account-typed-as-number') };
});

export const readBank: Reader<string> = typedOrFormula((text) => {
  const bank = findBank(text);
  return bank === undefined ? wrong('bank-unknown') : { value: bank.code };
});

/** `4,65` and `4.65` → `4.65`, within the limits. */
export function readDecimal({ least, most }: { readonly least: number; readonly most: number }): Reader<string> {
  return typed((text) => {
    const parts = /^(\d{1,3})(?:[.,](\d{1,4}))?$/.exec(text);
    if (parts === null) return wrong('not-a-number', '4,65');
    const value = parts[2] === undefined ? `${parts[1]}` : `${parts[1]}.${parts[2]}`;
    const isWithin = Number(value) >= least && Number(value) <= most;
    return isWithin ? { value } : wrong('number-out-of-range', `${String(least).replace('.', ',')}–${most}`);
  });
}

/** `25`, `25%` → `25`. Half a percent is never an allowance: such a cell holds 25 % as 0.25. */
export const readPercent: Reader<string> = typed((text) => {
  const parts = /^(\d{1,3})(?:[.,](\d{1,4}))?\s*%?$/.exec(text);
  if (parts === null) return wrong('not-a-number', '25');
  const value = parts[2] === undefined ? `${parts[1]}` : `${parts[1]}.${parts[2]}`;
  if (Number(value) > 100) return wrong('percent-out-of-range');
  return Number(value) > 0 && Number(value) < 1 ? wrong('percent-as-fraction') : { value };
});

/** `15.356.250`, `15,356,250đ`, `15356250` → `15356250`. In a number cell a point is decimal, so it is refused. */
export const readMoney: Reader<string> = typed((text, { kind }) => {
  const amount = text.replace(/\s*(đ|₫|đồng|vnđ|vnd)\.?$/iu, '').trim();
  const isGrouped = kind === 'text' && /^\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+|(?: \d{3})+)$/.test(amount);
  if (!isGrouped && !/^\d+$/.test(amount)) return wrong('not-money');
  const digits = amount.replaceAll(/\D/g, '');
  return digits.length <= 15 ? { value: digits } : wrong('not-money');
});

/** Contract salaries: a salary written in thousands or for a year is out of range. */
export const readContractPay: Reader<string> = (cell) => {
  const read = readMoney(cell);
  if ('wrong' in read) return read;
  const isSalary = Number(read.value) >= 500_000 && Number(read.value) <= 200_000_000;
  return isSalary ? { value: BigInt(read.value).toString() } : wrong('number-out-of-range', '500.000–200.000.000');
};

/** Years in which a day of this kind can lie; under a hundred of them, so that two digits tell the century. */
export interface Era {
  readonly first: number;
  readonly last: number;
}

const recent: Era = { first: 2015, last: 2035 };
const births: Era = { first: 1930, last: 2010 };
const careers: Era = { first: 1955, last: 2035 };

/** Excel counts days from here (its 1900 was a leap year, so from the 30th). */
const firstSerialYear = 1900;

/**
 * `01/06/2025`, `1.6.25`, `ngày 1 tháng 6 năm 2025`, a date cell, and the count of days that Excel shows when a date
 * cell lost its format. Day before month, as in Viet Nam.
 */
function readDayWithin(era: Era): Reader<LocalDate> {
  return typed((text, { kind }) => {
    if (isLocalDate(text)) return { value: text };
    const plain = fold(text);
    const inWords = /^(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})$/.exec(plain);
    const parts = inWords ?? /^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})$/.exec(plain);
    if (parts !== null) {
      const year = yearWithin(parts[3] ?? '', era);
      if (year === undefined) return wrong('two-digit-year');
      const day = `${year}-${two(parts[2])}-${two(parts[1])}`;
      return isLocalDate(day) ? { value: day } : wrong('no-such-day');
    }
    if (kind === 'number' && /^\d{5}$/.test(text)) return serialDay(Number(text), era);
    if (/^\d{1,2}\s*[/.-]\s*\d{4}$/.test(text)) return wrong('month-for-day');
    return wrong('not-a-day', '01/06/2025');
  });
}

/** The day a decree, a decision or a payment speaks of. */
export const readDay: Reader<LocalDate> = readDayWithin(recent);
/** A day of somebody's working life: a contract, joining. */
export const readCareerDay: Reader<LocalDate> = readDayWithin(careers);
const readBirthDay = readDayWithin(births);

function yearWithin(digits: string, { first, last }: Era): string | undefined {
  if (digits.length === 4) return digits;
  return [`19${digits}`, `20${digits}`].find((year) => Number(year) >= first && Number(year) <= last);
}

function serialDay(count: number, { first, last }: Era): Read<LocalDate> {
  const day = addDays(`${firstSerialYear - 1}-12-30`, count);
  const year = Number(day.slice(0, 4));
  return year >= first && year <= last
    ? { value: day, but: wrong('day-as-number', formatDay(day)) }
    : wrong('not-a-day', '01/06/2025');
}

/** A day, a month or a year of birth, as much as is known. */
export const readBirth: Reader<string> = typed((text, cell) => {
  if (/^(19|20)\d{2}$/.test(text)) return { value: text };
  const parts = cell.kind === 'text' ? /^(\d{1,2})\s*[/.-]\s*(\d{4})$/.exec(text) : null;
  if (parts === null) return birthDay(cell);
  const month = `${parts[2]}-${two(parts[1])}`;
  return isMonth(month) ? { value: month } : wrong('no-such-day');
});

function birthDay(cell: SheetCell): Read<string> {
  const read = readBirthDay(cell);
  return 'wrong' in read && read.wrong === 'month-for-day' ? wrong('not-a-day', '12/05/1966') : read;
}

/**
 * The stated time of insurance, months: `33 năm 6 tháng`, `402 tháng`, `33 năm`. A bare number is refused: 33.6 is
 * written for 33 years 6 months as well as for 33.6 years.
 */
export const readInsuredTime: Reader<number> = typed((text) => {
  const plain = fold(text);
  const parts = /^(?:(\d{1,2}) ?nam)?(?: ?va)? ?(?:(\d{1,3}) ?thang)?$/.exec(plain);
  const [years, months] = [Number(parts?.[1] ?? 0), Number(parts?.[2] ?? 0)];
  if (parts === null || years * 12 + months === 0) return wrong('insured-time-malformed');
  return years > 0 && months > 11 ? wrong('insured-time-malformed') : { value: years * 12 + months };
});

/** `06/2010`, `tháng 6/2010`, `tháng 6 năm 2010`, a day in that month. */
export const readMonth: Reader<Month> = typed((text) => {
  if (isMonth(text)) return { value: text };
  if (isLocalDate(text)) return { value: text.slice(0, 7) };
  const plain = fold(text);
  const parts = /^(?:(?:\d{1,2})\s*[/.-]\s*|thang )?(\d{1,2})(?:\s*[/.-]\s*| nam )(\d{4})$/.exec(plain);
  if (parts !== null) {
    const month = `${parts[2]}-${two(parts[1])}`;
    return isMonth(month) ? { value: month } : wrong('not-a-month');
  }
  const isDuration = /^\d{1,2}([.,]\d{1,3})?$/.test(plain) || /^\d{1,2}([.,]\d{1,2})? ?(nam|thang)\b/.test(plain);
  return wrong(isDuration ? 'duration-for-month' : 'not-a-month');
});

function two(digits: string | undefined): string {
  return (digits ?? '').padStart(2, '0');
}

/** One of the words of a table, compared without marks and case. */
export function readWord<Key extends string>(
  table: Readonly<Record<Key, readonly string[]>>,
  unknown: FaultCode,
): Reader<Key> {
  const keys = new Map<string, Key>();
  for (const key in table) for (const word of table[key]) keys.set(plainWord(word), key);
  const labels = Object.values<readonly string[]>(table)
    .map(([first]) => first)
    .join('; ');
  return typedOrFormula((text) => {
    const value = keys.get(plainWord(text));
    return value === undefined ? wrong(unknown, labels) : { value };
  });
}

function plainWord(text: string): string {
  return fold(text)
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
}
