/** The pages of accounts over HTTP: from a proposal to the invited person at work, and to the end of their sessions. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allDemoAccounts, type DemoAccount } from '../../../infra/local/accounts.ts';
import {
  allMatches,
  type Page,
  passCode,
  signIn,
  textOf,
  type Visitor,
  visitor,
} from '../../../infra/local/commands/visitor.ts';
import { openScratch } from '../../../infra/local/scratch.ts';
import { codeAt } from '../../../infra/local/second-factor.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'staff-'));
const dataDirectory = join(folder, 'data');
const demo = new Map(allDemoAccounts([]).map((one) => [one.account.id, one]));
let server: RunningServer;
let first: Visitor;
let second: Visitor;

beforeAll(async () => {
  server = await startServer({ port: 0, dataDirectory, keyDirectory: join(folder, 'keys'), seed: 'staff' });
  first = await enter(of('demo-administrator'));
  second = await enter(of('demo-administrator-2'));
}, 180_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

function of(id: string): DemoAccount {
  return demo.get(id) ?? expect.fail(id);
}

async function enter({ account, password }: DemoAccount): Promise<Visitor> {
  return signIn(server.url, account.email, password);
}

const leader = {
  name: 'Lê Thị Vân Khánh',
  email: 'khanh.ltv@nghean.example',
  role: 'finance-leader',
  deputy: '1',
  units: '',
  citizenId: '040180000017',
  reason: 'Quyết định 15/QĐ-UBND ngày 02/10/2025',
};
const password = 'sông Lam nước biếc';

/** A proposal that was taken; leads to the page of its account. */
async function propose(fields: Partial<typeof leader>, by = first): Promise<Page> {
  const page = await by.post('/tai-khoan', { ...leader, ...fields });
  expect([page.status, textOf(page.html).includes('Đã ghi đề nghị')]).toEqual([200, true]);
  return page;
}

const pathOf = ({ url }: Page) => url.split('?')[0] ?? '';
const proposalIn = ({ html }: Page) => /name="proposal" value="(\d+)"/.exec(html)?.[1] ?? '';

async function confirm(path: string, by = second): Promise<Page> {
  return by.post(`${path}/xac-nhan`, { proposal: proposalIn(await by.get(path)) });
}

/** The newest link that was mailed to the address. */
async function invitationTo(email: string): Promise<string> {
  const { html } = await first.get('/hop-thu');
  const mails = html.split('<article').filter((text) => text.includes(email));
  return allMatches(mails[0] ?? '', /href="(\/oidc\/moi\/[\w-]+)"/)[0] ?? '';
}

