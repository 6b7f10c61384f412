/**
 * Passwords (scrypt) and the secrets of one-time codes (sealed), in the scratch store. A try is counted before anything waits,
 * so that many at once are counted one by one: five wrong ones in a quarter of an hour must wait.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Staff } from '../../shared/case/staff.ts';
import { hashLength, passwordHash } from './password-hash.ts';
import type { SqliteScratch } from './scratch.ts';
import { stepOfCode } from './second-factor.ts';

const credential = z.object({
  salt: z.string(),
  hash: z.string(),
  /** Raised to end every session of the account. */
  version: z.number(),
  /** The entry that had opened the account when the password was set: one of before a reopening counts no more. */
  openedBy: z.number(),
  factor: z.object({ sealed: z.string(), since: z.number(), lastStep: z.number() }).exactOptional(),
});
type Credential = z.infer<typeof credential>;

const invitation = z.object({ account: z.string(), version: z.number() });

type TryKind = 'wrong-password' | 'wrong-code';

export type Outcome = 'right' | 'wrong' | 'wait';

const mostWrongTries = 5;
/** From all addresses together: a stranger's tries alone must not keep the account's own person out. */
const mostWrongTriesAnywhere = 50;
const tryWindowMilliseconds = 15 * 60_000;
const invitationMilliseconds = 72 * 3_600_000;

/** Keyed digests: of the mail, and of the mail with the address that asks. */
export interface Tried {
  readonly mail: string;
  readonly fromHere: string;
}

interface Hashed {
  readonly salt: string;
  readonly hash: string;
}

export type Credentials = ReturnType<typeof credentials>;

export function credentials(scratch: SqliteScratch, now: () => number) {
  const hash = passwordHash();
  const ever = (id: string): Credential | undefined => {
    const text = scratch.get('credential', id);
    return text === undefined ? undefined : credential.parse(JSON.parse(text));
  };
  const held = ({ id, openedBy }: Staff): Credential | undefined => {
    const found = ever(id);
    return found?.openedBy === openedBy ? found : undefined;
  };
  const factorOf = (staff: Staff) => {
    const factor = held(staff)?.factor;
    return factor !== undefined && factor.since >= staff.factorSince ? factor : undefined;
  };
  const keep = (id: string, one: Credential) => scratch.put('credential', id, JSON.stringify(one));
  const tries = (kind: TryKind, key: string) => Number(scratch.get(kind, key) ?? '0');
  const count = (kind: TryKind, key: string, more: 1 | -1) => {
    const counted = Math.max(0, tries(kind, key) + more);
    if (counted === 0) scratch.remove(kind, key);
    else scratch.put(kind, key, String(counted), now() + tryWindowMilliseconds);
  };

  return {
    factorOf,
    hasPassword: (staff: Staff) => held(staff) !== undefined,
    versionOf: (staff: Staff) => staff.version + (ever(staff.id)?.version ?? 0),
    /** `undefined` when too many passwords are at work already. */
    async hashed(password: string): Promise<Hashed | undefined> {
      const salt = randomBytes(16).toString('hex');
      const done = await hash(password, salt);
      return done === undefined ? undefined : { salt, hash: done };
    },
    setPassword(staff: Staff, hashed: Hashed): void {
      const { factor } = held(staff) ?? {};
      keep(staff.id, {
        ...hashed,
        // Never lower than it was: a session of before a closing must not fit again.
        version: (ever(staff.id)?.version ?? 0) + 1,
        openedBy: staff.openedBy,
        ...(factor === undefined ? {} : { factor }),
      });
    },
    setFactor(staff: Staff, sealed: string): void {
      const found = held(staff);
      if (found !== undefined) keep(staff.id, { ...found, factor: { sealed, since: staff.factorSince, lastStep: 0 } });
    },
    /** Of nobody, when the mail is unknown: the same work, so that nobody learns which mails exist. */
    async takePassword(staff: Staff | undefined, tried: Tried, password: string): Promise<Outcome | 'busy'> {
      const here = `${tried.mail}/${tried.fromHere}`;
      if (tries('wrong-password', here) >= mostWrongTries) return 'wait';
      if (tries('wrong-password', tried.mail) >= mostWrongTriesAnywhere) return 'wait';
      const found = staff === undefined ? undefined : held(staff);
      const hashing = hash(password, found?.salt ?? '00');
      if (hashing === undefined) return 'busy';
      for (const key of [here, tried.mail]) count('wrong-password', key, 1);
      const isMatch = isSame(await hashing, found?.hash ?? '00'.repeat(hashLength));
      // Set anew meanwhile, the one of before is none any more.
      if (!isMatch || staff === undefined || held(staff)?.hash !== found?.hash) return 'wrong';
      scratch.remove('wrong-password', here);
      count('wrong-password', tried.mail, -1);
      return 'right';
    },
    forgetWrongPasswords(mail: string): void {
      for (const { key } of scratch.list('wrong-password')) {
        if (key === mail || key.startsWith(`${mail}/`)) scratch.remove('wrong-password', key);
      }
    },
    /** A code is right once, and only of the secret that is enrolled; of none yet, it enrols this one. */
    takeCode(staff: Staff, sealed: string, secret: string, code: string): Outcome {
      if (tries('wrong-code', staff.id) >= mostWrongTries) return 'wait';
      const found = held(staff);
      const factor = factorOf(staff);
      const step = stepOfCode(secret, code, now());
      const isOther = factor !== undefined && factor.sealed !== sealed;
      if (found === undefined || step === undefined || isOther || step <= (factor?.lastStep ?? 0)) {
        count('wrong-code', staff.id, 1);
        return 'wrong';
      }
      keep(staff.id, { ...found, factor: { sealed, since: staff.factorSince, lastStep: step } });
      scratch.remove('wrong-code', staff.id);
      return 'right';
    },
    raiseVersion(id: string): void {
      const found = ever(id);
      if (found !== undefined) keep(id, { ...found, version: found.version + 1 });
    },
    /** A fresh link's token; of an account only the newest is good. */
    invite({ id, version }: Staff): string {
      forgetInvitations(id);
      const token = randomBytes(32).toString('base64url');
      const value = JSON.stringify({ account: id, version });
      scratch.put('invitation', tokenKey(token), value, now() + invitationMilliseconds);
      return token;
    },
    invitationOf(token: string): z.infer<typeof invitation> | undefined {
      const text = scratch.get('invitation', tokenKey(token));
      return text === undefined ? undefined : invitation.parse(JSON.parse(text));
    },
    forgetInvitations,
  };

  function forgetInvitations(id: string): void {
    for (const { key, value } of scratch.list('invitation')) {
      if (invitation.parse(JSON.parse(value)).account === id) scratch.remove('invitation', key);
    }
  }
}

/** What is stored of a link's token. */
export function tokenKey(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one, 'hex'), Buffer.from(other, 'hex'));
}
