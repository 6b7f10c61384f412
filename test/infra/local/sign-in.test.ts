/** Real HTTP: the embedded provider, a small application that signs people in by it, and a browser without a screen. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { checkCsrf, type SessionStore, sessions } from '../../../functions/web/session.ts';
import { type Accounts, accounts, demoAccounts, demoCode } from '../../../infra/local/accounts.ts';
import { signIn as signInAt, textOf, visitor as visitorOf } from '../../../infra/local/commands/visitor.ts';
import { openHome } from '../../../infra/local/home.ts';
import { openKeys } from '../../../infra/local/keys.ts';
import { openScratch, type SqliteScratch } from '../../../infra/local/scratch.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { sampleUnits } from '../../../infra/local/samples.ts';
import { codeAt } from '../../../infra/local/second-factor.ts';
import { latestSignIns } from '../../../infra/local/sign-in-log.ts';
import { signInProvider } from '../../../infra/local/sign-in.ts';
import { openSqliteStore } from '../../../infra/local/sqlite-store.ts';
import { type Role, roles } from '../../../shared/case/access.ts';
import { estimateStream } from '../../../shared/case/funding.ts';
import { sources } from '../../../shared/case/unit.ts';
import { type Browser, browser } from '../../http-client.ts';

const clientId = 'chi-tra';
const clientSecret = 'a-secret-of-the-test';
const sealKey = new Uint8Array(32).fill(7);
const minute = 60_000;
const wrongSentence = 'Thư điện tử hoặc mật khẩu không đúng.';
const waitSentence = 'Hãy đợi 15 phút rồi thử lại';

interface Running {
  readonly base: string;
  readonly port: number;
  readonly scratch: SqliteScratch;
  readonly accounts: Accounts;
  readonly reported: unknown[];
  stop(): Promise<void>;
}

/** Sessions in memory that forget nothing by themselves, as a table with a slow TTL does. */
function forgetsNothing(): SessionStore {
  const kept = new Map<string, string>();
  return {
    get: async (key) => kept.get(key),
    put: async (key, value) => void kept.set(key, value),
    remove: async (key) => void kept.delete(key),
  };
}

function inScratch(scratch: SqliteScratch): SessionStore {
  return {
    get: async (key) => scratch.get('session', key),
    put: async (key, value, expiresAt) => scratch.put('session', key, value, expiresAt),
    remove: async (key) => scratch.remove('session', key),
  };
}

interface Options {
  readonly port?: number;
  readonly store?: SessionStore;
  /** How often the provider's discovery document fails before it is there. */
  readonly failingDiscoveries?: number;
  /** What the provider answers to every exchange of a code. */
  readonly tokenStatus?: number;
}

let directory: string;
let late: number;
let running: Running;
const now = () => Date.now() + late;

async function start({ port: wanted = 0, store, failingDiscoveries = 0, tokenStatus }: Options = {}): Promise<Running> {
  const scratch = openScratch(join(directory, 'scratch.sqlite'), now);
  const histories = openSqliteStore(join(directory, 'histories.sqlite'));
  const vault = openKeys(join(directory, 'keys'), directory);
  const directoryOfAccounts = accounts({ scratch, store: histories, vault }, now);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(wanted, 'localhost', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : wanted;
  const base = `http://localhost:${port}`;
  const [issuer, redirectUri] = [`${base}/oidc`, `${base}/dang-nhap/xong`];
  const reported: unknown[] = [];
  const report = (error: unknown) => void reported.push(error);
  const provider = signInProvider({
    scratch,
    accounts: directoryOfAccounts,
    issuer,
    clientId,
    clientSecret,
    redirectUri,
    report,
  });
  const accountOf = (id: string) => directoryOfAccounts.find(id);
  const app = application({
    issuer,
    clientId,
    clientSecret,
    redirectUri,
    store: store ?? inScratch(scratch),
    isSecure: false,
    sealKey,
    accountOf,
    report,
    now,
  });
  const listener = getRequestListener(app.fetch);
  let failures = failingDiscoveries;
  server.on('request', (request, response) => {
    if (request.url?.includes('.well-known') === true && failures > 0) {
      failures -= 1;
      response.writeHead(503).end();
    } else if (tokenStatus !== undefined && request.url === '/oidc/token') {
      response.writeHead(tokenStatus).end();
    } else if (request.url?.startsWith('/oidc/') === true) provider.handle(request, response);
    else void listener(request, response);
  });
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    scratch.close();
    histories.close();
    vault.close();
  };
  return { base, port, scratch, accounts: directoryOfAccounts, reported, stop };
}

/** Says who is signed in on every page. */
function application(settings: Parameters<typeof sessions>[0]): Hono {
  const signedIn = sessions(settings);
  const app = new Hono();
  app.get('/dang-nhap', (context) => signedIn.begin(context, context.req.query('tro-lai') ?? '/'));
  app.get('/dang-nhap/xong', (context) => signedIn.finish(context));
  app.post('/dang-xuat', async (context) => {
    const session = await signedIn.current(context);
    const form = await context.req.formData();
    const isOurs = session !== undefined && checkCsrf(session, z.string().parse(form.get('csrf')));
    return isOurs ? signedIn.end(context) : context.text('refused', 403);
  });
  app.get('*', async (context) => {
    const session = await signedIn.current(context);
    return context.text(session === undefined ? 'nobody' : `${session.account.email} ${session.csrf}`);
  });
  return app;
}

