/** What the Pipe tells the bus of records of the histories' stream. */
import { Permanent } from '../../shared/case/faults.ts';

/** One detail a stream that got entries; nothing of what the entries say. */
export function toldEntries(records: unknown): readonly object[] {
  throw new Permanent(`records of the stream cannot be read yet: ${typeof records}`);
}
