/**
 * Accounts of the embedded provider: who they are is told by their histories, their passwords and codes by the scratch
 * store; and the accounts of the demonstration.
 */
import { createHash } from 'node:crypto';
import { Secret } from 'otpauth';
import { type Account, needsSecondFactor, roles, type Role } from '../../shared/case/access.ts';
import type { Directory, Vault } from '../../shared/case/ports.ts';
import {
  accountOfStaff,
  identityOwner,
  mailClaim,
  mailDigest,
  readStaff,
  type Staff,
  staffIdOf,
  tidyMail,
} from '../../shared/case/staff.ts';
import { registerStaff } from '../../shared/case/staff-acts.ts';
import type { Store } from '../../shared/case/store.ts';
import { staffDirectory } from '../../functions/home/directory.ts';
import type { SignInRecord, SignIns } from '../../functions/web/ports.ts';
import { credentials, type Outcome } from './credentials.ts';
import type { SqliteScratch } from './scratch.ts';
import { acceptableCode, codeAt, newSecret } from './second-factor.ts';
import { noteSignIn } from './sign-in-log.ts';

export type PasswordCheck =
  | { readonly outcome: 'right'; readonly account: Account }
  | { readonly outcome: 'wrong' }
  /** `busy`: too many passwords are at work; nothing was judged or counted. */
  | { readonly outcome: 'wait' | 'busy' };

export interface KnownAccount extends Account {
  readonly version: number;
}

export interface Accounts extends Directory {
  find(id: string): Promise<KnownAccount | undefined>;
  /** Registers the account where it is not known, and gives it a password; with a secret, its second factor too. */
  add(account: Account, password: string, secret?: string): Promise<void>;
  /** The address or network that asks, as far as it is known: each has five tries. */
  check(email: string, password: string, network?: string): Promise<PasswordCheck>;
  /** A code is right once. */
  checkCode(id: string, code: string): Promise<Outcome>;
  /** The secret of an enrolment, sealed until a code has proved that a phone has it. */
  offerSecret(id: string): Promise<string>;
  openSecret(id: string, sealed: string): Promise<string | undefined>;
  enrol(id: string, sealed: string, code: string): Promise<Outcome>;
  /** The code that a demonstration shows; `undefined` when the last one must pass first, or the secret is another. */
  codeToShow(id: string, secret: string): Promise<string | undefined>;
  holds: SignIns['holds'];
  /** A fresh link's token, good once and for 72 hours; earlier ones die. */
  inviteToken(id: string): Promise<string>;
  invited(token: string): Promise<KnownAccount | undefined>;
  /** False when the link was used, has expired, or was replaced; `busy` when too many passwords are at work. */
  takeInvitation(token: string, password: string): Promise<boolean | 'busy'>;
  note(tried: Omit<SignInRecord, 'at'>): void;
  signOutEverywhere(id: string): void;
}

export interface AccountStores {
  readonly scratch: SqliteScratch;
  readonly store: Store;
  readonly vault: Vault;
}

export function accounts({ scratch, store, vault }: AccountStores, now: () => number = Date.now): Accounts {
  const kept = credentials(scratch, now);
  const openStaff = async (id: string) => {
    const staff = await readStaff(store, id);
    return staff?.status === 'open' ? staff : undefined;
  };
  const known = async (staff: Staff | undefined): Promise<KnownAccount | undefined> => {
    const account = await accountOfStaff(staff, vault);
    return staff === undefined || account === undefined ? undefined : { ...account, version: kept.versionOf(staff) };
  };
  const byMail = async (digest: string) => {
    const stream = await store.holderOf(mailClaim(digest));
    const staff = stream === undefined ? undefined : await openStaff(staffIdOf(stream));
    // A mail that is only proposed is claimed already, and signs nobody in.
    return staff?.terms?.mailDigest === digest ? staff : undefined;
  };
  const note = (tried: Omit<SignInRecord, 'at'>) => noteSignIn(scratch, tried, now());
  const noted = (account: string, outcome: Outcome): Outcome => {
    if (outcome !== 'right') note({ account, outcome: outcome === 'wait' ? 'wait' : 'wrong-code' });
    return outcome;
  };

  const self: Accounts = {
    ...staffDirectory(store, vault),
    find: async (id) => known(await readStaff(store, id)),
    async add(account, password, secret) {
      const ports = { store, vault, now: () => new Date(now()).toISOString(), id: () => account.id };
      await registerStaff([account], ports);
      const hashed = await kept.hashed(password);
      if (hashed === undefined) throw new Error('too many passwords are being set at once');
      const staff = await openStaff(account.id);
      if (staff === undefined) return;
      kept.setPassword(staff, hashed);
      if (secret !== undefined) kept.setFactor(staff, await vault.seal(identityOwner(account.id), secret));
    },
    async check(email, password, network = '') {
      const mail = tidyMail(email);
      const digest = await mailDigest(mail, vault);
      const staff = await byMail(digest);
      const account = await accountOfStaff(staff, vault);
      const fromHere = await vault.digest('mail', `${mail} ${network}`);
      const outcome = await kept.takePassword(staff, { mail: digest, fromHere }, password);
      if (outcome === 'right' && account !== undefined) return { outcome, account };
      if (outcome === 'busy') return { outcome };
      const who = account === undefined ? { mail: digest } : { account: account.id };
      note({ ...who, outcome: outcome === 'wait' ? 'wait' : 'wrong-password' });
      return { outcome: outcome === 'wait' ? 'wait' : 'wrong' };
    },
    async checkCode(id, code) {
      const staff = await openStaff(id);
      const factor = staff === undefined ? undefined : kept.factorOf(staff);
      const secret = factor === undefined ? undefined : await self.openSecret(id, factor.sealed);
      if (staff === undefined || factor === undefined || secret === undefined) return 'wrong';
      return noted(id, kept.takeCode(staff, factor.sealed, secret, code));
    },
    offerSecret: (id) => vault.seal(identityOwner(id), newSecret()),
    openSecret: (id, sealed) => vault.open(identityOwner(id), sealed),
    async enrol(id, sealed, code) {
      const staff = await openStaff(id);
      const secret = await self.openSecret(id, sealed);
      if (staff === undefined || secret === undefined) return 'wrong';
      const outcome = noted(id, kept.takeCode(staff, sealed, secret, code));
      if (outcome === 'right') note({ account: id, outcome: 'enrolled' });
      return outcome;
    },
    async codeToShow(id, secret) {
      const staff = await openStaff(id);
      const factor = staff === undefined ? undefined : kept.factorOf(staff);
      const isSame = factor !== undefined && (await self.openSecret(id, factor.sealed)) === secret;
      return isSame ? acceptableCode(secret, factor.lastStep, now()) : undefined;
    },
    async holds(id) {
      const staff = await openStaff(id);
      if (staff === undefined) return { password: false, secondFactor: false };
      return { password: kept.hasPassword(staff), secondFactor: kept.factorOf(staff) !== undefined };
    },
    async inviteToken(id) {
      const staff = await openStaff(id);
      if (staff === undefined) throw new Error(`account ${id} is not open`);
      return kept.invite(staff);
    },
    async invited(token) {
      const invitation = kept.invitationOf(token);
      const staff = invitation === undefined ? undefined : await openStaff(invitation.account);
      // Whatever ended the sessions since ended the link too: it went to the mail of before.
      return staff !== undefined && staff.version === invitation?.version ? known(staff) : undefined;
    },
    async takeInvitation(token, password) {
      if ((await self.invited(token)) === undefined) return false;
      const hashed = await kept.hashed(password);
      if (hashed === undefined) return 'busy';
      const account = await self.invited(token);
      const staff = account === undefined ? undefined : await openStaff(account.id);
      const digest = await mailDigest(account?.email ?? '', vault);
      // Asked once more without a wait: of two requests with one link one comes too late.
      if (account === undefined || staff === undefined || kept.invitationOf(token) === undefined) return false;
      kept.forgetInvitations(account.id);
      kept.setPassword(staff, hashed);
      kept.forgetWrongPasswords(digest);
      note({ account: account.id, outcome: 'password-set' });
      return true;
    },
    note,
    signOutEverywhere: (id) => kept.raiseVersion(id),
  };
  return self;
}

