/** The pages for node's own server, the embedded sign-in under `/oidc`, and the API under `/api`. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { apiApp } from '../../functions/api/app.ts';
import { historyClients } from '../../functions/api/clients.ts';
import { memoryRate } from '../../functions/api/rate.ts';
import { webApp } from '../../functions/web/app.tsx';
import type { WebPorts } from '../../functions/web/ports.ts';
import type { Route } from '../../functions/web/routes.ts';
import { sessions } from '../../functions/web/session.ts';
import type { Accounts } from './accounts.ts';
import { type AddressLimits, networkOf } from './address-limits.ts';
import type { Listeners } from './entrance.ts';
import type { SqliteScratch } from './scratch.ts';
import { signInProvider } from './sign-in.ts';

export interface PagesSettings {
  readonly scratch: SqliteScratch;
  readonly accounts: Accounts;
  /** A key for a purpose, the same each time. */
  derive(purpose: string): Uint8Array;
  readonly ports: WebPorts;
  /** Routes of the demonstration alone. */
  readonly more: readonly Route[];
  /** Of the pages, as links name them; with https the cookies are bound to it. */
  readonly url: string;
  /** Where this process reaches its own sign-in; left out, there. */
  readonly inside?: string;
  /** Left out, everybody may ask as often as they like. */
  readonly limits?: AddressLimits & { addressOf(request: IncomingMessage): string | undefined };
  /** After each act: there may be something to do. */
  wake(): void;
}

const clientId = 'chi-tra';
const samplePeopleCount = 120;

/** A fault that a page or the counting met; no personal data in it. */
export function report(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

export function pagesListeners(settings: PagesSettings): Listeners {
  const { scratch, accounts, derive, ports, more, url, inside = url, limits, wake } = settings;
  const clientSecret = Buffer.from(derive('oidc client')).toString('hex');
  const issuer = `${url}/oidc`;
  const redirectUri = `${url}/dang-nhap/xong`;
  const provider = signInProvider({
    scratch,
    accounts,
    issuer,
    clientId,
    clientSecret,
    redirectUri,
    isDemonstration: ports.isDemonstration,
    report,
  });
  const signedIn = sessions({
    issuer,
    clientId,
    clientSecret,
    redirectUri,
    isSecure: url.startsWith('https:'),
    askProvider: async (address, asked) => fetch(address.replace(url, inside), { ...asked, body: asked.body ?? null }),
    sealKey: derive('session cookie'),
    accountOf: (id) => accounts.find(id),
    now: Date.now,
    report: ports.report,
    store: {
      get: async (key) => scratch.get('session', key),
      put: async (key, value, expiresAt) => scratch.put('session', key, value, expiresAt),
      remove: async (key) => scratch.remove('session', key),
    },
  });
  const app = webApp(ports, signedIn, more);
  const api = apiApp({ ...ports, clients: historyClients(ports), rate: memoryRate(Date.now) });
  const listener = getRequestListener(async (request) => {
    const isForApi = new URL(request.url).pathname.startsWith('/api/');
    const response = await (isForApi ? api : app).fetch(request);
    if (request.method === 'POST') wake();
    return response;
  });
  const reportNobody = once(() => report(namesNobody));
  return {
    outside(request, response) {
      const address = limits === undefined ? '' : limits.addressOf(request);
      if (address === undefined) {
        reportNobody();
        turnAway(response, 400, namesNobody);
        return;
      }
      const network = networkOf(address);
      const wait = limits?.wait(request, network);
      if (wait !== undefined) turnAway(response, 429, tooOften(wait), { 'Retry-After': String(wait) });
      else if (request.url?.startsWith('/oidc/') === true) provider.handle(request, response, network);
      else void listener(request, response);
    },
    inside(request, response) {
      if (insidePaths.has(request.url ?? '')) provider.handle(request, response);
      else response.writeHead(404).end();
    },
  };
}

/** What the application asks of its own sign-in. */
const insidePaths: ReadonlySet<string> = new Set([
  '/oidc/.well-known/openid-configuration',
  '/oidc/token',
  '/oidc/jwks',
]);

function turnAway(response: ServerResponse, status: number, why: string, headers: OutgoingHttpHeaders = {}): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers });
  response.end(why);
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}

/** One count for everybody would let one person stop all. */
const namesNobody =
  'Proxy trên máy này chưa nói ai đang hỏi: hãy cấu hình để nó gửi X-Forwarded-For có địa chỉ IP của người dùng ở cuối (xem infra/local/OPERATIONS.md).';
const tooOften = (seconds: number) =>
  `Từ địa chỉ mạng này có quá nhiều yêu cầu. Hãy đợi ${Math.ceil(seconds / 60)} phút rồi thử lại. Chưa có gì được ghi nhận.`;

/** Lists that the demonstration offers on the intake page. */
export const samples: WebPorts['samples'] = [
  {
    name: 'danh-sach-sach',
    title: { vi: 'danh sách 120 người, không lỗi', en: 'a clean list of 120 people' },
    async content() {
      const { sampleList, samplePeople, sampleUnits } = await import('./samples.ts');
      return sampleList(samplePeople(samplePeopleCount, 1), sampleUnits());
    },
  },
  {
    name: 'danh-sach-loi',
    title: { vi: 'danh sách có 30 lỗi khác nhau', en: 'a list with thirty faults' },
    async content() {
      const { faultyList } = await import('./samples.ts');
      return faultyList();
    },
  },
];
