/** What strangers may do at the door of a province in earnest, and what they may not take from everybody else. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { freePort } from '../../../infra/local/free-port.ts';
import { provinceEntrance } from '../../../infra/local/entrance.ts';
import { setUpHere } from '../../../infra/local/first-administrators.ts';
import { codeAt } from '../../../infra/local/second-factor.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { type SmtpServer, startSmtpServer } from '../../smtp-server.ts';

const publicUrl = 'https://chi-tra.tinh.example';
const [an, binh] = ['an.pt@tinh.example', 'binh.hv@tinh.example'];
const password = 'sông Lam nước biếc';
let folder: string;
let mails: SmtpServer;
let server: RunningServer;
let port: number;
let secret: string;
/** Signed in. */
let person: ReturnType<typeof from>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'door-'));
  mails = await startSmtpServer();
  port = await freePort();
  const folders = { dataDirectory: join(folder, 'data'), keyDirectory: join(folder, 'keys') };
  mkdirSync(folders.dataDirectory);
  const { links } = await setUpHere(
    [
      { name: 'Phan Thị An', email: an },
      { name: 'Hồ Văn Bình', email: binh },
    ],
    { operator: 'Lưu Đức Cường', document: 'Quyết định 15/QĐ-UBND ngày 02/10/2025' },
    { ...folders, publicUrl },
  );
  const smtp = { url: mails.url, from: 'chi-tra@tinh.example' };
  server = await startServer({ ...folders, smtp, port, site: { publicUrl } });
  person = from('10.0.0.1');
  await person.ask(new URL(links[0]?.url ?? '').pathname, { form: { password, repeated: password } });
  const page = await person.signIn(an, password);
  secret = (/id="secret">([A-Z2-7 ]+)</.exec(page.body)?.[1] ?? '').replaceAll(' ', '');
  // A code is taken once: the next sign-in has the one after it.
  await person.follow(page.path, { form: { code: codeAt(secret, Date.now() - 30_000) } });
});
afterAll(async () => {
  await server.stop();
  await mails.close();
  rmSync(folder, { recursive: true });
});

