/** The inspector's pages over HTTP: a mandate first, every read logged, samples, chains, files, settlements. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSheets } from '../../../functions/papers/sheet.ts';
import { personalReads } from '../../../functions/web/personal-reads.ts';
import { routes } from '../../../functions/web/routes.ts';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { allMatches, type Page, signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { openSqliteStore, type SqliteStore } from '../../../infra/local/sqlite-store.ts';
import { type Act, may, type Role, roles } from '../../../shared/case/access.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { reconcile } from '../../../shared/disbursement/reconcile.ts';
import { formatDong, sum } from '../../../shared/dong.ts';
import { sha256 } from '../../../shared/hash.ts';
import { stateMandate } from '../../mandate.ts';
import { done, openProvince } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'inspection-'));
const visitors = new Map<Role, Visitor>();
const known = new Map<string, string>([['vi-du', 'danh-sach-sach.xlsx']]);
/** Full names of everybody in the province. */
const names: string[] = [];
let server: RunningServer;
let store: SqliteStore;
let person = '';
let name = '';
let unit = '';
let paid = 0n;

beforeAll(async () => {
  const made = await openProvince({ people: 12, folder });
  const orders = await made.sentBatch('b1');
  const file = await made.still.files.put(new TextEncoder().encode('result'));
  done(await reconcile('b1', file, await made.resultFile('b1', orders), 'demo-finance-officer', made.still));
  const [order] = orders;
  person = caseIdOf(order?.part ?? '');
  unit = order?.unit ?? '';
  paid = sum(orders.filter((one) => one.unit === unit).map(({ amount }) => BigInt(amount)));
  for (const { summary } of await made.rows()) {
    const of = await readCase(made.store, String(summary['caseId']));
    if (of === undefined) continue;
    const { fullName } = await identityOf(made.still.vault, of);
    names.push(fullName);
    if (of.id === person) name = fullName;
  }
  known
    .set('ho-so', person)
    .set('chung-tu', order?.slip ?? '')
    .set('du-toan', unit)
    .set('dot', 'b1')
    .set('chi-tra', 'b1')
    .set('ket-qua', file);
  await made.close();
  server = await startServer({
    port: 0,
    dataDirectory: join(folder, 'data'),
    keyDirectory: join(folder, 'keys'),
    seed: 'inspection',
  });
  store = openSqliteStore(join(folder, 'data', 'histories.sqlite'));
  for (const { account, password } of demoAccounts([])) {
    visitors.set(account.role, await signIn(server.url, account.email, password));
  }
});

