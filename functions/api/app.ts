/**
 * The API for other systems: one Hono application from ports, which one machine's server and a Lambda both run. Every route
 * goes through one guard: whose token it is, how often it calls, what it may, and what it sends.
 */
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { actorOf, type ApiClient } from '../../shared/case/api-client.ts';
import { Transient } from '../../shared/case/faults.ts';
import { NotThisHome } from '../../shared/case/whereabouts.ts';
import { readLog } from '../../shared/completion/reads.ts';
import { documentText } from './document.ts';
import type { ApiPorts } from './ports.ts';
import { type Problem, problemBody, problemType, statusOf } from './problem.ts';
import { queryFault } from './query.ts';
import { type ApiAnswer, type ApiRoute, type Call, jsonType, linesType } from './route.ts';
import { apiRoutes } from './routes.ts';

export const documentPath = '/api/openapi.json';

/** Where the ports take long to build, as in a Lambda, they are built once and the application with them. */
export function apiApp(ports: ApiPorts, routes: readonly ApiRoute[] = apiRoutes): Hono {
  const app = new Hono();
  const log = readLog(ports.store);
  app.use(async (context, next) => {
    await next();
    context.header('Cache-Control', 'no-store');
    context.header('X-Content-Type-Options', 'nosniff');
  });
  app.get(documentPath, (context) => context.body(documentText(), 200, { 'Content-Type': jsonType }));
  for (const route of routes) {
    app.on(
      route.method,
      route.path,
      async (context, next) => {
        const guarded = await guard(context, route, ports);
        if ('problem' in guarded) {
          await noteRefusal(guarded, route, ports);
          return tell(context, guarded.problem);
        }
        context.set(clientKey, guarded.client);
        return next();
      },
      bodyLimit({ maxSize: route.mostBytes ?? smallBody, onError: (context) => tell(context, tooLarge(route)) }),
      async (context) => {
        const call = await callOf(context, ports);
        if (route.takes !== undefined && route.takes[call.contentType] === undefined) {
          return tell(context, wrongType(Object.keys(route.takes)));
        }
        const fault = route.query === undefined ? undefined : queryFault(call.query, route.query);
        const answer = fault === undefined ? await route.run(call) : { problem: fault };
        if (route.reads !== undefined && !('problem' in answer)) {
          await log({ what: route.reads, path: context.req.path, by: actorOf(call.client), at: ports.now() });
        }
        return respond(context, answer);
      },
    );
  }
  for (const [path, methods] of methodsOf(routes)) app.all(path, (context) => tell(context, wrongMethod(methods)));
  app.notFound((context) => tell(context, noSuchRoute));
  app.onError((error, context) => {
    if (error instanceof NotThisHome) return tell(context, { kind: 'busy', says: error.why });
    ports.report(error);
    return tell(context, error instanceof Transient ? busy : failed);
  });
  return app;
}

/** HEAD goes where GET goes. */
function methodsOf(routes: readonly ApiRoute[]): ReadonlyMap<string, string> {
  const byPath = Map.groupBy([{ path: documentPath, method: 'get' }, ...routes], ({ path }) => path);
  const written = ({ method }: { readonly method: string }) => (method === 'get' ? 'GET, HEAD' : method.toUpperCase());
  return new Map([...byPath].map(([path, of]) => [path, of.map(written).join(', ')]));
}

const clientKey = 'client';
const smallBody = 1024;

declare module 'hono' {
  interface ContextVariableMap {
    readonly [clientKey]: ApiClient;
  }
}

async function guard(
  context: Context,
  { scope }: ApiRoute,
  { clients, rate }: ApiPorts,
): Promise<{ readonly client: ApiClient } | Stopped> {
  const token = /^Bearer ([\w.~+/=-]+)$/i.exec(context.req.header('Authorization') ?? '')?.[1];
  if (token === undefined) return { problem: noToken };
  const client = await clients.clientOf(token);
  if (client === undefined) return { problem: wrongToken };
  const waitSeconds = rate.take(client.id);
  if (waitSeconds !== undefined) return { problem: tooManyCalls(waitSeconds), stopped: client };
  if (scope !== 'any' && !client.scopes.includes(scope)) return { problem: lacksScope(scope), stopped: client };
  return { client };
}

interface Stopped {
  readonly problem: Problem;
  /** Whose token it is, where it is anybody's. */
  readonly stopped?: ApiClient;
}

/** A log that fails lets nobody in, and takes nobody the answer. */
async function noteRefusal(
  { problem, stopped }: Stopped,
  { method, path }: ApiRoute,
  { refusals, report }: ApiPorts,
): Promise<void> {
  const by = stopped === undefined ? {} : { by: actorOf(stopped) };
  await refusals.note({ ...by, what: `${method.toUpperCase()} ${path}`, status: statusOf(problem) }).catch(report);
}

