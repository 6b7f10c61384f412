/**
 * A report as pages in the layout of Decree 30/2020/NĐ-CP: A4, letters of Times New Roman's widths, 20 mm above and below, 30
 * left, 16 right, the page's number above from the second page on. The same paper gives the same bytes.
 */
import pdfmake from 'pdfmake';
import type { Content, CustomTableLayout, TableCell } from 'pdfmake';
import type { Instant } from '../../shared/calendar.ts';
import {
  cellText,
  type ReportBlock,
  type ReportPaper,
  type ReportTable,
} from '../../shared/completion/report-paper.ts';
import { tinosFile, tinosLooks } from './fonts.ts';

for (const look of Object.values(tinosLooks)) pdfmake.virtualfs.writeFileSync(look, tinosFile(look));
pdfmake.setFonts({ Tinos: tinosLooks });
// Nothing of a report ever names a file or an address, and none is opened.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(() => false);

/** Points. */
const margins = { left: 85, top: 57, right: 45, bottom: 57 };
const a4 = { short: 595.28, long: 841.89 };
const size = { text: 13, head: 12, table: 11, wideTable: 9.5, widestTable: 8.5, small: 9 };
const indent = 28;
const padding = 2.5;
const rule = 0.5;

const lines: CustomTableLayout = {
  hLineWidth: () => rule,
  vLineWidth: () => rule,
  paddingLeft: () => padding,
  paddingRight: () => padding,
  paddingTop: () => 2,
  paddingBottom: () => 2,
};

/** Takes the instant of the figures as the day of the file itself: a clock would change the bytes. */
export async function writeReportPdf(paper: ReportPaper, code: string, at: Instant): Promise<Uint8Array> {
  const width = (paper.isLandscape ? a4.long : a4.short) - margins.left - margins.right;
  const bytes = await pdfmake
    .createPdf({
      pageSize: 'A4',
      pageOrientation: paper.isLandscape ? 'landscape' : 'portrait',
      pageMargins: [margins.left, margins.top, margins.right, margins.bottom],
      info: { title: `${paper.title} ${code}`, creator: 'Chi trả', producer: 'Chi trả', creationDate: new Date(at) },
      defaultStyle: { font: 'Tinos', fontSize: size.text },
      content: [
        ...head(paper, width),
        ...signed(body(paper.blocks, width), foot(paper)),
        ...paper.marks.map((text): Content => ({ text: clean(text), fontSize: size.small, margin: [0, 2, 0, 0] })),
      ],
      header: (page) => ({
        text: page === 1 ? '' : String(page),
        alignment: 'center',
        margin: [margins.left, margins.top / 2, margins.right, 0],
      }),
      footer: (page, pages) => ({
        margin: [margins.left, 18, margins.right, 0],
        fontSize: size.small,
        columns: [`Mã báo cáo ${code}`, { text: `Trang ${page}/${pages}`, alignment: 'right' }],
      }),
    })
    .getBuffer();
  return new Uint8Array(bytes);
}

/** Accents of decomposed letters drift off them. */
function clean(text: string): string {
  return text.normalize('NFC');
}

function underline(length: number): Content {
  return {
    columns: [
      { width: '*', text: '' },
      { width: length, canvas: [{ type: 'line', x1: 0, y1: 2, x2: length, y2: 2, lineWidth: rule }] },
      { width: '*', text: '' },
    ],
  };
}

