/** The kinds of job by their names, and what the page that waits for one says. */
import type { Sentence } from '../shared/vietnamese.ts';

export const jobTitles = {
  'read-list': { vi: 'Đang kiểm tra danh sách', en: 'Checking the list' },
  'submit-list': { vi: 'Đang gửi hồ sơ', en: 'Submitting' },
  'mark-list': { vi: 'Đang đánh dấu các ô có lỗi', en: 'Marking the faulty cells' },
  'read-register': { vi: 'Đang kiểm tra sổ đăng ký', en: 'Checking the register' },
  appraise: { vi: 'Đang ghi thẩm định', en: 'Recording the appraisal' },
  'write-papers': { vi: 'Đang lập văn bản', en: 'Making the papers' },
  'make-pack': { vi: 'Đang lập gói chứng cứ', en: 'Making the evidence pack' },
  freeze: { vi: 'Đang chốt danh sách', en: 'Freezing the list' },
  'import-results': { vi: 'Đang nhập kết quả', en: 'Importing results' },
  'read-earlier': { vi: 'Đang kiểm tra các khoản đã chi', en: 'Checking the payments' },
  'record-earlier': { vi: 'Đang ghi các khoản đã chi', en: 'Recording the payments' },
  'confirm-credit': { vi: 'Đang ghi người đã nhận tiền', en: 'Recording who was credited' },
  'print-letters': { vi: 'Đang in thư báo', en: 'Printing the letters' },
  inspect: { vi: 'Đang chọn mẫu, tính lại và đối chiếu', en: 'Drawing, recomputing and following the sample' },
  'inspection-export': { vi: 'Đang lập tệp xuất', en: 'Making the file' },
  reassess: { vi: 'Đang tính lại toàn bộ hồ sơ', en: 'Computing every case again' },
  'correct-facts': { vi: 'Đang sửa dữ kiện và tính lại', en: 'Correcting and computing again' },
  'explain-difference': { vi: 'Đang đối chiếu số liệu', en: 'Comparing the figures' },
  'take-anchor': { vi: 'Đang lấy mã neo', en: 'Taking the anchor' },
  'make-report': { vi: 'Đang lấy mã neo và chốt báo cáo', en: 'Taking an anchor and freezing the report' },
  'reprint-report': { vi: 'Đang in lại báo cáo', en: 'Printing the report again' },
  'print-notices': { vi: 'Đang lập thông báo kết quả cho từng người', en: "Making people's notices" },
  'take-submission': { vi: 'Đang nhận danh sách từ hệ thống khác', en: 'Taking in a list from another system' },
  'take-results': { vi: 'Đang nhận kết quả từ hệ thống khác', en: 'Taking in results from another system' },
  'what-if': { vi: 'Đang tính thử', en: 'Trying the change' },
} as const satisfies Record<string, Sentence>;

export type JobName = keyof typeof jobTitles;

export function isJobName(text: string): text is JobName {
  return Object.hasOwn(jobTitles, text);
}
