/** The words of the screens in Vietnamese and English. What officials say and sign is the glossary in the README. */
import type { Role } from '../../shared/case/access.ts';
import type { Bucket, Status } from '../../shared/case/lifecycle.ts';
import type { SlipStatus } from '../../shared/case/slip.ts';
import type { BudgetLevel, Source } from '../../shared/case/unit.ts';
import type { StaffProposal, StaffStatus } from '../../shared/case/staff.ts';
import type { WebhookEvent } from '../../shared/case/webhook.ts';
import type { Sentence } from '../../shared/vietnamese.ts';

export const roleNames: Readonly<Record<Role, Sentence>> = {
  'unit-clerk': { vi: 'Người lập của đơn vị', en: 'Unit clerk' },
  'unit-chief-accountant': { vi: 'Kế toán trưởng đơn vị', en: "Unit's chief accountant" },
  'unit-account-holder': { vi: 'Thủ trưởng – chủ tài khoản', en: "Unit's account holder" },
  'party-board-officer': { vi: 'Chuyên viên Ban Tổ chức Tỉnh ủy', en: 'Party Organisation Board officer' },
  'home-affairs-officer': { vi: 'Chuyên viên Sở Nội vụ', en: 'Home Affairs officer' },
  'home-affairs-leader': { vi: 'Lãnh đạo Sở Nội vụ', en: 'Home Affairs leader' },
  'finance-officer': { vi: 'Chuyên viên Sở Tài chính', en: 'Finance officer' },
  'finance-leader': { vi: 'Lãnh đạo Sở Tài chính', en: 'Finance leader' },
  leadership: { vi: 'Lãnh đạo UBND tỉnh', en: 'Provincial leadership' },
  inspector: { vi: 'Thanh tra, kiểm toán', en: 'Inspector' },
  administrator: { vi: 'Quản trị hệ thống', en: 'Administrator' },
};

export const statusNames: Readonly<Record<Status, Sentence>> = {
  'with-party-board': { vi: 'Chờ Ban Tổ chức Tỉnh ủy thẩm định', en: 'With the Party Organisation Board' },
  assessed: { vi: 'Chờ thẩm định hồ sơ', en: 'Waiting for appraisal' },
  'with-unit': { vi: 'Trả về đơn vị bổ sung, sửa', en: 'Returned to the unit' },
  appraised: { vi: 'Đã thẩm định, chờ lập đợt', en: 'Appraised, waiting for a batch' },
  'in-batch': { vi: 'Chờ thẩm định đối tượng', en: 'Waiting for confirmation of people' },
  'people-confirmed': { vi: 'Chờ thẩm định kinh phí', en: 'Waiting for confirmation of money' },
  'money-confirmed': { vi: 'Chờ quyết định của UBND tỉnh', en: "Waiting for the People's Committee" },
  decided: { vi: 'Đã có quyết định, đang lập khoản chi', en: 'Decided, being ordered' },
  'waiting-for-estimate': { vi: 'Chờ giao dự toán', en: 'Waiting for the estimate' },
  'awaiting-unit': { vi: 'Chờ đơn vị lập, ký chứng từ', en: 'Waiting for the unit to sign' },
  sent: { vi: 'Đã gửi Kho bạc', en: 'Sent to the Treasury' },
  'treasury-paid': { vi: 'Kho bạc đã thanh toán', en: 'Paid by the Treasury' },
  unknown: { vi: 'Chưa rõ kết quả, đang tra soát', en: 'Outcome unknown, being asked after' },
  credited: { vi: 'Đã nhận tiền', en: 'Credited' },
  'paid-elsewhere': { vi: 'Đã chi trả ngoài hệ thống', en: 'Paid elsewhere' },
  refused: { vi: 'Kho bạc từ chối thanh toán', en: 'Refused by the Treasury' },
  returned: { vi: 'Ngân hàng chuyển trả', en: 'Returned by the bank' },
  held: { vi: 'Tạm dừng chi trả', en: 'Held' },
  cancelled: { vi: 'Không tiếp tục chi trả', en: 'Cancelled' },
};

