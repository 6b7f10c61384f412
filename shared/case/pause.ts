/**
 * Payments may stop for a while, for everybody or for one paying unit, because the Treasury has: nothing is ordered and no
 * sending is recorded until they go on. Results are taken in all the same, and nothing is lost.
 */
import * as z from 'zod';
import { dataOf } from './history.ts';
import type { Store } from './store.ts';

export const pauseEntry = z.object({
  /** A paying unit's code; absent, the whole province. */
  unit: z.string().exactOptional(),
  reason: z.string(),
});
export type PauseEntry = z.infer<typeof pauseEntry>;

export interface Pause extends PauseEntry {
  readonly since: string;
  readonly by: string;
}

export const pauseStream = 'settings/pauses';

/** The pauses in force, the oldest first. */
export async function readPauses(store: Pick<Store, 'read'>): Promise<readonly Pause[]> {
  const open = new Map<string, Pause>();
  for (const entry of await store.read(pauseStream)) {
    const { unit, reason } = dataOf(entry, pauseEntry);
    const key = unit ?? '';
    if (entry.kind === 'resumed') open.delete(key);
    else open.set(key, { ...(unit === undefined ? {} : { unit }), reason, since: entry.at, by: entry.by });
  }
  return [...open.values()];
}

/** The pause that stops this unit, if one does. */
export function pauseOf(pauses: readonly Pause[], unit: string): Pause | undefined {
  return pauses.find((pause) => pause.unit === undefined || pause.unit === unit);
}
