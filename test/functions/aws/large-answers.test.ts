/** Answers that outgrow a function: what leaves by a link, what stays, and how much is too much. */
import { Hono } from 'hono';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { setCookie } from 'hono/cookie';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { fittingApi } from '../../../functions/aws/api.ts';
import { fitting, measured, mostAnswerBytes, type PassingFile } from '../../../functions/aws/large-answers.ts';

const pdf = 'application/pdf';
const download = 'attachment; filename="bao-cao.pdf"';

/** One application whose every address answers so many bytes, with a cookie and a policy of its own. */
function answering(bytes: number, headers: Readonly<Record<string, string>>, status: 200 | 403 | 500 = 200): Hono {
  const app = new Hono();
  app.on(['get', 'post'], '/', (context) => {
    setCookie(context, 'one', '1', { httpOnly: true });
    setCookie(context, 'two', '2', { httpOnly: true });
    context.header('Content-Security-Policy', "default-src 'none'");
    context.header('Cache-Control', 'no-store');
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    return context.body(new Uint8Array(bytes).fill(97), status);
  });
  return app;
}

function fitted(pages: Hono, most: number) {
  const passed: PassingFile[] = [];
  const reported: unknown[] = [];
  const app = fitting(pages, {
    most,
    passing: {
      async pass(file) {
        passed.push(file);
        return 'https://bucket.example/answers/1?signed';
      },
    },
    report: (error) => reported.push(error),
  });
  return { app, passed, reported };
}

const file = { 'Content-Type': pdf, 'Content-Disposition': download };

describe('a file is counted as the base64 that it becomes', () => {
  test.each([
    [297, 200],
    [300, 200],
    [301, 303],
  ])('where 400 bytes fit, of %i bytes the answer is %i', async (bytes, status) => {
    const { app, passed } = fitted(answering(bytes, file), 400);
    const answer = await app.request('/');
    expect([answer.status, passed.length]).toEqual([status, status === 303 ? 1 : 0]);
    if (status === 200) expect((await answer.arrayBuffer()).byteLength).toBe(bytes);
  });

  test('what the gateway is handed is within six megabytes at the largest file that stays, and over it with three bytes more', async () => {
    const { app } = fitted(answering((mostAnswerBytes / 4) * 3, file), mostAnswerBytes);
    const handed = JSON.stringify(await handle(app)(event('GET'), context));
    expect(Buffer.byteLength(handed)).toBeLessThan(6 * 1024 * 1024);
    expect(Buffer.byteLength(handed)).toBeGreaterThan(mostAnswerBytes);
    const { app: over } = fitted(answering((mostAnswerBytes / 4) * 3 + 3, file), mostAnswerBytes);
    expect(z.object({ statusCode: z.number() }).parse(await handle(over)(event('GET'), context)).statusCode).toBe(303);
  });

  test('text is counted with what JSON escapes in it', async () => {
    const text = new Response('<p class="a">\n</p>', { headers: { 'Content-Type': 'text/html; charset=UTF-8' } });
    expect((await measured(text)).size).toBe('"<p class=\\"a\\">\\n</p>"'.length);
  });
});

describe('a file that does not fit', () => {
  test('goes with its type and name, and is led to with every cookie and policy of its answer', async () => {
    const { app, passed } = fitted(answering(500, file), 400);
    const answer = await app.request('/');
    expect(passed).toEqual([{ bytes: new Uint8Array(500).fill(97), type: pdf, disposition: download }]);
    expect(answer.headers.get('Location')).toBe('https://bucket.example/answers/1?signed');
    expect(answer.headers.getSetCookie()).toEqual(['one=1; Path=/; HttpOnly', 'two=2; Path=/; HttpOnly']);
    expect(answer.headers.get('Content-Security-Policy')).toBe("default-src 'none'");
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(answer.headers.get('Referrer-Policy')).toBe('no-referrer');
    expect([answer.headers.get('Content-Type'), answer.headers.get('Content-Disposition')]).toEqual([null, null]);
    expect(await answer.text()).toBe('');
  });

  test('goes the same way after a POST: a file of a slip leaves once, and was noted as taken', async () => {
    const { app, passed } = fitted(answering(500, file), 400);
    const answer = await app.request('/', { method: 'POST' });
    expect([answer.status, passed.length]).toEqual([303, 1]);
  });

  test('is not put anywhere for whoever only asks about it', async () => {
    const { app, passed } = fitted(answering(500, file), 400);
    expect((await app.request('/', { method: 'HEAD' })).status).toBe(200);
    expect(passed).toEqual([]);
  });

  test('that could not be put is a fault with a sentence, and no link', async () => {
    const reported: unknown[] = [];
    const app = fitting(answering(500, file), {
      most: 400,
      passing: {
        async pass() {
          throw new Error('away');
        },
      },
      report: (error) => reported.push(error),
    });
    const answer = await app.request('/');
    expect([answer.status, reported.length, answer.headers.get('Location')]).toEqual([500, 1, null]);
    expect(await answer.text()).toContain('Hãy quay lại và tải lại tệp');
  });
});

describe('what is no download, or no success, never leaves', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, 200 | 403 | 500])[] = [
    ['a page', { 'Content-Type': 'text/html; charset=UTF-8' }, 200],
    ['a page that is offered as a file to look at', { 'Content-Type': pdf, 'Content-Disposition': 'inline' }, 200],
    ['a refusal', file, 403],
    ['a fault', file, 500],
  ];
  test.each(cases)('%s', async (_, headers, status) => {
    const { app, passed, reported } = fitted(answering(500, headers, status), 400);
    const answer = await app.request('/');
    expect([answer.status, passed, reported.length]).toEqual([500, [], 1]);
    expect(await answer.text()).toContain('quá nhiều dòng');
    expect(answer.headers.get('Content-Type')).toBe('text/plain; charset=UTF-8');
    expect(answer.headers.get('Content-Security-Policy')).toBe("default-src 'none'");
  });

  test('what fits passes as it is, a way elsewhere with it', async () => {
    const pages = new Hono();
    pages.get('/', (context) => context.redirect('/dang-nhap'));
    const answer = await fitted(pages, 400).app.request('/');
    expect([answer.status, answer.headers.get('Location')]).toEqual([302, '/dang-nhap']);
  });
});

test.each([
  [397, 200],
  [398, 200],
  [399, 500],
])(
  'an answer of the API of %i letters and their quotes, where 400 fit, is a %i that says so',
  async (letters, status) => {
    const api = new Hono();
    api.get('/', (context) => context.text('a'.repeat(letters)));
    const answer = await fittingApi(api, 400).request('/');
    expect(answer.status).toBe(status);
    if (status !== 500) return;
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({
      type: 'urn:chi-tra:problem:failed',
      detail: expect.stringContaining('6 MB'),
    });
  },
);

function event(httpMethod: string): LambdaEvent {
  return {
    version: '1.0',
    resource: '/',
    path: '/',
    httpMethod,
    headers: { host: 'chi-tra.example' },
    multiValueHeaders: {},
    isBase64Encoded: false,
    body: null,
    requestContext: { httpMethod, path: '/', stage: 'test', requestId: '1', resourcePath: '/' },
  } as never;
}

const context = { awsRequestId: '1', functionName: 'web' } as never as LambdaContext;
