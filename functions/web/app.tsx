/**
 * Request → page, built from ports; two entry points run it, one a home. Every route goes through one guard: who is
 * signed in, may they, and did the form come from our own page.
 */
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { may } from '../../shared/case/access.ts';
import { NotThisHome } from '../../shared/case/whereabouts.ts';
import type { Language, Sentence } from '../../shared/vietnamese.ts';
import { font, icon, styleSheet } from './assets.ts';
import { brokeOff } from './broke-off.ts';
import { serveNoticeCheck } from './check-notice.tsx';
import { ProblemBox } from './elements.tsx';
import { Frame } from './layout.tsx';
import { type Answer, field, type Visit } from './page.tsx';
import { homePage } from './pages/home.tsx';
import { personalReading } from './personal-reads.ts';
import type { WebPorts } from './ports.ts';
import { mostUploadMegabytes, takeBrought } from './large-files.tsx';
import { type Route, routes } from './routes.ts';
import { checkCsrf, ownPath, type Session, type Sessions } from './session.ts';
import { waitingFor } from './waiting.ts';
import { roleNames } from './words.ts';

const megabyte = 1024 * 1024;
/** An upload of 40 MB and the rest of its form; a form without a file is far smaller. */
const mostBodyBytes = (mostUploadMegabytes + 1) * megabyte;
const mostFormBytes = megabyte;

/** More routes may be given, such as the mailbox of the demonstration. */
export function webApp(ports: WebPorts, sessions: Sessions, more: readonly Route[] = []): Hono {
  const app = new Hono();
  const headers = securityHeaders(ports, sessions.leadsTo);
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
  });
  serveAssets(app);
  app.get('/dang-nhap', async (context) => {
    const returnTo = ownPath(context.req.query('tro-lai') ?? '/');
    // Already signed in, in another tab perhaps: nothing is asked again.
    return (await sessions.current(context)) === undefined
      ? sessions.begin(context, returnTo)
      : context.redirect(returnTo);
  });
  app.get('/dang-nhap/xong', (context) => sessions.finish(context));
  app.get('/ngon-ngu/:language', (context) => chooseLanguage(context, ports.publicUrl.startsWith('https:')));
  serveNoticeCheck(app, ports);
  app.post('/dang-xuat', async (context) => {
    const session = await sessions.current(context);
    if (session === undefined) return context.redirect('/', 303);
    const form = await readForm(context);
    if (form instanceof Response) return form;
    return checkCsrf(session, field(form, 'csrf')) ? sessions.end(context) : context.redirect('/', 303);
  });
  const reading = personalReading(ports);
  const logged = (route: Route): Route => ({
    ...route,
    run: (visit) => reading(route.path, visit, async () => route.run(visit)),
  });
  for (const route of [home, ...routes.map(logged), ...more]) {
    app.on(route.method, route.path, (context) => answer(context, route, ports, sessions));
  }
  app.notFound((context) => answer(context, notFound, ports, sessions));
  app.onError((error, context) => {
    if (error instanceof NotThisHome) return context.text(error.why.vi, 503);
    if (!brokeOff(error)) ports.report(error);
    return context.text(broken.vi, 500);
  });
  return app;
}

const tooBig: Sentence = {
  vi: 'Tệp lớn hơn 40 MB. Hãy xóa ảnh trong tệp hoặc chia thành nhiều tệp, rồi tải lên lại. Chưa có gì được ghi nhận.',
  en: 'The file is over 40 MB. Delete its pictures or split it. Nothing was recorded.',
};
const tooLong: Sentence = {
  vi: 'Nội dung nhập trên trang dài quá 1 MB. Hãy quay lại, rút ngắn hoặc gửi bằng tệp. Chưa có gì được ghi nhận.',
  en: 'What was typed is over 1 MB. Go back and shorten it, or send a file. Nothing was recorded.',
};
const broken: Sentence = {
  vi: 'Hệ thống gặp lỗi. Chưa có gì được ghi nhận từ thao tác này; hãy quay lại và thử lại. Nếu vẫn lỗi, báo quản trị hệ thống.',
  en: 'The system failed. Nothing was recorded from this act; go back and try again.',
};

