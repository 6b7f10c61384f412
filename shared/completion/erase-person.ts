/**
 * Erases what names a person: name, citizen id, account, contact, words of complaints and papers of theirs alone. Sums, days and
 * codes stay, and every hash with them. Lists and slips that name others too stay sealed as they are, and so do keyed digests.
 *
 * How long the law has a dossier kept is not known with certainty for every paper: vouchers ten years at least (Law on Accounting
 * 2015, article 41(5)), personnel papers by a term that was not read. So the last day is stated by the document that decides, two
 * officers answer for it, and only what is known is held against it: nothing open, and no duty to give money back that still runs.
 */
import { isLocalDate, type LocalDate, localDateOf, type Instant } from '../calendar.ts';
import type { Account, Role } from '../case/access.ts';
import { type Case, caseStream, readCase } from '../case/case.ts';
import { erasedKind, type Erasure, erasedOwners } from '../case/erased.ts';
import { commitDeciding } from '../case/history.ts';
import type { Status } from '../case/lifecycle.ts';
import { filesNamedBy } from '../case/named-files.ts';
import { readParts } from '../case/part.ts';
import { type Refused, refused } from '../case/ports.ts';
import { recoveriesOf, restOf } from '../case/recovery.ts';
import { returnDutyOf } from '../case/return-duty.ts';
import type { Entry, Store } from '../case/store.ts';
import { complaintsOf, isClosedComplaint } from './complaint.ts';

export interface ErasureWish extends Omit<Erasure, 'files'> {
  readonly caseId: string;
  /** An administrator's account, and that of a head of Home Affairs in `confirmedBy`. */
  readonly by: string;
}

export interface ErasurePorts {
  readonly store: Store;
  find(account: string): Promise<Pick<Account, 'id' | 'role'> | undefined>;
  /** Every entry of every history: a paper that another history names too is not this person's alone. */
  everyEntry(): AsyncIterable<Entry> | Iterable<Entry>;
  /** Erases keys for good. */
  erase(owners: readonly string[]): Promise<void>;
  now(): Instant;
}

/** The entry first, then the keys: one that died between is erased when it is run again, and by every verification named. */
export async function erasePerson(
  wish: ErasureWish,
  ports: ErasurePorts,
): Promise<{ readonly outcome: 'erased'; readonly keys: number } | Refused> {
  const against = (await unsigned(wish, ports)) ?? unstated(wish, localDateOf(ports.now()));
  if (against !== undefined) return against;
  const { caseId, by, ...said } = wish;
  const stream = caseStream(caseId);
  const files = await filesOfNobodyElse(stream, ports);
  const made = await commitDeciding(ports.store, async () => {
    const of = await readCase(ports.store, caseId);
    if (of === undefined) return { stop: refused('Không có hồ sơ này.', 'There is no such case.') };
    if (of.entries.some(({ kind }) => kind === erasedKind)) return { stop: undefined };
    const open = await stillOpen(of, wish.keptUntil, ports.store);
    if (open !== undefined) return { stop: open };
    const entry = { kind: erasedKind, at: ports.now(), by, data: { ...said, files } satisfies Erasure };
    return { changes: [{ stream, readAt: of.entries.length, entries: [entry] }] };
  });
  if (made.outcome === 'stopped' && made.stop !== undefined) return made.stop;
  const owners = [...erasedOwners(await ports.store.read(stream))];
  await ports.erase(owners);
  return { outcome: 'erased', keys: owners.length };
}

const officers: readonly (readonly [of: 'by' | 'confirmedBy', role: Role, vi: string, en: string])[] = [
  ['by', 'administrator', 'một quản trị hệ thống', 'an administrator'],
  ['confirmedBy', 'home-affairs-leader', 'lãnh đạo Sở Nội vụ', 'a head of Home Affairs'],
];

async function unsigned(wish: ErasureWish, { find }: ErasurePorts): Promise<Refused | undefined> {
  for (const [of, role, vi, en] of officers) {
    const account = await find(wish[of]);
    if (account?.role !== role) {
      return refused(`${wish[of]} không phải tài khoản đang mở của ${vi}.`, `${wish[of]} is no open account of ${en}.`);
    }
  }
  return undefined;
}

function unstated({ document, keptUntil, reason }: ErasureWish, today: LocalDate): Refused | undefined {
  const isWhole = document.number.trim() !== '' && isLocalDate(document.on) && document.on <= today;
  if (!isWhole || reason.trim() === '') {
    return refused(
      'Hãy ghi số, ngày (không sau hôm nay) của văn bản quyết định xóa, và lý do.',
      'State number and day (not after today) of the document that decides, and the reason.',
    );
  }
  if (!isLocalDate(keptUntil) || keptUntil >= today) {
    return refused(
      'Hãy ghi ngày cuối phải lưu giữ theo văn bản đó; ngày ấy phải đã qua. Chứng từ kế toán lưu ít nhất 10 năm; thời hạn của hồ sơ nhân sự do văn bản quyết định.',
      'State the last day of keeping by that document; it must have passed. Vouchers are kept ten years at least; for personnel papers the document says how long.',
    );
  }
  return undefined;
}

const closedAs: readonly Status[] = ['credited', 'paid-elsewhere', 'cancelled'];

/** What of the person is not at its end. */
async function stillOpen(of: Case, keptUntil: LocalDate, store: Store): Promise<Refused | undefined> {
  const parts = await readParts(store, of);
  const isAtEnd = parts.length === 0 ? of.assessment.outcome === 'not-entitled' : true;
  const recoveries = await recoveriesOf(of, store);
  const complaints = await complaintsOf(of, store);
  const isClosed =
    isAtEnd &&
    parts.every(({ status }) => closedAs.includes(status)) &&
    recoveries.every((one) => one.decided !== undefined && restOf(one) === 0n) &&
    complaints.every(({ state }) => isClosedComplaint(state));
  if (!isClosed) {
    return refused(
      'Hồ sơ chưa kết thúc: còn khoản chưa chi xong, khoản phải thu hồi hoặc khiếu nại. Chưa xóa được.',
      'The case is not at its end: a payment, a recovery or a complaint is open. Nothing can be erased yet.',
    );
  }
  const isPaid = parts.some(({ status }) => status !== 'cancelled');
  const leaveOn = of.submitted.facts.leaving?.on;
  if (of.assessment.outcome !== 'entitled' || !isPaid || leaveOn === undefined) return undefined;
  const duty = returnDutyOf(of.assessment.regime, leaveOn);
  if (duty.duty !== 'owed' || keptUntil >= duty.until) return undefined;
  return refused(
    `Người này còn nghĩa vụ hoàn trả khi được tuyển dụng lại đến hết ngày ${duty.until}: hồ sơ phải giữ ít nhất đến ngày đó.`,
    `Until ${duty.until} re-entering brings a duty to return the money: the case must be kept at least so long.`,
  );
}

async function filesOfNobodyElse(stream: string, { store, everyEntry }: ErasurePorts): Promise<string[]> {
  const own = new Set((await store.read(stream)).flatMap(filesNamedBy));
  for await (const entry of everyEntry()) {
    if (entry.stream !== stream) for (const hash of filesNamedBy(entry)) own.delete(hash);
  }
  return [...own].toSorted();
}