function person(role: Role) {
  const found = demoAccounts(['U1']).find(({ account }) => account.role === role);
  if (found === undefined) throw new Error(`no demonstration account is a ${role}`);
  const { account, password, secret = '' } = found;
  return { ...account, password, secret };
}

const clerk = person('unit-clerk');
const accountant = person('unit-chief-accountant');

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'chi-tra-sign-in-'));
  late = 0;
  running = await start();
  for (const { password, secret: _secret, ...account } of [clerk, accountant])
    await running.accounts.add(account, password);
});
afterEach(async () => {
  await running.stop();
  rmSync(directory, { recursive: true });
});

/** The same data behind a server that was stopped and started, or one with other settings. */
async function restart(options: Options = {}): Promise<void> {
  const { port } = running;
  await running.stop();
  running = await start({ port, ...options });
}

async function tryToSignIn(visitor: Browser, email: string, password: string, returnTo = '/') {
  const login = await visitor.get(`/dang-nhap?tro-lai=${encodeURIComponent(returnTo)}`);
  return visitor.post(login.url, { email, password });
}

async function signedIn({ email, password } = clerk): Promise<Browser> {
  const visitor = browser(running.base);
  expect((await tryToSignIn(visitor, email, password)).html).toContain(email);
  return visitor;
}

const whoIs = async (visitor: Browser) => (await visitor.get('/')).html.split(' ')[0];

/** Up to the address that the provider sends the browser back to; it is not opened. */
async function callbackOf(visitor: Browser): Promise<string> {
  const login = await visitor.get('/dang-nhap');
  const resume = await visitor.step(login.url, { email: clerk.email, password: clerk.password });
  const back = await visitor.step(resume.headers.get('location') ?? '');
  return back.headers.get('location') ?? '';
}

describe('the password', () => {
  test('the right one signs in and leads to where one was going', async () => {
    const landed = await tryToSignIn(browser(running.base), clerk.email, clerk.password, '/dot/d-1?phien-ban=2');
    expect([landed.status, landed.url]).toEqual([200, '/dot/d-1?phien-ban=2']);
    expect(landed.html).toContain(clerk.email);
  });

  test('every demonstration account signs in by its own password, capitals in the mail or not', async () => {
    const given = demoAccounts(['U1']);
    expect(given.map(({ account }) => account.role)).toEqual([...roles]);
    expect(new Set(given.map(({ password }) => password)).size).toBe(roles.length);
    for (const { account, password } of given) {
      await running.accounts.add(account, password);
      expect(await running.accounts.check(account.email.toUpperCase(), password)).toEqual({
        outcome: 'right',
        account,
      });
    }
  });

  test('only the roles of a unit have units', () => {
    const withUnits = demoAccounts(['U1']).filter(({ account }) => account.units.length > 0);
    expect(withUnits.map(({ account }) => account.role)).toEqual([
      'unit-clerk',
      'unit-chief-accountant',
      'unit-account-holder',
    ]);
  });

  test('a wrong one is said in Vietnamese and signs nobody in', async () => {
    const visitor = browser(running.base);
    const answer = await tryToSignIn(visitor, clerk.email, 'wrong');
    expect(answer.status).toBe(422);
    expect(answer.html).toContain(wrongSentence);
    expect(await whoIs(visitor)).toBe('nobody');
  });

  test('an unknown mail is answered just as a wrong password is', async () => {
    const known = await tryToSignIn(browser(running.base), clerk.email, 'wrong');
    const unknown = await tryToSignIn(browser(running.base), 'khong.co@chi-tra.example', 'wrong');
    expect(unknown.status).toBe(known.status);
    expect(unknown.html).toBe(known.html.replace(clerk.email, 'khong.co@chi-tra.example'));
  });

  test.each([
    [4, 'right'],
    [5, 'wait'],
    [6, 'wait'],
  ])('after %i wrong tries the right password is answered: %s', async (tries, outcome) => {
    for (let count = 0; count < tries; count += 1) await running.accounts.check(clerk.email, 'wrong');
    expect((await running.accounts.check(clerk.email, clerk.password)).outcome).toBe(outcome);
    expect((await running.accounts.check(accountant.email, accountant.password)).outcome).toBe('right');
  });

  test('after five wrong tries the page says to wait a quarter of an hour, and then the right one is right', async () => {
    const visitor = browser(running.base);
    for (let count = 0; count < 5; count += 1) await tryToSignIn(visitor, clerk.email, 'wrong');
    const answer = await tryToSignIn(visitor, clerk.email, clerk.password);
    expect([answer.status, answer.html.includes(waitSentence), await whoIs(visitor)]).toEqual([429, true, 'nobody']);
    late = 15 * minute + 1000;
    expect((await running.accounts.check(clerk.email, clerk.password)).outcome).toBe('right');
  });

  test('of ever other people is tried twenty times on one page, and on the next again', async () => {
    const visitor = browser(running.base);
    const login = await visitor.get('/dang-nhap');
    const statuses: number[] = [];
    for (let tries = 0; tries < 21; tries += 1) {
      statuses.push((await visitor.post(login.url, { email: `nobody${tries}@x.example`, password: 'x' })).status);
    }
    expect(statuses).toEqual([...Array<number>(20).fill(422), 429]);
    expect(await whoIs(await signedIn())).toBe(clerk.email);
  });

  test('of too many people at once is put off, with what to do', async () => {
    const logins = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const visitor = browser(running.base);
        return { visitor, index, url: (await visitor.get('/dang-nhap')).url };
      }),
    );
    const answers = await Promise.all(
      logins.map(({ visitor, url, index }) => visitor.post(url, { email: `nobody${index}@x.example`, password: 'x' })),
    );
    const putOff = answers.filter(({ status }) => status === 503);
    expect(putOff.length).toBeGreaterThan(0);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422, 503]));
    expect(textOf(putOff[0]?.html ?? '')).toContain('Hệ thống đang bận');
  });
});

