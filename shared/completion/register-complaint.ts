/** Use case: a complaint that came on paper is registered on the person's case, and somebody must answer by a day. */
import { isLocalDate, type LocalDate, localDateOf } from '../calendar.ts';
import type { Account } from '../case/access.ts';
import { caseStream } from '../case/case.ts';
import { commitDeciding } from '../case/history.ts';
import { openCase, standsAt } from '../case/part.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import {
  answersFor,
  type ComplainantKind,
  complainantKinds,
  complaintFrom,
  type ComplaintSubject,
  complaintSubjects,
  type Document,
  sealWords,
} from './complaint.ts';
import { acceptanceLimit } from './complaint-limit.ts';

export interface NewComplaint {
  readonly caseId: string;
  /** Number in the register of incoming papers, day of receipt, hash of the scan in Files. */
  readonly letter: Document;
  readonly complainant: string;
  /** Of whoever complains; the person's own where the person does. */
  readonly name: string;
  readonly subject: string;
  /** What is asked, in the complainant's words. */
  readonly text: string;
}

const longestText = 4000;
const longestNumber = 40;

export async function registerComplaint(
  given: NewComplaint,
  by: Account,
  { store, vault, now, id }: Ports,
): Promise<{ readonly outcome: 'registered'; readonly complaint: string } | Refused> {
  const complainant = complainantKinds.find((one) => one === given.complainant);
  const subject = complaintSubjects.find((one) => one === given.subject);
  if (complainant === undefined || subject === undefined) return choose;
  const against = objection(given, complainant, localDateOf(now()));
  if (against !== undefined) return against;
  const complaintId = id();
  const words = { name: given.name.trim(), text: given.text.trim() };
  const outcome = await commitDeciding(store, async () => {
    const opened = await openCase(store, given.caseId, by);
    if (opened === undefined) return { stop: refused('Không tìm thấy hồ sơ này.', 'There is no such case.') };
    const sealed = await sealWords(vault, given.caseId, words);
    return { changes: changesFor(complaintId, { given, complainant, subject, sealed }, opened, by.id, now()) };
  });
  if (outcome.outcome === 'stopped') return outcome.stop;
  return outcome.outcome === 'claimed' ? knownLetter : { outcome: 'registered', complaint: complaintId };
}

interface Judged {
  readonly given: NewComplaint;
  readonly complainant: ComplainantKind;
  readonly subject: ComplaintSubject;
  readonly sealed: string;
}

/** The case's history says it too, so that its page and whoever pays find it; the words stand in the complaint alone. */
function changesFor(
  complaintId: string,
  { given, complainant, subject, sealed }: Judged,
  { of, parts }: NonNullable<Awaited<ReturnType<typeof openCase>>>,
  by: string,
  at: string,
) {
  const { payingUnit: unit, block } = of.submitted;
  const isWithBoard =
    block === 'party' && !parts.some((part) => part.passedOn !== undefined && standsAt(part) !== 'with-party-board');
  const number = given.letter.number.trim();
  const { on: receivedOn, paper } = given.letter;
  const data = {
    caseId: of.id,
    unit,
    block,
    number,
    receivedOn,
    paper,
    complainant,
    sealed,
    subject,
    body: answersFor(subject, block, isWithBoard),
  };
  const dueOf = () => acceptanceLimit(receivedOn).until;
  const noted = { kind: 'complaint-registered', at, by, data: { complaint: complaintId } };
  return [
    { stream: caseStream(of.id), readAt: of.entries.length, entries: [noted] },
    {
      ...complaintFrom(complaintId, { kind: 'registered', at, by, data }, dueOf),
      claims: [`complaint-letter/${of.id}/${number}/${receivedOn}`],
    },
  ];
}

function objection({ letter, name, text }: NewComplaint, complainant: ComplainantKind, today: LocalDate) {
  const why = letterObjection(letter, today);
  if (why !== undefined) return why;
  if (text.trim() === '' || text.length > longestText) {
    return refused(
      `Hãy ghi nội dung khiếu nại (nhiều nhất ${longestText} ký tự).`,
      `State what is complained of (${longestText} characters at most).`,
    );
  }
  return complainant !== 'person' && name.trim() === ''
    ? refused(
        'Hãy ghi họ tên người thừa kế hoặc người đại diện đứng đơn.',
        'State the name of the heir or representative who complains.',
      )
    : undefined;
}

/** What is wrong with a paper: its number, its day, its scan. */
export function letterObjection({ number, on, paper }: Document, today: LocalDate): Refused | undefined {
  if (number.trim() === '' || number.length > longestNumber || paper === '') {
    return refused(
      'Hãy ghi số văn bản và đính kèm bản quét (PDF, JPEG hoặc PNG).',
      'State the number of the paper and attach its scan (PDF, JPEG or PNG).',
    );
  }
  return !isLocalDate(on) || on > today
    ? refused('Hãy ghi ngày của văn bản, không ở tương lai.', 'State the day of the paper; it cannot be in the future.')
    : undefined;
}

const choose = refused('Hãy chọn người khiếu nại và nội dung khiếu nại.', 'Choose who complains and what it is about.');
const knownLetter = refused(
  'Đơn có số đến và ngày nhận này đã được ghi ở hồ sơ này. Hãy mở khiếu nại đã ghi.',
  'A letter with this number and day is registered on this case already. Open that complaint.',
);
