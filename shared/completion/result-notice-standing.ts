/** Where a person's money stands, in words for the person: who has it, since when, what comes next, what it waits for. */
import { formatDay, type LocalDate, localDateOf } from '../calendar.ts';
import { bankName } from '../case/banks.ts';
import type { Status } from '../case/lifecycle.ts';
import { cameBackBecause, type Part, returnableFields } from '../case/part.ts';
import { formatDong } from '../dong.ts';
import { capitalized, type Sentence } from '../vietnamese.ts';
import type { NoticePart, NoticeSource } from './result-notice-source.ts';

export interface Standing {
  readonly status: Status;
  readonly where: Sentence;
  /** The office that has it; nobody once the money has arrived or nothing more will be done. */
  readonly holder?: Sentence;
  readonly since: LocalDate;
  readonly next?: Sentence;
  /** No date is ever promised that nobody has given: what the money waits for is said instead. */
  readonly expected?: Sentence;
}

interface Words {
  readonly where: Sentence;
  readonly holder?: Sentence;
  readonly next?: Sentence;
  /** What is waited for, to stand after `chờ`. */
  readonly awaits?: Sentence;
}

const offices = {
  board: { vi: 'Ban Tổ chức Tỉnh ủy', en: 'the Party Organisation Board' },
  homeAffairs: { vi: 'Sở Nội vụ', en: 'the Department of Home Affairs' },
  finance: { vi: 'Sở Tài chính', en: 'the Department of Finance' },
  province: { vi: 'UBND tỉnh', en: "the People's Committee of the province" },
  treasury: { vi: 'Kho bạc Nhà nước', en: 'the State Treasury' },
} as const satisfies Record<string, Sentence>;

export function standingOf(of: NoticePart, source: NoticeSource): Standing {
  const { part, share } = of;
  const { where, holder, next, awaits } = words[part.status](of, source);
  return {
    status: part.status,
    where,
    since: localDateOf(sinceOf(part)),
    ...(holder === undefined ? {} : { holder }),
    ...(next === undefined ? {} : { next }),
    ...(awaits === undefined ? {} : { expected: share === undefined ? noSumYet(awaits) : noDayYet(awaits) }),
  };
}

/** When the part came to where it is; what was noted since, such as an account, does not count. */
function sinceOf({ entries, status }: Part): string {
  const other = entries.findLastIndex(({ data }) => !data.includes(`"status":"${status}"`));
  return entries[other + 1]?.at ?? entries.at(-1)?.at ?? '';
}

function noDayYet(awaits: Sentence): Sentence {
  return {
    vi: `Chưa có ngày dự kiến nhận tiền: đang chờ ${awaits.vi}.`,
    en: `No day to expect the money yet: waiting for ${awaits.en}.`,
  };
}

function noSumYet(awaits: Sentence): Sentence {
  return {
    vi: `Chưa có số tiền và ngày dự kiến: đang chờ ${awaits.vi}.`,
    en: `No sum and no day to expect yet: waiting for ${awaits.en}.`,
  };
}