export const bucketNames: Readonly<Record<Bucket, Sentence>> = {
  credited: { vi: 'Đã nhận tiền', en: 'Credited' },
  returned: { vi: 'Bị từ chối, chuyển trả', en: 'Refused or returned' },
  'in-flight': { vi: 'Đang thanh toán', en: 'In flight' },
  'not-yet-ordered': { vi: 'Chưa lập khoản chi', en: 'Not yet ordered' },
  held: { vi: 'Tạm dừng', en: 'Held' },
  cancelled: { vi: 'Không chi trả', en: 'Cancelled' },
};

export const causeNames: Readonly<Record<string, Sentence>> = {
  'party-board-officer': {
    vi: 'Chờ Ban Tổ chức Tỉnh ủy thẩm định hồ sơ khối Đảng',
    en: 'Party Organisation Board: appraisal of its block',
  },
  'home-affairs-officer': { vi: 'Chờ chuyên viên Sở Nội vụ thẩm định hồ sơ', en: 'Home Affairs officer: appraisal' },
  'finance-officer': { vi: 'Chờ Sở Tài chính lập đợt', en: 'Finance officer: make the batch' },
  'home-affairs-leader': { vi: 'Chờ lãnh đạo Sở Nội vụ', en: 'Home Affairs leader' },
  'finance-leader': { vi: 'Chờ lãnh đạo Sở Tài chính', en: 'Finance leader' },
  'provincial-committee': { vi: 'Chờ quyết định của UBND tỉnh', en: "People's Committee's decision" },
  system: { vi: 'Hệ thống đang lập khoản chi', en: 'System: writing orders' },
  estimate: { vi: 'Chờ giao dự toán', en: 'Estimate not allotted' },
  unit: { vi: 'Chờ đơn vị (bổ sung hồ sơ, chứng từ, sửa tài khoản)', en: 'Unit: case, slip or account to mend' },
  treasury: { vi: 'Chờ Kho bạc', en: 'Treasury' },
  bank: { vi: 'Chờ ngân hàng báo có', en: 'Bank' },
  'named-officer': { vi: 'Tạm dừng, có lý do', en: 'Held with a reason' },
};

export const regimeNames: Readonly<Record<string, Sentence>> = {
  '178/7': { vi: 'Nghỉ hưu trước tuổi (NĐ 178, Điều 7)', en: 'Early retirement (Decree 178, art. 7)' },
  '178/7a': { vi: 'Nghỉ hưu trước tuổi (NĐ 178, Điều 7a)', en: 'Early retirement (Decree 178, art. 7a)' },
  '178/7b': { vi: 'Cán bộ không tái cử (NĐ 178, Điều 7b)', en: 'Cadres not standing again (Decree 178, art. 7b)' },
  '178/9': { vi: 'Nghỉ thôi việc (NĐ 178, Điều 9)', en: 'Severance (Decree 178, art. 9)' },
  '178/10': { vi: 'Nghỉ thôi việc (NĐ 178, Điều 10)', en: 'Severance (Decree 178, art. 10)' },
  '154/6': { vi: 'Nghỉ hưu trước tuổi, tinh giản (NĐ 154, Điều 6)', en: 'Early retirement (Decree 154, art. 6)' },
  '154/7': { vi: 'Chuyển đơn vị ngoài ngân sách (NĐ 154, Điều 7)', en: 'Transfer (Decree 154, art. 7)' },
  '154/8': { vi: 'Thôi việc, tinh giản (NĐ 154, Điều 8)', en: 'Severance (Decree 154, art. 8)' },
  '154/9': { vi: 'Không chuyên trách cấp xã (NĐ 154, Điều 9)', en: 'Part-timers of communes (Decree 154, art. 9)' },
  '154/10': { vi: 'Không chuyên trách ở thôn (NĐ 154, Điều 10)', en: 'Part-timers of villages (Decree 154, art. 10)' },
  '29/5': { vi: 'Nghỉ hưu trước tuổi (NĐ 29/2023, Điều 5)', en: 'Early retirement (Decree 29, art. 5)' },
  '29/7': { vi: 'Thôi việc (NĐ 29/2023, Điều 7)', en: 'Severance (Decree 29, art. 7)' },
  '29/9': { vi: 'Không chuyên trách (NĐ 29/2023, Điều 9)', en: 'Part-timers (Decree 29, art. 9)' },
  '07/NQ-CP': { vi: 'Quá tuổi nghỉ hưu (NQ 07/2025/NQ-CP)', en: 'Past the age (Resolution 07/2025)' },
};

