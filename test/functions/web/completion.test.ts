/** The completion page as each role gets it: counts for all, small sums and names by right. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { noDesk, openHome } from '../../../infra/local/home.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { openSqliteStore, type SqliteStore } from '../../../infra/local/sqlite-store.ts';
import type { Role } from '../../../shared/case/access.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { type Order, readOrder } from '../../../shared/case/order.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import { formatDong } from '../../../shared/dong.ts';
import { openProvince } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'completion-'));
const visitors = new Map<Role, Visitor>();
let server: RunningServer;
let store: SqliteStore;
let returned: Order;
let nameOfReturned = '';

beforeAll(async () => {
  const made = await openProvince({ people: 16, folder });
  const sent = await made.sentBatch('b1');
  const [first, ...others] = sent;
  returned = first ?? expect.fail();
  const outcomes = others
    .slice(0, 4)
    .map(({ reference }) => ({ reference, outcome: 'credited', on: '2025-10-03', file: 'f' }) as const);
  await settle(
    [{ reference: returned.reference, outcome: 'returned', on: '2025-10-03', file: 'f' }, ...outcomes],
    'x',
    made.still,
  );
  const of = (await readCase(made.still.store, caseIdOf(returned.part))) ?? expect.fail();
  nameOfReturned = (await identityOf(made.still.vault, of)).fullName;
  await made.close();
  const dataDirectory = join(folder, 'data');
  server = await startServer({ port: 0, dataDirectory, keyDirectory: join(folder, 'keys'), seed: 'completion' });
  store = openSqliteStore(join(dataDirectory, 'histories.sqlite'));
}, 120_000);

afterAll(async () => {
  await server.stop();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function as(role: Role): Promise<Visitor> {
  const { account, password } =
    demoAccounts([]).find(({ account: { role: own } }) => own === role) ?? expect.fail(role);
  const known = visitors.get(role) ?? (await signIn(server.url, account.email, password));
  visitors.set(role, known);
  return known;
}

const page = async (role: Role) => (await (await as(role)).get('/hoan-thanh')).html;

describe('the completion page', () => {
  test('answers in one sentence, as of an hour and a minute', async () => {
    const text = textOf(await page('leadership')).replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/4 trên \d+ người đã nhận tiền/);
    expect(text).toMatch(/Số liệu lúc \d\d:\d\d/);
  });

  test('tells leadership how many, and no name, and not what one person is paid', async () => {
    const html = await page('leadership');
    expect(html).not.toContain(nameOfReturned);
    expect(html).not.toContain(formatDong(BigInt(returned.amount)));
    expect(textOf(html)).toContain('Số tiền của nhóm dưới 3 người không hiện');
    expect(html).not.toContain('/hoan-thanh/danh-sach');
  });

  test('tells leadership what was paid, and not the one sum that came back', async () => {
    const text = textOf(await page('leadership')).replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/4 trên \d+ người đã nhận tiền ?, [\d.]+ đồng\./);
    expect(text).toMatch(/Đã nhận tiền 4 [\d.]+ Bị từ chối, chuyển trả 1 ẩn/);
  });

  test('begins the name of each group with a large letter', async () => {
    expect(await page('leadership')).toContain('<td>Ngân sách tỉnh</td>');
  });

  test('tells Finance the sum, and leads to the person behind it', async () => {
    const officer = await as('finance-officer');
    const html = await page('finance-officer');
    expect(html).toContain(formatDong(BigInt(returned.amount)));
    expect(html).toContain('/hoan-thanh/danh-sach?theo=bucket&amp;la=returned');
    const list = await officer.get('/hoan-thanh/danh-sach?theo=bucket&la=returned');
    expect(list.html).toContain(nameOfReturned);
    expect(list.html).toContain(`/ho-so/${caseIdOf(returned.part)}`);
  });

  test('refuses the names to leadership and to units', async () => {
    for (const role of ['leadership', 'unit-clerk', 'administrator'] as const) {
      const answer = await (await as(role)).get('/hoan-thanh/danh-sach?theo=bucket&la=returned');
      expect(answer.status).toBe(403);
      expect(answer.html).not.toContain(nameOfReturned);
    }
  });

  test('leads to everybody who is unpaid, and to nobody who has the money', async () => {
    const officer = await as('finance-officer');
    const list = await officer.get('/hoan-thanh/danh-sach');
    const names = [...list.html.matchAll(/href="\/ho-so\//g)].length;
    const text = textOf(await page('finance-officer'));
    const [, credited = '', of = ''] = /(\d+) trên (\d+) người/.exec(text) ?? [];
    expect(names).toBe(Number(of) - Number(credited));
  });

  test('shows a group nobody knows as none', async () => {
    const officer = await as('finance-officer');
    for (const query of ['theo=bucket&la=x', 'theo=x&la=returned', 'theo=unit&la=']) {
      expect((await officer.get(`/hoan-thanh/danh-sach?${query}`)).status).toBe(404);
    }
  });

  test('follows what happens at once', async () => {
    const officer = await as('finance-officer');
    const before = textOf(await page('finance-officer'));
    expect(before).toContain('4 trên');
    const open = (await sentOrders()).find(({ reference }) => reference !== returned.reference) ?? expect.fail();
    await credit(open);
    expect(textOf((await officer.get('/hoan-thanh')).html)).toContain('5 trên');
  });
});

async function sentOrders(): Promise<readonly Order[]> {
  const rows = (await store.page({ kind: 'order', status: 'sent', limit: 1000 })).rows;
  const read = await Promise.all(rows.map(({ stream }) => readOrder(store, stream.slice('order/'.length))));
  return read.filter((order) => order !== undefined);
}

async function credit({ reference }: Order): Promise<void> {
  const home = openHome({
    dataDirectory: join(folder, 'data'),
    keyDirectory: join(folder, 'keys'),
    publicUrl: 'http://x',
  });
  await settle([{ reference, outcome: 'credited', on: '2025-10-04', file: 'g' }], 'x', home.ports(noDesk));
  home.close();
}
