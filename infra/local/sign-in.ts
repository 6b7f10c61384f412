/**
 * Sign-in on one machine: an OpenID provider (`oidc-provider`) inside the same server under `/oidc`, with a login page
 * of ours. Elsewhere the same pages sign in at another provider by the same protocol.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { html } from 'hono/html';
import Provider, { type Adapter, type AdapterPayload, errors, type JWK } from 'oidc-provider';
import * as z from 'zod';
import type { Accounts } from './accounts.ts';
import type { Scratch } from './scratch.ts';

export interface SignInProvider {
  /** For every request whose path starts with `/oidc/`. */
  handle(request: IncomingMessage, response: ServerResponse): void;
}

export interface ProviderSettings {
  readonly scratch: Scratch;
  readonly accounts: Accounts;
  /** `http://localhost:8080/oidc` */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly report: (error: unknown) => void;
}

const mount = '/oidc';
const loginPath = /^\/oidc\/dang-nhap\/([\w-]{8,64})$/;
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
    claims: { openid: ['sub'], email: ['email'], profile: ['name'] },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: true },
    },
    pkce: { required: () => true },
    interactions: { url: (_context, interaction) => `${mount}/dang-nhap/${interaction.uid}` },
    ttl: { Interaction: hour, Session: 8 * hour, Grant: 8 * hour, AccessToken: hour, IdToken: hour },
    async findAccount(_context, id) {
      const found = settings.accounts.find(id);
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
  provider.on('server_error', (_context, error) => settings.report(error));
  const callback = provider.callback();
  return {
    handle(request, response) {
      const path = (request.url ?? '').split('?')[0] ?? '';
      if (loginPath.test(path)) {
        login(provider, settings.accounts, request, response)
          .catch((error: unknown) => {
            // An old link is expected, and no fault.
            if (!(error instanceof errors.SessionNotFound)) settings.report(error);
            return write(response, 400, startAgain, 'Lần đăng nhập này đã hết hạn. Hãy mở lại trang chủ để đăng nhập.');
          })
          .catch(settings.report);
        return;
      }
      // Mounted: the provider looks at both addresses to build its own links.
      Object.assign(request, { originalUrl: request.url });
      request.url = (request.url ?? '').slice(mount.length);
      void callback(request, response);
    },
  };
}

async function login(
  provider: Provider,
  accounts: Accounts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await provider.interactionDetails(request, response);
  if (request.method !== 'POST') return write(response, 200, loginForm(''));
  const form = new URLSearchParams(await bodyOf(request));
  const email = form.get('email') ?? '';
  const checked = accounts.check(email, form.get('password') ?? '');
  if (checked.outcome === 'wait') {
    return write(
      response,
      429,
      loginForm(email),
      'Đã nhập sai nhiều lần. Hãy đợi 15 phút rồi thử lại, hoặc báo quản trị hệ thống.',
    );
  }
  if (checked.outcome === 'wrong') {
    return write(
      response,
      422,
      loginForm(email),
      'Thư điện tử hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ rồi nhập lại.',
    );
  }
  await provider.interactionFinished(
    request,
    response,
    { login: { accountId: checked.account.id } },
    { mergeWithLastSubmission: false },
  );
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

type Html = ReturnType<typeof html>;

const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  // No form-action: Chromium applies it to the redirects after the form too.
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

async function write(response: ServerResponse, status: number, content: Html, problem?: string): Promise<void> {
  const text = (await page(problem, content)).toString();
  response.writeHead(status, pageHeaders);
  response.end(text);
}

function loginForm(email: string): Html {
  return html`<form method="post">
<p class="field"><label for="email">Thư điện tử <span class="hint" lang="en">E-mail</span></label><input id="email" name="email" type="email" autocomplete="username" required value="${email}"></p>
<p class="field"><label for="password">Mật khẩu <span class="hint" lang="en">Password</span></label><input id="password" name="password" type="password" autocomplete="current-password" required></p>
<p><button class="primary" type="submit">Đăng nhập</button></p>
</form>`;
}

const startAgain = html`<p><a href="/">Mở trang chủ</a></p>`;

function page(problem: string | undefined, content: Html): Html {
  return html`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Đăng nhập – Chi trả</title>
<link rel="stylesheet" href="/style.css"><link rel="icon" href="/icon.svg" type="image/svg+xml">
</head>
<body>
<main class="sign-in">
<p class="brand">Chi trả<span>Chế độ khi sắp xếp, tinh giản – tỉnh Nghệ An</span></p>
<h1>Đăng nhập <span class="hint" lang="en">Sign in</span></h1>
${problem === undefined ? '' : html`<div class="problem" role="alert"><p>${problem}</p></div>`}
${content}
<p class="hint">Hệ thống không bao giờ hỏi mật khẩu hay số tài khoản qua thư hoặc điện thoại.</p>
</main>
</body>
</html>`;
}

/** What the provider must remember, in the scratch store; consumed codes and expiry are its own rules. */
function scratchAdapter(name: string, scratch: Scratch): Adapter {
  const kind = `oidc-${name}`;
  const find = async (id: string): Promise<AdapterPayload | undefined> => {
    const text = scratch.get(kind, id);
    return text === undefined ? undefined : payload.parse(JSON.parse(text));
  };
  const byField = async (field: 'uid' | 'userCode', value: string) =>
    scratch
      .list(kind)
      .map(({ value: text }) => payload.parse(JSON.parse(text)))
      .find((one) => one[field] === value);
  return {
    async upsert(id, given, expiresIn = 8 * hour) {
      scratch.put(kind, id, JSON.stringify(given), Date.now() + expiresIn * 1000);
    },
    find,
    findByUid: (uid) => byField('uid', uid),
    findByUserCode: (userCode) => byField('userCode', userCode),
    async consume(id) {
      const found = await find(id);
      if (found !== undefined) {
        scratch.put(
          kind,
          id,
          JSON.stringify({ ...found, consumed: Math.floor(Date.now() / 1000) }),
          (found.exp ?? 0) * 1000,
        );
      }
    },
    async destroy(id) {
      scratch.remove(kind, id);
    },
    async revokeByGrantId(grantId) {
      for (const { key, value } of scratch.list(kind)) {
        if (payload.parse(JSON.parse(value)).grantId === grantId) scratch.remove(kind, key);
      }
    },
  };
}

const payload = z.looseObject({
  uid: z.string().exactOptional(),
  userCode: z.string().exactOptional(),
  grantId: z.string().exactOptional(),
  exp: z.number().exactOptional(),
});

function signingKey(scratch: Scratch): JWK {
  const text = kept(scratch, 'signing', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return JSON.stringify({
      ...privateKey.export({ format: 'jwk' }),
      use: 'sig',
      alg: 'RS256',
      kid: randomBytes(8).toString('hex'),
    });
  });
  return z.looseObject({ kty: z.string() }).parse(JSON.parse(text));
}

/** A secret made once and kept. */
function kept(scratch: Scratch, name: string, make: () => string): string {
  // Made only when missing: an RSA key takes a while.
  if (scratch.get('provider-secret', name) === undefined) scratch.insert('provider-secret', name, make());
  const value = scratch.get('provider-secret', name);
  if (value === undefined) throw new Error(`the provider's ${name} secret is gone`);
  return value;
}
