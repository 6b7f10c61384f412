/** The list of beneficiaries that the Treasury asks for: Mẫu số 09, Decree 11/2020/NĐ-CP, as data of a sheet. */
import { formatDay } from '../calendar.ts';
import type { PaperSheet } from '../case/paper-sheet.ts';
import type { Unit } from '../case/unit.ts';
import { type Dong, formatDong, inWords, sum } from '../dong.ts';
import { compareNames } from '../vietnamese.ts';

export interface Beneficiary {
  readonly fullName: string;
  readonly accountNumber: string;
  readonly bank: string;
  readonly amount: Dong;
  readonly reference: string;
  /** The person who died, where an heir is paid. */
  readonly heirOf?: string;
}

export interface Form09 {
  readonly unit: Unit;
  readonly slip: string;
  readonly decision: { readonly number: string; readonly on: string };
  readonly beneficiaries: readonly Beneficiary[];
}

const numbered = ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)', '(8)', '(9)', '(10)', '(11)', '(12)', '(13)'];

/** Our sums stand in column 10, other allowances and subsidies: an inference to be confirmed with the Treasury. */
export function form09({ unit, slip, decision, beneficiaries }: Form09): PaperSheet {
  const sorted = beneficiaries.toSorted((one, other) => compareNames(one.fullName, other.fullName));
  const total = sum(beneficiaries.map(({ amount }) => amount));
  return {
    name: 'Mau so 09',
    landscape: true,
    title: [
      'BẢNG THANH TOÁN CHO ĐỐI TƯỢNG THỤ HƯỞNG',
      'Mẫu số 09 (Nghị định 11/2020/NĐ-CP)',
      `Kèm theo giấy rút dự toán/ủy nhiệm chi số: ${slip}`,
      `1. Đơn vị sử dụng ngân sách: ${unit.name}`,
      `2. Mã đơn vị: ${unit.code}   Chương: ${unit.chapter}`,
      `3. Tài khoản của đơn vị tại Kho bạc: ${unit.treasuryAccount}`,
      `4. Nội dung: chi trả chế độ theo Quyết định số ${decision.number} ngày ${formatDay(decision.on)} của UBND tỉnh`,
      'Đơn vị tính: đồng',
    ],
    columns: [
      { heading: 'STT', width: 6, kind: 'text' },
      { heading: 'Họ và tên', width: 28, kind: 'text' },
      { heading: 'Số tài khoản người hưởng', width: 20, kind: 'text' },
      { heading: 'Tên ngân hàng', width: 26, kind: 'text' },
      { heading: 'Tổng số', width: 18, kind: 'money' },
      { heading: 'Lương và phụ cấp theo lương', width: 12, kind: 'money' },
      { heading: 'Tiền công lao động thường xuyên theo hợp đồng', width: 12, kind: 'money' },
      { heading: 'Thu nhập tăng thêm', width: 12, kind: 'money' },
      { heading: 'Tiền thưởng', width: 12, kind: 'money' },
      { heading: 'Phụ cấp và trợ cấp khác', width: 18, kind: 'money' },
      { heading: 'Tiền khoán', width: 12, kind: 'money' },
      { heading: 'Học bổng', width: 12, kind: 'money' },
      { heading: 'Ghi chú', width: 20, kind: 'text' },
    ],
    rows: [
      numbered,
      ...sorted.map(({ fullName, accountNumber, bank, amount, reference, heirOf }, index) => [
        String(index + 1),
        fullName,
        accountNumber,
        bank,
        amount,
        null,
        null,
        null,
        null,
        amount,
        null,
        null,
        heirOf === undefined ? reference : `${reference}; người thừa kế của ${heirOf}`,
      ]),
    ],
    totalRow: ['', 'Tổng số', '', '', total, null, null, null, null, total, null, null, ''],
    notes: [
      `Tổng số tiền bằng số: ${formatDong(total)} đồng; số người: ${beneficiaries.length}.`,
      `Tổng số tiền bằng chữ: ${inWords(total)}.`,
      'Người lập                              Kế toán trưởng                              Thủ trưởng đơn vị – chủ tài khoản',
    ],
  };
}
