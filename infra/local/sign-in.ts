/**
 * Sign-in on one machine: an OpenID provider (`oidc-provider`) inside the same server under `/oidc`, with a login page
 * of ours. Elsewhere the same pages sign in at another provider by the same protocol.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomBytes } from 'node:crypto';
import Provider, { errors } from 'oidc-provider';
import * as z from 'zod';
import { brokeOff } from '../../functions/web/broke-off.ts';
import { needsSecondFactor } from '../../shared/case/access.ts';
import { tidyMail } from '../../shared/case/staff.ts';
import { type Accounts, demoSecret, type KnownAccount } from './accounts.ts';
import type { SqliteScratch } from './scratch.ts';
import { kept, scratchAdapter, signingKey } from './sign-in-adapter.ts';
import {
  codeForm,
  type CodeHint,
  enrolmentForm,
  invitationForm,
  loginForm,
  page,
  pageHeaders,
  passwordSet,
  type Shown,
  startAgain,
  write,
} from './sign-in-pages.ts';

export interface SignInProvider {
  /** For every request whose path starts with `/oidc/`; from which network, as far as it is known. */
  handle(request: IncomingMessage, response: ServerResponse, network?: string): void;
}

export interface ProviderSettings {
  readonly scratch: SqliteScratch;
  readonly accounts: Accounts;
  /** `http://localhost:8080/oidc` */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  /** The code page shows the codes of the demonstration's own accounts. */
  readonly isDemonstration?: boolean;
  readonly report: (error: unknown) => void;
}

const mount = '/oidc';
const loginPath = /^\/oidc\/dang-nhap\/([\w-]{8,64})$/;
const invitationPath = /^\/oidc\/moi\/([\w-]{8,64})$/;
const hour = 3600;

export function signInProvider(settings: ProviderSettings): SignInProvider {
  const provider = new Provider(settings.issuer, {
    adapter: (name) => scratchAdapter(name, settings.scratch),
    clients: [
      {
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
        redirect_uris: [settings.redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        // The application takes no sign-in that is older than its own question.
        require_auth_time: true,
      },
    ],
    jwks: { keys: [signingKey(settings.scratch)] },
    cookies: { keys: [kept(settings.scratch, 'cookie', () => randomBytes(32).toString('hex'))] },
    claims: { openid: ['sub', 'amr'], email: ['email'], profile: ['name'] },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: true },
    },
    pkce: { required: () => true },
    interactions: { url: (_context, interaction) => `${mount}/dang-nhap/${interaction.uid}` },
    ttl: { Interaction: hour, Session: 8 * hour, Grant: 8 * hour, AccessToken: hour, IdToken: hour },
    async findAccount(_context, id) {
      const found = await settings.accounts.find(id);
      if (found === undefined) return undefined;
      return { accountId: id, claims: async () => ({ sub: id, email: found.email, name: found.name }) };
    },
    // Our own application asks for nothing that a person would have to agree to.
    async loadExistingGrant(context) {
      const { client, session, provider: own } = context.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new own.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    async renderError(context) {
      context.set(pageHeaders);
      context.body = (
        await page('Liên kết đăng nhập đã hết hạn hoặc đã dùng. Hãy mở lại trang chủ để đăng nhập.', startAgain)
      ).toString();
    },
  });
  provider.proxy = true;
  const outside = new URL(settings.issuer);
  provider.on('server_error', (_context, error) => settings.report(error));
  const callback = provider.callback();
  return {
    handle(request, response, network = '') {
      const path = (request.url ?? '').split('?')[0] ?? '';
      const [, uid] = loginPath.exec(path) ?? [];
      const [, token] = invitationPath.exec(path) ?? [];
      if (uid !== undefined || token !== undefined) {
        const answered =
          token === undefined
            ? login({ ...settings, provider, request, response, network })
            : acceptInvitation(token, settings.accounts, request, response);
        answered
          .catch((error: unknown) => {
            // An old link is expected, and no fault; nor is one who leaves.
            if (!(error instanceof errors.SessionNotFound) && !brokeOff(error)) settings.report(error);
            return write(response, 400, startAgain, 'Lần đăng nhập này đã hết hạn. Hãy mở lại trang chủ để đăng nhập.');
          })
          .catch(settings.report);
        return;
      }
      // Mounted: the provider looks at both addresses to build its own links. Their host is ours, whatever a request says.
      Object.assign(request, { originalUrl: request.url });
      Object.assign(request.headers, {
        'x-forwarded-proto': outside.protocol.slice(0, -1),
        'x-forwarded-host': outside.host,
      });
      request.url = (request.url ?? '').slice(mount.length);
      void callback(request, response);
    },
  };
}