/** In the middle of a step, so that none passes within a test; never ahead, for the provider's clock is the real one. */
function midStep(): number {
  const ahead = 15_000 - (Date.now() % 30_000);
  return ahead > 0 ? ahead - 30_000 : ahead;
}

describe('the one-time code', () => {
  const leader = person('finance-leader');
  const halfMinute = 30_000;
  const codePage = 'Mã 6 chữ số';
  const code = (steps = 0) => demoCode(leader, now() + steps * halfMinute);
  const outcomes = () => latestSignIns(running.scratch, 50).map(({ outcome }) => outcome);

  beforeEach(async () => {
    const { password, secret, ...account } = leader;
    await running.accounts.add(account, password, secret);
    late = midStep();
  });

  /** At the code page, after the right password. */
  async function asked(visitor = browser(running.base)) {
    const page = await tryToSignIn(visitor, leader.email, leader.password);
    return { visitor, page, give: (given: string) => visitor.post(page.url, { code: given }) };
  }

  test('is asked of a leader after the password, and of a clerk never', async () => {
    const { visitor, page, give } = await asked();
    expect([page.status, page.html.includes(codePage), await whoIs(visitor)]).toEqual([200, true, 'nobody']);
    await give(code());
    expect(await whoIs(visitor)).toBe(leader.email);
    expect(await whoIs(await signedIn())).toBe(clerk.email);
    expect(outcomes()).toEqual(['signed-in', 'signed-in', 'code-asked']);
  });

  test.each([
    [-2, 'nobody'],
    [-1, leader.email],
    [1, leader.email],
    [2, 'nobody'],
  ])('of %i half minutes from now lets in %s', async (steps, whose) => {
    const { visitor, give } = await asked();
    await give(code(steps));
    expect(await whoIs(visitor)).toBe(whose);
  });

  test('is taken once: neither it nor an older one lets in again within its time', async () => {
    const given = code();
    await (await asked()).give(given);
    for (const again of [given, code(-1)]) {
      const { visitor, give } = await asked();
      expect([(await give(again)).status, await whoIs(visitor)]).toEqual([422, 'nobody']);
    }
    const { visitor, give } = await asked();
    await give(code(1));
    expect(await whoIs(visitor)).toBe(leader.email);
  });

  test('given by two at the same instant lets in one', async () => {
    const [one, other] = [await asked(), await asked()];
    const given = code();
    await Promise.all([one.give(given), other.give(given)]);
    const who = [await whoIs(one.visitor), await whoIs(other.visitor)];
    expect(new Set(who)).toEqual(new Set([leader.email, 'nobody']));
  });

  test('without the password is asked for the password, also beside a sign-in that gave it', async () => {
    const visitor = browser(running.base);
    await asked(visitor);
    const login = await visitor.get('/dang-nhap?tro-lai=/other');
    expect(login.html).not.toContain(codePage);
    const answer = await visitor.post(login.url, { code: code() });
    expect([answer.status, answer.html.includes('Hãy nhập thư điện tử và mật khẩu trước')]).toEqual([422, true]);
    expect(await whoIs(visitor)).toBe('nobody');
  });

  test('is not taken in the browser of somebody else', async () => {
    const { page } = await asked();
    const stranger = browser(running.base);
    expect((await stranger.post(page.url, { code: code() })).status).toBe(400);
    expect(await whoIs(stranger)).toBe('nobody');
  });

  test('is not taken any more when the sign-in has expired', async () => {
    const { visitor, give } = await asked();
    late += 61 * minute;
    const answer = await give(code());
    expect([answer.html.includes(codePage), await whoIs(visitor)]).toEqual([false, 'nobody']);
  });

  test('is not taken when the account was signed out everywhere since the password', async () => {
    const { visitor, give } = await asked();
    running.accounts.signOutEverywhere(leader.id);
    await give(code());
    expect(await whoIs(visitor)).toBe('nobody');
  });

  test('five times wrong must wait a quarter of an hour, the right one too, however often the password is given', async () => {
    const statuses: number[] = [];
    for (let tries = 0; tries < 5; tries += 1) statuses.push((await (await asked()).give('000000')).status);
    const { visitor, give } = await asked();
    const sixth = await give(code());
    expect([statuses, sixth.status, sixth.html.includes(waitSentence)]).toEqual([[422, 422, 422, 422, 422], 429, true]);
    expect(await whoIs(visitor)).toBe('nobody');
    expect(outcomes().filter((outcome) => outcome === 'wrong-code')).toHaveLength(5);
    expect(outcomes()[0]).toBe('wait');
    late += 15 * minute;
    expect(await running.accounts.checkCode(leader.id, code())).toBe('right');
  });

  test('can be left for another account', async () => {
    const { visitor, page } = await asked();
    const login = await visitor.post(page.url, { again: '1' });
    expect(login.html).not.toContain(codePage);
    expect((await visitor.post(login.url, { email: clerk.email, password: clerk.password })).html).toContain(
      clerk.email,
    );
  });

  test('is shown to nobody outside the demonstration', async () => {
    expect((await asked()).page.html).not.toContain(code());
  });

  test('of a session of before is missing: a password alone is no session of a leader', async () => {
    const { visitor, give } = await asked();
    await give(code());
    expect(await whoIs(visitor)).toBe(leader.email);
    for (const { key, value } of running.scratch.list('session')) {
      if (key.startsWith('session/')) {
        running.scratch.put('session', key, value.replace('"hasSecondFactor":true', '"hasSecondFactor":false'));
      }
    }
    expect(await whoIs(visitor)).toBe('nobody');
  });
});

