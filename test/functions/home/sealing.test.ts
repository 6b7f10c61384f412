import { expect, test } from 'vitest';
import { cachedMinutes, sealingKeys } from '../../../functions/home/sealing.ts';
import { wrappedInMemory } from '../../contracts/files.ts';

const master = Buffer.alloc(32, 7);

test('an erased key leaves the memory of another process within its minutes', async () => {
  const wrapped = wrappedInMemory(new Map());
  let now = 0;
  const other = sealingKeys(master, wrapped, () => now);
  const sealed = await other.seal('c1', 'Bưởi');
  await sealingKeys(master, wrapped).erase('c1');
  now = cachedMinutes * 60_000 - 1;
  expect(await other.open('c1', sealed)).toBe('Bưởi');
  now += 1;
  expect(await other.open('c1', sealed)).toBeUndefined();
  // And what is sealed for the person from now on, under a key of its own, does not bring the old back.
  await other.seal('c1', 'Bưởi');
  await expect(other.open('c1', sealed)).rejects.toThrow();
});

test('a key that is used is not read again and again', async () => {
  let reads = 0;
  const wrapped = wrappedInMemory(new Map());
  const keys = sealingKeys(master, {
    ...wrapped,
    get: async (owner) => {
      reads += 1;
      return wrapped.get(owner);
    },
  });
  const sealed = await keys.seal('c1', 'Bưởi');
  const before = reads;
  for (let times = 0; times < 10; times += 1) await keys.open('c1', sealed);
  expect(reads).toBe(before);
});

test.each([0, 16, 31, 33])('%i bytes are no master key', (bytes) => {
  expect(() => sealingKeys(Buffer.alloc(bytes), wrappedInMemory(new Map()))).toThrow(RangeError);
});