export const sourceNames: Readonly<Record<Source, Sentence>> = {
  'wage-reform': { vi: 'Nguồn cải cách tiền lương', en: 'Wage-reform reserve' },
  regular: { vi: 'Dự toán thường xuyên', en: 'Regular estimate' },
  'central-supplement': { vi: 'Ngân sách trung ương bổ sung', en: 'Central supplement' },
};

export const levelNames: Readonly<Record<BudgetLevel, Sentence>> = {
  provincial: { vi: 'ngân sách tỉnh', en: 'provincial budget' },
  commune: { vi: 'ngân sách xã', en: 'commune budget' },
};

export const blockNames: Readonly<Record<string, Sentence>> = {
  government: { vi: 'Khối chính quyền', en: 'Government block' },
  party: { vi: 'Khối Đảng, Mặt trận, đoàn thể', en: 'Party, Front, associations' },
};

export const slipStatusNames: Readonly<Record<SlipStatus, Sentence>> = {
  'to-prepare': { vi: 'Chờ người lập', en: 'Waiting for the preparer' },
  'to-confirm-accountant': { vi: 'Chờ kế toán trưởng', en: 'Waiting for the chief accountant' },
  'to-confirm-holder': { vi: 'Chờ chủ tài khoản', en: 'Waiting for the account holder' },
  'to-send': { vi: 'Chờ ghi nhận gửi Kho bạc', en: 'Waiting for the sending to be recorded' },
  sent: { vi: 'Đã gửi Kho bạc', en: 'Sent' },
  withdrawn: { vi: 'Đã rút lại', en: 'Taken back' },
};

export const batchStatusNames: Readonly<Record<string, Sentence>> = {
  freezing: { vi: 'Đang chốt danh sách', en: 'Being frozen' },
  'in-approval': { vi: 'Đang thẩm định', en: 'In approval' },
  'awaiting-provincial-decision': { vi: 'Chờ quyết định của UBND tỉnh', en: "Waiting for the People's Committee" },
  paying: { vi: 'Đang chi trả', en: 'Being paid' },
  released: { vi: 'Đã trả lại', en: 'Given back' },
  reported: { vi: 'Đã hoàn thành', en: 'Completed' },
};

export const caseStatusNames: Readonly<Record<string, Sentence>> = {
  entitled: { vi: 'Được hưởng', en: 'Entitled' },
  'not-entitled': { vi: 'Không thuộc diện hưởng', en: 'Not entitled' },
  incomplete: { vi: 'Thiếu giấy tờ', en: 'Papers missing' },
  review: { vi: 'Cần xin ý kiến', en: 'A person must decide' },
  closed: { vi: 'Đã đóng', en: 'Closed' },
};

export const staffStatusNames: Readonly<Record<StaffStatus, Sentence>> = {
  proposed: { vi: 'Chờ xác nhận', en: 'To be confirmed' },
  open: { vi: 'Đang dùng', en: 'In use' },
  closed: { vi: 'Đã đóng', en: 'Closed' },
  refused: { vi: 'Không được xác nhận', en: 'Not confirmed' },
};

export const staffChangeNames: Readonly<Record<StaffProposal['change'], Sentence>> = {
  open: { vi: 'Mở tài khoản', en: 'Open the account' },
  change: { vi: 'Thay đổi tài khoản', en: 'Change the account' },
  reopen: { vi: 'Mở lại tài khoản', en: 'Open the account again' },
  'reset-second-factor': { vi: 'Đặt lại mã xác thực', en: 'Reset the one-time codes' },
};

