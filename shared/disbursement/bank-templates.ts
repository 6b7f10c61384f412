/**
 * How each bank wants a list of transfers, as plain data. No bank publishes its layout: these are examples until a bank
 * gives its own file, and say so. A change is made here and nowhere else.
 */
export type BankField =
  | 'number'
  | 'reference'
  | 'name'
  | 'account'
  | 'bank-code'
  | 'bank-name'
  | 'amount'
  | 'currency'
  | 'remark';

export interface BankTemplate {
  /** Our code of the bank that takes the file. */
  readonly bank: string;
  /** Not taken from the bank's own file. */
  readonly isExample: boolean;
  readonly fileType: 'xlsx' | 'xls';
  readonly sheet: string;
  /** Lines above the heading; the heading stands in the row after them. */
  readonly above: readonly string[];
  readonly columns: readonly { readonly heading: string; readonly field: BankField; readonly width: number }[];
  readonly money: 'number' | 'text';
  /** Names and remarks in capitals without diacritics. */
  readonly isPlainCapitals: boolean;
  /** In characters; the reference stands first and is never cut. */
  readonly longestRemark: number;
  readonly longestName: number;
  readonly mostRows: number;
  /** The six digits of the national switch, or the short name. */
  readonly bankCode: 'bin' | 'short-name';
}

export const bankTemplates: readonly BankTemplate[] = [
  {
    bank: 'VBA',
    isExample: true,
    fileType: 'xlsx',
    sheet: 'DS',
    above: ['DANH SÁCH CHI TRẢ QUA TÀI KHOẢN'],
    columns: [
      { heading: 'STT', field: 'number', width: 6 },
      { heading: 'Số tài khoản', field: 'account', width: 22 },
      { heading: 'Tên người hưởng', field: 'name', width: 34 },
      { heading: 'Ngân hàng hưởng', field: 'bank-name', width: 22 },
      { heading: 'Mã ngân hàng', field: 'bank-code', width: 14 },
      { heading: 'Số tiền', field: 'amount', width: 20 },
      { heading: 'Nội dung', field: 'remark', width: 60 },
    ],
    money: 'number',
    isPlainCapitals: false,
    longestRemark: 150,
    longestName: 140,
    mostRows: 1000,
    bankCode: 'bin',
  },
  {
    bank: 'VCB',
    isExample: true,
    fileType: 'xlsx',
    sheet: 'Sheet1',
    above: [],
    columns: [
      { heading: 'STT', field: 'number', width: 6 },
      { heading: 'Ref No.', field: 'reference', width: 18 },
      { heading: 'Beneficiary Account', field: 'account', width: 22 },
      { heading: 'Beneficiary Name', field: 'name', width: 34 },
      { heading: 'Beneficiary Bank Code', field: 'bank-code', width: 14 },
      { heading: 'Amount', field: 'amount', width: 20 },
      { heading: 'Currency', field: 'currency', width: 10 },
      { heading: 'Details', field: 'remark', width: 60 },
    ],
    money: 'number',
    isPlainCapitals: true,
    longestRemark: 140,
    longestName: 70,
    mostRows: 500,
    bankCode: 'bin',
  },
  {
    bank: 'ICB',
    isExample: true,
    // The bank's guide of eFAST says that it takes .XLS alone.
    fileType: 'xls',
    sheet: 'Sheet1',
    above: [],
    columns: [
      { heading: 'STT', field: 'number', width: 6 },
      { heading: 'Số tài khoản', field: 'account', width: 22 },
      { heading: 'Tên người thụ hưởng', field: 'name', width: 34 },
      { heading: 'Số tiền', field: 'amount', width: 20 },
      { heading: 'Mã ngân hàng', field: 'bank-code', width: 14 },
      { heading: 'Nội dung', field: 'remark', width: 60 },
    ],
    money: 'text',
    isPlainCapitals: true,
    longestRemark: 120,
    longestName: 70,
    mostRows: 500,
    bankCode: 'bin',
  },
  {
    bank: 'BIDV',
    isExample: true,
    fileType: 'xlsx',
    sheet: 'BangKe',
    above: ['BẢNG KÊ CHUYỂN TIỀN THEO LÔ', 'Đơn vị tiền tệ: VND'],
    columns: [
      { heading: 'STT', field: 'number', width: 6 },
      { heading: 'Mã tham chiếu', field: 'reference', width: 18 },
      { heading: 'Tên người nhận', field: 'name', width: 34 },
      { heading: 'Tài khoản nhận', field: 'account', width: 22 },
      { heading: 'Ngân hàng nhận', field: 'bank-code', width: 16 },
      { heading: 'Số tiền', field: 'amount', width: 20 },
      { heading: 'Diễn giải', field: 'remark', width: 60 },
    ],
    money: 'text',
    isPlainCapitals: false,
    longestRemark: 140,
    longestName: 100,
    mostRows: 999,
    bankCode: 'short-name',
  },
];

/** The six digits by which the national switch (NAPAS) knows a bank, by our code. A bank without them keeps our code. */
export const bankBins: Readonly<Record<string, string>> = {
  VBA: '970405',
  VCB: '970436',
  ICB: '970415',
  BIDV: '970418',
  MB: '970422',
  TCB: '970407',
  ACB: '970416',
  VPB: '970432',
  STB: '970403',
  HDB: '970437',
  TPB: '970423',
  VIB: '970441',
  SHB: '970443',
  EIB: '970431',
  MSB: '970426',
  LPB: '970449',
  SEAB: '970440',
  OCB: '970448',
  NAB: '970428',
  ABB: '970425',
  BAB: '970409',
  VAB: '970427',
  NCB: '970419',
  PVCB: '970412',
  KLB: '970452',
  SCB: '970429',
  BVB: '970438',
  VCCB: '970454',
  SHBVN: '970424',
  COOPBANK: '970446',
};
