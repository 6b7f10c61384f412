/**
 * The notice of result (thông báo kết quả giải quyết chế độ): one page a person, as of an instant. The same histories give the
 * same notice, hence the same content hash. Before the province has decided it tells no sum.
 */
import { formatInstant, type Instant, localDateOf } from '../calendar.ts';
import { bankName } from '../case/banks.ts';
import { lacksAccount } from '../case/case.ts';
import { homeAffairs } from '../case/contacts.ts';
import { formatDong } from '../dong.ts';
import { hashOf } from '../hash.ts';
import { type Citation, inForceOn, laterOf } from '../law/dated.ts';
import { daysToComplain } from '../law/law-on-complaints-2011/article-09.ts';
import { daysToAccept } from '../law/law-on-complaints-2011/article-27.ts';
import { daysToAnswer } from '../law/law-on-complaints-2011/article-28.ts';
import { firstComplaint, lawOnComplaints } from '../law/law-on-complaints-2011/law.ts';
import { fold, type Sentence } from '../vietnamese.ts';
import type { NoticePart, NoticeSource } from './result-notice-source.ts';
import { type Standing, standingOf } from './result-notice-standing.ts';
import { noticeSum, type NoticeSum, whyNoSum } from './result-notice-sum.ts';

export interface ResultNotice {
  readonly caseId: string;
  readonly asOf: Instant;
  readonly fullName: string;
  /** The first and last three digits, stars between. */
  readonly maskedCitizenId: string;
  readonly initials: string;
  readonly unit: { readonly code: string; readonly name: string };
  /** One sentence that answers. */
  readonly headline: Sentence;
  readonly sum?: NoticeSum;
  readonly whyNoSum: readonly Sentence[];
  /** One for each source that pays. */
  readonly standings: readonly Standing[];
  /** Where the money goes; absent where none will come. */
  readonly account?: Sentence;
  readonly askAt: readonly Sentence[];
  readonly complaint: Sentence;
  readonly warning: Sentence;
  /** The statuses of the parts, else what the computation came to. */
  readonly state: string;
}

export function resultNotice(source: NoticeSource): ResultNotice {
  const { of, asOf, parts, who, unit } = source;
  const told = noticeSum(source);
  const standings = parts.map((part) => standingOf(part, source));
  const isClosed = of.entries.some(({ kind }) => kind === 'closed');
  return {
    caseId: of.id,
    asOf,
    fullName: who.fullName,
    maskedCitizenId: maskedMiddle(who.citizenId),
    initials: initialsOf(who.fullName),
    unit,
    headline: headlineOf(told, source, isClosed),
    ...(told === undefined ? {} : { sum: told }),
    whyNoSum: whyNoSum(source),
    standings,
    ...(parts.length === 0 ? {} : { account: accountSentence(source) }),
    askAt: [contactOf(source, unit.code, unit.name), contactOf(source, homeAffairs, 'Sở Nội vụ tỉnh Nghệ An')],
    complaint: complaintOf(source, told !== undefined),
    warning,
    state: stateOf(parts, of.assessment.outcome, isClosed),
  };
}

/** Over everything the notice says: the same paper has the same hash. */
export function noticeHash(notice: ResultNotice): string {
  return hashOf(notice);
}

export function maskedMiddle(text: string): string {
  return text.length <= 6 ? '***' : `${text.slice(0, 3)}${'*'.repeat(text.length - 6)}${text.slice(-3)}`;
}

/** `Nguyễn Văn Ấm` → `N.V.A`; of an erased person, a dash. */
export function initialsOf(fullName: string): string {
  const words =
    fold(fullName)
      .toUpperCase()
      .match(/[A-Z]+/g) ?? [];
  return words.length === 0 ? '-' : words.map((word) => word.charAt(0)).join('.');
}

function stateOf(parts: readonly NoticePart[], outcome: string, isClosed: boolean): string {
  if (parts.length === 0) return isClosed ? 'closed' : outcome;
  return [...new Set(parts.map(({ part }) => part.status))].join('+');
}

function headlineOf(told: NoticeSum | undefined, { of, parts }: NoticeSource, isClosed: boolean): Sentence {
  if (told !== undefined) return sumHeadline(told, parts);
  const isEnded = isClosed || (parts.length > 0 && parts.every(({ part }) => part.status === 'cancelled'));
  if (isEnded) return headlines.ended;
  return headlines[of.assessment.outcome];
}

const headlines = {
  ended: { vi: 'Hồ sơ này đã kết thúc, không chi trả theo hồ sơ này.', en: 'This case has ended and pays nothing.' },
  entitled: {
    vi: 'Hồ sơ của ông/bà đang được xem xét. UBND tỉnh chưa quyết định, nên thông báo này chưa nêu số tiền.',
    en: "Your case is being examined. The People's Committee has not decided, so that no sum is told here.",
  },
  'not-entitled': {
    vi: 'Theo dữ kiện trong hồ sơ, ông/bà chưa đủ điều kiện hưởng chế độ.',
    en: 'By the facts in the case, the conditions are not met.',
  },
  incomplete: { vi: 'Hồ sơ của ông/bà còn thiếu giấy tờ, chưa tính được.', en: 'Papers are missing: no sum yet.' },
  review: {
    vi: 'Hồ sơ của ông/bà cần người có thẩm quyền xem xét, chưa có kết quả.',
    en: 'An official must look at your case: there is no result yet.',
  },
} as const satisfies Record<string, Sentence>;

