/** A province in earnest on one machine: what it must be told, and its pages over TLS and behind a proxy. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectInClear } from 'node:net';
import { connect, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../../infra/local/free-port.ts';
import { textOf } from '../../../infra/local/commands/visitor.ts';
import { setUpHere } from '../../../infra/local/first-administrators.ts';
import { productionSettings } from '../../../infra/local/production.ts';
import { codeAt } from '../../../infra/local/second-factor.ts';
import { type RunningServer, type ServerSettings, startServer } from '../../../infra/local/server.ts';
import { readTls, renewing, type TlsFiles } from '../../../infra/local/tls.ts';
import { browser } from '../../http-client.ts';
import { type SmtpServer, startSmtpServer } from '../../smtp-server.ts';
import { writeCertificate } from '../../tls-certificate.ts';

const folder = mkdtempSync(join(tmpdir(), 'production-'));
const at = (name: string) => join(folder, name);
const told = {
  PUBLIC_URL: 'https://chi-tra.tinh.example',
  SMTP_URL: 'smtp://thu.tinh.example:587',
  SMTP_FROM: 'chi-tra@tinh.example',
};
let mails: SmtpServer;

beforeAll(async () => {
  mails = await startSmtpServer();
});
afterAll(async () => {
  await mails.close();
  rmSync(folder, { recursive: true });
});

describe('what it is told', () => {
  test('is enough with an address, a mail server and a sender; behind a proxy it has the usual port of one', () => {
    expect(productionSettings({ ...told, DATA_DIR: '/d', KEY_DIR: '/k' })).toEqual({
      port: 8080,
      dataDirectory: '/d',
      keyDirectory: '/k',
      site: { publicUrl: told.PUBLIC_URL },
      smtp: { url: 'smtp://thu.tinh.example:587?requireTLS=true', from: told.SMTP_FROM },
      digestMinutes: 30,
    });
    const { port, site } = productionSettings({ ...told, TLS_CERT: '/c', TLS_KEY: '/k' });
    expect([port, site.tls]).toEqual([8443, { certificate: '/c', key: '/k' }]);
    expect(productionSettings({ ...told, PUBLIC_URL: `${told.PUBLIC_URL}/` }).site.publicUrl).toBe(told.PUBLIC_URL);
  });

  test.each([
    ['smtp://localhost:25', 'smtp://localhost:25'],
    ['smtps://a:b@thu.example', 'smtps://a:b@thu.example'],
    ['smtp://a:b@thu.example/?requireTLS=false', 'smtp://a:b@thu.example/?requireTLS=true'],
  ])('lets no mail out in clear but to this machine: %s', (given, taken) => {
    expect(productionSettings({ ...told, SMTP_URL: given }).smtp.url).toBe(taken);
  });

  test.each<[string, string, Readonly<Record<string, string | undefined>>]>([
    ['no address', 'PUBLIC_URL', { PUBLIC_URL: undefined }],
    ['an address in clear', 'PUBLIC_URL', { PUBLIC_URL: 'http://chi-tra.tinh.example' }],
    ['an address with a path', 'PUBLIC_URL', { PUBLIC_URL: 'https://chi-tra.tinh.example/chi-tra' }],
    ['no mail server', 'SMTP_URL', { SMTP_URL: undefined }],
    ['a mail server that is none', 'SMTP_URL', { SMTP_URL: 'https://thu.tinh.example' }],
    ['no sender', 'SMTP_FROM', { SMTP_FROM: undefined }],
    ['a sender without a domain', 'SMTP_FROM', { SMTP_FROM: 'chi-tra@localhost' }],
    ['a certificate without its key', 'TLS_KEY', { TLS_CERT: '/c' }],
    ['a key without its certificate', 'TLS_CERT', { TLS_KEY: '/k' }],
    ['keys among the data', 'KEY_DIR', { DATA_DIR: '/d', KEY_DIR: '/d/keys' }],
    ['keys and data in one', 'KEY_DIR', { DATA_DIR: '/d', KEY_DIR: '/d' }],
    ['a port that is none', 'PORT', { PORT: '70000' }],
  ])('with %s is refused by a sentence that names %s', (_, names, wrong) => {
    expect(() => productionSettings({ ...told, ...wrong })).toThrow(new RegExp(`chưa chạy được:\n- .*${names}`));
  });
});

test('keys that a link leads into the data are refused, also while their folder is not made yet', () => {
  mkdirSync(at('linked'));
  symlinkSync(at('linked'), at('elsewhere'));
  for (const KEY_DIR of [at('elsewhere'), at('elsewhere/keys/new')]) {
    expect(() => productionSettings({ ...told, DATA_DIR: at('linked'), KEY_DIR }), KEY_DIR).toThrow('KEY_DIR');
  }
});

/** A province whose two administrators were invited by links on paper. */
async function setUp(name: string, publicUrl: string) {
  const folders = { dataDirectory: at(`${name}/data`), keyDirectory: at(`${name}/keys`) };
  mkdirSync(at(name));
  const { links } = await setUpHere(
    [
      { name: 'Phan Thị An', email: 'an.pt@tinh.example' },
      { name: 'Hồ Văn Bình', email: 'binh.hv@tinh.example' },
    ],
    { operator: 'Lưu Đức Cường', document: 'Quyết định 15/QĐ-UBND ngày 02/10/2025' },
    { ...folders, publicUrl },
  );
  const smtp = { url: mails.url, from: told.SMTP_FROM };
  return { folders: { ...folders, smtp }, links: links.map(({ url }) => url) };
}

