/**
 * What a notice may say, by what happened, who is told, and by what way: data, which letters and mails are made through. A mail
 * passes through many hands and says how many and where to look; a letter is handed to the person, and says what is theirs.
 */
import type { Sentence } from '../vietnamese.ts';

export const noticeEvents = ['decided', 'credited', 'returned', 'refused', 'held'] as const;
export type NoticeEvent = (typeof noticeEvents)[number];

export const noticeReceivers = ['unit', 'person'] as const;
export type NoticeReceiver = (typeof noticeReceivers)[number];

export const noticeChannels = ['mail', 'letter'] as const;
export type NoticeChannel = (typeof noticeChannels)[number];

/** Everything that a notice could say. */
export const noticeFacts = [
  'how-many',
  'link',
  'unit',
  'full-name',
  'day',
  'decision',
  'decided-sum',
  'credited-sum',
  'account-tail',
  'what-next',
  'whom-to-ask',
  'how-to-complain',
  'nobody-phones',
  'printed-by',
  'draft-sum',
  'account-number',
  'citizen-id',
  'birth',
  'hold-reason',
  'bank-answer',
] as const;
export type NoticeFact = (typeof noticeFacts)[number];

const inMail: readonly NoticeFact[] = ['how-many', 'link', 'unit'];
const inLetter: readonly NoticeFact[] = [
  'unit',
  'full-name',
  'day',
  'what-next',
  'whom-to-ask',
  'nobody-phones',
  'printed-by',
];
const nothing: readonly NoticeFact[] = [];

type Rules = Readonly<
  Record<NoticeEvent, Readonly<Record<NoticeReceiver, Readonly<Record<NoticeChannel, readonly NoticeFact[]>>>>>
>;

/** A unit gets mails alone, a person letters alone: an empty row sends nothing. */
const rule = (letter: readonly NoticeFact[]) => ({
  unit: { mail: inMail, letter: nothing },
  person: { mail: nothing, letter: [...inLetter, ...letter] },
});

export const noticeRules: Rules = {
  decided: rule(['decision', 'decided-sum', 'how-to-complain']),
  credited: rule(['decision', 'credited-sum', 'account-tail']),
  returned: rule([]),
  refused: rule([]),
  // Why is told across the table, to the person alone.
  held: rule(['how-to-complain']),
};

export interface NoticeWay {
  readonly event: NoticeEvent;
  readonly to: NoticeReceiver;
  readonly by: NoticeChannel;
}

export function maySay({ event, to, by }: NoticeWay): readonly NoticeFact[] {
  return noticeRules[event][to][by];
}

export function mayNotSay(way: NoticeWay): readonly NoticeFact[] {
  return noticeFacts.filter((fact) => !maySay(way).includes(fact));
}

/** What is known, without what may not be said. */
export function sayable(
  way: NoticeWay,
  known: Readonly<Partial<Record<NoticeFact, string>>>,
): Readonly<Partial<Record<NoticeFact, string>>> {
  return Object.fromEntries(maySay(way).flatMap((fact) => (known[fact] === undefined ? [] : [[fact, known[fact]]])));
}

export const noticeEventNames: Readonly<Record<NoticeEvent, Sentence>> = {
  decided: { vi: 'Đã có quyết định', en: 'Decided' },
  credited: { vi: 'Tiền đã về tài khoản', en: 'Credited' },
  returned: { vi: 'Ngân hàng chuyển trả', en: 'Returned by the bank' },
  refused: { vi: 'Kho bạc chưa thanh toán', en: 'Not paid by the Treasury' },
  held: { vi: 'Tạm dừng', en: 'Held' },
};

export const noticeFactNames: Readonly<Record<NoticeFact, Sentence>> = {
  'how-many': { vi: 'số lượng', en: 'how many' },
  link: { vi: 'đường dẫn vào hệ thống', en: 'a link' },
  unit: { vi: 'tên đơn vị', en: 'the unit' },
  'full-name': { vi: 'họ tên', en: 'name' },
  day: { vi: 'ngày', en: 'day' },
  decision: { vi: 'số quyết định', en: 'the decision' },
  'decided-sum': { vi: 'số tiền đã được phê duyệt', en: 'the sum that was decided' },
  'credited-sum': { vi: 'số tiền đã chuyển', en: 'the sum that was credited' },
  'account-tail': { vi: 'ba số cuối tài khoản', en: 'last three digits of the account' },
  'what-next': { vi: 'việc cần làm', en: 'what to do' },
  'whom-to-ask': { vi: 'hỏi ai', en: 'whom to ask' },
  'how-to-complain': { vi: 'quyền khiếu nại', en: 'how to complain' },
  'nobody-phones': { vi: 'không ai hỏi tài khoản qua điện thoại', en: 'nobody asks by telephone' },
  'printed-by': { vi: 'in lúc nào, ai in', en: 'when printed, by whom' },
  'draft-sum': { vi: 'số tiền chưa được quyết định', en: 'a sum nobody has decided' },
  'account-number': { vi: 'số tài khoản đầy đủ', en: 'the whole account number' },
  'citizen-id': { vi: 'số định danh', en: 'citizen id' },
  birth: { vi: 'ngày sinh', en: 'birth' },
  'hold-reason': { vi: 'lý do tạm dừng', en: 'why it is held' },
  'bank-answer': { vi: 'câu trả lời của ngân hàng', en: "the bank's answer" },
};
