/** When anchors are taken on one machine: by whoever asks, and once a day. */
import { localDateOf } from '../../shared/calendar.ts';
import { lastAnchor } from '../../shared/case/anchor.ts';
import type { SqliteStore } from './sqlite-store.ts';

export function takeAnchor(store: SqliteStore, by: string, at = new Date().toISOString()): void {
  store.anchor(localDateOf(at), at, by);
}

/** The first time somebody looks on a new day, and as soon as there is anything; not again while nothing was written. */
export async function takeDailyAnchor(store: SqliteStore, at = new Date().toISOString()): Promise<void> {
  const last = await lastAnchor(store);
  if (last !== undefined && localDateOf(last.at) === localDateOf(at)) return;
  // The newest entry may be the last anchor itself.
  const hasMore = store.entriesAfter((last?.upTo ?? 0) + (last === undefined ? 0 : 1), 1).length > 0;
  if (hasMore) takeAnchor(store, 'system', at);
}
