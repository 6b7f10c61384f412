/** Slips for the tests of what leaves with them, and readers of every file that nobody in production needs. */
import { XmlDocument } from 'libxml2-wasm';
import fc from 'fast-check';
import { expect } from 'vitest';
import { controlSpace, paymentInitiationSpace } from '../functions/papers/payment-initiation.ts';
import { readSheets } from '../functions/papers/sheet.ts';
import { banks } from '../shared/case/banks.ts';
import type { Sheet } from '../shared/case/sheet.ts';
import type { BankField, BankTemplate } from '../shared/disbursement/bank-templates.ts';
import { type ControlledRow, controlOf } from '../shared/disbursement/control.ts';
import { ownColumn } from '../shared/disbursement/form-09.ts';
import type { Beneficiary, SlipPaper } from '../shared/disbursement/slip-paper.ts';

const unit: SlipPaper['unit'] = {
  code: '1098765',
  name: 'Ủy ban nhân dân xã Quỳ Châu',
  block: 'government',
  level: 'commune',
  source: 'wage-reform',
  chapter: '805',
  treasuryAccount: '9523.3.1098765',
};

export function slipPaper(beneficiaries: readonly Beneficiary[], own: Partial<SlipPaper> = {}): SlipPaper {
  return {
    slip: 'b1.1098765.1',
    madeAt: '2025-09-30T03:00:00.000Z',
    from: 'estimate',
    unit,
    source: 'wage-reform',
    decision: { number: '2345/QĐ-UBND', on: '2025-09-20' },
    beneficiaries,
    ...own,
  };
}

/** A person with everything that breaks files: marks, signs of XML, quotes, decomposed letters, names beyond any column. */
const syllable = fc.constantFrom(
  'Nguyễn',
  'Thị',
  'Đặng',
  'Ước',
  'Quỳnh',
  'Hoà',
  'Lò Văn',
  'Ksor',
  "H'Bia",
  'A & B',
  '<Y>',
  '"K"',
);
const name = fc
  .array(syllable, { minLength: 1, maxLength: 40 })
  .chain((parts) => fc.constantFrom(parts.join(' '), parts.join(' ').normalize('NFD')));
const digits = (most: number) =>
  fc.array(fc.nat({ max: 9 }).map(String), { minLength: 6, maxLength: most }).map((all) => all.join(''));

const beneficiary: fc.Arbitrary<Beneficiary> = fc
  .record({
    fullName: name,
    accountNumber: digits(19),
    bankOf: fc.constantFrom(...banks),
    amount: fc.bigInt({ min: 1n, max: 999_999_999_999_999n }),
    reference: fc.nat({ max: 9_999_999_999 }).map((number) => `CT${String(number).padStart(10, '0')}-1`),
    regime: fc.constantFrom('178/7', '178/9', '154/9', ''),
  })
  .map(({ bankOf, ...rest }) => ({ ...rest, bank: bankOf.name, bankCode: bankOf.code }));

export function someBeneficiaries(most: number): fc.Arbitrary<readonly Beneficiary[]> {
  return fc.uniqueArray(beneficiary, { minLength: 1, maxLength: most, selector: ({ reference }) => reference });
}

export function rowsOf({ beneficiaries }: Pick<SlipPaper, 'beneficiaries'>): readonly ControlledRow[] {
  return inOrder(beneficiaries.map(({ reference, accountNumber, amount }) => ({ reference, accountNumber, amount })));
}

export function inOrder(rows: readonly ControlledRow[]): readonly ControlledRow[] {
  return rows.toSorted((one, other) => (one.reference < other.reference ? -1 : 1));
}

export async function sheetsOf(bytes: Uint8Array): Promise<readonly Sheet[]> {
  const read = await readSheets(bytes);
  return read.outcome === 'sheets' ? read.sheets : expect.fail(read.why.vi);
}