interface Login extends ProviderSettings {
  readonly provider: Provider;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly network: string;
}

/** A right password, bound to the sign-in under way; the code page is shown to nothing else. */
const passed = z.object({ account: z.string(), version: z.number(), offered: z.string().exactOptional() });
type Passed = z.infer<typeof passed>;
const passedKind = 'password-passed';

/** Of one sign-in under way, passwords and codes together. */
const mostTries = 20;
const triesKind = 'sign-in-tries';

const busyProblem = 'Hệ thống đang bận kiểm tra mật khẩu của nhiều người, hãy thử lại sau ít giây.';
const waitProblem = 'Đã nhập sai nhiều lần. Hãy đợi 15 phút rồi thử lại, hoặc báo quản trị hệ thống.';

/** One address, three pages: the password, then the code or the enrolment, by what the server knows of this sign-in. */
async function login(settings: Login): Promise<void> {
  const { provider, request, response, scratch, accounts } = settings;
  const { uid, exp } = await provider.interactionDetails(request, response);
  const before = await passedAt(uid, settings);
  if (request.method !== 'POST') {
    return before === undefined
      ? write(response, 200, loginForm(''))
      : write(response, 200, await codePage(before, settings));
  }
  const form = new URLSearchParams(await bodyOf(request));
  if (form.has('again')) {
    scratch.remove(passedKind, uid);
    return seeOther(request, response);
  }
  if (isTriedOut(uid, exp * 1000, settings)) {
    return write(
      response,
      429,
      startAgain,
      'Lần đăng nhập này đã thử quá nhiều lần. Hãy mở lại trang chủ để đăng nhập.',
    );
  }
  if (form.has('password')) return takePassword(form, uid, exp * 1000, settings);
  if (before === undefined) {
    return write(response, 422, loginForm(''), 'Hãy nhập thư điện tử và mật khẩu trước, rồi mới nhập mã xác thực.');
  }
  const code = (form.get('code') ?? '').replaceAll(/\s/g, '');
  const { id } = before.account;
  const offered = before.offered;
  const outcome = offered === undefined ? await accounts.checkCode(id, code) : await accounts.enrol(id, offered, code);
  if (outcome === 'wait') return write(response, 429, await codePage(before, settings), waitProblem);
  if (outcome === 'wrong') {
    return write(
      response,
      422,
      await codePage(before, settings),
      'Mã không đúng hoặc đã dùng rồi. Hãy đợi ứng dụng hiện mã mới và kiểm tra giờ của điện thoại, rồi nhập lại.',
    );
  }
  scratch.remove(passedKind, uid);
  return finish(before.account, ['pwd', 'otp'], settings);
}

/** Counts this try. */
function isTriedOut(uid: string, until: number, { scratch, isDemonstration }: Login): boolean {
  if (isDemonstration === true) return false;
  const tries = Number(scratch.get(triesKind, uid) ?? '0') + 1;
  if (tries <= mostTries) scratch.put(triesKind, uid, String(tries), until);
  return tries > mostTries;
}

