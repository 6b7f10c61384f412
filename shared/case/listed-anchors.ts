/**
 * Anchors where entries have no number over all histories. The heads are walked while others write; which ones an anchor was
 * taken over is kept in Files, and the hash of that list stands in the anchor.
 *
 * Whatever was written before the walk began is listed: each head is read as it is then or later, and histories only grow.
 * Of what is written during the walk, a history may be listed and another of the same commit not; the next anchor lists that.
 */
import {
  type Anchor,
  anchored,
  type AnchoredHistories,
  anchorOf,
  anchorStream,
  type Head,
  headsHash,
  headsIn,
  headsText,
} from './anchor.ts';
import { Transient } from './faults.ts';
import { dataOf } from './history.ts';
import type { Files } from './ports.ts';
import type { Entry, Store } from './store.ts';

export interface ListedHome {
  readonly store: Pick<Store, 'read' | 'commit'>;
  readonly files: Pick<Files, 'get' | 'put'>;
  /** The head of every history, as it is when it is read or later; none that existed when the walk began is left out. */
  heads(): AsyncIterable<Head>;
}

/** Others may take an anchor at the same time; the walk is then made anew. */
const mostTries = 5;

export function listedAnchors({ store, files, heads }: ListedHome): AnchoredHistories {
  const lists = knownLists(store, files);

  async function take(on: string, at: string, by: string, isOnlyNews: boolean): Promise<Anchor | undefined> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const before = await store.read(anchorStream);
      const points = await lists.upTo(before.length);
      const previous = before.at(-1);
      const said = previous === undefined ? undefined : dataOf(previous, anchored);
      const { since, more } = await newHeads(heads(), points);
      if (isOnlyNews && since.every(([stream]) => stream === anchorStream)) return undefined;
      const anchor = anchorOf(on, said, since, (said?.upTo ?? 0) + more);
      // The list first: an anchor whose list is lost proves nothing.
      await files.put(new TextEncoder().encode(headsText(since)));
      const entry = { kind: 'anchored', at, by, data: anchor };
      const made = await store.commit([{ stream: anchorStream, readAt: before.length, entries: [entry] }]);
      if (made.outcome === 'committed') return anchor;
    }
    throw new Transient('others take anchors all the time');
  }

  return {
    async anchor(on, at, by) {
      const made = await take(on, at, by, false);
      if (made === undefined) throw new Error('an anchor that was asked for was not taken');
      return made;
    },
    anchorNews: async (on, at, by) => take(on, at, by, true),
    headsOf: async (number) => lists.of(number),
    async entriesUpTo(stream, number) {
      const points = (await lists.upTo(number)).get(stream) ?? [];
      const end = points.findLast((point) => point.listedIn <= number);
      if (end === undefined) return { entries: [], listedIn: 0 };
      return { entries: (await store.read(stream)).slice(0, end.seq), listedIn: end.listedIn };
    },
  };
}

/** Where a history stood at an anchor that lists it. */
interface Point {
  readonly seq: number;
  readonly hash: string;
  readonly listedIn: number;
}
/** Of each history, in the order of the anchors. */
type Points = ReadonlyMap<string, readonly Point[]>;

/** Those that an anchor does not list as they are now, and how many entries more they are. */
async function newHeads(
  heads: AsyncIterable<Head>,
  points: Points,
): Promise<{ readonly since: readonly Head[]; readonly more: number }> {
  const since: Head[] = [];
  let more = 0;
  for await (const one of heads) {
    const [stream, seq, hash] = one;
    const known = points.get(stream)?.at(-1);
    if (known?.hash === hash) continue;
    since.push(one);
    more += seq - (known?.seq ?? 0);
  }
  return { since, more };
}

/** Lists are read once: they never change. */
function knownLists(store: Pick<Store, 'read'>, files: Pick<Files, 'get'>) {
  const points = new Map<string, Point[]>();
  let read = 0;
  let reading: Promise<void> = Promise.resolve();

  async function readTo(number: number): Promise<void> {
    if (read >= number) return;
    const anchors = await store.read(anchorStream);
    for (const entry of anchors.slice(read, number)) {
      const list = await listOf(entry, files);
      read = entry.seq;
      for (const [stream, seq, hash] of list) {
        const known = points.get(stream) ?? [];
        points.set(stream, known);
        known.push({ seq, hash, listedIn: read });
      }
    }
  }

  return {
    async of(number: number): Promise<readonly Head[]> {
      const entry = (await store.read(anchorStream))[number - 1];
      if (entry === undefined) throw new RangeError(`there is no anchor ${number}`);
      return listOf(entry, files);
    },
    /** Of all anchors up to one, and perhaps of later ones. One at a time: a list that is read twice would count twice. */
    async upTo(number: number): Promise<Points> {
      const next = async () => readTo(number);
      reading = reading.then(next, next);
      await reading;
      return points;
    },
  };
}

/** What an anchor was taken over. Throws when its list is gone or another. */
export async function listOf(entry: Entry, files: Pick<Files, 'get'>): Promise<readonly Head[]> {
  const { heads: hash } = dataOf(entry, anchored);
  const content = await files.get(hash);
  if (content === undefined) throw new Error(`the list of heads ${hash} of anchor ${entry.seq} is gone`);
  const list = headsIn(new TextDecoder().decode(content));
  if (headsHash(list) !== hash) throw new Error(`the list of heads of anchor ${entry.seq} is another`);
  return list;
}
