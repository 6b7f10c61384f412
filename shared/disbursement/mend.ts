/**
 * Use cases of another account: the unit's clerk brings the person's signed request, a second person of the unit confirms
 * it. Before a batch the case is then appraised anew; after a payment came back Finance orders again. Whoever pays never
 * edits accounts.
 */
import type { Account } from '../case/access.ts';
import {
  accountKey,
  accountOf,
  type BankAccount,
  type Case,
  caseHashOf,
  caseRow,
  caseStream,
  likenessClaim,
  readCase,
} from '../case/case.ts';
import { readEstimate } from '../case/funding.ts';
import { commitDeciding } from '../case/history.ts';
import { isBeforeBatch } from '../case/lifecycle.ts';
import { readOrder } from '../case/order.ts';
import { assessedAnew, mayOpen, type Part, partChange, readPart, readParts, standsAt } from '../case/part.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import type { Change, NewEntry } from '../case/store.ts';
import { fold } from '../vietnamese.ts';

const notNow = refused(
  'Hồ sơ đang trong đợt hoặc tiền đang đi, nên chưa đổi được tài khoản. Hãy đề nghị người xác nhận đưa người này ra khỏi danh sách, hoặc đợi khoản chi bị từ chối, chuyển trả.',
  'The case is in a batch or its money is on its way. Ask a confirmer to take the person out, or wait until the payment is refused or returned.',
);

function isBack({ status }: Part): boolean {
  return status === 'refused' || status === 'returned';
}

/** Nothing rests on the account yet, a payment to it came back, or the person's case is held and an heir is to be paid. */
function mayChangeAccount({ parts, of }: Found, hasHeir: boolean): boolean {
  if (parts.some(isBack) || (hasHeir && parts.some(({ status }) => status === 'held'))) return true;
  return parts.every((part) => isBeforeBatch(standsAt(part))) && of.submitted.difference === undefined;
}

export interface Correction {
  readonly part: string;
  readonly account: BankAccount;
  readonly reason: string;
  /** The person's signed request, in Files. */
  readonly paper: string;
}

/** The parts that the account is changed for: whose payment came back, or all of them. */
function concerned({ parts }: Found): readonly Part[] {
  const back = parts.filter(isBack);
  return back.length > 0 ? back : parts;
}

