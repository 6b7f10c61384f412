/**
 * Sign-in in the cloud: a user pool of Cognito, whose users an administrator's invitation makes and nobody else. A user is known by
 * the subject that Cognito gave; which account it is, is kept here, so that no attribute that a user could change decides it. What the
 * histories say of an account is true; its user follows, at the act or at a later try.
 */
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  type AdminGetUserCommandOutput,
  AdminResetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Account } from '../../shared/case/access.ts';
import { Permanent, Transient } from '../../shared/case/faults.ts';
import type { Scratch } from '../../shared/case/scratch.ts';
import type { SignIns } from '../web/ports.ts';
import type { SessionSettings } from '../web/session.ts';
import { faultName, pause, type Pause, service } from './faults.ts';

export interface SignInPlace {
  /** Of the hosted pages: `https://chi-tra.auth.ap-southeast-1.amazoncognito.com`. */
  readonly domain: string;
  readonly clientId: string;
  /** Where the pages are; `/` there must be among the client's sign-out addresses. */
  readonly publicUrl: string;
}

/** What differs from a provider of our own: the pool demands the second factor of all, and says nothing of it. */
export function cognitoSessions(
  { domain, clientId, publicUrl }: SignInPlace,
  { accountIdOf }: Pick<CognitoAccounts, 'accountIdOf'>,
): Required<Pick<SessionSettings, 'accountIdOf' | 'secondFactor' | 'signOutUrl'>> {
  const signOut = new URL('/logout', domain);
  signOut.searchParams.set('client_id', clientId);
  signOut.searchParams.set('logout_uri', `${publicUrl}/`);
  return { accountIdOf, secondFactor: 'demanded-of-all', signOutUrl: signOut.href };
}

export interface CognitoAccounts extends Required<Pick<SignIns, 'invite' | 'holds' | 'follow'>> {
  /** The account that a subject of the pool signs in as. */
  accountIdOf(subject: string): Promise<string | undefined>;
}

interface User {
  readonly subject: string;
  readonly email: string | undefined;
  readonly status: string | undefined;
  readonly hasSecondFactor: boolean;
}

const subjects = 'sign-in-subject';
/** Kind of the scratch store: the subject of each account's user. */
export const usernames = 'sign-in-user';

