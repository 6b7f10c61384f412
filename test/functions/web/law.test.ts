/** The page of the law over HTTP: the numbers of the day that was asked for, in both languages, small enough. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { signIn, textOf, type Visitor } from '../../../infra/local/commands/visitor.ts';
import { type RunningServer, startServer } from '../../../infra/local/server.ts';
import { localDateOf } from '../../../shared/calendar.ts';
import { formatDong } from '../../../shared/dong.ts';
import { setReading } from '../../../shared/entitlement/set-reading.ts';
import { inForceOn } from '../../../shared/law/dated.ts';
import { baseSalary } from '../../../shared/law/decree-73-2024/article-03.ts';
import { readingNumbers } from '../../../shared/law/readings.ts';
import { openProvince } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'law-page-'));
let server: RunningServer;
let inspector: Visitor;

beforeAll(async () => {
  const made = await openProvince({ people: 1, folder });
  const document = { number: '1/BNV', on: '2025-06-01', paper: 'a-scan' };
  expect(await setReading({ number: 'X3', value: 'flat-5', document }, 'leader', made.still)).toEqual({
    outcome: 'set',
  });
  await made.close();
  server = await startServer({
    port: 0,
    dataDirectory: join(folder, 'data'),
    keyDirectory: join(folder, 'keys'),
    seed: 'law',
  });
  const { account, password } = demoAccounts([]).find(({ account: { role } }) => role === 'inspector') ?? expect.fail();
  inspector = await signIn(server.url, account.email, password);
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('without a day it shows the base salary of today, under 100 kB', async () => {
  const { status, html, bytes } = await inspector.get('/luat');
  expect(status).toBe(200);
  const today = localDateOf(new Date().toISOString());
  expect(textOf(html)).toContain(`${formatDong(inForceOn(baseSalary, today).value)} đồng`);
  expect(bytes.length).toBeLessThan(100_000);
});

test.each([
  ['2024-06-30', '1.800.000 đồng Từ 01/07/2023 · Nghị định 24/2023/NĐ-CP, Điều 3 khoản 2'],
  ['2024-07-01', '2.340.000 đồng Từ 01/07/2024 · Nghị định 73/2024/NĐ-CP, Điều 3 khoản 2'],
])('on %s it shows the number of that day with its citation', async (day, words) => {
  const { status, html } = await inspector.get(`/luat?ngay=${day}`);
  expect(status).toBe(200);
  expect(html).toContain(`value="${day}"`);
  expect(textOf(html)).toContain(words);
});

test('a row that rests on an open question leads to the question, and every question stands there', async () => {
  const { html, bytes } = await inspector.get('/luat?ngay=2025-07-01');
  expect(textOf(html)).toContain('Câu hỏi mở X21');
  expect(html).toContain('href="#X21"');
  for (const number of readingNumbers) expect(html).toContain(`id="${number}"`);
  expect(bytes.length).toBeLessThan(100_000);
});

test('a question that was settled says so, with its answer; the others are unset', async () => {
  const { html } = await inspector.get('/luat');
  const of = (number: string) => textOf(new RegExp(`<li id="${number}">[\\s\\S]*?</li>`).exec(html)?.[0] ?? '');
  expect(of('X3')).toContain('đã quyết định: cố định 5 tháng');
  expect(of('X1')).toContain('chưa quyết định');
});

test('a change within 60 days is told; a day before all law shows none', async () => {
  expect(textOf((await inspector.get('/luat?ngay=2026-06-01')).html)).toContain(
    'Từ 01/07/2026 : Mức lương cơ sở, một tháng: 2.530.000 đồng',
  );
  expect(textOf((await inspector.get('/luat?ngay=1990-01-01')).html)).toContain('Chưa có số nào có hiệu lực ngày này.');
});

test.each(['2025-02-29', '01/07/2025', '%3Cscript%3E'])(
  '%s is no day: told so, with the numbers of today',
  async (day) => {
    const { status, html } = await inspector.get(`/luat?ngay=${day}`);
    expect(status).toBe(422);
    expect(textOf(html)).toContain('Ngày không đọc được');
    expect(html).not.toContain('<script>');
  },
);

test('a day that was emptied is today', async () => {
  expect((await inspector.get('/luat?ngay=')).status).toBe(200);
});

test('the foot of every page leads to it, and it is in English too', async () => {
  expect((await inspector.get('/')).html).toContain('<a href="/luat">');
  const { status, html } = await inspector.get('/ngon-ngu/en?tro-lai=/luat');
  expect([status, textOf(html).includes('Base salary, a month')]).toEqual([200, true]);
});
