/** A chore that fails, at once or later, ends neither the others nor the server. */
import { expect, test } from 'vitest';
import { doEach } from '../../../infra/local/chores.ts';

test('whatever one of them throws is told, and the others are done in their order', async () => {
  const done: string[] = [];
  const reported: unknown[] = [];
  const [full, locked] = [new Error('disk is full'), new Error('database is locked')];
  const chores = [
    () => done.push('first'),
    () => {
      throw full;
    },
    async () => Promise.reject(locked),
    async () => done.push('last'),
  ];
  await expect(doEach(chores, (error) => reported.push(error))).resolves.toBeUndefined();
  expect([done, reported]).toEqual([
    ['first', 'last'],
    [full, locked],
  ]);
});
