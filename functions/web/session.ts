/**
 * Who is signed in. The application is an ordinary OpenID Connect client (code with PKCE); its own session lives on the
 * server, and the cookie carries no more than its sealed number. Idle for 30 minutes or 8 hours old, a session ends.
 */
import { createCipheriv, createDecipheriv, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as client from 'openid-client';
import * as z from 'zod';
import { type Account, needsSecondFactor } from '../../shared/case/access.ts';

export interface SessionStore {
  get(key: string): Promise<string | undefined>;
  put(key: string, value: string, expiresAt: number): Promise<void>;
  remove(key: string): Promise<void>;
}

export interface SessionSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly store: SessionStore;
  /** Behind TLS: the cookie is Secure and bound to this host. */
  readonly isSecure: boolean;
  /** 32 bytes. */
  readonly sealKey: Uint8Array;
  accountOf(id: string): Promise<(Account & { readonly version: number }) | undefined>;
  /** The account that a subject of the provider signs in as; left out, the subject is the account's id. */
  accountIdOf?(subject: string): Promise<string | undefined>;
  /** The provider lets nobody in without one, and does not say so in its tokens. Left out, `amr` must say so. */
  readonly secondFactor?: 'demanded-of-all';
  /** Ends the provider's own session and leads back here; left out, only ours ends. */
  readonly signOutUrl?: string;
  /** How the provider is asked, where its public address may lead nowhere from here; left out, as any other address. */
  readonly askProvider?: client.CustomFetch;
  /** Told of a provider that gave no answer; left out, nobody is. */
  report?(error: unknown): void;
  /** Told of each sign-in of an account, before its session is given out. */
  onSignedIn?(account: string): Promise<void>;
  /** Milliseconds of the epoch. */
  readonly now: () => number;
}

export interface Session {
  readonly account: Account;
  readonly csrf: string;
}

export interface Sessions {
  /** To the provider, and afterwards to `returnTo`, a path of this site. */
  begin(context: Context, returnTo: string): Promise<Response>;
  /** Back from the provider. */
  finish(context: Context): Promise<Response>;
  current(context: Context): Promise<Session | undefined>;
  end(context: Context): Promise<Response>;
  /** Where forms may lead besides us: a sign-in begins, and ends, elsewhere. */
  readonly leadsTo?: string;
}

const minute = 60_000;
const idleMilliseconds = 30 * minute;
const longestMilliseconds = 8 * 60 * minute;
const signInMilliseconds = 60 * minute;
/** By how much the provider's clock may be behind ours. */
const clockToleranceSeconds = 5;

const pending = z.object({
  verifier: z.string(),
  state: z.string(),
  nonce: z.string(),
  returnTo: z.string(),
  since: z.number(),
});
type Pending = z.infer<typeof pending>;
const opened = z.object({
  account: z.string(),
  version: z.number(),
  csrf: z.string(),
  /** A one-time code was given, not a password alone. */
  hasSecondFactor: z.boolean(),
  since: z.number(),
  seen: z.number(),
});

