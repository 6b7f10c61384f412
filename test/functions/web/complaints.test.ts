/** Complaints through their pages: registered at the unit, answered by the body, counted for leadership without a name. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { outsideUnit } from '../../../infra/local/samples.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { openToVerify } from '../../../infra/local/sqlite-store.ts';
import { addDays, formatDay, localDateOf } from '../../../shared/calendar.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { verifyHistories } from '../../../shared/case/verify.ts';
import { letterOn, registered } from '../../complaints.ts';
import { stateMandate } from '../../mandate.ts';
import { openProvince } from '../../province.ts';

const here = '/khieu-nai';
const folder = mkdtempSync(join(tmpdir(), 'complaints-'));
const dataDirectory = join(folder, 'data');
const visitors = new Map<string, Visitor>();
const scan = { name: 'don.pdf', bytes: new TextEncoder().encode('%PDF-1.7 made up') };
const today = localDateOf(new Date().toISOString());
let server: RunningServer;
let caseId = '';
let id = '';
let lateId = '';

beforeAll(async () => {
  const made = await openProvince({ people: 6, folder });
  const [one, other] = (await made.rows()).map(({ stream }) => caseIdOf(stream.slice('part/'.length)));
  caseId = one ?? '';
  // Accepted by nobody within its ten days.
  const on = addDays(today, -40);
  const letter = { number: '7', on, paper: 'scan' };
  lateId = await registered(
    letterOn(other ?? '', { letter, subject: 'delay' }),
    made.account('unit-clerk'),
    made.still,
  );
  const stranger = { id: 'stranger', name: 'Người lạ', email: 'stranger@x.example', role: 'unit-clerk' } as const;
  await made.home.accounts.add({ ...stranger, units: [outsideUnit.code] }, 'a long password');
  await made.close();
  server = await startServer({ port: 0, dataDirectory, keyDirectory: join(folder, 'keys'), seed: 'complaints' });
  for (const { account, password } of demoAccounts([]))
    visitors.set(account.role, await signIn(server.url, account.email, password));
  visitors.set('stranger', await signIn(server.url, stranger.email, 'a long password'));
  await stateMandate(as('inspector'));
}, 60_000);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function as(who: string): Visitor {
  return visitors.get(who) ?? expect.fail(`nobody is signed in as ${who}`);
}

const letter = {
  'complaint-number': '123',
  'complaint-on': today,
  complainant: 'heir',
  'complainant-name': 'Lê Thị Thử',
  'complaint-subject': 'years-counted',
  'complaint-text': 'Thiếu hai năm ở xã cũ',
  'complaint-paper': scan,
};
const paper = (act: string) => ({ [`${act}-number`]: '45/SNV', [`${act}-on`]: today, [`${act}-paper`]: scan });

describe('a complaint', () => {
  test('is registered by the unit, with a scan that can be opened again', async () => {
    await as('unit-clerk').get(`/ho-so/${caseId}`);
    const text = { name: 'don.txt', bytes: new TextEncoder().encode('words') };
    const wrong = await as('unit-clerk').post(`/ho-so/${caseId}/khieu-nai`, { ...letter, 'complaint-paper': text });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('Thiếu hai năm ở xã cũ');
    const page = await as('unit-clerk').post(`/ho-so/${caseId}/khieu-nai`, letter);
    id = page.url.slice(`${here}/`.length);
    const shown = textOf(page.html);
    expect(shown).toContain('Khiếu nại, đơn số đến 123');
    expect(shown).toContain('Người thừa kế: Lê Thị Thử');
    expect(shown).toContain(`Phải thụ lý, hoặc nói rõ lý do không thụ lý, chậm nhất ${formatDay(addDays(today, 10))}`);
    expect(shown).toContain('Chuyên viên Sở Nội vụ');
    const file = /href="(\/khieu-nai\/[^"]*\/van-ban\/[^"]*)"/.exec(page.html)?.[1] ?? '';
    expect((await as('inspector').get(file)).status).toBe(200);
    expect((await as('stranger').get(file)).status).toBe(404);
  });

  test('stands in the case, the register and the work of who must act', async () => {
    for (const role of ['unit-clerk', 'home-affairs-officer', 'inspector'])
      expect(textOf((await as(role).get(`/ho-so/${caseId}`)).html)).toContain('1 khiếu nại đang giải quyết');
    expect((await as('home-affairs-officer').get(here)).html).toContain(`${here}/${id}`);
    expect(textOf((await as('home-affairs-officer').get('/')).html)).toContain('Khiếu nại chờ đồng chí 1');
    expect(textOf((await as('finance-officer').get('/')).html)).toContain('Khiếu nại quá hạn, chờ đồng chí 1');
  });

  test('is filtered by state, unit, subject and limit', async () => {
    const found = async (query: string) => {
      const { html } = await as('inspector').get(`${here}?${query}`);
      return [id, lateId].map((one) => html.includes(`${here}/${one}"`));
    };
    expect(await found('')).toEqual([true, true]);
    expect(await found('qua-han=1')).toEqual([false, true]);
    expect(await found('noi-dung=years-counted')).toEqual([true, false]);
    expect(await found('trang-thai=accepted')).toEqual([false, false]);
    expect(await found('trang-thai=tat-ca')).toEqual([true, true]);
    expect(await found('don-vi=none')).toEqual([false, false]);
  });

  test('past its limit is counted for leadership, which sees no name', async () => {
    expect(textOf((await as('leadership').get('/')).html)).toContain('Khiếu nại quá hạn trả lời trong tỉnh 1');
    const { html } = await as('leadership').get(here);
    expect(textOf(html)).toContain('2 khiếu nại đang giải quyết, trong đó 1 quá hạn');
    expect(html).not.toContain(`${here}/`);
    expect((await as('leadership').get(`${here}/${id}`)).status).toBe(403);
  });

  test('is nothing to a clerk of another unit', async () => {
    expect((await as('stranger').get(`${here}/${id}`)).status).toBe(404);
    expect((await as('stranger').get(here)).html).not.toContain(id);
    await as('stranger').get(here);
    const more = { act: 'withdraw', 'withdraw-words': 'x', ...paper('withdraw') };
    expect((await as('stranger').post(`${here}/${id}/don`, more)).status).toBe(404);
  });

  test('is answered by its body alone', async () => {
    await as('finance-officer').get(`${here}/${id}`);
    const wrong = await as('finance-officer').post(`${here}/${id}/xu-ly`, { act: 'accept' });
    expect(textOf(wrong.html)).toContain('do cơ quan khác trả lời');
    await as('home-affairs-officer').get(`${here}/${id}`);
    const page = await as('home-affairs-officer').post(`${here}/${id}/xu-ly`, { act: 'accept', 'is-remote': '1' });
    expect(textOf(page.html)).toContain(`Phải trả lời chậm nhất ${formatDay(addDays(today, 45))}`);
  });

  test('that is right leads to the correction, and closes no sooner', async () => {
    const uphold = {
      act: 'uphold',
      'uphold-remedy': 'correct-facts',
      'uphold-words': 'Đúng',
      'uphold-citation': 'Điều 5',
    };
    const unsigned = await as('home-affairs-officer').post(`${here}/${id}/xu-ly`, uphold);
    expect([unsigned.status, unsigned.html.includes('value="Điều 5"')]).toEqual([422, true]);
    const page = await as('home-affairs-officer').post(`${here}/${id}/xu-ly`, { ...uphold, ...paper('uphold') });
    expect(page.html).toContain(`/ho-so/${caseId}/sua-tren-trang`);
    expect(textOf(page.html)).toContain('Việc phải làm: Sửa dữ kiện');
    expect(textOf((await as('unit-clerk').get(`/ho-so/${caseId}`)).html)).toContain('Tạm dừng chi trả');
    expect(textOf((await as('unit-clerk').get('/')).html)).toContain('Khiếu nại chờ đồng chí 1');
    const close = await as('home-affairs-officer').post(`${here}/${id}/xu-ly`, { act: 'close', 'close-words': 'Xong' });
    expect(textOf(close.html)).toContain('Chưa kết thúc được');
  });

  test('is taken back at the unit', async () => {
    await as('unit-clerk').get(`${here}/${lateId}`);
    const back = { act: 'withdraw', 'withdraw-words': 'Đã nhận tiền', ...paper('withdraw') };
    const page = await as('unit-clerk').post(`${here}/${lateId}/don`, back);
    expect(textOf(page.html)).toContain('Đã rút');
    expect(textOf((await as('leadership').get('/')).html)).not.toContain('Khiếu nại quá hạn');
  });

  test('leaves a folder that verifies', () => {
    const held = openToVerify(join(dataDirectory, 'histories.sqlite'));
    expect(verifyHistories(held.held()).problems).toEqual([]);
    held.close();
  });
});
