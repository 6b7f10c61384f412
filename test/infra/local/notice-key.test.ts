import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { noticeKeyOf } from '../../../functions/home/notice-keys.ts';
import { noticeSigner } from '../../../infra/local/notice-key.ts';
import { describeNoticeSigner } from '../../contracts/notice-signer.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'notice-key-'));
  folders.push(made);
  return made;
}

describeNoticeSigner('a key in a file', () => {
  const directory = folder();
  return {
    signer: noticeSigner(directory),
    async changeKey() {
      renameSync(join(directory, 'notice.key'), join(directory, 'notice.old'));
    },
  };
});

test('the private key is the owner’s alone, and nothing is left of its making', async () => {
  const directory = folder();
  await noticeSigner(directory).current();
  expect(readdirSync(directory).toSorted()).toEqual(['notice-keys', 'notice.key']);
  expect(statSync(join(directory, 'notice.key')).mode & 0o777).toBe(0o600);
});

test('two threads have the same key, whoever came first', async () => {
  const directory = folder();
  const [one, other] = await Promise.all([noticeSigner(directory).current(), noticeSigner(directory).current()]);
  expect(one).toEqual(other);
  expect(await noticeSigner(directory).current()).toEqual(one);
});

test('a private key is only ever shown as its public half, and what is no key is refused', async () => {
  const directory = folder();
  await noticeSigner(directory).current();
  expect(noticeKeyOf(readFileSync(join(directory, 'notice.key'), 'utf8')).pem).not.toContain('PRIVATE');
  expect(() => noticeKeyOf('-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----')).toThrow();
});