/** What each kind of entry says happened, for the history on a page. */
export const entryNames: Readonly<Record<string, Sentence>> = {
  submitted: { vi: 'Đơn vị gửi hồ sơ', en: 'Submitted by the unit' },
  assessed: { vi: 'Hệ thống tính chế độ', en: 'Computed' },
  reassessed: { vi: 'Tính lại, chờ thẩm định lại', en: 'Computed again, to be appraised anew' },
  'facts-corrected': { vi: 'Sửa dữ kiện', en: 'A fact was corrected' },
  'paper-attached': { vi: 'Đính kèm giấy tờ', en: 'Paper attached' },
  'paper-taken-back': { vi: 'Bỏ giấy tờ', en: 'Paper taken back' },
  'payee-stated': { vi: 'Ghi người nhận khác tên', en: 'Stated why another name is paid' },
  difference: { vi: 'Chênh lệch sau khi tính lại', en: 'Difference after a recomputation' },
  appraised: { vi: 'Thẩm định hồ sơ', en: 'Appraised' },
  'in-batch': { vi: 'Đưa vào đợt chi trả', en: 'Put into a batch' },
  confirmed: { vi: 'Xác nhận trên hệ thống', en: 'Confirmed' },
  decided: { vi: 'UBND tỉnh quyết định', en: "Decided by the People's Committee" },
  released: { vi: 'Ra khỏi đợt', en: 'Left the batch' },
  'waiting-for-estimate': { vi: 'Chờ giao dự toán', en: 'Waiting for the estimate' },
  ordered: { vi: 'Lập khoản chi', en: 'Ordered' },
  sent: { vi: 'Gửi Kho bạc', en: 'Sent to the Treasury' },
  unknown: { vi: 'Tra soát', en: 'Asked after' },
  'treasury-paid': { vi: 'Kho bạc thanh toán', en: 'Paid by the Treasury' },
  credited: { vi: 'Báo có', en: 'Credited' },
  'paid-elsewhere': { vi: 'Ghi nhận đã chi ngoài hệ thống', en: 'Recorded as paid elsewhere' },
  'complaint-registered': { vi: 'Ghi đơn khiếu nại', en: 'Complaint registered' },
  'recovery-opened': { vi: 'Ghi nhận khoản phải thu hồi, hoàn trả', en: 'Money to come back recorded' },
  refused: { vi: 'Kho bạc từ chối', en: 'Refused' },
  returned: { vi: 'Ngân hàng chuyển trả', en: 'Returned' },
  'order-again': { vi: 'Yêu cầu lập khoản chi lại', en: 'New order asked for' },
  'account-proposed': { vi: 'Đề nghị sửa tài khoản', en: 'Account correction proposed' },
  'account-confirmed': { vi: 'Xác nhận tài khoản mới', en: 'Account correction confirmed' },
  hold: { vi: 'Tạm dừng', en: 'Held' },
  resume: { vi: 'Tiếp tục', en: 'Resumed' },
  cancel: { vi: 'Không tiếp tục chi trả', en: 'Cancelled' },
  'taken-out': { vi: 'Được đưa ra khỏi danh sách, thẩm định lại', en: 'Taken out, to be appraised again' },
  'returned-to-unit': { vi: 'Trả về đơn vị bổ sung, sửa', en: 'Returned to the unit' },
  answered: { vi: 'Đơn vị trả lời, gửi lại', en: 'Answered by the unit, sent back' },
  reopened: { vi: 'Mở lại bước đã xác nhận', en: 'A confirmation was taken back' },
  aborted: { vi: 'Kết thúc đợt', en: 'Batch ended' },
  seen: { vi: 'Mở xem danh sách', en: 'List looked at' },
  reminded: { vi: 'Nhắc người xác nhận', en: 'Confirmer reminded' },
  escalated: { vi: 'Báo lãnh đạo: quá hạn xác nhận', en: 'Leadership told: past the limit' },
  closed: { vi: 'Đóng hồ sơ', en: 'Case closed' },
  contradicted: { vi: 'Có kết quả trái ngược', en: 'A result contradicts' },
  explained: { vi: 'Đã đối chiếu, giải thích', en: 'Explained' },
  opened: { vi: 'Lập đợt', en: 'Batch made' },
  frozen: { vi: 'Chốt danh sách', en: 'List frozen' },
  'papers-written': { vi: 'Lập văn bản', en: 'Papers made' },
  'given-out': { vi: 'Đưa thông báo kết quả cho người hưởng', en: 'Notice of result given out' },
  'letter-signed': { vi: 'Ghi văn bản đã ký', en: 'Signed letter recorded' },
  'board-appraised': { vi: 'Ban Tổ chức Tỉnh ủy thẩm định', en: 'Appraised by the Party Organisation Board' },
  recomputed: { vi: 'Tính lại, khớp', en: 'Recomputed, the same' },
  'recomputed-differently': { vi: 'Tính lại, khác', en: 'Recomputed, different' },
  asked: { vi: 'Gửi thư đề nghị xác nhận', en: 'Confirmation asked for' },
  'asked-again': { vi: 'Gửi lại thư đề nghị xác nhận', en: 'Confirmation asked for again' },
  'provincial-decision': { vi: 'Ghi quyết định của UBND tỉnh', en: "People's Committee's decision recorded" },
  reported: { vi: 'Hoàn thành đợt', en: 'Batch completed' },
  'staff-registered': { vi: 'Mở khi cài đặt hệ thống', en: 'Opened when the system was set up' },
  'staff-proposed': { vi: 'Đề nghị', en: 'Proposed' },
  'staff-confirmed': { vi: 'Người quản trị thứ hai xác nhận', en: 'Confirmed by a second administrator' },
  'staff-refused': { vi: 'Từ chối đề nghị', en: 'Proposal refused' },
  'staff-withdrawn': { vi: 'Rút đề nghị', en: 'Proposal taken back' },
  'staff-closed': { vi: 'Đóng tài khoản', en: 'Account closed' },
  'staff-invited': { vi: 'Gửi thư đặt mật khẩu', en: 'Link to set the password sent' },
};