/** Cell texts by row, from column 1. */
export function textsOf({ rows }: Sheet): readonly (readonly string[])[] {
  return rows.map(({ cells }) => {
    const texts: string[] = [];
    for (const { column, text } of cells) texts[column - 1] = text;
    return Array.from(texts, (text) => text ?? '');
  });
}

const money = (text: string): bigint => BigInt(text.replaceAll('.', ''));

export async function readForm09(bytes: Uint8Array) {
  const [sheet] = await sheetsOf(bytes);
  const rows = textsOf(sheet ?? expect.fail('no sheet'));
  const people = rows.filter((row) => /^CT.+-\d+$/.test(row[12] ?? ''));
  const total = rows.find((row) => row[1] === 'Tổng cộng') ?? expect.fail('no total');
  const words = rows.flat();
  return {
    rows: people.map((row) => ({ reference: row[12] ?? '', accountNumber: row[2] ?? '', amount: money(row[4] ?? '') })),
    own: people.map((row) => money(row[ownColumn - 1] ?? '')),
    names: people.map((row) => row[1] ?? ''),
    total: money(total[4] ?? ''),
    check: /Mã kiểm tra: ([0-9a-f]{16})/.exec(words.join('\n'))?.[1] ?? '',
    texts: words,
  };
}

/** Of a bank's file: its transfers, and what its sheet of control says of it. */
export async function readBankFile(bytes: Uint8Array, template: BankTemplate) {
  const [transfers, control] = await sheetsOf(bytes);
  const rows = textsOf(transfers ?? expect.fail('no transfers')).slice(template.above.length + 1);
  const place = (field: BankField) => template.columns.findIndex((column) => column.field === field);
  const at = (row: readonly string[], field: BankField) => row[place(field)] ?? '';
  const stated = new Map(textsOf(control ?? expect.fail('no control')).map(([what = '', value = '']) => [what, value]));
  return {
    rows: rows.map((row) => ({
      reference: place('reference') < 0 ? (at(row, 'remark').split(' ')[0] ?? '') : at(row, 'reference'),
      accountNumber: at(row, 'account'),
      amount: money(at(row, 'amount')),
    })),
    names: rows.map((row) => at(row, 'name')),
    remarks: rows.map((row) => at(row, 'remark')),
    count: Number(stated.get('Số người của tệp này')),
    total: money((stated.get('Tổng số tiền của tệp này') ?? '').replace(' đồng', '')),
    check: stated.get('Mã kiểm tra của tệp này'),
  };
}

export function readPaymentInitiation(bytes: Uint8Array) {
  const document = XmlDocument.fromBuffer(bytes);
  const spaces = { p: paymentInitiationSpace, c: controlSpace };
  const all = (path: string) => document.find(path, spaces).map((node) => node.content);
  try {
    const accounts = all('//p:CdtrAcct//p:Id/p:Othr/p:Id');
    const amounts = all('//p:InstdAmt');
    return {
      rows: all('//p:EndToEndId').map((reference, index) => ({
        reference,
        accountNumber: accounts[index] ?? '',
        amount: BigInt(amounts[index] ?? ''),
      })),
      names: all('//p:Cdtr/p:Nm'),
      counts: all('//p:NbOfTxs').map(Number),
      sums: all('//p:CtrlSum').map(BigInt),
      check: all('//c:CheckValue')[0],
      amounts,
      texts: { MsgId: all('//p:MsgId'), PmtInfId: all('//p:PmtInfId'), Ustrd: all('//p:Ustrd') },
    };
  } finally {
    document.dispose();
  }
}

/** What a reader finds equals what was written, and proves itself. */
export function expectControl(
  rows: readonly ControlledRow[],
  stated: { readonly count: number; readonly total: bigint; readonly check?: string | undefined },
) {
  const { count, total, check } = controlOf(rows);
  expect({ count: stated.count, total: stated.total, check: stated.check }).toEqual({ count, total, check });
}