function head(paper: ReportPaper, width: number): readonly Content[] {
  const { superior, issuer, number, place, title, subject, addressee } = paper;
  const centered = (text: string, look: { bold?: boolean; italics?: boolean; fontSize?: number } = {}): Content => ({
    text: clean(text),
    alignment: 'center',
    fontSize: size.head,
    ...look,
  });
  const left: Content = {
    width: width * 0.42,
    stack: [
      ...(superior === '' ? [] : [centered(superior)]),
      centered(issuer, { bold: true }),
      underline(60),
      { text: clean(number), alignment: 'center', fontSize: size.text, margin: [0, 6, 0, 0] },
    ],
  };
  const right: Content = {
    width: '*',
    stack: [
      centered('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { bold: true }),
      centered('Độc lập - Tự do - Hạnh phúc', { bold: true, fontSize: size.text }),
      underline(160),
      { text: clean(place), alignment: 'center', italics: true, fontSize: size.text, margin: [0, 6, 0, 0] },
    ],
  };
  return [
    { columns: [left, right] },
    { text: title, bold: true, fontSize: 14, alignment: 'center', margin: [0, 16, 0, 0] },
    { text: clean(subject), bold: true, alignment: 'center', margin: [0, 2, 0, 0] },
    { stack: [underline(90)], margin: [0, 3, 0, 0] },
    { text: clean(`Kính gửi: ${addressee}`), alignment: 'center', margin: [0, 12, 0, 8] },
  ];
}

/** A heading stays with what follows it, a caption with its table; only a long table is broken, after a row. */
function body(blocks: readonly ReportBlock[], width: number): readonly Content[] {
  const found: Content[] = [];
  let above: readonly Content[] = [];
  for (const block of blocks) {
    const content = blockContent(block, width);
    if ('heading' in block) {
      above = [...above, ...content];
      continue;
    }
    const isLong = 'table' in block && block.table.rows.length > mostRowsTogether;
    found.push(...(isLong ? [...above, ...content] : [{ unbreakable: true, stack: [...above, ...content] }]));
    above = [];
  }
  return [...found, ...above];
}

/** Nobody signs a page that has nothing else on it: the signatures stay with the last sentences. */
function signed(above: readonly Content[], signatures: Content): readonly Content[] {
  return [
    ...above.slice(0, -sentencesAbove),
    { unbreakable: true, stack: [...above.slice(-sentencesAbove), signatures] },
  ];
}

const sentencesAbove = 2;
const mostRowsTogether = 16;

function blockContent(block: ReportBlock, width: number): readonly Content[] {
  if ('heading' in block) return [{ text: clean(block.heading), bold: true, margin: [0, 8, 0, 3] }];
  if ('text' in block) {
    const { text, isStrong } = block;
    return [{ text: clean(text), bold: isStrong, alignment: 'justify', leadingIndent: indent, margin: [0, 0, 0, 4] }];
  }
  return block.table.isInSheetsOnly ? [] : tableContent(block.table, width);
}

function tableContent(of: ReportTable, width: number): readonly Content[] {
  const { caption, columns, rows, total } = of;
  const shares = columns.reduce((all, { share }) => all + share, 0);
  const free = width - columns.length * 2 * padding - (columns.length + 1) * rule;
  const isRight = columns.map(({ kind }) => kind !== 'text');
  const line = (cells: readonly (typeof rows)[number][number][], bold: boolean): TableCell[] =>
    columns.map((_column, index) => {
      const text = clean(cellText(cells[index] ?? ''));
      return { text, bold, alignment: isRight[index] === true ? 'right' : 'left' };
    });
  return [
    { text: clean(caption), italics: true, margin: [0, 4, 0, 2] },
    {
      fontSize: columns.length > 9 ? size.widestTable : columns.length > 5 ? size.wideTable : size.table,
      margin: [0, 0, 0, 6],
      table: {
        headerRows: 1,
        keepWithHeaderRows: 1,
        dontBreakRows: true,
        widths: columns.map(({ share }) => (free * share) / shares),
        body: [
          columns.map(({ heading }): TableCell => ({ text: clean(heading), bold: true, alignment: 'center' })),
          ...rows.map((row) => line(row, false)),
          ...(total.length === 0 ? [] : [line(total, true)]),
        ],
      },
      layout: lines,
    },
  ];
}

/** Who gets it on the left, who signs on the right, never apart from each other. */
function foot({ copies, signatory }: ReportPaper): Content {
  return {
    unbreakable: true,
    margin: [0, 12, 0, 6],
    columns: [
      {
        width: '*',
        stack: [
          { text: 'Nơi nhận:', bold: true, italics: true, fontSize: size.head },
          ...copies.map((text): Content => ({ text: clean(text), fontSize: 11 })),
        ],
      },
      {
        width: '*',
        stack: [
          ...signatory.map((text): Content => ({ text: clean(text), bold: true, alignment: 'center' })),
          { text: '(Chữ ký, dấu; họ và tên)', italics: true, fontSize: 11, alignment: 'center', margin: [0, 0, 0, 56] },
        ],
      },
    ],
  };
}
