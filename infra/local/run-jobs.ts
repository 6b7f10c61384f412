/** Runs jobs in the background thread; one that a kill interrupted is run again and does what is left to do. */
import { isJobName } from '../../functions/job-titles.ts';
import { jobKinds } from '../../functions/jobs.ts';
import type { Ports } from '../../shared/case/ports.ts';
import { type JobRecord, jobRecord, writeJob } from './jobs.ts';
import type { Scratch } from './scratch.ts';

/** Runs every job that waits, and those that a kill interrupted, one after another. */
export async function runJobs(scratch: Scratch, ports: Ports, report: (error: unknown) => void): Promise<void> {
  const open = scratch
    .list('job')
    .map(({ key, value }) => ({ id: key, job: jobRecord.parse(JSON.parse(value)) }))
    .filter(({ job }) => job.status === 'waiting' || job.status === 'running')
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  for (const { id, job } of open) await runJob(id, job, scratch, ports, report);
}

const mostTries = 20;
const progressEveryMilliseconds = 200;

async function runJob(
  id: string,
  waiting: JobRecord,
  scratch: Scratch,
  ports: Ports,
  report: (error: unknown) => void,
): Promise<void> {
  const job = { ...waiting, tries: waiting.tries + 1 };
  if (job.tries > mostTries) return writeJob(scratch, id, { ...job, status: 'failed' });
  writeJob(scratch, id, { ...job, status: 'running' });
  try {
    if (!isJobName(job.kind)) throw new Error(`there is no kind of job ${job.kind}`);
    const kind = jobKinds[job.kind];
    let written = 0;
    const progress = (done: number, of: number) => {
      // A page looks once a second; each write waits for the disk.
      if (Date.now() - written < progressEveryMilliseconds) return;
      written = Date.now();
      writeJob(scratch, id, { ...job, status: 'running', done, of });
    };
    const result = await kind.run(job.input, ports, progress);
    writeJob(scratch, id, { ...job, status: 'done', result });
  } catch (error) {
    report(error);
    writeJob(scratch, id, { ...job, status: 'failed' });
  }
}