describe('enrolling one-time codes', () => {
  const leader = person('home-affairs-leader');
  const secretOn = (html: string) => (/id="secret">([A-Z2-7 ]+)</.exec(html)?.[1] ?? '').replaceAll(' ', '');
  beforeEach(async () => {
    const { password, secret: _secret, ...account } = leader;
    await running.accounts.add(account, password);
    late = midStep();
  });

  test('shows a picture and the secret in groups of four, and counts with the right code only', async () => {
    const visitor = browser(running.base);
    const page = await tryToSignIn(visitor, leader.email, leader.password);
    const secret = secretOn(page.html);
    expect(page.html).toMatch(/<svg[^>]*>/);
    expect(page.html).not.toMatch(/style=|<script/);
    expect(page.html).toMatch(/id="secret">([A-Z2-7]{4} ){7}[A-Z2-7]{4}</);
    expect(secret).toHaveLength(32);
    const wrong = await visitor.post(page.url, { code: '000000' });
    expect([wrong.status, secretOn(wrong.html), await whoIs(visitor)]).toEqual([422, secret, 'nobody']);
    expect(await running.accounts.holds(leader.id)).toEqual({ password: true, secondFactor: false });
    await visitor.post(page.url, { code: codeAt(secret, now()) });
    expect(await whoIs(visitor)).toBe(leader.email);
    expect(await running.accounts.holds(leader.id)).toEqual({ password: true, secondFactor: true });
    const next = browser(running.base);
    const asked = await tryToSignIn(next, leader.email, leader.password);
    expect(secretOn(asked.html)).toBe('');
    expect((await next.post(asked.url, { code: codeAt(secret, now()) })).status).toBe(422);
    await next.post(asked.url, { code: codeAt(secret, now() + 30_000) });
    expect(await whoIs(next)).toBe(leader.email);
  });

  test('gives each sign-in a secret of its own, and the first that is proved is the one', async () => {
    const [one, other] = [browser(running.base), browser(running.base)];
    const first = await tryToSignIn(one, leader.email, leader.password);
    const second = await tryToSignIn(other, leader.email, leader.password);
    expect(secretOn(first.html)).not.toBe(secretOn(second.html));
    await one.post(first.url, { code: codeAt(secretOn(first.html), now()) });
    const late = await other.post(second.url, { code: codeAt(secretOn(second.html), now()) });
    expect([late.status, await whoIs(one), await whoIs(other)]).toEqual([422, leader.email, 'nobody']);
  });

  test('leaves no secret in clear in the data', async () => {
    const visitor = browser(running.base);
    const page = await tryToSignIn(visitor, leader.email, leader.password);
    await visitor.post(page.url, { code: codeAt(secretOn(page.html), now()) });
    const kept = ['credential', 'password-passed', 'session'].flatMap((kind) => running.scratch.list(kind));
    expect(JSON.stringify(kept)).not.toContain(secretOn(page.html));
  });
});

