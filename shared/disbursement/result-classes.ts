/** What becomes of each line of a result file, in words: its class, what is wrong with it, what to do. */
import type { OrderOutcome } from '../case/order.ts';
import { type Dong, formatDong } from '../dong.ts';
import type { Sentence } from '../vietnamese.ts';

export const lineClasses = [
  'matched',
  'repeats',
  'already-settled',
  'late',
  'not-sent',
  'short',
  'over',
  'duplicate',
  'wrong-batch',
  'unknown',
  'unreadable',
] as const;
export type LineClass = (typeof lineClasses)[number];

/** A line of the file as it came, with its class; what could not be read is absent. */
export interface ClassedLine {
  readonly row: number;
  readonly reference: string;
  readonly amount?: Dong;
  readonly outcome?: OrderOutcome;
  readonly on?: string;
  readonly reason?: string;
  readonly class: LineClass;
  /** What is wrong; absent where the line was applied. */
  readonly says?: Sentence;
}

export const outcomeWords: Readonly<Record<OrderOutcome, string>> = {
  credited: 'Đã báo có',
  'treasury-paid': 'Kho bạc đã thanh toán',
  refused: 'Kho bạc từ chối',
  returned: 'Ngân hàng chuyển trả',
};

export const classNames: Readonly<Record<LineClass, Sentence>> = {
  matched: { vi: 'Khớp, đã ghi', en: 'Matched and recorded' },
  repeats: { vi: 'Đã biết từ trước', en: 'Known before' },
  'already-settled': { vi: 'Trái với kết quả đã có', en: 'Contradicts what is known' },
  late: { vi: 'Đến muộn, đã lập khoản khác', en: 'Late: a newer order exists' },
  'not-sent': { vi: 'Đơn vị chưa ghi nhận gửi', en: 'The unit has not recorded the sending' },
  short: { vi: 'Thiếu tiền', en: 'Less than ordered' },
  over: { vi: 'Thừa tiền', en: 'More than ordered' },
  duplicate: { vi: 'Lặp lại trong tệp', en: 'Twice in the file' },
  'wrong-batch': { vi: 'Của đợt khác', en: 'Of another batch' },
  unknown: { vi: 'Không có mã này', en: 'Nobody knows the reference' },
  unreadable: { vi: 'Không đọc được', en: 'Cannot be read' },
};

const explain: Sentence = {
  vi: 'Không ghi. Không chi thêm cho người này; lãnh đạo Sở Tài chính đối chiếu với Kho bạc, ngân hàng rồi ghi lại ở mục Kết quả trái ngược của trang Chi trả.',
  en: 'Not recorded. Nothing more is paid to this person until the Finance leader has asked the Treasury and the bank and explained it on the page of disbursement.',
};

export const classToDo: Readonly<Record<LineClass, Sentence>> = {
  matched: { vi: 'Không cần làm gì.', en: 'Nothing is to be done.' },
  repeats: { vi: 'Không cần làm gì.', en: 'Nothing is to be done.' },
  'already-settled': explain,
  late: explain,
  'not-sent': {
    vi: 'Không ghi. Đơn vị ghi số và ngày đã gửi Kho bạc; nếu khoản đã bị ghi là trái ngược, lãnh đạo Sở Tài chính đối chiếu; sau đó nhập lại chính tệp này.',
    en: 'Not recorded. The unit records the sending; the Finance leader explains what was noted as contradicting; then import this very file again.',
  },
  short: {
    vi: 'Không ghi. Yêu cầu bên gửi giải thích phần thiếu bằng văn bản và gửi kết quả đúng số tiền đã lập.',
    en: 'Not recorded. Ask the sender in writing for the missing part and for a result with the sum ordered.',
  },
  over: {
    vi: 'Không ghi. Yêu cầu bên gửi giải thích phần thừa bằng văn bản; nếu đã chuyển thừa, yêu cầu thu hồi phần thừa.',
    en: 'Not recorded. Ask the sender in writing about the excess; if it was transferred, ask for it back.',
  },
  duplicate: {
    vi: 'Chỉ ghi một lần. Hỏi bên gửi vì sao có hai dòng; nếu tiền đã chuyển hai lần, yêu cầu chuyển trả ngay.',
    en: 'Recorded once. Ask the sender why there are two lines; if the money went twice, ask for it back at once.',
  },
  'wrong-batch': {
    vi: 'Không ghi. Nhập lại chính tệp này tại đợt đó, hoặc nhập mà không chọn đợt.',
    en: 'Not recorded. Import this very file at that batch, or without choosing a batch.',
  },
  unknown: {
    vi: 'Không ghi. Đối chiếu mã với bên gửi; giao dịch không thuộc chi trả chế độ thì bỏ qua.',
    en: 'Not recorded. Check the reference with the sender; skip what is no payment of ours.',
  },
  unreadable: {
    vi: 'Không ghi. Hỏi bên gửi nội dung đúng của dòng này, rồi nhập tệp đã sửa.',
    en: 'Not recorded. Ask the sender what the line should say, and import the corrected file.',
  },
};

/** Takes what the order or slip was made for; `undefined` where the amounts agree. */
export function amountFault(
  stated: Dong,
  ordered: Dong,
): { readonly class: 'short' | 'over'; readonly says: Sentence } | undefined {
  if (stated === ordered) return undefined;
  const isShort = stated < ordered;
  const difference = formatDong(isShort ? ordered - stated : stated - ordered);
  return {
    class: isShort ? 'short' : 'over',
    says: {
      vi: `Tệp ghi ${formatDong(stated)} đồng, khác số đã lập ${formatDong(ordered)} đồng: ${isShort ? 'thiếu' : 'thừa'} ${difference} đồng.`,
      en: `The file says ${formatDong(stated)} đồng, the order ${formatDong(ordered)}: ${difference} ${isShort ? 'short' : 'over'}.`,
    },
  };
}