async function callOf(context: Context, ports: ApiPorts): Promise<Call> {
  const { req } = context;
  return {
    client: context.get(clientKey),
    params: req.param(),
    query: new URL(req.url).searchParams,
    headers: req.raw.headers,
    contentType: (req.header('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
    body: req.method === 'POST' ? new Uint8Array(await req.arrayBuffer()) : new Uint8Array(),
    ports,
  };
}

function respond(context: Context, answer: ApiAnswer): Response {
  if ('problem' in answer) return tell(context, answer.problem);
  const status = { status: answer.status };
  if ('lines' in answer) {
    const text = answer.lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    return new Response(text, { ...status, headers: { 'Content-Type': linesType } });
  }
  return new Response(JSON.stringify(answer.json), { ...status, headers: { 'Content-Type': jsonType } });
}

function tell(_context: Context, problem: Problem): Response {
  return new Response(JSON.stringify(problemBody(problem)), {
    status: statusOf(problem),
    headers: { 'Content-Type': problemType, ...problem.headers },
  });
}

const noToken: Problem = {
  kind: 'unauthorised',
  headers: { 'WWW-Authenticate': 'Bearer' },
  says: {
    vi: 'Thiếu mã truy cập. Hãy gửi tiêu đề Authorization: Bearer kèm mã do quản trị hệ thống cấp.',
    en: 'There is no token. Send Authorization: Bearer with the token that an administrator gave.',
  },
};
const wrongToken: Problem = {
  kind: 'unauthorised',
  headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
  says: {
    vi: 'Mã truy cập không đúng, chưa được xác nhận, đã hết hạn hoặc đã bị thu hồi. Hãy hỏi quản trị hệ thống.',
    en: 'The token is wrong, not confirmed yet, expired or revoked. Ask the administrator.',
  },
};

function lacksScope(scope: string): Problem {
  return {
    kind: 'forbidden',
    headers: { 'WWW-Authenticate': `Bearer error="insufficient_scope", scope="${scope}"` },
    says: {
      vi: `Hệ thống kết nối này không có quyền ${scope}. Nếu cần, hãy đề nghị quản trị hệ thống cấp mã có quyền đó.`,
      en: `This client lacks the scope ${scope}. Ask an administrator for a token that has it.`,
    },
  };
}

function tooManyCalls(seconds: number): Problem {
  return {
    kind: 'too-many-calls',
    headers: { 'Retry-After': String(seconds) },
    says: {
      vi: `Đã gọi quá số lần cho phép trong một phút. Hãy gọi lại sau ${seconds} giây.`,
      en: `Too many calls within a minute. Call again after ${seconds} seconds.`,
    },
  };
}

function tooLarge({ mostBytes = smallBody }: ApiRoute): Problem {
  const limit = mostBytes >= 1_000_000 ? `${mostBytes / 1_000_000} MB` : `${mostBytes / 1000} kB`;
  return {
    kind: 'too-large',
    // The rest of the body is not read, so nothing more can come through this connection.
    headers: { Connection: 'close' },
    says: {
      vi: `Nội dung gửi lớn hơn ${limit}. Chưa có gì được ghi nhận; hãy chia thành nhiều lần gửi.`,
      en: `The body is over ${limit}. Nothing was recorded; split it.`,
    },
  };
}

function wrongType(types: readonly string[]): Problem {
  return {
    kind: 'wrong-type',
    headers: { Accept: types.join(', ') },
    says: {
      vi: `Chỉ nhận Content-Type: ${types.join(' hoặc ')}. Chưa có gì được ghi nhận.`,
      en: `Send Content-Type: ${types.join(' or ')}. Nothing was recorded.`,
    },
  };
}

function wrongMethod(methods: string): Problem {
  return {
    kind: 'wrong-method',
    headers: { Allow: methods },
    says: {
      vi: `Địa chỉ này chỉ nhận ${methods}. Chưa có gì được ghi nhận.`,
      en: `This address takes ${methods} alone. Nothing was recorded.`,
    },
  };
}

const noSuchRoute: Problem = {
  kind: 'not-found',
  says: {
    vi: `Không có địa chỉ này. Danh mục các địa chỉ ở ${documentPath}.`,
    en: `There is no such address. See ${documentPath}.`,
  },
};
const failed: Problem = {
  kind: 'failed',
  says: {
    vi: 'Hệ thống gặp lỗi. Hãy gọi lại với cùng Idempotency-Key hoặc cùng nội dung: không có gì bị ghi hai lần. Nếu vẫn lỗi, báo quản trị hệ thống.',
    en: 'The system failed. Call again with the same key or body: nothing is recorded twice. If it still fails, tell the administrator.',
  },
};
const busy: Problem = {
  kind: 'busy',
  headers: { 'Retry-After': '5' },
  says: { vi: 'Hệ thống đang bận. Hãy gọi lại sau 5 giây.', en: 'The system is busy. Call again after 5 seconds.' },
};
