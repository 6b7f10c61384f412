/** What became of a call that was accepted; a client sees its own jobs. And who the token is. */
import { actorOf } from '../../shared/case/api-client.ts';
import { notFound } from './problem.ts';
import { type ApiAnswer, answered, type Call } from './route.ts';
import type { JobAnswer } from './schemas.ts';

export async function readJobRoute({ client, params, ports }: Call): Promise<ApiAnswer> {
  const job = await ports.jobs.find(params['id'] ?? '');
  if (job?.by !== actorOf(client)) return { problem: notFound({ vi: 'công việc', en: 'job' }) };
  const { id, status, done, of, result } = job;
  const { problem, note } = result ?? {};
  const answer: JobAnswer = {
    id,
    status,
    done,
    of,
    ...(problem === undefined ? {} : { problem }),
    ...(note === undefined ? {} : { note }),
  };
  return answered(answer);
}

export async function whoRoute({ client: { id, name, scopes, units } }: Call): Promise<ApiAnswer> {
  return answered({ id, name, scopes, ...(units === undefined ? {} : { units }) });
}
