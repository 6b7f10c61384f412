/** Events on one machine: the histories themselves, read by a cursor. A kill before the cursor moves only acts again. */
import { actOn } from '../../functions/home/duties.ts';
import type { Ports } from '../../shared/case/ports.ts';
import type { Scratch } from '../../shared/case/scratch.ts';
import type { SqliteStore } from './sqlite-store.ts';

const entriesAtOnce = 2000;

/** Acts on what happened since the cursor; answers whether anything had. */
export async function followEvents(
  store: SqliteStore,
  scratch: Scratch,
  ports: Ports,
  report: (error: unknown) => void,
): Promise<boolean> {
  const cursor = Number((await scratch.get('cursor', 'events')) ?? '0');
  const entries = store.entriesAfter(cursor, entriesAtOnce);
  const last = entries.at(-1);
  if (last === undefined) return false;
  await actOn(entries, scratch, ports, report);
  await scratch.put('cursor', 'events', String(last.position));
  return true;
}
