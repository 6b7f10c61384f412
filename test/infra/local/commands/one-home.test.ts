/** Where a province is at home, and who is erased, by the commands as they are typed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allDemoAccounts } from '../../../../infra/local/accounts.ts';
import { keptMails } from '../../../../functions/home/mails.ts';
import { openHome } from '../../../../infra/local/home.ts';
import { appended } from '../../../contracts/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'one-home-commands-'));
const at = (name: string) => join(folder, name);
const administrators = ['demo-administrator', 'demo-administrator-2'] as const;

beforeAll(async () => {
  const home = openHome({ dataDirectory: at('data'), keyDirectory: at('keys'), publicUrl: '' });
  for (const { account, password } of allDemoAccounts([])) await home.accounts.add(account, password);
  await home.store.commit([appended('case/1', 0, 'submitted')]);
  home.close();
}, 30_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(data: string, command: string, ...args: readonly string[]) {
  const path = fileURLToPath(new URL(`../../../../infra/local/commands/${command}.ts`, import.meta.url));
  const env = { ...process.env, DATA_DIR: at(data), KEY_DIR: at('keys'), PUBLIC_URL: 'https://chi-tra.tinh.example' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], { encoding: 'utf8', env });
  return { status, said: stdout + stderr };
}

const payHere = (...args: readonly string[]) =>
  run(
    'data',
    'pay-here',
    '--operator',
    'Lưu Đức Cường',
    '--by',
    administrators[0],
    '--document',
    '1/UBND',
    '--reason',
    'Bỏ việc chuyển',
    ...args,
  );

async function recorded() {
  const home = openHome({ dataDirectory: at('data'), keyDirectory: at('keys'), publicUrl: '' });
  const found = await home.store.read('province');
  const last = JSON.parse(found.at(-1)?.data ?? '{}');
  const operator = await home.keys.open(`account-${administrators[0]}`, last.operator ?? '').catch(() => '');
  const mails = (await keptMails(home.scratch.port)).map(({ account, lines, button }) => [
    account,
    lines.join(' '),
    button?.url,
  ]);
  home.close();
  return { kinds: found.map(({ kind }) => kind), data: found.at(-1)?.data ?? '', operator, mails };
}

test('an export that moves says by whom and where to, and its home is told back by two administrators', async () => {
  const moving = ['--out', at('move'), '--moving', '--to', 'máy mới'];
  expect(run('data', 'export', ...moving)).toMatchObject({ status: 2, said: expect.stringContaining('Cách dùng') });
  expect(run('data', 'export', ...moving, '--by', 'demo-finance-leader')).toMatchObject({
    status: 2,
    said: expect.stringContaining('không phải tài khoản quản trị'),
  });
  expect(payHere('--confirmed-by', administrators[1])).toMatchObject({ status: 1 });
  const made = run('data', 'export', ...moving, '--by', administrators[0]);
  expect(made).toMatchObject({ status: 0, said: expect.stringContaining('Tỉnh đã chuyển đi') });

  const heads = /Mã đầu mút: (\w{64})/.exec(made.said)?.[1] ?? '';
  expect(run('new', 'import', '--from', at('move'), '--heads', 'a')).toMatchObject({ status: 2 });
  expect(run('new', 'import', '--from', at('move'), '--heads', 'a'.repeat(64))).toMatchObject({ status: 1 });
  expect(run('new', 'import', '--from', at('move'), '--heads', heads)).toMatchObject({
    status: 0,
    said: expect.stringMatching(/Chưa đối chiếu với giấy.*từ nay chi ở đây/s),
  });

  expect(payHere()).toMatchObject({ status: 2, said: expect.stringContaining('Cách dùng') });
  expect(payHere('--confirmed-by', administrators[0], '--yes')).toMatchObject({ status: 1 });
  const plan = payHere('--confirmed-by', administrators[1]);
  expect(plan).toMatchObject({ status: 0 });
  expect(plan.said).toMatch(/Chưa làm gì\..*tỉnh đã chuyển đi \(máy mới\) lúc \d\d:\d\d ngày .*nơi nào khác.*--yes/s);
  expect(await recorded()).toMatchObject({ kinds: ['moved-away'], mails: [] });

  expect(payHere('--confirmed-by', administrators[1], '--yes')).toMatchObject({
    status: 0,
    said: expect.stringContaining('thư báo'),
  });
  const { kinds, data, operator, mails } = await recorded();
  expect(kinds).toEqual(['moved-away', 'pays-here']);
  expect(data).not.toContain('Cường');
  expect(operator).toBe('Lưu Đức Cường');
  const told = [expect.stringMatching(/nhân danh đồng chí.*1\/UBND(?!.*Cường)/s), 'https://chi-tra.tinh.example'];
  expect(new Map(mails.map(([account, ...rest]) => [account, rest]))).toEqual(
    new Map(administrators.map((one) => [one, told])),
  );
}, 60_000);

test('an erasure that is refused says why, and none is begun by half a command', () => {
  const wish = ['--case', '1', '--document', '1/UBND', '--on', '2026-01-01', '--kept-until', '2025-12-31'];
  const who = ['--reason', 'Hết hạn', '--by', administrators[0], '--confirmed-by'];
  expect(run('data', 'erase-person', ...wish, ...who, administrators[1])).toMatchObject({
    status: 1,
    said: expect.stringContaining('lãnh đạo Sở Nội vụ'),
  });
  expect(run('data', 'erase-person', ...wish, ...who, 'demo-home-affairs-leader')).toMatchObject({
    status: 1,
    said: expect.stringContaining('Không có hồ sơ này'),
  });
  expect(run('data', 'erase-person', '--reason', 'x')).toMatchObject({ status: 2 });
  expect(run('data', 'erase-person', '--home', 'moon')).toMatchObject({ status: 2 });
  expect(run('data', 'erase-person', '--again')).toMatchObject({
    status: 0,
    said: expect.stringContaining('Không có'),
  });
}, 30_000);

test('every command of the runbook is a script of the package', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'));
  const operations = readFileSync(new URL('../../../../infra/aws/OPERATIONS.md', import.meta.url), 'utf8');
  const named = [...operations.matchAll(/npm run (?:-s |--silent )?([a-z:-]+)/g)].map(([, name]) => name ?? '');
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