export interface DemoAccount {
  readonly account: Account;
  readonly password: string;
  /** Of the one-time code, where the role asks for one. */
  readonly secret?: string;
}

const demoPeople: Readonly<Record<Role, readonly [name: string, mail: string]>> = {
  'unit-clerk': ['Hồ Thị Mai Lan', 'lapbieu.donvi'],
  'unit-chief-accountant': ['Võ Đình Khang', 'ketoan.donvi'],
  'unit-account-holder': ['Phan Thị Ngọc Bích', 'chutaikhoan.donvi'],
  'party-board-officer': ['Đậu Văn Thuận', 'chuyenvien.bantochuc'],
  'home-affairs-officer': ['Nguyễn Thị Thu Giang', 'chuyenvien.noivu'],
  'home-affairs-leader': ['Trần Quang Vinh', 'lanhdao.noivu'],
  'finance-officer': ['Lê Hoàng Nam', 'chuyenvien.taichinh'],
  'finance-leader': ['Đặng Thị Hải Yến', 'lanhdao.taichinh'],
  leadership: ['Hoàng Minh Đức', 'lanhdao.ubnd'],
  inspector: ['Bùi Thị Kim Oanh', 'thanhtra'],
  administrator: ['Cao Xuân Trường', 'quantri'],
};

/** One a role, for loopback and made-up data only: of leaders the head. `npm start` prints them. */
export function demoAccounts(units: readonly string[]): readonly DemoAccount[] {
  return roles.map((role) => {
    const [name, mail] = demoPeople[role];
    const ofUnits = role.startsWith('unit-') ? units : [];
    return demoAccount({ id: `demo-${role}`, name, role, units: ofUnits }, mail);
  });
}

/** And two deputies, and the second administrator. */
export function allDemoAccounts(units: readonly string[]): readonly DemoAccount[] {
  const more = [
    ['demo-home-affairs-deputy', 'Lương Thị Hồng Nhung', 'home-affairs-leader', 'pho.noivu'],
    ['demo-finance-deputy', 'Phạm Bá Tuấn', 'finance-leader', 'pho.taichinh'],
  ] as const;
  return [
    ...demoAccounts(units),
    ...more.map(([id, name, role, mail]) => demoAccount({ id, name, role, units: [], isDeputy: true }, mail)),
    demoAccount({ id: 'demo-administrator-2', name: 'Ngô Thị Lệ Quyên', role: 'administrator', units: [] }, 'quantri2'),
  ];
}

function demoAccount(person: Omit<Account, 'email'>, mail: string): DemoAccount {
  const account = { ...person, email: `${mail}@chi-tra.example` };
  const known = { account, password: `demo-${mail}` };
  return needsSecondFactor(account) ? { ...known, secret: demoSecret(account.id) } : known;
}

/** No secret at all: it follows from the id. */
export function demoSecret(id: string): string {
  const digest = createHash('sha256').update(`chi-tra demonstration ${id}`).digest();
  return new Secret({ buffer: new Uint8Array(digest.subarray(0, 20)).buffer }).base32;
}

/** The one-time code of a demonstration account at an instant in milliseconds. */
export function demoCode({ id }: Pick<Account, 'id'>, now: number): string {
  return codeAt(demoSecret(id), now);
}
