/** Second factors at a pool that says what it likes; the pool is a double of the client, for no server here knows the action. */
import {
  AdminCreateUserCommand,
  AdminDeleteSoftwareTokenCommand,
  AdminGetUserCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { cognitoFactors } from '../../../functions/aws/cognito-factors.ts';
import { cognitoAccounts } from '../../../functions/aws/cognito-sign-in.ts';
import type { Account } from '../../../shared/case/access.ts';
import { Permanent, Transient } from '../../../shared/case/faults.ts';
import { scratchInMemory } from '../../contracts/desk.ts';

const leader: Account = {
  id: 'leader',
  name: 'Lê Thị Hoa',
  email: 'hoa@so.example',
  role: 'finance-leader',
  units: [],
};
const client = new CognitoIdentityProviderClient({
  region: 'none',
  credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
});
const service = mockClient(client);
const pool = { client, userPoolId: 'none_1', wait: async () => {} };
const fault = (name: string) => Object.assign(new Error('as the service says it'), { name });

let scratch = scratchInMemory();
let factorSince = 1;
let status: 'open' | 'closed' = 'open';
let users = cognitoFactors(
  cognitoAccounts(client, pool, scratch, async () => leader),
  pool,
  scratch,
  async () => ({ status, factorSince }),
);

beforeEach(() => {
  service.reset();
  service.onAnyCommand().resolves({});
  service.on(AdminCreateUserCommand).resolves({ User: { Attributes: [{ Name: 'sub', Value: 'subject' }] } });
  isAt('FORCE_CHANGE_PASSWORD');
  scratch = scratchInMemory();
  factorSince = 1;
  status = 'open';
  users = cognitoFactors(
    cognitoAccounts(client, pool, scratch, async () => leader),
    pool,
    scratch,
    async () => ({ status, factorSince }),
  );
});

function isAt(UserStatus: 'FORCE_CHANGE_PASSWORD' | 'CONFIRMED' | 'RESET_REQUIRED') {
  const UserAttributes = [{ Name: 'sub', Value: 'subject' }];
  service.on(AdminGetUserCommand).resolves({ Username: 'subject', UserStatus, UserAttributes });
}

const forgotten = () => service.commandCalls(AdminDeleteSoftwareTokenCommand).map(({ args: [{ input }] }) => input);

/** Invited, came in, and is at work. */
async function signedIn() {
  await users.invite('leader');
  isAt('CONFIRMED');
  expect(await users.accountIdOf('subject')).toBe('leader');
  expect(forgotten()).toEqual([]);
}

describe('a second factor', () => {
  test('is held once somebody came in by it: the pool’s own list of factors does not tell', async () => {
    await users.invite('leader');
    expect(await users.holds('leader')).toEqual({ password: false, secondFactor: false });
    isAt('CONFIRMED');
    expect(await users.holds('leader')).toEqual({ password: true, secondFactor: false });
    await users.accountIdOf('subject');
    expect(await users.holds('leader')).toEqual({ password: true, secondFactor: true });
  });

  test('that is reset is forgotten by the pool, once, and whoever it let in is signed out there', async () => {
    await signedIn();
    factorSince = 5;
    await users.resetFactor('leader');
    await users.resetFactor('leader');
    expect(forgotten()).toEqual([{ UserPoolId: 'none_1', Username: 'subject' }]);
    expect(service.commandCalls(AdminUserGlobalSignOutCommand)).toHaveLength(1);
    expect(await users.holds('leader')).toEqual({ password: true, secondFactor: false });
    expect(await users.accountIdOf('subject')).toBe('leader');
  });

  test('that nobody reset is left to whoever asks for another password', async () => {
    await signedIn();
    service.on(AdminCreateUserCommand).rejects(fault('UsernameExistsException'));
    await users.invite('leader');
    await users.resetFactor('leader');
    expect(forgotten()).toEqual([]);
  });

  test('of before a closing counts no more when the account is opened again', async () => {
    await signedIn();
    factorSince = 4;
    service.on(AdminCreateUserCommand).rejects(fault('UsernameExistsException'));
    isAt('RESET_REQUIRED');
    await users.invite('leader');
    expect(forgotten()).toHaveLength(1);
  });

  test('of a user whom an earlier try or another time left in the pool counts no more', async () => {
    service.on(AdminCreateUserCommand).rejects(fault('UsernameExistsException'));
    isAt('CONFIRMED');
    await users.invite('leader');
    expect(forgotten()).toHaveLength(1);
  });
});

describe('a reset that does not reach the pool', () => {
  test.each([
    ['is busy', 'TooManyRequestsException', Transient],
    ['refuses', 'NotAuthorizedException', Permanent],
  ])('which %s is a fault, and is owed until it gets through', async (_, name, kind) => {
    await signedIn();
    factorSince = 5;
    service.on(AdminDeleteSoftwareTokenCommand).rejects(fault(name));
    await expect(users.resetFactor('leader')).rejects.toThrow(kind);
    expect(await users.holds('leader')).toEqual({ password: true, secondFactor: false, isResetOwed: true });
    service.on(AdminDeleteSoftwareTokenCommand).resolves({});
    await users.resetFactor('leader');
    expect(await users.holds('leader')).toEqual({ password: true, secondFactor: false });
  });

  test('because the process died lets nobody in by the old factor: it is asked for then, and they sign in again', async () => {
    await signedIn();
    factorSince = 5;
    expect(await users.accountIdOf('subject')).toBeUndefined();
    expect(forgotten()).toHaveLength(1);
    expect(await users.accountIdOf('subject')).toBe('leader');
  });

  test('and cannot be asked for at the sign-in either lets nobody in', async () => {
    await signedIn();
    factorSince = 5;
    service.on(AdminDeleteSoftwareTokenCommand).rejects(fault('InternalErrorException'));
    await expect(users.accountIdOf('subject')).rejects.toThrow(Permanent);
    service.on(AdminDeleteSoftwareTokenCommand).resolves({});
    expect(await users.accountIdOf('subject')).toBeUndefined();
  });

  test('whole, for it died before the sign-out, is asked for again', async () => {
    await signedIn();
    factorSince = 5;
    service.on(AdminUserGlobalSignOutCommand).rejects(fault('TooManyRequestsException'));
    await expect(users.resetFactor('leader')).rejects.toThrow(Transient);
    expect((await users.holds('leader')).isResetOwed).toBe(true);
  });

  test('and is followed by another is not taken for that other', async () => {
    await signedIn();
    factorSince = 5;
    service.on(AdminDeleteSoftwareTokenCommand).callsFake(async () => {
      // Confirmed while the pool was still answering for the one before.
      factorSince = 8;
      return {};
    });
    await users.resetFactor('leader');
    expect((await users.holds('leader')).isResetOwed).toBe(true);
  });

  test('is not owed of a user who is gone, nor of an account that is closed or was never invited', async () => {
    await users.resetFactor('leader');
    expect(service.calls()).toHaveLength(0);
    await signedIn();
    factorSince = 5;
    status = 'closed';
    await users.resetFactor('leader');
    expect(forgotten()).toEqual([]);
    status = 'open';
    service.on(AdminGetUserCommand).rejects(fault('UserNotFoundException'));
    await users.resetFactor('leader');
    expect(await users.holds('leader')).toEqual({ password: false, secondFactor: false });
  });
});

test('a user that the account had before lets nobody in', async () => {
  await signedIn();
  await scratch.put('sign-in-user', 'leader', 'another subject');
  expect(await users.accountIdOf('subject')).toBeUndefined();
});
