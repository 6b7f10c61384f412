/**
 * Checks histories that come one after the other, as a home without numbers over all of them gives them: the same findings
 * as `verify.ts`. What each anchor was taken over comes from its list.
 */
import { anchored, anchorHash, anchorStream, type Head, headsHash } from './anchor.ts';
import { type Entry, noHash, type Row } from './store.ts';
import { apply, compareClaims, compareRow, Findings, parse, problemOf, type Verified } from './verify.ts';

export interface StreamCheck {
  /** A whole history in its order, and its row as it lies. */
  history(stream: string, entries: readonly Entry[], row: Row | undefined): void;
  /** One that cannot be read, or not wholly. */
  damaged(stream: string): void;
  claim(key: string, stream: string): void;
  end(): Verified;
}

/** What an anchor's list says; `undefined` when it is gone, or cannot be read. */
export type HeadsList = readonly Head[] | undefined;

/** Takes the list of each anchor in order and, from a printed report, an anchor that must be among them. */
export function checkStreams(lists: readonly HeadsList[], printedAnchor?: string): StreamCheck {
  const found = new Findings();
  const points = listedPoints(lists);
  const claims = new Map<string, string>();
  const stored: (readonly [string, string])[] = [];
  const counted = { entries: 0, streams: 0, rows: 0 };
  let anchors: readonly Entry[] = [];

  function check(entries: readonly Entry[], rows: Map<string, string>, own: Map<string, string>): void {
    let before: Entry | undefined;
    for (const entry of entries) {
      const what = problemOf(entry, before);
      if (what !== undefined) found.add({ of: 'entry', at: entry.stream, seq: entry.seq, what });
      if (entry.effects !== '') apply(entry, rows, own, found);
      before = entry;
    }
  }

  return {
    history(stream, entries, row) {
      const rows = new Map<string, string>();
      const own = new Map<string, string>();
      check(entries, rows, own);
      points.pass(stream, entries, found);
      for (const [key] of own) {
        if (claims.has(key)) found.add({ of: 'claim', at: key, what: 'claimed-twice' });
        else claims.set(key, stream);
      }
      const expected = rows.get(stream);
      if (row !== undefined) compareRow(row, expected, found);
      else if (expected !== undefined) found.add({ of: 'row', at: stream, what: 'row-missing' });
      if (stream === anchorStream) anchors = entries;
      counted.entries += entries.length;
      counted.streams += 1;
      counted.rows += row === undefined ? 0 : 1;
    },
    damaged(stream) {
      found.add({ of: 'entry', at: stream, what: 'unreadable' });
      points.pass(stream, [], found);
    },
    claim: (key, stream) => void stored.push([key, stream]),
    end() {
      points.end(found);
      const known = checkAnchors(anchors, lists, points.broken, found);
      if (printedAnchor !== undefined && !known.has(printedAnchor)) {
        found.add({ of: 'anchor', at: printedAnchor, what: 'anchor-unknown' });
      }
      const claimCount = compareClaims(stored, claims, found);
      const { problems, count } = found;
      return { ...counted, claims: claimCount, anchors: known.size, problems, count };
    },
  };
}

type Point = readonly [seq: number, hash: string, anchor: number];

/** Each head that an anchor lists must be an entry of its history, each further on than the one listed before. */
function listedPoints(lists: readonly HeadsList[]) {
  const points = new Map<string, Point[]>();
  for (const [index, list] of lists.entries()) {
    for (const [stream, seq, hash] of list ?? []) {
      const known = points.get(stream) ?? [];
      points.set(stream, known);
      known.push([seq, hash, index + 1]);
    }
  }
  const broken = new Set<number>();

  function pass(stream: string, entries: readonly Entry[], found: Findings): void {
    let before = 0;
    for (const [seq, hash, anchor] of points.get(stream) ?? []) {
      if (seq <= before || entries[seq - 1]?.hash !== hash) {
        found.add({ of: 'entry', at: stream, seq, what: 'not-as-anchored' });
        broken.add(anchor);
      }
      before = seq;
    }
    points.delete(stream);
  }

  return {
    /** The numbers of the anchors that list something else than there is. */
    broken,
    pass,
    /** Histories that are listed and were not there. */
    end(found: Findings): void {
      for (const stream of points.keys()) pass(stream, [], found);
    },
  };
}

/** The chain of the anchors, each with its list; those that hold. */
function checkAnchors(
  anchors: readonly Entry[],
  lists: readonly HeadsList[],
  broken: ReadonlySet<number>,
  found: Findings,
): ReadonlySet<string> {
  const known = new Set<string>();
  const standing = new Map<string, number>();
  let previous = noHash;
  let covered = 0;
  for (const { seq, data } of anchors) {
    const said = anchored.safeParse(parse(data));
    if (!said.success) {
      found.add({ of: 'anchor', at: anchorStream, seq, what: 'anchor-broken' });
      continue;
    }
    const { anchor, heads, upTo } = said.data;
    if (said.data.previous !== previous || anchorHash(said.data) !== anchor) {
      found.add({ of: 'anchor', at: anchorStream, seq, what: 'anchor-broken' });
    }
    const list = lists[seq - 1];
    for (const [stream, last] of list ?? []) {
      covered += last - (standing.get(stream) ?? 0);
      standing.set(stream, last);
    }
    const holds = list !== undefined && headsHash(list) === heads && upTo === covered && !broken.has(seq);
    if (holds) known.add(anchor);
    else found.add({ of: 'anchor', at: anchorStream, seq, what: 'anchor-differs' });
    previous = anchor;
  }
  return known;
}
