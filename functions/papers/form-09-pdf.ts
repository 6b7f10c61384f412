/**
 * The list of beneficiaries as a page to be printed and signed: A4 across, letters of Times New Roman's widths, headings on
 * every page. The same input gives the same bytes.
 */
import pdfmake from 'pdfmake';
import type { Content, CustomTableLayout, TableCell } from 'pdfmake';
import { type Dong, formatDong } from '../../shared/dong.ts';
import { shownCheck } from '../../shared/disbursement/control.ts';
import {
  type BeneficiaryForm,
  type BeneficiaryGroup,
  form09Columns,
  form09Parts,
  form09Spans,
  ownColumn,
} from '../../shared/disbursement/form-09.ts';
import { type Beneficiary, noteOn } from '../../shared/disbursement/slip-paper.ts';
import { tinosFile, tinosLooks } from './fonts.ts';

for (const look of Object.values(tinosLooks)) pdfmake.virtualfs.writeFileSync(look, tinosFile(look));
pdfmake.setFonts({ Tinos: tinosLooks });
// Nothing of a list ever names a file or an address, and none is opened.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(() => false);

/** Points; with padding and lines they fill the page between its margins. */
const widths = [16, 108, 86, 76, 74, 34, 50, 34, 33, 74, 31, 32, 68];
const rule: CustomTableLayout = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0.5,
  paddingLeft: () => 2.5,
  paddingRight: () => 2.5,
  paddingTop: () => 2,
  paddingBottom: () => 2,
};

/** Any day will do for the file itself: the paper carries its own, and a clock would change the bytes. */
const madeOn = new Date('2025-01-01T00:00:00Z');

export async function writeForm09Pdf(form: BeneficiaryForm): Promise<Uint8Array> {
  const bytes = await pdfmake
    .createPdf({
      pageSize: 'A4',
      pageOrientation: 'landscape',
      pageMargins: [28, 26, 28, 30],
      info: { title: `${form.title} ${form.number}`, creator: 'Chi trả', producer: 'Chi trả', creationDate: madeOn },
      defaultStyle: { font: 'Tinos', fontSize: 9.5 },
      content: [...head(form), table(form), ...below(form)],
      footer: (page, pages) => ({
        margin: [28, 8, 28, 0],
        fontSize: 8,
        columns: [
          `Chứng từ ${form.number} – mã kiểm tra ${shownCheck(form.control)}`,
          { text: `Trang ${page}/${pages}`, alignment: 'right' },
        ],
      }),
    })
    .getBuffer();
  return new Uint8Array(bytes);
}

/** Accents of decomposed letters drift off them. */
function clean(text: string): string {
  return text.normalize('NFC');
}

function head(form: BeneficiaryForm): readonly Content[] {
  const [unit, ...rest] = form.head;
  return [
    {
      columns: [
        { width: '*', text: '' },
        {
          width: 230,
          alignment: 'center',
          stack: [
            { text: form.form, bold: true },
            { text: form.law, italics: true, fontSize: 8.5 },
            { text: 'Mã hiệu: ………………………', italics: true },
            { text: `Số: ${form.number}`, italics: true },
          ],
        },
      ],
    },
    { text: form.title, bold: true, fontSize: 14, alignment: 'center', margin: [0, 8, 0, 1] },
    { text: form.attachedTo, italics: true, alignment: 'center' },
    ticks(form),
    { text: clean(unit ?? ''), margin: [0, 0, 0, 1] },
    ...rest.map((line): Content => ({ text: clean(line), margin: [0, 0, 0, 1] })),
    { text: form09Parts.request, bold: true, margin: [0, 5, 0, 0] },
    { text: form09Parts.currency, italics: true, alignment: 'right', fontSize: 8.5, margin: [0, -11, 0, 2] },
  ];
}

function ticks({ isFromEstimate }: BeneficiaryForm): Content {
  const box = (isTicked: boolean): Content => ({
    width: 12,
    table: {
      widths: [6],
      heights: [8],
      body: [[{ text: isTicked ? 'x' : ' ', bold: true, fontSize: 8, alignment: 'center' }]],
    },
    layout: { ...rule, paddingTop: () => -1, paddingBottom: () => 0, paddingLeft: () => 1, paddingRight: () => 1 },
  });
  return {
    margin: [0, 4, 0, 5],
    columns: [
      { width: '*', text: '' },
      { width: 'auto', text: 'Tài khoản dự toán:', bold: true },
      box(isFromEstimate),
      { width: 30, text: '' },
      { width: 'auto', text: 'Tài khoản tiền gửi:', bold: true },
      box(!isFromEstimate),
      { width: '*', text: '' },
    ],
    columnGap: 5,
  };
}

