/**
 * Use cases of whoever answers a complaint: accepts it or says why not, asks for more, takes more time, passes it on, answers
 * with a reasoned no, or upholds it. Nobody answers what is said of their own appraisal.
 */
import { formatDay, type LocalDate, localDateOf } from '../calendar.ts';
import type { Account } from '../case/access.ts';
import { commitDeciding } from '../case/history.ts';
import { isBeforeBatch } from '../case/lifecycle.ts';
import { mayOpen, partChange } from '../case/part.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import type { Change, NewEntry } from '../case/store.ts';
import { type Complaint, complaintBodies, complaintChange, type Document, remedies, sealWords } from './complaint.ts';
import { isOverdue, limitOf } from './complaint-limit.ts';
import { appraisersOf, type ComplaintStanding, isAllPaid, isOfBody, openComplaint } from './complaint-standing.ts';
import { letterObjection } from './register-complaint.ts';

interface Said {
  /** In words that the complainant will read. */
  readonly words: string;
}
interface Papered extends Said {
  readonly citation: string;
  readonly document: Document;
}

export type Answer =
  | { readonly act: 'accept'; readonly isRemote: boolean; readonly isComplicated: boolean }
  | ({ readonly act: 'not-accept' } & Papered)
  | ({ readonly act: 'ask-more' } & Said)
  | ({ readonly act: 'extend' } & Said)
  | ({ readonly act: 'pass-on'; readonly to: string } & Said)
  | ({ readonly act: 'answer-no' } & Papered)
  | ({ readonly act: 'uphold'; readonly remedy: string } & Papered);

type Decided = { readonly entry: Omit<NewEntry, 'at' | 'by'>; readonly others?: readonly Change[] } | Refused;

