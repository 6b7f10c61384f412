/** The page of mails, with a mail server that refuses the receiver: a task, one click, and the same link arrives. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { allMatches, signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { openScratch, type SqliteScratch } from '../../../infra/local/scratch.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import type { Role } from '../../../shared/case/access.ts';
import { openProvince } from '../../province.ts';
import { type SmtpServer, startSmtpServer } from '../../smtp-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'mail-page-'));
const keyDirectory = join(folder, 'keys');
const dataDirectory = join(folder, 'data');
const visitors = new Map<Role, Visitor>();
let mailServer: SmtpServer;
let server: RunningServer;
let scratch: SqliteScratch;

beforeAll(async () => {
  mailServer = await startSmtpServer();
  mailServer.answer = { recipient: '550 5.1.1 no such mailbox' };
  const made = await openProvince({ people: 8, folder });
  await made.appraiseAll();
  await made.freeze('b1');
  await made.close();
  const smtp = { url: mailServer.url, from: 'chi-tra@tinh.example' };
  server = await startServer({ port: 0, dataDirectory, keyDirectory, seed: 'mail', smtp });
  scratch = openScratch(join(dataDirectory, 'scratch.sqlite'));
  for (const { account, password } of demoAccounts([])) {
    if (['administrator', 'inspector', 'finance-officer', 'home-affairs-leader'].includes(account.role))
      visitors.set(account.role, await signIn(server.url, account.email, password));
  }
}, 60_000);

afterAll(async () => {
  await server.stop();
  scratch.close();
  await mailServer.close();
  rmSync(folder, { recursive: true, force: true });
});

function as(role: Role): Visitor {
  return visitors.get(role) ?? expect.fail(`nobody is signed in as ${role}`);
}

const mainOf = (html: string) => textOf(html.slice(html.indexOf('<main'), html.indexOf('</main')));
const keyIn = (html: string) => /name="mail" value="([^"]+)"/.exec(html)?.[1] ?? '';

test('a bounced mail is a task of the administrator and is told on the pages', async () => {
  await expect
    .poll(async () => mainOf((await as('administrator').get('/')).html), { timeout: 20_000 })
    .toMatch(/Thư không tới người nhận/);
  const page = await as('administrator').get('/thu');
  expect(mainOf(page.html)).toMatch(
    /Trần Quang Vinh.*Lãnh đạo Sở Nội vụ.*Không tới người nhận.*550 5\.1\.1 no such mailbox/s,
  );
  expect(page.html).not.toMatch(/lien-ket|lanhdao\.noivu|phiên bản 1/);
  expect(mainOf((await as('finance-officer').get('/dot/b1')).html)).toMatch(/Trần Quang Vinh, thư không tới/);
  expect(mainOf((await as('finance-officer').get('/')).html)).not.toContain('Thư không tới');
});

test('the inspector sees it and has nothing to press', async () => {
  const page = await as('inspector').get('/thu');
  expect(mainOf(page.html)).toContain('Không tới người nhận');
  expect(page.html).not.toContain('name="mail"');
  expect((await as('inspector').post('/thu', { mail: 'b1/people/1/demo-home-affairs-leader' })).status).toBe(403);
});

test('sent again by one click it arrives with a link that opens the batch; the same click again sends nothing', async () => {
  mailServer.answer = {};
  const administrator = as('administrator');
  const key = keyIn((await administrator.get('/thu')).html);
  expect(key).toBe('b1/people/1/demo-home-affairs-leader');
  const after = await administrator.post('/thu', { mail: key });
  expect([after.url, mainOf(after.html)]).toEqual(['/thu?gui-lai=1', expect.stringMatching(/hàng gửi lại/)]);
  await expect.poll(() => mailServer.received.length, { timeout: 10_000 }).toBe(1);
  const again = await administrator.post('/thu', { mail: key });
  expect([again.status, mainOf(again.html)]).toEqual([409, expect.stringMatching(/đã được gửi lại rồi/)]);
  const [link = ''] = allMatches(mailServer.received[0]?.html ?? '', /<a href="([^"]+)"/);
  expect((await as('home-affairs-leader').get(new URL(link).pathname)).url).toBe('/dot/b1');
  expect(mailServer.received).toHaveLength(1);
  expect(mainOf((await administrator.get('/')).html)).not.toContain('Thư không tới');
  await expect
    .poll(async () => mainOf((await as('finance-officer').get('/dot/b1')).html), { timeout: 10_000 })
    .toMatch(/Trần Quang Vinh, đã gửi thư lúc/);
});

test('a mail that was sent keeps no words and is made anew when it is asked for', async () => {
  expect(scratch.list('mail').filter(({ value }) => value.includes('lien-ket')).length).toBe(1);
  const key = keyIn((await as('finance-officer').get('/thu')).html);
  expect(key).toBe('b1/people/1/demo-home-affairs-leader#2');
  await as('finance-officer').post('/thu', { mail: key });
  await expect.poll(() => mailServer.received.length, { timeout: 10_000 }).toBe(2);
  const links = mailServer.received.map(({ text }) => /http\S+\/lien-ket\/\S+/.exec(text)?.[0]);
  expect(links[0]).toBe(links[1]);
});

test('a mail that does not exist is refused politely', async () => {
  await as('administrator').get('/thu');
  const page = await as('administrator').post('/thu', { mail: 'nothing' });
  expect([page.status, mainOf(page.html)]).toEqual([409, expect.stringMatching(/Không có thư này/)]);
});
