import { expect, test } from 'vitest';
import { memoryRate } from '../../../functions/api/rate.ts';

const most = 10_000;
const minute = 60_000;

test('whoever asked too often waits on, though ten thousand others come after them', () => {
  let now = 0;
  const rate = memoryRate(() => now, 1);
  rate.take('old');
  now = 1;
  rate.take('busy');
  for (let one = 0; one < most - 1; one += 1) rate.take(`other ${one}`);
  expect(rate.take('busy')).toBe(60);
});

test('with the memory full those whose time is over make room first, then the oldest', () => {
  let now = 0;
  const rate = memoryRate(() => now, 1);
  rate.take('renewed');
  for (let one = 0; one < most - 2; one += 1) rate.take(`over ${one}`);
  now = minute;
  for (const caller of ['renewed', 'second']) rate.take(caller);
  for (let one = 0; one < most - 2; one += 1) rate.take(`new ${one}`);
  expect([rate.take('renewed'), rate.take('second')]).toEqual([60, 60]);
  rate.take('one more');
  expect([rate.take('second'), rate.take('renewed')]).toEqual([60, undefined]);
});
