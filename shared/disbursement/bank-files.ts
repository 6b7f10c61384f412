/** A slip's transfers as files of one bank: as many as its limit of rows asks for, each with what proves that it is whole. */
import { formatDay } from '../calendar.ts';
import { bankName } from '../case/banks.ts';
import { inexactAsText, type PaperCell, type PaperSheet } from '../case/paper-sheet.ts';
import { formatDong } from '../dong.ts';
import { compareNames, fold, tidy } from '../vietnamese.ts';
import { bankBins, type BankField, type BankTemplate } from './bank-templates.ts';
import { type Control, controlOf } from './control.ts';
import { type Beneficiary, purposeOf, type SlipPaper } from './slip-paper.ts';

export interface BankFile {
  readonly template: BankTemplate;
  /** From 1, of so many. */
  readonly number: number;
  readonly of: number;
  /** The transfers, and beside them the control; a bank's reader takes the first. */
  readonly sheets: readonly PaperSheet[];
  readonly control: Control;
}

/** In how many files the bank takes so many transfers. */
export function bankFileCount({ mostRows }: BankTemplate, people: number): number {
  return Math.max(1, Math.ceil(people / mostRows));
}

export function bankFiles(template: BankTemplate, paper: SlipPaper): readonly BankFile[] {
  const sorted = paper.beneficiaries.toSorted(
    (one, other) => compareNames(one.fullName, other.fullName) || (one.reference < other.reference ? -1 : 1),
  );
  const whole = controlOf(sorted);
  const of = bankFileCount(template, sorted.length);
  return Array.from({ length: of }, (_none, index) => {
    const own = sorted.slice(index * template.mostRows, (index + 1) * template.mostRows);
    const control = controlOf(own);
    const place = { number: index + 1, of };
    return {
      template,
      ...place,
      sheets: [transferSheet(template, own, paper), controlSheet(template, paper.slip, place, control, whole)],
      control,
    };
  });
}

function transferSheet(template: BankTemplate, own: readonly Beneficiary[], paper: SlipPaper): PaperSheet {
  const purpose = purposeOf(paper, formatDay(paper.decision.on));
  return {
    name: template.sheet,
    title: template.above,
    columns: template.columns.map(({ heading, field, width }) => ({
      heading,
      width,
      kind: field === 'amount' && template.money === 'number' ? 'money' : 'text',
    })),
    rows: own.map((one, index) =>
      template.columns.map(({ field }) => cellOf(field, one, index + 1, purpose, template)),
    ),
  };
}

function cellOf(
  field: BankField,
  one: Beneficiary,
  number: number,
  purpose: string,
  template: BankTemplate,
): PaperCell {
  const cells: { readonly [F in BankField]: () => PaperCell } = {
    number: () => String(number),
    reference: () => one.reference,
    name: () => written(one.fullName, template).slice(0, template.longestName).trim(),
    account: () => one.accountNumber,
    'bank-code': () =>
      template.bankCode === 'bin' ? (bankBins[one.bankCode] ?? one.bankCode) : bankName(one.bankCode),
    'bank-name': () => written(one.bank, template),
    amount: () => (template.money === 'number' ? inexactAsText(one.amount) : one.amount.toString()),
    currency: () => 'VND',
    remark: () => remarkOf(one, purpose, template),
  };
  return cells[field]();
}

/** The reference stands first, so that the bank's answer can be matched whatever is cut. */
export function remarkOf(
  { reference }: Pick<Beneficiary, 'reference'>,
  purpose: string,
  template: BankTemplate,
): string {
  const room = Math.max(reference.length, template.longestRemark);
  return `${reference} ${written(purpose, template)}`.slice(0, room).trim();
}

function written(text: string, { isPlainCapitals }: BankTemplate): string {
  return isPlainCapitals ? fold(text).toUpperCase() : tidy(text);
}

function controlSheet(
  template: BankTemplate,
  slip: string,
  { number, of }: Pick<BankFile, 'number' | 'of'>,
  own: Control,
  whole: Control,
): PaperSheet {
  const example = template.isExample ? 'mẫu ví dụ cho đến khi có tệp mẫu của ngân hàng' : 'mẫu của ngân hàng';
  return {
    name: 'Kiem soat',
    columns: [
      { heading: 'Mục kiểm soát', width: 34, kind: 'text' },
      { heading: 'Giá trị', width: 70, kind: 'text' },
    ],
    rows: [
      ['Mẫu tệp', `${bankName(template.bank)} – ${example}`],
      ['Số chứng từ', slip],
      ['Tệp', `${number}/${of}`],
      ...controlRows('của tệp này', own),
      ...controlRows('của cả chứng từ', whole),
    ],
  };
}

function controlRows(whose: string, { count, total, check }: Control): readonly (readonly PaperCell[])[] {
  return [
    [`Số người ${whose}`, String(count)],
    [`Tổng số tiền ${whose}`, `${formatDong(total)} đồng`],
    [`Mã kiểm tra ${whose}`, check],
  ];
}
