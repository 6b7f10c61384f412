/** Use cases: a named officer holds a part, lets it go on, or ends it, each with a reason that lands in the history. */
import type { Account } from '../case/access.ts';
import { type Case, caseRow, caseStream, citizenClaim, likenessClaim, readCase, type Submitted } from '../case/case.ts';
import { openEstimateBook } from '../case/funding.ts';
import { commitDeciding } from '../case/history.ts';
import { firstStatus, mayFollow, type Status } from '../case/lifecycle.ts';
import { readOrder } from '../case/order.ts';
import { caseIdOf, mayOpen, openCase, type Part, partChange, readPart, readParts } from '../case/part.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { freeReservation } from '../case/reservations.ts';
import type { Change, Store } from '../case/store.ts';

export type HoldAct = 'hold' | 'resume' | 'cancel';

export async function holdPart(
  partId: string,
  act: HoldAct,
  reason: string,
  account: Account,
  { store, now }: Ports,
): Promise<{ readonly outcome: 'done'; readonly batchId?: string } | Refused> {
  let batchId: string | undefined;
  const outcome = await commitDeciding(store, async () => {
    const part = await readPart(store, partId);
    const of = await readCase(store, caseIdOf(partId));
    if (part === undefined || of === undefined || !mayOpen(account, of, part))
      return { stop: refused('Không tìm thấy hồ sơ này.', 'There is no such case.') };
    if (reason.trim() === '') return { stop: refused('Hãy ghi lý do.', 'State the reason.') };
    const status = statusAfter(part, act);
    if (status === undefined || !mayFollow(part.status, status)) return { stop: notNow };
    const order = part.ordered && (await readOrder(store, part.ordered.reference));
    if (act === 'cancel' && order?.isContradicted === true) return { stop: contradictedFirst };
    batchId = part.batch?.id;
    const by = account.id;
    const at = now();
    const data = { status, reason: reason.trim(), ...(act === 'hold' ? { heldFrom: part.status } : {}) };
    const change = partChange(of, part, [{ kind: act, at, by, data }], { reason: reason.trim() });
    const others = act === 'cancel' ? (await readParts(store, of)).filter(({ id }) => id !== partId) : [];
    const ending = act === 'resume' ? [] : await endingChanges({ of, part, others }, act, { at, by, store });
    return { changes: [change, ...ending] };
  });
  if (outcome.outcome === 'stopped') return outcome.stop;
  return batchId === undefined ? { outcome: 'done' } : { outcome: 'done', batchId };
}

/**
 * What a part takes with it: money reserved for an order that will not be, or not now, is free again; and the person may be
 * submitted again if nothing was ever ordered for them.
 */
async function endingChanges(
  { of, part, others }: { readonly of: Case; readonly part: Part; readonly others: readonly Part[] },
  act: HoldAct,
  { at, by, store }: { readonly at: string; readonly by: string; readonly store: Store },
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  const isLast = others.every(({ status, ordered }) => status === 'cancelled' && ordered === undefined);
  if (act === 'cancel' && part.ordered === undefined && isLast) changes.push(closingChange(of, at, by));
  const book = openEstimateBook(store);
  await freeReservation({ of, part, at }, book, store);
  return [...changes, ...book.changes()];
}

function closingChange(of: Case, at: string, by: string): Change {
  return {
    stream: caseStream(of.id),
    readAt: of.entries.length,
    entries: [{ kind: 'closed', at, by, data: {} }],
    row: { ...caseRow(of.submitted, of.assessment), status: 'closed' },
    releases: [citizenClaim(of.submitted.citizenDigest), ...likenessClaims(of.submitted)],
  };
}

/** Only those that this very case holds are given back. */
function likenessClaims({ likeness }: Submitted): readonly string[] {
  if (likeness === undefined) return [];
  return [likenessClaim('account', likeness.account), likenessClaim('person', likeness.person)];
}

/**
 * Use case: the unit takes back a case that Home Affairs has not appraised yet, to submit it again corrected. So do
 * cases without a sum: papers missing, not entitled, or to be decided by a person.
 */
export async function withdrawCase(
  caseId: string,
  reason: string,
  by: Account,
  { store, now }: Ports,
): Promise<{ readonly outcome: 'withdrawn' } | Refused> {
  const outcome = await commitDeciding(store, async () => {
    const opened = await openCase(store, caseId, by);
    if (opened === undefined) return { stop: refused('Không tìm thấy hồ sơ này.', 'There is no such case.') };
    const { of, parts } = opened;
    if (reason.trim() === '') return { stop: refused('Hãy ghi lý do.', 'State the reason.') };
    const isClosed = of.entries.some(({ kind }) => kind === 'closed');
    if (isClosed || !parts.every((part) => mayBeWithdrawn(of, part))) {
      return { stop: tooLateToWithdraw };
    }
    const at = now();
    const data = { status: 'cancelled', reason: reason.trim() } as const;
    const ended = parts.map((part) =>
      partChange(of, part, [{ kind: 'cancel', at, by: by.id, data }], { reason: data.reason }),
    );
    return { changes: [closingChange(of, at, by.id), ...ended] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'withdrawn' };
}

/** Nobody has appraised it as it is now, or it came back to the unit. */
export function mayBeWithdrawn({ submitted }: Case, { status }: Part): boolean {
  return status === firstStatus(submitted.block) || status === 'with-unit';
}

const tooLateToWithdraw = refused(
  'Hồ sơ đã được thẩm định hoặc đã kết thúc; đơn vị không rút lại được. Hãy đề nghị Sở Nội vụ tạm dừng hoặc kết thúc.',
  'The case was appraised or has ended; the unit cannot take it back. Ask Home Affairs to hold or end it.',
);

function statusAfter({ heldFrom }: Part, act: HoldAct): Status | undefined {
  if (act === 'hold') return 'held';
  return act === 'cancel' ? 'cancelled' : heldFrom;
}

const contradictedFirst = refused(
  'Kết quả của khoản chi đang trái ngược nhau; lãnh đạo Sở Tài chính phải đối chiếu trước khi kết thúc hồ sơ.',
  'The results of the order contradict one another; the Finance leader must explain them before the case is ended.',
);

const notNow = refused(
  'Hồ sơ đang ở bước không thể tạm dừng hay kết thúc (đang được xác nhận hoặc tiền đang đi). Trong đợt đang thẩm định, người xác nhận có thể đưa người này ra khỏi danh sách.',
  'The case is at a point where it cannot be held or ended (being confirmed, or money on its way). In a batch under approval the confirmer can take this person out.',
);
