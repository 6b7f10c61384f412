/** Each file of a report from its kept content. The same content gives the same bytes, whenever it is printed again. */
import { formatInstant } from '../../shared/calendar.ts';
import { inexactAsText, type PaperCell, type PaperSheet } from '../../shared/case/paper-sheet.ts';
import type { FileType, ReportContent } from '../../shared/completion/freeze-report.ts';
import type { ReportCell, ReportTable } from '../../shared/completion/report-paper.ts';
import { writeSheets } from './sheet-writer.ts';

export async function writeReportFile(type: FileType, content: ReportContent): Promise<Uint8Array> {
  if (type === 'xlsx') return writeSheets([sentencesOf(content), ...tablesOf(content)]);
  // Fonts are loaded with it, and most processes never print.
  const { writeReportPdf } = await import('./report-pdf.ts');
  return writeReportPdf(content.paper, content.code, content.at);
}

/** What the report says in words: one column that wraps, so that no long line makes the printed page small. */
function sentencesOf({ paper, code }: ReportContent): PaperSheet {
  const said = paper.blocks.flatMap((block) => {
    if ('heading' in block) return [[block.heading]];
    return 'text' in block ? [[block.text]] : [];
  });
  return {
    name: 'Báo cáo',
    title: [`${paper.title} ${code}`],
    columns: [{ heading: `Kính gửi: ${paper.addressee}`, width: 68, kind: 'text' }],
    rows: [[paper.subject], ...said, ...paper.marks.map((mark) => [mark])],
  };
}

function tablesOf({ paper, code, at }: ReportContent): readonly PaperSheet[] {
  const tables = paper.blocks.flatMap((block) => ('table' in block ? [block.table] : []));
  return tables.map((table) => sheetOf(table, `Báo cáo ${code}, số liệu chốt ${formatInstant(at)}`));
}

function sheetOf({ name, columns, rows, total }: ReportTable, origin: string): PaperSheet {
  return {
    name,
    title: [name, origin],
    columns: columns.map(({ heading, kind, share }) => ({ heading, kind, width: widthOf(kind, share) })),
    rows: rows.map((row) => row.map(written)),
    ...(total.length === 0 ? {} : { totalRow: total.map(written) }),
    landscape: columns.length > fewColumns,
  };
}

const fewColumns = 5;
const fewShares = 10;

/** In characters; a text that has little room on the page is a code. */
function widthOf(kind: ReportTable['columns'][number]['kind'], share: number): number {
  if (kind === 'text') return share < fewShares ? 12 : 38;
  return kind === 'number' ? 12 : 22;
}

function written(cell: ReportCell): PaperCell {
  if (typeof cell === 'string') return cell;
  return 'count' in cell ? String(cell.count) : inexactAsText(BigInt(cell.dong));
}