function sumHeadline({ total, by }: NoticeSum, parts: readonly NoticePart[]): Sentence {
  const isPaid = parts.every(({ part: { status } }) => status === 'credited' || status === 'paid-elsewhere');
  const isHeld = parts.some(({ part: { status } }) => status === 'held');
  const amount = `${formatDong(total)} đồng`;
  const basis = by.map(({ vi }) => vi).join('; ');
  const basisEn = by.map(({ en }) => en).join('; ');
  if (isPaid) return { vi: `Ông/bà đã được chi ${amount}.`, en: `${amount} were paid to you.` };
  if (isHeld) {
    return {
      vi: `Ông/bà được hưởng ${amount} theo ${basis}, nhưng việc chi trả đang tạm dừng.`,
      en: `${amount} are yours by ${basisEn}, but the payment is held.`,
    };
  }
  return { vi: `Ông/bà được hưởng ${amount} theo ${basis}.`, en: `${amount} are yours by ${basisEn}.` };
}

function accountSentence({ of, account, unit }: NoticeSource): Sentence {
  if (lacksAccount(of)) {
    return {
      vi: `Chưa có tài khoản nhận tiền. Hãy mang giấy tờ tùy thân đến ${unit.name} để đăng ký.`,
      en: `There is no account yet. Bring your papers to ${unit.name} to name one.`,
    };
  }
  const heir =
    account.heir === undefined ? '' : `, trả cho người thừa kế ${account.heir.fullName} (${account.heir.relation})`;
  const heirEn = account.heir === undefined ? '' : `, to the heir ${account.heir.fullName} (${account.heir.relation})`;
  const shown = `${account.holder}, ${maskedMiddle(account.number)}, ${bankName(account.bank)}`;
  const change =
    of.proposed === undefined
      ? {
          vi: `Nếu sai, hãy mang đơn có chữ ký và giấy tờ tùy thân đến ${unit.name}; kế toán trưởng xác nhận rồi mới đổi.`,
          en: `If it is wrong, bring a signed request and your papers to ${unit.name}; the chief accountant confirms the change.`,
        }
      : {
          vi: 'Đề nghị đổi tài khoản đã nhận, đang chờ kế toán trưởng xác nhận.',
          en: 'A request for another account is with the chief accountant.',
        };
  return {
    vi: `Tài khoản nhận tiền: ${shown}${heir}. ${change.vi}`,
    en: `Account: ${shown}${heirEn}. ${change.en}`,
  };
}

function contactOf({ contacts }: NoticeSource, office: string, name: string): Sentence {
  const found = contacts.get(office);
  const telephone = found === undefined || found.telephone === '' ? '' : `, điện thoại ${found.telephone}`;
  const where = found === undefined ? `tại ${name}` : `${name}: ${found.place}${telephone}`;
  return { vi: where, en: where };
}

/** `Điều 28`, where the law itself was named before. */
function articleOf({ vi, en }: Citation): Sentence {
  return { vi: vi.slice(lawOnComplaints.vi.length + 2), en: en.slice(lawOnComplaints.en.length + 2) };
}

function complaintOf({ asOf }: NoticeSource, isDecided: boolean): Sentence {
  const on = localDateOf(asOf);
  const complain = inForceOn(daysToComplain, laterOf(on, daysToComplain));
  const accept = inForceOn(daysToAccept, laterOf(on, daysToAccept));
  const answer = inForceOn(daysToAnswer, laterOf(on, daysToAnswer));
  const { ordinary, complex, remote, remoteComplex } = answer.value;
  const [first, within] = [articleOf(firstComplaint), articleOf(complain.by)];
  const [accepted, answered] = [articleOf(accept.by), articleOf(answer.by)];
  const what = isDecided ? 'quyết định' : 'việc giải quyết hồ sơ';
  const to = isDecided ? 'người đã ra quyết định (UBND tỉnh)' : 'cơ quan đang giữ hồ sơ';
  return {
    vi: `Nếu không đồng ý với ${what}, ông/bà có quyền khiếu nại bằng đơn hoặc trực tiếp đến ${to} trong ${complain.value} ngày từ khi nhận hoặc biết (${lawOnComplaints.vi}, ${first.vi}, ${within.vi}), hoặc khởi kiện tại Tòa án. Khiếu nại được thụ lý trong ${accept.value} ngày (${accepted.vi}) và trả lời trong ${ordinary} ngày từ ngày thụ lý, việc phức tạp ${complex} ngày; vùng sâu, vùng xa ${remote} và ${remoteComplex} ngày (${answered.vi}).`,
    en: `Who does not agree may complain in writing or in person within ${complain.value} days (${lawOnComplaints.en}, ${first.en}, ${within.en}), or sue. It is accepted within ${accept.value} days (${accepted.en}) and answered within ${ordinary} days from then, ${complex} when complex; in remote areas ${remote} and ${remoteComplex} (${answered.en}).`,
  };
}

const warning: Sentence = {
  vi: 'Cảnh giác lừa đảo: tỉnh không bao giờ gọi điện, nhắn tin hỏi số tài khoản, mã OTP hay thu phí để chi khoản này.',
  en: 'Beware of fraud: the province never asks for an account, a code or a fee by telephone or message.',
};

export function asOfWords(asOf: Instant): Sentence {
  return { vi: `Tính đến ${formatInstant(asOf)}`, en: `As of ${formatInstant(asOf, 'en')}` };
}
