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
  // An anchor stands right after what it covers.
  const hasMore = store.entriesAfter(last === undefined ? 0 : last.upTo + 1, 1).length > 0;
  if (hasMore) takeAnchor(store, 'system', at);
}
