import * as z from 'zod';
import { home } from './process.ts';

const wish = z.object({ jobId: z.string() });

/** Invoked without waiting; a job that is begun again does what is left to do. */
export async function handler(event: unknown): Promise<void> {
  await home().runJob(wish.parse(event).jobId);
}
