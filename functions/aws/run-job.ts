/** Runs jobs. By itself, since jobs carry every library of sheets and papers, which no other chore needs. */
import { runJob as runOne } from '../home/run-jobs.ts';
import { figuresJob, figuresOf, report } from './chores.ts';
import type { AwsHome } from './home.ts';

export async function runJob(jobId: string, home: AwsHome): Promise<void> {
  const { store, scratch, ports } = home;
  if (jobId === figuresJob) return figuresOf(home, async () => {}).countCells();
  await runOne(jobId, scratch, { ...ports, store }, report);
}
