/** What every home of the Files port must keep. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Keys, WrappedKeys } from '../../functions/home/sealing.ts';
import { sealingKeys } from '../../functions/home/sealing.ts';
import type { Files } from '../../shared/case/ports.ts';
import { sha256 } from '../../shared/hash.ts';

/** The files of one home, and its bytes as a thief or a fault finds them. */
export interface OpenFiles {
  readonly files: Files;
  /** The bytes that lie in the place of the file. */
  stored(hash: string): Promise<Buffer>;
  /** Lays other bytes in its place, without telling. */
  replace(hash: string, bytes: Uint8Array): Promise<void>;
  /** How many files lie there. */
  count(): Promise<number>;
  close(): Promise<void>;
}

/** Keys in memory, with the master key of a test. */
export function memoryKeys(wrapped = new Map<string, Uint8Array>()): Keys {
  return sealingKeys(Buffer.alloc(32, 7), wrappedInMemory(wrapped));
}

export function wrappedInMemory(wrapped: Map<string, Uint8Array>): WrappedKeys {
  return {
    get: async (owner) => wrapped.get(owner),
    async insertMany(keys) {
      const written = [...keys].filter(([owner]) => !wrapped.has(owner));
      for (const [owner, key] of written) wrapped.set(owner, key);
      return written.map(([owner]) => owner);
    },
    async remove(owner) {
      wrapped.delete(owner);
    },
  };
}

const content = Buffer.from('Danh sách: Nguyễn Thị Bưởi, 040170000001');

export function filesContract(name: string, open: (keys: Keys) => Promise<OpenFiles>): void {
  describe(`files ${name}`, () => {
    const wrapped = new Map<string, Uint8Array>();
    let home: OpenFiles;
    beforeEach(async () => {
      wrapped.clear();
      home = await open(memoryKeys(wrapped));
    });
    afterEach(() => home.close());
    const read = async (hash: string) => Buffer.from((await home.files.get(hash)) ?? expect.fail('no such file'));

    test.each([
      ['a list', content],
      ['nothing at all', new Uint8Array()],
      ['a megabyte', new Uint8Array(1_000_000).fill(3)],
    ])('%s comes back by the hash of its clear content', async (_, given) => {
      const hash = await home.files.put(given);
      expect(hash).toBe(sha256(given));
      expect((await read(hash)).equals(given)).toBe(true);
    });

    test('the same content is stored once, by whoever brings it', async () => {
      const hashes = [await home.files.put(content), await home.files.put(new Uint8Array(content))];
      expect(new Set(hashes).size).toBe(1);
      expect(await home.count()).toBe(1);
      expect((await read(sha256(content))).equals(content)).toBe(true);
    });

    test('the same content twice at once is stored once', async () => {
      await Promise.all([home.files.put(content), home.files.put(content), home.files.put(content)]);
      expect(await home.count()).toBe(1);
      expect((await read(sha256(content))).equals(content)).toBe(true);
    });

    test('nothing lies there in clear', async () => {
      const bytes = await home.stored(await home.files.put(content));
      expect(bytes.includes('040170000001')).toBe(false);
    });

    test.each([
      ['the nonce', 0],
      ['the tag', 12],
      ['the content', 28],
    ])('a file of which %s was altered is a fault', async (_, position) => {
      const hash = await home.files.put(content);
      const bytes = await home.stored(hash);
      bytes.writeUInt8(bytes.readUInt8(position) ^ 1, position);
      await home.replace(hash, bytes);
      await expect(home.files.get(hash)).rejects.toThrow();
      await expect(home.files.put(content)).rejects.toThrow();
    });

    test('a file cut short is a fault', async () => {
      const hash = await home.files.put(content);
      await home.replace(hash, (await home.stored(hash)).subarray(0, -1));
      await expect(home.files.get(hash)).rejects.toThrow();
    });

    test('a file in the place of another is a fault, though it was sealed here', async () => {
      const [mine, other] = [await home.files.put(content), await home.files.put(Buffer.from('another list'))];
      await home.replace(mine, await home.stored(other));
      await expect(home.files.get(mine)).rejects.toThrow();
    });

    test('other content sealed under the key of a file does not match its hash', async () => {
      const hash = await home.files.put(content);
      await home.replace(hash, await memoryKeys(wrapped).sealBytes(hash, Buffer.from('another list')));
      await expect(home.files.get(hash)).rejects.toThrow('does not match its hash');
    });

    test.each([sha256('never put'), '', '../keys/master.key', `../../${sha256('x')}`, sha256('x').toUpperCase()])(
      'there is no file %j',
      async (hash) => {
        await home.files.put(content);
        expect(await home.files.get(hash)).toBeUndefined();
      },
    );
  });

  describe(`a file ${name} whose key was erased`, () => {
    test('is gone, and readable again when it is brought again', async () => {
      const wrapped = new Map<string, Uint8Array>();
      const home = await open({ ...memoryKeys(wrapped), ...uncached(wrapped) });
      const hash = await home.files.put(content);
      wrapped.delete(`file/${hash}`);
      expect(await home.files.get(hash)).toBeUndefined();
      await home.files.put(content);
      expect(Buffer.from((await home.files.get(hash)) ?? []).equals(content)).toBe(true);
      await home.close();
    });
  });
}

/** A new process for each file: no key of before is in its memory. */
function uncached(wrapped: Map<string, Uint8Array>): Pick<Keys, 'sealBytes' | 'openBytes'> {
  return {
    sealBytes: async (owner, bytes) => memoryKeys(wrapped).sealBytes(owner, bytes),
    openBytes: async (owner, sealed) => memoryKeys(wrapped).openBytes(owner, sealed),
  };
}
