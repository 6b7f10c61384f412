/** The pages of the reports over HTTP: one is made with its anchor, downloaded, printed again; who may do what. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { openSqliteStore, type SqliteStore } from '../../../infra/local/sqlite-store.ts';
import type { Role } from '../../../shared/case/access.ts';
import { lastAnchor } from '../../../shared/case/anchor.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { readReport } from '../../../shared/completion/freeze-report.ts';
import { openProvince } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'reports-'));
const page = '/hoan-thanh/bao-cao';
const names: string[] = [];
const visitors = new Map<Role, Visitor>();
let server: RunningServer;
let store: SqliteStore;

beforeAll(async () => {
  const made = await openProvince({ people: 8, folder });
  await made.sentBatch('b1');
  for (const { summary } of await made.rows()) {
    const of = (await readCase(made.store, String(summary['caseId']))) ?? expect.fail();
    names.push((await identityOf(made.still.vault, of)).fullName);
  }
  await made.close();
  const [dataDirectory, keyDirectory] = [join(folder, 'data'), join(folder, 'keys')];
  server = await startServer({ port: 0, dataDirectory, keyDirectory, seed: 'reports' });
  store = openSqliteStore(join(dataDirectory, 'histories.sqlite'));
  for (const role of ['finance-officer', 'finance-leader', 'leadership', 'inspector'] as const) {
    const known = demoAccounts([]).find(({ account }) => account.role === role) ?? expect.fail(role);
    visitors.set(role, await signIn(server.url, known.account.email, known.password));
  }
});

afterAll(async () => {
  await server.stop();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

function as(role: Role): Visitor {
  return visitors.get(role) ?? expect.fail(`${role} is not signed in`);
}

test('an anchor is taken off the page, and whoever asked is led to it when it is there', async () => {
  const officer = as('finance-leader');
  await officer.get('/hoan-thanh');
  const before = await lastAnchor(store);
  const done = await officer.afterJob(await officer.post('/hoan-thanh/ma-neo', {}));
  expect(done.url).toMatch(/\/hoan-thanh(#ma-neo)?$/);
  const taken = (await lastAnchor(store)) ?? expect.fail('no anchor');
  expect([taken.previous, taken.anchor === before?.anchor]).toEqual([before?.anchor ?? '0'.repeat(64), false]);
  expect(textOf(done.html)).toContain(taken.anchor);
});

describe('a report', () => {
  test('is made by an officer: frozen, numbered, its anchor printed; then it is downloaded', async () => {
    const officer = as('finance-officer');
    await officer.get(page);
    const started = await officer.post(page, { receiver: 'home-affairs-ministry', kind: 'periodic' });
    const done = await officer.afterJob(started);
    expect(done.url).toMatch(/\/hoan-thanh\/bao-cao\/BNV-\d{4}-001$/);
    const code = done.url.split('/').at(-1) ?? '';
    const report = (await readReport(store, code)) ?? expect.fail('no report');
    const taken = await lastAnchor(store);
    expect([report.anchor, report.at]).toEqual([taken?.anchor, taken?.at]);
    expect(textOf(done.html)).toContain(report.anchor);
    expect(textOf(done.html)).toMatch(/0 trên \d+ người đã nhận tiền/);
    const pdf = await as('leadership').get(`${page}/${code}/bao-cao.pdf`);
    expect(Buffer.from(pdf.bytes).toString('latin1', 0, 5)).toBe('%PDF-');
    const sheet = await as('inspector').get(`${page}/${code}/bao-cao.xlsx`);
    expect(Buffer.from(sheet.bytes).toString('latin1', 0, 2)).toBe('PK');
  });

  test('is printed again to the same bytes, and the page says who did', async () => {
    const officer = as('finance-officer');
    const [link = ''] = /\/hoan-thanh\/bao-cao\/BNV-\d{4}-001/.exec((await officer.get(page)).html) ?? [];
    await officer.get(link);
    const again = await officer.afterJob(await officer.post(`${link}/in-lai`, { type: 'pdf' }));
    expect(textOf(again.html)).toContain('in lại giống hệt bản đã phát hành');
    expect(textOf((await as('inspector').get(link)).html)).toContain('in lại giống hệt');
  });

  test('names nobody, offers no form to whoever only reads, and is not found under another code', async () => {
    const leader = as('leadership');
    const list = await leader.get(page);
    expect(list.html).not.toContain(`action="${page}"`);
    const [link = ''] = /\/hoan-thanh\/bao-cao\/BNV-\d{4}-001/.exec(list.html) ?? [];
    const one = await leader.get(link);
    expect(one.html).not.toContain('in-lai');
    expect(names.filter((name) => one.html.includes(name))).toEqual([]);
    expect((await leader.get(`${page}/BNV-1999-001`)).status).toBe(404);
  });

  test('is by the definition that a leader recorded, which its page then states', async () => {
    const leader = as('finance-leader');
    await leader.get(page);
    const form = { defined: 'finance-ministry', addressee: 'Bộ Tài chính (Cục X)', base: 'computed', paid: 'credited' };
    const rest = { elsewhere: 'counts', small: 'hidden', on: '2026-01-02' };
    const wrong = await leader.post(`${page}/cach-tinh`, { ...form, ...rest, number: '' });
    expect([wrong.status, textOf(wrong.html).includes('Hãy ghi số và ngày')]).toEqual([422, true]);
    const set = await leader.post(`${page}/cach-tinh`, { ...form, ...rest, number: '9/BTC' });
    expect(textOf(set.html)).toContain('Kính gửi: Bộ Tài chính (Cục X)');
    expect(textOf(set.html)).toContain('Văn bản 9/BTC ngày 02/01/2026');
  });

  test('without a receiver is refused with what to do', async () => {
    const officer = as('finance-officer');
    await officer.get(page);
    const wrong = await officer.post(page, { receiver: 'x', kind: 'periodic' });
    expect([wrong.status, textOf(wrong.html).includes('Hãy chọn nơi nhận và loại báo cáo.')]).toEqual([422, true]);
  });
});
