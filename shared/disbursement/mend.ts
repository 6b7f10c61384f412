/**
 * Use cases after a payment came back: the unit's clerk brings the person's signed request for another account, a
 * second person of the unit confirms it, and only then Finance orders again. Whoever pays never edits accounts.
 */
import { type Account, mayReach } from '../case/access.ts';
import { accountKey, type BankAccount, type Case, caseStream, readCase } from '../case/case.ts';
import { commitDeciding } from '../case/history.ts';
import { readOrder } from '../case/order.ts';
import { type Part, partChange, readPart } from '../case/part.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import type { Change } from '../case/store.ts';

const notBack = refused(
  'Chỉ sửa tài khoản sau khi khoản chi bị từ chối hoặc bị chuyển trả.',
  'An account is corrected only after its payment was refused or returned.',
);

export interface Correction {
  readonly part: string;
  readonly account: BankAccount;
  readonly reason: string;
  /** The person's signed request, in Files. */
  readonly paper: string;
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
    return {
      changes: [caseEntry(found.of, 'account-proposed', at, by.id, data), mendingChange(found, 'proposed', at, by.id)],
    };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'proposed' };
}

async function proposalObjection(
  { account, reason, paper }: Correction,
  { of, part }: Found,
  { vault }: Ports,
): Promise<Refused | undefined> {
  if (part.status !== 'refused' && part.status !== 'returned') return notBack;
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
  return isSame && part.status === 'returned'
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
    if (found.part.status !== 'refused' && found.part.status !== 'returned') return { stop: notBack };
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
    const data = { accountDigest: digest };
    return {
      changes: [
        caseEntry(found.of, 'account-confirmed', at, by.id, data),
        mendingChange(found, 'confirmed', at, by.id),
      ],
    };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'confirmed' };
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
    if ((part.status !== 'refused' && part.status !== 'returned') || part.batch === undefined) return { stop: notBack };
    if (part.wantsOrder)
      return { stop: refused('Khoản chi lại đã được yêu cầu.', 'A new order was asked for already.') };
    const last = part.ordered && (await readOrder(ports.store, part.ordered.reference));
    if (last?.isContradicted === true) return { stop: contradictedFirst };
    if (!part.isMended) return { stop: notMended };
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

const notMended = refused(
  'Tài khoản chưa được đơn vị sửa và người thứ hai xác nhận. Chưa thể lập khoản chi lại.',
  'The unit has not corrected the account with a second person confirming it. It cannot be ordered again yet.',
);

interface Found {
  readonly of: Case;
  readonly part: Part;
}

async function caseAndPart(partId: string, by: Account, { store }: Ports): Promise<Found | Refused> {
  const part = await readPart(store, partId);
  const of = part && (await readCase(store, part.caseId));
  if (part === undefined || of === undefined || !mayReach(by, of.submitted.payingUnit)) {
    return refused('Không tìm thấy hồ sơ này.', 'There is no such case.');
  }
  return { of, part };
}

function caseEntry(of: Case, kind: string, at: string, by: string, data: unknown): Change {
  return { stream: caseStream(of.id), readAt: of.entries.length, entries: [{ kind, at, by, data }] };
}

/** The part stays where it is; its row shows how far the mending is. */
function mendingChange({ of, part }: Found, mending: 'proposed' | 'confirmed', at: string, by: string): Change {
  const reason = part.last.reason === undefined ? {} : { reason: part.last.reason };
  const step = { kind: `account-${mending}`, at, by, data: { status: part.status, ...reason } };
  return partChange(of, part, [step], { mending, ...reason });
}
