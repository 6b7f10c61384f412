/**
 * Second factors at the pool, held against what the histories say: one that was enrolled before a reset, or before the account was
 * opened again, counts no more. What each user of the pool was last brought to is kept here, so that a reset that did not reach
 * the pool lets nobody in by the old factor, and is asked for again.
 */
import {
  AdminDeleteSoftwareTokenCommand,
  AdminGetUserCommand,
  AdminUserGlobalSignOutCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import type { Scratch } from '../../shared/case/scratch.ts';
import type { Staff } from '../../shared/case/staff.ts';
import { type CognitoAccounts, usernames } from './cognito-sign-in.ts';
import { faultName, pause, type Pause, service } from './faults.ts';

export interface Pool {
  readonly client: CognitoIdentityProviderClient;
  readonly userPoolId: string;
  readonly wait?: Pause;
}

/** The accounts of a pool, whose factors count since the account's history says so. */
export interface FactoredAccounts extends CognitoAccounts {
  /** The pool forgets a factor that counts no more, and signs out whoever it let in. Nothing is asked of it twice. */
  resetFactor(accountId: string): Promise<void>;
}

const marks = 'sign-in-factor';
const mark = z.object({
  /** Entry of the account since which a factor counts. */
  since: z.number(),
  /** Somebody came in since: the pool lets nobody in without a factor. */
  isUsed: z.boolean(),
});
type Mark = z.infer<typeof mark>;

export function cognitoFactors(
  pool: CognitoAccounts,
  { client, userPoolId: UserPoolId, wait = pause }: Pool,
  scratch: Pick<Scratch, 'get' | 'put'>,
  staffOf: (id: string) => Promise<Pick<Staff, 'status' | 'factorSince'> | undefined>,
): FactoredAccounts {
  const ask = service('the sign-in service', wait);
  const subjectOf = async (accountId: string) => scratch.get(usernames, accountId);
  const markOf = async (subject: string): Promise<Mark> => {
    const text = await scratch.get(marks, subject);
    return text === undefined ? { since: 0, isUsed: false } : mark.parse(JSON.parse(text));
  };
  const keep = async (subject: string, kept: Mark) => scratch.put(marks, subject, JSON.stringify(kept));

  /** The entry that the user has still to be brought to. */
  async function owed(accountId: string, subject: string): Promise<number | undefined> {
    const staff = await staffOf(accountId);
    if (staff?.status !== 'open') return undefined;
    return (await markOf(subject)).since < staff.factorSince ? staff.factorSince : undefined;
  }

  async function forget(Username: string): Promise<void> {
    const named = { UserPoolId, Username };
    try {
      const { UserStatus } = await ask(async () => client.send(new AdminGetUserCommand(named)), gone);
      // Whoever has not chosen a password yet has enrolled nothing. Not read off the list of factors: it is empty for those who
      // enrolled on the pool's own pages (github.com/aws/aws-sdk/issues/693).
      if (UserStatus === 'FORCE_CHANGE_PASSWORD') return;
      await ask(async () => client.send(new AdminDeleteSoftwareTokenCommand(named)), gone);
      await ask(async () => client.send(new AdminUserGlobalSignOutCommand(named)), gone);
    } catch (error) {
      if (faultName(error) !== gone) throw error;
    }
  }

  /** Read before it is asked for: a reset that is confirmed meanwhile is owed again. */
  async function bringUp(accountId: string): Promise<void> {
    const subject = await subjectOf(accountId);
    const since = subject === undefined ? undefined : await owed(accountId, subject);
    if (subject === undefined || since === undefined) return;
    await forget(subject);
    await keep(subject, { since, isUsed: false });
  }

  return {
    ...pool,
    resetFactor: bringUp,
    async invite(accountId) {
      await pool.invite(accountId);
      await bringUp(accountId);
    },
    async holds(accountId) {
      const held = await pool.holds(accountId);
      const subject = await subjectOf(accountId);
      if (subject === undefined) return held;
      if ((await owed(accountId, subject)) !== undefined) return { ...held, secondFactor: false, isResetOwed: true };
      return { ...held, secondFactor: held.secondFactor || (held.password && (await markOf(subject)).isUsed) };
    },
    /** Nobody who came by a factor that counts no more: it is forgotten now, and they sign in again. */
    async accountIdOf(subject) {
      const accountId = await pool.accountIdOf(subject);
      // A user that the account had before is nobody's, whatever still points from it.
      if (accountId === undefined || (await subjectOf(accountId)) !== subject) return undefined;
      if ((await owed(accountId, subject)) !== undefined) {
        await bringUp(accountId);
        return undefined;
      }
      const { since, isUsed } = await markOf(subject);
      if (!isUsed) await keep(subject, { since, isUsed: true });
      return accountId;
    },
  };
}

const gone = 'UserNotFoundException';
