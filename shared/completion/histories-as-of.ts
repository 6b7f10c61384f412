/** The histories as they stood at an instant, for whatever must come out the same when it is made again. */
import type { Instant } from '../calendar.ts';
import type { Entry, Store } from '../case/store.ts';

/** Streams that many people share: read once for all of them. */
const sharedStreams = ['batch/', 'settings/'];

/**
 * Of each stream what was written up to the instant. It ends at the first entry that is later, for an entry may tell an
 * earlier hour than the one before it. Rows and claims are those of today.
 */
export function historiesAsOf(store: Store, at: Instant): Store {
  const known = new Map<string, Promise<readonly Entry[]>>();
  const read = async (stream: string) => upTo(await store.read(stream), at);
  return {
    commit: async (changes) => store.commit(changes),
    page: async (query) => store.page(query),
    holderOf: async (key) => store.holderOf(key),
    async read(stream) {
      if (!sharedStreams.some((start) => stream.startsWith(start))) return read(stream);
      const before = known.get(stream) ?? read(stream);
      known.set(stream, before);
      return before;
    },
  };
}

function upTo(entries: readonly Entry[], at: Instant): readonly Entry[] {
  const later = entries.findIndex((entry) => entry.at > at);
  return later === -1 ? entries : entries.slice(0, later);
}
