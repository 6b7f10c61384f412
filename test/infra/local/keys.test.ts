/** What the keys of one machine keep beside the contract of the Vault port. */
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Keys, openKeys } from '../../../infra/local/keys.ts';
import { sha256 } from '../../../shared/hash.ts';

let directory: string;
let keys: Keys;
const keyDirectory = () => join(directory, 'keys');
const masterFile = () => join(keyDirectory(), 'master.key');
const identity = 'Nguyễn Thị Bưởi, 040170000001';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'chi-tra-keys-'));
  keys = openKeys(keyDirectory(), directory);
});
afterEach(() => {
  keys.close();
  rmSync(directory, { recursive: true });
});

function reopen(): void {
  keys.close();
  keys = openKeys(keyDirectory(), directory);
}

test('a digest is keyed: another installation has another', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'chi-tra-keys-'));
  const others = openKeys(join(elsewhere, 'keys'), elsewhere);
  expect(await others.digest('citizen', '040170000001')).not.toBe(await keys.digest('citizen', '040170000001'));
  others.close();
  rmSync(elsewhere, { recursive: true });
});

test('the key of a person is gone from every byte of the folder when it is erased, whatever lay beside it', async () => {
  // Names of two lengths, some at a time: SQLite moves rows between its pages, and leaves copies. No name begins another.
  const name = (index: number) => `${sha256(String(index)).slice(0, index % 2 === 0 ? 30 : 2)}-${index}.`;
  const many = Array.from({ length: 1600 }, (_, index) => name(index));
  for (let at = 0; at < many.length; at += 40) await keys.prepare(many.slice(at, at + 40));
  const isErased = (_: string, index: number) => index % 7 === 0;
  await keys.erase(many.filter(isErased).map((id) => `person/${id}`));
  const left = readdirSync(directory).filter((file) => file.startsWith('keys.sqlite'));
  const bytes = left.map((file) => readFileSync(join(directory, file), 'latin1')).join('');
  const found = many.map((id) => bytes.includes(`person/${id}`));
  expect(found).toEqual(many.map((id, index) => !isErased(id, index)));
});

test('the key of a person is gone from the file when it is erased', async () => {
  const sealed = await keys.seal('c1', identity);
  await keys.erase(['person/c1']);
  const database = new DatabaseSync(join(directory, 'keys.sqlite'));
  expect(database.prepare('SELECT owner FROM keys').all()).toEqual([]);
  database.close();
  reopen();
  expect(await keys.open('c1', sealed)).toBeUndefined();
});

describe('the master key', () => {
  test('is read by its owner alone', () => {
    expect([statSync(masterFile()).mode & 0o777, statSync(keyDirectory()).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  test('is not made anew while data are sealed under one that is missing', () => {
    keys.close();
    copyFileSync(masterFile(), join(directory, 'aside'));
    unlinkSync(masterFile());
    expect(() => openKeys(keyDirectory(), directory)).toThrow('khóa chính không có ở');
    copyFileSync(join(directory, 'aside'), masterFile());
    keys = openKeys(keyDirectory(), directory);
  });

  test.each(['', 'not a key', Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64')])(
    'is refused when the file holds %j',
    (text) => {
      writeFileSync(masterFile(), text);
      expect(() => openKeys(keyDirectory(), directory)).toThrow('không phải khóa chính');
    },
  );

  test('of another installation opens nothing', async () => {
    const sealed = await keys.seal('c1', identity);
    writeFileSync(masterFile(), Buffer.alloc(32, 7).toString('base64'));
    reopen();
    await expect(keys.open('c1', sealed)).rejects.toThrow();
  });

  test('wraps every key in the data: none lies there in clear', async () => {
    const content = new Uint8Array(100);
    await keys.sealBytes('f1', content);
    const master = Buffer.from(readFileSync(masterFile(), 'utf8').trim(), 'base64');
    keys.close();
    expect(readFileSync(join(directory, 'keys.sqlite')).includes(master)).toBe(false);
    keys = openKeys(keyDirectory(), directory);
    const database = new DatabaseSync(join(directory, 'keys.sqlite'));
    const [found] = database.prepare('SELECT length(wrapped) AS length FROM keys').all();
    database.close();
    // Nonce, tag and key.
    expect(found).toEqual({ length: 12 + 16 + 32 });
  });
});
