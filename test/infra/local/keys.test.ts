import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Keys, openKeys } from '../../../infra/local/keys.ts';

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

function erase(owner: string): void {
  const database = new DatabaseSync(join(directory, 'keys.sqlite'));
  expect(database.prepare('DELETE FROM keys WHERE owner = ?').run(owner).changes).toBe(1);
  database.close();
}

/** One bit of the sealed text, somewhere. */
function altered(sealed: string, position: number): string {
  const bytes = Buffer.from(sealed, 'base64');
  bytes.writeUInt8(bytes.readUInt8(position) ^ 1, position);
  return bytes.toString('base64');
}

describe("a person's field", () => {
  test.each([identity, '', 'x'.repeat(100_000)])('opens to what was sealed', async (text) => {
    expect(await keys.open('c1', await keys.seal('c1', text))).toBe(text);
  });

  test('shows nothing of the clear text, and never the same twice', async () => {
    const [one, other] = [await keys.seal('c1', identity), await keys.seal('c1', identity)];
    expect(one).not.toBe(other);
    expect(Buffer.from(one, 'base64').includes('040170000001')).toBe(false);
  });

  test('does not open for another person', async () => {
    const sealed = await keys.seal('c1', identity);
    await keys.prepare(['c2']);
    await expect(keys.open('c2', sealed)).rejects.toThrow();
  });

  test('opens after a restart', async () => {
    const sealed = await keys.seal('c1', identity);
    reopen();
    expect(await keys.open('c1', sealed)).toBe(identity);
  });

  test('is unreadable once the key of the person is erased, and those of others are not', async () => {
    const [mine, other] = [await keys.seal('c1', identity), await keys.seal('c2', identity)];
    erase('person/c1');
    reopen();
    expect([await keys.open('c1', mine), await keys.open('c2', other)]).toEqual([undefined, identity]);
  });

  test('of a person without a key is nothing', async () => {
    expect(await keys.open('unknown', await keys.seal('c1', identity))).toBeUndefined();
  });

  test.each([
    ['nonce', 0],
    ['tag', 12],
    ['text', 28],
  ])('with an altered %s is a fault, and no other text', async (_, position) => {
    const sealed = await keys.seal('c1', identity);
    await expect(keys.open('c1', altered(sealed, position))).rejects.toThrow();
  });

  test('cut short is a fault', async () => {
    const sealed = Buffer.from(await keys.seal('c1', identity), 'base64');
    await expect(keys.open('c1', sealed.subarray(0, -1).toString('base64'))).rejects.toThrow();
  });

  test('stays readable when its key is prepared again', async () => {
    await keys.prepare(['c1', 'c2']);
    const sealed = await keys.seal('c1', identity);
    await keys.prepare(['c1', 'c3']);
    reopen();
    expect(await keys.open('c1', sealed)).toBe(identity);
  });

  test('is sealed alike by two threads that meet at a new person', async () => {
    const other = openKeys(keyDirectory(), directory);
    const [mine, theirs] = [await keys.seal('c1', 'mine'), await other.seal('c1', 'theirs')];
    expect([await other.open('c1', mine), await keys.open('c1', theirs)]).toEqual(['mine', 'theirs']);
    other.close();
  });
});

describe('a digest', () => {
  test('finds the same value again, after a restart too', async () => {
    const before = await keys.digest('citizen', '040170000001');
    reopen();
    expect([before, await keys.digest('citizen', '040170000001')]).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}$/),
      before,
    ]);
  });

  test('keeps an account from meeting a citizen id of the same digits', async () => {
    const kinds = ['citizen', 'account', 'name', 'link'] as const;
    const digests = await Promise.all(kinds.map((kind) => keys.digest(kind, '040170000001')));
    expect(new Set(digests).size).toBe(kinds.length);
  });

  test('is keyed: another installation has another', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'chi-tra-keys-'));
    const others = openKeys(join(elsewhere, 'keys'), elsewhere);
    expect(await others.digest('citizen', '040170000001')).not.toBe(await keys.digest('citizen', '040170000001'));
    others.close();
    rmSync(elsewhere, { recursive: true });
  });
});

test('a derived key is the same each time, another for each purpose, and 32 bytes', () => {
  const before = keys.derive('session cookie');
  reopen();
  expect(keys.derive('session cookie')).toEqual(before);
  expect(keys.derive('oidc client')).not.toEqual(before);
  expect(before).toHaveLength(32);
});

describe('the master key', () => {
  test('is read by its owner alone', () => {
    expect([statSync(masterFile()).mode & 0o777, statSync(keyDirectory()).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  test('is not made anew while data are sealed under one that is missing', () => {
    keys.close();
    copyFileSync(masterFile(), join(directory, 'aside'));
    unlinkSync(masterFile());
    expect(() => openKeys(keyDirectory(), directory)).toThrow('the data are sealed');
    copyFileSync(join(directory, 'aside'), masterFile());
    keys = openKeys(keyDirectory(), directory);
  });

  test.each(['', 'not a key', Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64')])(
    'is refused when the file holds %j',
    (text) => {
      writeFileSync(masterFile(), text);
      expect(() => openKeys(keyDirectory(), directory)).toThrow('is not a master key');
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
