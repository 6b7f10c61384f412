/** Runs jobs; one that a kill interrupted is run again and does what is left to do. */
import { isJobName } from '../job-titles.ts';
import { jobKinds } from '../jobs.ts';
import type { Ports } from '../../shared/case/ports.ts';
import { type JobRecord, jobRecord, readJob, writeJob } from './jobs.ts';
import type { Scratch } from '../../shared/case/scratch.ts';

/** Runs every job that waits, and those that a kill interrupted, one after another. */
export async function runJobs(scratch: Scratch, ports: Ports, report: (error: unknown) => void): Promise<void> {
  const open = (await scratch.list('job'))
    .map(({ key, value }) => ({ id: key, job: jobRecord.parse(JSON.parse(value)) }))
    .filter(({ job }) => isOpen(job))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  for (const { id, job } of open) await run(id, job, scratch, ports, report);
}

/** Runs the one of this number, unless it was run to its end already. */
export async function runJob(
  id: string,
  scratch: Scratch,
  ports: Ports,
  report: (error: unknown) => void,
): Promise<void> {
  const job = await readJob(scratch, id);
  if (job !== undefined && isOpen(job)) await run(id, job, scratch, ports, report);
}

function isOpen({ status }: JobRecord): boolean {
  return status === 'waiting' || status === 'running';
}

const mostTries = 20;
const progressEveryMilliseconds = 200;

async function run(
  id: string,
  waiting: JobRecord,
  scratch: Scratch,
  ports: Ports,
  report: (error: unknown) => void,
): Promise<void> {
  const job = { ...waiting, tries: waiting.tries + 1 };
  if (job.tries > mostTries) return writeJob(scratch, id, { ...job, status: 'failed' });
  await writeJob(scratch, id, { ...job, status: 'running' });
  let told = Promise.resolve();
  try {
    if (!isJobName(job.kind)) throw new Error(`there is no kind of job ${job.kind}`);
    const kind = jobKinds[job.kind];
    let written = 0;
    const progress = (done: number, of: number) => {
      // A page looks once a second; each write waits for the disk.
      if (Date.now() - written < progressEveryMilliseconds) return;
      written = Date.now();
      told = told.then(async () => writeJob(scratch, id, { ...job, status: 'running', done, of })).catch(report);
    };
    const result = await kind.run(job.input, ports, progress);
    // What is told of the way must not come after the end.
    await told;
    await writeJob(scratch, id, { ...job, status: 'done', result });
  } catch (error) {
    report(error);
    await told;
    await writeJob(scratch, id, { ...job, status: 'failed' });
  }
}