async function takePassword(form: URLSearchParams, uid: string, until: number, settings: Login): Promise<void> {
  const { response, request, scratch, accounts, network } = settings;
  scratch.remove(passedKind, uid);
  const email = form.get('email') ?? '';
  const checked = await accounts.check(email, form.get('password') ?? '', network);
  if (checked.outcome === 'busy') return write(response, 503, loginForm(email), busyProblem);
  if (checked.outcome === 'wait') return write(response, 429, loginForm(email), waitProblem);
  const account = checked.outcome === 'right' ? await accounts.find(checked.account.id) : undefined;
  if (account === undefined) {
    return write(
      response,
      422,
      loginForm(email),
      'Thư điện tử hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ rồi nhập lại.',
    );
  }
  if (!needsSecondFactor(account)) return finish(account, ['pwd'], settings);
  accounts.note({ account: account.id, outcome: 'code-asked' });
  const { secondFactor } = await accounts.holds(account.id);
  const known = { account: account.id, version: account.version };
  const value: Passed = secondFactor ? known : { ...known, offered: await accounts.offerSecret(account.id) };
  scratch.put(passedKind, uid, JSON.stringify(value), until);
  return seeOther(request, response);
}

async function finish(account: KnownAccount, amr: string[], settings: Login): Promise<void> {
  const { provider, request, response, accounts } = settings;
  accounts.note({ account: account.id, outcome: 'signed-in' });
  const login = { accountId: account.id, amr };
  await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
}

interface PassedAccount {
  readonly account: KnownAccount;
  readonly offered: string | undefined;
}

/** Void once the account was closed or changed, or its password set anew. */
async function passedAt(uid: string, { scratch, accounts }: Login): Promise<PassedAccount | undefined> {
  const text = scratch.get(passedKind, uid);
  if (text === undefined) return undefined;
  const { account: id, version, offered } = passed.parse(JSON.parse(text));
  const account = await accounts.find(id);
  return account?.version === version ? { account, offered } : undefined;
}

async function codePage({ account, offered }: PassedAccount, settings: Login): Promise<Shown> {
  const secret = offered === undefined ? undefined : await settings.accounts.openSecret(account.id, offered);
  return secret === undefined
    ? codeForm(account.email, await hintFor(account, settings))
    : enrolmentForm(account.email, secret);
}

async function hintFor({ id }: KnownAccount, { accounts, isDemonstration }: Login): Promise<CodeHint> {
  if (isDemonstration !== true || !id.startsWith('demo-')) return undefined;
  return { code: await accounts.codeToShow(id, demoSecret(id)) };
}

const fewestCharacters = 12;
const mostCharacters = 200;
const spentLink = 'Liên kết này đã dùng, đã hết hạn hoặc không đúng. Hãy nhờ quản trị hệ thống gửi lại thư mời.';

/** Opening the link changes nothing: mail scanners follow links too. */
async function acceptInvitation(
  token: string,
  accounts: Accounts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const account = await accounts.invited(token);
  if (account === undefined) return write(response, 404, startAgain, spentLink);
  if (request.method !== 'POST') return write(response, 200, invitationForm(account.email));
  const form = new URLSearchParams(await bodyOf(request));
  const password = form.get('password') ?? '';
  const problem = passwordProblem(password, form.get('repeated') ?? '', account.email);
  if (problem !== undefined) return write(response, 422, invitationForm(account.email), problem);
  const taken = await accounts.takeInvitation(token, password);
  if (taken === 'busy') return write(response, 503, invitationForm(account.email), busyProblem);
  return taken ? write(response, 200, passwordSet) : write(response, 404, startAgain, spentLink);
}

function passwordProblem(password: string, repeated: string, email: string): string | undefined {
  const { length } = password.normalize('NFC');
  if (length < fewestCharacters || length > mostCharacters) {
    return `Mật khẩu cần từ ${fewestCharacters} đến ${mostCharacters} ký tự. Một câu ngắn dễ nhớ là đủ.`;
  }
  const [local = ''] = tidyMail(email).split('@');
  if (password.normalize('NFC').toLowerCase().includes(local)) {
    return `Mật khẩu không được chứa “${local}” của địa chỉ thư. Hãy chọn mật khẩu khác.`;
  }
  return password.normalize('NFC') === repeated.normalize('NFC')
    ? undefined
    : 'Hai lần nhập mật khẩu không giống nhau. Hãy nhập lại cả hai.';
}

/** The same address once more, by GET. */
function seeOther(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(303, { Location: (request.url ?? '').split('?')[0] ?? '/' });
  response.end();
}

const mostBodyBytes = 10_000;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > mostBodyBytes) throw new Error('a login form over 10 kB');
  }
  return body;
}