const words: { readonly [S in Status]: (of: NoticePart, source: NoticeSource) => Words } = {
  'with-party-board': () => ({
    where: { vi: 'Hồ sơ đang được thẩm định.', en: 'The case is being appraised.' },
    holder: offices.board,
    next: { vi: 'Tiếp theo: Sở Nội vụ thẩm định.', en: 'Next: Home Affairs appraises it.' },
    awaits: { vi: 'thẩm định và quyết định của UBND tỉnh', en: "the appraisal and the People's Committee's decision" },
  }),
  assessed: () => ({
    where: { vi: 'Hồ sơ đang được thẩm định.', en: 'The case is being appraised.' },
    holder: offices.homeAffairs,
    next: { vi: 'Tiếp theo: Sở Tài chính lập đợt chi trả.', en: 'Next: Finance puts it into a list to be paid.' },
    awaits: { vi: 'thẩm định và quyết định của UBND tỉnh', en: "the appraisal and the People's Committee's decision" },
  }),
  'with-unit': ({ part }, { unit }) => ({
    where: withUnitBecause(part),
    holder: { vi: unit.name, en: unit.name },
    next: {
      vi: 'Tiếp theo: đơn vị bổ sung, sửa rồi gửi lại. Hãy hỏi đơn vị xem cần nộp thêm gì.',
      en: 'Next: the unit mends it and sends it back. Ask the unit what is still to be brought.',
    },
    awaits: { vi: 'đơn vị gửi lại hồ sơ', en: 'the unit to send it back' },
  }),
  appraised: () => ({
    where: { vi: 'Hồ sơ đã thẩm định xong, đang chờ lập đợt chi trả.', en: 'Appraised; to be put into a list.' },
    holder: offices.finance,
    next: { vi: 'Tiếp theo: hai Sở xác nhận, UBND tỉnh quyết định.', en: 'Next: two departments confirm it.' },
    awaits: { vi: 'quyết định của UBND tỉnh', en: "the People's Committee's decision" },
  }),
  'in-batch': () => ({
    where: { vi: 'Hồ sơ đang chờ lãnh đạo Sở Nội vụ xác nhận.', en: 'The head of Home Affairs is to confirm it.' },
    holder: offices.homeAffairs,
    next: { vi: 'Tiếp theo: Sở Tài chính xác nhận, UBND tỉnh quyết định.', en: 'Next: Finance confirms it.' },
    awaits: { vi: 'quyết định của UBND tỉnh', en: "the People's Committee's decision" },
  }),
  'people-confirmed': () => ({
    where: { vi: 'Hồ sơ đang chờ lãnh đạo Sở Tài chính xác nhận.', en: 'The head of Finance is to confirm it.' },
    holder: offices.finance,
    next: { vi: 'Tiếp theo: UBND tỉnh quyết định.', en: "Next: the People's Committee decides." },
    awaits: { vi: 'quyết định của UBND tỉnh', en: "the People's Committee's decision" },
  }),
  'money-confirmed': () => ({
    where: { vi: 'Hai Sở đã xác nhận, đang chờ UBND tỉnh quyết định.', en: 'Confirmed by both; to be decided.' },
    holder: offices.province,
    next: { vi: 'Tiếp theo: đơn vị lập chứng từ gửi Kho bạc.', en: 'Next: the unit sends the slip to the Treasury.' },
    awaits: { vi: 'quyết định của UBND tỉnh', en: "the People's Committee's decision" },
  }),
  decided: () => ({
    where: { vi: 'UBND tỉnh đã quyết định, đang bố trí kinh phí.', en: 'Decided; the money is being assigned.' },
    holder: offices.finance,
    next: { vi: 'Tiếp theo: đơn vị lập chứng từ gửi Kho bạc.', en: 'Next: the unit sends the slip to the Treasury.' },
    awaits: { vi: 'bố trí kinh phí', en: 'the money to be assigned' },
  }),
  'waiting-for-estimate': () => ({
    where: {
      vi: 'UBND tỉnh đã quyết định, nhưng chưa đủ kinh phí được giao (chờ giao dự toán).',
      en: 'Decided, but the estimate that was allotted does not reach for it yet.',
    },
    holder: offices.finance,
    next: { vi: 'Tiếp theo: khi được giao dự toán, đơn vị lập chứng từ gửi Kho bạc.', en: 'Next: the estimate.' },
    awaits: { vi: 'giao dự toán', en: 'the estimate' },
  }),
  'awaiting-unit': (_, { payer }) => ({
    where: { vi: 'Đang chờ đơn vị ký chứng từ và gửi Kho bạc.', en: 'The unit is to sign the slip and send it.' },
    holder: { vi: payer.name, en: payer.name },
    next: { vi: 'Tiếp theo: Kho bạc Nhà nước chuyển tiền.', en: 'Next: the State Treasury pays.' },
    awaits: { vi: 'đơn vị gửi chứng từ', en: "the unit's slip" },
  }),
  sent: () => ({
    where: { vi: 'Chứng từ đã gửi Kho bạc, đang chờ chuyển tiền.', en: 'The slip is with the Treasury.' },
    holder: offices.treasury,
    next: { vi: 'Tiếp theo: tiền về tài khoản ở ngân hàng.', en: 'Next: the money arrives at the bank.' },
    awaits: { vi: 'Kho bạc chuyển tiền', en: 'the Treasury to pay' },
  }),
  'treasury-paid': ({ order }, { account }) => ({
    where: { vi: 'Kho bạc đã chuyển tiền, đang chờ ngân hàng báo có.', en: 'The Treasury has paid; the bank is next.' },
    holder: bankWords(account.bank),
    next: { vi: 'Tiếp theo: ngân hàng báo tiền đã vào tài khoản.', en: 'Next: the bank tells that it arrived.' },
    ...(order === undefined ? {} : { awaits: { vi: 'ngân hàng báo có', en: "the bank's word" } }),
  }),
  unknown: () => ({
    where: {
      vi: 'Chưa rõ kết quả chuyển tiền, đang tra soát. Không chi lại khi chưa có trả lời.',
      en: 'What became of the transfer is not known and is being asked. Nothing is paid again before the answer.',
    },
    holder: offices.treasury,
    next: { vi: 'Tiếp theo: Kho bạc hoặc ngân hàng trả lời.', en: 'Next: the Treasury or the bank answers.' },
    awaits: { vi: 'kết quả tra soát', en: 'the answer' },
  }),
  credited: ({ creditedOn }, { account }) => ({
    where: {
      vi: `Tiền đã vào tài khoản${creditedOn === undefined ? '' : ` ngày ${formatDay(creditedOn)}`} (${bankName(account.bank)}).`,
      en: `The money is in the account${creditedOn === undefined ? '' : ` since ${formatDay(creditedOn)}`} (${bankName(account.bank)}).`,
    },
  }),
  'paid-elsewhere': ({ share }) => ({ where: paidElsewhereWords(share) }),
  refused: (of, source) => backWords(of, source, offices.treasury, 'từ chối chuyển tiền', 'refused to pay'),
  returned: (of, source) =>
    backWords(of, source, bankWords(source.account.bank), 'trả lại tiền, chưa vào tài khoản', 'sent the money back'),
  held: ({ part }) => ({
    where: because(part, 'Đang tạm dừng', 'Held for now'),
    holder: { vi: 'cơ quan đã tạm dừng (Sở Nội vụ hoặc Sở Tài chính)', en: 'the department that holds it' },
    next: { vi: 'Hãy hỏi đơn vị cần bổ sung gì để tiếp tục.', en: 'Ask the unit what is needed to go on.' },
    awaits: { vi: 'cơ quan tạm dừng cho tiếp tục', en: 'the department that holds it' },
  }),
  cancelled: ({ part }) => ({
    where: because(part, 'Không tiếp tục chi trả theo hồ sơ này', 'Not paid on this case any more'),
    next: { vi: 'Nếu không đồng ý, hãy xem phần khiếu nại bên dưới.', en: 'How to complain is said below.' },
  }),
};

