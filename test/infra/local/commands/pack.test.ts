/** `npm run pack` and `npm run verify -- pack.zip` on a stored province, as an inspector runs them. */
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readZip } from '../../../../functions/papers/verify-pack.mjs';
import { identityOf, readCase } from '../../../../shared/case/case.ts';
import { caseIdOf } from '../../../../shared/case/part.ts';
import { openProvince } from '../../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'pack-command-'));
const at = (name: string) => join(folder, name);
const personal: string[] = [];

beforeAll(async () => {
  const made = await openProvince({ people: 6, folder });
  for (const { part } of await made.sentBatch('b1')) {
    const of = (await readCase(made.store, caseIdOf(part))) ?? expect.fail(part);
    const { fullName, citizenId } = await identityOf(made.still.vault, of);
    personal.push(fullName, citizenId);
  }
  await made.close();
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  writeFileSync(at('public.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(at('private.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(name: 'pack' | 'verify', ...args: readonly string[]) {
  const command = fileURLToPath(new URL(`../../../../infra/local/commands/${name}.ts`, import.meta.url));
  const env = { ...process.env, DATA_DIR: at('data'), KEY_DIR: at('keys') };
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8', env });
  return { status, stdout, stderr };
}

const textsIn = (file: string) =>
  [...readZip(readFileSync(at(file))).members].map(([name, content]) => `${name}\n${Buffer.from(content).toString()}`);

describe('pack', () => {
  test('lists the batches, one a line', () => {
    expect(run('pack', '--list')).toEqual({ status: 0, stdout: 'b1\n', stderr: '' });
  });

  test('writes a pack that verifies by its root; the same again, to the same bytes', () => {
    const { status, stdout } = run('pack', 'b1', '--out', at('one.zip'));
    expect(status).toBe(0);
    const root = /Mã gói: ([\da-f]{64})/.exec(stdout)?.[1] ?? '';
    expect(run('verify', at('one.zip'), '--root', root)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/Mọi thứ khớp\.\n$/),
    });
    expect(run('verify', '--root', '0'.repeat(64), at('one.zip')).status).toBe(1);
    run('pack', 'b1', '--out', at('two.zip'));
    expect(readFileSync(at('two.zip')).equals(readFileSync(at('one.zip')))).toBe(true);
  });

  test('without a receiver names nobody, in no member and no member’s name', () => {
    expect(personal.length).toBeGreaterThan(4);
    const texts = textsIn('one.zip');
    expect(personal.filter((one) => texts.some((text) => text.includes(one)))).toEqual([]);
  });

  test('for a receiver is sealed, opens with the private key alone, and then names everybody', () => {
    expect(run('pack', 'b1', '--out', at('full.sealed'), '--to', at('public.pem')).status).toBe(0);
    expect(run('verify', at('full.sealed'))).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('hãy mở trước'),
    });
    expect(run('pack', 'open', at('full.sealed'), '--key', at('private.pem'), '--out', at('full.zip')).status).toBe(0);
    expect(run('verify', at('full.zip')).status).toBe(0);
    const people = textsIn('full.zip').find((text) => text.startsWith('people.csv')) ?? '';
    expect(personal.filter((one) => !people.includes(one))).toEqual([]);
  });

  test('that was altered is told as such, and not opened', () => {
    const altered = readFileSync(at('full.sealed'));
    altered.writeUInt8(altered.readUInt8(500) ^ 1, 500);
    writeFileSync(at('altered.sealed'), altered);
    const { status, stdout } = run(
      'pack',
      'open',
      at('altered.sealed'),
      '--key',
      at('private.pem'),
      '--out',
      at('no.zip'),
    );
    expect([status, stdout]).toEqual([1, expect.stringContaining('Gói đã bị sửa')]);
  });

  test.each([
    ['no batch', ['--out', at('x.zip')], 'Cách dùng'],
    ['nowhere to write', ['b1'], 'Cách dùng'],
    ['a batch that is not there', ['b9', '--out', at('x.zip')], 'Không có đợt này'],
    ['an anchor that is not there', ['b1', '--out', at('x.zip'), '--anchor', '0'.repeat(64)], 'không có mã neo'],
    ['a file that is there', ['b1', '--out', at('one.zip')], 'đã có'],
    ['a key that is none', ['b1', '--out', at('x.zip'), '--to', at('private.pem')], 'khóa công khai X25519'],
    ['a key that is not there', ['b1', '--out', at('x.zip'), '--to', at('none.pem')], 'Không đọc được'],
  ])('%s is told in a sentence, with exit code 2', (_, args, words) => {
    expect(run('pack', ...args)).toMatchObject({ status: 2, stderr: expect.stringContaining(words) });
  });
});
