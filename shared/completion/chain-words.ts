/** The steps from paper to credit, and what each tells, in words. */
import type { Sentence } from '../vietnamese.ts';

export const stepNames = {
  list: { vi: 'Danh sách của đơn vị', en: "The unit's list" },
  paper: { vi: 'Giấy tờ', en: 'Paper' },
  facts: { vi: 'Dữ kiện', en: 'Facts' },
  computed: { vi: 'Tính chế độ', en: 'Computed' },
  account: { vi: 'Tài khoản nhận tiền', en: 'Account' },
  appraised: { vi: 'Thẩm định hồ sơ', en: 'Appraised' },
  frozen: { vi: 'Chốt vào đợt', en: 'Frozen into a batch' },
  recomputed: { vi: 'Tính lại, khớp', en: 'Recomputed, the same' },
  decided: { vi: 'Xác nhận trên hệ thống', en: 'Confirmed' },
  province: { vi: 'Quyết định của UBND tỉnh', en: "People's Committee's decision" },
  reserved: { vi: 'Giữ dự toán', en: 'Reserved in the estimate' },
  ordered: { vi: 'Khoản chi', en: 'Order' },
  slip: { vi: 'Chứng từ, Mẫu số 09', en: 'Slip and Form 09' },
  prepared: { vi: 'Người lập ký', en: 'Signed by the preparer' },
  'accountant-confirmed': { vi: 'Kế toán trưởng ký', en: 'Signed by the chief accountant' },
  'holder-confirmed': { vi: 'Chủ tài khoản ký', en: 'Signed by the account holder' },
  'file-taken': { vi: 'Lấy tệp để gửi', en: 'File taken to be sent' },
  sent: { vi: 'Gửi Kho bạc', en: 'Sent to the Treasury' },
  inquired: { vi: 'Tra soát', en: 'Asked after' },
  result: { vi: 'Kết quả của Kho bạc, ngân hàng', en: 'Result of the Treasury or bank' },
  contradicted: { vi: 'Kết quả trái ngược', en: 'A contradicting result' },
  explained: { vi: 'Đã đối chiếu, giải thích', en: 'Explained' },
  elsewhere: { vi: 'Đã chi ngoài hệ thống', en: 'Paid elsewhere' },
  credited: { vi: 'Báo có', en: 'Credited' },
} as const satisfies Record<string, Sentence>;
export type StepKind = keyof typeof stepNames;

export const said = {
  list: { vi: 'Danh sách', en: 'List' },
  file: { vi: 'Tệp', en: 'File' },
  named: { vi: 'Tên tệp', en: 'Called' },
  sheet: { vi: 'Trang tính', en: 'Sheet' },
  row: { vi: 'Dòng', en: 'Row' },
  unit: { vi: 'Đơn vị', en: 'Unit' },
  declared: { vi: 'Đơn vị tính', en: 'The unit computed' },
  reason: { vi: 'Lý do', en: 'Reason' },
  document: { vi: 'Văn bản, chứng từ', en: 'Document' },
  on: { vi: 'Ngày', en: 'Day' },
  regime: { vi: 'Chế độ', en: 'Regime' },
  sum: { vi: 'Số tiền của người này', en: "The person's sum" },
  law: { vi: 'Mã băm của các con số pháp luật', en: 'Hash of the law’s numbers' },
  'case-hash': { vi: 'Mã băm hồ sơ', en: 'Hash of the case' },
  source: { vi: 'Nguồn', en: 'Source' },
  batch: { vi: 'Đợt', en: 'Batch' },
  version: { vi: 'Lần chốt', en: 'Version' },
  people: { vi: 'Số người', en: 'People' },
  total: { vi: 'Tổng', en: 'Total' },
  'content-hash': { vi: 'Mã băm nội dung', en: 'Content hash' },
  shown: { vi: 'Nội dung đã xem khi xác nhận', en: 'What was shown' },
  outcome: { vi: 'Kết quả', en: 'Outcome' },
  'on-behalf-of': { vi: 'Thay mặt', en: 'On behalf of' },
  reference: { vi: 'Mã khoản chi', en: 'Reference' },
  account: { vi: 'Mã băm tài khoản', en: 'Digest of the account' },
  replaces: { vi: 'Thay cho khoản chi', en: 'Replaces' },
  slip: { vi: 'Chứng từ', en: 'Slip' },
} as const satisfies Record<string, Sentence>;

/** What outcomes are called here. */
export const outcomeNames: Readonly<Record<string, Sentence>> = {
  confirmed: { vi: 'đồng ý', en: 'confirmed' },
  rejected: { vi: 'trả lại', en: 'rejected' },
  credited: { vi: 'đã báo có', en: 'credited' },
  'treasury-paid': { vi: 'Kho bạc đã thanh toán', en: 'paid by the Treasury' },
  refused: { vi: 'Kho bạc từ chối', en: 'refused by the Treasury' },
  returned: { vi: 'ngân hàng chuyển trả', en: 'returned by the bank' },
};

/** Intake keeps a list's history under its id. */
export function listStreamOf(list: string): string {
  return `list/${list}`;
}
