import * as z from 'zod';
import { runJob } from '../run-job.ts';
import { home } from './process.ts';

const wish = z.object({ jobId: z.string() });

/** Invoked without waiting; throws for what may pass, and is tried again. A job that is begun again does what is left to do. */
export async function handler(event: unknown): Promise<void> {
  await runJob(wish.parse(event).jobId, home());
}
