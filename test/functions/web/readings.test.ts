/** The page of the open readings, over HTTP: set by a document, everyone computed again, a change tried, money decided on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filledTemplate } from '../../../functions/papers/list-template.ts';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { sampleUnits } from '../../../infra/local/samples.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { facts } from '../../../shared/case/facts.ts';
import { reconcile } from '../../../shared/disbursement/reconcile.ts';
import { reassessAll } from '../../../shared/entitlement/reassess.ts';
import { setReading } from '../../../shared/entitlement/set-reading.ts';
import { submitList } from '../../../shared/intake/submit.ts';
import { done, openProvince, submitting } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'readings-'));
const page = '/diem-chua-thong-nhat';
const scan = { name: 'cong-van.pdf', bytes: new TextEncoder().encode('%PDF-1.4\n%%EOF\n') };
const visitors = new Map<string, Visitor>();
let server: RunningServer;

/** Two people: one whose sum waits for X3, one who was paid by another reading of X13 than holds now. */
beforeAll(async () => {
  const made = await openProvince({ people: 4, folder });
  const units = new Map(sampleUnits().map((unit) => [unit.code, unit]));
  const unit = [...units.values()].find(({ level }) => level === 'provincial') ?? expect.fail();
  const submit = async (row: number, fullName: string, of: object) => {
    const account = { bank: 'VCB', number: `70000009${row}`, holder: fullName };
    const person = {
      sheet: 'Danh sách',
      row,
      periodRows: [],
      facts: facts.parse(of),
      fullName,
      citizenId: `040068000${row}`,
      account,
    };
    const people = [{ ...person, payingUnit: unit.code, employer: unit.name }];
    const submission = { listId: `more-${row}`, by: 'demo-unit-clerk', people, mayUse: () => true };
    await submitList(submission, units, submitting, made.still);
  };
  const leaving = { cause: 'reorganised', on: '2025-07-01', decidedOn: '2025-06-20', reorganisedOn: '2025-03-01' };
  const person = { sex: 'male', birth: '1968-06' };
  const service = [{ from: '1996-09', to: '2025-06', employer: 'state' }];
  const allowances = [{ name: 'civil-service', percent: '25' }];
  const pay = { kind: 'coefficient', grade: '4.98', reservedDifference: '0.5', allowances };
  await submit(901, 'Nguyễn Văn Thừa', { person, subject: 'civil-servant', leaving, pay, service });
  const set = async (value: string) => {
    const document = { number: '12/SNV', on: '2025-09-01', paper: 'scan' };
    done(await setReading({ number: 'X13', value, document }, 'demo-home-affairs-leader', made.still));
    await reassessAll(made.still);
  };
  await set('yes');
  const orders = await made.sentBatch('b1');
  done(await reconcile('b1', 'r', await made.resultFile('b1', orders), 'demo-finance-officer', made.still));
  await set('no');
  await submit(902, 'Trần Văn Chờ', {
    person: { sex: 'male', birth: '1966-01' },
    subject: 'civil-servant',
    leaving: { ...leaving, on: '2025-05-01', decidedOn: '2025-04-20' },
    pay: { kind: 'contract', amount: '15000000' },
    service: [
      { from: '2006-03', to: '2025-04', employer: 'state' },
      { from: '2004-01', to: '2005-12', employer: 'state', compensated: true },
    ],
  });
  await made.close();
  const [dataDirectory, keyDirectory] = [join(folder, 'data'), join(folder, 'keys')];
  server = await startServer({ port: 0, dataDirectory, keyDirectory, seed: 'readings' });
  for (const { account, password } of demoAccounts([])) {
    visitors.set(account.role, await signIn(server.url, account.email, password));
  }
}, 60_000);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const as = (role: string): Visitor => visitors.get(role) ?? expect.fail(`nobody is signed in as ${role}`);

describe('an open reading', () => {
  test('shows who waits for it, and what is in use', async () => {
    const { html } = await as('inspector').get(page);
    const text = textOf(html);
    expect(text).toContain('Nghỉ trước 01/07/2025, thời gian được tính dưới 20 năm: 5 tháng hay cách tính từ 15 năm?');
    expect(html).toMatch(/<td>X3<\/td>(?:(?!<\/tr>).)*<td class="number">1<\/td>/s);
    expect(text).toContain('đã đặt: không');
    expect(text).not.toContain('Ghi văn bản trả lời');
  });

  test('without its scan nothing is set, and the page says so', async () => {
    const refused = await as('home-affairs-leader').post(page, {
      reading: 'X3=flat-5',
      number: '5/BNV',
      on: '2025-10-01',
    });
    expect([refused.status, textOf(refused.html)]).toEqual([422, expect.stringContaining('đính kèm bản quét')]);
  });

  test('tried out first: one person changes, by name, and nothing is written', async () => {
    const officer = as('finance-officer');
    const tried = await officer.afterJob(await officer.post('/tinh-thu', { reading: 'X3=flat-5', parameter: '' }));
    expect(textOf(tried.html)).toMatch(/X3: cố định 5 tháng: 1 trên 6 người có kết quả khác/);
    expect(textOf(tried.html)).toContain('Trần Văn Chờ');
    expect(textOf((await officer.get(page)).html)).not.toContain('đã đặt: cố định');
  });

  test('a number that the law does not have is refused with how to write one', async () => {
    const officer = as('finance-officer');
    const tried = await officer.afterJob(await officer.post('/tinh-thu', { reading: '', parameter: 'x=1' }));
    expect(textOf(tried.html)).toContain('không đúng dạng tệp.bảng');
    expect((await officer.get('/tinh-thu/no-such-file')).status).toBe(404);
  });

  test('set by its document, it gives the person a sum and stands in the record', async () => {
    const leader = as('home-affairs-leader');
    const form = { reading: 'X3=flat-5', number: '5/BNV-TCBC', on: '2025-10-01', paper: scan };
    const set = await leader.afterJob(await leader.post(page, form));
    expect(textOf(set.html)).toContain('Đã tính lại: 1 hồ sơ đổi kết quả');
    const text = textOf((await leader.get(page)).html);
    expect(text).toContain('đã đặt: cố định 5 tháng');
    expect(text).toMatch(/X3: cố định 5 tháng – 5\/BNV-TCBC, 01\/10\/2025/);
    expect(textOf((await leader.get('/luat')).html)).toContain('cố định 5 tháng');
    const waiting = await as('home-affairs-officer').get('/tinh-che-do?trang-thai=assessed');
    expect(textOf(waiting.html)).toContain('Trần Văn Chờ');
  });
});

