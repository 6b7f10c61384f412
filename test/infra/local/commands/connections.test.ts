/** The commands for other systems, as an administrator runs them: a token once, two administrators, an end; and receivers. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHome } from '../../../../infra/local/home.ts';
import { localDateOf } from '../../../../shared/calendar.ts';
import { clientOfToken } from '../../../../shared/case/api-client.ts';
import { openProvince } from '../../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'connections-'));
const [one, other] = ['demo-administrator', 'another-administrator'];

beforeAll(async () => {
  const province = await openProvince({ people: 2, folder });
  await province.addAccount({
    id: other,
    name: 'Quản trị hai',
    email: 'hai@example.vn',
    role: 'administrator',
    units: [],
  });
  await province.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(command: 'api-client' | 'webhook', ...args: string[]) {
  const script = ['node_modules/tsx/dist/cli.mjs', `infra/local/commands/${command}.ts`, ...args];
  const env = { ...process.env, DATA_DIR: join(folder, 'data'), KEY_DIR: join(folder, 'keys') };
  return spawnSync(process.execPath, script, { encoding: 'utf8', env, timeout: 60_000 });
}

async function clientOf(token: string) {
  const home = openHome({ dataDirectory: join(folder, 'data'), keyDirectory: join(folder, 'keys'), publicUrl: '' });
  const found = await clientOfToken(home.store, token, localDateOf(new Date().toISOString()));
  home.close();
  return found;
}

describe('api-client', () => {
  test('prints a token once, which counts between the other administrator’s word and the end', async () => {
    const made = run('api-client', '--name', 'Kho bạc', '--scope', 'results:write', '--days', '30', '--by', one);
    expect([made.status, made.stderr]).toEqual([0, '']);
    const token = /một lần: (\S+)/.exec(made.stdout)?.[1] ?? '';
    const id = /kết nối: (\S+)/.exec(made.stdout)?.[1] ?? '';
    expect(token).toMatch(/^chitra_[\w-]{43}$/);
    expect(run('api-client', '--confirm', id, '--by', one)).toMatchObject({ status: 1, stdout: '' });
    expect(await clientOf(token)).toBeUndefined();
    expect(run('api-client', '--confirm', id, '--by', other).status).toBe(0);
    expect(await clientOf(token)).toMatchObject({ id, scopes: ['results:write'] });
    const listed = run('api-client', '--list', '--by', one).stdout;
    expect(listed).toContain(id);
    expect(listed).not.toContain(token);
    expect(run('api-client', '--revoke', id, '--reason', 'Hết hợp đồng', '--by', one).status).toBe(0);
    expect(await clientOf(token)).toBeUndefined();
  });

  test('does nothing for somebody who is no administrator, or for what it does not know', () => {
    const wish = ['--name', 'X', '--scope', 'facts:assess'];
    expect(run('api-client', ...wish).status).toBe(2);
    expect(run('api-client', ...wish, '--by', 'demo-finance-leader').status).toBe(2);
    expect(run('api-client', '--name', 'X', '--scope', 'everything', '--by', one).status).toBe(1);
    expect(run('api-client', ...wish, '--unit', '9999999', '--by', one).status).toBe(1);
    expect(run('api-client', '--all', '--by', one).status).toBe(2);
    expect(run('api-client', '--list', '--by', one).stdout).not.toMatch(/\tX$/m);
  });
});

describe('webhook', () => {
  test('prints a secret once, and refuses an address that is none', () => {
    const events = ['--event', 'batch.decided', '--by', one];
    expect(run('webhook', '--name', 'Kế toán', '--url', 'ftp://x', ...events).status).toBe(1);
    const made = run('webhook', '--name', 'Kế toán', '--url', 'https://hooks.example.vn/', ...events);
    expect(made.stdout).toMatch(/một lần: whsec_\S{44}$/m);
    const id = /nhận: (\S+)/.exec(made.stdout)?.[1] ?? '';
    expect(run('webhook', '--list', '--by', one).stdout).toContain('https://hooks.example.vn/');
    expect(run('webhook', '--end', id, '--reason', 'Đổi hệ thống', '--by', one).status).toBe(0);
    expect(run('webhook', '--list', '--by', one).stdout).toBe('');
    expect(run('webhook', '--again', 'a/b', '--by', one).status).toBe(2);
  });
});
