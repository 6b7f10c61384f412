/**
 * Passwords (scrypt) and the secrets of one-time codes (sealed), in the scratch store. Nothing here waits, so that many
 * tries at once are counted one by one: five wrong ones in a quarter of an hour must wait.
 */
import { createHash, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Staff } from '../../shared/case/staff.ts';
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

export type Outcome = 'right' | 'wrong' | 'wait';

const mostWrongTries = 5;
const tryWindowMilliseconds = 15 * 60_000;
const invitationMilliseconds = 72 * 3_600_000;
const hashLength = 32;

export type Credentials = ReturnType<typeof credentials>;

export function credentials(scratch: SqliteScratch, now: () => number) {
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
  const tries = (kind: 'wrong-password' | 'wrong-code', key: string) => Number(scratch.get(kind, key) ?? '0');

  /** Counts what was wrong; nothing is judged while one must wait. */
  function limited(kind: 'wrong-password' | 'wrong-code', key: string, isRight: () => boolean): Outcome {
    const before = tries(kind, key);
    if (before >= mostWrongTries) return 'wait';
    if (isRight()) {
      scratch.remove(kind, key);
      return 'right';
    }
    scratch.put(kind, key, String(before + 1), now() + tryWindowMilliseconds);
    return 'wrong';
  }

  return {
    factorOf,
    hasPassword: (staff: Staff) => held(staff) !== undefined,
    versionOf: (staff: Staff) => staff.version + (ever(staff.id)?.version ?? 0),
    setPassword(staff: Staff, password: string): void {
      const salt = randomBytes(16).toString('hex');
      const { factor } = held(staff) ?? {};
      keep(staff.id, {
        salt,
        hash: hashOf(password, salt),
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
    takePassword(staff: Staff | undefined, mail: string, password: string): Outcome {
      return limited('wrong-password', mail, () => {
        const found = staff === undefined ? undefined : held(staff);
        const isMatch = matches(password, found?.salt ?? '00', found?.hash ?? '00'.repeat(hashLength));
        return found !== undefined && isMatch;
      });
    },
    forgetWrongPasswords: (mail: string) => scratch.remove('wrong-password', mail),
    /** A code is right once, and only of the secret that is enrolled; of none yet, it enrols this one. */
    takeCode(staff: Staff, sealed: string, secret: string, code: string): Outcome {
      return limited('wrong-code', staff.id, () => {
        const found = held(staff);
        const factor = factorOf(staff);
        const step = stepOfCode(secret, code, now());
        const isOther = factor !== undefined && factor.sealed !== sealed;
        if (found === undefined || step === undefined || isOther || step <= (factor?.lastStep ?? 0)) return false;
        keep(staff.id, { ...found, factor: { sealed, since: staff.factorSince, lastStep: step } });
        return true;
      });
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

function hashOf(password: string, salt: string): string {
  return scryptSync(password.normalize('NFC'), salt, hashLength).toString('hex');
}

function matches(password: string, salt: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(password, salt), 'hex'), Buffer.from(hash, 'hex'));
}
