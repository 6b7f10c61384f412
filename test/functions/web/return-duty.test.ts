/** The register of money that is to come back, through its pages: the search, the re-entry, the decision, the receipts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { type Page, signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { openToVerify } from '../../../infra/local/sqlite-store.ts';
import type { Role } from '../../../shared/case/access.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { verifyHistories } from '../../../shared/case/verify.ts';
import { addStreamlined, payElsewhere, streamlinedCitizenId, streamlinedName } from '../../paid-leaver.ts';
import { stateMandate } from '../../mandate.ts';
import { openProvince } from '../../province.ts';

const here = '/so-hoan-tra';
const folder = mkdtempSync(join(tmpdir(), 'return-duty-'));
const dataDirectory = join(folder, 'data');
const visitors = new Map<string, Visitor>();
const scan = { name: 'van-ban.pdf', bytes: new TextEncoder().encode('%PDF-1.7 made up') };
let server: RunningServer;
let caseId = '';
let other = '';

beforeAll(async () => {
  const made = await openProvince({ people: 4, folder });
  const part = await addStreamlined(made);
  const reorganised = await made.somebody();
  for (const one of [part, reorganised]) await payElsewhere(made, one);
  [caseId, other] = [caseIdOf(part), caseIdOf(reorganised)];
  await made.close();
  server = await startServer({ port: 0, dataDirectory, keyDirectory: join(folder, 'keys'), seed: 'return duty' });
  const roles = ['home-affairs-officer', 'finance-officer', 'finance-leader', 'unit-chief-accountant', 'inspector'];
  for (const { account, password } of demoAccounts([]).filter((one) => roles.includes(one.account.role))) {
    visitors.set(account.role, await signIn(server.url, account.email, password));
  }
  await stateMandate(as('inspector'));
}, 60_000);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function as(role: Role): Visitor {
  return visitors.get(role) ?? expect.fail(`nobody is signed in as ${role}`);
}

async function searches(role: Role, tim: string): Promise<Page> {
  await as(role).get(here);
  return as(role).post(`${here}/tim`, { tim });
}

const duty = '277.500.000 đồng, từ 01/07/2025 đến hết 01/07/2030 (60 tháng; Nghị định 154/2025/NĐ-CP, Điều 3 khoản 6)';

describe('who must give money back', () => {
  test.each([streamlinedCitizenId, streamlinedName, 'nguyen van thu'])(
    'is found by %s, with sum, term and article',
    async (text) => {
      for (const role of ['home-affairs-officer', 'finance-officer', 'inspector'] as const) {
        const page = await searches(role, text);
        expect(textOf(page.html)).toContain(`phải hoàn trả nếu vào lại khu vực nhà nước; ${duty}`);
        expect(page.url).toBe(`${here}/tim`);
      }
    },
  );

  test('nobody is found by a part of a name', async () => {
    expect(textOf((await searches('finance-officer', 'Nguyễn Văn')).html)).toContain('Không có ai khớp');
  });

  test('stands in the list, which leaves out whoever was paid under Decree 178', async () => {
    const { html } = await as('inspector').get(here);
    expect(html).toContain(`/ho-so/${caseId}`);
    expect(html).not.toContain(`/ho-so/${other}`);
    expect(textOf(html)).toContain('Đang trong thời hạn hoàn trả (1)');
    expect(textOf((await as('inspector').get(`${here}?don-vi=none`)).html)).toContain(
      'Đang trong thời hạn hoàn trả (0)',
    );
  });

  test('of Decree 178 has no duty, and the case says so', async () => {
    expect(textOf((await as('home-affairs-officer').get(`/ho-so/${other}`)).html)).toContain('không phải hoàn trả');
    const fields = { 're-entry-on': '2025-08-01', 're-entry-number': '1/QĐ', 're-entry-paper': scan };
    expect((await as('home-affairs-officer').post(`/ho-so/${other}/tuyen-dung-lai`, fields)).status).toBe(422);
  });
});

describe('money that is to come back', () => {
  const fields = { 're-entry-on': '2025-08-01', 're-entry-number': '12/QĐ-SNV', 're-entry-paper': scan };
  const receipt = { amount: '7.500.000', on: '2025-10-05', document: 'PT-1', to: 'estimate', paper: scan };
  const receive = () => `/thu-hoi/${caseId}.re-entry/da-thu`;

  test('is asked back once Home Affairs has recorded the re-entry with its decision', async () => {
    const page = await as('home-affairs-officer').get(`/ho-so/${caseId}`);
    expect(textOf(page.html)).toContain(duty);
    const unsigned = await as('home-affairs-officer').post(`/ho-so/${caseId}/tuyen-dung-lai`, {
      ...fields,
      're-entry-paper': '',
    });
    expect(unsigned.status).toBe(422);
    const done = await as('home-affairs-officer').post(`/ho-so/${caseId}/tuyen-dung-lai`, fields);
    expect(textOf(done.html)).toContain('Được tuyển dụng lại: 277.500.000 đồng, đã thu 0 , còn 277.500.000');
    expect(textOf(done.html)).toContain('Ghi nhận khoản phải thu hồi, hoàn trả');
  });

  test('is decided by the Finance leader', async () => {
    expect((await as('finance-leader').get(here)).html).toContain(`/thu-hoi/${caseId}.re-entry`);
    const decision = { outcome: 'recover', reason: 'Điều 3 khoản 6', paper: scan };
    const page = await as('finance-leader').post(`/thu-hoi/${caseId}.re-entry`, decision);
    expect(textOf(page.html)).toContain('chờ nộp lại: Điều 3 khoản 6');
    expect((await as('finance-leader').post(`/thu-hoi/${caseId}.re-entry`, decision)).status).toBe(422);
  });

  test('comes in pieces, never above the sum, and the register adds them up', async () => {
    await as('finance-officer').get(here);
    const page = await as('finance-officer').post(receive(), receipt);
    expect(textOf(page.html)).toContain('277.500.000 7.500.000 270.000.000');
    expect(textOf(page.html)).toContain('05/10/2025 : 7.500.000 đồng, PT-1, Khôi phục dự toán trong năm');
    const again = await as('finance-officer').post(receive(), receipt);
    expect(textOf(again.html)).toContain('Chứng từ này đã được ghi');
    const above = await as('finance-officer').post(receive(), { ...receipt, document: 'PT-2', amount: '270.000.001' });
    expect(textOf(above.html)).toContain('Chỉ còn phải thu 270.000.000 đồng');
    for (const amount of ['', '1,5', '-3', '7.50']) {
      expect((await as('finance-officer').post(receive(), { ...receipt, document: 'PT-3', amount })).status).toBe(422);
    }
    const all = await as('finance-officer').post(receive(), { ...receipt, document: 'PT-2', amount: '270000000' });
    expect(textOf(all.html)).toContain('● đã thu đủ');
    expect(all.html).not.toContain('/da-thu');
  });

  test('is given back by a person of their own will, on the signed letter', async () => {
    await as('finance-officer').get(`/ho-so/${other}`);
    const gift = { 'given-amount': '1.000.000', 'given-on': '2025-10-01', 'given-number': 'CV-9', 'given-paper': scan };
    const page = await as('finance-officer').post(`/ho-so/${other}/tra-lai-tien`, gift);
    expect(textOf(page.html)).toContain('Tự nguyện trả lại: 1.000.000 đồng');
    const tooMuch = { ...gift, 'given-amount': '999.000.000.000' };
    expect((await as('finance-officer').post(`/ho-so/${other}/tra-lai-tien`, tooMuch)).status).toBe(422);
    expect(textOf((await as('unit-chief-accountant').get(here)).html)).toContain('Tự nguyện trả lại');
  });

  test('leaves a folder that verifies', () => {
    const held = openToVerify(join(dataDirectory, 'histories.sqlite'));
    expect(verifyHistories(held.held()).problems).toEqual([]);
    held.close();
  });
});