function table({ groups, control }: BeneficiaryForm): Content {
  return {
    fontSize: 8.5,
    table: {
      headerRows: 3,
      dontBreakRows: true,
      keepWithHeaderRows: 1,
      widths,
      body: [
        ...headings(),
        ...groups.flatMap((group) => [groupRow(group), ...group.beneficiaries.map(personRow)]),
        sumRow('', form09Parts.total, control.total),
      ],
    },
    layout: rule,
  };
}

function headings(): TableCell[][] {
  const small = { bold: true, fontSize: 7.5, alignment: 'center' } as const;
  const spanOf = (column: number) => form09Spans.find(({ from, to }) => column >= from && column <= to);
  const above = form09Columns.map((heading, index): TableCell => {
    const span = spanOf(index + 1);
    if (span === undefined) return { ...small, text: heading, rowSpan: 2 };
    return span.from === index + 1 ? { ...small, text: span.heading, colSpan: span.to - span.from + 1 } : '';
  });
  const below = form09Columns.map(
    (heading, index): TableCell => (spanOf(index + 1) === undefined ? '' : { ...small, text: heading }),
  );
  const numbers = form09Columns.map(
    (_heading, index): TableCell => ({
      text: `(${index + 1})`,
      alignment: 'center',
      italics: true,
      fontSize: 7.5,
    }),
  );
  return [above, below, numbers];
}

function groupRow({ numeral, name, total }: BeneficiaryGroup): TableCell[] {
  return sumRow(numeral, name, total);
}

/** The name of the sum reaches over the columns of the account. */
function sumRow(numeral: string, name: string, total: Dong): TableCell[] {
  // A new one for each cell: the library keeps the place of a cell in the cell itself.
  const money = (): TableCell => ({ text: formatDong(total), alignment: 'right', bold: true });
  const cells = form09Columns.map((): TableCell => '');
  cells[0] = { text: numeral, bold: true, alignment: 'center' };
  cells[1] = { text: name, bold: true, colSpan: 3 };
  cells[4] = money();
  cells[ownColumn - 1] = money();
  return cells;
}

function personRow({ fullName, accountNumber, bank, amount, ...noted }: Beneficiary, index: number): TableCell[] {
  const money = (): TableCell => ({ text: formatDong(amount), alignment: 'right' });
  const cells = form09Columns.map((): TableCell => '');
  cells[0] = { text: String(index + 1), alignment: 'center' };
  cells[1] = clean(fullName);
  cells[2] = accountNumber;
  cells[3] = clean(bank);
  cells[4] = money();
  cells[ownColumn - 1] = money();
  cells[form09Columns.length - 1] = { text: clean(noteOn(noted)), fontSize: 7.5, alignment: 'center' };
  return cells;
}

/** Nobody signs a page that has nothing else on it: the signatures stay with the sum and the second part. */
function below({ sums }: BeneficiaryForm): readonly Content[] {
  const [stt, name, amount, note] = form09Parts.changeColumns;
  const heading = (text: string): TableCell => ({ text, bold: true, alignment: 'center' });
  return [
    {
      unbreakable: true,
      stack: [
        { margin: [0, 5, 0, 0], stack: sums.map((line) => ({ text: line, bold: true })) },
        { text: form09Parts.change, bold: true, margin: [0, 5, 0, 2] },
        {
          table: {
            widths: [28, 220, 110, '*'],
            body: [
              [heading(stt), heading(name), heading(amount), heading(note)],
              ['', '', { text: '0', alignment: 'center' }, form09Parts.noChange],
            ],
          },
          layout: rule,
        },
        signatures(form09Parts.unit, form09Parts.date),
        signatures(form09Parts.treasurySigns, form09Parts.treasuryDate, form09Parts.treasury),
      ],
    },
  ];
}

function signatures(
  lines: readonly { readonly who: string; readonly how: string }[],
  date: string,
  title?: string,
): Content {
  return {
    margin: [0, 6, 0, 0],
    stack: [
      ...(title === undefined ? [] : [{ text: title, bold: true, alignment: 'center' as const }]),
      {
        columns: [
          { width: '*', text: '' },
          { width: `${100 / lines.length}%`, text: date, italics: true, alignment: 'center' },
        ],
      },
      {
        columns: lines.map(({ who, how }) => ({
          width: '*',
          alignment: 'center' as const,
          stack: [
            { text: who, bold: true },
            { text: how, italics: true, fontSize: 8.5, margin: [0, 0, 0, 40] },
          ],
        })),
      },
    ],
  };
}
