/** What an inspector can see of calls that the guard did not let in. */
import { expect, test } from 'vitest';
import { memoryRate } from '../../../functions/api/rate.ts';
import { refusals } from '../../../functions/home/refusals.ts';
import { readLogPage } from '../../../functions/web/pages/read-log.tsx';
import { textOf } from '../../../infra/local/commands/visitor.ts';
import { openApi } from '../../api-server.ts';
import { provinces } from '../../province.ts';
import { htmlOf, visitOf } from '../../completion-page.ts';

const province = provinces();

test('no token, a scope that a system lacks, too many calls: each once an hour, with its caller and no token', async () => {
  const made = await province({ people: 1 });
  const api = await openApi(made, { rate: memoryRate(Date.now, 3) });
  try {
    const { token } = await api.client(['cases:read']);
    for (const bad of [undefined, 'chi-tra-guessed-1', 'chi-tra-guessed-2']) {
      expect((await api.call('/api/v1/facts', { ...(bad === undefined ? {} : { token: bad }), json: {} })).status).toBe(
        401,
      );
    }
    const calls = Array.from({ length: 5 }, async () => (await api.call('/api/v1/facts', { token, json: {} })).status);
    expect((await Promise.all(calls)).toSorted((one, other) => one - other)).toEqual([403, 403, 403, 429, 429]);

    const log = refusals(made.home.scratch.port, made.still.now);
    const found = await log.latest(10);
    expect(new Map(found.map(({ status, what }) => [status, what]))).toEqual(
      new Map([
        [401, 'POST /api/v1/facts'],
        [403, 'POST /api/v1/facts'],
        [429, 'POST /api/v1/facts'],
      ]),
    );
    expect(found).toHaveLength(3);
    expect(found.filter(({ by }) => by === undefined).map(({ status }) => status)).toEqual([401]);
    expect(JSON.stringify(found)).not.toMatch(new RegExp(`guessed|${token}`));

    const inspector = made.account('inspector');
    const page = textOf(
      await htmlOf(await readLogPage(visitOf(made.still, { refusals: log }, { account: inspector }))),
    );
    for (const words of ['Truy cập bị từ chối', 'không có mã truy cập đúng', 'không có quyền', 'gọi quá nhiều']) {
      expect(page).toContain(words);
    }
  } finally {
    await api.close();
  }
});

test('a log that fails changes no answer', async () => {
  const made = await province({ people: 1 });
  const api = await openApi(made, {
    refusals: {
      async note() {
        throw new Error('away');
      },
    },
  });
  try {
    expect((await api.call('/api/v1/facts', { json: {} })).status).toBe(401);
    expect(made.faults.splice(0)).toHaveLength(1);
  } finally {
    await api.close();
  }
});
