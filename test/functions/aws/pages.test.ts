/** The pages of the cloud home as the gateway asks for them, over a server that stands in for AWS. */
import { createCipheriv, randomBytes } from 'node:crypto';
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type AwsHome, openAwsHome } from '../../../functions/aws/home.ts';
import { pagesOf, webPorts } from '../../../functions/aws/pages.ts';
import { clientSettings } from '../../../functions/aws/service-clients.ts';
import { makeResources } from '../../../infra/local/cloud/resources.ts';
import { openMoto } from '../../../infra/local/moto.ts';
import type { Account } from '../../../shared/case/access.ts';
import { registerStaff } from '../../../shared/case/staff-acts.ts';
import { readStaff } from '../../../shared/case/staff.ts';
import { reportStream } from '../../../shared/completion/freeze-report.ts';

const moto = await openMoto();
const answer = z
  .object({
    statusCode: z.number(),
    multiValueHeaders: z.record(z.string(), z.tuple([z.string()]).rest(z.string())),
    body: z.string(),
  })
  .transform(({ multiValueHeaders, ...rest }) => {
    const headers = Object.entries(multiValueHeaders).map(([name, [first]]) => [name, first] as const);
    return { ...rest, headers: new Map(headers) };
  });

describe.skipIf(moto === undefined)('asked by the gateway', () => {
  let ask: (path: string, method?: string, cookie?: string, form?: string) => Promise<z.infer<typeof answer>>;
  let home: AwsHome;

  beforeAll(async () => {
    const place = {
      region: 'ap-southeast-1',
      endpoint: moto?.endpoint ?? '',
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    };
    const settings = await makeResources(place, 'https://chi-tra.example');
    const cognito = new CognitoIdentityProviderClient(clientSettings(place));
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'people' }));
    const UserPoolId = UserPool?.Id ?? '';
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'pages', GenerateSecret: true }),
    );
    home = openAwsHome({
      ...settings,
      USER_POOL_ID: UserPoolId,
      // Nobody answers there.
      SIGN_IN_ISSUER: 'https://127.0.0.1:9/pool',
      SIGN_IN_DOMAIN: 'https://sign-in.example',
      SIGN_IN_CLIENT_ID: UserPoolClient?.ClientId ?? '',
    });
    const handler = handle(await pagesOf(home));
    ask = async (path, httpMethod = 'GET', cookie = '', form = '') =>
      answer.parse(await handler(eventOf(path, httpMethod, cookie, form), contextOf()));
  });
  afterAll(async () => moto?.close());

  test('whoever is not signed in is led to the sign-in, and nothing is told', async () => {
    for (const path of ['/', '/dot', '/hoan-thanh']) {
      const { statusCode, headers, body } = await ask(path);
      expect([path, statusCode, headers.get('location')]).toEqual([
        path,
        302,
        `/dang-nhap?tro-lai=${encodeURIComponent(path)}`,
      ]);
      expect(body).toBe('');
    }
  });

  test('forms may go to us, to the bucket of large files and to the sign-in, and nothing else may be loaded', async () => {
    const { statusCode, headers } = await ask('/style.css');
    expect(statusCode).toBe(200);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`form-action 'self' ${moto?.endpoint} https://sign-in.example;`);
    expect(policy).toMatch(/^default-src 'none';/);
  });

  test('a sign-in service that is away is a fault of ours, with a sentence, and no page of the service', async () => {
    const { statusCode, body } = await ask('/dang-nhap');
    expect([statusCode, body]).toEqual([500, expect.stringContaining('Hệ thống gặp lỗi.')]);
  });

  test('a scan too large for a request is brought to the bucket, and its form has it, whichever page the form is on', async () => {
    const cookie = await signedIn(home, chief);
    const scan = Buffer.concat([Buffer.from('%PDF-1.4 '), randomBytes(9_000_000)]);
    const page = '/hoan-thanh/lich/paid/dieu-chinh';
    const [, way = ''] = /href="(\/tep-lon\?[^"]+)"/.exec((await ask(page, 'GET', cookie)).body) ?? [];
    expect(way).toBe(`/tep-lon?cho=${page}&amp;o=paper`);
    const { body } = await ask(way.replace('&amp;', '&'), 'GET', cookie);
    const form = new FormData();
    for (const [name, value] of hidden(body).filter(([name]) => name !== 'csrf')) form.append(name, value);
    form.append('file', new File([new Uint8Array(scan)], 'cong-dien.pdf'));
    const brought = await fetch(/action="([^"]+)" enctype/.exec(body)?.[1] ?? '', {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    const back = new URL(brought.headers.get('location') ?? '');
    expect([back.origin, back.pathname]).toEqual(['https://chi-tra.example', page]);
    const shown = (await ask(back.pathname + back.search, 'GET', cookie)).body;
    expect(shown).toContain('Đã nhận tệp vừa chuyển lên');
    const kept = hidden(shown).find(([name]) => name === 'brought:paper') ?? expect.fail('the field has no key');
    const wish = {
      csrf: 'none',
      on: '2099-10-20',
      hour: '',
      kind: 'telegram',
      number: '201/CĐ-TTg',
      documentOn: '2026-01-02',
      issuer: 'Thủ tướng',
    };
    const sent = await ask(page, 'POST', cookie, String(new URLSearchParams([...Object.entries(wish), kept])));
    expect([sent.statusCode, sent.headers.get('location')]).toEqual([303, '/hoan-thanh/lich']);
    const [, file = ''] =
      /\/hoan-thanh\/lich\/van-ban\/(\w+)/.exec((await ask('/hoan-thanh/lich', 'GET', cookie)).body) ?? [];
    expect(Buffer.from((await home.ports.files.get(file)) ?? []).equals(scan)).toBe(true);
    const gone = String(new URLSearchParams([...Object.entries(wish), ['brought:paper', `${kept[1]}0`]]));
    expect(await ask(page, 'POST', cookie, gone)).toMatchObject({
      statusCode: 422,
      body: expect.stringContaining('chỉ giữ một ngày'),
    });
  });

  describe('a report that is larger than a function may answer', () => {
    const large = randomBytes(7_000_000);
    const path = '/hoan-thanh/bao-cao/UBND-2025-001/bao-cao.pdf';
    let cookie = '';
    beforeAll(async () => {
      await report(home, new Uint8Array(large));
      cookie = await signedIn(home, leader);
    });

    test('is fetched by the link that the signed-in person is led to, byte for byte, as the download it was', async () => {
      const { statusCode, headers, body } = await ask(path, 'GET', cookie);
      expect([statusCode, body]).toEqual([303, '']);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
      const fetched = await fetch(headers.get('location') ?? '');
      expect(fetched.status).toBe(200);
      expect(Buffer.from(await fetched.arrayBuffer()).equals(large)).toBe(true);
      expect(fetched.headers.get('content-type')).toBe('application/pdf');
      expect(fetched.headers.get('content-disposition')).toBe('attachment; filename="bao-cao-UBND-2025-001.pdf"');
      expect(fetched.headers.get('cache-control')).toBe('no-store');
    });

    test('has a link that is good for a minute, signed over its one object, and says nothing of what it leads to', async () => {
      const [one, other] = [await ask(path, 'GET', cookie), await ask(path, 'GET', cookie)];
      const link = new URL(one.headers.get('location') ?? '');
      expect(link.origin).toBe(moto?.endpoint);
      expect(link.pathname).toMatch(/^\/chi-tra-rehearsal-uploads\/answers\/[0-9a-f]{64}$/);
      expect([...link.searchParams.keys()].toSorted()).toEqual([
        'X-Amz-Algorithm',
        'X-Amz-Content-Sha256',
        'X-Amz-Credential',
        'X-Amz-Date',
        'X-Amz-Expires',
        'X-Amz-Signature',
        'X-Amz-SignedHeaders',
      ]);
      expect(link.searchParams.get('X-Amz-Expires')).toBe('60');
      expect(link.searchParams.get('X-Amz-SignedHeaders')).toBe('host');
      expect(link.pathname).not.toBe(new URL(other.headers.get('location') ?? '').pathname);
    });

    test('is put nowhere for who is not signed in, or may not see reports', async () => {
      const before = await passed(home);
      expect((await ask(path)).statusCode).toBe(302);
      expect((await ask(path, 'GET', await signedIn(home, clerk))).statusCode).toBe(403);
      expect(await passed(home)).toBe(before);
    });

    test('is no upload: nobody takes it for a file that they brought', async () => {
      const link = new URL((await ask(path, 'GET', cookie)).headers.get('location') ?? '');
      const key = link.pathname.replace('/chi-tra-rehearsal-uploads/', '');
      const head = new HeadObjectCommand({ Bucket: 'chi-tra-rehearsal-uploads', Key: key });
      expect((await home.s3.send(head)).ContentLength).toBe(large.length);
      const { uploads } = webPorts(home, notAsked, async () => {});
      for (const account of ['answers', leader.id]) expect(await uploads?.take(account, key)).toBeUndefined();
    });
  });
});