export async function answerComplaint(
  id: string,
  answer: Answer,
  by: Account,
  { store, vault, now }: Ports,
): Promise<{ readonly outcome: 'done' } | Refused> {
  const outcome = await commitDeciding(store, async () => {
    const standing = await openComplaint(store, id, by);
    if (standing === undefined) return { stop: noSuchComplaint };
    const at = now();
    const against = mayNotAnswer(standing, by) ?? objection(standing.complaint, answer, localDateOf(at));
    if (against !== undefined) return { stop: against };
    const { caseId } = standing.complaint;
    const said = 'words' in answer ? { text: answer.words.trim() } : { text: '' };
    const cited = 'citation' in answer ? { citation: answer.citation.trim() } : {};
    const sealed = await sealWords(vault, caseId, { ...said, ...cited });
    const decided = decide(standing, answer, sealed, { at, by: by.id });
    if ('outcome' in decided) return { stop: decided };
    const entry = { ...decided.entry, at, by: by.id };
    return { changes: [complaintChange(standing.complaint, [entry], dueOf), ...(decided.others ?? [])] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'done' };
}

/** The last day of the limit that runs, for the row. */
export function dueOf(complaint: Complaint): LocalDate | undefined {
  return limitOf(complaint)?.until;
}

/** Whether the account may answer: of the body, and not whoever appraised the case. */
export function mayNotAnswer(standing: ComplaintStanding, by: Account): Refused | undefined {
  if (!isOfBody(standing, by)) return notYours;
  return appraisersOf(standing.parts).includes(by.id) ? ownAppraisal : undefined;
}

const longestWords = 4000;

function objection(complaint: Complaint, answer: Answer, today: LocalDate): Refused | undefined {
  const { state } = complaint;
  const isNow: Readonly<Record<Answer['act'], boolean>> = {
    accept: state === 'registered' || (state === 'more-asked' && complaint.accepted === undefined),
    'not-accept': state === 'registered' || (state === 'more-asked' && complaint.accepted === undefined),
    'ask-more': state === 'registered' || state === 'accepted',
    extend: state === 'accepted',
    'pass-on': state === 'registered',
    'answer-no': state === 'accepted' || (state === 'more-asked' && complaint.accepted !== undefined),
    // Again, where what was asked for turns out not to mend it.
    uphold: state === 'accepted' || state === 'upheld',
  };
  if (!isNow[answer.act]) return notNow;
  if (answer.act === 'accept') return undefined;
  if (answer.words.trim() === '' || answer.words.length > longestWords) {
    return refused(
      `Hãy ghi lý do bằng lời (nhiều nhất ${longestWords} ký tự).`,
      `State the reason in words (${longestWords} characters at most).`,
    );
  }
  if (!('document' in answer)) return undefined;
  if (answer.citation.trim() === '') {
    return refused(
      'Hãy ghi căn cứ: điều, khoản của văn bản mà câu trả lời dựa vào.',
      'State what the answer rests on: article and paragraph of the text.',
    );
  }
  return (
    letterObjection(answer.document, today) ??
    (answer.document.on < complaint.receivedOn
      ? refused(
          'Văn bản trả lời không thể có trước ngày nhận đơn. Hãy kiểm tra ngày.',
          'An answer cannot be older than the complaint. Check the day.',
        )
      : undefined)
  );
}

function decide(
  standing: ComplaintStanding,
  answer: Answer,
  sealed: string,
  on: { readonly at: string; readonly by: string },
): Decided {
  const { complaint } = standing;
  switch (answer.act) {
    case 'accept': {
      const { isRemote, isComplicated } = answer;
      return { entry: { kind: 'accepted', data: { isRemote, isComplicated } } };
    }
    case 'not-accept':
      return { entry: { kind: 'not-accepted', data: { sealed, document: tidied(answer.document) } } };
    case 'ask-more':
      return { entry: { kind: 'more-asked', data: { sealed } } };
    case 'extend':
      return extended(complaint, sealed, localDateOf(on.at));
    case 'pass-on':
      return passedOn(standing, answer.to, sealed);
    case 'answer-no':
      return { entry: { kind: 'answered-no', data: { sealed, document: tidied(answer.document) } } };
    case 'uphold':
      return upheld(standing, { remedy: answer.remedy, document: tidied(answer.document), sealed }, on);
  }
}

function tidied({ number, on, paper }: Document): Document {
  return { number: number.trim(), on, paper };
}

/** Only a complaint that is still in time may be given more of it. */
function extended(complaint: Complaint, sealed: string, today: LocalDate): Decided {
  if (complaint.isExtended || complaint.accepted?.isComplicated === true) {
    return refused('Khiếu nại này đã được tính hạn của vụ việc phức tạp.', 'It has the limit of a complicated case.');
  }
  if (isOverdue(dueOf(complaint), today)) {
    return refused(
      'Đã quá hạn trả lời nên không gia hạn được. Hãy trả lời ngay.',
      'The limit has passed and cannot be extended. Answer at once.',
    );
  }
  return { entry: { kind: 'extended', data: { sealed } } };
}

/** To another body that may see the case; the limit goes on as it runs. */
function passedOn({ complaint, of, parts }: ComplaintStanding, wish: string, sealed: string): Decided {
  const to = complaintBodies.find((body) => body === wish);
  if (to === undefined || to === complaint.body) {
    return refused('Hãy chọn cơ quan khác để chuyển.', 'Choose another body to pass it on to.');
  }
  const mayAnswer = { id: '', name: '', email: '', units: [], role: officerOf[to] };
  const sees =
    parts.length === 0 ? mayOpen(mayAnswer, of, undefined) : parts.some((part) => mayOpen(mayAnswer, of, part));
  if (!sees) {
    return refused(
      'Cơ quan đó chưa được xem hồ sơ này nên không trả lời được.',
      'That body may not see the case yet and could not answer.',
    );
  }
  return { entry: { kind: 'passed-on', data: { to, sealed } } };
}

const officerOf = {
  'home-affairs': 'home-affairs-officer',
  finance: 'finance-officer',
  'party-board': 'party-board-officer',
} as const;

/** Nobody confirms or pays meanwhile what is known to be wrong: parts before a batch are held until it is mended. */
function upheld(
  { complaint, of, parts }: ComplaintStanding,
  { remedy: wish, document, sealed }: { readonly remedy: string; readonly document: Document; readonly sealed: string },
  { at, by }: { readonly at: string; readonly by: string },
): Decided {
  const remedy = remedies.find((one) => one === wish);
  if (remedy === undefined) return refused('Hãy chọn việc phải làm để sửa.', 'Choose what must follow.');
  if (remedy === 'pay' && isAllPaid(parts)) {
    return refused(
      'Theo sổ, toàn bộ tiền đã về tài khoản. Hãy chọn sửa tài khoản, hoặc trả lời với chứng cứ báo có.',
      'All the money is there by the books. Choose to mend the account, or answer with the evidence of the credit.',
    );
  }
  const changesSum = remedy === 'correct-facts' || remedy === 'compute-again';
  const toHold = changesSum ? parts.filter(({ status }) => isBeforeBatch(status)) : [];
  const reason = holdReason(complaint);
  const holds = [...new Set([...(complaint.upheld?.holds ?? []), ...toHold.map(({ id }) => id)])];
  const data = { remedy, document, sealed, after: of.entries.length, holds };
  const held = toHold.map((part) =>
    partChange(of, part, [{ kind: 'hold', at, by, data: { status: 'held', heldFrom: part.status, reason } }], {
      reason,
    }),
  );
  return { entry: { kind: 'upheld', data }, others: held };
}

/** By which the hold is known again when the complaint is closed. */
export function holdReason({ number, receivedOn }: Pick<Complaint, 'number' | 'receivedOn'>): string {
  return `Khiếu nại số đến ${number} ngày ${formatDay(receivedOn)} được chấp nhận, chờ sửa`;
}

export const noSuchComplaint = refused('Không tìm thấy khiếu nại này.', 'There is no such complaint.');
export const notNow = refused(
  'Khiếu nại không ở bước làm được việc này. Hãy mở lại trang để xem bước hiện tại.',
  'The complaint is not at a step where this can be done. Open the page again to see where it is.',
);
const notYours = refused(
  'Khiếu nại này do cơ quan khác trả lời. Hãy xem tên người phải làm trên trang khiếu nại.',
  'Another body answers this complaint. Its page names who must act.',
);
const ownAppraisal = refused(
  'Đồng chí đã thẩm định hồ sơ này nên không trả lời khiếu nại về hồ sơ. Người khác của cơ quan phải trả lời.',
  'You appraised this case and may not answer a complaint on it. Somebody else of your body must.',
);