/** A form may go to us, to where this home has files brought, and to where a sign-in leads: Chromium asks after redirects too. */
function securityHeaders({ uploads, publicUrl }: WebPorts, signInLeadsTo?: string): Readonly<Record<string, string>> {
  const forms = ["'self'", uploads?.origin, signInLeadsTo].filter((origin) => origin !== undefined).join(' ');
  return {
    'Content-Security-Policy': `default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action ${forms}; base-uri 'none'; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    // A browser that was here once asks in clear no more, for a year.
    ...(publicUrl.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
}

const home: Route = {
  method: 'get',
  path: '/',
  act: 'home.see',
  run: async (visit) => homePage(visit, await waitingFor(visit.account, visit.ports)),
};

const notFound: Route = {
  method: 'get',
  path: '*',
  act: 'home.see',
  run: async ({ say }) => ({
    page: say('Không tìm thấy trang', 'No such page'),
    status: 404,
    body: <p>{say('Trang này không có. Hãy vào “Việc của tôi”.', 'There is no such page. Go to “My work”.')}</p>,
  }),
};

async function answer(context: Context, route: Route, ports: WebPorts, sessions: Sessions): Promise<Response> {
  const session = await sessions.current(context);
  const url = new URL(context.req.url);
  if (session === undefined) {
    // A body of nobody is not read.
    const back = context.req.method === 'GET' ? url.pathname + url.search : '/';
    return context.redirect(`/dang-nhap?tro-lai=${encodeURIComponent(back)}`, context.req.method === 'GET' ? 302 : 303);
  }
  const form = context.req.method === 'POST' ? await readForm(context) : new FormData();
  if (form instanceof Response) return form;
  const visit = visitOf(context, session, form, ports);
  const refusal = refusalOf(context, route, session, form, visit);
  if (!may(session.account, route.act)) {
    const what = `${route.method.toUpperCase()} ${route.path}`;
    await ports.refusals.note({ by: session.account.id, what, status: 403 }).catch(ports.report);
  }
  const given = refusal ?? (await broughtProblem(visit)) ?? (await route.run(visit));
  return respond(context, given, visit);
}

async function broughtProblem(visit: Visit): Promise<Answer | undefined> {
  const problem = await takeBrought(visit);
  if (problem === undefined) return undefined;
  return {
    page: visit.say('Chưa thực hiện được', 'Not done'),
    status: 422,
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <p>
          <a href={visit.here}>{visit.say('Về trang có biểu mẫu', 'To the page that has the form')}</a>
        </p>
      </>
    ),
  };
}

/** An empty one when the body is no form or breaks off; a refusal when it is too large. Only files come as `multipart/form-data`. */
async function readForm(context: Context): Promise<FormData | Response> {
  const hasFiles = /^multipart\/form-data/i.test(context.req.header('content-type') ?? '');
  const limit = bodyLimit({
    maxSize: hasFiles ? mostBodyBytes : mostFormBytes,
    onError: (refused) => refused.text(hasFiles ? tooBig.vi : tooLong.vi, 413),
  });
  try {
    return (await limit(context, async () => {})) ?? (await context.req.formData());
  } catch {
    return new FormData();
  }
}

function visitOf(context: Context, { account, csrf }: Session, form: FormData, ports: WebPorts): Visit {
  const language: Language = getCookie(context, 'ngon-ngu') === 'en' ? 'en' : 'vi';
  const url = new URL(context.req.url);
  return {
    account,
    language,
    csrf,
    ports,
    params: context.req.param(),
    query: url.searchParams,
    path: url.pathname,
    here: pageOf(url.pathname),
    form,
    say: (vi, en) => (language === 'vi' ? vi : en),
    words: (sentence) => sentence?.[language] ?? '–',
  };
}

const pagePatterns = routes
  .filter(({ method }) => method === 'get')
  .map(({ path }) => new RegExp(`^${path.replaceAll(/:[^/]+/g, '[^/]+')}$`));

/** The nearest page at or above a path: `/ho-so/1` has the form that is sent to `/ho-so/1/giay-to`. */
function pageOf(path: string): string {
  if (path === '' || path === '/') return '/';
  return pagePatterns.some((pattern) => pattern.test(path)) ? path : pageOf(path.slice(0, path.lastIndexOf('/')));
}

function refusalOf(context: Context, route: Route, session: Session, form: FormData, visit: Visit): Answer | undefined {
  const { say, account, words } = visit;
  if (!may(account, route.act)) {
    const problem = {
      vi: `Tài khoản ${words(roleNames[account.role])} không có quyền mở trang hoặc làm việc này. Nếu cần, hãy nhờ người có vai trò phù hợp.`,
      en: `The role ${words(roleNames[account.role])} may not open this page or do this. Ask someone whose role may.`,
    };
    return {
      page: say('Không có quyền', 'Not allowed'),
      status: 403,
      body: <ProblemBox problem={problem} visit={visit} />,
    };
  }
  if (context.req.method !== 'POST' || checkCsrf(session, field(form, 'csrf'))) return undefined;
  const problem = {
    vi: 'Trang đã mở quá lâu hoặc thao tác không đến từ trang của hệ thống. Chưa có gì được ghi nhận; hãy mở lại trang và làm lại.',
    en: 'The page was open too long, or this did not come from our page. Nothing was recorded; open the page again.',
  };
  return {
    page: say('Chưa thực hiện được', 'Not done'),
    status: 403,
    body: <ProblemBox problem={problem} visit={visit} />,
  };
}

async function respond(context: Context, given: Answer, visit: Visit): Promise<Response> {
  context.header('Cache-Control', 'no-store');
  if ('to' in given) return context.redirect(given.to, 303);
  if ('file' in given) {
    context.header('Content-Type', given.type);
    context.header('Content-Disposition', `attachment; filename="${given.name}"`);
    return context.body(new Uint8Array(given.file));
  }
  const waiting = await waitingFor(visit.account, visit.ports);
  const { page, body, status, refreshAfter } = given;
  return context.html(
    <Frame title={page} visit={visit} waiting={waiting} now={visit.ports.now()} refreshAfter={refreshAfter}>
      {body}
    </Frame>,
    status ?? 200,
  );
}

function serveAssets(app: Hono): void {
  app.get('/style.css', async (context) => {
    context.header('Content-Type', 'text/css; charset=utf-8');
    context.header('Cache-Control', 'public, max-age=300');
    return context.body(await styleSheet());
  });
  app.get('/icon.svg', (context) => {
    context.header('Content-Type', 'image/svg+xml');
    context.header('Cache-Control', 'public, max-age=86400');
    return context.body(icon);
  });
  app.get('/phong-chu/:name', async (context) => {
    const content = await font(context.req.param('name'));
    if (content === undefined) return context.notFound();
    context.header('Content-Type', 'font/woff2');
    context.header('Cache-Control', 'public, max-age=31536000, immutable');
    return context.body(content);
  });
}

/** Vietnamese or English, kept a year; back to where one was, never to another site. */
function chooseLanguage(context: Context, secure: boolean): Response {
  const language = context.req.param('language') === 'en' ? 'en' : 'vi';
  setCookie(context, 'ngon-ngu', language, { path: '/', maxAge: 31_536_000, sameSite: 'Lax', httpOnly: true, secure });
  const back = context.req.query('tro-lai') ?? '/';
  return context.redirect(ownPath(back));
}
