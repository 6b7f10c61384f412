/** Another master key: what was sealed opens as before, digests stay, and a kill at any step loses nothing. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Keys, openKeys, readMasterKey, writeMasterKey } from '../../../infra/local/keys.ts';
import { rotateKeys } from '../../../infra/local/rotate-keys.ts';

let folder = '';
const data = () => join(folder, 'data');
const keys = () => join(folder, 'keys');
const folders = () => ({ dataDirectory: data(), keyDirectory: keys() });
const master = () => readFileSync(join(keys(), 'master.key'), 'utf8');
let sealed = '';
let digest = '';
let cookie = '';
const paper = Buffer.from('a paper');
let sealedPaper: Uint8Array = paper;

async function with_<T>(act: (opened: Keys) => Promise<T>): Promise<T> {
  const opened = openKeys(keys(), data());
  try {
    return await act(opened);
  } finally {
    opened.close();
  }
}

const cookieSeal = (opened: Keys) => Buffer.from(opened.derive('session cookie')).toString('hex');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rotate-'));
  mkdirSync(data());
  await with_(async (opened) => {
    sealed = await opened.seal('person-1', 'Nguyễn Thử Nghiệm');
    digest = await opened.digest('citizen', '001');
    cookie = cookieSeal(opened);
    sealedPaper = await opened.sealBytes('hash', paper);
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function opensAll(): Promise<void> {
  await with_(async (opened) => {
    expect(await opened.open('person-1', sealed)).toBe('Nguyễn Thử Nghiệm');
    expect(await opened.openBytes('hash', sealedPaper)).toEqual(paper);
    expect(await opened.digest('citizen', '001')).toBe(digest);
  });
}

test('opens what was sealed before, keeps digests, and seals cookies anew', async () => {
  const before = master();
  const { keys: count, oldKey } = rotateKeys(folders());
  expect([count, readFileSync(oldKey, 'utf8')]).toEqual([2, before]);
  expect(master()).not.toBe(before);
  await opensAll();
  await with_(async (opened) => expect(cookieSeal(opened)).not.toBe(cookie));
});

test('may be changed again and again: digests are still those of the first', async () => {
  const olds = [rotateKeys(folders()).oldKey, rotateKeys(folders()).oldKey, rotateKeys(folders()).oldKey];
  expect(new Set(olds).size).toBe(3);
  await opensAll();
});

test('no key is left that the old master key opens', () => {
  const bytesOf = () => {
    const database = new DatabaseSync(join(data(), 'keys.sqlite'));
    const found = database.prepare('SELECT hex(wrapped) AS wrapped FROM keys').all();
    database.close();
    return found.map((row) => String(row['wrapped']));
  };
  const before = bytesOf();
  rotateKeys(folders());
  for (const name of readdirSync(data())) {
    const stored = readFileSync(join(data(), name)).toString('hex').toUpperCase();
    for (const wrapped of before) expect(stored.includes(wrapped)).toBe(false);
  }
});

describe('killed', () => {
  const next = () => join(keys(), 'master.key.next');

  test.each([
    ['after the new key was made', () => void writeMasterKey(next())],
    [
      'after everything was wrapped anew',
      () => {
        const copy = join(folder, 'before');
        cpSync(keys(), copy, { recursive: true });
        rotateKeys(folders());
        renameSync(join(keys(), 'master.key'), next());
        copyFileSync(join(copy, 'master.key'), join(keys(), 'master.key'));
      },
    ],
    [
      'after the old key was put aside',
      () => {
        rotateKeys(folders());
        renameSync(join(keys(), 'master.key'), next());
      },
    ],
  ])('%s, nothing opens the data until it is run again, and then everything does', async (_, killed) => {
    killed();
    expect(() => openKeys(keys(), data())).toThrow('chạy npm run rotate-keys');
    rotateKeys(folders());
    expect(existsSync(next())).toBe(false);
    await opensAll();
  });
});

test.each([
  ['empty', ''],
  ['half written', 'AAAA'],
])('a new key that a power cut left %s is made anew: every sealed thing still opens', async (_, left) => {
  writeFileSync(join(keys(), 'master.key.next'), left);
  expect(() => openKeys(keys(), data())).toThrow('chạy npm run rotate-keys');
  expect(rotateKeys(folders()).keys).toBe(2);
  expect(readdirSync(keys()).filter((name) => !name.endsWith('.old.key'))).toEqual(['master.key']);
  await opensAll();
});

test('a new key that cannot be read is not thrown away where the old one does not open the data', () => {
  writeMasterKey(join(folder, 'another'));
  copyFileSync(join(folder, 'another'), join(keys(), 'master.key'));
  writeFileSync(join(keys(), 'master.key.next'), '');
  expect(() => rotateKeys(folders())).toThrow('không phải của dữ liệu này');
  expect(existsSync(join(keys(), 'master.key.next'))).toBe(true);
});

test('an empty master key is made anew at a first start, and never where something is sealed', () => {
  writeFileSync(join(keys(), 'master.key'), '');
  expect(() => openKeys(keys(), data())).toThrow('không phải khóa chính');
  mkdirSync(join(folder, 'fresh'));
  openKeys(keys(), join(folder, 'fresh')).close();
  expect(readMasterKey(join(keys(), 'master.key'))).toHaveLength(32);
});

test('no key and no half of one is left under another name, and none is written over', () => {
  const file = join(keys(), 'deep', 'folder', 'master.key');
  const made = writeMasterKey(file);
  expect(readdirSync(join(keys(), 'deep', 'folder'))).toEqual(['master.key']);
  expect(() => writeMasterKey(file)).toThrow('không tạo đè lên');
  expect(readMasterKey(file)).toEqual(made);
});

test('a master key that is not of these data, or none, changes nothing', async () => {
  const own = join(keys(), 'master.key');
  const aside = join(folder, 'aside');
  renameSync(own, aside);
  expect(() => rotateKeys(folders())).toThrow('Không có khóa chính');
  writeMasterKey(own);
  expect(() => rotateKeys(folders())).toThrow('không phải của dữ liệu này');
  expect(readdirSync(keys())).toEqual(['master.key']);
  renameSync(aside, own);
  await opensAll();
});
