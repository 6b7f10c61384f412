/** The lists of findings, in the order in which an inspector reads them. */
import type { Sentence } from '../vietnamese.ts';

export const findingCodes = [
  'resumed',
  'held-before',
  'readings-set',
  'explained',
  'corrected',
  'account-changed',
  'other-payee',
  'file-again',
  'delegations',
  'on-behalf',
  'reopened',
  'slip-withdrawn',
  'edge-day',
  'edge-months-early',
  'edge-odd-months',
  'late-rise',
  'above-average',
  'shared-account',
  'alike-people',
  'year-only-birth',
  'highest-sums',
  'declared-otherwise',
  'paid-elsewhere',
] as const;
export type FindingCode = (typeof findingCodes)[number];

export function isFindingCode(text: string): text is FindingCode {
  return findingCodes.some((code) => code === text);
}

export const findingNames: Readonly<Record<FindingCode, Sentence>> = {
  resumed: { vi: 'Tạm dừng rồi cho tiếp tục', en: 'Held and resumed' },
  'held-before': { vi: 'Từng bị tạm dừng', en: 'Was held' },
  'readings-set': { vi: 'Cách hiểu đã được đặt', en: 'Readings that were set' },
  explained: { vi: 'Kết quả trái ngược đã giải thích', en: 'Contradictions explained' },
  corrected: { vi: 'Dữ kiện sửa theo văn bản', en: 'Facts corrected by a document' },
  'account-changed': { vi: 'Đổi tài khoản nhận tiền', en: 'Account changed' },
  'other-payee': { vi: 'Trả vào tài khoản tên khác', en: 'Account in another name' },
  'file-again': { vi: 'Tệp chi tiền được lấy lại', en: 'Payment files taken again' },
  delegations: { vi: 'Ủy quyền xác nhận', en: 'Delegations' },
  'on-behalf': { vi: 'Xác nhận thay người khác', en: 'Confirmed on behalf of another' },
  reopened: { vi: 'Mở lại bước đã xác nhận', en: 'Confirmations taken back' },
  'slip-withdrawn': { vi: 'Chứng từ rút lại', en: 'Slips taken back' },
  'edge-day': { vi: 'Ngày nghỉ sát ngày đổi quy định', en: 'Left within days of a change' },
  'edge-months-early': { vi: 'Số tháng nghỉ sớm sát mốc', en: 'Months early on an edge' },
  'edge-odd-months': { vi: 'Số tháng lẻ sát mốc làm tròn', en: 'Odd months on a rounding edge' },
  'late-rise': { vi: 'Lương tăng ngay trước khi nghỉ', en: 'Salary rose shortly before leaving' },
  'above-average': { vi: 'Lương cao hơn hẳn bình quân 60 tháng', en: 'Salary far above the 60-month average' },
  'shared-account': { vi: 'Chung tài khoản nhận tiền', en: 'Shared account' },
  'alike-people': { vi: 'Trùng họ tên, ngày sinh, quyết định', en: 'Same name, birth and decision' },
  'year-only-birth': { vi: 'Chỉ biết năm sinh', en: 'Only the year of birth known' },
  'highest-sums': { vi: 'Số tiền cao nhất', en: 'Highest sums' },
  'declared-otherwise': { vi: 'Đơn vị kê khai số khác', en: 'The unit declared another sum' },
  'paid-elsewhere': { vi: 'Đã chi ngoài hệ thống', en: 'Paid elsewhere' },
};

/** What the column “why” holds, where it is not a reason somebody gave. */
export const findingValues: Partial<Readonly<Record<FindingCode, Sentence>>> = {
  'readings-set': { vi: 'Điểm', en: 'Reading' },
  'other-payee': { vi: 'Văn bản', en: 'Document' },
  delegations: { vi: 'Văn bản', en: 'Document' },
  'on-behalf': { vi: 'Thay mặt', en: 'On behalf of' },
  'edge-day': { vi: 'Ngày nghỉ', en: 'Left on' },
  'edge-months-early': { vi: 'Tháng nghỉ sớm', en: 'Months early' },
  'edge-odd-months': { vi: 'Tháng công tác', en: 'Service months' },
  'late-rise': { vi: 'Lương từ ngày', en: 'Salary since' },
  'above-average': { vi: 'Bình quân 60 tháng (đồng)', en: 'Average of 60 months (đồng)' },
  'shared-account': { vi: 'Chung với hồ sơ', en: 'Shared with case' },
  'alike-people': { vi: 'Giống hồ sơ', en: 'Like case' },
  'year-only-birth': { vi: 'Năm sinh', en: 'Born in' },
  'declared-otherwise': { vi: 'Đơn vị kê (đồng)', en: 'Declared (đồng)' },
  'paid-elsewhere': { vi: 'Chứng từ', en: 'Document' },
};