/** What other systems are told; of a payment, the state that it came to. */
export const webhookEventNames: Readonly<Record<WebhookEvent, Sentence>> = {
  'batch.frozen': { vi: 'Đợt – Đã chốt danh sách', en: 'Batch – Frozen' },
  'batch.confirmed': { vi: 'Đợt – Một cơ quan đã xác nhận', en: 'Batch – Confirmed by a department' },
  'batch.rejected': { vi: 'Đợt – Bị từ chối xác nhận', en: 'Batch – Rejected' },
  'batch.decided': { vi: 'Đợt – UBND tỉnh đã quyết định', en: "Batch – Decided by the People's Committee" },
  'batch.released': { vi: 'Đợt – Đã giải tán, hồ sơ trở lại chờ lập đợt', en: 'Batch – Released' },
  'batch.reported': { vi: 'Đợt – Đã hoàn thành', en: 'Batch – Completed' },
  'part.awaiting-unit': ofPart('awaiting-unit'),
  'part.sent': ofPart('sent'),
  'part.treasury-paid': ofPart('treasury-paid'),
  'part.credited': ofPart('credited'),
  'part.refused': ofPart('refused'),
  'part.returned': ofPart('returned'),
  'part.unknown': ofPart('unknown'),
  'part.paid-elsewhere': ofPart('paid-elsewhere'),
  'part.held': ofPart('held'),
  'part.cancelled': ofPart('cancelled'),
};

function ofPart(status: Status): Sentence {
  const { vi, en } = statusNames[status];
  return { vi: `Khoản chi – ${vi}`, en: `Payment – ${en}` };
}
