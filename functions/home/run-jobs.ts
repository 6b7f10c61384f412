/** Runs jobs, each by one process at a time; one that a kill interrupted is run again and does what is left to do. */
import { isJobName } from '../job-titles.ts';
import { jobKinds } from '../jobs.ts';
import { Transient } from '../../shared/case/faults.ts';
import type { Ports } from '../../shared/case/ports.ts';
import type { Scratch } from '../../shared/case/scratch.ts';
import { findOpenJob, type JobRecord, leaseOf, type OpenJob, openJobs, writerOf } from './jobs.ts';
import { functionMinutes, withLease } from './lease.ts';

/** Runs every job that is due, and those that a kill interrupted, one after another. */
export async function runJobs(scratch: Scratch, ports: Ports, report: (error: unknown) => void): Promise<void> {
  for (const { id, job } of await openJobs(scratch)) {
    if (job.due <= Date.now()) await runJob(id, scratch, ports, report).catch(report);
  }
}

/**
 * Runs the one of this number, unless it was run to its end already or another process is at it. Throws Transient for what may
 * pass: the job waits, to be run once more.
 */
export async function runJob(
  id: string,
  scratch: Scratch,
  ports: Ports,
  report: (error: unknown) => void,
): Promise<void> {
  await withLease(scratch, { name: leaseOf(id), minutes: functionMinutes }, async () => {
    // Read under the lease: whoever held it before may have ended the job.
    const open = await findOpenJob(scratch, id);
    if (open !== undefined) await run(open, scratch, ports, report);
  });
}

const mostTries = 20;
/** After the first, second, … fault that may pass; after the last the job has failed. */
const ladderSeconds = [5, 30, 60, 300, 600] as const;
const progressEveryMilliseconds = 200;

async function run(open: OpenJob, scratch: Scratch, ports: Ports, report: (error: unknown) => void): Promise<void> {
  const write = writerOf(scratch, open);
  const job: JobRecord = { ...open.job, tries: open.job.tries + 1, due: Date.now() };
  if (job.tries > mostTries) return void (await write({ ...job, status: 'failed' }));
  if (!(await write({ ...job, status: 'running' }))) return;
  let told = Promise.resolve();
  try {
    if (!isJobName(job.kind)) throw new Error(`there is no kind of job ${job.kind}`);
    const kind = jobKinds[job.kind];
    let written = 0;
    const progress = (done: number, of: number) => {
      // A page looks once a second; each write waits for the disk.
      if (Date.now() - written < progressEveryMilliseconds) return;
      written = Date.now();
      told = told.then(async () => void (await write({ ...job, status: 'running', done, of }))).catch(report);
    };
    const result = await kind.run(job.input, ports, progress);
    // What is told of the way must not come after the end.
    await told;
    await write({ ...job, status: 'done', result });
  } catch (error) {
    await told;
    const seconds = error instanceof Transient ? ladderSeconds[job.faults] : undefined;
    if (seconds !== undefined) {
      await write({ ...job, status: 'waiting', faults: job.faults + 1, due: Date.now() + seconds * 1000 });
      throw error;
    }
    report(error);
    await write({ ...job, status: 'failed' });
  }
}
