/**
 * Sign-in at a user pool: its users over HTTP on a server that stands in for AWS, its pages and tokens played, for that server has
 * no hosted pages. What the pool says on a bad day is played by a double of the client.
 */
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolCommand,
  ListUsersCommand,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { mockClient } from 'aws-sdk-client-mock';
import { Hono } from 'hono';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cognitoAccounts, cognitoSessions } from '../../../functions/aws/cognito-sign-in.ts';
import { clientSettings } from '../../../functions/aws/service-clients.ts';
import { signInLog } from '../../../functions/home/sign-in-log.ts';
import { sessions } from '../../../functions/web/session.ts';
import type { Account } from '../../../shared/case/access.ts';
import { Permanent, Transient } from '../../../shared/case/faults.ts';
import { scratchInMemory } from '../../contracts/desk.ts';
import { openMoto } from '../../../infra/local/moto.ts';
import { tokenKey } from '../../signed-token.ts';

const leader: Account = {
  id: 'leader',
  name: 'Lê Thị Hoa',
  email: 'hoa@so.example',
  role: 'finance-leader',
  units: [],
};
const clerk: Account = { ...leader, id: 'clerk', email: 'clerk@so.example', role: 'unit-clerk' };
const people = new Map([leader, clerk].map((account) => [account.id, account]));
const accountOf = async (id: string) => people.get(id);
const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };

const moto = await openMoto();

