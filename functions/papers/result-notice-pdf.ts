/**
 * People's notices as one file to print: one A4 page a person, as large as the page takes and never under 13 points, black on
 * white. The same notices give the same bytes.
 */
import { setImmediate } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import type { SignedNotice, WriteNotices } from '../../shared/completion/issue-notice.ts';
import { tinosFile, tinosLooks } from './fonts.ts';
import { qrPicture } from './qr-picture.ts';
import { type Block, blocksOf, type Detail, footBlocks } from './result-notice-page.ts';
import { type Line, linesOf, type Look, type Measure } from './text-lines.ts';

const page = { width: 595.28, height: 841.89, side: 38, top: 30, bottom: 28 };
const textWidth = page.width - 2 * page.side;
const qrSide = 112;
/** The largest that fits is taken. */
const sizes = [17, 16, 15, 14.5, 14, 13.5, 13];
const smallest = 13;
const lineHeight = 1.14;
const frame = { side: 8, above: 4, below: 5 };
/** Pages between two looks at whoever else wants the processor. */
const pagesInARow = 20;

/** Where nobody is given, the file has no page. */
export const writeResultNotices: WriteNotices = async (notices, { asOf, checkedAt }) => {
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    lang: 'vi-VN',
    displayTitle: true,
    info: {
      Title: 'Thông báo kết quả giải quyết chế độ',
      Creator: 'Chi trả',
      Producer: 'Chi trả',
      CreationDate: new Date(asOf),
    },
  });
  for (const look of looks) document.registerFont(look, tinosFile(tinosLooks[look]));
  const parts: Uint8Array[] = [];
  // Copied: a few bytes of a part would hold the whole buffer it was packed in.
  document.on('data', (part) => parts.push(new Uint8Array(part)));
  const ended = new Promise<void>((resolve) => document.on('end', resolve));
  const measure = measuring(document);
  let written = 0;
  for await (const signed of notices) {
    drawNotice(document, signed, checkedAt, measure);
    written += 1;
    if (written % pagesInARow === 0) await setImmediate();
  }
  document.end();
  await ended;
  return new Uint8Array(Buffer.concat(parts));
};

const looks = ['normal', 'bold', 'italics'] as const satisfies readonly Look[];
/** Asking for no feature of the font keeps the library from remembering every word it ever drew: each sum is another. */
const uncached = { features: [] } as const;
/** Most words come in every notice. */
const mostWidths = 20_000;

function measuring(document: PDFDocument): Measure {
  const known = {
    normal: new Map<string, number>(),
    bold: new Map<string, number>(),
    italics: new Map<string, number>(),
  };
  return (text, look) => {
    const before = known[look].get(text);
    if (before !== undefined) return before;
    const width = document.font(look).fontSize(1000).widthOfString(text, uncached) / 1000;
    if (known[look].size < mostWidths) known[look].set(text, width);
    return width;
  };
}

interface Placed {
  readonly block: Block;
  readonly lines: readonly Line[];
  readonly size: number;
  /** With what stands above it. */
  readonly height: number;
}

function drawNotice(document: PDFDocument, signed: SignedNotice, checkedAt: string, measure: Measure): void {
  const foot = placed(footBlocks(signed, checkedAt), smallest, textWidth - qrSide - 10, measure);
  document.addPage();
  let y = page.top;
  for (const one of fitting(signed, measure)) {
    // Only what no page could hold, at any size: the rest follows on a page of its own.
    if (y + one.height > bodyEnd) {
      drawFoot(document, signed, foot);
      document.addPage();
      y = page.top;
    }
    y = draw(document, one, page.side, y, textWidth);
  }
  drawFoot(document, signed, foot);
}

const bodyEnd = page.height - page.bottom - qrSide - 6;

/** As much as there is, as large as it goes; then less of it at the smallest size. */
const ways: readonly { readonly detail: Detail; readonly size: number }[] = [
  ...sizes.map((size) => ({ detail: 'whole' as const, size })),
  { detail: 'short', size: smallest },
  { detail: 'least', size: smallest },
];

/** The first way that fits, found by halving: each takes less room than the one before it. The first of all where none does. */
function fitting(signed: SignedNotice, measure: Measure): readonly Placed[] {
  let found: readonly Placed[] | undefined;
  let from = 0;
  let to = ways.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const { detail, size } = ways[middle] ?? wholeAtSmallest;
    const body = placed(blocksOf(signed, detail), size, textWidth, measure);
    if (heightOf(body) <= bodyEnd - page.top) [found, to] = [body, middle];
    else from = middle + 1;
  }
  return found ?? placed(blocksOf(signed, wholeAtSmallest.detail), wholeAtSmallest.size, textWidth, measure);
}

const wholeAtSmallest = { detail: 'whole', size: smallest } as const;

function heightOf(body: readonly Placed[]): number {
  return body.reduce((total, { height }) => total + height, 0);
}

function placed(blocks: readonly Block[], size: number, width: number, measure: Measure): readonly Placed[] {
  return blocks.map((block) => {
    const own = size * (block.scale ?? 1);
    const room = width - (block.indent ?? 0) - (block.isFramed === true ? 2 * frame.side : 0);
    const lines = linesOf(block.runs, room / own, measure);
    const framed = block.isFramed === true ? frame.above + frame.below : 0;
    return { block, lines, size: own, height: (block.above ?? 0) + framed + lines.length * own * lineHeight };
  });
}

/** Answers where the next block begins. */
function draw(
  document: PDFDocument,
  { block, lines, size, height }: Placed,
  left: number,
  top: number,
  width: number,
): number {
  const isFramed = block.isFramed === true;
  let y = top + (block.above ?? 0);
  if (isFramed)
    document
      .lineWidth(1)
      .rect(left, y, width, height - (block.above ?? 0))
      .stroke();
  if (isFramed) y += frame.above;
  for (const { runs, width: wide } of lines) {
    const free = block.isCentered === true ? (width - wide * size) / 2 : 0;
    const x = left + free + (block.indent ?? 0) + (isFramed ? frame.side : 0);
    for (const run of runs)
      document
        .font(run.look)
        .fontSize(size)
        .text(run.text, x + run.x * size, y, { lineBreak: false, ...uncached });
    y += size * lineHeight;
  }
  return top + height;
}

function drawFoot(document: PDFDocument, { seal }: SignedNotice, foot: readonly Placed[]): void {
  const top = page.height - page.bottom - qrSide;
  document
    .lineWidth(0.5)
    .moveTo(page.side, top - 3)
    .lineTo(page.width - page.side, top - 3)
    .stroke();
  document.image(qrPicture(seal), page.side - 6, top, { width: qrSide });
  let y = top + 2;
  for (const one of foot) y = draw(document, one, page.side + qrSide + 4, y, textWidth - qrSide - 10);
}
