/** What a slip is checked for, who may sign, and which accounts may bounce, as the pages show them over HTTP. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { openSqliteStore, type SqliteStore } from '../../../infra/local/sqlite-store.ts';
import { accountNote } from '../../../shared/case/account-past.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { type Slip, readSlip } from '../../../shared/case/slip.ts';
import { confirmAccount, orderAgain, proposeAccount } from '../../../shared/disbursement/mend.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import { done, everyRow, openProvince } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'pre-checks-'));
const visitors = new Map<string, Visitor>();
let server: RunningServer;
let store: SqliteStore;
let slip: Slip;
/** Of the slip that pays again, into an account in another name. */
let secondSlip = '';
let mended = '';
/** Somebody of the batch that waits for its confirmations, whose account sent money back before. */
let doubtful = { caseId: '', name: '' };

beforeAll(async () => {
  const made = await openProvince({ people: 16, folder });
  const { still, account } = made;
  await made.appraiseAll();
  await made.freeze('b2', { level: 'commune' });
  await made.step('entitlement.recompute', 'b2');
  await made.step('approval.next', 'b2');
  const [waiting] = await made.list('b2');
  const { part = '', accountDigest = '' } = waiting ?? {};
  const of = (await readCase(made.store, caseIdOf(part))) ?? expect.fail();
  doubtful = { caseId: of.id, name: (await identityOf(still.vault, of)).fullName };
  const back = { outcome: 'returned', on: '2025-10-03', code: 'AC04', by: 'system', at: still.now() } as const;
  const note = await accountNote({ reference: 'CT0000000000-1', accountDigest }, back, new Map(), made.store);
  await made.store.commit([note ?? expect.fail()]);

  const [first = expect.fail()] = await made.sentBatch('b1');
  const said = {
    reference: first.reference,
    outcome: 'returned',
    on: '2025-10-03',
    backTo: 'estimate',
    file: 'file 1',
  } as const;
  await settle([said], account('finance-officer').id, still);
  mended = caseIdOf(first.part);
  const correction = {
    part: first.part,
    account: { bank: 'VCB', number: '7000000001', holder: 'NGUOI THUA KE' },
    reason: 'Đã mất',
    paper: 'scan',
  };
  done(await proposeAccount(correction, account('unit-clerk'), still));
  const digest = (await readCase(made.store, mended))?.proposed?.digest ?? '';
  done(await confirmAccount(first.part, digest, account('unit-chief-accountant'), still));
  done(await orderAgain(first.part, '', account('finance-officer'), still));
  await made.order('b1');
  const slips = await everyRow(made.store, { kind: 'slip', batch: 'b1', status: 'to-prepare' });
  secondSlip = slips[0]?.stream.slice('slip/'.length) ?? expect.fail('no second slip');
  slip = (await readSlip(made.store, secondSlip)) ?? expect.fail();
  await made.close();

  const dataDirectory = join(folder, 'data');
  server = await startServer({ port: 0, dataDirectory, keyDirectory: join(folder, 'keys'), seed: 'pre-checks' });
  store = openSqliteStore(join(dataDirectory, 'histories.sqlite'));
  for (const {
    account: { role, email },
    password,
  } of demoAccounts([])) {
    visitors.set(role, await signIn(server.url, email, password));
  }
});