afterAll(async () => {
  await server.stop();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const as = (role: Role): Visitor => visitors.get(role) ?? expect.fail(`${role} is not signed in`);
const filled = (path: string) =>
  path.replaceAll(/\/([\w-]+)\/:\w+/g, (_all, before: string) => `/${before}/${known.get(before) ?? 'x'}`);
const mayInspect = (act: Act) => may({ id: '', name: '', email: '', role: 'inspector', units: [] }, act);
const reads = () => store.entriesAfter(0, 1_000_000).filter(({ kind }) => kind === 'read');
const logged = (path: string) => reads().filter(({ data }) => data.includes(`"path":"${path}"`));

async function drawn(fields: Readonly<Record<string, string>>): Promise<Page> {
  await as('inspector').get('/kiem-tra');
  return as('inspector').afterJob(await as('inspector').post('/kiem-tra/mau', fields));
}

describe('before a mandate is stated', () => {
  test('no page shows a name; each leads to the form, and nothing is logged', async () => {
    const before = reads().length;
    const personal = routes.filter(
      ({ method, path, act }) => method === 'get' && path in personalReads && mayInspect(act),
    );
    expect(personal.length).toBeGreaterThan(15);
    for (const { path } of personal) {
      const { url, html } = await as('inspector').get(filled(path));
      expect([path, url.startsWith('/kiem-tra?tiep='), names.filter((one) => html.includes(one))]).toEqual([
        path,
        true,
        [],
      ]);
    }
    expect(reads().length).toBe(before);
  });

  test.each([
    ['no number', { number: ' ', on: '2025-11-03', scope: 'Mọi đơn vị, năm 2025' }, 'Hãy ghi số quyết định'],
    ['a day ahead', { number: '1', on: '2999-01-01', scope: 'Mọi đơn vị, năm 2025' }, 'không ở tương lai'],
    ['no scope', { number: '1', on: '2025-11-03', scope: 'Hết' }, 'Hãy ghi phạm vi kiểm tra'],
  ])('one with %s is refused', async (_what, fields, says) => {
    await as('inspector').get('/kiem-tra');
    const page = await as('inspector').post('/kiem-tra/quyet-dinh', fields);
    expect([page.status, textOf(page.html).includes(says)]).toEqual([422, true]);
    expect((await as('inspector').get(`/ho-so/${person}`)).url).toMatch(/^\/kiem-tra\?tiep=/);
  });

  test('no sample is drawn', async () => {
    await as('inspector').get('/kiem-tra');
    expect((await as('inspector').post('/kiem-tra/mau', { how: 'all' })).status).toBe(422);
  });
});

describe('under a mandate', () => {
  test('the page asked for opens, and the read stands in the log with the decision', async () => {
    const page = await stateMandate(as('inspector'), `/ho-so/${person}`);
    expect([page.url, page.html.includes(name)]).toEqual([`/ho-so/${person}`, true]);
    const [read] = logged(`/ho-so/${person}`).filter(({ by }) => by === 'demo-inspector');
    expect(read?.data).toContain('"mandate":"demo-inspector.1"');
    expect(names.filter((one) => read?.data.includes(one))).toEqual([]);
    const log = textOf((await as('inspector').get('/kiem-tra/nhat-ky')).html);
    expect(log).toContain('12/QĐ-TTr: Mọi đơn vị chi trả, năm 2025');
    expect(log).toContain(`/ho-so/${person}`);
  });

  test('another session states its own', async () => {
    const { account, password } = demoAccounts([]).find((one) => one.account.role === 'inspector') ?? expect.fail();
    const other = await signIn(server.url, account.email, password);
    expect((await other.get(`/ho-so/${person}`)).url).toMatch(/^\/kiem-tra\?tiep=/);
  });

  test.each(roles)('every page that shows a %s a name is one that is logged', async (role) => {
    const showing: string[] = [];
    for (const { method, path } of routes) {
      if (method !== 'get') continue;
      const before = reads().length;
      const { status, html } = await as(role).get(filled(path));
      if (status === 200 && names.some((one) => html.includes(one))) showing.push(path);
      if (status === 200 && path in personalReads) expect([path, reads().length]).toEqual([path, before + 1]);
    }
    expect(showing.filter((path) => !(path in personalReads))).toEqual([]);
  });

  test('the log is there for leadership and administrators, and for nobody else', async () => {
    for (const role of roles) {
      const { status } = await as(role).get('/kiem-tra/nhat-ky');
      expect([role, status]).toEqual([role, ['inspector', 'leadership', 'administrator'].includes(role) ? 200 : 403]);
    }
    const { html } = await as('leadership').get(`/kiem-tra/nhat-ky?cua=${person}`);
    expect(names.filter((one) => html.includes(one))).toEqual([]);
    expect(html).toContain(`/ho-so/${person}`);
    expect(html).not.toContain('/chung-tu/');
  });
});

describe('an inspection', () => {
  test('of everybody recomputes to the same đồng and says what it was drawn from', async () => {
    const page = await drawn({ how: 'all' });
    const text = textOf(page.html);
    expect(page.url).toMatch(/^\/kiem-tra\/mau\//);
    expect(text).toContain('không có sai khác');
    expect(text).toContain(`Đã tính lại ${names.length} người từ dữ kiện: 0 người ra số khác.`);
    expect(text).toContain('mọi người có số tiền được hưởng');
    expect(page.html).toContain(name);
  });

  test('of a sample states its seed, and the same seed draws the same people', async () => {
    const wish = { how: 'by-regime', count: '5', seed: 'bốc thăm 12' };
    const people = (page: Page) => allMatches(page.html, /\/kiem-tra\/ho-so\/([\w-]+)/);
    const one = await drawn(wish);
    expect(textOf(one.html)).toContain('phân tầng theo chế độ, hạt giống “bốc thăm 12”');
    expect(people(await drawn(wish))).toEqual(people(one));
    expect(people(await drawn({ ...wish, seed: 'bốc thăm 13' }))).not.toEqual(people(one));
  });

  test.each([
    [{ how: 'random', count: '0' }, 'từ 1 trở lên'],
    [{ how: 'random', count: '' }, 'từ 1 trở lên'],
    [{ how: 'by-money', count: '3', seed: 'x'.repeat(101) }, 'Hạt giống dài quá'],
    [{ how: 'all', least: '5 triệu' }, 'Số tiền chỉ gồm chữ số'],
    [{ how: 'all', leftFrom: '2025-02-30' }, 'Ngày nghỉ phải là một ngày có thật'],
  ])('as %j is refused', async (fields, says) => {
    const page = await drawn(fields);
    expect([page.status, textOf(page.html).includes(says)]).toEqual([422, true]);
  });

  test('lists findings with names, each with where it stands', async () => {
    const page = await drawn({ how: 'all' });
    const [to = ''] = allMatches(page.html, /href="(\/kiem-tra\/mau\/[\w-]+\/dau-hieu\/highest-sums)"/);
    const list = await as('inspector').get(to);
    expect(names.some((one) => list.html.includes(one))).toBe(true);
    expect(list.html).toMatch(/case\/[\w-]+/);
    expect((await as('inspector').get(to.replace('highest-sums', 'no-such'))).status).toBe(404);
  });
});

test('the chain of a paid person names every step as the raw histories have it', async () => {
  const { html } = await as('inspector').get(`/kiem-tra/ho-so/${person}`);
  const text = textOf(html);
  for (const step of [
    'Dữ kiện',
    'Tính chế độ',
    'Thẩm định hồ sơ',
    'Chốt vào đợt',
    'Xác nhận trên hệ thống',
    'Quyết định của UBND tỉnh',
    'Giữ dự toán',
    'Khoản chi',
    'Người lập ký',
    'Kế toán trưởng ký',
    'Chủ tài khoản ký',
    'Gửi Kho bạc',
    'Kết quả của Kho bạc, ngân hàng',
    'Báo có',
  ])
    expect(text).toContain(step);
  expect(text).toContain('khớp đến từng đồng, cùng mã băm');
  const places = [...html.matchAll(/<code>([\w./-]+) #(\d+)<\/code><span class="hint cell"><code>([0-9a-f]{64})/g)];
  expect(places.length).toBeGreaterThan(14);
  for (const [, stream = '', seq, hash] of places) {
    expect([stream, (await store.read(stream))[Number(seq) - 1]?.hash]).toEqual([stream, hash]);
  }
});

describe('a file that leaves', () => {
  async function taken(fields: Readonly<Record<string, string>>) {
    const page = await as('inspector').afterJob(await as('inspector').post('/kiem-tra/xuat', fields));
    const [to = ''] = allMatches(page.html, /href="(\/kiem-tra\/tep\/[\w-]+)"/);
    return { page, to, file: await as('inspector').get(to) };
  }
  const inspectionId = (page: Page) => page.url.slice('/kiem-tra/mau/'.length);

  test('as a workbook states scope, decision, sums and columns, and its hash stands on the page', async () => {
    const inspection = inspectionId(await drawn({ how: 'all' }));
    const { page, to, file } = await taken({ inspection, list: 'people', format: 'xlsx' });
    expect(page.html).toContain(sha256(file.bytes));
    const read = await readSheets(file.bytes);
    if (read.outcome !== 'sheets') return expect.fail('no workbook');
    const [scope, data, columns] = read.sheets.map(({ rows }) =>
      rows.map(({ cells }) => cells.map(({ text }) => text)),
    );
    const lines = (scope ?? []).flat();
    expect(lines).toContain('Quyết định: số 12/QĐ-TTr ngày 03/11/2025');
    expect(lines).toContain(`Số dòng: ${names.length}`);
    const body = (data ?? []).slice(1);
    const stored = body.map((row) => BigInt(row[6] ?? ''));
    expect(lines).toContain(`Tổng số tiền: ${formatDong(sum(stored))} đồng`);
    const check = sha256(
      body
        .map((row, index) => `${row[0]}|${stored[index]}\n`)
        .toSorted()
        .join(''),
    );
    expect(lines.some((line) => line.includes(check))).toBe(true);
    expect(body.every((row) => BigInt(row[6] ?? '') === BigInt(row[7] ?? '') && row[8] === '0')).toBe(true);
    expect((columns ?? []).map(([heading]) => heading)).toEqual(expect.arrayContaining(data?.[0] ?? []));
    expect(logged(to)).toHaveLength(1);
  });

  test('as CSV has the same scope above the table', async () => {
    const inspection = inspectionId(await drawn({ how: 'all' }));
    const { file } = await taken({ inspection, list: 'faults', format: 'csv' });
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(file.bytes);
    expect(text.startsWith('\uFEFF"# Những điểm không khớp')).toBe(true);
    expect(text).toContain('"# Số dòng: 0"\r\n');
    expect(text).toContain('"# Quyết định: số 12/QĐ-TTr ngày 03/11/2025"');
  });

  test('is handed to nobody else, and not made of what is not there', async () => {
    expect((await as('inspector').get('/kiem-tra/tep/no-such')).status).toBe(404);
    const page = await as('inspector').post('/kiem-tra/xuat', { inspection: 'none', list: 'people', format: 'csv' });
    expect(textOf((await as('inspector').afterJob(page)).html)).toContain('chưa có gì để xuất');
  });
});

describe('a settlement', () => {
  const at = () => `/kiem-tra/quyet-toan?don-vi=${unit}&nam=2025`;

  test('by source is what was allotted less what the Treasury has paid, to the đồng', async () => {
    const text = textOf((await as('inspector').get(at())).html);
    expect(text).toContain(formatDong(500_000_000_000n - paid));
    expect(text).toContain(formatDong(paid));
    expect(text).toContain('chưa có');
    expect((await as('inspector').get(at())).html).not.toContain('id="paid"');
  });

  test('agrees with the Treasury, or names the difference', async () => {
    const accountant = as('unit-chief-accountant');
    await accountant.get(at());
    const said = {
      unit,
      year: '2025',
      source: 'wage-reform',
      number: 'ĐC-12',
      on: '2025-12-31',
      paid: paid.toString(),
    };
    const left = 500_000_000_000n - paid;
    const agreed = await accountant.post('/kiem-tra/quyet-toan', { ...said, left: formatDong(left) });
    expect([agreed.status, textOf(agreed.html).includes('khớp')]).toEqual([200, true]);
    await accountant.post('/kiem-tra/quyet-toan', { ...said, left: (left - 1n).toString() });
    expect(textOf((await as('inspector').get(at())).html)).toContain('✕ -1');
  });

  test.each([
    [{ paid: 'nhiều' }, 'chỉ chữ số'],
    [{ number: '' }, 'Hãy ghi số, ngày bản đối chiếu'],
    [{ source: 'none' }, 'Không có dự toán này'],
    [{ unit: '0000000' }, 'Không có dự toán này'],
  ])('with %j is refused', async (wrong, says) => {
    const accountant = as('unit-chief-accountant');
    await accountant.get(at());
    const said = { unit, year: '2025', source: 'wage-reform', number: '1', on: '2025-12-31', paid: '1', left: '1' };
    const page = await accountant.post('/kiem-tra/quyet-toan', { ...said, ...wrong });
    expect([page.status, textOf(page.html).includes(says)]).toEqual([422, true]);
  });
});
