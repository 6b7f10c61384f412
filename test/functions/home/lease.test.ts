import { expect, test } from 'vitest';
import { freeAll, isHeld, withLease } from '../../../functions/home/lease.ts';
import { scratchInMemory } from '../../contracts/desk.ts';

const minute = 60_000;

function opened() {
  let at = 1_000_000;
  const now = () => at;
  const scratch = scratchInMemory(now);
  const did: string[] = [];
  const alone = async (who: string, gate: Promise<void> = Promise.resolve()) =>
    withLease(scratch, { name: 'postman', minutes: 16, now }, async () => {
      did.push(who);
      await gate;
    });
  return { scratch, did, alone, now, pass: (milliseconds: number) => (at += milliseconds) };
}

function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { closed: promise, open: resolve };
}

test('of many at once one does it, and another once that one has ended', async () => {
  const { alone, did } = opened();
  const { closed, open } = gate();
  const first = alone('a', closed);
  expect(await Promise.all([alone('b'), alone('c')])).toEqual([false, false]);
  open();
  expect(await first).toBe(true);
  expect(await alone('d')).toBe(true);
  expect(did).toEqual(['a', 'd']);
});

test('whoever comes back after the time was up frees nobody else’s lease', async () => {
  const { alone, did, pass, scratch } = opened();
  const [late, next] = [gate(), gate()];
  const first = alone('late', late.closed);
  await Promise.resolve();
  pass(16 * minute - 1);
  expect(await alone('early')).toBe(false);
  pass(1);
  const second = alone('next', next.closed);
  late.open();
  await first;
  expect(await isHeld(scratch, 'postman')).toBe(true);
  expect(await alone('third')).toBe(false);
  next.open();
  await second;
  expect(did).toEqual(['late', 'next']);
});

test('a fault frees it, and is told', async () => {
  const { alone, did } = opened();
  await expect(alone('a', Promise.reject(new Error('no mail')))).rejects.toThrow('no mail');
  expect(await alone('b')).toBe(true);
  expect(did).toEqual(['a', 'b']);
});

test('what was done is done, also where freeing fails', async () => {
  const { scratch, did, now } = opened();
  const away = { ...scratch, replace: async () => Promise.reject(new Error('away')) };
  expect(await withLease(away, { name: 'x', minutes: 1, now }, async () => void did.push('a'))).toBe(true);
  expect(await isHeld(scratch, 'x')).toBe(true);
});

test.each([
  [12 * minute - 1, true],
  [12 * minute, false],
  [12 * minute + 1, false],
])('%i milliseconds into sixteen minutes, something new may be begun: %s', async (later, may) => {
  const { scratch, now, pass } = opened();
  await withLease(scratch, { name: 'x', minutes: 16, now }, async ({ mayBegin }) => {
    pass(later);
    expect(mayBegin()).toBe(may);
  });
});

test('a start on one machine frees what a killed process held', async () => {
  const { scratch, alone, did } = opened();
  await scratch.insert('lease', 'postman', 'of the dead', Number.MAX_SAFE_INTEGER);
  expect(await alone('a')).toBe(false);
  await freeAll(scratch);
  expect(await alone('b')).toBe(true);
  expect(did).toEqual(['b']);
});