describe.skipIf(moto === undefined)('the users of a pool', () => {
  const client = new CognitoIdentityProviderClient(
    clientSettings({ region: 'ap-southeast-1', endpoint: moto?.endpoint ?? '', credentials }),
  );
  afterAll(async () => {
    client.destroy();
    await moto?.close();
  });

  async function newPool() {
    const { UserPool } = await client.send(
      new CreateUserPoolCommand({ PoolName: 'people', UsernameAttributes: ['email'] }),
    );
    const userPoolId = UserPool?.Id ?? '';
    for (const GroupName of [leader.role, clerk.role])
      await client.send(new CreateGroupCommand({ UserPoolId: userPoolId, GroupName }));
    const scratch = scratchInMemory();
    const users = async () => (await client.send(new ListUsersCommand({ UserPoolId: userPoolId }))).Users ?? [];
    return { userPoolId, scratch, users, accounts: cognitoAccounts(client, { userPoolId }, scratch, accountOf) };
  }

  /** As whoever follows the mail does. */
  async function choosePassword(UserPoolId: string, Username: string) {
    const Password = 'Mat-khau-cua-test-2025';
    await client.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
  }

  test('are made by an invitation, one an account, and known by the subject that the pool gave', async () => {
    const { accounts, users } = await newPool();
    await accounts.invite('leader');
    await accounts.invite('clerk');
    const subjects = (await users()).map(
      ({ Attributes }) => Attributes?.find(({ Name }) => Name === 'sub')?.Value ?? '',
    );
    expect(subjects).toHaveLength(2);
    expect(new Set(await Promise.all(subjects.map(accounts.accountIdOf)))).toEqual(new Set(['clerk', 'leader']));
    expect(await accounts.accountIdOf('some other subject')).toBeUndefined();
  });

  test('who chose a password and are invited again are to choose another', async () => {
    const { userPoolId, accounts, users } = await newPool();
    await accounts.invite('leader');
    expect(await accounts.holds('leader')).toEqual({ password: false, secondFactor: false });
    await choosePassword(userPoolId, leader.email);
    expect(await accounts.holds('leader')).toEqual({ password: true, secondFactor: false });
    await accounts.invite('leader');
    expect((await users()).map(({ UserStatus }) => UserStatus)).toEqual(['RESET_REQUIRED']);
  });

  test('who are in the pool, though their account is not known by them, are found again', async () => {
    const { userPoolId, accounts, users, scratch } = await newPool();
    const UserAttributes = [{ Name: 'email_verified', Value: 'true' }];
    const Username = leader.email;
    await client.send(new AdminCreateUserCommand({ UserPoolId: userPoolId, Username, UserAttributes }));
    await choosePassword(userPoolId, leader.email);
    await accounts.invite('leader');
    expect(await users()).toHaveLength(1);
    const [one] = await scratch.list('sign-in-subject');
    expect(one?.value).toBe('leader');
  });

  test('are nobody’s twice: a mail that signs in as another account is refused', async () => {
    const { userPoolId, accounts, scratch } = await newPool();
    await accounts.invite('leader');
    const twin = cognitoAccounts(client, { userPoolId }, scratch, async (id) => ({ ...leader, id }));
    await expect(twin.invite('other')).rejects.toThrow(Permanent);
    const [kept] = await scratch.list('sign-in-subject');
    expect(kept?.value).toBe('leader');
  });

  /** A pool whose accounts change under it, as the histories say. */
  async function changing() {
    const pool = await newPool();
    const known = new Map(people);
    const accounts = cognitoAccounts(client, { userPoolId: pool.userPoolId }, pool.scratch, async (id) =>
      known.get(id),
    );
    await accounts.invite('leader');
    await accounts.invite('clerk');
    const mails = async () => (await pool.users()).map((user) => attributeOf(user, 'email')).toSorted();
    const subjectOf = async (mail: string) =>
      attributeOf((await pool.users()).find((user) => attributeOf(user, 'email') === mail) ?? {}, 'sub');
    return { ...pool, accounts, known, mails, subjectOf };
  }
  const attributeOf = ({ Attributes }: UserType, wanted: string) =>
    Attributes?.find(({ Name }) => Name === wanted)?.Value ?? '';
  const behind = expect.objectContaining({ isBehind: true });

  test('who are closed are no users any more, and their mail may be another account’s', async () => {
    const { accounts, known, users, mails, subjectOf } = await changing();
    const subject = await subjectOf(leader.email);
    known.delete('leader');
    expect(await accounts.holds('leader')).toEqual(behind);
    await accounts.follow('leader');
    await accounts.follow('leader');
    expect(await mails()).toEqual([clerk.email]);
    expect(await accounts.accountIdOf(subject)).toBeUndefined();
    expect(await accounts.holds('leader')).toEqual({ password: false, secondFactor: false });
    known.set('next', { ...leader, id: 'next' });
    await accounts.invite('next');
    expect(await accounts.accountIdOf(await subjectOf(leader.email))).toBe('next');
    expect(await users()).toHaveLength(2);
  });

  test('whose account has another mail sign in by it as the same account, and by the old one no more', async () => {
    const { accounts, known, userPoolId, mails, users, subjectOf } = await changing();
    await choosePassword(userPoolId, leader.email);
    const before = await subjectOf(leader.email);
    known.set('leader', { ...leader, email: 'hoa.lt@tinh.example' });
    expect(await accounts.holds('leader')).toEqual(behind);
    await accounts.follow('leader');
    expect(await mails()).toEqual([clerk.email, 'hoa.lt@tinh.example']);
    expect(await subjectOf('hoa.lt@tinh.example')).toBe(before);
    expect((await users()).map((user) => attributeOf(user, 'email_verified'))).toEqual(['true', 'true']);
    expect(await accounts.holds('leader')).toEqual({ password: true, secondFactor: false });
  });

  test('who take a mail that another has left get it, though the pool was not told of the leaving', async () => {
    const { accounts, known, userPoolId, mails, subjectOf } = await changing();
    await choosePassword(userPoolId, leader.email);
    known.set('leader', { ...leader, email: 'hoa.lt@tinh.example' });
    known.set('next', { ...clerk, id: 'next', email: leader.email });
    await accounts.invite('next');
    expect(await mails()).toEqual([clerk.email, 'hoa.lt@tinh.example', leader.email].toSorted());
    expect(await accounts.accountIdOf(await subjectOf(leader.email))).toBe('next');
    expect(await accounts.accountIdOf(await subjectOf('hoa.lt@tinh.example'))).toBe('leader');
  });

  test('that nobody knows are not invited', async () => {
    const { accounts, users } = await newPool();
    await accounts.invite('nobody');
    expect(await users()).toEqual([]);
    expect(await accounts.holds('nobody')).toEqual({ password: false, secondFactor: false });
  });
});

