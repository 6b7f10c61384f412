/** The page of connections over HTTP: a token shown once, a second administrator, an end; and what waits for whom. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allDemoAccounts } from '../../../infra/local/accounts.ts';
import { signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { openSqliteStore, type SqliteStore } from '../../../infra/local/sqlite-store.ts';
import { localDateOf } from '../../../shared/calendar.ts';
import { clientOfToken } from '../../../shared/case/api-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'connections-page-'));
const dataDirectory = join(folder, 'data');
let server: RunningServer;
let store: SqliteStore;
let first: Visitor;
let second: Visitor;

beforeAll(async () => {
  server = await startServer({ port: 0, dataDirectory, keyDirectory: join(folder, 'keys'), seed: 'connections' });
  store = openSqliteStore(join(dataDirectory, 'histories.sqlite'));
  const enter = async (id: string) => {
    const { account, password } = allDemoAccounts([]).find((one) => one.account.id === id) ?? expect.fail(id);
    return signIn(server.url, account.email, password);
  };
  first = await enter('demo-administrator');
  second = await enter('demo-administrator-2');
}, 180_000);
afterAll(async () => {
  await server.stop();
  store.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const today = () => localDateOf(new Date().toISOString());
const wish = { name: 'Phần mềm kế toán Sở Tài chính', scope: 'batches:read', units: '', days: '30' };

describe('a system that may call the API', () => {
  test('is proposed with a token shown once, counts after the second administrator’s word, and ends', async () => {
    await first.get('/ket-noi');
    const made = await first.post('/ket-noi', wish);
    const token = /<code>(chitra_[\w-]{43})<\/code>/.exec(made.html)?.[1] ?? expect.fail('there is no token');
    expect((await first.get('/ket-noi')).html).not.toContain(token);
    const id = /\/ket-noi\/([\w-]+)\/thu-hoi/.exec((await first.get('/ket-noi')).html)?.[1] ?? '';
    expect((await first.get('/ket-noi')).html).not.toContain(`/ket-noi/${id}/xac-nhan`);
    const own = await first.post(`/ket-noi/${id}/xac-nhan`, {});
    expect([own.status, textOf(own.html)]).toEqual([422, expect.stringContaining('không được tự xác nhận')]);
    expect(textOf((await second.get('/')).html)).toContain('Hệ thống kết nối chờ người quản trị thứ hai');
    expect(textOf((await first.get('/')).html)).not.toContain('Hệ thống kết nối chờ người quản trị thứ hai');
    expect(await clientOfToken(store, token, today())).toBeUndefined();
    await second.get('/ket-noi');
    expect(textOf((await second.post(`/ket-noi/${id}/xac-nhan`, {})).html)).toContain('có hiệu lực từ bây giờ');
    expect(await clientOfToken(store, token, today())).toMatchObject({ name: wish.name, scopes: ['batches:read'] });
    expect(textOf((await second.get('/')).html)).not.toContain('Hệ thống kết nối chờ người quản trị thứ hai');
    expect((await second.post(`/ket-noi/${id}/thu-hoi`, { reason: '' })).status).toBe(422);
    await second.post(`/ket-noi/${id}/thu-hoi`, { reason: 'Hết hợp đồng' });
    expect(await clientOfToken(store, token, today())).toBeUndefined();
  });

  test('without a name, a scope, a known unit or a fair life is refused with what to do, and no token is shown', async () => {
    const wrong = [{ name: '' }, { scope: 'all' }, { units: '9999999' }, { days: '0x1' }, { days: '400' }];
    for (const one of wrong) {
      const { status, html } = await first.post('/ket-noi', { ...wish, ...one });
      expect([status, html.includes('chitra_')]).toEqual([422, false]);
      // Nobody types it all again: the form stands open with what was typed.
      expect(html).toMatch(/<details class="act" open(?:="")?>/);
      expect(html).toContain(`value="${{ ...wish, ...one }.days}"`);
    }
    const english = await first.get('/ngon-ngu/en?tro-lai=%2Fket-noi');
    expect(textOf(english.html)).toContain('Systems that may call the API');
  });
});
