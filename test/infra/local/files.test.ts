import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sealedFiles } from '../../../infra/local/files.ts';
import { type Keys, openKeys } from '../../../infra/local/keys.ts';
import type { Files } from '../../../shared/case/ports.ts';
import { sha256 } from '../../../shared/hash.ts';

let directory: string;
let keys: Keys;
let files: Files;
const content = Buffer.from('Danh sách: Nguyễn Thị Bưởi, 040170000001');
const folder = () => join(directory, 'files');
const pathOf = (hash: string) => join(folder(), hash.slice(0, 2), hash);
const stored = () =>
  readdirSync(folder(), { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ name }) => name);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'chi-tra-files-'));
  keys = openKeys(join(directory, 'keys'), directory);
  files = sealedFiles(folder(), keys);
});
afterEach(() => {
  keys.close();
  rmSync(directory, { recursive: true });
});

test.each([
  ['a list', content],
  ['nothing at all', new Uint8Array()],
  ['a megabyte', new Uint8Array(1_000_000).fill(3)],
])('%s comes back by the hash of its clear content', async (_, given) => {
  const hash = await files.put(given);
  expect(hash).toBe(sha256(given));
  expect(Buffer.from((await files.get(hash)) ?? []).equals(given)).toBe(true);
});

test('the same content twice is stored once', async () => {
  const hashes = [await files.put(content), await files.put(new Uint8Array(content))];
  expect(new Set(hashes).size).toBe(1);
  expect(stored()).toEqual([hashes[0]]);
});

test('nothing lies on the disk in clear, and only its owner reads it', async () => {
  const path = pathOf(await files.put(content));
  expect(readFileSync(path).includes('040170000001')).toBe(false);
  expect([statSync(path).mode & 0o777, statSync(dirname(path)).mode & 0o777]).toEqual([0o600, 0o700]);
});

test.each([
  ['the nonce', 0],
  ['the tag', 12],
  ['the content', 28],
])('a file of which %s was altered is a fault', async (_, position) => {
  const hash = await files.put(content);
  const bytes = readFileSync(pathOf(hash));
  bytes.writeUInt8(bytes.readUInt8(position) ^ 1, position);
  writeFileSync(pathOf(hash), bytes);
  await expect(files.get(hash)).rejects.toThrow();
});

test('a file cut short is a fault', async () => {
  const hash = await files.put(content);
  writeFileSync(pathOf(hash), readFileSync(pathOf(hash)).subarray(0, -1));
  await expect(files.get(hash)).rejects.toThrow();
});

test('a file in the place of another is a fault, though it was sealed here', async () => {
  const [mine, other] = [await files.put(content), await files.put(Buffer.from('another list'))];
  writeFileSync(pathOf(mine), readFileSync(pathOf(other)));
  await expect(files.get(mine)).rejects.toThrow();
});

test('other content sealed under the key of a file does not match its hash', async () => {
  const hash = await files.put(content);
  writeFileSync(pathOf(hash), keys.sealBytes(hash, Buffer.from('another list')));
  await expect(files.get(hash)).rejects.toThrow('does not match its hash');
});

test.each([sha256('never put'), '', '../keys/master.key', `../../${sha256('x')}`, sha256('x').toUpperCase()])(
  'there is no file %j',
  async (hash) => {
    await files.put(content);
    expect(await files.get(hash)).toBeUndefined();
  },
);

test('a file is gone with its key', async () => {
  const hash = await files.put(content);
  keys.close();
  const database = new DatabaseSync(join(directory, 'keys.sqlite'));
  database.exec('DELETE FROM keys');
  database.close();
  keys = openKeys(join(directory, 'keys'), directory);
  expect(await sealedFiles(folder(), keys).get(hash)).toBeUndefined();
});

test('what a power cut left half written is not taken for the file', async () => {
  const hash = sha256(content);
  mkdirSync(dirname(pathOf(hash)), { recursive: true });
  writeFileSync(`${pathOf(hash)}.0d9c1f6e`, 'half');
  expect(await files.get(hash)).toBeUndefined();
  await files.put(content);
  expect(Buffer.from((await files.get(hash)) ?? []).equals(content)).toBe(true);
});