export function sessions(settings: SessionSettings): Sessions {
  const { store, now, sealKey, isSecure, redirectUri, signOutUrl } = settings;
  const accountIdOf = settings.accountIdOf ?? (async (subject: string) => subject);
  const name = isSecure ? '__Host-chi-tra' : 'chi-tra';
  let known: Promise<client.Configuration> | undefined;
  const provider = () =>
    (known ??= discover(settings).catch((error: unknown) => {
      // The next sign-in asks again; a provider that was down once must not stay away until a restart.
      known = undefined;
      throw error;
    }));

  // A sign-in under way has a cookie of its own, and each of them its own state: two links opened at once both arrive.
  const pendingName = `${name}-vao`;
  const giveCookie = (context: Context, as: string, id: string, maxAge: number) =>
    setCookie(context, as, seal(sealKey, id), { path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure, maxAge });
  const idOf = (context: Context, as = name) => open(sealKey, getCookie(context, as) ?? '');

  return {
    async begin(context, returnTo) {
      const verifier = client.randomPKCECodeVerifier();
      const since = now();
      const started: Pending = {
        verifier,
        state: client.randomState(),
        nonce: client.randomNonce(),
        returnTo: ownPath(returnTo),
        since,
      };
      const browser = idOf(context, pendingName) ?? randomBytes(32).toString('base64url');
      await store.put(`sign-in/${browser}/${started.state}`, JSON.stringify(started), since + signInMilliseconds);
      giveCookie(context, pendingName, browser, signInMilliseconds / 1000);
      const to = client.buildAuthorizationUrl(await provider(), {
        redirect_uri: redirectUri,
        // No more than the subject is read: a pool's client that may not ask for a scope is refused for it.
        scope: 'openid email',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: started.state,
        nonce: started.nonce,
        // Signing out of the application must mean that the next one at this desk is asked again.
        prompt: 'login',
      });
      return context.redirect(to.href);
    },
    async finish(context) {
      const browser = idOf(context, pendingName);
      const key = `sign-in/${browser}/${context.req.query('state') ?? ''}`;
      const text = browser === undefined ? undefined : await store.get(key);
      if (text === undefined) return context.redirect('/');
      await store.remove(key);
      const started = pending.parse(JSON.parse(text));
      const found = await accountFrom(context, started);
      if (found === 'stale' && signOutUrl !== undefined) return context.redirect(signOutUrl);
      if (found === 'stale' || found === undefined) return context.text(notSignedIn, 400);
      const { account, hasSecondFactor } = found;
      const fresh = randomBytes(32).toString('base64url');
      const at = now();
      const session = {
        account: account.id,
        version: account.version,
        csrf: randomBytes(24).toString('base64url'),
        hasSecondFactor,
        since: at,
        seen: at,
      };
      await settings.onSignedIn?.(account.id);
      await store.put(`session/${fresh}`, JSON.stringify(session), at + longestMilliseconds);
      giveCookie(context, name, fresh, longestMilliseconds / 1000);
      return context.redirect(started.returnTo);
    },
    async current(context) {
      const id = idOf(context);
      const text = id === undefined ? undefined : await store.get(`session/${id}`);
      if (id === undefined || text === undefined) return undefined;
      const session = opened.parse(JSON.parse(text));
      const account = await settings.accountOf(session.account);
      const at = now();
      // Both limits are kept here: a store may forget late.
      const isOver = at - session.seen > idleMilliseconds || at - session.since >= longestMilliseconds;
      if (account?.version !== session.version || isOver || !isEnough(account, session)) {
        await store.remove(`session/${id}`);
        return undefined;
      }
      if (at - session.seen > minute) {
        await store.put(`session/${id}`, JSON.stringify({ ...session, seen: at }), session.since + longestMilliseconds);
      }
      return { account, csrf: session.csrf };
    },
    async end(context) {
      const id = idOf(context);
      if (id !== undefined) await store.remove(`session/${id}`);
      deleteCookie(context, name, { path: '/', secure: isSecure });
      return context.redirect(signOutUrl ?? '/dang-nhap', 303);
    },
    ...(signOutUrl === undefined ? {} : { leadsTo: new URL(signOutUrl).origin }),
  };

  /** The account that signed in; `stale` when no password was asked for it; `undefined` when the answer is forged or used. */
  async function accountFrom(context: Context, expected: Pending) {
    const url = new URL(redirectUri);
    url.search = new URL(context.req.url).search;
    try {
      const tokens = await client.authorizationCodeGrant(await provider(), url, {
        pkceCodeVerifier: expected.verifier,
        expectedState: expected.state,
        expectedNonce: expected.nonce,
      });
      const claims = tokens.claims();
      if (claims?.auth_time === undefined) return undefined;
      // `prompt=login` passes through the browser, where it can be left out of the link. Only a password given since
      // this sign-in began counts, or the next one at this desk would be let in as whoever signed out before.
      const isFresh = claims.auth_time + clockToleranceSeconds >= Math.floor(expected.since / 1000);
      if (!isFresh) return 'stale';
      const id = await accountIdOf(claims.sub);
      const account = id === undefined ? undefined : await settings.accountOf(id);
      const hasSecondFactor =
        settings.secondFactor === 'demanded-of-all' ||
        (methods.safeParse(claims['amr']).data?.includes('otp') ?? false);
      return account !== undefined && isEnough(account, { hasSecondFactor }) ? { account, hasSecondFactor } : undefined;
    } catch (error) {
      if (!isRefusal(error)) settings.report?.(error);
      return undefined;
    }
  }
}

/** The provider's own word that this is no sign-in, or an answer that is not its; anything else is a fault: no network, 429, 5xx. */
function isRefusal(error: unknown): boolean {
  if (error instanceof client.AuthorizationResponseError) return true;
  if (error instanceof client.ResponseBodyError) return error.error === 'invalid_grant';
  return error instanceof client.ClientError && forgedCodes.has(error.code ?? '');
}

const forgedCodes: ReadonlySet<string> = new Set(['OAUTH_INVALID_RESPONSE', 'OAUTH_JWT_CLAIM_COMPARISON_FAILED']);

/** How somebody signed in, as the provider says it (RFC 8176). */
const methods = z.array(z.string());

/** No session of a role that needs a second factor rests on a password alone. */
function isEnough(account: Account, { hasSecondFactor }: { readonly hasSecondFactor: boolean }): boolean {
  return hasSecondFactor || !needsSecondFactor(account);
}

const notSignedIn =
  'Chưa đăng nhập được: lần đăng nhập này đã hết hạn hoặc đã dùng. Hãy mở lại trang chủ và đăng nhập lại.';

function discover(settings: SessionSettings): Promise<client.Configuration> {
  const { issuer, clientId, clientSecret, isSecure, askProvider } = settings;
  return client.discovery(new URL(issuer), clientId, clientSecret, undefined, {
    ...(isSecure ? {} : { execute: [client.allowInsecureRequests] }),
    ...(askProvider === undefined ? {} : { [client.customFetch]: askProvider }),
  });
}

/** Compared in constant time. */
export function checkCsrf({ csrf }: Session, given: string): boolean {
  const [one, other] = [Buffer.from(csrf), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** A path of this site, or the first page: `//evil`, `/\evil` and `/<tab>/evil` lead elsewhere in a browser. */
export function ownPath(path: string): string {
  return /^\/(?![/\\])[^\s\\]*$/.test(path) ? path : '/';
}

function seal(key: Uint8Array, text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
}

function open(key: Uint8Array, sealed: string): string | undefined {
  try {
    const bytes = Buffer.from(sealed, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
