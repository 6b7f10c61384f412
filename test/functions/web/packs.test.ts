/** The evidence packs of a batch, over HTTP: made by a button, taken by whoever may, noted, and proved by the printed number. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSealed } from '../../../functions/papers/pack-envelope.ts';
import { verifyPack } from '../../../functions/papers/verify-pack.mjs';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { allMatches, type Page, signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { openSqliteStore } from '../../../infra/local/sqlite-store.ts';
import type { Role } from '../../../shared/case/access.ts';
import { packStream } from '../../../shared/completion/packs.ts';
import { stateMandate } from '../../mandate.ts';
import { openProvince } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'packs-page-'));
const dataDirectory = join(folder, 'data');
const visitors = new Map<Role, Visitor>();
let server: RunningServer;

beforeAll(async () => {
  const made = await openProvince({ people: 8, folder });
  await made.sentBatch('b1');
  await made.close();
  server = await startServer({ port: 0, dataDirectory, keyDirectory: join(folder, 'keys'), seed: 'packs' });
  for (const role of ['inspector', 'finance-leader', 'leadership'] as const) {
    const known = demoAccounts([]).find(({ account }) => account.role === role) ?? expect.fail(role);
    visitors.set(role, await signIn(server.url, known.account.email, known.password));
  }
  await stateMandate(as('inspector'));
}, 60_000);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function as(role: Role): Visitor {
  return visitors.get(role) ?? expect.fail(`${role} is not signed in`);
}

async function made(fields: Parameters<Visitor['post']>[1] = {}): Promise<Page> {
  await as('inspector').get('/dot/b1');
  return as('inspector').afterJob(await as('inspector').post('/dot/b1/goi-chung-cu', fields));
}

const linksIn = (page: Page) => allMatches(page.html, /href="(\/dot\/b1\/goi-chung-cu\/[\da-f]{64})"/);
const rootsIn = (page: Page) => allMatches(page.html, /<code class="anchor">([\da-f]{64})<\/code>/);

describe('an evidence pack', () => {
  test('is made by a button, and verifies by the number that the page prints', async () => {
    const page = await made();
    const [link = ''] = linksIn(page);
    const [root = ''] = rootsIn(page);
    const { bytes, status } = await as('inspector').get(link);
    expect([status, verifyPack(bytes, { root }).problems]).toEqual([200, []]);
  });

  test('made for a receiver is sealed to that key; the page names the key', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('x25519');
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const page = await made({ receiver: { name: 'nguoi-nhan.pem', bytes: new TextEncoder().encode(pem) } });
    const sealed = await as('inspector').get(linksIn(page)[0] ?? '');
    const opened = openSealed(sealed.bytes, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    if ('vi' in opened) throw new Error(opened.en);
    expect(verifyPack(opened, { root: rootsIn(page)[0] }).problems).toEqual([]);
    expect(textOf(page.html)).toContain('khóa');
  });

  test('is not made full for a key that is none, nor sealed where a full one was asked for', async () => {
    const before = linksIn(await as('inspector').get('/dot/b1')).length;
    const wrong = await made({ receiver: { name: 'x.pem', bytes: new TextEncoder().encode('không phải khóa') } });
    expect(textOf(wrong.html)).toContain('khóa công khai X25519');
    const empty = await made({ receiver: { name: '', bytes: new Uint8Array() } });
    expect([empty.status, textOf(empty.html)]).toEqual([422, expect.stringContaining('Hãy chọn tệp khóa công khai')]);
    expect(linksIn(await as('inspector').get('/dot/b1'))).toHaveLength(before);
  });

  test('leaves a trace: who had it made, and each other person who took it, once', async () => {
    const [link = ''] = linksIn(await as('finance-leader').get('/dot/b1'));
    await as('finance-leader').get(link);
    await as('finance-leader').get(link);
    const store = openSqliteStore(join(dataDirectory, 'histories.sqlite'));
    const noted = (await store.read(packStream('b1'))).map(({ kind, by }) => `${kind} ${by}`);
    store.close();
    expect(noted.filter((one) => one === 'packed demo-inspector')).toHaveLength(2);
    expect(noted.filter((one) => one === 'taken demo-finance-leader')).toHaveLength(1);
  });

  test('is nothing for the leadership, who see no names; and another batch’s link leads to nothing', async () => {
    const page = await as('leadership').get('/dot/b1');
    expect([page.status, textOf(page.html).includes('Gói chứng cứ')]).toEqual([200, false]);
    const [link = ''] = linksIn(await as('inspector').get('/dot/b1'));
    expect((await as('leadership').get(link)).status).toBe(403);
    expect((await as('inspector').get(`/dot/b1/goi-chung-cu/${'0'.repeat(64)}`)).status).toBe(422);
  });
});