function bankWords(code: string): Sentence {
  return { vi: `ngân hàng ${bankName(code)}`, en: bankName(code) };
}

function because({ last: { reason } }: Part, vi: string, en: string): Sentence {
  return reason === undefined
    ? { vi: `${vi}.`, en: `${en}.` }
    : { vi: `${vi}. Lý do: ${ended(reason)}`, en: `${en}. Reason: ${ended(reason)}` };
}

function ended(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function withUnitBecause({ last: { reasons = [], reason } }: Part): Sentence {
  const given = reasons.map(({ field, reason: why }) => ({ field: returnableFields[field], why }));
  const vi = given.map(({ field, why }) => `${field.vi.toLocaleLowerCase('vi')} – ${why}`).join('; ') || (reason ?? '');
  const en = given.map(({ field, why }) => `${field.en.toLowerCase()} – ${why}`).join('; ') || (reason ?? '');
  return {
    vi: `Hồ sơ được trả về đơn vị để bổ sung, sửa${vi === '' ? '.' : `: ${ended(vi)}`}`,
    en: `The case is back with the unit to be mended${en === '' ? '.' : `: ${ended(en)}`}`,
  };
}

function paidElsewhereWords(share: NoticePart['share']): Sentence {
  if (share?.by.kind !== 'elsewhere') return { vi: 'Khoản này đã được chi.', en: 'It has been paid.' };
  const { amount, on, document } = share.by.payment;
  return {
    vi: `Đã được chi ${formatDong(BigInt(amount))} đồng ngày ${formatDay(on)}, chứng từ ${document}.`,
    en: `${formatDong(BigInt(amount))} đồng were paid on ${formatDay(on)}, document ${document}.`,
  };
}

/** The money came back: what the bank said, and what the person can do about it. */
function backWords({ part }: NoticePart, { unit }: NoticeSource, who: Sentence, did: string, didEn: string): Words {
  const said = cameBackBecause(part);
  const where = {
    vi: `${capitalized(who.vi)} ${did}${said === undefined ? '.' : `: ${ended(said)}`}`,
    en: `${capitalized(who.en)} ${didEn}${said === undefined ? '.' : `: ${ended(said)}`}`,
  };
  if (part.isMended || part.wantsOrder) {
    return {
      where,
      holder: offices.finance,
      next: {
        vi: 'Tài khoản đã được xác nhận lại; tiếp theo: chi lại.',
        en: 'The account is mended; next: paid again.',
      },
      awaits: { vi: 'lập khoản chi lại', en: 'the new order' },
    };
  }
  return {
    where,
    holder: { vi: unit.name, en: unit.name },
    next: {
      vi: 'Ông/bà hãy đến đơn vị làm đơn sửa tài khoản; sau khi xác nhận, tiền được chi lại.',
      en: 'Please go to the unit with a signed request; once the account is confirmed, it is paid again.',
    },
    awaits: { vi: 'sửa tài khoản', en: 'the account to be mended' },
  };
}