export async function proposeAccount(
  correction: Correction,
  by: Account,
  ports: Ports,
): Promise<{ readonly outcome: 'proposed' } | Refused> {
  const { store, vault, now } = ports;
  const outcome = await commitDeciding(store, async () => {
    const found = await caseAndPart(correction.part, by, ports);
    if ('outcome' in found) return { stop: found };
    const against = await proposalObjection(correction, found, ports);
    if (against !== undefined) return { stop: against };
    const at = now();
    const data = {
      account: await vault.seal(found.of.id, JSON.stringify(correction.account)),
      accountDigest: await vault.digest('account', accountKey(correction.account)),
      reason: correction.reason.trim(),
      paper: correction.paper,
    };
    const shown = concerned(found).map((part) => mendingChange(found.of, part, 'proposed', at, by.id));
    return { changes: [caseEntry(found.of, 'account-proposed', at, by.id, data), ...shown] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'proposed' };
}

async function proposalObjection(
  { account, reason, paper }: Correction,
  found: Found,
  { vault }: Ports,
): Promise<Refused | undefined> {
  const { of, part } = found;
  const heir = account.heir;
  if (!mayChangeAccount(found, heir !== undefined)) return notNow;
  if (heir !== undefined && (heir.fullName.trim() === '' || heir.relation.trim() === '')) {
    return refused(
      'Hãy ghi họ tên người thừa kế được nhận và quan hệ với người đã mất.',
      'State the name of the heir who is to be paid, and the relation to the person who died.',
    );
  }
  if (heir !== undefined && fold(heir.fullName) !== fold(account.holder)) {
    return refused('Tài khoản phải đứng tên người thừa kế được nhận.', "The account must be in the heir's own name.");
  }
  if (!/^\d{6,20}$/.test(account.number)) {
    return refused(
      'Số tài khoản gồm 6 đến 20 chữ số, không có dấu cách.',
      'An account number has 6 to 20 digits and no spaces.',
    );
  }
  if (account.holder.trim() === '' || account.bank === '') {
    return refused('Hãy ghi tên chủ tài khoản và chọn ngân hàng.', 'State the holder and choose the bank.');
  }
  if (reason.trim() === '' || paper === '') {
    return refused(
      'Hãy ghi lý do và đính kèm đơn đề nghị có chữ ký của người hưởng.',
      "State the reason and attach the person's signed request.",
    );
  }
  // After a refusal the account may be right as it stands; a second person still confirms that.
  const isSame = (await vault.digest('account', accountKey(account))) === of.account.digest;
  return isSame && part.status !== 'refused'
    ? refused('Tài khoản này trùng với tài khoản đang có.', 'This is the account that is there already.')
    : undefined;
}

export async function confirmAccount(
  partId: string,
  digest: string,
  by: Account,
  ports: Ports,
): Promise<{ readonly outcome: 'confirmed' } | Refused> {
  const outcome = await commitDeciding(ports.store, async () => {
    const found = await caseAndPart(partId, by, ports);
    if ('outcome' in found) return { stop: found };
    const { proposed } = found.of;
    const hasHeir = proposed !== undefined && (await isHeirs(found.of, proposed, ports));
    if (!mayChangeAccount(found, hasHeir)) return { stop: notNow };
    if (proposed?.digest !== digest) {
      return {
        stop: refused(
          'Đề nghị này đã thay đổi hoặc đã được xử lý. Hãy mở lại hồ sơ.',
          'This request has changed or was dealt with. Open the case again.',
        ),
      };
    }
    if (proposed.by === by.id) {
      return {
        stop: refused(
          'Người xác nhận phải khác người đề nghị.',
          'Whoever confirms must be another person than whoever proposed.',
        ),
      };
    }
    const at = ports.now();
    const { data, claims } = await confirmation(found, proposed, ports);
    const isAfterFreezing = hasHeir || found.parts.some(isBack);
    const said = isAfterFreezing ? { ...data, isAfterFreezing } : data;
    const entry = { kind: 'account-confirmed', at, by: by.id, data: said };
    return { changes: confirmedChanges(found, proposed, { entry, claims }) };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'confirmed' };
}

async function isHeirs({ id }: Case, { sealed }: Proposed, { vault }: Ports): Promise<boolean> {
  return (await accountOf(vault, id, sealed)).heir !== undefined;
}

type Proposed = NonNullable<Case['proposed']>;
type Claims = Pick<Change, 'claims' | 'releases'>;

/** What the history says of the confirmed account, and the key that tells when another case has the same one. */
async function confirmation(
  { of }: Found,
  { sealed, digest }: Proposed,
  { store, vault }: Ports,
): Promise<{ readonly data: object; readonly claims: Claims }> {
  const { bank, number } = await accountOf(vault, of.id, sealed);
  const likeness = await vault.digest('account', `${bank}/${number}`);
  const claim = likenessClaim('account', likeness);
  const holder = await store.holderOf(claim);
  const own = caseStream(of.id);
  const isFree = holder === undefined || holder === own;
  const before = of.submitted.likeness && likenessClaim('account', of.submitted.likeness.account);
  const wasOwn = before !== undefined && before !== claim && (await store.holderOf(before)) === own;
  const alike = isFree ? {} : { alike: holder.slice(caseStream('').length) };
  return {
    data: { accountDigest: digest, likeness, ...alike },
    claims: { claims: holder === undefined ? [claim] : [], releases: wasOwn ? [before] : [] },
  };
}

/**
 * Another account is another case to whoever appraises: its hash changes, and parts before a batch go back to where they
 * began. What was ordered is mended; what waits for its order is paid to the account as it is now.
 */
function confirmedChanges(
  { of: before, parts }: Found,
  { sealed, digest }: Proposed,
  { entry, claims }: { readonly entry: NewEntry; readonly claims: Claims },
): readonly Change[] {
  const { proposed: _, ...of } = before;
  const { assessment, readings } = of;
  const { at, by } = entry;
  const anew = parts.filter((part) => part.ordered === undefined && isBeforeBatch(standsAt(part)));
  const caseHash = anew.length === 0 ? of.caseHash : caseHashOf({ ...of.submitted, accountDigest: digest }, assessment);
  const now: Case = { ...of, account: { sealed, digest }, caseHash };
  const computed = { kind: 'assessed', at, by: 'system', data: { assessment, caseHash, readings } };
  const mended = parts.filter((part) => !anew.includes(part) && !isOver(part));
  return [
    {
      stream: caseStream(of.id),
      readAt: of.entries.length,
      entries: anew.length === 0 ? [entry] : [entry, computed],
      ...(anew.length === 0 ? {} : { row: caseRow(of.submitted, assessment) }),
      ...claims,
    },
    ...anew.map((part) => assessedAnew(now, part, at)),
    ...mended.map((part) => mendingChange(now, part, 'confirmed', at, by)),
  ];
}

function isOver({ status }: Part): boolean {
  return status === 'credited' || status === 'paid-elsewhere' || status === 'cancelled';
}

/** Finance asks for a new order, once two people of the unit have brought the account in order. */
export async function orderAgain(
  partId: string,
  reason: string,
  by: Account,
  ports: Ports,
): Promise<{ readonly outcome: 'asked'; readonly batchId: string } | Refused> {
  let batchId = '';
  const outcome = await commitDeciding(ports.store, async () => {
    const found = await caseAndPart(partId, by, ports);
    if ('outcome' in found) return { stop: found };
    const { part, of } = found;
    if (!isBack(part) || part.batch === undefined) return { stop: notBack };
    if (part.wantsOrder)
      return { stop: refused('Khoản chi lại đã được yêu cầu.', 'A new order was asked for already.') };
    const last = part.ordered && (await readOrder(ports.store, part.ordered.reference));
    if (last?.isContradicted === true) return { stop: contradictedFirst };
    if (!part.isMended) return { stop: notMended };
    const estimate = await readEstimate(ports.store, last?.unit ?? '', part.source);
    if (last !== undefined && estimate.blocked.has(last.reference)) return { stop: stillBlocked };
    batchId = part.batch.id;
    const at = ports.now();
    const step = {
      kind: 'order-again',
      at,
      by: by.id,
      data: { status: part.status, ...(reason === '' ? {} : { reason }) },
    };
    return { changes: [partChange(of, part, [step], { mending: 'again' })] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'asked', batchId };
}

const contradictedFirst = refused(
  'Kết quả của khoản chi trước đang trái ngược nhau (có tệp ghi đã báo có). Lãnh đạo Sở Tài chính phải đối chiếu và giải thích trước khi chi lại.',
  'The results of the order before contradict one another. The Finance leader must explain them before it is paid again.',
);

const stillBlocked = refused(
  'Tiền chuyển trả chưa được ghi nhận đã về dự toán hay về tài khoản tiền gửi của đơn vị. Kế toán trưởng đơn vị ghi theo chứng từ của Kho bạc (trang Chi trả, mục Tiền chuyển trả), rồi mới chi lại.',
  "Nobody has recorded yet whether the returned money is back in the estimate or in the unit's deposit account. Its chief accountant does so first, by the Treasury's paper.",
);

const notBack = refused(
  'Chỉ lập khoản chi lại sau khi khoản chi trước bị từ chối hoặc bị chuyển trả.',
  'A payment is ordered again only after the one before was refused or returned.',
);

const notMended = refused(
  'Tài khoản chưa được đơn vị sửa và người thứ hai xác nhận. Chưa thể lập khoản chi lại.',
  'The unit has not corrected the account with a second person confirming it. It cannot be ordered again yet.',
);

interface Found {
  readonly of: Case;
  /** The one that is acted on, and all of the case. */
  readonly part: Part;
  readonly parts: readonly Part[];
}

async function caseAndPart(partId: string, by: Account, { store }: Ports): Promise<Found | Refused> {
  const part = await readPart(store, partId);
  const of = part && (await readCase(store, part.caseId));
  if (part === undefined || of === undefined || !mayOpen(by, of, part)) {
    return refused('Không tìm thấy hồ sơ này.', 'There is no such case.');
  }
  return { of, part, parts: await readParts(store, of) };
}

function caseEntry(of: Case, kind: string, at: string, by: string, data: unknown): Change {
  return { stream: caseStream(of.id), readAt: of.entries.length, entries: [{ kind, at, by, data }] };
}

/** The part stays where it is; its row shows how far the mending is. */
function mendingChange(of: Case, part: Part, mending: 'proposed' | 'confirmed', at: string, by: string): Change {
  const reason = part.last.reason === undefined ? {} : { reason: part.last.reason };
  const held = part.heldFrom === undefined ? {} : { heldFrom: part.heldFrom };
  const step = { kind: `account-${mending}`, at, by, data: { status: part.status, ...reason, ...held } };
  return partChange(of, part, [step], { mending, ...reason });
}
