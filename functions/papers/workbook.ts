/** .xlsx → sheets, row by row, so that a big list is never in memory as a workbook. */
import { type Cell, type CellValue, WorkbookReader } from '@cj-tech-master/excelts';
import { type Refused, refused } from '../../shared/case/ports.ts';
import type { Sheet, SheetCell, SheetRow } from '../../shared/case/sheet.ts';
import { tidy } from '../../shared/vietnamese.ts';
import { numberText, percentText, serialText, showsDay } from './cell-text.ts';
import { readableText } from './legacy-text.ts';
import { type GuardedWorkbook, guardWorkbook } from './zip-guard.ts';

const mostKnownTexts = 50_000;
const rowsBetweenLooks = 2000;
/** Columns beyond this one are not read. */
export const mostColumns = 300;

export async function readWorkbook(
  bytes: Uint8Array,
  progress: (done: number, of: number) => void,
): Promise<readonly Sheet[] | Refused> {
  const guarded = await guardWorkbook(bytes);
  if (guarded.outcome === 'refused') return guarded;
  try {
    return await readEvery(guarded, progress);
  } catch {
    return refused(
      'Tệp bị hỏng, không đọc được. Hãy mở bằng Excel, lưu lại thành .xlsx rồi tải lên.',
      'The file is damaged and cannot be read. Open it in Excel, save it as .xlsx and upload it again.',
    );
  }
}

async function readEvery(
  { archive, rows: all, sheets: guarded }: GuardedWorkbook,
  progress: (done: number, of: number) => void,
): Promise<readonly Sheet[]> {
  const sheets: Sheet[] = [];
  let done = 0;
  const known = new Map<string, string>();
  /** The same words stand in thousands of cells, each a text of its own: kept once, a long list takes half the memory. */
  const once = (text: string): string => {
    const first = known.get(text);
    if (first !== undefined) return first;
    if (known.size < mostKnownTexts) known.set(text, text);
    return text;
  };
  for await (const worksheet of new WorkbookReader(archive, readerOptions)) {
    const rows: SheetRow[] = [];
    for await (const row of worksheet) {
      done += 1;
      if (done % rowsBetweenLooks === 0) progress(done, all);
      const cells: SheetCell[] = [];
      row.eachCell((cell) => {
        const read = cell.col <= mostColumns ? readCell(cell) : undefined;
        if (read !== undefined && read.text !== '') cells.push(kept(cell.col, read, once));
      });
      if (cells.length > 0) rows.push({ number: row.number, cells });
    }
    const own = guarded[sheets.length];
    const filled = new Set(rows.flatMap(({ cells }) => cells.map(({ column }) => column)));
    sheets.push({
      name: tidy(own?.name ?? worksheet.name),
      rows,
      hiddenRows: own?.hiddenRows ?? [],
      hiddenColumns: (own?.hiddenColumns ?? []).filter((column) => filled.has(column)),
      ...(own?.isHidden === true ? { isHidden: true } : {}),
    });
  }
  return sheets;
}

const readerOptions = {
  worksheets: 'emit',
  sharedStrings: 'cache',
  styles: 'cache',
  hyperlinks: 'ignore',
  entries: 'ignore',
} as const;

/** Without spreading: a long list has millions of cells. */
function kept(column: number, { kind, text, isFormula }: Content, once: (text: string) => string): SheetCell {
  return isFormula === true ? { column, kind, text: once(text), isFormula } : { column, kind, text: once(text) };
}

/** The hidden cells of a merged block hold nothing of their own. */
function readCell(cell: Cell): Content | undefined {
  if (cell.isMerged && cell.master !== cell) return undefined;
  const format = typeof cell.numFmt === 'string' ? cell.numFmt : '';
  return contentOf(cell.value, format, cell.font?.name);
}

type Content = Omit<SheetCell, 'column'>;

function contentOf(value: CellValue, format: string, font: string | undefined): Content | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return textContent(value, font);
  // What a formula's error is read as; which error it was is not told.
  if (Number.isNaN(value)) return { kind: 'error', text: '#ERROR!' };
  if (typeof value === 'number') return numberContent(value, format);
  if (typeof value === 'boolean') return { kind: 'boolean', text: value ? 'TRUE' : 'FALSE' };
  if (value instanceof Date) return dateContent(value);
  if ('error' in value) return { kind: 'error', text: value.error };
  if ('richText' in value && value.richText !== undefined) {
    const text = value.richText.map((run) => readableText(run.text, run.font?.name ?? font)).join('');
    return { kind: 'text', text: tidy(text) };
  }
  if ('hyperlink' in value) return textContent(value.text, font);
  if ('formula' in value || 'sharedFormula' in value) {
    const result = contentOf(value.result, format, font);
    if (result === undefined) return { kind: 'formula', text: `=${value.formula ?? ''}` };
    return result.kind === 'error' ? result : { ...result, isFormula: true };
  }
  return undefined;
}

function textContent(text: string, font: string | undefined): Content {
  return { kind: 'text', text: tidy(readableText(text, font)) };
}

/** What a formula gave in a cell of days is a count of days still. */
function numberContent(value: number, format: string): Content {
  if (showsDay(format)) return { kind: 'date', text: serialText(value) };
  return { kind: 'number', text: format.includes('%') ? percentText(value) : numberText(value) };
}

/** A number in a date cell that is no date: Excel shows only `#` signs. */
function dateContent(value: Date): Content {
  if (Number.isNaN(value.getTime())) return { kind: 'error', text: '######' };
  return { kind: 'date', text: value.toISOString().slice(0, 10) };
}
