/** The Jobs port on one machine: a record in the scratch store, run by the background thread, run again after a kill. */
import * as z from 'zod';
import { jobKinds } from '../../functions/jobs.ts';
import type { Jobs, JobState } from '../../functions/web/ports.ts';
import type { Ports } from '../../shared/case/ports.ts';
import type { Scratch } from './scratch.ts';

const sentence = z.object({ vi: z.string(), en: z.string() });
const record = z.object({
  kind: z.string(),
  input: z.unknown(),
  by: z.string(),
  status: z.enum(['waiting', 'running', 'done', 'failed']),
  done: z.number(),
  of: z.number(),
  result: z.object({ to: z.string(), problem: sentence.exactOptional(), note: sentence.exactOptional() }).exactOptional(),
});
type JobRecord = z.infer<typeof record>;

/** A finished job's record is kept so long. */
const keptMilliseconds = 7 * 24 * 3_600_000;

/** For the pages: `wake` tells the background thread that there is something to do. */
export function jobs(scratch: Scratch, id: () => string, wake: () => void): Jobs {
  return {
    async start(kind, input, by) {
      const jobId = id();
      write(scratch, jobId, { kind, input, by, status: 'waiting', done: 0, of: 0 });
      wake();
      return jobId;
    },
    async find(jobId) {
      const found = read(scratch, jobId);
      return found === undefined ? undefined : stateOf(jobId, found);
    },
  };
}

function stateOf(id: string, { kind, status, done, of, by, result }: JobRecord): JobState {
  const title = jobKinds[kind]?.title ?? { vi: kind, en: kind };
  return { id, title, status, done, of, by, ...(result === undefined ? {} : { result }) };
}

/** Runs every job that waits, and those that a kill interrupted, one after another. */
export async function runJobs(scratch: Scratch, ports: Ports, report: (error: unknown) => void): Promise<void> {
  const open = scratch
    .list('job')
    .map(({ key, value }) => ({ id: key, job: record.parse(JSON.parse(value)) }))
    .filter(({ job }) => job.status === 'waiting' || job.status === 'running')
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  for (const { id, job } of open) await runJob(id, job, scratch, ports, report);
}

async function runJob(id: string, job: JobRecord, scratch: Scratch, ports: Ports, report: (error: unknown) => void): Promise<void> {
  write(scratch, id, { ...job, status: 'running' });
  try {
    const kind = jobKinds[job.kind];
    if (kind === undefined) throw new Error(`there is no kind of job ${job.kind}`);
    const progress = (done: number, of: number) => write(scratch, id, { ...job, status: 'running', done, of });
    const result = await kind.run(job.input, ports, progress);
    write(scratch, id, { ...job, status: 'done', result });
  } catch (error) {
    report(error);
    write(scratch, id, { ...job, status: 'failed' });
  }
}

function read(scratch: Scratch, id: string): JobRecord | undefined {
  const text = scratch.get('job', id);
  return text === undefined ? undefined : record.parse(JSON.parse(text));
}

function write(scratch: Scratch, id: string, job: JobRecord): void {
  scratch.put('job', id, JSON.stringify(job), Date.now() + keptMilliseconds);
}
