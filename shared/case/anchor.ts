/**
 * Anchors: what every history ended with is hashed, once a day and whenever somebody asks, and chained to the anchor
 * before. A printed anchor proves the histories up to its moment, even to someone who could rewrite all of them.
 */
import * as z from 'zod';
import { hashOf, sha256 } from '../hash.ts';
import type { Instant, LocalDate } from '../calendar.ts';
import { dataOf } from './history.ts';
import { type Entry, noHash, type Store } from './store.ts';

/** Where a history ended: its stream, the seq and the hash of its newest entry. */
export type Head = readonly [stream: string, seq: number, hash: string];

export const anchored = z.object({
  /** The day it was taken, in Viet Nam. */
  on: z.string(),
  /** The anchor before; 64 zeros for the first. */
  previous: z.string(),
  /** SHA-256 over the heads of the histories that went on since the anchor before. */
  heads: z.string(),
  /** The position of the last entry before it, over all histories. */
  upTo: z.number().int(),
  anchor: z.string(),
});
export type Anchor = z.infer<typeof anchored>;

export const anchorStream = 'anchors';

export function anchorHash({ on, previous, heads, upTo }: Omit<Anchor, 'anchor'>): string {
  return hashOf({ on, previous, heads, upTo });
}

/** The order in which heads are given does not matter. */
export function headsHash(heads: readonly Head[]): string {
  const lines = heads.map((head) => JSON.stringify(head)).toSorted();
  return sha256(lines.join('\n'));
}

/** What an anchor says of the heads since the one before. */
export function anchorOf(on: string, previous: Anchor | undefined, heads: readonly Head[], upTo: number): Anchor {
  const said = { on, previous: previous?.anchor ?? noHash, heads: headsHash(heads), upTo };
  return { ...said, anchor: anchorHash(said) };
}

/** Port: the histories by their positions, from which anchors are taken and proved. */
export interface AnchoredHistories {
  /** Takes an anchor over everything written so far; nothing is written between what it covers and itself. */
  anchor(on: LocalDate, at: Instant, by: string): Anchor;
  /** A stream's entries up to a position over all histories, in order, and the position of the last; 0 for none. */
  entriesUpTo(stream: string, upTo: number): { readonly entries: readonly Entry[]; readonly lastPosition: number };
  /** Of the histories that went on after one position and up to another, where each then ended. */
  headsBetween(after: number, upTo: number): readonly Head[];
}

export async function lastAnchor(store: Pick<Store, 'read'>): Promise<(Anchor & { readonly at: string }) | undefined> {
  const last = (await store.read(anchorStream)).at(-1);
  return last === undefined ? undefined : { ...dataOf(last, anchored), at: last.at };
}
