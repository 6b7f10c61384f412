import { expect, test } from 'vitest';
import { cachedMinutes, sealingKeys } from '../../../functions/home/sealing.ts';
import { wrappedInMemory } from '../../contracts/files.ts';

const master = Buffer.alloc(32, 7);

test('an erased key leaves the memory of another process within its minutes', async () => {
  const wrapped = wrappedInMemory(new Map());
  let now = 0;
  const other = sealingKeys(master, wrapped, () => now);
  const sealed = await other.seal('c1', 'Bưởi');
  await sealingKeys(master, wrapped).erase(['person/c1']);
  now = cachedMinutes * 60_000 - 1;
  expect(await other.open('c1', sealed)).toBe('Bưởi');
  now += 1;
  expect(await other.open('c1', sealed)).toBeUndefined();
  // And what is sealed for the person from now on, under a key of its own, does not bring the old back.
  await other.seal('c1', 'Bưởi');
  await expect(other.open('c1', sealed)).rejects.toThrow();
});

test('nothing is sealed under a key that another process erased: what is sealed since opens everywhere', async () => {
  const wrapped = wrappedInMemory(new Map());
  const [one, other] = [sealingKeys(master, wrapped), sealingKeys(master, wrapped)];
  await other.open('c1', await one.seal('c1', 'Bưởi'));
  await other.openBytes('f1', await one.sealBytes('f1', Buffer.from('giấy')));
  await one.erase(['person/c1', 'file/f1']);
  const [later, paper] = [await other.seal('c1', 'số mới'), await other.sealBytes('f1', Buffer.from('giấy mới'))];
  for (const keys of [one, other, sealingKeys(master, wrapped)]) {
    expect(await keys.open('c1', later)).toBe('số mới');
    expect(Buffer.from((await keys.openBytes('f1', paper)) ?? []).toString()).toBe('giấy mới');
  }
});

test('a key that this process made or uses is read anew to seal by it, and not again and again to open', async () => {
  let reads = 0;
  const wrapped = wrappedInMemory(new Map());
  const keys = sealingKeys(master, {
    ...wrapped,
    get: async (owner) => {
      reads += 1;
      return wrapped.get(owner);
    },
  });
  await keys.prepare(['c1']);
  const sealed = await keys.seal('c1', 'Bưởi');
  for (let times = 0; times < 10; times += 1) await keys.open('c1', sealed);
  expect(reads).toBe(1);
});

test.each([0, 16, 31, 33])('%i bytes are no master key', (bytes) => {
  expect(() => sealingKeys(Buffer.alloc(bytes), wrappedInMemory(new Map()))).toThrow(RangeError);
});

test('of two that make the key of a person at once, both use the one that was written', async () => {
  const wrapped = wrappedInMemory(new Map());
  const [one, other] = [sealingKeys(master, wrapped), sealingKeys(master, wrapped)];
  await Promise.all([one.prepare(['c1', 'c2']), other.prepare(['c2', 'c1'])]);
  const [mine, theirs] = [await one.seal('c1', 'một'), await other.seal('c2', 'hai')];
  const fresh = sealingKeys(master, wrapped);
  expect([await fresh.open('c1', mine), await fresh.open('c2', theirs)]).toEqual(['một', 'hai']);
});
