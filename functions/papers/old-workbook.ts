/** .xls (Excel 97 to 2003) → sheets. */
import { CFB, read, type WorkSheet } from '@e965/xlsx';
import { type Refused, refused } from '../../shared/case/ports.ts';
import type { Sheet, SheetCell, SheetRow } from '../../shared/case/sheet.ts';
import { tidy } from '../../shared/vietnamese.ts';
import { numberText, percentText, serialText, showsDay } from './cell-text.ts';
import { isLegacyFont, readableText } from './legacy-text.ts';
import { mostColumns } from './workbook.ts';

export async function readOldWorkbook(bytes: Uint8Array): Promise<readonly Sheet[] | Refused> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.includes(Buffer.from('EncryptedPackage', 'utf16le'))) return refuseLocked();
  try {
    const book = read(file, { type: 'buffer', dense: true, cellNF: true, cellFormula: true, cellStyles: true });
    if (book.Workbook?.WBProps?.date1904 === true) return refuseDamaged();
    const fonts = fontsOf(file);
    return book.SheetNames.flatMap((name, index) => {
      const worksheet = book.Sheets[name];
      if (worksheet === undefined) return [];
      const isHidden = (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0;
      return [{ ...sheetOf(name, worksheet, fonts[index]), ...(isHidden ? { isHidden } : {}) }];
    });
  } catch (error) {
    return error instanceof Error && /password|encrypt/i.test(error.message) ? refuseLocked() : refuseDamaged();
  }
}

function refuseLocked(): Refused {
  return refused(
    'Tệp có mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại.',
    'The file has a password. Remove it and upload again.',
  );
}

function refuseDamaged(): Refused {
  return refused(
    'Tệp Excel cũ (.xls) bị hỏng hoặc không đọc được. Hãy mở bằng Excel, lưu lại thành .xlsx rồi tải lên.',
    'The old Excel file (.xls) is damaged or cannot be read. Open it in Excel, save it as .xlsx and upload it again.',
  );
}

function sheetOf(name: string, worksheet: WorkSheet, fonts: CellFonts | undefined): Sheet {
  const rows: SheetRow[] = [];
  // With `dense` the rows are lists of cells, with gaps.
  const lines: readonly (readonly (OldCell | undefined)[] | undefined)[] = worksheet['!data'] ?? [];
  for (const [index, line] of lines.entries()) {
    const cells = [...(line ?? [])].slice(0, mostColumns).flatMap((cell, at): SheetCell[] => {
      const content = cell === undefined ? undefined : contentOf(cell, fonts?.get(index * 256 + at));
      return content === undefined || content.text === '' ? [] : [{ column: at + 1, ...content }];
    });
    if (cells.length > 0) rows.push({ number: index + 1, cells });
  }
  const hidden = (of: readonly ({ readonly hidden?: boolean } | null | undefined)[] | undefined) =>
    (of ?? []).flatMap((one, at) => (one?.hidden === true ? [at + 1] : []));
  const filled = new Set(rows.flatMap(({ cells }) => cells.map(({ column }) => column)));
  const hiddenColumns = hidden(worksheet['!cols']).filter((column) => filled.has(column));
  return { name: tidy(name), rows, hiddenRows: hidden(worksheet['!rows']), hiddenColumns };
}

interface OldCell {
  readonly t: string;
  readonly v?: unknown;
  readonly w?: string | undefined;
  readonly z?: string | number | undefined;
  readonly f?: string | undefined;
}

function contentOf({ t: type, v: value, w: shown, z: format, f: formula }: OldCell, font: string | undefined) {
  const isFormula = formula === undefined ? {} : { isFormula: true as const };
  if (type === 's' && typeof value === 'string') {
    return { kind: 'text' as const, text: tidy(readableText(value, font)), ...isFormula };
  }
  if (type === 'b') return { kind: 'boolean' as const, text: value === true ? 'TRUE' : 'FALSE', ...isFormula };
  if (type === 'e') return { kind: 'error' as const, text: shown ?? '#ERROR!' };
  if (type !== 'n' || typeof value !== 'number') return undefined;
  const pattern = typeof format === 'string' ? format : '';
  if (showsDay(pattern)) return { kind: 'date' as const, text: serialText(value), ...isFormula };
  const text = pattern.includes('%') ? percentText(value) : numberText(value);
  return { kind: 'number' as const, text, ...isFormula };
}

/** Row × 256 + column → name of the font. */
type CellFonts = ReadonlyMap<number, string>;

const record = { font: 0x31, format: 0xe0, sheet: 0x85, begin: 0x809, end: 0x0a } as const;
/** Records that hold a text, or a formula that may give one: they begin with row, column and format. */
const textRecords: readonly number[] = [0xfd, 0x204, 0xd6, 0x06];

/**
 * The fonts of cells written in a font of before Unicode, by sheet. The library does not tell fonts, and without them
 * `NguyÔn` stays what it is. Nothing is collected where the book has no such font.
 */
function fontsOf(file: Buffer): readonly CellFonts[] {
  const container = CFB.read(file, { type: 'buffer' });
  const content = (CFB.find(container, 'Workbook') ?? CFB.find(container, 'Book'))?.content;
  if (content === undefined) return [];
  const stream = Buffer.from(content);
  const names: string[] = [];
  const formats: number[] = [];
  const starts: number[] = [];
  for (const { type, data } of recordsFrom(stream, 0)) {
    if (type === record.font) names.push(fontName(data));
    else if (type === record.format) formats.push(data.readUInt16LE(0));
    else if (type === record.sheet) starts.push(data.readUInt32LE(0));
  }
  if (!names.some(isLegacyFont)) return [];
  // Index 4 is never used: the fifth font is number 5.
  const fontOf = (format: number) =>
    names[(formats[format] ?? 0) > 4 ? (formats[format] ?? 0) - 1 : (formats[format] ?? 0)];
  return starts.map((start) => {
    const fonts = new Map<number, string>();
    for (const { type, data } of recordsFrom(stream, start)) {
      if (!textRecords.includes(type) || data.length < 6) continue;
      const font = fontOf(data.readUInt16LE(4));
      if (isLegacyFont(font)) fonts.set(data.readUInt16LE(0) * 256 + data.readUInt16LE(2), font ?? '');
    }
    return fonts;
  });
}

/** The records of one substream. */
function* recordsFrom(stream: Buffer, start: number): Iterable<{ readonly type: number; readonly data: Buffer }> {
  let depth = 0;
  for (let at = start; at + 4 <= stream.length; ) {
    const type = stream.readUInt16LE(at);
    const length = stream.readUInt16LE(at + 2);
    if (type === record.begin) depth += 1;
    if (type === record.end) depth -= 1;
    yield { type, data: stream.subarray(at + 4, at + 4 + length) };
    if (depth === 0) return;
    at += 4 + length;
  }
}

/** A length, a flag for two bytes a letter, the letters. */
function fontName(data: Buffer): string {
  const letters = data.readUInt8(14);
  const isWide = (data.readUInt8(15) & 1) === 1;
  return data.toString(isWide ? 'utf16le' : 'latin1', 16, 16 + letters * (isWide ? 2 : 1));
}
