/** Jobs that nobody runs: their beginning was lost on its way, or whoever ran them died. */
import type { Scratch } from '../../shared/case/scratch.ts';
import { leaseOf, openJobs, writerOf } from './jobs.ts';
import { isHeld } from './lease.ts';

/** Whoever was asked to run one is given so long before somebody else is asked. */
const patienceMilliseconds = 5 * 60_000;

/** Has each of them begun once more; one that fails to be asked for is asked for again by a later sweep. */
export async function sweepJobs(
  scratch: Scratch,
  begin: (jobId: string) => Promise<void>,
  now: () => number = Date.now,
): Promise<void> {
  for (const open of await openJobs(scratch)) {
    const { id, job } = open;
    if (job.due + patienceMilliseconds > now() || (await isHeld(scratch, leaseOf(id)))) continue;
    if (await writerOf(scratch, open)({ ...job, due: now() })) await begin(id);
  }
}
