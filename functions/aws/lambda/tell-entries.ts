import { toldOf } from '../bus-events.ts';

/** Between the Pipe's source and the bus: an empty list tells nobody anything. */
export async function handler(records: unknown): Promise<readonly object[]> {
  return toldOf(records);
}