describe('the data', () => {
  const site = { publicUrl: told.PUBLIC_URL };

  test('that are not there are not made: the command for the first administrators is named', async () => {
    const folders = { dataDirectory: at('none/data'), keyDirectory: at('none/keys') };
    await expect(startServer({ ...folders, port: 0, site })).rejects.toThrow('npm run first-administrators');
    expect(existsSync(at('none'))).toBe(false);
  });

  test('of a demonstration are refused, since everybody knows its passwords', async () => {
    const folders = { dataDirectory: at('played/data'), keyDirectory: at('played/keys'), port: 0 };
    mkdirSync(at('played'));
    await (await startServer({ ...folders, seed: 'production' })).stop();
    await expect(startServer({ ...folders, site })).rejects.toThrow('mật khẩu của nó ai cũng biết');
  });
});

/** Asked of a port by node itself: fetch sets some of these headers on its own. */
async function ask(port: string, path: string, headers: Readonly<Record<string, string>>, method = 'GET') {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    asked.on('error', reject).end();
  });
}

describe('over TLS', () => {
  const trusted = getCACertificates('default');
  let port: number;
  let url: string;
  let server: RunningServer;
  let settings: ServerSettings;
  let links: readonly string[];

  beforeAll(async () => {
    port = await freePort();
    url = `https://localhost:${port}`;
    const province = await setUp('tls', url);
    const tls = await writeCertificate(folder, 'current');
    links = province.links;
    settings = { ...province.folders, port, site: { publicUrl: url, tls } };
    server = await startServer(settings);
    setDefaultCACertificates([...trusted, readFileSync(tls.certificate, 'utf8')]);
  });
  afterAll(async () => {
    setDefaultCACertificates(trusted);
    await server.stop();
  });

  test('an administrator comes by the link, sets a password, enrols a phone, and invites another by mail', async () => {
    const link = new URL(links[0] ?? '');
    expect(link.origin).toBe(url);
    const person = browser(url);
    const password = 'sông Lam nước biếc';
    expect(textOf((await person.post(link.pathname, { password, repeated: password })).html)).toContain('Đã đặt');
    const login = await person.get('/');
    const page = await person.post(login.url, { email: 'an.pt@tinh.example', password });
    const secret = (/id="secret">([A-Z2-7 ]+)</.exec(page.html)?.[1] ?? '').replaceAll(' ', '');
    const home = await person.post(page.url, { code: codeAt(secret, Date.now()) });
    expect([home.status, home.url, textOf(home.html)]).toEqual([200, '/', expect.stringContaining('Phan Thị An')]);
    expect(textOf(home.html)).not.toMatch(/trình diễn|Hộp thư|Kho bạc mô phỏng/i);
    for (const path of ['/hop-thu', '/kho-bac']) {
      expect((await person.get(path)).status, path).toBe(404);
    }
    const again = await person.get('/tai-khoan');
    const csrf = /name="csrf" value="([^"]+)"/.exec(again.html)?.[1] ?? '';
    const wish = { name: 'Lê Thị Chi', email: 'chi.lt@tinh.example', role: 'inspector', reason: 'QĐ 16/QĐ-UBND' };
    const proposed = await person.post('/tai-khoan', { csrf, ...wish });
    expect([proposed.status, textOf(proposed.html)]).toEqual([200, expect.stringContaining('Lê Thị Chi')]);
    expect(proposed.html).not.toContain('demo-');
  });

  test('its cookies are bound to the host, kept from scripts, and sent over TLS alone', async () => {
    const person = browser(url);
    const begun = await person.step('/dang-nhap');
    const cookies = begun.headers.getSetCookie();
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatch(/^__Host-chi-tra-vao=.*Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const provider = await person.step(begun.headers.get('location') ?? '');
    expect(provider.headers.getSetCookie().filter((line) => !/; secure(;|$)/i.test(line))).toEqual([]);
    const language = await person.step('/ngon-ngu/en');
    expect(language.headers.getSetCookie()).toEqual([expect.stringMatching(/^ngon-ngu=en;.*; Secure/)]);
    for (const answer of [begun, provider, language, await person.step('/oidc/dang-nhap/12345678')]) {
      expect(answer.headers.get('strict-transport-security'), answer.url).toBe('max-age=31536000');
      expect(answer.headers.get('x-content-type-options'), answer.url).toBe('nosniff');
    }
  });

  test('a link of the sign-in names our own host, whatever a request claims', async () => {
    const document = '/oidc/.well-known/openid-configuration';
    const answer = await fetch(`${url}${document}`, {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http', 'x-forwarded-for': '1.2.3.4' },
    });
    expect(await answer.json()).toMatchObject({
      issuer: `${url}/oidc`,
      authorization_endpoint: expect.stringMatching(new RegExp(`^${url}/oidc/`)),
      token_endpoint: expect.stringMatching(new RegExp(`^${url}/oidc/`)),
    });
  });

  test('whoever speaks in clear to its port gets no page', async () => {
    await expect(ask(String(port), '/', {})).rejects.toThrow();
  });

  test('answers a system under /api, and refuses one without a token', async () => {
    expect((await fetch(`${url}/api/openapi.json`)).status).toBe(200);
    expect((await fetch(`${url}/api/v1/batches/x`)).status).toBe(401);
  });

  test('versions of TLS that are broken are refused', async () => {
    const said = await new Promise((resolve) => {
      const socket = connect({ port, host: 'localhost', maxVersion: 'TLSv1.1', minVersion: 'TLSv1' }, () =>
        resolve('in'),
      );
      socket.on('error', ({ message }) => resolve(message));
    });
    expect(said).toMatch(/alert|protocol|unsupported/i);
  });

  test('one address holds five hundred connections and no more, and the others come in', async () => {
    const sockets = Array.from({ length: 503 }, () =>
      connectInClear({ port, host: '127.0.0.1', localAddress: '127.0.0.50' }),
    );
    let closed = 0;
    await new Promise<void>((resolve) => {
      for (const socket of sockets) {
        socket
          .on('error', () => {})
          .on('close', () => {
            closed += 1;
            if (closed === 3) resolve();
          });
      }
    });
    expect((await fetch(`${url}/dang-nhap`, { redirect: 'manual' })).status).toBe(302);
    expect(closed).toBe(3);
    for (const socket of sockets) socket.destroy();
  });

  test('its data are held: a second server on them is refused, and the first goes on', async () => {
    await expect(startServer({ ...settings, port: 0 })).rejects.toThrow('tiến trình khác');
    expect((await fetch(`${url}/dang-nhap`, { redirect: 'manual' })).status).toBe(302);
  });
});

