/**
 * A table as CSV that office programs open as it is: UTF-8 with its mark, CRLF, every field quoted. What would be taken for a
 * formula gets an apostrophe before it (CWE-1236). Money is bare digits, days are dd/mm/yyyy, both as text.
 */
import { formatDay, isLocalDate } from '../../shared/calendar.ts';
import type { PaperCell, PaperColumn } from '../../shared/case/paper-sheet.ts';

/** `above` are lines before the heading; each stands in the first field after a `#`. */
export function writeCsv(
  above: readonly string[],
  columns: readonly PaperColumn[],
  rows: readonly (readonly PaperCell[])[],
): Uint8Array {
  const lines = [
    ...above.map((line) => field(`# ${line}`)),
    columns.map(({ heading }) => field(heading)).join(','),
    ...rows.map((row) => columns.map((column, at) => cellText(row[at] ?? null, column)).join(',')),
  ];
  return new TextEncoder().encode(`\uFEFF${lines.join('\r\n')}\r\n`);
}

function cellText(value: PaperCell, { kind }: PaperColumn): string {
  if (value === null) return field('');
  if (typeof value === 'bigint') return field(value.toString());
  return field(kind === 'date' && isLocalDate(value) ? formatDay(value) : value);
}

/** A whole number is none of these, and stays one. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/u;
const wholeNumber = /^-?\d+$/;

function field(text: string): string {
  const safe = formulaStart.test(text) && !wholeNumber.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
