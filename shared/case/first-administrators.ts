/**
 * Use cases of whoever sets a province up: its first two administrators, opened at once. Only where the histories never knew an
 * administrator: since two must stay open ever after, nobody can be added so later. Administrators who came along with a
 * province that moved, and of whom nobody can sign in, may be invited anew, and only they.
 */
import * as z from 'zod';
import { tidy } from '../vietnamese.ts';
import type { Account } from './access.ts';
import { commitDeciding, dataOf } from './history.ts';
import { type Ports, type Refused, refused } from './ports.ts';
import {
  administratorsOf,
  administratorsStream,
  claimsOfTerms,
  fewestAdministrators,
  identityOwner,
  mailDigest,
  readStaff,
  setUpActor,
  staffChange,
  staffIdOf,
  unwritten,
} from './staff.ts';
import { alreadyHeld, isReason, joinedEntry, noReason, notOpen, objection, termsOf } from './staff-acts.ts';
import type { Change, Entry, Store } from './store.ts';

export interface FirstPerson {
  readonly name: string;
  readonly email: string;
}

export interface SettingUp {
  /** Whoever runs the command, as they say it: nothing proves it. Sealed with each account. */
  readonly operator: string;
  /** Number and date of the paper that names the administrators. */
  readonly document: string;
}

type SetUpPorts = Pick<Ports, 'store' | 'vault' | 'now' | 'id'>;

export interface ToInvite {
  /** `registered`: opened just now. `known`: they were there before. */
  readonly outcome: 'registered' | 'known';
  readonly ids: readonly string[];
}

/**
 * Who is to be invited; registers the two who are named where there was never an administrator. Nobody needs to be named where
 * there are some; whoever is named then must be they.
 */
export async function firstAdministrators(
  people: readonly FirstPerson[],
  by: SettingUp,
  canSignIn: (id: string) => Promise<boolean>,
  ports: SetUpPorts,
): Promise<ToInvite | Refused> {
  const against = setUpObjection(by);
  if (against !== undefined) return against;
  const outcome = await commitDeciding<ToInvite | Refused>(ports.store, async () => {
    const entries = await ports.store.read(administratorsStream);
    if (entries.length > 0) return { stop: await known([...administratorsOf(entries)], people, canSignIn, ports) };
    const wrong = await peopleObjection(people, by, ports);
    if (wrong !== undefined) return { stop: wrong };
    return { changes: await opening(people, by, ports) };
  });
  if (outcome.outcome === 'stopped') return outcome.stop;
  if (outcome.outcome === 'claimed') return alreadyHeld(outcome.key);
  const registered = administratorsOf(await ports.store.read(administratorsStream));
  return { outcome: 'registered', ids: [...registered] };
}

