/** The Jobs port: a record in the scratch store, which the home runs off the page's thread. */
import * as z from 'zod';
import { isJobName, jobTitles } from '../job-titles.ts';
import type { Jobs, JobState } from '../web/ports.ts';
import type { Scratch } from '../../shared/case/scratch.ts';

const sentence = z.object({ vi: z.string(), en: z.string() });
export const jobRecord = z.object({
  kind: z.string(),
  input: z.unknown(),
  by: z.string(),
  status: z.enum(['waiting', 'running', 'done', 'failed']),
  done: z.number(),
  of: z.number(),
  /** How often it was begun; one that takes the process down with it is not begun for ever. */
  tries: z.number().default(0),
  result: z
    .object({ to: z.string(), problem: sentence.exactOptional(), note: sentence.exactOptional() })
    .exactOptional(),
});
export type JobRecord = z.infer<typeof jobRecord>;

/** A finished job's record is kept so long. */
const keptMilliseconds = 7 * 24 * 3_600_000;

/** For the pages: `begin` has the home run the job of this number. */
export function jobs(scratch: Scratch, id: () => string, begin: (jobId: string) => void | Promise<void>): Jobs {
  return {
    async start(kind, input, by) {
      const jobId = id();
      await writeJob(scratch, jobId, { kind, input, by, status: 'waiting', done: 0, of: 0, tries: 0 });
      await begin(jobId);
      return jobId;
    },
    async find(jobId) {
      const found = await readJob(scratch, jobId);
      return found === undefined ? undefined : stateOf(jobId, found);
    },
  };
}

function stateOf(id: string, { kind, status, done, of, by, result }: JobRecord): JobState {
  const title = isJobName(kind) ? jobTitles[kind] : { vi: kind, en: kind };
  return { id, title, status, done, of, by, ...(result === undefined ? {} : { result }) };
}

export async function readJob(scratch: Scratch, id: string): Promise<JobRecord | undefined> {
  const text = await scratch.get('job', id);
  return text === undefined ? undefined : jobRecord.parse(JSON.parse(text));
}

export async function writeJob(scratch: Scratch, id: string, job: JobRecord): Promise<void> {
  await scratch.put('job', id, JSON.stringify(job), Date.now() + keptMilliseconds);
}
