/** Estimates through their pages: where the money is, money sent back, sources, pauses, slips taken back; and what is shown when a đồng is off. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { openSqliteStore, type SqliteStore } from '../../../infra/local/sqlite-store.ts';
import type { Role } from '../../../shared/case/access.ts';
import { readEstimate } from '../../../shared/case/funding.ts';
import type { Order } from '../../../shared/case/order.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import { formatDong } from '../../../shared/dong.ts';
import { openProvince } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'funding-'));
const visitors = new Map<Role, Visitor>();
const scan = { name: 'van-ban.pdf', bytes: new TextEncoder().encode('%PDF-1.7 made up') };
let server: RunningServer;
let store: SqliteStore;
let returned: Order;
let openSlip = '';

beforeAll(async () => {
  const made = await openProvince({ people: 12, folder });
  const sent = await made.sentBatch('b1');
  returned = sent[0] ?? expect.fail();
  await settle([{ reference: returned.reference, outcome: 'returned', on: '2025-10-03', file: 'f' }], 'x', made.still);
  await made.freeze('b2', { level: 'commune' });
  await made.step('entitlement.recompute', 'b2');
  await made.step('approval.next', 'b2');
  await made.decides('home-affairs-leader', 'b2');
  await made.decides('finance-leader', 'b2');
  await made.provincial('b2');
  await made.step('approval.next', 'b2');
  openSlip = (await made.order('b2'))[0]?.slip ?? '';
  await made.close();
  const dataDirectory = join(folder, 'data');
  server = await startServer({ port: 0, dataDirectory, keyDirectory: join(folder, 'keys'), seed: 'funding' });
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

describe('money that a bank sent back', () => {
  test('waits on the accountant’s page until they record where it is', async () => {
    const accountant = await as('unit-chief-accountant');
    expect(textOf((await accountant.get('/')).html)).toContain('Tiền chuyển trả, chờ ghi đã về đâu');
    const page = await accountant.get('/du-toan');
    expect(page.html).toContain(`value="${returned.reference}"`);
    const form = { reference: [returned.reference], to: 'deposit', document: 'GBC-5', on: '2025-10-04' };
    const wrong = await accountant.post('/du-toan/tien-ve', { ...form, document: '' });
    expect(wrong.status).toBe(422);
    expect(textOf(wrong.html)).toContain('Hãy ghi số, ngày chứng từ của Kho bạc');
    const after = await accountant.post('/du-toan/tien-ve', form);
    expect(textOf(after.html)).not.toContain('Tiền chuyển trả, chưa rõ đã về đâu');
    const { deposit } = await readEstimate(store, returned.unit, returned.source);
    expect(deposit.get(returned.reference)).toBe(BigInt(returned.amount));
  });
});

describe('the page of a unit', () => {
  test('says where each đồng is, and that it agrees', async () => {
    const officer = await as('finance-officer');
    const page = textOf((await officer.get(`/du-toan/${returned.unit}`)).html);
    expect(page).toContain('Khớp từng đồng.');
    expect(page).toContain(formatDong(BigInt(returned.amount)));
    expect(page).not.toContain('Báo quản trị hệ thống');
  });

  test('of another unit is not there for a unit', async () => {
    const clerk = await as('unit-clerk');
    expect((await clerk.get('/du-toan/0000000')).status).toBe(404);
  });
});

describe('the Finance leader', () => {
  test('pauses and lets go on; a clerk reads why nothing is signed', async () => {
    const leader = await as('finance-leader');
    await leader.get('/du-toan');
    expect((await leader.post('/du-toan/tam-dung', { act: 'pause', unit: '', reason: '' })).status).toBe(422);
    const paused = await leader.post('/du-toan/tam-dung', {
      act: 'pause',
      unit: '',
      reason: 'Thông báo 5 của Kho bạc',
    });
    expect(textOf(paused.html)).toContain('Thông báo 5 của Kho bạc');
    const clerk = await as('unit-clerk');
    await clerk.get(`/chung-tu/${openSlip}`);
    const barred = await clerk.post(`/chung-tu/${openSlip}/ky`, { signature: 'prepared' });
    expect(textOf(barred.html)).toContain('Việc chi trả đang tạm dừng: Thông báo 5 của Kho bạc');
    await leader.get('/du-toan');
    const resumed = await leader.post('/du-toan/tam-dung', { act: 'resume', unit: '', reason: 'Nhận lại' });
    expect(textOf(resumed.html)).not.toContain('Thông báo 5 của Kho bạc');
  });

  test('sets the source of a component by a scanned document', async () => {
    const leader = await as('finance-leader');
    await leader.get('/du-toan');
    const wish = { line: 'job-search', source: 'regular', unit: '', number: '7/STC', on: '2025-10-01' };
    expect((await leader.post('/du-toan/nguon', wish)).status).toBe(422);
    const set = await leader.post('/du-toan/nguon', { ...wish, paper: scan });
    expect(textOf(set.html)).toContain('Trợ cấp tìm việc làm: ');
    expect(textOf(set.html)).toContain('7/STC');
  });

  test('closes no year before its end', async () => {
    const leader = await as('finance-leader');
    await leader.get('/du-toan');
    const end = { year: '2098', outcome: 'lapsed', unit: '', source: '', document: '1/QĐ', on: '2025-10-01' };
    const page = await leader.post('/du-toan/khoa-nam', end);
    expect([page.status, textOf(page.html).includes('Năm ngân sách 2098 chưa kết thúc')]).toEqual([422, true]);
  });

  test('takes back a slip that was not sent; its page says so', async () => {
    const leader = await as('finance-leader');
    await leader.get(`/chung-tu/${openSlip}`);
    expect((await leader.post(`/chung-tu/${openSlip}/rut`, { reason: '' })).status).toBe(422);
    const page = await leader.post(`/chung-tu/${openSlip}/rut`, { reason: 'Sai số quyết định' });
    expect(textOf(page.html)).toContain('Sở Tài chính đã rút lại chứng từ này: Sai số quyết định');
  });
});

describe('a đồng that is off', () => {
  test('turns the page of the estimates red', async () => {
    const stream = `estimate/${returned.unit}.${returned.source}`;
    const { rows } = await store.page({ kind: 'estimate', unit: returned.unit, limit: 10 });
    const row = rows.find((one) => one.stream === stream) ?? expect.fail();
    const { stream: _, ...rest } = row;
    const summary = { ...row.summary, left: String(BigInt(String(row.summary['left'])) + 1n) };
    const entry = { kind: 'noted', at: '2025-10-09T00:00:00Z', by: 'mallory', data: {} };
    const readAt = (await store.read(stream)).length;
    await store.commit([{ stream, readAt, entries: [entry], row: { ...rest, summary } }]);
    const page = await (await as('finance-officer')).get('/du-toan');
    expect(textOf(page.html)).toContain('1 dự toán không khớp. Báo quản trị hệ thống ngay.');
    expect(textOf(page.html)).not.toContain('Khớp từng đồng');
  });
});