describe('an invitation', () => {
  const link = async () => `/oidc/moi/${await running.accounts.inviteToken(clerk.id)}`;
  const password = 'mưa nắng quê nhà';
  const given = { password, repeated: password };
  const check = async (tried: string) => (await running.accounts.check(clerk.email, tried)).outcome;

  test('sets a password once, and opening it sets none', async () => {
    const visitor = browser(running.base);
    const path = await link();
    expect((await visitor.get(path)).status).toBe(200);
    expect([(await visitor.get(path)).status, await check(clerk.password)]).toEqual([200, 'right']);
    expect((await visitor.post(path, given)).html).toContain('Đã đặt mật khẩu');
    expect([await check(clerk.password), await check(password)]).toEqual(['wrong', 'right']);
    const again = { password: 'một câu khác hẳn', repeated: 'một câu khác hẳn' };
    const second = await visitor.post(path, again);
    expect([second.status, (await visitor.get(path)).status, await check(password)]).toEqual([404, 404, 'right']);
  });

  test('posted twice at the same instant sets one password', async () => {
    const path = await link();
    const other = { password: 'một câu khác hẳn', repeated: 'một câu khác hẳn' };
    const answers = await Promise.all([given, other].map((form) => browser(running.base).post(path, form)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 404]));
  });

  test.each([
    [72 * 60 - 1, 200],
    [72 * 60, 404],
  ])('after %i minutes answers %i', async (minutes, status) => {
    const path = await link();
    late = minutes * minute;
    expect((await browser(running.base).get(path)).status).toBe(status);
  });

  test('that is guessed, or replaced by a newer one, opens nothing', async () => {
    const [old, newer] = [await link(), await link()];
    const visitor = browser(running.base);
    const guessed = `/oidc/moi/${randomBytes(32).toString('base64url')}`;
    const statuses = await Promise.all([guessed, old, newer].map(async (path) => (await visitor.get(path)).status));
    expect(statuses).toEqual([404, 404, 200]);
    expect((await visitor.post(old, given)).status).toBe(404);
    expect(await check(clerk.password)).toBe('right');
  });

  test('ends the sessions of before, and is stored as a digest only', async () => {
    const visitor = await signedIn();
    const path = await link();
    expect(JSON.stringify(running.scratch.list('invitation'))).not.toContain(path.slice('/oidc/moi/'.length));
    await browser(running.base).post(path, given);
    expect(await whoIs(visitor)).toBe('nobody');
  });

  test.each([
    ['eleven characters', 'mười một ký', 'mười một ký'],
    ['two that differ', password, `${password}!`],
    ['the name in the mail', 'xin LapBieu.DonVi nhé', 'xin LapBieu.DonVi nhé'],
  ])('refuses %s and says what to do', async (_, first, repeated) => {
    const answer = await browser(running.base).post(await link(), { password: first, repeated });
    expect([answer.status, /cần từ 12|không giống nhau|không được chứa/.test(answer.html)]).toEqual([422, true]);
    expect(await check(clerk.password)).toBe('right');
  });
});

describe('the sign-in log', () => {
  test('names the account, and of an unknown mail a keyed digest; it is forgotten after ninety days', async () => {
    await tryToSignIn(browser(running.base), clerk.email, 'wrong');
    await tryToSignIn(browser(running.base), 'khong.co@chi-tra.example', 'wrong');
    const [unknown, known] = latestSignIns(running.scratch, 50);
    expect(known).toMatchObject({ account: clerk.id, outcome: 'wrong-password' });
    expect(unknown).toMatchObject({ mail: expect.stringMatching(/^[0-9a-f]{64}$/), outcome: 'wrong-password' });
    const plain = createHash('sha256').update('khong.co@chi-tra.example').digest('hex');
    expect(unknown?.mail).not.toBe(plain);
    late = 90 * 24 * 60 * minute;
    expect(latestSignIns(running.scratch, 50)).toEqual([]);
  });
});

describe('the login page', () => {
  test('carries no script, allows none, and escapes what was typed', async () => {
    const answer = await tryToSignIn(browser(running.base), '"><script>alert(1)</script>', 'x');
    expect(answer.html).not.toContain('<script');
    expect(answer.html).toContain('&lt;script&gt;');
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self'/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('opens only in the browser that began', async () => {
    const login = await browser(running.base).get('/dang-nhap');
    const stranger = browser(running.base);
    const answer = await stranger.post(login.url, { email: clerk.email, password: clerk.password });
    expect([answer.status, await whoIs(stranger)]).toEqual([400, 'nobody']);
  });

  test('of a link that has expired says so without a form, and is no fault', async () => {
    const answer = await browser(running.base).get('/oidc/dang-nhap/qua-han-tu-lau');
    expect(answer.status).toBe(400);
    expect(answer.html).toContain('đã hết hạn');
    expect(answer.html).not.toContain('<form');
    expect(running.reported).toEqual([]);
  });
});

describe('the way back from the provider', () => {
  test('with another state signs nobody in', async () => {
    const visitor = browser(running.base);
    const forged = (await callbackOf(visitor)).replace(/state=[^&]+/, 'state=forged');
    expect((await visitor.get(forged)).url).toBe('/');
    expect(await whoIs(visitor)).toBe('nobody');
  });

  test('two links opened at once while signed out both arrive', async () => {
    const visitor = browser(running.base);
    const one = await visitor.get('/dang-nhap?tro-lai=/one');
    const other = await visitor.get('/dang-nhap?tro-lai=/other');
    const given = { email: clerk.email, password: clerk.password };
    expect((await visitor.post(one.url, given)).url).toBe('/one');
    expect((await visitor.post(other.url, given)).url).toBe('/other');
    expect(await whoIs(visitor)).toBe(clerk.email);
  });

  test("opened in another's browser signs nobody in there", async () => {
    const callback = await callbackOf(browser(running.base));
    const other = browser(running.base);
    await other.get('/dang-nhap');
    await other.get(callback);
    expect(await whoIs(other)).toBe('nobody');
  });

  test('leads in once: the same address with the same cookies is refused the second time', async () => {
    const visitor = browser(running.base);
    const callback = await callbackOf(visitor);
    const copied = visitor.copy();
    await visitor.get(callback);
    await copied.get(callback);
    expect([await whoIs(visitor), await whoIs(copied)]).toEqual([clerk.email, 'nobody']);
  });

  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '',
  ])('never leads to %j', async (elsewhere) => {
    expect((await tryToSignIn(browser(running.base), clerk.email, clerk.password, elsewhere)).url).toBe('/');
  });
});

