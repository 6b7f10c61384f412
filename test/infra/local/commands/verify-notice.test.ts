/** The command that checks a paper on any machine: a public key, a text, nothing else. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noticeSigner } from '../../../../infra/local/notice-key.ts';
import { noticeFor } from '../../../../shared/completion/issue-notice.ts';
import { caseIdOf } from '../../../../shared/case/part.ts';
import { formatDong } from '../../../../shared/dong.ts';
import { openProvince } from '../../../province.ts';

const command = join(import.meta.dirname, '../../../../infra/local/commands/verify-notice.ts');
const folder = mkdtempSync(join(tmpdir(), 'verify-notice-'));
const key = join(folder, 'khoa.pem');
const other = join(folder, 'khac.pem');
let seal = '';
let amount = '';

beforeAll(async () => {
  const made = await openProvince({ people: 2 });
  const partId = await made.somebody();
  const order = (await made.sentBatch('b1')).find(({ part }) => part === partId);
  const signed = await noticeFor(caseIdOf(partId), made.still.now(), made.account('inspector'), made.still);
  seal = signed?.seal ?? expect.fail();
  amount = formatDong(BigInt(order?.amount ?? 0));
  writeFileSync(key, (await made.still.noticeSigner.current()).pem);
  writeFileSync(other, (await noticeSigner(join(folder, 'other')).current()).pem);
  // The data are gone before anything is checked.
  await made.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
  });
  return { status, said: `${stdout}${stderr}` };
}

describe('verify-notice', () => {
  test('tells what a genuine QR says, with the right one of several keys, typed or piped', () => {
    for (const one of [run(['--key', other, '--key', key, seal]), run(['--key', key, '-'], `${seal}\n`)]) {
      expect(one.status).toBe(0);
      expect(one.said).toContain('THẬT');
      expect(one.said).toContain(`Số tiền: ${amount} đồng`);
      expect(one.said).toContain('Tình trạng: Đã gửi Kho bạc');
    }
  });

  test('ends with 1 for an altered text, another key, and what is no QR', () => {
    expect(run(['--key', key, seal.replace(':SENT:', ':CREDITED:')])).toMatchObject({
      status: 1,
      said: expect.stringContaining('chữ ký không khớp'),
    });
    expect(run(['--key', other, seal])).toMatchObject({ status: 1, said: expect.stringContaining('không có khóa') });
    expect(run(['--key', key, 'CT1'])).toMatchObject({ status: 1, said: expect.stringContaining('KHÔNG ĐỌC ĐƯỢC') });
  });

  test('ends with 2 and says how it is used for a wrong command line', () => {
    for (const args of [
      [],
      [seal],
      ['--key', key],
      ['--key', 'no-such-file', seal],
      ['--key', command, seal],
      ['--x'],
    ]) {
      expect(run(args)).toMatchObject({ status: 2, said: expect.stringContaining('Cách dùng') });
    }
  });
});
