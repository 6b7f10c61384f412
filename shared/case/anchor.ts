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
  /** How many entries stand behind it, over all histories. Where a home numbers its entries, the number of the last of them. */
  upTo: z.number().int(),
  anchor: z.string(),
});
export type Anchor = z.infer<typeof anchored>;

export const anchorStream = 'anchors';

export function anchorHash({ on, previous, heads, upTo }: Omit<Anchor, 'anchor'>): string {
  return hashOf({ on, previous, heads, upTo });
}

/** A head a line, sorted; no line end after the last. Its SHA-256 is what an anchor says of its heads. */
export function headsText(heads: readonly Head[]): string {
  return heads
    .map((head) => JSON.stringify(head))
    .toSorted()
    .join('\n');
}

/** The order in which heads are given does not matter. */
export function headsHash(heads: readonly Head[]): string {
  return sha256(headsText(heads));
}

const head = z.tuple([z.string(), z.number().int().positive(), z.string()]);

/** Reads what `headsText` wrote; throws when it is something else. */
export function headsIn(text: string): readonly Head[] {
  return text === '' ? [] : text.split('\n').map((line) => head.parse(JSON.parse(line)));
}

/** What an anchor says of the heads since the one before. */
export function anchorOf(on: string, previous: Anchor | undefined, heads: readonly Head[], upTo: number): Anchor {
  const said = { on, previous: previous?.anchor ?? noHash, heads: headsHash(heads), upTo };
  return { ...said, anchor: anchorHash(said) };
}

/**
 * Port: from what anchors are taken and proved. An anchor lists where each history ended that went on since the one before,
 * its own included. An entry stands behind the first anchor that lists its history at its number or a later one.
 */
export interface AnchoredHistories {
  /** Takes an anchor: whatever was written before it was asked for stands behind it, and of what is written meanwhile each history as far as it says. */
  anchor(on: LocalDate, at: Instant, by: string): Promise<Anchor>;
  /** The same, when anything but anchors was written since the last; else takes none. */
  anchorNews(on: LocalDate, at: Instant, by: string): Promise<Anchor | undefined>;
  /** What an anchor was taken over, by its number, 1 for the first; in no order. */
  headsOf(number: number): Promise<readonly Head[]>;
  /** A history as it stands behind an anchor, and the number of the anchor that lists where it ends; 0 when it is empty. */
  entriesUpTo(
    stream: string,
    number: number,
  ): Promise<{ readonly entries: readonly Entry[]; readonly listedIn: number }>;
}

export async function lastAnchor(store: Pick<Store, 'read'>): Promise<(Anchor & { readonly at: string }) | undefined> {
  const last = (await store.read(anchorStream)).at(-1);
  return last === undefined ? undefined : { ...dataOf(last, anchored), at: last.at };
}