/** Notes that the administrator is invited by whoever sets the province up. */
export async function recordFirstInvitation(
  id: string,
  by: SettingUp,
  { store, vault, now }: SetUpPorts,
): Promise<{ readonly outcome: 'invited' } | Refused> {
  const outcome = await commitDeciding(store, async () => {
    const staff = await readStaff(store, id);
    if (staff?.status !== 'open' || staff.terms?.role !== 'administrator') return { stop: notOpen };
    const data = await statedBy(id, by, vault);
    return { changes: [staffChange(staff, { kind: 'staff-invited', at: now(), by: setUpActor, data })] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'invited' };
}

/** Whether the province was set up in earnest: its accounts are real people's, and no demonstration may join them. */
export async function wasSetUp(store: Store, demonstration: readonly Pick<Account, 'id'>[]): Promise<boolean> {
  const [first] = await store.read(administratorsStream);
  return first !== undefined && !demonstration.some(({ id }) => administratorsOf([first]).has(id));
}

const stated = z.object({ operator: z.string() });

/** Who stated that they ran the command; `undefined` when the account's key was erased. Throws for any other entry. */
export async function operatorOf(entry: Entry, vault: Ports['vault']): Promise<string | undefined> {
  return vault.open(identityOwner(staffIdOf(entry.stream)), dataOf(entry, stated).operator);
}

async function statedBy(id: string, { operator, document }: SettingUp, vault: Ports['vault']) {
  return { reason: document.trim(), operator: await vault.seal(identityOwner(id), operator.trim()) };
}

async function opening(people: readonly FirstPerson[], by: SettingUp, ports: SetUpPorts): Promise<readonly Change[]> {
  const changes: Change[] = [];
  const joined = [];
  for (const person of people) {
    const id = ports.id();
    const terms = await termsOf(id, wishOf(person, by), undefined, ports);
    const data = { terms, ...(await statedBy(id, by, ports.vault)) };
    const entry = { kind: 'staff-registered', at: ports.now(), by: setUpActor, data };
    changes.push(staffChange(unwritten(id), entry, { claims: claimsOfTerms(terms) }));
    joined.push(joinedEntry(id, ports.now(), setUpActor));
  }
  // Read as empty: of two who set the province up at once, one finds it taken.
  return [...changes, { stream: administratorsStream, readAt: 0, entries: joined }];
}

function wishOf({ name, email }: FirstPerson, { document }: SettingUp) {
  return { name, email, citizenId: '', role: 'administrator', units: [], isDeputy: false, reason: document } as const;
}

function setUpObjection({ operator, document }: SettingUp): Refused | undefined {
  if (!isReason(document)) return noReason;
  return operator.trim() !== '' && operator.length <= longestName
    ? undefined
    : refused(
        `Hãy ghi họ tên người chạy lệnh, không quá ${longestName} ký tự.`,
        `State who runs the command, in ${longestName} characters at most.`,
      );
}

const longestName = 100;

async function peopleObjection(
  people: readonly FirstPerson[],
  by: SettingUp,
  ports: SetUpPorts,
): Promise<Refused | undefined> {
  if (people.length !== fewestAdministrators) {
    return refused(
      'Tỉnh này chưa có quản trị hệ thống nào: hãy nêu đúng hai người.',
      'This province has no administrator yet: name exactly two people.',
    );
  }
  for (const person of people) {
    const against = await objection(wishOf(person, by), ports);
    if (against !== undefined) return against;
  }
  const mails = await Promise.all(people.map(async ({ email }) => mailDigest(email, ports.vault)));
  const names = people.map(({ name }) => tidy(name).toLowerCase());
  return new Set(mails).size === people.length && new Set(names).size === people.length
    ? undefined
    : refused(
        'Hai quản trị phải là hai người khác nhau, mỗi người một thư điện tử riêng. Nếu trùng họ tên, hãy ghi thêm chức danh vào tên.',
        'The two must be two people, each with a mail of their own. If their names are the same, add their titles.',
      );
}

async function known(
  ids: readonly string[],
  people: readonly FirstPerson[],
  canSignIn: (id: string) => Promise<boolean>,
  { store, vault }: SetUpPorts,
): Promise<ToInvite | Refused> {
  for (const id of ids) if (await canSignIn(id)) return hasAdministrators;
  const mails = await Promise.all(ids.map(async (id) => (await readStaff(store, id))?.terms?.mailDigest));
  const named = await Promise.all(people.map(async ({ email }) => mailDigest(email, vault)));
  const areThey =
    named.length === 0 || (named.length === mails.length && mails.every((mail) => named.some((one) => one === mail)));
  return areThey ? { outcome: 'known', ids } : areOthers;
}

const hasAdministrators = refused(
  'Tỉnh này đã có quản trị hệ thống đăng nhập được. Lệnh này không thêm và không mời ai nữa: hãy để người đó gửi lại thư mời, hoặc đề nghị tài khoản mới, ở trang Tài khoản.',
  'This province has an administrator who can sign in. This command adds and invites nobody any more: they invite again, or propose accounts, on the page of accounts.',
);
const areOthers = refused(
  'Tỉnh này đã có quản trị hệ thống, và họ không phải những người vừa nêu. Lệnh này không thêm ai: hãy bỏ --person để mời lại những người đã có.',
  'This province has administrators, and they are not those who were named. This command adds nobody: leave --person out to invite those who are there.',
);
