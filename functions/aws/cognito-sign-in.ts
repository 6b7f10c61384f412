/**
 * Sign-in in the cloud: a user pool of Cognito, whose users an administrator's invitation makes and nobody else. A user is known by
 * the subject that Cognito gave; which account it is, is kept here, so that no attribute that a user could change decides it.
 */
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminResetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Account } from '../../shared/case/access.ts';
import { Permanent } from '../../shared/case/faults.ts';
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

export interface CognitoAccounts extends Pick<SignIns, 'invite' | 'holds'> {
  /** The account that a subject of the pool signs in as. */
  accountIdOf(subject: string): Promise<string | undefined>;
  /** Nobody signs in as the account any more, and whoever is signed in at the pool is signed out. */
  close(accountId: string): Promise<void>;
}

const subjects = 'sign-in-subject';
/** Kind of the scratch store: the subject of each account's user. */
export const usernames = 'sign-in-user';

export function cognitoAccounts(
  client: CognitoIdentityProviderClient,
  { userPoolId: UserPoolId, wait = pause }: { readonly userPoolId: string; readonly wait?: Pause },
  scratch: Pick<Scratch, 'get' | 'put'>,
  accountOf: (id: string) => Promise<Account | undefined>,
): CognitoAccounts {
  const ask = service('the sign-in service', wait);

  /** The subject of the user that was made, now or by an earlier try. */
  async function made({ email }: Account): Promise<{ readonly subject: string; readonly isNew: boolean }> {
    const create = new AdminCreateUserCommand({
      UserPoolId,
      Username: email,
      UserAttributes: [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ],
      DesiredDeliveryMediums: ['EMAIL'],
    });
    try {
      const { User } = await ask(async () => client.send(create), exists);
      return { subject: subjectIn(User?.Attributes), isNew: true };
    } catch (error) {
      if (faultName(error) !== exists) throw error;
      const { UserAttributes } = await user(email);
      return { subject: subjectIn(UserAttributes), isNew: false };
    }
  }

  const user = async (Username: string) =>
    ask(async () => client.send(new AdminGetUserCommand({ UserPoolId, Username })), gone);

  async function keep(subject: string, account: Account): Promise<void> {
    const known = await scratch.get(subjects, subject);
    if (known !== undefined && known !== account.id) {
      throw new Permanent(`the mail of account ${account.id} signs in as account ${known} already`);
    }
    await scratch.put(usernames, account.id, subject);
    await scratch.put(subjects, subject, account.id);
  }

  /** A first invitation once more, where it was never used; else a code to choose another password. */
  async function inviteAgain(Username: string, email: string): Promise<void> {
    const { UserStatus } = await user(Username);
    const resend = new AdminCreateUserCommand({
      UserPoolId,
      Username: email,
      MessageAction: 'RESEND',
      DesiredDeliveryMediums: ['EMAIL'],
    });
    if (UserStatus === 'FORCE_CHANGE_PASSWORD') await ask(async () => client.send(resend));
    else await ask(async () => client.send(new AdminResetUserPasswordCommand({ UserPoolId, Username })));
  }

  return {
    accountIdOf: async (subject) => scratch.get(subjects, subject),
    async invite(accountId) {
      const account = await accountOf(accountId);
      if (account === undefined) return;
      const { subject, isNew } = await made(account);
      await keep(subject, account);
      const named = { UserPoolId, Username: subject };
      await ask(async () => client.send(new AdminAddUserToGroupCommand({ ...named, GroupName: account.role })));
      if (isNew) return;
      await ask(async () => client.send(new AdminEnableUserCommand(named)));
      await inviteAgain(subject, account.email);
    },
    async holds(accountId) {
      const Username = await scratch.get(usernames, accountId);
      if (Username === undefined) return { password: false, secondFactor: false };
      try {
        const { UserStatus, Enabled = true, UserMFASettingList = [] } = await user(Username);
        return { password: Enabled && UserStatus === 'CONFIRMED', secondFactor: UserMFASettingList.length > 0 };
      } catch (error) {
        if (faultName(error) !== gone) throw error;
        return { password: false, secondFactor: false };
      }
    },
    async close(accountId) {
      const Username = await scratch.get(usernames, accountId);
      if (Username === undefined) return;
      const named = { UserPoolId, Username };
      try {
        await ask(async () => client.send(new AdminDisableUserCommand(named)), gone);
        await ask(async () => client.send(new AdminUserGlobalSignOutCommand(named)), gone);
      } catch (error) {
        if (faultName(error) !== gone) throw error;
      }
    },
  };
}

const exists = 'UsernameExistsException';
const gone = 'UserNotFoundException';

function subjectIn(attributes: readonly AttributeType[] | undefined): string {
  const subject = attributes?.find(({ Name }) => Name === 'sub')?.Value;
  if (subject === undefined) throw new Permanent('the sign-in service made a user without a subject');
  return subject;
}
