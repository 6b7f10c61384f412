/**
 * Use cases around the answer: the paper that was asked for comes, the person takes the complaint back, what was upheld is
 * mended and closed, the person goes on to the provincial chair or a court.
 */
import { localDateOf } from '../calendar.ts';
import type { Account } from '../case/access.ts';
import { commitDeciding } from '../case/history.ts';
import { readCase } from '../case/case.ts';
import { partChange, readParts } from '../case/part.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { allRows, type Change, type NewEntry } from '../case/store.ts';
import { dueOf, holdReason, noSuchComplaint, notNow } from './answer-complaint.ts';
import {
  complaintChange,
  complaintStream,
  type Document,
  isClosedComplaint,
  readComplaint,
  sealWords,
} from './complaint.ts';
import { type ComplaintStanding, isOfBody, mendedSince, openComplaint } from './complaint-standing.ts';
import { letterObjection } from './register-complaint.ts';

interface PaperAndWords {
  readonly words: string;
  readonly document: Document;
}
type Done = { readonly outcome: 'done' };
type Step = { readonly entries: readonly Omit<NewEntry, 'at' | 'by'>[]; readonly others?: readonly Change[] };

/** What was asked for is there: whoever answers goes on. */
export async function bringMore(id: string, more: PaperAndWords, by: Account, ports: Ports): Promise<Done | Refused> {
  return step(id, more, by, ports, ({ complaint }, data) =>
    complaint.state === 'more-asked' ? { entries: [{ kind: 'more-brought', data }] } : notNow,
  );
}

/** By the person's signed letter, before there is an answer. */
export async function withdrawComplaint(
  id: string,
  letter: PaperAndWords,
  by: Account,
  ports: Ports,
): Promise<Done | Refused> {
  return step(id, letter, by, ports, ({ complaint: { state } }, data) =>
    state === 'registered' || state === 'accepted' || state === 'more-asked'
      ? { entries: [{ kind: 'withdrawn', data }] }
      : notNow,
  );
}

export const secondLevels = ['provincial-chair', 'court'] as const;
export type SecondLevel = (typeof secondLevels)[number];

/** Only recorded: who answers there is not of this system. */
export async function recordSecondLevel(
  id: string,
  { to: wish, ...letter }: PaperAndWords & { readonly to: string },
  by: Account,
  ports: Ports,
): Promise<Done | Refused> {
  const to = secondLevels.find((one) => one === wish);
  if (to === undefined) return refused('Hãy chọn nơi khiếu nại, khởi kiện tiếp.', 'Choose where the person goes on.');
  return step(id, letter, by, ports, ({ complaint: { state } }, data) =>
    isClosedComplaint(state) && state !== 'withdrawn'
      ? { entries: [{ kind: 'second-level', data: { ...data, to } }] }
      : notNow,
  );
}

/** Only once what was wrong is mended; parts that were held for it go on. */
export async function closeComplaint(
  id: string,
  closing: { readonly words: string },
  by: Account,
  ports: Ports,
): Promise<Done | Refused> {
  if (closing.words.trim() === '') {
    return refused(
      'Hãy ghi kết quả đã sửa để người khiếu nại được biết.',
      'State what was mended, for the complainant.',
    );
  }
  return step(id, closing, by, ports, async (standing, data) => {
    const { state, mended: noted } = standing.complaint;
    if (state !== 'upheld' && state !== 'mended') return notNow;
    if (!isOfBody(standing, by)) return notYours;
    const mended = noted ?? (await mendedSince(standing, ports.store));
    if (mended === undefined) return notMended;
    const found = noted === undefined ? [{ kind: 'mended', data: mended }] : [];
    return { entries: [...found, { kind: 'closed', data }], others: resumed(standing, by.id, ports.now()) };
  });
}

/** Those that the complaint held and that nobody has touched since. */
function resumed({ complaint, of, parts }: ComplaintStanding, by: string, at: string): readonly Change[] {
  const reason = holdReason(complaint);
  const ours = parts.filter(
    ({ id, status, last }) =>
      status === 'held' && last.reason === reason && complaint.upheld?.holds.includes(id) === true,
  );
  return ours.flatMap((part) => {
    const { heldFrom } = part;
    if (heldFrom === undefined) return [];
    const why = `Đã giải quyết xong khiếu nại số đến ${complaint.number}`;
    const data = { status: heldFrom, reason: why };
    return [partChange(of, part, [{ kind: 'resume', at, by, data }], { reason: why })];
  });
}

async function step(
  id: string,
  { words, document: given }: { readonly words: string; readonly document?: Document },
  by: Account,
  { store, vault, now }: Ports,
  decide: (standing: ComplaintStanding, data: object) => Step | Refused | Promise<Step | Refused>,
): Promise<Done | Refused> {
  const document = given === undefined ? undefined : { ...given, number: given.number.trim() };
  const outcome = await commitDeciding(store, async () => {
    const standing = await openComplaint(store, id, by);
    if (standing === undefined) return { stop: noSuchComplaint };
    const at = now();
    const against = document === undefined ? undefined : letterObjection(document, localDateOf(at));
    if (against !== undefined) return { stop: against };
    const sealed = await sealWords(vault, standing.complaint.caseId, { text: words.trim().slice(0, 4000) });
    const made = await decide(standing, { sealed, ...(document === undefined ? {} : { document }) });
    if ('outcome' in made) return { stop: made };
    const entries = made.entries.map((entry) => ({ ...entry, at, by: by.id }));
    return { changes: [complaintChange(standing.complaint, entries, dueOf), ...(made.others ?? [])] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'done' };
}

/** Looks after every complaint that was upheld; they are few at any time. */
export async function followUpheld(ports: Pick<Ports, 'store' | 'now'>): Promise<void> {
  for await (const { stream } of allRows(ports.store, { kind: 'complaint', status: 'upheld' }))
    await noteMended(stream.slice(complaintStream('').length), ports);
}

/** Notes that what was upheld is mended, where it is: whoever answered is next, to close it. Harmless to repeat. */
async function noteMended(id: string, { store, now }: Pick<Ports, 'store' | 'now'>): Promise<void> {
  await commitDeciding(store, async () => {
    const complaint = await readComplaint(store, id);
    const of = complaint && (await readCase(store, complaint.caseId));
    if (complaint?.state !== 'upheld' || of === undefined) return { stop: 'not upheld' };
    const parts = await readParts(store, of);
    const mended = await mendedSince({ complaint, of, parts }, store);
    if (mended === undefined) return { stop: 'not mended' };
    const entry = { kind: 'mended', at: now(), by: 'system', data: mended };
    return { changes: [complaintChange(complaint, [entry], dueOf)] };
  });
}

const notYours = refused(
  'Khiếu nại này do cơ quan khác trả lời và kết thúc.',
  'Another body answers this complaint and closes it.',
);
const notMended = refused(
  'Chưa kết thúc được: việc phải sửa chưa làm xong. Hồ sơ phải được tính lại, tài khoản phải được sửa, hoặc tiền phải về.',
  'It cannot be closed yet: what was wrong is not mended. The case must be computed again, the account mended, or the money paid.',
);
