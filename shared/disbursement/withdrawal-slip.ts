/**
 * Every field of the voucher that a list is attached to (C2-02a/NS from the estimate, C4-02a from the deposit account), so
 * that nobody types a number again. The names of the fields are from memory and from what public programmes show of
 * the forms (certainty M); the printed form itself is filled in the Treasury's own service.
 */
import { formatDay, type LocalDate, localDateOf } from '../calendar.ts';
import { inexactAsText, type PaperCell, type PaperSheet } from '../case/paper-sheet.ts';
import { formatDong, inWords } from '../dong.ts';
import { type Dated, inForceOn } from '../law/dated.ts';
import { beneficiaryListForm, type Form, voucherForm } from '../law/decree-11-2020/forms.ts';
import { controlOf, shownCheck } from './control.ts';
import { purposeOf, type SlipPaper } from './slip-paper.ts';

export const notStated = 'chưa ghi trong dự toán';
const notRegistered = 'chưa có trong sổ đăng ký đơn vị';

type Field = readonly [name: string, value: PaperCell, from: string];

export function withdrawalSlip(paper: SlipPaper): PaperSheet {
  const madeOn = localDateOf(paper.madeAt);
  const forms: readonly Dated<Form>[] = voucherForm[paper.from];
  const { value: form, by } = inForceOn(forms, madeOn);
  const parts = paper.from === 'estimate' ? estimateFields(paper, madeOn) : depositFields(paper, madeOn);
  return {
    name: 'Du lieu chung tu',
    title: [
      `DỮ LIỆU LẬP ${form.formName.toLocaleUpperCase('vi')}`,
      `${form.number} – ${form.sign} (${by.vi.split(',')[0] ?? by.vi})`,
      'Chép từng ô sang chứng từ trên dịch vụ công trực tuyến của Kho bạc; không gõ lại số tiền từ nơi khác.',
    ],
    columns: [
      { heading: 'STT', width: 6, kind: 'text' },
      { heading: 'Ô trên chứng từ', width: 38, kind: 'text' },
      { heading: 'Giá trị', width: 52, kind: 'money' },
      { heading: 'Lấy từ', width: 24, kind: 'text' },
    ],
    rows: [...parts, ...sumFields(paper), ...signFields].map(([name, value, from], index) => [
      String(index + 1),
      name,
      value,
      from,
    ]),
    notes: [
      'Tên các ô theo mẫu chứng từ đang được biết; nếu mẫu của Kho bạc khác, giá trị vẫn dùng được.',
      `Ô ghi “${notStated}” hoặc “${notRegistered}”: hệ thống không đoán; hãy tra văn bản giao dự toán hoặc bổ sung sổ đơn vị.`,
    ],
  };
}

function estimateFields(paper: SlipPaper, madeOn: LocalDate): readonly Field[] {
  return [
    ['Năm ngân sách', madeOn.slice(0, 4), 'ngày lập chứng từ'],
    ['Số chứng từ', paper.slip, 'hệ thống'],
    ['Ngày lập', formatDay(madeOn), 'hệ thống'],
    ['Thực chi / Tạm ứng', 'Thực chi', 'chi trả một lần'],
    ['Chuyển khoản / Tiền mặt', 'Chuyển khoản', 'danh sách người hưởng'],
    ['Đơn vị rút dự toán', paper.unit.name, 'sổ đơn vị'],
    ['Mã ĐVQHNS', paper.unit.code, 'sổ đơn vị'],
    ['Tài khoản dự toán', paper.codes?.account ?? notStated, 'dự toán được giao'],
    ...unitFields(paper),
    ...codeFields(paper),
    ['Số CKC, HĐK', 'không có', 'không qua cam kết chi'],
    ['Số CKC, HĐTH', 'không có', 'không qua cam kết chi'],
  ];
}

function depositFields(paper: SlipPaper, madeOn: LocalDate): readonly Field[] {
  return [
    ['Số chứng từ', paper.slip, 'hệ thống'],
    ['Ngày lập', formatDay(madeOn), 'hệ thống'],
    ['Chuyển khoản / Tiền mặt', 'Chuyển khoản', 'danh sách người hưởng'],
    ['Đơn vị trả tiền', paper.unit.name, 'sổ đơn vị'],
    ['Mã ĐVQHNS', paper.unit.code, 'sổ đơn vị'],
    ...unitFields(paper),
    ...codeFields(paper),
  ];
}

function unitFields({ unit }: SlipPaper): readonly Field[] {
  return [
    [
      'Tài khoản của đơn vị tại Kho bạc',
      unit.treasuryAccount === '' ? notRegistered : unit.treasuryAccount,
      'sổ đơn vị',
    ],
    ['Tại Kho bạc Nhà nước', notRegistered, 'sổ đơn vị'],
  ];
}

function codeFields({ unit, codes }: SlipPaper): readonly Field[] {
  const allotted = 'dự toán được giao';
  return [
    ['Mã cấp ngân sách', codes?.level ?? notStated, allotted],
    ['Tên chương trình mục tiêu, dự án', codes?.programme === undefined ? notStated : 'theo mã ở dòng dưới', allotted],
    ['Mã chương trình mục tiêu, dự án', codes?.programme ?? notStated, allotted],
    ['Mã nội dung kinh tế (tiểu mục)', codes?.item ?? notStated, allotted],
    ['Mã chương', unit.chapter === '' ? notRegistered : unit.chapter, 'sổ đơn vị'],
    ['Mã ngành kinh tế (khoản)', codes?.category ?? notStated, allotted],
    ['Mã nguồn NSNN (tính chất nguồn kinh phí)', codes?.source ?? notStated, allotted],
  ];
}

/** The label of the row that a reader takes the sum from. */
export const totalLabel = 'Tổng số tiền (bằng số)';

function sumFields(paper: SlipPaper): readonly Field[] {
  const control = controlOf(paper.beneficiaries);
  const list = inForceOn(beneficiaryListForm, localDateOf(paper.madeAt)).value;
  const name = list.formName.toLocaleLowerCase('vi');
  const attached = `Theo ${name} đính kèm${list.number === '' ? '' : ` (${list.number})`}, ${control.count} người`;
  return [
    ['Nội dung thanh toán', purposeOf(paper, formatDay(paper.decision.on)), 'quyết định của UBND tỉnh'],
    [totalLabel, inexactAsText(control.total), 'hệ thống tính'],
    ['Tổng số tiền (có dấu chấm)', `${formatDong(control.total)} đồng`, 'hệ thống tính'],
    ['Tổng số tiền (bằng chữ)', inWords(control.total), 'hệ thống tính'],
    ['Đơn vị nhận tiền / người nhận tiền', attached, 'danh sách người hưởng'],
    ['Tài khoản, ngân hàng của người nhận', 'Theo danh sách đính kèm', 'danh sách người hưởng'],
    ['Số người', String(control.count), 'hệ thống tính'],
    ['Mã kiểm tra danh sách', shownCheck(control), 'hệ thống tính'],
  ];
}

const signFields: readonly Field[] = [
  ['Người lập', '(ký, ghi họ tên)', 'đơn vị'],
  ['Kế toán trưởng', '(ký, ghi họ tên)', 'đơn vị'],
  ['Chủ tài khoản', '(ký, ghi họ tên, đóng dấu)', 'đơn vị'],
];
