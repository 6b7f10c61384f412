/** Guards broken on purpose, each by something that stands before the store: the simulation must notice every one. */
import { canonical } from '../../../shared/hash.ts';
import type { Change, Entry, Store } from '../../../shared/case/store.ts';

export const sabotages = ['skip-claim', 'resend-unknown', 'forget-settle', 'settle-twice'] as const;
export type Sabotage = (typeof sabotages)[number];

export const sabotaged: Readonly<Record<Sabotage, (store: Store) => Store>> = {
  // No key is taken, so that nothing exists once.
  'skip-claim': (store) => ({
    ...passing(store),
    commit: async (changes) => store.commit(changes.map(({ claims: _skipped, ...change }) => change)),
  }),
  // Whoever reads an order without an answer reads that it came back, and orders again.
  'resend-unknown': (store) => ({
    ...passing(store),
    read: async (stream) => (await store.read(stream)).map(unknownAsReturned),
    async page(query) {
      const found = await store.page(query);
      return {
        ...found,
        rows: found.rows.map((row) => (row.status === 'unknown' ? { ...row, status: 'returned' } : row)),
      };
    },
  }),
  // Says that an outcome was recorded, and records nothing.
  'forget-settle': (store) => ({
    ...passing(store),
    commit: async (changes) => (changes.some(has('settled')) ? { outcome: 'committed' } : store.commit(changes)),
  }),
  // Gives the estimate back twice what came back once.
  'settle-twice': (store) => ({
    ...passing(store),
    commit: async (changes) => store.commit(changes.map(restoredTwice)),
  }),
};

function passing(store: Store): Store {
  return {
    read: async (stream) => store.read(stream),
    page: async (query) => store.page(query),
    holderOf: async (key) => store.holderOf(key),
    commit: async (changes) => store.commit(changes),
  };
}

function has(kind: string): (change: Change) => boolean {
  return ({ entries }) => entries.some((entry) => entry.kind === kind);
}

function unknownAsReturned(entry: Entry): Entry {
  if (entry.kind !== 'unknown') return entry;
  return entry.stream.startsWith('order/')
    ? { ...entry, kind: 'settled', data: canonical({ outcome: 'returned', on: '2025-10-01', file: 'none' }) }
    : { ...entry, kind: 'returned', data: entry.data.replace('"status":"unknown"', '"status":"returned"') };
}

function restoredTwice(change: Change): Change {
  const again = change.entries.filter(({ kind }) => kind === 'restored');
  return again.length === 0 ? change : { ...change, entries: [...change.entries, ...again] };
}