const hidden = (page: string) =>
  [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value],
  );

const leader: Account = {
  id: 'leader',
  name: 'Lãnh đạo',
  email: 'lanh.dao@tinh.example',
  role: 'leadership',
  units: [],
};
const chief: Account = { ...leader, id: 'chief', email: 'giam.doc@tinh.example', role: 'finance-leader' };
const clerk: Account = { ...leader, id: 'clerk', email: 'can.bo@tinh.example', role: 'unit-clerk', units: ['1000001'] };

const notAsked = {
  invite: async () => {},
  holds: async () => ({ password: true, secondFactor: true }),
  latest: async () => [],
};

/** An account, its session in the scratch table, and the cookie that carries the session's sealed number. */
async function signedIn(home: AwsHome, account: Account): Promise<string> {
  await registerStaff([account], home.ports);
  const at = Date.now();
  const version = (await readStaff(home.store, account.id))?.version;
  const session = { account: account.id, version, csrf: 'none', hasSecondFactor: true, since: at, seen: at };
  const id = `session-of-${account.id}`;
  await home.scratch.put('session', `session/${id}`, JSON.stringify(session), at + 600_000);
  const [key, iv] = [(await home.keys()).derive('session cookie'), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(id, 'utf8'), cipher.final()]);
  return `__Host-chi-tra=${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

async function report({ store, ports }: AwsHome, content: Uint8Array): Promise<void> {
  const [code, file, at] = ['UBND-2025-001', await ports.files.put(content), ports.now()];
  const none = { people: 0, sums: 0, total: '0' };
  const data = {
    code,
    receiver: 'people-committee',
    kind: 'periodic',
    at,
    anchor: file,
    content: file,
    base: none,
    paid: none,
    unpaid: none,
    files: { pdf: file, xlsx: file },
  };
  const entries = [{ kind: 'report-frozen', at, by: leader.id, data }];
  await store.commit([{ stream: reportStream(code), readAt: 0, entries }]);
}

async function passed({ s3 }: AwsHome): Promise<number> {
  const list = new ListObjectsV2Command({ Bucket: 'chi-tra-rehearsal-uploads', Prefix: 'answers/' });
  return (await s3.send(list)).KeyCount ?? 0;
}

function eventOf(asked: string, httpMethod: string, cookie: string, form: string): LambdaEvent {
  const { pathname: path, searchParams } = new URL(asked, 'https://chi-tra.example');
  const type = 'application/x-www-form-urlencoded';
  const identity = { sourceIp: '192.0.2.1', userAgent: 'test' };
  return {
    version: '1.0',
    resource: '/{proxy+}',
    path,
    httpMethod,
    headers: { host: 'chi-tra.example', cookie, 'content-type': type },
    multiValueHeaders: { host: ['chi-tra.example'], cookie: [cookie], 'content-type': [type] },
    queryStringParameters: Object.fromEntries(searchParams),
    isBase64Encoded: false,
    body: form === '' ? null : form,
    requestContext: { httpMethod, path, stage: 'test', identity, requestId: '1', resourcePath: '/{proxy+}' },
  } as never;
}

function contextOf(): LambdaContext {
  return { awsRequestId: '1', functionName: 'web' } as never;
}
