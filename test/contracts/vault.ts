/** What every home of the Vault port must keep, with the keys of files and what is derived from the master key. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Keys } from '../../functions/home/sealing.ts';

/** The keys of one home; `reopen` is another process over the same master and wrapped keys. */
export interface OpenVault {
  readonly keys: Keys;
  reopen(): Promise<Keys>;
  close(): Promise<void>;
}

const identity = 'Nguyễn Thị Bưởi, 040170000001';

/** One bit of the sealed text, somewhere. */
function altered(sealed: string, position: number): string {
  const bytes = Buffer.from(sealed, 'base64');
  bytes.writeUInt8(bytes.readUInt8(position) ^ 1, position);
  return bytes.toString('base64');
}

export function vaultContract(name: string, open: () => Promise<OpenVault>): void {
  describe(`a vault ${name}`, () => {
    let home: OpenVault;
    let keys: Keys;
    beforeEach(async () => {
      home = await open();
      ({ keys } = home);
    });
    afterEach(() => home.close());

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

      test('opens in another process', async () => {
        const sealed = await keys.seal('c1', identity);
        expect(await (await home.reopen()).open('c1', sealed)).toBe(identity);
      });

      test('is unreadable once the key of the person is erased, and those of others are not', async () => {
        const [mine, other] = [await keys.seal('c1', identity), await keys.seal('c2', identity)];
        await keys.erase(['person/c1']);
        for (const reader of [keys, await home.reopen()]) {
          expect([await reader.open('c1', mine), await reader.open('c2', other)]).toEqual([undefined, identity]);
        }
        await keys.erase(['person/c1']);
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
        expect(await (await home.reopen()).open('c1', sealed)).toBe(identity);
      });

      test('is sealed alike by two processes that meet at a new person', async () => {
        const other = await home.reopen();
        const [mine, theirs] = await Promise.all([keys.seal('c1', 'mine'), other.seal('c1', 'theirs')]);
        expect([await other.open('c1', mine), await keys.open('c1', theirs)]).toEqual(['mine', 'theirs']);
      });

      test('of many persons whose keys are made at once', async () => {
        const persons = Array.from({ length: 45 }, (_, index) => `c${index}`);
        await keys.prepare(persons);
        const sealed = await Promise.all(persons.map(async (person) => keys.seal(person, person)));
        const reader = await home.reopen();
        expect(await Promise.all(persons.map(async (person, at) => reader.open(person, sealed[at] ?? '')))).toEqual(
          persons,
        );
      });
    });

    test("a file's bytes open by its own key alone, and by none of a person", async () => {
      const sealed = await keys.sealBytes('f1', Buffer.from(identity));
      expect(Buffer.from((await keys.openBytes('f1', sealed)) ?? []).toString()).toBe(identity);
      expect(await keys.openBytes('f2', sealed)).toBeUndefined();
      await keys.seal('f1', identity);
      await expect(keys.open('f1', Buffer.from(sealed).toString('base64'))).rejects.toThrow();
    });

    describe('a digest', () => {
      test('finds the same value again, in another process too', async () => {
        const before = await keys.digest('citizen', '040170000001');
        expect(before).toMatch(/^[0-9a-f]{64}$/);
        expect(await (await home.reopen()).digest('citizen', '040170000001')).toBe(before);
      });

      test('keeps an account from meeting a citizen id of the same digits', async () => {
        const kinds = ['citizen', 'account', 'name', 'link'] as const;
        const digests = await Promise.all(kinds.map(async (kind) => keys.digest(kind, '040170000001')));
        expect(new Set(digests).size).toBe(kinds.length);
      });
    });

    test('a derived key is the same each time, another for each purpose, and 32 bytes', async () => {
      const before = keys.derive('session cookie');
      expect((await home.reopen()).derive('session cookie')).toEqual(before);
      expect(keys.derive('oidc client')).not.toEqual(before);
      expect(before).toHaveLength(32);
    });
  });
}
