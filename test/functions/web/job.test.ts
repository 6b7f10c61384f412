/** The page that waits for a job: what it says of how far it is, and that it looks again by itself. */
import { html } from 'hono/html';
import type * as z from 'zod';
import { expect, test } from 'vitest';
import { jobs, type jobRecord } from '../../../functions/home/jobs.ts';
import { jobPage } from '../../../functions/web/pages/job.tsx';
import type { Visit } from '../../../functions/web/page.tsx';
import { textOf } from '../../../infra/local/commands/visitor.ts';
import { openScratch } from '../../../infra/local/scratch.ts';

const scratch = openScratch(':memory:').port;
const waiting = { kind: 'take-anchor', input: {}, by: 'leader', status: 'waiting', done: 0, of: 0, tries: 0 } as const;

async function shown(job: z.input<typeof jobRecord>, who = 'leader') {
  await scratch.put('job', 'j1', JSON.stringify(job));
  const visit = {
    account: { id: who },
    params: { id: 'j1' },
    ports: {
      jobs: jobs(
        scratch,
        () => 'j1',
        () => {},
      ),
    },
    say: (vi: string) => vi,
    words: (sentence: { readonly vi: string }) => sentence.vi,
  } as never as Visit;
  const answer = await jobPage(visit);
  if (!('page' in answer)) return answer;
  return { page: answer.page, looksAgain: answer.refreshAfter, text: textOf(String(await html`${answer.body}`)) };
}

test.each([
  [{}, 'Đang bắt đầu…'],
  [{ status: 'running' }, 'Đang làm…'],
  [{ status: 'running', done: 300 }, 'Đã xong 300.'],
  [{ status: 'running', done: 300, of: 900 }, 'Đã xong 300 trên 900.'],
] as const)('of a job that is %j it says how far it is, and looks again', async (how, says) => {
  const seen = await shown({ ...waiting, ...how });
  expect(seen).toMatchObject({ page: 'Đang lấy mã neo', looksAgain: 1, text: expect.stringContaining(says) });
});

test('it leads on when the job is done, says so when it failed, and shows nobody another’s', async () => {
  const to = '/hoan-thanh#ma-neo';
  expect(await shown({ ...waiting, status: 'done', result: { to } })).toEqual({ to });
  const failed = await shown({ ...waiting, status: 'failed' });
  expect(failed).toMatchObject({ looksAgain: undefined, text: expect.stringContaining('Hãy thử lại') });
  expect(await shown(waiting, 'another')).toMatchObject({ page: 'Không tìm thấy' });
});
