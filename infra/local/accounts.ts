/** Accounts of the embedded provider. Passwords by scrypt; five wrong tries in a quarter of an hour must wait. */
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { type Account, roles, type Role } from '../../shared/case/access.ts';
import type { Directory } from '../../shared/case/ports.ts';
import type { Scratch } from './scratch.ts';

const stored = z.object({
  account: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    units: z.array(z.string()),
  }),
  salt: z.string(),
  hash: z.string(),
  /** Raised to end every session of the account. */
  version: z.number(),
});

export type PasswordCheck =
  | { readonly outcome: 'right'; readonly account: Account }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'wait' };

export interface Accounts extends Directory {
  find(id: string): (Account & { readonly version: number }) | undefined;
  add(account: Account, password: string): void;
  check(email: string, password: string): PasswordCheck;
  signOutEverywhere(id: string): void;
}

const mostWrongTries = 5;
const tryWindowMilliseconds = 15 * 60_000;
const hashLength = 32;

export function accounts(scratch: Scratch, now: () => number = Date.now): Accounts {
  const all = () => scratch.list('account').map(({ value }) => stored.parse(JSON.parse(value)));
  const byId = (id: string) => {
    const text = scratch.get('account', id);
    return text === undefined ? undefined : stored.parse(JSON.parse(text));
  };
  const write = (one: z.infer<typeof stored>) => scratch.put('account', one.account.id, JSON.stringify(one));
  return {
    find(id) {
      const found = byId(id);
      return found === undefined ? undefined : { ...found.account, version: found.version };
    },
    async holding(role) {
      return all()
        .map(({ account }) => account)
        .filter((account) => account.role === role);
    },
    async nameOf(id) {
      return id === 'system' ? 'Hệ thống' : (byId(id)?.account.name ?? id);
    },
    add(account, password) {
      const salt = randomBytes(16).toString('hex');
      write({ account: { ...account, units: [...account.units] }, salt, hash: hashOf(password, salt), version: 1 });
    },
    check(email, password) {
      const key = email.trim().toLowerCase();
      const tries = Number(scratch.get('wrong-password', key) ?? '0');
      if (tries >= mostWrongTries) return { outcome: 'wait' };
      const found = all().find(({ account }) => account.email === key);
      // The same work for an unknown mail, so that nobody learns which mails exist.
      const isRight = matches(password, found?.salt ?? '00', found?.hash ?? '00'.repeat(hashLength));
      if (found === undefined || !isRight) {
        scratch.put('wrong-password', key, String(tries + 1), now() + tryWindowMilliseconds);
        return { outcome: 'wrong' };
      }
      scratch.remove('wrong-password', key);
      return { outcome: 'right', account: found.account };
    },
    signOutEverywhere(id) {
      const found = byId(id);
      if (found !== undefined) write({ ...found, version: found.version + 1 });
    },
  };
}

function hashOf(password: string, salt: string): string {
  return scryptSync(password.normalize('NFC'), salt, hashLength).toString('hex');
}

function matches(password: string, salt: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(password, salt), 'hex'), Buffer.from(hash, 'hex'));
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

/** One a role, for loopback and made-up data only; `npm start` prints them. */
export function demoAccounts(
  units: readonly string[],
): readonly { readonly account: Account; readonly password: string }[] {
  return roles.map((role) => {
    const [name, mail] = demoPeople[role];
    const ofUnits = role.startsWith('unit-') ? units : [];
    return {
      account: { id: `demo-${role}`, name, email: `${mail}@chi-tra.example`, role, units: ofUnits },
      password: `demo-${mail}`,
    };
  });
}