describe('the pool on a bad day', () => {
  const client = new CognitoIdentityProviderClient({ region: 'none', credentials });
  const service = mockClient(client);
  const scratch = scratchInMemory();
  const accounts = cognitoAccounts(client, { userPoolId: 'none_1', wait: async () => {} }, scratch, accountOf);
  const fault = (name: string) => Object.assign(new Error('as the service says it'), { name });
  const userWith = (email: string, status: 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD') => ({
    Username: 'subject',
    UserStatus: status,
    UserAttributes: [
      { Name: 'sub', Value: 'subject' },
      { Name: 'email', Value: email },
    ],
  });
  beforeEach(() => service.reset());

  test('that is busy is asked again, and is a fault that passes when it stays so', async () => {
    service.on(AdminCreateUserCommand).rejects(fault('TooManyRequestsException'));
    await expect(accounts.invite('leader')).rejects.toThrow(Transient);
  });

  test('that refuses is a fault for good', async () => {
    service.on(AdminCreateUserCommand).rejects(fault('NotAuthorizedException'));
    await expect(accounts.invite('leader')).rejects.toThrow(Permanent);
  });

  // The server that stands in for AWS makes another user when it is asked to send an invitation again.
  test('whoever never came gets the invitation once more', async () => {
    const attributes = [{ Name: 'sub', Value: 'subject' }];
    service.onAnyCommand().resolves({});
    service.on(AdminCreateUserCommand).rejectsOnce(fault('UsernameExistsException')).resolves({});
    service
      .on(AdminGetUserCommand)
      .resolves({ Username: 'subject', UserStatus: 'FORCE_CHANGE_PASSWORD', UserAttributes: attributes });
    await accounts.invite('leader');
    const asked = service.commandCalls(AdminCreateUserCommand).map(({ args: [{ input }] }) => input);
    expect(asked.map(({ Username, MessageAction }) => [Username, MessageAction])).toEqual([
      [leader.email, undefined],
      [leader.email, 'RESEND'],
    ]);
    expect(await accounts.accountIdOf('subject')).toBe('leader');
  });

  test('a user who is gone holds nothing, and is closed already', async () => {
    await scratch.put('sign-in-user', 'leader', 'subject');
    service.on(AdminGetUserCommand).rejects(fault('UserNotFoundException'));
    expect(await accounts.holds('leader')).toEqual({ password: false, secondFactor: false });
    await accounts.follow('leader');
    expect(service.commandCalls(AdminDeleteUserCommand)).toHaveLength(0);
  });

  test('who never came and has another mail gets the invitation there: what lies in the old box is void', async () => {
    await scratch.put('sign-in-user', 'leader', 'subject');
    service.onAnyCommand().resolves({});
    service.on(AdminGetUserCommand).resolves(userWith('old@so.example', 'FORCE_CHANGE_PASSWORD'));
    await accounts.follow('leader');
    expect(service.commandCalls(AdminUpdateUserAttributesCommand)).toHaveLength(1);
    const [resent] = service.commandCalls(AdminCreateUserCommand);
    expect(resent?.args[0].input).toMatchObject({ Username: leader.email, MessageAction: 'RESEND' });
    // Whoever came keeps the password.
    service.resetHistory();
    service.on(AdminGetUserCommand).resolves(userWith('old@so.example', 'CONFIRMED'));
    await accounts.follow('leader');
    expect(service.commandCalls(AdminCreateUserCommand)).toHaveLength(0);
    expect(service.commandCalls(AdminResetUserPasswordCommand)).toHaveLength(0);
  });

  test('that is away leaves a user behind, which says so until a later try', async () => {
    await scratch.put('sign-in-user', 'leader', 'subject');
    service.on(AdminGetUserCommand).resolves(userWith('old@so.example', 'CONFIRMED'));
    service.on(AdminUpdateUserAttributesCommand).rejects(fault('TooManyRequestsException'));
    await expect(accounts.follow('leader')).rejects.toThrow(Transient);
    expect(await accounts.holds('leader')).toMatchObject({ isBehind: true });
    service.on(AdminUpdateUserAttributesCommand).resolves({});
    await accounts.follow('leader');
  });

  test('whose process died between making and keeping finds the user it made', async () => {
    const empty = scratchInMemory();
    const after = cognitoAccounts(client, { userPoolId: 'none_1', wait: async () => {} }, empty, accountOf);
    service.onAnyCommand().resolves({});
    service.on(AdminCreateUserCommand).rejectsOnce(fault('UsernameExistsException')).resolves({});
    service.on(AdminGetUserCommand).resolves(userWith(leader.email, 'FORCE_CHANGE_PASSWORD'));
    await after.invite('leader');
    expect(await after.accountIdOf('subject')).toBe('leader');
  });

  test('a user with a second factor holds one', async () => {
    await scratch.put('sign-in-user', 'leader', 'subject');
    service
      .on(AdminGetUserCommand)
      .resolves({ ...userWith(leader.email, 'CONFIRMED'), UserMFASettingList: ['SOFTWARE_TOKEN_MFA'] });
    expect(await accounts.holds('leader')).toEqual({ password: true, secondFactor: true });
  });
});

