/**
 * The list of beneficiaries that the Treasury asks for (Mẫu số 09, Decree 11/2020/NĐ-CP, or what took its place), as data:
 * one for the sheet and the printed page, so that both say the same.
 */
import { formatDay, localDateOf } from '../calendar.ts';
import { type Dong, formatDong, inWords, sum } from '../dong.ts';
import { inForceOn } from '../law/dated.ts';
import { beneficiaryListForm } from '../law/decree-11-2020/forms.ts';
import { compareNames } from '../vietnamese.ts';
import { type Control, controlOf, shownCheck } from './control.ts';
import { comparePayoutKinds, payoutKind } from './payout-kinds.ts';
import { type Beneficiary, purposeOf, type SlipPaper } from './slip-paper.ts';

export interface BeneficiaryGroup {
  readonly numeral: string;
  readonly name: string;
  readonly total: Dong;
  readonly beneficiaries: readonly Beneficiary[];
}

export interface BeneficiaryForm {
  /** `Mẫu số 09`, or what is known of the form in force. */
  readonly form: string;
  readonly law: string;
  readonly title: string;
  readonly number: string;
  readonly attachedTo: string;
  readonly isFromEstimate: boolean;
  readonly ticks: string;
  readonly head: readonly string[];
  readonly groups: readonly BeneficiaryGroup[];
  readonly control: Control;
  readonly sums: readonly string[];
}

/** The form that is in force on the day the slip is made, filled. */
export function form09(paper: SlipPaper): BeneficiaryForm {
  const madeOn = localDateOf(paper.madeAt);
  const { value, by } = inForceOn(beneficiaryListForm, madeOn);
  const control = controlOf(paper.beneficiaries);
  const voucher = paper.from === 'estimate' ? 'giấy rút dự toán' : 'ủy nhiệm chi';
  return {
    form: value.number === '' ? 'Bố cục theo Mẫu số 09 (NĐ 11/2020)' : value.number,
    law: `(Kèm theo ${by.vi.split(',')[0] ?? by.vi})`,
    title: value.formName.toLocaleUpperCase('vi'),
    number: paper.slip,
    attachedTo: `(Kèm theo ${voucher} số: ${paper.slip} ngày ${formatDay(madeOn)})`,
    isFromEstimate: paper.from === 'estimate',
    ticks: ticksOf(paper.from),
    head: headOf(paper),
    groups: groupsOf(paper.beneficiaries),
    control,
    sums: [
      `Tổng số tiền bằng số: ${formatDong(control.total)} đồng; số người: ${control.count}. Mã kiểm tra: ${shownCheck(control)}.`,
      `Tổng số tiền bằng chữ: ${inWords(control.total)}.`,
    ],
  };
}

function ticksOf(from: SlipPaper['from']): string {
  const [estimate, deposit] = from === 'estimate' ? ['[x]', '[  ]'] : ['[  ]', '[x]'];
  return `Tài khoản dự toán: ${estimate}          Tài khoản tiền gửi: ${deposit}`;
}

const blank = '……………………………';

function headOf({ unit, decision }: SlipPaper): readonly string[] {
  return [
    `1. Đơn vị sử dụng ngân sách: ${unit.name}`,
    `2. Mã đơn vị (mã ĐVQHNS): ${unit.code}     Chương: ${unit.chapter}     Tài khoản tại Kho bạc Nhà nước: ${unit.treasuryAccount === '' ? blank : unit.treasuryAccount}`,
    // Money goes from the Treasury to each person; the register of units has no account at a bank.
    `3. Tài khoản thanh toán của đơn vị mở tại ngân hàng thương mại: ${blank}`,
    `4. Nội dung: ${purposeOf({ decision }, formatDay(decision.on))}`,
  ];
}

function groupsOf(all: readonly Beneficiary[]): readonly BeneficiaryGroup[] {
  const byName = new Map<string, Beneficiary[]>();
  for (const one of all.toSorted((a, b) => comparePayoutKinds(a.regime, b.regime))) {
    const name = payoutKind(one.regime);
    const own = byName.get(name);
    if (own === undefined) byName.set(name, [one]);
    else own.push(one);
  }
  return [...byName].map(([name, own], index) => ({
    numeral: numerals[index] ?? String(index + 1),
    name,
    total: sum(own.map(({ amount }) => amount)),
    beneficiaries: own.toSorted(
      (one, other) => compareNames(one.fullName, other.fullName) || (one.reference < other.reference ? -1 : 1),
    ),
  }));
}

const numerals = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII', 'XIII', 'XIV', 'XV'];

/** Our sums stand in column 10, other allowances and subsidies: an inference to be confirmed with the Treasury. */
export const ownColumn = 10;
/** Headings of the thirteen columns; 3 and 4 stand under one, 6 to 12 under another. */
export const form09Columns = [
  'STT',
  'Họ và tên',
  'Số tài khoản người hưởng',
  'Tên ngân hàng',
  'Tổng số',
  'Lương và phụ cấp theo lương',
  'Tiền công lao động thường xuyên theo hợp đồng',
  'Tiền thu nhập tăng thêm',
  'Tiền thưởng',
  'Tiền phụ cấp và trợ cấp khác',
  'Tiền khoán',
  'Tiền học bổng',
  'Ghi chú',
] as const;
export const form09Spans = [
  { heading: 'Tài khoản ngân hàng', from: 3, to: 4 },
  { heading: 'Trong đó', from: 6, to: 12 },
] as const;

export const form09Parts = {
  request: 'I. Nội dung đề nghị thanh toán',
  currency: '(Đơn vị: đồng)',
  total: 'Tổng cộng',
  change: 'II. Phần thuyết minh thay đổi so với tháng trước',
  changeColumns: ['STT', 'Họ và tên', 'Số tiền thay đổi', 'Ghi chú'],
  noChange: 'Không có: khoản chi trả một lần, không chi hằng tháng.',
  date: '………, ngày …… tháng …… năm ………',
  unit: [
    { who: 'Người lập bảng', how: '(Ký, ghi rõ họ tên)' },
    { who: 'Kế toán trưởng', how: '(Ký, ghi rõ họ tên)' },
    { who: 'Thủ trưởng đơn vị – chủ tài khoản', how: '(Ký, ghi rõ họ tên, đóng dấu)' },
  ],
  treasury: 'KHO BẠC NHÀ NƯỚC',
  treasuryDate: 'Ngày …… tháng …… năm ………',
  treasurySigns: [
    { who: 'Chuyên viên kiểm soát chi/Giao dịch viên', how: '(Ký, ghi rõ họ tên)' },
    { who: 'Giám đốc hoặc người được ủy quyền', how: '(Ký, ghi rõ họ tên, đóng dấu)' },
  ],
} as const;