afterAll(async () => {
  await server.stop();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const as = (who: string): Visitor => visitors.get(who) ?? expect.fail(`nobody is signed in as ${who}`);

async function checks(who = 'unit-clerk'): Promise<string> {
  const { html } = await as(who).get(`/chung-tu/${secondSlip}`);
  return textOf(/<ul class="checks">.*?<\/ul>/s.exec(html)?.[0] ?? '');
}

describe('the slip page', () => {
  test('has one line a check with sign, code, what is wrong and who acts', async () => {
    const lines = await checks();
    for (const code of ['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7']) expect(lines).toContain(`${code} `);
    expect(lines).toContain('✓ đạt T1 Dự toán.');
    expect(lines).toContain('✗ chưa đạt T3');
    expect(lines).toContain('Người xử lý: đơn vị.');
  });

  test('says nothing of checks once the slip is sent', async () => {
    const sent = slip.id.replace(/\.\d+$/, '.1');
    expect((await as('unit-clerk').get(`/chung-tu/${sent}`)).html).not.toContain('class="checks"');
  });
});

describe('an account in another name', () => {
  test('bars the slip until the chief accountant states the heir; the clerk may not', async () => {
    const clerk = as('unit-clerk');
    await clerk.get(`/chung-tu/${secondSlip}`);
    const barred = await clerk.post(`/chung-tu/${secondSlip}/ky`, { signature: 'prepared' });
    expect([barred.status, textOf(barred.html).includes('T3')]).toEqual([422, true]);
    expect((await clerk.get(`/ho-so/${mended}`)).html).not.toContain('payee-as');

    const accountant = as('unit-chief-accountant');
    const page = await accountant.get(`/ho-so/${mended}`);
    const digest = /name="digest" value="(\w+)"/.exec(page.html)?.[1] ?? '';
    const right = { digest, 'payee-as': 'heir', 'payee-document': '12/CC', 'payee-on': '2025-10-05' };
    for (const wrong of [
      { 'payee-document': '' },
      { 'payee-as': 'x' },
      { 'payee-on': '2099-01-01' },
      { digest: 'x' },
    ]) {
      expect((await accountant.post(`/ho-so/${mended}/nguoi-nhan`, { ...right, ...wrong })).status).toBe(422);
    }
    const stated = await accountant.post(`/ho-so/${mended}/nguoi-nhan`, right);
    expect(textOf(stated.html)).toContain('Người nhận: người thừa kế, 12/CC (05/10/2025)');

    const lines = await checks();
    expect(lines).toContain('! cần xem T3');
    expect(lines).toContain('12/CC');
    await clerk.get(`/chung-tu/${secondSlip}`);
    expect((await clerk.post(`/chung-tu/${secondSlip}/ky`, { signature: 'prepared' })).status).toBe(200);
    expect((await readSlip(store, secondSlip))?.signed).toHaveLength(1);
  });

  test('stands on the case’s page with the reasons to doubt it', async () => {
    const page = textOf((await as('finance-officer').get(`/ho-so/${mended}`)).html);
    expect(page).toContain('! có thể bị trả lại');
    expect(page).toContain('Tài khoản đứng tên người khác');
  });
});

describe('the table of who may sign', () => {
  test('is kept by the Finance leader, and the check reads it', async () => {
    expect(await checks()).toContain('Chưa có danh sách người có thẩm quyền ký');
    const leader = as('finance-leader');
    await leader.get('/nguoi-ky');
    const right = { name: 'Phó Chủ tịch', capacity: 'KT', from: '2025-07-01', until: '', document: '1/QĐ-UBND' };
    expect((await leader.post('/nguoi-ky', { ...right, document: '' })).status).toBe(422);
    const set = await leader.post('/nguoi-ky', right);
    expect(textOf(set.html)).toContain('Phó Chủ tịch KT. (ký thay) 01/07/2025');
    expect(await checks()).toContain('✓ đạt T2');
  });
});

describe('the page of a batch', () => {
  const counts = /✓ \d+ đã từng nhận được tiền ○ \d+ chưa từng chi ! 1 có thể bị trả lại/;

  test('counts accounts that may bounce and names their people to those who may see them', async () => {
    const { html } = await as('finance-leader').get('/dot/b2');
    expect(textOf(html)).toMatch(counts);
    const [section = ''] = /Tài khoản có nhận được tiền không.*?<\/section>/s.exec(html) ?? [];
    expect(section).toContain(`href="/ho-so/${doubtful.caseId}"`);
    expect(textOf(section)).toMatch(new RegExp(`${doubtful.name} ?: Đã bị trả lại 1 lần trước đây \\(AC04\\)`));
  });

  test('shows the leadership the counts and nobody’s name', async () => {
    const { html } = await as('leadership').get('/dot/b2');
    expect(textOf(html)).toMatch(counts);
    expect(html).not.toContain(doubtful.name);
    expect(html).not.toContain(doubtful.caseId);
  });
});

test('nothing personal stands in the words of the checks', async () => {
  const lines = await checks('finance-officer');
  expect(lines).toContain('12/CC');
  for (const personal of ['NGUOI THUA KE', '7000000001']) expect(lines).not.toContain(personal);
});
