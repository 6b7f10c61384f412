/** One number of the law, named and changed for a what-if: `decree-154-2025/article-09.perYear=2`. */
import { isLocalDate } from '../calendar.ts';
import { decimal, type Ratio } from '../dong.ts';
import type { Sentence } from '../vietnamese.ts';
import type { Dated } from './dated.ts';
import { lawFiles } from './texts.ts';

export interface ParameterChange {
  /** The table as its file exports it, to be given to `underChangedLaw`. */
  readonly table: unknown;
  readonly rows: readonly Dated<unknown>[];
}

/**
 * Reads `<file>.<table>[.<field>][@<day its row is in force from>]=<value>`; a ratio is written as a decimal or `4/5`.
 * Answers a sentence when there is no such number, or the value does not fit it.
 */
export function parameterChange(text: string, files: typeof lawFiles = lawFiles): ParameterChange | Sentence {
  const parts = /^([\w-]+\/[\w-]+)\.(\w+)((?:\.\w+)*)(?:@(\d{4}-\d{2}-\d{2}))?=(.+)$/.exec(text.trim());
  if (parts === null) {
    return {
      vi: `"${text}" không đúng dạng tệp.bảng[.trường][@ngày]=giá trị, ví dụ decree-154-2025/article-09.perYear=2.`,
      en: `"${text}" is not file.table[.field][@day]=value, such as decree-154-2025/article-09.perYear=2.`,
    };
  }
  const [, file = '', name = '', fields = '', from, value = ''] = parts;
  const table = files[file]?.[name];
  if (!isTable(table)) return { vi: `Không có bảng ${file}.${name}.`, en: `There is no table ${file}.${name}.` };
  const meant = table.filter((row) => from === undefined || row.from === from);
  if (meant.length !== 1) {
    const days = table.map((row) => row.from).join(', ');
    return {
      vi: `Bảng ${file}.${name} có các dòng từ ${days}; hãy ghi @ngày của một dòng.`,
      en: `${file}.${name} has rows from ${days}; name one with @day.`,
    };
  }
  const path = fields.split('.').filter((field) => field !== '');
  const replaced = withValue(meant[0]?.value, path, value);
  if (replaced === undefined) {
    return {
      vi: `Giá trị "${value}" không thay được cho ${file}.${name}${fields}.`,
      en: `"${value}" cannot take the place of ${file}.${name}${fields}.`,
    };
  }
  return { table, rows: table.map((row) => (row === meant[0] ? { ...row, value: replaced } : row)) };
}

/** Whether an export of a law file is a table of rows. */
export function isTable(value: unknown): value is readonly Dated<unknown>[] {
  return (
    Array.isArray(value) && value.length > 0 && value.every((row) => isRecord(row) && 'from' in row && 'by' in row)
  );
}

function withValue(old: unknown, path: readonly string[], text: string): unknown {
  const [field, ...rest] = path;
  if (field !== undefined) {
    if (!isRecord(old) || !(field in old)) return undefined;
    const inner = withValue(old[field], rest, text);
    return inner === undefined ? undefined : { ...old, [field]: inner };
  }
  if (typeof old === 'bigint') return /^\d{1,15}$/.test(text) ? BigInt(text) : undefined;
  if (typeof old === 'number') return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
  // Only a day takes a day's place: a word or a citation is no parameter.
  if (typeof old === 'string') return isLocalDate(old) && isLocalDate(text) ? text : undefined;
  return isRatio(old) ? ratioOf(text) : undefined;
}

function ratioOf(text: string): Ratio | undefined {
  const fraction = /^(\d{1,9})\/([1-9]\d{0,8})$/.exec(text);
  if (fraction !== null) return { of: BigInt(fraction[1] ?? 0), per: BigInt(fraction[2] ?? 1) };
  return /^\d{1,9}(\.\d{1,6})?$/.test(text) ? decimal(text) : undefined;
}

function isRatio(value: unknown): value is Ratio {
  return isRecord(value) && typeof value['of'] === 'bigint' && typeof value['per'] === 'bigint';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
