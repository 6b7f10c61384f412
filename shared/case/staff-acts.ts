/**
 * Use cases of the staff's accounts: one administrator proposes, another confirms; closing, the safe direction, needs one.
 * Nobody acts on an account of their own, by id, mail or citizen id.
 */
import type { Instant } from '../calendar.ts';
import { tidy } from '../vietnamese.ts';
import { type Account, isUnitRole, may, mayBeDeputy, type Role } from './access.ts';
import { commitDeciding } from './history.ts';
import { type Ports, type Refused, refused } from './ports.ts';
import {
  administratorsOf,
  administratorsStream,
  claimsOfTerms,
  fewestAdministrators,
  mailClaim,
  mailDigest,
  type PendingProposal,
  readStaff,
  sealIdentity,
  type Staff,
  staffChange,
  type StaffProposal,
  type StaffTerms,
  termsIn,
  tidyMail,
  unwritten,
} from './staff.ts';
import type { Change } from './store.ts';
import { readUnits } from './unit.ts';

/** What a form states of an account. An empty citizen id leaves the one that is known. */
export interface StaffWish {
  readonly name: string;
  readonly email: string;
  readonly citizenId: string;
  readonly role: Role;
  /** Codes of paying units. */
  readonly units: readonly string[];
  readonly isDeputy: boolean;
  readonly reason: string;
}

type StaffPorts = Pick<Ports, 'store' | 'vault' | 'now' | 'id'>;

/** A new account; nothing of it counts before another administrator confirms. */
export async function proposeStaff(
  wish: StaffWish,
  by: Account,
  ports: StaffPorts,
): Promise<{ readonly outcome: 'proposed'; readonly id: string } | Refused> {
  const id = ports.id();
  const against = await objection(wish, ports);
  if (against !== undefined) return against;
  const terms = await termsOf(id, wish, undefined, ports);
  return proposal(id, { change: 'open', terms, reason: wish.reason.trim() }, by, ports);
}

/** Another role, other units, another mail or name; of a closed account, its opening again. */
export async function proposeChange(
  id: string,
  wish: StaffWish,
  by: Account,
  ports: StaffPorts,
): Promise<{ readonly outcome: 'proposed'; readonly id: string } | Refused> {
  const against = await objection(wish, ports);
  if (against !== undefined) return against;
  const staff = await readStaff(ports.store, id);
  if (staff?.terms === undefined) return unknownAccount;
  const terms = await termsOf(id, wish, staff.terms, ports);
  const change = staff.status === 'closed' ? 'reopen' : 'change';
  return proposal(id, { change, terms, reason: wish.reason.trim() }, by, ports);
}

/** The person lost their phone: a new second factor may be enrolled once another administrator has confirmed. */
export async function proposeFactorReset(
  id: string,
  reason: string,
  by: Account,
  ports: StaffPorts,
): Promise<{ readonly outcome: 'proposed'; readonly id: string } | Refused> {
  if (!isReason(reason)) return noReason;
  return proposal(id, { change: 'reset-second-factor', reason: reason.trim() }, by, ports);
}

