/** What the folder of one machine keeps beside the contract of the Files port. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'chi-tra-files-'));
  keys = openKeys(join(directory, 'keys'), directory);
  files = sealedFiles(folder(), keys);
});
afterEach(() => {
  keys.close();
  rmSync(directory, { recursive: true });
});

test('only its owner reads a file', async () => {
  const path = pathOf(await files.put(content));
  expect(readFileSync(path).includes('040170000001')).toBe(false);
  expect([statSync(path).mode & 0o777, statSync(dirname(path)).mode & 0o777]).toEqual([0o600, 0o700]);
});

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
