/** Each file of a report from its kept content. The same content gives the same bytes, whenever it is printed again. */
import type { PaperCell, PaperSheet } from '../../shared/case/paper-sheet.ts';
import { inexactAsText } from '../../shared/case/paper-sheet.ts';
import type { FileType, ReportContent } from '../../shared/completion/freeze-report.ts';
import type { ReportCell, ReportPaper, ReportTable } from '../../shared/completion/report-paper.ts';
import { writeSheets } from './sheet-writer.ts';

export async function writeReportFile(type: FileType, { paper, code, at }: ReportContent): Promise<Uint8Array> {
  if (type === 'xlsx') return writeSheets(sheetsOf(paper));
  // Fonts are loaded with it, and most processes never print.
  const { writeReportPdf } = await import('./report-pdf.ts');
  return writeReportPdf(paper, code, at);
}

/** A sheet a table; what the report says in sentences stands below the first. */
function sheetsOf(paper: ReportPaper): readonly PaperSheet[] {
  const tables = paper.blocks.flatMap((block) => ('table' in block ? [block.table] : []));
  const sentences = paper.blocks.flatMap((block) => ('text' in block ? [block.text] : []));
  return tables.map((table, index) =>
    sheetOf(table, paper, index === 0 ? [...sentences, ...paper.marks] : paper.marks),
  );
}

function sheetOf(
  { name, caption, columns, rows, total }: ReportTable,
  { title, subject, addressee }: ReportPaper,
  notes: readonly string[],
): PaperSheet {
  const wide = columns.length > 5;
  return {
    name,
    title: [`${title}: ${subject}`, `Kính gửi: ${addressee}`, caption],
    columns: columns.map(({ heading, kind }) => ({ heading, kind, width: widths[kind] })),
    rows: rows.map((row) => row.map(written)),
    ...(total.length === 0 ? {} : { totalRow: total.map(written) }),
    notes,
    landscape: wide,
  };
}

const widths = { text: 38, number: 12, money: 22 } as const;

function written(cell: ReportCell): PaperCell {
  if (typeof cell === 'string') return cell;
  return 'count' in cell ? String(cell.count) : inexactAsText(BigInt(cell.dong));
}