export async function confirmProposal(
  id: string,
  seq: number,
  by: Account,
  ports: StaffPorts,
): Promise<{ readonly outcome: 'confirmed'; readonly change: StaffProposal['change'] } | Refused> {
  let change: StaffProposal['change'] = 'change';
  const outcome = await commitDeciding(ports.store, async () => {
    const found = await pendingFor(id, seq, by, ports);
    if ('outcome' in found) return { stop: found };
    const { staff, pending } = found;
    if (!(await isOpenAdministrator(pending.by, ports))) {
      return {
        stop: refused(
          'Người đề nghị không còn là quản trị hệ thống. Hãy từ chối và để người khác đề nghị lại.',
          'Whoever proposed this is no administrator any more. Refuse it and let somebody else propose it.',
        ),
      };
    }
    ({ change } = pending.proposal);
    const administrators = await administratorChange(staff, pending.proposal, by.id, ports);
    if ('outcome' in administrators) return { stop: administrators };
    const entry = { kind: 'staff-confirmed', at: ports.now(), by: by.id, data: { proposal: seq } };
    const releases = claimsLeft(staff.terms, termsIn(pending.proposal) ?? staff.terms);
    return { changes: [staffChange(staff, entry, { releases }), ...administrators.changes] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'confirmed', change };
}

export async function refuseProposal(
  id: string,
  seq: number,
  reason: string,
  by: Account,
  ports: StaffPorts,
): Promise<{ readonly outcome: 'refused-proposal' } | Refused> {
  if (!isReason(reason)) return noReason;
  const outcome = await commitDeciding(ports.store, async () => {
    const found = await pendingFor(id, seq, by, ports);
    if ('outcome' in found) return { stop: found };
    const data = { proposal: seq, reason: reason.trim() };
    return { changes: [dropped(found, { kind: 'staff-refused', at: ports.now(), by: by.id, data })] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'refused-proposal' };
}

/** Whoever proposed takes it back; nothing has counted yet. */
export async function withdrawProposal(
  id: string,
  seq: number,
  by: Account,
  ports: StaffPorts,
): Promise<{ readonly outcome: 'withdrawn' } | Refused> {
  const outcome = await commitDeciding(ports.store, async () => {
    const staff = await readStaff(ports.store, id);
    const pending = staff?.pending;
    if (staff === undefined || pending?.seq !== seq) return { stop: dealtWith };
    if (pending.by !== by.id) {
      return { stop: refused('Chỉ người đề nghị được rút đề nghị.', 'Only whoever proposed it may take it back.') };
    }
    const entry = { kind: 'staff-withdrawn', at: ports.now(), by: by.id, data: { proposal: seq } };
    return { changes: [dropped({ staff, pending }, entry)] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'withdrawn' };
}

/** At once: every session ends, and what was proposed of the account is void. */
export async function closeStaff(
  id: string,
  reason: string,
  by: Account,
  ports: StaffPorts,
): Promise<{ readonly outcome: 'closed' } | Refused> {
  if (!isReason(reason)) return noReason;
  const outcome = await commitDeciding(ports.store, async () => {
    const staff = await readStaff(ports.store, id);
    if (staff?.status !== 'open') return { stop: notOpen };
    const barred = await barredFrom(staff, undefined, by, ports);
    if (barred !== undefined) return { stop: barred };
    const administrators = await administratorChange(staff, 'closed', by.id, ports);
    if ('outcome' in administrators) return { stop: administrators };
    const entry = { kind: 'staff-closed', at: ports.now(), by: by.id, data: { reason: reason.trim() } };
    const releases = claimsLeft(termsIn(staff.pending?.proposal), staff.terms);
    return { changes: [staffChange(staff, entry, { releases }), ...administrators.changes] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'closed' };
}

/** Notes that an invitation, or a link to set the password anew, is sent to the account's own mail. */
export async function recordInvitation(
  id: string,
  by: Account,
  ports: StaffPorts,
): Promise<{ readonly outcome: 'invited' } | Refused> {
  const outcome = await commitDeciding(ports.store, async () => {
    const staff = await readStaff(ports.store, id);
    if (staff?.status !== 'open') return { stop: notOpen };
    if (!may(by, 'staff.propose')) return { stop: notAdministrator };
    return { changes: [staffChange(staff, { kind: 'staff-invited', at: ports.now(), by: by.id, data: {} })] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'invited' };
}

/** The accounts of a demonstration or a trial, opened by the system; those that exist stay as they are. Never of real people. */
export async function registerStaff(accounts: readonly Account[], ports: StaffPorts): Promise<void> {
  const { store, vault, now } = ports;
  await commitDeciding<undefined>(store, async () => {
    const changes: Change[] = [];
    const joined: string[] = [];
    for (const { id, name, email, ...rest } of accounts) {
      if ((await readStaff(store, id)) !== undefined) continue;
      const identity = await sealIdentity(id, { name, email: tidyMail(email) }, vault);
      const terms: StaffTerms = {
        ...rest,
        units: [...rest.units],
        identity,
        mailDigest: await mailDigest(email, vault),
      };
      const entry = { kind: 'staff-registered', at: now(), by: 'system', data: { terms } };
      changes.push(staffChange(unwritten(id), entry, { claims: claimsOfTerms(terms) }));
      if (rest.role === 'administrator') joined.push(id);
    }
    if (changes.length === 0) return { stop: undefined };
    const readAt = (await store.read(administratorsStream)).length;
    const entries = joined.map((account) => joinedEntry(account, now(), 'system'));
    return {
      changes: entries.length === 0 ? changes : [...changes, { stream: administratorsStream, readAt, entries }],
    };
  });
}

const unknownAccount = refused('Không tìm thấy tài khoản này.', 'There is no such account.');
export const notOpen = refused(
  'Tài khoản này không mở: chưa được xác nhận hoặc đã đóng.',
  'This account is not open: it is not confirmed, or it is closed.',
);
const notAdministrator = refused('Chỉ quản trị hệ thống làm được việc này.', 'Only an administrator may do this.');
export const noReason = refused(
  'Hãy ghi lý do hoặc căn cứ (văn bản, ngày), không quá 500 ký tự.',
  'State the reason or the paper it rests on, in 500 characters at most.',
);
const dealtWith = refused(
  'Đề nghị này đã thay đổi hoặc đã được xử lý. Hãy mở lại trang tài khoản.',
  'This proposal has changed or was dealt with. Open the page of the account again.',
);
const ownAccount = refused(
  'Không ai được đề nghị, xác nhận, đóng tài khoản của chính mình (cùng tài khoản, cùng thư hoặc cùng số định danh). Hãy nhờ người quản trị khác.',
  'Nobody proposes, confirms or closes an account of their own (by account, mail or citizen id). Ask another administrator.',
);

export function isReason(reason: string): boolean {
  return reason.trim() !== '' && reason.length <= 500;
}

export async function objection(wish: StaffWish, { store }: StaffPorts): Promise<Refused | undefined> {
  const { name, email, citizenId, role, units, isDeputy, reason } = wish;
  if (tidy(name) === '' || name.length > 100) {
    return refused('Hãy ghi họ và tên, không quá 100 ký tự.', 'State the full name, in 100 characters at most.');
  }
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(tidyMail(email)) || email.length > 200) {
    return refused(
      'Thư điện tử chưa đúng. Hãy ghi đủ, ví dụ ten@nghean.gov.vn.',
      'The mail is not right. Write it in full, such as name@nghean.gov.vn.',
    );
  }
  if (citizenId !== '' && !/^\d{12}$/.test(citizenId)) {
    return refused('Số định danh cá nhân gồm 12 chữ số.', 'A citizen id has 12 digits.');
  }
  if (!isReason(reason)) return noReason;
  if (isDeputy && !mayBeDeputy(role)) {
    return refused(
      'Chỉ vai trò lãnh đạo Sở, lãnh đạo tỉnh có cấp phó. Hãy bỏ dấu “Cấp phó” hoặc chọn vai trò khác.',
      'Only leaders have deputies. Untick “Deputy” or choose another role.',
    );
  }
  return unitsObjection(role, units, await readUnits(store));
}

function unitsObjection(
  role: Role,
  units: readonly string[],
  known: ReadonlyMap<string, unknown>,
): Refused | undefined {
  if (isUnitRole(role) !== units.length > 0) {
    return isUnitRole(role)
      ? refused('Vai trò của đơn vị cần ít nhất một mã đơn vị.', 'A role of a unit needs the code of a unit.')
      : refused(
          'Chỉ vai trò của đơn vị có mã đơn vị. Hãy để trống ô đơn vị.',
          'Only the roles of a unit have units. Leave the units empty.',
        );
  }
  const strange = units.filter((code) => !known.has(code));
  return strange.length === 0 && units.length <= 50
    ? undefined
    : refused(
        `Không có trong sổ đăng ký: ${strange.slice(0, 5).join(', ')}. Ghi mã ĐVQHNS đã đăng ký, cách nhau bằng dấu phẩy, không quá 50 mã.`,
        `Not in the register: ${strange.slice(0, 5).join(', ')}. Write registered codes, commas between them, 50 at most.`,
      );
}

export async function termsOf(
  id: string,
  wish: StaffWish,
  before: StaffTerms | undefined,
  { vault }: StaffPorts,
): Promise<StaffTerms> {
  const { name, email, citizenId, role, units, isDeputy } = wish;
  const citizen = citizenId === '' ? before?.citizenDigest : await vault.digest('citizen', citizenId);
  return {
    role,
    units: [...new Set(units)],
    ...(isDeputy ? { isDeputy } : {}),
    identity: await sealIdentity(id, { name: tidy(name), email: tidyMail(email) }, vault),
    mailDigest: await mailDigest(email, vault),
    ...(citizen === undefined ? {} : { citizenDigest: citizen }),
  };
}

async function proposal(
  id: string,
  wanted: StaffProposal,
  by: Account,
  ports: StaffPorts,
): Promise<{ readonly outcome: 'proposed'; readonly id: string } | Refused> {
  const terms = termsIn(wanted);
  const outcome = await commitDeciding(ports.store, async () => {
    const staff = (await readStaff(ports.store, id)) ?? unwritten(id);
    const against = againstProposal(staff, wanted) ?? (await barredFrom(staff, terms, by, ports));
    if (against !== undefined) return { stop: against };
    const administrators = await administratorChange(staff, wanted, by.id, ports);
    if ('outcome' in administrators) return { stop: administrators };
    const entry = { kind: 'staff-proposed', at: ports.now(), by: by.id, data: wanted };
    return { changes: [staffChange(staff, entry, terms === undefined ? {} : { claims: claimsOfTerms(terms) })] };
  });
  if (outcome.outcome === 'claimed') return alreadyHeld(outcome.key);
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'proposed', id };
}

function againstProposal(staff: Staff, { change }: StaffProposal): Refused | undefined {
  if (staff.pending !== undefined) {
    return refused(
      'Tài khoản này đã có một đề nghị chờ người quản trị thứ hai. Hãy xử lý đề nghị đó trước.',
      'Something proposed of this account already waits for a second administrator. Deal with that first.',
    );
  }
  const wanted = { open: 'proposed', change: 'open', reopen: 'closed', 'reset-second-factor': 'open' } as const;
  return staff.status === wanted[change] ? undefined : notOpen;
}

export function alreadyHeld(key: string): Refused {
  return key.startsWith(mailClaim(''))
    ? refused(
        'Thư điện tử này đã thuộc một tài khoản, có thể đã đóng hoặc đang chờ xác nhận. Hãy tìm trong danh sách; tài khoản đã đóng thì đề nghị mở lại.',
        'This mail belongs to an account, perhaps a closed one or one that waits. Look in the list; a closed account is opened again.',
      )
    : refused(
        'Số định danh này đã thuộc một tài khoản: mỗi người chỉ có một tài khoản. Hãy đổi vai trò hoặc đề nghị mở lại tài khoản đó.',
        'This citizen id belongs to an account: nobody has two. Change the role of that account, or open it again.',
      );
}

interface Found {
  readonly staff: Staff;
  readonly pending: PendingProposal;
}

/** What was proposed, when this administrator is the second person to look at it. */
async function pendingFor(id: string, seq: number, by: Account, ports: StaffPorts): Promise<Found | Refused> {
  const staff = await readStaff(ports.store, id);
  const pending = staff?.pending;
  if (staff === undefined || pending?.seq !== seq) return dealtWith;
  if (pending.by === by.id) {
    return refused(
      'Đồng chí đã đề nghị việc này; người quản trị khác phải xác nhận hoặc từ chối.',
      'You proposed this; another administrator must confirm or refuse it.',
    );
  }
  return (await barredFrom(staff, termsIn(pending.proposal), by, ports)) ?? { staff, pending };
}

async function barredFrom(
  staff: Staff,
  wanted: StaffTerms | undefined,
  by: Account,
  { vault }: StaffPorts,
): Promise<Refused | undefined> {
  if (!may(by, 'staff.propose')) return notAdministrator;
  const mail = await mailDigest(by.email, vault);
  const isOwn = [staff.terms, termsIn(staff.pending?.proposal), wanted].some(
    (terms) =>
      terms !== undefined &&
      (terms.mailDigest === mail || (terms.citizenDigest !== undefined && terms.citizenDigest === by.citizenDigest)),
  );
  return isOwn || staff.id === by.id ? ownAccount : undefined;
}

async function isOpenAdministrator(id: string, { store }: StaffPorts): Promise<boolean> {
  const staff = await readStaff(store, id);
  return staff?.status === 'open' && staff.terms?.role === 'administrator';
}

/** The keys of the one that the other does not keep. */
function claimsLeft(gone: StaffTerms | undefined, kept: StaffTerms | undefined): readonly string[] {
  const still = kept === undefined ? [] : claimsOfTerms(kept);
  return gone === undefined ? [] : claimsOfTerms(gone).filter((key) => !still.includes(key));
}

function dropped({ staff, pending }: Found, entry: { kind: string; at: Instant; by: string; data: unknown }): Change {
  return staffChange(staff, entry, { releases: claimsLeft(termsIn(pending.proposal), staff.terms) });
}

export function joinedEntry(account: string, at: Instant, by: string) {
  return { kind: 'administrator-joined', at, by, data: { account } };
}

/** What a change does to the circle of open administrators, who are never fewer than two. */
async function administratorChange(
  staff: Staff,
  wanted: StaffProposal | 'closed',
  by: string,
  { store, now }: StaffPorts,
): Promise<{ readonly changes: readonly Change[] } | Refused> {
  const was = staff.status === 'open' && staff.terms?.role === 'administrator';
  const role = wanted === 'closed' ? undefined : (termsIn(wanted) ?? staff.terms)?.role;
  const is = role === 'administrator';
  if (was === is) return { changes: [] };
  const entries = await store.read(administratorsStream);
  if (was && administratorsOf(entries).size <= fewestAdministrators) {
    return refused(
      'Phải còn ít nhất hai quản trị hệ thống đang mở. Hãy mở thêm một tài khoản quản trị trước.',
      'Two administrators must stay open. Open another administrator first.',
    );
  }
  const entry = is
    ? joinedEntry(staff.id, now(), by)
    : { kind: 'administrator-left', at: now(), by, data: { account: staff.id } };
  return { changes: [{ stream: administratorsStream, readAt: entries.length, entries: [entry] }] };
}