describe('a leader who is new', () => {
  test('is proposed by one, seen as a duty by the other, invited, enrolled, and at work', async () => {
    const proposed = await propose({});
    const path = pathOf(proposed);
    expect(textOf((await first.get('/')).html)).not.toContain('chờ người quản trị thứ hai');
    const duties = await second.get('/');
    expect(textOf(duties.html)).toContain('Tài khoản chờ người quản trị thứ hai');
    expect(duties.html).toContain(`href="${path}"`);
    expect(await invitationTo(leader.email)).toBe('');

    expect((await confirm(path, first)).status).toBe(422);
    expect(textOf((await confirm(path)).html)).toContain('gửi thư mời đặt mật khẩu');

    const link = await invitationTo(leader.email);
    const person = visitor(server.url);
    expect(textOf((await person.get(link)).html)).toContain(leader.email);
    expect(textOf((await person.post(link, { password, repeated: password })).html)).toContain('Đã đặt mật khẩu');

    const login = await person.get('/');
    const enrolment = await person.post(login.url, { email: leader.email, password });
    const secret = (/id="secret">([A-Z2-7 ]+)</.exec(enrolment.html)?.[1] ?? '').replaceAll(' ', '');
    expect(enrolment.html).not.toContain('demo-code');
    const landed = await passCode(person, enrolment, () => codeAt(secret, Date.now()));
    expect(textOf(landed.html)).toContain(`${leader.name} · Lãnh đạo Sở Tài chính`);

    const shown = textOf((await second.get(path)).html);
    for (const words of ['Đang dùng', 'Lãnh đạo Sở Tài chính (cấp phó)', 'đã đăng ký', 'đã ghi, chỉ lưu dạng băm']) {
      expect(shown).toContain(words);
    }
    const log = textOf((await second.get('/tai-khoan')).html);
    for (const words of ['đặt mật khẩu', 'đăng ký mã xác thực', 'mật khẩu đúng, chờ mã']) expect(log).toContain(words);

    const closed = await second.post(`${path}/dong`, { reason: 'Chuyển công tác' });
    expect(textOf(closed.html)).toContain('Đã đóng tài khoản');
    expect((await person.get('/dot')).url).toMatch(/^\/oidc\//);
    await expect(signIn(server.url, leader.email, password)).rejects.toThrow('không đúng');
    expect((await person.get(link)).status).toBe(404);

    expect(textOf((await first.post('/tai-khoan', { ...leader, citizenId: '' })).html)).toContain(
      'đã thuộc một tài khoản',
    );
    const { deputy: _deputy, ...again } = leader;
    const reopened = await first.post(`${path}/de-nghi`, again);
    expect(textOf(reopened.html)).toContain('Mở lại tài khoản');
    await confirm(path);
    // A password and a phone of before a closing count no more.
    await expect(signIn(server.url, leader.email, password)).rejects.toThrow('không đúng');
    expect(textOf((await second.get(path)).html)).toContain('Đã mời');
    expect(await invitationTo(leader.email)).not.toBe(link);
  });
});

describe('the second factor of an account', () => {
  test('is reset by two administrators, and every session ends with it', async () => {
    const deputy = of('demo-home-affairs-deputy');
    const path = `/tai-khoan/${deputy.account.id}`;
    const person = await enter(deputy);
    await first.post(`${path}/ma-xac-thuc`, { reason: 'Mất điện thoại' });
    expect((await person.get('/dot')).url).toBe('/dot');
    expect(textOf((await confirm(path)).html)).toContain('Đã xác nhận');
    expect((await person.get('/dot')).url).toMatch(/^\/oidc\//);
    const login = await person.get('/');
    const page = await person.post(login.url, { email: deputy.account.email, password: deputy.password });
    expect(textOf(page.html)).toContain('Khóa nhập tay');
  });
});

describe('a wrong form', () => {
  test('says what is wrong, keeps what was typed, and proposes nothing', async () => {
    const before = textOf((await first.get('/tai-khoan')).html).match(/(\d+) tài khoản/)?.[1];
    const page = await first.post('/tai-khoan', { ...leader, email: 'sai', name: 'Tên “đã” <gõ>' });
    expect([page.status, textOf(page.html).includes('Thư điện tử chưa đúng')]).toEqual([422, true]);
    expect(page.html).toContain('value="Tên “đã” &lt;gõ&gt;"');
    expect((await first.post('/tai-khoan', { ...leader, role: 'king' })).status).toBe(422);
    expect((await first.post('/tai-khoan/khong-co/dong', { reason: 'x' })).status).toBe(404);
    expect(textOf((await first.get('/tai-khoan')).html).match(/(\d+) tài khoản/)?.[1]).toBe(before);
  });

  test('of a proposal that was refused meanwhile confirms nothing', async () => {
    const path = pathOf(await propose({ email: 'khac@nghean.example', citizenId: '', deputy: '' }));
    const proposal = proposalIn(await second.get(path));
    expect((await second.post(`${path}/tu-choi`, { proposal, reason: '' })).status).toBe(422);
    expect((await second.post(`${path}/tu-choi`, { proposal, reason: 'Chưa có quyết định' })).url).toBe(
      '/tai-khoan?ghi=tu-choi',
    );
    expect((await second.post(`${path}/xac-nhan`, { proposal })).status).toBe(404);
  });
});

test('an inspector sees the accounts and no form', async () => {
  const inspector = await enter(of('demo-inspector'));
  for (const path of ['/tai-khoan', '/tai-khoan/demo-unit-clerk']) {
    const page = await inspector.get(path);
    expect([page.status, page.html.includes('action="/tai-khoan')]).toEqual([200, false]);
  }
});

test('the code page shows the code of a demonstration account, and a new one once it was used', async () => {
  const account = of('demo-finance-deputy');
  const page = async () => {
    const person = visitor(server.url);
    const login = await person.get('/');
    return person.post(login.url, { email: account.account.email, password: account.password });
  };
  const shown = async () => /id="demo-code">(\d{6})</.exec((await page()).html)?.[1];
  const one = await shown();
  await enter(account);
  const scratch = openScratch(join(dataDirectory, 'scratch.sqlite'));
  expect(scratch.latest('sign-in-log', 1)[0]?.value).toContain('signed-in');
  scratch.close();
  expect([one, await shown()]).toEqual([expect.stringMatching(/^\d{6}$/), expect.stringMatching(/^\d{6}$/)]);
  expect(await shown()).not.toBe(one);
});
