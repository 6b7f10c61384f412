/** Papers as .docx in the layout of Decree 30/2020/NĐ-CP: A4, Times New Roman, the State's name on the right. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { LegalPaper, LegalTable } from '../../shared/approval/legal-papers.ts';

export const font = 'Times New Roman';
/** Half points: 14 for text, 12 above it and in tables. */
export const size = { text: 28, head: 24, table: 24, small: 20 };
/** Twentieths of a point: 20 mm above and below, 30 left, 15 right. */
export const margin = { top: 1134, bottom: 1134, left: 1701, right: 850 };
export const a4 = { width: 11906, height: 16838 };
const none = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' };
const noBorders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none };

/** The bytes of the document; the list follows in an annex of its own pages, lying across. */
export async function writeLegalPaper(paper: LegalPaper): Promise<Uint8Array> {
  const document = new Document({
    creator: 'Chi trả',
    title: paper.subject,
    styles: { default: { document: { run: { font, size: size.text }, paragraph: { spacing: { after: 120 } } } } },
    sections: [
      {
        properties: { page: { size: a4, margin } },
        footers: { default: pageNumber() },
        children: [head(paper), ...title(paper), ...body(paper), foot(paper), line(paper.mark, { small: true })],
      },
      {
        properties: { page: { size: { ...a4, orientation: PageOrientation.LANDSCAPE }, margin } },
        footers: { default: pageNumber() },
        children: [
          line(paper.annex.title, { bold: true, center: true }),
          line(`(Kèm theo ${paper.title === '' ? 'Văn bản' : paper.title.toLocaleLowerCase('vi')} số …… ngày ……)`, {
            italic: true,
            center: true,
          }),
          table(paper.annex),
          line(paper.mark, { small: true }),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

interface Look {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly center?: boolean;
  readonly right?: boolean;
  readonly small?: boolean;
  readonly size?: number;
  readonly tight?: boolean;
}

export function line(
  text: string,
  { bold = false, italic = false, center, right, small, tight, size: own }: Look = {},
): Paragraph {
  const half = small === true ? size.small : (own ?? size.text);
  const alignment = center === true ? AlignmentType.CENTER : right === true ? AlignmentType.RIGHT : AlignmentType.LEFT;
  // NFC: accents of decomposed letters drift off them in some viewers.
  const run = new TextRun({ text: text.normalize('NFC'), bold, italics: italic, size: half, font });
  return new Paragraph({ alignment, children: [run], spacing: { after: tight === true ? 20 : 120 } });
}

function pageNumber(): Footer {
  const run = new TextRun({ children: [PageNumber.CURRENT], font, size: size.small });
  return new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [run] })] });
}

/** The agency on the left, the State on the right; under them the number, and place and day. */
export function head({ superior, agency, number }: Pick<LegalPaper, 'superior' | 'agency' | 'number'>): Table {
  const centered = (text: string, look: Look = {}) =>
    line(text, { center: true, tight: true, size: size.head, ...look });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: noBorders,
    rows: [
      new TableRow({
        children: [
          cell(40, [
            ...(superior === '' ? [] : [centered(unbroken(superior))]),
            centered(unbroken(agency), { bold: true }),
            centered('————'),
          ]),
          cell(60, [
            centered('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { bold: true }),
            centered('Độc lập - Tự do - Hạnh phúc', { bold: true }),
            centered('———————————'),
          ]),
        ],
      }),
      new TableRow({
        children: [
          cell(40, [centered(number)]),
          cell(60, [centered('Nghệ An, ngày …… tháng …… năm ………', { italic: true })]),
        ],
      }),
    ],
  });
}

/** The name of the province stays on one line: “ỦY BAN NHÂN DÂN” above, “TỈNH NGHỆ AN” below. */
function unbroken(name: string): string {
  return name.replace('TỈNH NGHỆ AN', 'TỈNH\u00a0NGHỆ\u00a0AN');
}

function cell(percent: number, children: readonly Paragraph[]): TableCell {
  return new TableCell({
    width: { size: percent, type: WidthType.PERCENTAGE },
    borders: { top: none, bottom: none, left: none, right: none },
    children: [...children],
  });
}

export function title({
  title: name,
  subject,
  to,
}: Pick<LegalPaper, 'title' | 'subject' | 'to'>): readonly Paragraph[] {
  return [
    line(''),
    ...(name === '' ? [] : [line(name, { bold: true, center: true })]),
    line(subject, { bold: name !== '', center: true }),
    line(''),
    ...(to.length === 0 ? [] : [line(`Kính gửi: ${to.join('; ')}`, { center: true }), line('')]),
  ];
}

function body({ paragraphs, tables, closing }: LegalPaper): readonly (Paragraph | Table)[] {
  return [
    ...paragraphs.map(paragraph),
    ...tables.flatMap((one) => [line(one.caption, { bold: true }), table(one), line('')]),
    ...closing.map(paragraph),
  ];
}

export function paragraph(text: string): Paragraph {
  if (text === text.toLocaleUpperCase('vi')) return line(text, { bold: true, center: true });
  const [article = '', rest] = /^(Điều \d+\.)(.*)$/s.exec(text)?.slice(1) ?? [];
  const runs =
    rest === undefined
      ? [new TextRun({ text: text.normalize('NFC'), font, size: size.text })]
      : [
          new TextRun({ text: article, bold: true, font, size: size.text }),
          new TextRun({ text: rest.normalize('NFC'), font, size: size.text }),
        ];
  return new Paragraph({ alignment: AlignmentType.JUSTIFIED, indent: { firstLine: 567 }, children: runs });
}

function table({ columns, rows, total }: LegalTable): Table {
  const row = (texts: readonly string[], bold: boolean, isHeader = false) =>
    new TableRow({
      tableHeader: isHeader,
      cantSplit: true,
      children: columns.map(
        ({ share, isNumber }, index) =>
          new TableCell({
            width: { size: share, type: WidthType.PERCENTAGE },
            margins: { left: 60, right: 60 },
            children: [
              line(texts[index] ?? '', {
                bold,
                tight: true,
                size: size.table,
                center: isHeader,
                right: isNumber === true && !isHeader,
              }),
            ],
          }),
      ),
    });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      row(
        columns.map(({ heading }) => heading),
        true,
        true,
      ),
      ...rows.map((texts) => row(texts, false)),
      row(total, true),
    ],
  });
}

/** Who gets it on the left; on the right the capacity and the place for the signature. */
export function foot({ recipients, signatory }: Pick<LegalPaper, 'recipients' | 'signatory'>): Table {
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: noBorders,
    rows: [
      new TableRow({
        children: [
          cell(50, [
            line('Nơi nhận:', { bold: true, italic: true, size: size.table }),
            ...recipients.map((one) => line(`- ${one}`, { size: 22 })),
          ]),
          cell(50, [line(signatory, { bold: true, center: true }), line(''), line(''), line(''), line('')]),
        ],
      }),
    ],
  });
}