describe('the provider', () => {
  const verifier = randomBytes(32).toString('base64url');
  const redirectUri = () => `${running.base}/dang-nhap/xong`;
  const request = (more: Record<string, string> = {}) => {
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      scope: 'openid email profile',
      redirect_uri: redirectUri(),
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    });
    return `/oidc/auth?${query.toString()}`;
  };
  const exchange = (code: string) =>
    fetch(`${running.base}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri(),
        code_verifier: verifier,
      }),
    });

  test('redeems a code once, and a second use voids what the first was given', async () => {
    const visitor = browser(running.base);
    const login = await visitor.get(request());
    const resume = await visitor.step(login.url, { email: clerk.email, password: clerk.password });
    const back = await visitor.step(resume.headers.get('location') ?? '');
    const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const first = await exchange(code);
    expect(first.status).toBe(200);
    const { access_token: token } = z.object({ access_token: z.string() }).parse(await first.json());
    const userinfo = () => fetch(`${running.base}/oidc/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(await (await userinfo()).json()).toEqual({ sub: clerk.id, email: clerk.email, name: clerk.name });
    const second = await exchange(code);
    expect([second.status, await second.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
    expect((await userinfo()).status).toBe(401);
  });

  test.each<Record<string, string>>([{ redirect_uri: 'https://evil.example/' }, { client_id: 'another' }])(
    'sends nobody anywhere for %o',
    async (changed) => {
      const answer = await browser(running.base).step(request(changed));
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    },
  );

  test('gives no code without PKCE', async () => {
    const answer = await browser(running.base).step(request({ code_challenge: '', code_challenge_method: '' }));
    expect(answer.headers.get('location')).toContain('error=invalid_request');
  });

  test('that is not there yet at the first sign-in does not spoil the next', async () => {
    await restart({ failingDiscoveries: 1 });
    expect((await browser(running.base).get('/dang-nhap')).status).toBe(500);
    expect(await whoIs(await signedIn())).toBe(clerk.email);
  });

  test.each([429, 503])('that answers %i to a code is told of to whoever keeps the log', async (tokenStatus) => {
    await restart({ tokenStatus });
    const visitor = browser(running.base);
    expect((await visitor.step(await callbackOf(visitor))).status).toBe(400);
    expect(running.reported).toHaveLength(1);
  });

  test('that says a code is none, or was not asked at all, is no fault', async () => {
    for (const [what, by] of [
      [/code=[^&]+/, 'code=forged'],
      [/code=[^&]+/, 'error=access_denied'],
      [/iss=[^&]+/, 'iss=https%3A%2F%2Felse.example'],
    ] as const) {
      const visitor = browser(running.base);
      const callback = (await callbackOf(visitor)).replace(what, by);
      expect((await visitor.step(callback)).status, by).toBe(400);
    }
    expect(running.reported).toEqual([]);
  });
});

