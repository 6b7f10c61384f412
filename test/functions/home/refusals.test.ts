/** What is kept of refused access, and that nobody fills the table by being refused. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { refusals } from '../../../functions/home/refusals.ts';
import { scratchInMemory } from '../../contracts/desk.ts';

const refused = { by: 'api/phan-mem', what: 'POST /api/v1/facts', status: 403 };

test('the first of an hour is kept, whoever asks again and however often, in this process or another', async () => {
  const scratch = scratchInMemory();
  let at = '2025-10-01T08:59:58.000Z';
  const [one, other] = [refusals(scratch, () => at), refusals(scratch, () => at)];
  await one.note(refused);
  at = '2025-10-01T08:59:59.000Z';
  await one.note(refused);
  await other.note(refused);
  expect(await one.latest(10)).toEqual([{ at: '2025-10-01T08:59:58.000Z', ...refused }]);
  at = '2025-10-01T09:00:00.000Z';
  await one.note(refused);
  expect((await other.latest(10)).map(({ at: when }) => when)).toEqual([
    '2025-10-01T09:00:00.000Z',
    '2025-10-01T08:59:58.000Z',
  ]);
});

test('there are never more lines than hours, callers, addresses and statuses, multiplied', async () => {
  const hours = ['2025-10-01T08', '2025-10-01T09'];
  const call = fc.record({
    hour: fc.constantFrom(...hours),
    by: fc.constantFrom('a', 'b', undefined),
    what: fc.constantFrom('GET /x', 'POST /y'),
    status: fc.constantFrom(401, 403, 429),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 200 }), async (calls) => {
      const scratch = scratchInMemory();
      let hour = '';
      const log = refusals(scratch, () => `${hour}:00:00.000Z`);
      for (const { by, what, status, ...when } of calls) {
        hour = when.hour;
        await log.note({ ...(by === undefined ? {} : { by }), what, status });
      }
      const distinct = new Set(calls.map(({ hour: h, by, what, status }) => [h, by, what, status].join(' ')));
      expect(await scratch.list('refused')).toHaveLength(distinct.size);
    }),
    { numRuns: 30 },
  );
});

test('a second try after a write that failed is written', async () => {
  const scratch = scratchInMemory();
  let isAway = true;
  const failing = {
    ...scratch,
    insert: async (...given: Parameters<typeof scratch.insert>) => {
      if (isAway) throw new Error('away');
      return scratch.insert(...given);
    },
  };
  const log = refusals(failing, () => '2025-10-01T08:00:00.000Z');
  await expect(log.note(refused)).rejects.toThrow('away');
  isAway = false;
  await log.note(refused);
  expect(await log.latest(1)).toHaveLength(1);
});