describe('the pages', () => {
  const key = tokenKey('1');
  const subject = '2c6a0c1e-1d2b-4b3f-9d3a-0f3f3a1b2c3d';
  const domain = 'https://chi-tra.auth.ap-southeast-1.amazoncognito.com';
  let claims: Record<string, unknown>;
  let issuer = '';
  let provider: ReturnType<typeof createServer>;

  /** A pool’s discovery, keys and tokens; its login page is the test. */
  beforeEach(async () => {
    claims = {};
    provider = createServer((request, response) => {
      const say = (body: object) => response.setHeader('Content-Type', 'application/json').end(JSON.stringify(body));
      if (request.url?.includes('.well-known/openid-configuration') === true) {
        return say({
          issuer,
          authorization_endpoint: `${domain}/oauth2/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        });
      }
      if (request.url?.endsWith('/jwks') === true) return say(key.jwks);
      return say({ access_token: 'a', token_type: 'Bearer', expires_in: 900, id_token: key.token(claims) });
    }).listen(0, '127.0.0.1');
    await once(provider, 'listening');
    const address = provider.address();
    issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/pool`;
  });
  afterEach(() => {
    provider.closeAllConnections();
    provider.close();
  });

  function site(more: Partial<Parameters<typeof sessions>[0]> = {}, isPool = true) {
    const kept = new Map<string, string>();
    const pool = { domain, clientId: 'pages', publicUrl: 'https://chi-tra.tinh.example' };
    const accountIdOf = async (sub: string) => (sub === subject ? 'leader' : undefined);
    const signedIn = sessions({
      issuer,
      clientId: 'pages',
      clientSecret: 'secret',
      redirectUri: 'http://localhost/dang-nhap/xong',
      isSecure: false,
      sealKey: new Uint8Array(32).fill(7),
      now: Date.now,
      store: {
        get: async (name) => kept.get(name),
        put: async (name, value) => void kept.set(name, value),
        remove: async (name) => void kept.delete(name),
      },
      accountOf: async (id) => {
        const account = people.get(id);
        return account === undefined ? undefined : { ...account, version: 1 };
      },
      ...(isPool ? cognitoSessions(pool, { accountIdOf }) : {}),
      ...more,
    });
    const app = new Hono();
    app.get('/dang-nhap', async (context) => signedIn.begin(context, '/viec'));
    app.get('/dang-nhap/xong', async (context) => signedIn.finish(context));
    app.post('/dang-xuat', async (context) => signedIn.end(context));
    app.get('/', async (context) => context.text((await signedIn.current(context))?.account.id ?? 'nobody'));
    return { app, signedIn };
  }

  const cookiesOf = (response: Response) =>
    response.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');

  /** Through the pool's page and back, as its user with these claims. */
  async function signIn({ app }: ReturnType<typeof site>, given: object = {}) {
    const begun = await app.request('http://localhost/dang-nhap');
    const asked = new URL(begun.headers.get('Location') ?? '');
    const seconds = Math.floor(Date.now() / 1000);
    claims = {
      iss: issuer,
      aud: 'pages',
      sub: subject,
      nonce: asked.searchParams.get('nonce'),
      token_use: 'id',
      auth_time: seconds,
      iat: seconds,
      exp: seconds + 900,
      ...given,
    };
    const back = `http://localhost/dang-nhap/xong?code=1&state=${asked.searchParams.get('state')}`;
    const finished = await app.request(back, { headers: { Cookie: cookiesOf(begun) } });
    const seen = await app.request('http://localhost/', { headers: { Cookie: cookiesOf(finished) } });
    return { asked, finished, who: await seen.text() };
  }

  test('lead to the pool’s domain, which is to ask for the password anew', async () => {
    const { asked } = await signIn(site());
    expect(asked.origin).toBe(domain);
    expect(asked.searchParams.get('prompt')).toBe('login');
    expect(asked.searchParams.get('code_challenge_method')).toBe('S256');
    // What the stack lets the pages' client ask for.
    expect(asked.searchParams.get('scope')).toBe('openid email');
  });

  test('let in the account of the subject, its second factor held because the pool demands one of all', async () => {
    const { who, finished } = await signIn(site());
    expect(finished.headers.get('Location')).toBe('/viec');
    expect(who).toBe('leader');
  });

  test('note whom they let in, and whom they do not let in nobody notes', async () => {
    const log = signInLog(scratchInMemory(), Date.now);
    const noting = site({ onSignedIn: async (account) => log.note({ account, outcome: 'signed-in' }) });
    await signIn(noting, { sub: 'nobody' });
    expect(await log.latest(10)).toEqual([]);
    await signIn(noting);
    expect(await log.latest(10)).toEqual([{ at: expect.any(String), account: 'leader', outcome: 'signed-in' }]);
  });

  test('do not hold a second factor where nobody demands it and the token says nothing', async () => {
    const bare = site({ accountIdOf: async () => 'leader' }, false);
    expect((await signIn(bare)).who).toBe('nobody');
    expect((await signIn(bare, { amr: ['pwd', 'otp'] })).who).toBe('leader');
  });

  test('let in nobody whose subject is no account’s', async () => {
    const { who, finished } = await signIn(site(), { sub: 'leader' });
    expect([who, finished.status]).toEqual(['nobody', 400]);
  });

  test('sign out at the pool whoever comes from there without having been asked, so that the next is asked', async () => {
    const { who, finished } = await signIn(site(), { auth_time: Math.floor(Date.now() / 1000) - 600 });
    expect(who).toBe('nobody');
    const to = new URL(finished.headers.get('Location') ?? '');
    expect([to.origin, to.pathname]).toEqual([domain, '/logout']);
    expect(Object.fromEntries(to.searchParams)).toEqual({
      client_id: 'pages',
      logout_uri: 'https://chi-tra.tinh.example/',
    });
  });

  test('sign out at the pool too, and say where their forms may lead', async () => {
    const { app, signedIn } = site();
    const ended = await app.request('http://localhost/dang-xuat', { method: 'POST' });
    expect(ended.status).toBe(303);
    expect(ended.headers.get('Location')).toMatch(`${domain}/logout?`);
    expect(signedIn.leadsTo).toBe(domain);
  });
});
