/** The words of complaints on the screens. */
import type {
  ComplainantKind,
  ComplaintBody,
  ComplaintState,
  ComplaintSubject,
  Remedy,
} from '../../shared/completion/complaint.ts';
import type { SecondLevel } from '../../shared/completion/end-complaint.ts';
import type { Sentence } from '../../shared/vietnamese.ts';

export const subjectNames: Readonly<Record<ComplaintSubject, Sentence>> = {
  'years-counted': { vi: 'Thời gian công tác được tính', en: 'The years that were counted' },
  'monthly-salary': { vi: 'Tiền lương tháng để tính', en: 'The monthly salary' },
  'regime-chosen': { vi: 'Chế độ, điều khoản áp dụng', en: 'The regime or article' },
  'months-early': { vi: 'Số tháng nghỉ sớm', en: 'The months early' },
  'not-entitled': { vi: 'Không được hưởng', en: 'Not entitled' },
  'payment-not-received': { vi: 'Tài khoản, tiền chưa nhận được', en: 'Account, or money not received' },
  delay: { vi: 'Chậm giải quyết, chậm chi trả', en: 'Delay' },
  other: { vi: 'Nội dung khác, theo lời người khiếu nại', en: 'Something else, in their own words' },
};

export const complainantNames: Readonly<Record<ComplainantKind, Sentence>> = {
  person: { vi: 'Chính người hưởng', en: 'The person' },
  heir: { vi: 'Người thừa kế', en: 'An heir' },
  representative: { vi: 'Người đại diện', en: 'A representative' },
};

export const bodyNames: Readonly<Record<ComplaintBody, Sentence>> = {
  'home-affairs': { vi: 'Sở Nội vụ', en: 'Home Affairs' },
  finance: { vi: 'Sở Tài chính', en: 'Finance' },
  'party-board': { vi: 'Ban Tổ chức Tỉnh ủy', en: 'Party Organisation Board' },
};

export const stateNames: Readonly<Record<ComplaintState, Sentence>> = {
  registered: { vi: 'Chờ thụ lý', en: 'Waits to be accepted' },
  'more-asked': { vi: 'Chờ bổ sung', en: 'Waits for more' },
  accepted: { vi: 'Đã thụ lý, chờ trả lời', en: 'Accepted, waits for the answer' },
  upheld: { vi: 'Khiếu nại đúng, chờ sửa', en: 'Upheld, to be mended' },
  mended: { vi: 'Đã sửa, chờ kết thúc', en: 'Mended, to be closed' },
  'not-accepted': { vi: 'Không thụ lý', en: 'Not accepted' },
  'answered-no': { vi: 'Đã trả lời, giữ nguyên', en: 'Answered: it stays as it is' },
  withdrawn: { vi: 'Đã rút', en: 'Taken back' },
  closed: { vi: 'Đã giải quyết xong', en: 'Settled' },
};

/** By shape, word and colour, so that none is needed alone. */
export const stateLooks = {
  registered: { shape: '○', tone: 'waiting' },
  'more-asked': { shape: '↩', tone: 'back' },
  accepted: { shape: '◑', tone: 'moving' },
  upheld: { shape: '!', tone: 'stuck' },
  mended: { shape: '◕', tone: 'moving' },
  'not-accepted': { shape: '–', tone: 'quiet' },
  'answered-no': { shape: '●', tone: 'done' },
  withdrawn: { shape: '–', tone: 'quiet' },
  closed: { shape: '●', tone: 'done' },
} as const satisfies Record<ComplaintState, { shape: string; tone: string }>;

export const remedyNames: Readonly<Record<Remedy, Sentence>> = {
  'correct-facts': { vi: 'Sửa dữ kiện, hệ thống tính lại', en: 'Correct the facts; computed again' },
  'compute-again': {
    vi: 'Tính lại: trả hồ sơ hoặc thống nhất cách hiểu',
    en: 'Compute again: return the case or settle the reading',
  },
  'mend-account': { vi: 'Sửa tài khoản nhận tiền', en: 'Mend the account' },
  pay: { vi: 'Chi trả phần còn thiếu', en: 'Pay what is not paid' },
};

export const secondLevelNames: Readonly<Record<SecondLevel, Sentence>> = {
  'provincial-chair': {
    vi: 'Khiếu nại lần hai lên Chủ tịch UBND tỉnh',
    en: 'Second complaint to the provincial chair',
  },
  court: { vi: 'Khởi kiện tại Tòa án', en: 'Goes to court' },
};

/** What each kind of entry says happened. */
export const complaintEntryNames: Readonly<Record<string, Sentence>> = {
  registered: { vi: 'Ghi đơn khiếu nại', en: 'Registered' },
  accepted: { vi: 'Thụ lý', en: 'Accepted' },
  'not-accepted': { vi: 'Không thụ lý', en: 'Not accepted' },
  'more-asked': { vi: 'Yêu cầu bổ sung', en: 'More asked for' },
  'more-brought': { vi: 'Đã bổ sung', en: 'More was brought' },
  extended: { vi: 'Gia hạn vì vụ việc phức tạp', en: 'More time: complicated' },
  'passed-on': { vi: 'Chuyển cơ quan khác trả lời', en: 'Passed on to another body' },
  'answered-no': { vi: 'Trả lời: giữ nguyên, có lý do', en: 'Answered: a reasoned no' },
  upheld: { vi: 'Khiếu nại đúng', en: 'Upheld' },
  mended: { vi: 'Việc phải sửa đã làm xong', en: 'What was wrong is mended' },
  withdrawn: { vi: 'Người khiếu nại rút đơn', en: 'Taken back by the complainant' },
  closed: { vi: 'Kết thúc', en: 'Closed' },
  'second-level': { vi: 'Khiếu nại, khởi kiện tiếp', en: 'Taken further' },
};