describe('behind a proxy', () => {
  const asker = { 'x-forwarded-for': '10.0.0.3' };
  let server: RunningServer;
  let port: string;

  beforeAll(async () => {
    port = String(await freePort());
    const { folders } = await setUp('proxied', told.PUBLIC_URL);
    server = await startServer({ ...folders, port: Number(port), site: { publicUrl: told.PUBLIC_URL } });
  });
  afterAll(async () => server.stop());

  test('every link names the public address, though it is asked in clear on this machine', async () => {
    expect(server.url).toBe(told.PUBLIC_URL);
    const begun = await ask(port, '/dang-nhap', { host: 'chi-tra.tinh.example', ...asker });
    expect([begun.status, begun.headers['location']]).toEqual([
      302,
      expect.stringMatching(/^https:\/\/chi-tra\.tinh\.example\/oidc\/auth\?/),
    ]);
    const asked = new URL(String(begun.headers['location']));
    expect(asked.searchParams.get('redirect_uri')).toBe('https://chi-tra.tinh.example/dang-nhap/xong');
    const login = await ask(port, asked.pathname + asked.search, { host: 'localhost', ...asker });
    expect([login.status, login.headers['location']]).toEqual([303, expect.stringMatching(/^\/oidc\/dang-nhap\//)]);
  });

  test('it listens on one address of this machine alone', async () => {
    // Another address of the loopback: whoever listens to all of them answers there too.
    await expect(fetch(`http://127.0.0.2:${port}/dang-nhap`, { redirect: 'manual' })).rejects.toThrow();
    expect((await ask(port, '/dang-nhap', asker)).status).toBe(302);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['none', {}],
    ['no address', { 'x-forwarded-for': '1.2.3.4, unknown' }],
    ['nothing at its end', { 'x-forwarded-for': '1.2.3.4,' }],
  ])('whoever asks is refused while the proxy names %s, and told what it must send', async (_, headers) => {
    const answer = await ask(port, '/dang-nhap', headers);
    expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('X-Forwarded-For')]);
  });

  test('an address that tries passwords too often waits, by its own name, and the others do not', async () => {
    const tries = async (from: string) =>
      (await ask(port, '/oidc/dang-nhap/12345678', { 'x-forwarded-for': from }, 'POST')).status;
    const statuses = new Set<number>();
    for (let done = 0; done < 600; done += 1) statuses.add(await tries('9.9.9.9, 1.2.3.4'));
    expect([...statuses]).toEqual([400]);
    expect(await tries('8.8.8.8, 1.2.3.4')).toBe(429);
    expect(await tries('1.2.3.4, 1.2.3.5')).toBe(400);
    const waiting = await ask(port, '/oidc/dang-nhap/12345678', { 'x-forwarded-for': '1.2.3.4' }, 'POST');
    expect(waiting.headers).toMatchObject({
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
    });
    expect([waiting.headers['retry-after'], waiting.body]).toEqual([
      expect.stringMatching(/^\d+$/),
      expect.stringContaining('Từ địa chỉ mạng này có quá nhiều yêu cầu'),
    ]);
    expect((await ask(port, '/dang-nhap', { 'x-forwarded-for': '1.2.3.4' })).status).toBe(302);
  });
});

describe('a certificate', () => {
  const publicUrl = 'https://localhost';
  let province: Awaited<ReturnType<typeof setUp>>['folders'];
  beforeAll(async () => {
    province = (await setUp('certificates', publicUrl)).folders;
  });

  test.each<[string, string, () => Promise<{ certificate: string; key: string }>]>([
    ['that is not there', 'Không đọc được', async () => ({ certificate: at('no.pem'), key: at('no.key.pem') })],
    ['of another host', 'không cấp cho localhost', () => writeCertificate(folder, 'other', { host: 'else.example' })],
    ['that has ended', 'không phải lúc này', () => writeCertificate(folder, 'old', { from: -9, to: -1 })],
    ['that has not begun', 'không phải lúc này', () => writeCertificate(folder, 'early', { from: 1, to: 9 })],
    [
      'with the key of another',
      'không phải của chứng thư',
      async () => ({
        certificate: (await writeCertificate(folder, 'one')).certificate,
        key: (await writeCertificate(folder, 'two')).key,
      }),
    ],
    [
      'that is a key',
      'không phải chứng thư dạng PEM',
      async () => {
        const { key } = await writeCertificate(folder, 'three');
        return { certificate: key, key };
      },
    ],
    [
      'whose key is a certificate',
      'không phải khóa riêng',
      async () => {
        const { certificate } = await writeCertificate(folder, 'four');
        return { certificate, key: certificate };
      },
    ],
  ])('%s is refused before anybody is let in', async (_, says, made) => {
    const tls = await made();
    await expect(startServer({ ...province, port: 0, site: { publicUrl, tls } })).rejects.toThrow(says);
  });

  test('that is replaced is taken without a restart; a wrong one is told of and leaves the old; one that ends soon is told of daily', async () => {
    const [first, second, short] = await Promise.all([
      writeCertificate(folder, 'first'),
      writeCertificate(folder, 'second'),
      writeCertificate(folder, 'short', { to: 13 }),
    ]);
    const server = createTlsServer(readTls(first, 'localhost', new Date()));
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const address = server.address();
    const served = async () =>
      new Promise<string>((resolve) => {
        const of = { port: typeof address === 'object' ? (address?.port ?? 0) : 0, rejectUnauthorized: false };
        const socket = connect(of, () => {
          resolve(socket.getPeerX509Certificate()?.fingerprint256 ?? '');
          socket.destroy();
        });
      });
    const print = (of: TlsFiles) => new X509Certificate(readFileSync(of.certificate)).fingerprint256;
    const [one, two, three] = [print(first), print(second), print(short)];
    const reported: unknown[] = [];
    const renewal = renewing(server, first, 'localhost', (error) => void reported.push(error));
    const replaceBy = (of: TlsFiles, at: number) => {
      copyFileSync(of.certificate, first.certificate);
      utimesSync(first.certificate, at, at);
      renewal.look();
    };
    expect([await served(), reported]).toEqual([one, []]);
    replaceBy(second, 1000);
    expect([await served(), reported]).toEqual([
      one,
      [expect.objectContaining({ message: expect.stringContaining('TLS_KEY') })],
    ]);
    copyFileSync(second.key, first.key);
    replaceBy(second, 2000);
    expect([await served(), reported.length]).toEqual([two, 1]);
    copyFileSync(short.key, first.key);
    replaceBy(short, 3000);
    expect([await served(), reported.slice(1)]).toEqual([three, [expect.stringContaining('còn 12 ngày')]]);
    renewal.look(new Date(Date.now() + 23 * 3_600_000));
    expect(reported).toHaveLength(2);
    renewal.look(new Date(Date.now() + 25 * 3_600_000));
    expect(reported).toHaveLength(3);
    renewal.stop();
    server.close();
  });

  test('that was refused leaves the port and the data free', async () => {
    const tls = await writeCertificate(folder, 'good');
    const server = await startServer({ ...province, port: 0, site: { publicUrl, tls } });
    await server.stop();
  });
});