export function cognitoAccounts(
  client: CognitoIdentityProviderClient,
  { userPoolId: UserPoolId, wait = pause }: { readonly userPoolId: string; readonly wait?: Pause },
  scratch: Pick<Scratch, 'get' | 'put' | 'remove'>,
  /** While it is open. */
  accountOf: (id: string) => Promise<Account | undefined>,
): CognitoAccounts {
  const ask = service('the sign-in service', wait);

  async function userNamed(Username: string): Promise<User | undefined> {
    try {
      return userIn(await ask(async () => client.send(new AdminGetUserCommand({ UserPoolId, Username })), gone));
    } catch (error) {
      if (faultName(error) !== gone) throw error;
      return undefined;
    }
  }

  async function userOf(accountId: string): Promise<User | undefined> {
    const Username = await scratch.get(usernames, accountId);
    return Username === undefined ? undefined : userNamed(Username);
  }

  async function remove(accountId: string, { subject: Username }: User): Promise<void> {
    try {
      await ask(async () => client.send(new AdminDeleteUserCommand({ UserPoolId, Username })), gone);
    } catch (error) {
      if (faultName(error) !== gone) throw error;
    }
    await scratch.remove(usernames, accountId);
    await scratch.remove(subjects, Username);
  }

  /** Makes a user and mails the invitation; false where the mail has one already. */
  async function create({ email }: Account): Promise<boolean> {
    const asked = new AdminCreateUserCommand({
      UserPoolId,
      Username: email,
      UserAttributes: verified(email),
      DesiredDeliveryMediums: ['EMAIL'],
    });
    try {
      await ask(async () => client.send(asked), exists);
      return true;
    } catch (error) {
      if (faultName(error) !== exists) throw error;
      return false;
    }
  }

  /** The user by the mail of an account that knows none: made now, or by an earlier try whose answer was lost. */
  async function make(account: Account): Promise<void> {
    const isNew = (await create(account)) || ((await isCleared(account)) && (await create(account)));
    const user = await userNamed(account.email);
    if (user === undefined) throw new Transient('the sign-in service does not know a user that it made');
    const { subject } = user;
    const known = await scratch.get(subjects, subject);
    if (known !== undefined && known !== account.id) {
      throw new Permanent(`the mail of account ${account.id} signs in as account ${known} already`);
    }
    await scratch.put(usernames, account.id, subject);
    await scratch.put(subjects, subject, account.id);
    const named = { UserPoolId, Username: subject, GroupName: account.role };
    await ask(async () => client.send(new AdminAddUserToGroupCommand(named)));
    if (!isNew) await inviteAgain(user, account);
  }

  /** Whoever had the mail has left it: the user of an account that is closed, or has another mail now. */
  async function isCleared(account: Account): Promise<boolean> {
    const holder = await userNamed(account.email);
    if (holder === undefined) return true;
    const other = await scratch.get(subjects, holder.subject);
    if (other === undefined || other === account.id) return false;
    await inLine(other);
    return (await userNamed(account.email)) === undefined;
  }

  /** A first invitation once more, where it was never used; else a code to choose another password. */
  async function inviteAgain({ subject: Username, status }: User, { email }: Account): Promise<void> {
    const resend = new AdminCreateUserCommand({
      UserPoolId,
      Username: email,
      MessageAction: 'RESEND',
      DesiredDeliveryMediums: ['EMAIL'],
    });
    if (status === neverCame) await ask(async () => client.send(resend));
    else await ask(async () => client.send(new AdminResetUserPasswordCommand({ UserPoolId, Username })));
  }

  /** What is asked for may be asked for twice: each step looks first what there is. */
  async function inLine(accountId: string): Promise<'absent' | 'kept' | 'invited'> {
    const user = await userOf(accountId);
    if (user === undefined) return 'absent';
    const account = await accountOf(accountId);
    if (account === undefined) {
      await remove(accountId, user);
      return 'absent';
    }
    if (isUnder(user, account.email)) return 'kept';
    const { subject: Username } = user;
    const UserAttributes = verified(account.email);
    await ask(async () => client.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username, UserAttributes })));
    // The invitation lies in the old mail box.
    if (user.status !== neverCame) return 'kept';
    await inviteAgain(user, account);
    return 'invited';
  }

  return {
    accountIdOf: async (subject) => scratch.get(subjects, subject),
    async follow(accountId) {
      await inLine(accountId);
    },
    async invite(accountId) {
      const account = await accountOf(accountId);
      if (account === undefined) return;
      const state = await inLine(accountId);
      if (state === 'absent') return make(account);
      const user = await userOf(accountId);
      if (state === 'kept' && user !== undefined) await inviteAgain(user, account);
    },
    async holds(accountId) {
      const user = await userOf(accountId);
      if (user === undefined) return { password: false, secondFactor: false };
      const account = await accountOf(accountId);
      const isBehind = account === undefined || !isUnder(user, account.email);
      return {
        password: user.status === 'CONFIRMED',
        secondFactor: user.hasSecondFactor,
        ...(isBehind ? { isBehind } : {}),
      };
    },
  };
}

const neverCame = 'FORCE_CHANGE_PASSWORD';
const exists = 'UsernameExistsException';
const gone = 'UserNotFoundException';

/** A pool of ours demands a mail of everybody. */
const isUnder = ({ email }: User, wanted: string): boolean => email === undefined || email === wanted;

function verified(email: string): AttributeType[] {
  return [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'true' },
  ];
}

function userIn({ UserAttributes = [], UserStatus, UserMFASettingList = [] }: AdminGetUserCommandOutput): User {
  const named = (wanted: string) => UserAttributes.find(({ Name }) => Name === wanted)?.Value;
  const subject = named('sub');
  if (subject === undefined) throw new Permanent('the sign-in service has a user without a subject');
  return {
    subject,
    email: named('email'),
    status: UserStatus,
    hasSecondFactor: UserMFASettingList.length > 0,
  };
}