interface Asked {
  readonly form?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A browser whose address a proxy on this machine tells; `undefined`, a proxy that tells none. */
function from(address: string | undefined) {
  const jar = new Map<string, string>();
  async function ask(path: string, { form, body = form && String(new URLSearchParams(form)), headers }: Asked = {}) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const all = {
      ...(address === undefined ? {} : { 'x-forwarded-for': address }),
      ...(cookie === '' ? {} : { cookie }),
      ...(form === undefined ? {} : type),
      ...headers,
    };
    return new Promise<Answer>((resolve, reject) => {
      const method = body === undefined ? 'GET' : 'POST';
      const asked = request({ host: '127.0.0.1', port, path, method, headers: all, agent: false }, (answer) => {
        const chunks: Buffer[] = [];
        for (const line of answer.headers['set-cookie'] ?? []) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          jar.set(name, value);
        }
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const { statusCode: status = 0, headers: given } = answer;
          resolve({ status, headers: given, path, body: Buffer.concat(chunks).toString() });
        });
      });
      asked.on('error', reject).end(body);
    });
  }
  async function follow(path: string, asked?: Asked): Promise<Answer> {
    const answer = await ask(path, asked);
    const { location } = answer.headers;
    return location === undefined ? answer : follow(location.replace(publicUrl, ''));
  }
  return {
    ask,
    follow,
    async signIn(email: string, given: string) {
      const login = await follow('/');
      return follow(login.path, { form: { email, password: given } });
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly path: string;
  readonly body: string;
}

test('six hundred false ends of a sign-in make the stranger wait who asked for them, and nobody else', async () => {
  const stranger = from('9.9.9.9');
  const end = async () => {
    const begun = await stranger.ask('/dang-nhap');
    const state = new URL(String(begun.headers.location)).searchParams.get('state') ?? '';
    const query = new URLSearchParams({ code: 'x', state, iss: `${publicUrl}/oidc` });
    return (await stranger.ask(`/dang-nhap/xong?${String(query)}`)).status;
  };
  const statuses = new Set<number>();
  for (let done = 0; done < 600; done += 1) statuses.add(await end());
  expect([[...statuses], await end()]).toEqual([[400], 429]);
  expect((await stranger.ask('/dang-nhap/x%6Fng?code=x')).status).toBe(429);
  const other = from('10.0.0.2');
  const page = await other.signIn(an, password);
  const home = await other.follow(page.path, { form: { code: codeAt(secret, Date.now()) } });
  expect([home.status, home.path]).toEqual([200, '/']);
});

test('what the process asks itself goes by a door of its own, which the proxy does not know', async () => {
  const proxied = await freePort();
  const entrance = await provinceEntrance(proxied, { publicUrl }, () => {});
  entrance.open({ outside: (_, response) => response.end('outside'), inside: (_, response) => response.end('inside') });
  const said = async (url: string) => (await fetch(url)).text();
  expect([await said(`http://127.0.0.1:${proxied}`), await said(entrance.inside)]).toEqual(['outside', 'inside']);
  expect(new URL(entrance.inside).hostname).toBe('127.0.0.1');
  await entrance.close();
});

/** A body of which only the beginning is sent. */
function unfinished(path: string, headers: Readonly<Record<string, string>> = {}) {
  const all = { 'x-forwarded-for': '10.0.0.4', 'transfer-encoding': 'chunked', ...headers };
  const asked = request({ host: '127.0.0.1', port, path, method: 'POST', headers: all, agent: false });
  asked.on('error', () => {});
  asked.write('x'.repeat(1000));
  return asked;
}

describe('a body', () => {
  test.each(['/tiep-nhan', '/dang-xuat', '/no-such-page'])(
    'of nobody to %s is not waited for: they are led to the sign-in',
    async (path) => {
      const asked = unfinished(path);
      const status = await new Promise((resolve) => asked.on('response', ({ statusCode }) => resolve(statusCode)));
      expect(status).toBe(303);
      asked.destroy();
    },
  );

  test('without a file is at most 1 MB, with one 41 MB', async () => {
    const megabyte = 'x'.repeat(1024 * 1024);
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const files = { 'content-type': 'multipart/form-data; boundary=y' };
    const statusOf = async (body: string, headers: Readonly<Record<string, string>>) =>
      (await person.ask('/tai-khoan', { body, headers })).status;
    expect([await statusOf(`${megabyte}x`, type), await statusOf(megabyte, type)]).toEqual([413, 403]);
    expect(await statusOf(megabyte.repeat(2), { ...type, 'transfer-encoding': 'chunked' })).toBe(413);
    expect([await statusOf(megabyte.repeat(40), files), await statusOf(`${megabyte.repeat(41)}x`, files)]).toEqual([
      403, 413,
    ]);
  });

  test('that ends a session and is no form ends none, and is no fault', async () => {
    const answer = await person.ask('/dang-xuat', { body: 'x', headers: { 'content-type': 'text/plain' } });
    expect([answer.status, answer.headers.location]).toEqual([303, '/']);
    expect((await person.ask('/tai-khoan')).status).toBe(200);
  });

  test('that breaks off is no fault', async () => {
    const told = vi.spyOn(process.stderr, 'write');
    const login = await from('10.0.0.7').follow('/');
    for (const path of ['/kiem-tra/thong-bao', login.path]) {
      const asked = unfinished(path, { 'content-type': 'application/x-www-form-urlencoded' });
      await new Promise((resolve) => setTimeout(resolve, 100));
      asked.destroy();
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    // What else this process says meanwhile is not of the body.
    expect(told.mock.calls.map(String).filter((line) => /abort/i.test(line))).toEqual([]);
    told.mockRestore();
  });
});