describe('a session', () => {
  test('is a sealed number in a cookie of this host that no script reads, and a fresh one at each sign-in', async () => {
    const visitor = browser(running.base);
    const callback = await callbackOf(visitor);
    const [line = ''] = (await visitor.step(callback)).headers.getSetCookie();
    expect(line).toMatch(/^chi-tra=[\w-]+;/);
    expect(line.split('; ').slice(1)).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'SameSite=Lax']));
    const ids = running.scratch.list('session').map(({ key }) => key.split('/')[1] ?? '');
    expect(ids).toHaveLength(1);
    expect(ids.some((id) => line.includes(id))).toBe(false);
  });

  test('outlives a restart of the server', async () => {
    const visitor = await signedIn();
    await restart();
    expect(await whoIs(visitor)).toBe(clerk.email);
  });

  test('begun before a restart can be finished after it', async () => {
    const visitor = browser(running.base);
    const login = await visitor.get('/dang-nhap');
    await restart();
    expect((await visitor.post(login.url, { email: clerk.email, password: clerk.password })).html).toContain(
      clerk.email,
    );
  });

  test('ends with signing out everywhere, and the sessions of others go on', async () => {
    const [one, two, other] = [await signedIn(), await signedIn(), await signedIn(accountant)];
    running.accounts.signOutEverywhere(clerk.id);
    expect([await whoIs(one), await whoIs(two), await whoIs(other)]).toEqual(['nobody', 'nobody', accountant.email]);
    expect(await whoIs(await signedIn())).toBe(clerk.email);
  });

  test.each([
    [29, clerk.email],
    [30, clerk.email],
    [31, 'nobody'],
  ])('idle for %i minutes belongs to %s', async (minutes, whose) => {
    const visitor = await signedIn();
    // Less a second, for the sign-in itself takes a moment.
    late = minutes * minute - 1000;
    expect(await whoIs(visitor)).toBe(whose);
  });

  test.each(['a store that forgets in time', 'a store that forgets nothing'])(
    'in use all day ends after 8 hours, with %s',
    async (store) => {
      if (store === 'a store that forgets nothing') await restart({ store: forgetsNothing() });
      const visitor = await signedIn();
      for (let minutes = 20; minutes < 8 * 60; minutes += 20) {
        late = minutes * minute;
        expect(await whoIs(visitor)).toBe(clerk.email);
      }
      late = 8 * 60 * minute + 1000;
      expect(await whoIs(visitor)).toBe('nobody');
    },
  );

  test('with a cookie that was made up is nobody', async () => {
    const line = (await (await signedIn()).step('/')).html;
    const made = await fetch(running.base, { headers: { cookie: `chi-tra=${randomBytes(71).toString('base64url')}` } });
    expect([line.split(' ')[0], await made.text()]).toEqual([clerk.email, 'nobody']);
  });

  test('that was signed out is gone, also for a copy of its cookie', async () => {
    const visitor = await signedIn();
    const copied = visitor.copy();
    const csrf = (await visitor.get('/')).html.split(' ')[1] ?? '';
    await visitor.step('/dang-xuat', { csrf });
    expect([await whoIs(visitor), await whoIs(copied)]).toEqual(['nobody', 'nobody']);
  });

  test('is not signed out by a form of another page', async () => {
    const visitor = await signedIn();
    expect((await visitor.step('/dang-xuat', { csrf: 'guessed' })).status).toBe(403);
    expect(await whoIs(visitor)).toBe(clerk.email);
  });

  test('that was signed out leaves nothing to the next at this desk, who leaves the demand for a password out of the link', async () => {
    const visitor = await signedIn();
    const csrf = (await visitor.get('/')).html.split(' ')[1] ?? '';
    await visitor.step('/dang-xuat', { csrf });
    // Not a minute later: the provider's code would have expired, and be refused for that.
    late = 30_000;
    const begun = await visitor.step('/dang-nhap');
    const link = new URL(begun.headers.get('location') ?? '');
    expect(link.searchParams.get('prompt')).toBe('login');
    link.searchParams.delete('prompt');
    const back = await visitor.step(link.href);
    expect(back.headers.get('location')).toContain('code=');
    expect((await visitor.get(back.headers.get('location') ?? '')).status).toBe(400);
    expect(await whoIs(visitor)).toBe('nobody');
  });
});

