/** Reading entries back as what they say, and committing what was decided on them. */
import * as z from 'zod';
import { Transient } from './faults.ts';
import type { Change, CommitOutcome, Entry, Store } from './store.ts';

/** Parses an entry's data; throws when the stored text is not what this kind of entry says. */
export function dataOf<T>(entry: Entry, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(JSON.parse(entry.data));
  if (!parsed.success)
    throw new Error(`${entry.stream} entry ${entry.seq} (${entry.kind}): ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/**
 * What a history comes to, computed once for as long as somebody holds its entries: they never change, and neither may what
 * is made of them. The same holds of anything else that is never changed.
 */
export function once<T, Of extends object = readonly Entry[]>(compute: (of: Of) => T): (of: Of) => T {
  const known = new WeakMap<Of, { readonly value: T }>();
  return (of) => {
    const before = known.get(of);
    if (before !== undefined) return before.value;
    const value = compute(of);
    known.set(of, { value });
    return value;
  };
}

export function ofKind(entries: readonly Entry[], kind: string): readonly Entry[] {
  return entries.filter((entry) => entry.kind === kind);
}

export function lastOfKind(entries: readonly Entry[], kind: string): Entry | undefined {
  return entries.findLast((entry) => entry.kind === kind);
}

/** Tries at one commit before somebody else must look; each try reads afresh. */
const mostTries = 20;

/**
 * Decides on what the store says now, and commits; when someone else was faster it decides again. `decide` returns
 * the changes, or anything else to stop without writing. Throws after twenty conflicts in a row.
 */
export async function commitDeciding<Stop>(
  store: Store,
  decide: () => Promise<{ readonly changes: readonly Change[] } | { readonly stop: Stop }>,
): Promise<Exclude<CommitOutcome, { outcome: 'conflict' }> | { readonly outcome: 'stopped'; readonly stop: Stop }> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const decided = await decide();
    if ('stop' in decided) return { outcome: 'stopped', stop: decided.stop };
    const outcome = await store.commit(decided.changes);
    if (outcome.outcome !== 'conflict') return outcome;
  }
  throw new Transient('twenty conflicts in a row on one commit');
}

/** Slices of a list, for loops of small commits that can be killed anywhere. */
export function* groupsOf<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}

/** Reads that may be on their way together: each is a request of some milliseconds where the store is over a network. */
const mostAtOnce = 32;

/** Reads something for each of a list, some at once; answers in the list's order. The first fault is thrown. */
export async function readEach<T, Read>(all: readonly T[], read: (of: T) => Promise<Read>): Promise<readonly Read[]> {
  const found: Read[] = [];
  for (const group of groupsOf(all, mostAtOnce)) found.push(...(await Promise.all(group.map(read))));
  return found;
}