describe('money that was paid too much', () => {
  test('is decided by the Finance leader alone, once, with a reason and a paper', async () => {
    expect((await as('finance-leader').get(page)).html).toContain('href="/so-hoan-tra"');
    const before = await as('finance-leader').get('/so-hoan-tra');
    expect(textOf(before.html)).toMatch(/Nguyễn Văn Thừa Trả thừa \( ?đã trả .*, được hưởng .*\) .* chờ quyết định/);
    const to = /action="(\/thu-hoi\/[^"]+)"/.exec(before.html)?.[1] ?? expect.fail('no form');
    const form = { outcome: 'waive', reason: 'Theo Quyết định 99', paper: scan };
    expect((await as('home-affairs-leader').post(to, form)).status).toBe(403);
    expect((await as('finance-leader').post(to, { ...form, reason: ' ' })).status).toBe(422);
    const decided = await as('finance-leader').post(to, form);
    expect(textOf(decided.html)).toMatch(/không thu hồi ?: Theo Quyết định 99/);
    expect((await as('finance-leader').post(to, form)).status).toBe(422);
  });
});

describe('a fact that was wrong', () => {
  const row = {
    number: '1',
    fullName: 'Nguyễn Văn Thừa',
    citizenId: '040068000901',
    sex: 'Nam',
    birth: '01/06/1968',
    subject: 'công chức',
    payingUnit: '',
    employer: 'Phòng Tổ chức',
    cause: 'sắp xếp tổ chức bộ máy',
    decisionNumber: '1/QĐ',
    decidedOn: '2025-06-20',
    leaveOn: '2025-07-01',
    reorganisedOn: '2025-03-01',
    grade: '4.98',
    reserved: '0.5',
    'civil-service': '25',
    bank: 'Agribank',
    accountNumber: '360123456789',
    holder: 'NGUYEN VAN THUA',
  };
  const correct = async (from: string, changes: object = {}) => {
    const clerk = as('unit-clerk');
    const payingUnit = sampleUnits().find(({ level }) => level === 'provincial')?.code ?? '';
    const bytes = await filledTemplate(
      sampleUnits(),
      [{ ...row, payingUnit, ...changes }],
      [{ number: '1', from, to: '06/2025', employer: 'nhà nước' }],
    );
    const found = await clerk.post('/tinh-che-do/tim', { tim: row.citizenId });
    const person = /href="(\/ho-so\/\w+)"/.exec(/<ul class="note">.*?<\/ul>/s.exec(found.html)?.[0] ?? '')?.[1];
    const form = { file: { name: 'sua.xlsx', bytes }, paper: scan, reason: 'Sổ BHXH bổ sung' };
    const done = await clerk.afterJob(await clerk.post(`${person}/sua`, form));
    return textOf(done.html);
  };

  test('of somebody else, or with a fault, changes nothing and says why', async () => {
    expect(await correct('09/1994', { citizenId: '040068000555' })).toContain('không có dòng hợp lệ nào');
    expect(await correct('13/1994')).toMatch(/Lỗi trong tệp: «Quá trình công tác» Dòng \d+, ô B\d+: /);
  });

  test('of somebody who was paid: computed again at once, and the rest is a new case', async () => {
    expect(await correct('09/1990')).toContain('Người này được trả thêm');
    const waiting = await as('home-affairs-officer').get('/tinh-che-do?trang-thai=assessed');
    expect(textOf(waiting.html)).toMatch(/Nguyễn Văn Thừa .* Khoản trả thêm sau khi tính lại/);
  });

  test('without its paper nothing is recorded', async () => {
    const clerk = as('unit-clerk');
    const list = await as('home-affairs-officer').get('/tinh-che-do?trang-thai=credited');
    const person = /href="(\/ho-so\/\w+)"/.exec(list.html)?.[1] ?? expect.fail('nobody was paid');
    expect((await clerk.post(`${person}/sua`, { reason: 'x' })).status).toBe(422);
  });
});

test('the trace of a sum is a file with its facts, readings, periods and lines', async () => {
  const officer = as('home-affairs-officer');
  const list = await officer.get('/tinh-che-do?trang-thai=assessed');
  const person = /href="(\/ho-so\/\w+)"[^>]*>Trần Văn Chờ/.exec(list.html)?.[1] ?? expect.fail('no case');
  const trace: unknown = JSON.parse(new TextDecoder().decode((await officer.get(`${person}/cach-tinh.json`)).bytes));
  expect(trace).toMatchObject({
    readings: { X3: 'flat-5' },
    periods: [
      { counts: true, months: 230 },
      { counts: false, why: 'compensated' },
    ],
    assessment: { outcome: 'entitled', lines: expect.any(Array) },
  });
  expect((await as('leadership').get(`${person}/cach-tinh.json`)).status).toBe(403);
});
