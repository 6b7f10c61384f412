/** What people type in cells → values. A value is taken as it is or not at all; nothing is filled in or guessed. */
import { isLocalDate, isMonth, type LocalDate, type Month } from '../calendar.ts';
import { findBank } from '../case/banks.ts';
import { fold } from '../vietnamese.ts';
import type { FaultCode, More } from './list-faults.ts';
import type { SheetCell } from '../case/sheet.ts';

export interface Wrong {
  readonly wrong: FaultCode;
  readonly more?: More;
}
/** A value, or what is wrong with the cell. */
export type Read<T> = { readonly value: T } | Wrong;
/** Takes a filled cell. */
export type Reader<T> = (cell: SheetCell) => Read<T>;

const wrong = (code: FaultCode, more?: More): Wrong => (more === undefined ? { wrong: code } : { wrong: code, more });

/** A formula may give a word or a row number; it may not give a number, a day or an identity. */
function typed<T>(read: (text: string, cell: SheetCell) => Read<T>): Reader<T> {
  return (cell) => {
    if (cell.kind === 'error') return wrong('error-cell');
    return cell.kind === 'formula' ? wrong('formula') : read(cell.text, cell);
  };
}

function typedOrFormula<T>(read: (text: string) => Read<T>): Reader<T> {
  return (cell) => (cell.kind === 'error' ? wrong('error-cell') : read(cell.text));
}

export const readText: Reader<string> = typedOrFormula((text) => ({ value: text }));

/** STT: `7`, also `07` and `7.`. */
export const readNumber: Reader<string> = typedOrFormula((text) => {
  const digits = /^0*([1-9]\d{0,5})\.?$/.exec(text)?.[1];
  return digits === undefined ? wrong('number-malformed') : { value: digits };
});

export const readName: Reader<string> = typedOrFormula((text) =>
  /^[\p{L}\p{M}'’.-]+( [\p{L}\p{M}'’.-]+)+$/u.test(text) ? { value: text } : wrong('name-malformed'),
);

export const readCitizenId: Reader<string> = typed((text) => {
  const digits = text.replaceAll(/[\s.]/g, '');
  if (/^\d{12}$/.test(digits)) return { value: digits };
  return wrong(/^\d{11}$/.test(digits) ? 'citizen-id-leading-zero' : 'citizen-id-malformed');
});

/** Excel keeps 15 digits of a number, so a longer account typed as a number is already another one. */
export const readAccountNumber: Reader<string> = typed((text, { kind }) => {
  const digits = text.replaceAll(/[\s.-]/g, '');
  if (!/^\d{6,20}$/.test(digits)) return wrong('account-malformed');
  return kind === 'number' && digits.length > 15 ? wrong('account-digits-lost') : { value: digits };
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

export const readDay: Reader<LocalDate> = typed((text) => {
  if (isLocalDate(text)) return { value: text };
  const parts = /^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})$/.exec(text);
  if (parts !== null) {
    const day = `${parts[3]}-${two(parts[2])}-${two(parts[1])}`;
    return isLocalDate(day) ? { value: day } : wrong('no-such-day');
  }
  if (/^\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2}$/.test(text)) return wrong('two-digit-year');
  if (/^\d{1,2}\s*[/.-]\s*\d{4}$/.test(text)) return wrong('month-for-day');
  return wrong('not-a-day', '01/06/2025');
});

/** A day, a month or a year of birth, as much as is known. */
export const readBirth: Reader<string> = typed((text, cell) => {
  if (/^(19|20)\d{2}$/.test(text)) return { value: text };
  const parts = cell.kind === 'text' ? /^(\d{1,2})\s*[/.-]\s*(\d{4})$/.exec(text) : null;
  if (parts === null) return birthDay(cell);
  const month = `${parts[2]}-${two(parts[1])}`;
  return isMonth(month) ? { value: month } : wrong('no-such-day');
});

function birthDay(cell: SheetCell): Read<string> {
  const read = readDay(cell);
  return 'wrong' in read && read.wrong === 'month-for-day' ? wrong('not-a-day', '12/05/1966') : read;
}

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
