import * as z from 'zod';
import { home } from './process.ts';

const busEvent = z.object({ detail: z.unknown() });

/** A target of the bus: throws so that the event is tried again, and after that lies in the queue of what failed. */
export async function handler(event: unknown): Promise<void> {
  await home().followEntries(busEvent.parse(event).detail);
}