describe('the whole server', () => {
  let folder: string;
  let server: RunningServer;
  const settings = (port = 0) => ({
    port,
    dataDirectory: join(folder, 'data'),
    keyDirectory: join(folder, 'keys'),
    seed: 'sign-in',
  });
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chi-tra-server-'));
    server = await startServer(settings());
  }, 180_000);
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  }, 60_000);

  const enter = (returnTo?: string, { email, password } = clerk) => signInAt(server.url, email, password, returnTo);
  const isLoginPage = ({ url }: { readonly url: string }) => url.startsWith('/oidc/dang-nhap/');
  /** The accounts that the running server works on, by connections of our own. */
  function ofServer(act: (people: Accounts) => void): void {
    const home = openHome({ ...settings(), publicUrl: server.url });
    try {
      act(home.accounts);
    } finally {
      home.close();
    }
  }

  test.each(['/', '/tiep-nhan', '/dot?trang-thai=mo', '/khong-co'])(
    'leads from the password to %s, where one was going',
    async (returnTo) => {
      const { landed } = await enter(returnTo);
      expect([landed.url, textOf(landed.html).includes(clerk.name)]).toEqual([returnTo, true]);
    },
  );

  test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example'])(
    'lands on its first page instead of %j',
    async (elsewhere) => {
      const visitor = visitorOf(server.url);
      const login = await visitor.get(`/dang-nhap?tro-lai=${encodeURIComponent(elsewhere)}`);
      const landed = await visitor.post(login.url, { email: clerk.email, password: clerk.password });
      expect([landed.status, landed.url]).toEqual([200, '/']);
      const language = await fetch(`${server.url}/ngon-ngu/en?tro-lai=${encodeURIComponent(elsewhere)}`, {
        redirect: 'manual',
      });
      expect(language.headers.get('location')).toBe('/');
    },
  );

  test('says the same to a wrong password and to an unknown mail', async () => {
    const answers = await Promise.all(
      ['lanhdao.ubnd@chi-tra.example', 'khong.co@chi-tra.example'].map(async (email) => {
        const visitor = visitorOf(server.url);
        const login = await visitor.get('/');
        const { status, html } = await visitor.post(login.url, { email, password: 'wrong' });
        return { status, text: textOf(html.replaceAll(email, '')) };
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ status: 422, text: expect.stringContaining(wrongSentence) });
  });

  test('after five wrong tries says to wait, to the right password too', async () => {
    const inspector = person('inspector');
    const visitor = visitorOf(server.url);
    const login = await visitor.get('/');
    const statuses: number[] = [];
    for (let tries = 0; tries < 5; tries += 1)
      statuses.push((await visitor.post(login.url, { email: inspector.email, password: 'wrong' })).status);
    const sixth = await visitor.post(login.url, { email: inspector.email, password: inspector.password });
    expect([statuses, sixth.status, textOf(sixth.html).includes(waitSentence)]).toEqual([
      [422, 422, 422, 422, 422],
      429,
      true,
    ]);
    expect(isLoginPage(await visitor.get('/'))).toBe(true);
  });

  test('shows no page to whom it does not know, and does not follow their form', async () => {
    const visitor = visitorOf(server.url);
    expect(isLoginPage(await visitor.get('/dot'))).toBe(true);
    expect(isLoginPage(await visitor.post('/tinh-che-do/tham-dinh', { csrf: 'guessed' }))).toBe(true);
  });

  test.each([
    ['without a token', {}, 403, 0],
    ['with an empty token', { csrf: '' }, 403, 0],
    ['with a guessed token', { csrf: 'guessed' }, 403, 0],
    ['with the token of its page', undefined, 200, 1],
  ])('answers a form %s: %o %i, and writes %i entries', async (_, token, status, written) => {
    const officer = person('finance-officer');
    const before = await estimateLength();
    const own = /name="csrf" value="([^"]+)"/;
    const visitor = browser(server.url);
    const login = await visitor.get('/dang-nhap?tro-lai=/chi-tra');
    const page = await visitor.post(login.url, { email: officer.email, password: officer.password });
    const { unit, source } = estimate;
    const form = {
      unit,
      source,
      amount: '1',
      document: '1/QĐ-UBND',
      on: '2025-10-08',
      ...(token ?? { csrf: own.exec(page.html)?.[1] ?? '' }),
    };
    const answer = await visitor.post('/chi-tra/du-toan', form);
    expect([answer.status, answer.html.includes('Chưa có gì được ghi nhận')]).toEqual([status, status === 403]);
    expect(await estimateLength()).toBe(before + written);
  });

  const estimate = { unit: sampleUnits()[0]?.code ?? '', source: sources[0] };
  /** Asked of the file itself. */
  async function estimateLength(): Promise<number> {
    const store = openSqliteStore(join(folder, 'data', 'histories.sqlite'));
    const entries = await store.read(estimateStream(estimate.unit, estimate.source));
    store.close();
    return entries.length;
  }

  test('takes the way back from the provider once, and by its own state only', async () => {
    const visitor = browser(server.url);
    const login = await visitor.get('/dang-nhap?tro-lai=/tiep-nhan');
    const resume = await visitor.step(login.url, { email: clerk.email, password: clerk.password });
    const back = (await visitor.step(resume.headers.get('location') ?? '')).headers.get('location') ?? '';
    expect(back).toContain('code=');
    const [forger, copied] = [visitor.copy(), visitor.copy()];
    const sessionsGiven = async (by: Browser, address: string) =>
      (await by.step(address)).headers.getSetCookie().filter((line) => line.startsWith('chi-tra='));
    expect(await sessionsGiven(forger, back.replace(/state=[^&]+/, 'state=forged'))).toEqual([]);
    expect(await sessionsGiven(visitor, back)).toHaveLength(1);
    expect(await sessionsGiven(copied, back)).toEqual([]);
    expect((await visitor.get('/tiep-nhan')).url).toBe('/tiep-nhan');
    expect(isLoginPage(await copied.get('/tiep-nhan'))).toBe(true);
  });

  test("refuses a form with another's token", async () => {
    const other = await enter('/tiep-nhan', accountant);
    const foreign = /name="csrf" value="([^"]+)"/.exec(other.landed.html)?.[1] ?? '';
    expect(foreign).not.toBe('');
    const mine = await enter('/tiep-nhan');
    expect((await mine.post('/tiep-nhan', { csrf: foreign })).status).toBe(403);
    await mine.post('/dang-xuat', { csrf: foreign });
    expect((await mine.get('/tiep-nhan')).url).toBe('/tiep-nhan');
  });

  test('asks for the password again after signing out', async () => {
    const visitor = await enter('/tiep-nhan');
    expect(isLoginPage(await visitor.post('/dang-xuat', {}))).toBe(true);
    expect(isLoginPage(await visitor.get('/tiep-nhan'))).toBe(true);
  });

  test('forgets the sessions of one account that is signed out everywhere', async () => {
    const [one, two, other] = [await enter(), await enter(), await enter('/', accountant)];
    ofServer((people) => people.signOutEverywhere(clerk.id));
    const pages = await Promise.all([one, two, other].map((visitor) => visitor.get('/')));
    expect(pages.map(isLoginPage)).toEqual([true, true, false]);
  });

  test('refuses a second process on its data, in Vietnamese, and goes on itself', async () => {
    await expect(startServer(settings())).rejects.toThrow(
      /^Dữ liệu ở .* đang được một tiến trình khác dùng\. Hãy tắt tiến trình đó/,
    );
    expect((await (await enter('/tiep-nhan')).get('/')).status).toBe(200);
  });

  test('knows who was signed in after it was stopped and started', async () => {
    const visitor = await enter('/tiep-nhan');
    const { port } = new URL(server.url);
    await server.stop();
    server = await startServer(settings(Number(port)));
    const page = await visitor.get('/tiep-nhan');
    expect([page.url, textOf(page.html).includes(clerk.name)]).toEqual(['/tiep-nhan', true]);
  }, 180_000);
});
