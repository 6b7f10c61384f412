/**
 * Checks histories on their own: every hash and link, nothing missing, rows and claims as the histories make them, and
 * every anchor. Needs no key: what is sealed stays sealed.
 */
import * as z from 'zod';
import { canonical } from '../hash.ts';
import { anchored, anchorHash, anchorStream, type Head, headsHash } from './anchor.ts';
import { type Entry, entryHash, noHash, type Row } from './store.ts';

/** All that a store holds: entries in the order in which they were written, from position 1 without a gap. */
export interface Held {
  readonly entries: Iterable<Entry & { readonly position: number }>;
  readonly rows: Iterable<Row>;
  readonly claims: Iterable<readonly [key: string, stream: string]>;
}

export interface Problem {
  readonly of: 'entry' | 'row' | 'claim' | 'anchor';
  /** The stream, or the key. */
  readonly at: string;
  /** Of an entry. */
  readonly seq?: number;
  readonly what: ProblemCode;
}
export type ProblemCode =
  | 'missing-before'
  | 'wrong-seq'
  | 'wrong-link'
  | 'wrong-hash'
  | 'unreadable'
  | 'not-as-anchored'
  | 'row-differs'
  | 'row-not-in-histories'
  | 'row-missing'
  | 'claim-differs'
  | 'claim-not-in-histories'
  | 'claim-missing'
  | 'claimed-twice'
  | 'anchor-broken'
  | 'anchor-differs'
  | 'anchor-unknown';

export interface Verified {
  readonly entries: number;
  readonly streams: number;
  readonly rows: number;
  readonly claims: number;
  readonly anchors: number;
  /** In the order in which they were found, the first broken entry first; not more than a hundred are kept. */
  readonly problems: readonly Problem[];
  readonly count: number;
}

const mostProblems = 100;
const rowAlone = '{"row":';

const effects = z.object({
  row: z.record(z.string(), z.unknown()).optional(),
  claims: z.array(z.string()).optional(),
  releases: z.array(z.string()).optional(),
});

/** Takes what is stored and, from a printed report, an anchor that must be among those recomputed. */
export function verifyHistories({ entries, rows, claims }: Held, printedAnchor?: string): Verified {
  const found = new Findings();
  const rebuilt = rebuild(entries, found, printedAnchor);
  const rowCount = compareRows(rows, rebuilt.rows, found);
  const claimCount = compareClaims(claims, rebuilt.claims, found);
  const { count, problems } = found;
  const { entryCount, streams, anchors } = rebuilt;
  return { entries: entryCount, streams, rows: rowCount, claims: claimCount, anchors, problems, count };
}

export class Findings {
  readonly problems: Problem[] = [];
  count = 0;

  add(problem: Problem): void {
    this.count += 1;
    if (this.problems.length < mostProblems) this.problems.push(problem);
  }
}

interface Rebuilt {
  readonly rows: Map<string, string>;
  readonly claims: Map<string, string>;
  readonly entryCount: number;
  readonly streams: number;
  readonly anchors: number;
}

function rebuild(entries: Held['entries'], found: Findings, printedAnchor: string | undefined): Rebuilt {
  const heads = new Map<string, { seq: number; hash: string }>();
  const rows = new Map<string, string>();
  const claims = new Map<string, string>();
  const anchors = new AnchorCheck(found);
  let entryCount = 0;
  let position = 0;
  for (const entry of entries) {
    entryCount += 1;
    const { stream, seq } = entry;
    const isNext = entry.position === position + 1;
    const broken = problemOf(entry, heads.get(stream)) ?? (isNext ? undefined : 'missing-before');
    if (broken !== undefined) found.add({ of: 'entry', at: stream, seq, what: broken });
    position = entry.position;
    heads.set(stream, { seq, hash: entry.hash });
    anchors.pass(entry);
    if (entry.effects !== '') apply(entry, rows, claims, found);
  }
  if (printedAnchor !== undefined && !anchors.known.has(printedAnchor)) {
    found.add({ of: 'anchor', at: printedAnchor, what: 'anchor-unknown' });
  }
  return { rows, claims, entryCount, streams: heads.size, anchors: anchors.known.size };
}

/** Takes an entry and the one before it of its history. */
export function problemOf(
  entry: Entry,
  before: { readonly seq: number; readonly hash: string } | undefined,
): ProblemCode | undefined {
  if (entry.seq !== (before?.seq ?? 0) + 1) return 'wrong-seq';
  if (entry.previousHash !== (before?.hash ?? noHash)) return 'wrong-link';
  if (entry.hash !== entryHash(entry)) return 'wrong-hash';
  return undefined;
}

/** What an entry's commit made of its stream's row and claims. */
export function apply(
  { stream, seq, effects: text }: Entry,
  rows: Map<string, string>,
  claims: Map<string, string>,
  found: Findings,
): void {
  // Canonical text names the row last, so most are a row alone and need no reading.
  if (text.startsWith(rowAlone)) return void rows.set(stream, text.slice(rowAlone.length, -1));
  const parsed = effects.safeParse(parse(text));
  if (!parsed.success) return found.add({ of: 'entry', at: stream, seq, what: 'wrong-hash' });
  const { row, claims: taken = [], releases = [] } = parsed.data;
  for (const key of releases) if (claims.get(key) === stream) claims.delete(key);
  for (const key of taken) {
    const holder = claims.get(key);
    if (holder !== undefined && holder !== stream) found.add({ of: 'claim', at: key, what: 'claimed-twice' });
    else claims.set(key, stream);
  }
  if (row !== undefined) rows.set(stream, canonical(row));
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Follows the anchors along the entries: the heads each was taken over, and the chain they make. */
class AnchorCheck {
  readonly known = new Set<string>();
  readonly #found: Findings;
  /** The histories that went on since the anchor before, with their newest entry. */
  #since = new Map<string, Head>();
  #previous = noHash;

  constructor(found: Findings) {
    this.#found = found;
  }

  pass(entry: Entry & { readonly position: number }): void {
    if (entry.stream === anchorStream) this.#check(entry);
    this.#since.set(entry.stream, [entry.stream, entry.seq, entry.hash]);
  }

  #check({ data, seq, position }: Entry & { readonly position: number }): void {
    const said = anchored.safeParse(parse(data));
    const broken = (what: ProblemCode) => this.#found.add({ of: 'anchor', at: anchorStream, seq, what });
    if (!said.success) return broken('anchor-broken');
    const { heads, previous, anchor, upTo } = said.data;
    if (previous !== this.#previous || anchorHash(said.data) !== anchor) broken('anchor-broken');
    const isSame = upTo === position - 1 && headsHash([...this.#since.values()]) === heads;
    if (isSame) this.known.add(anchor);
    else broken('anchor-differs');
    this.#since = new Map();
    this.#previous = anchor;
  }
}

/** What a row is, beside what its history makes of it. */
export function compareRow({ stream, ...row }: Row, expected: string | undefined, found: Findings): void {
  if (expected === undefined) found.add({ of: 'row', at: stream, what: 'row-not-in-histories' });
  else if (expected !== canonical(row)) found.add({ of: 'row', at: stream, what: 'row-differs' });
}

function compareRows(rows: Held['rows'], rebuilt: Map<string, string>, found: Findings): number {
  let count = 0;
  for (const row of rows) {
    count += 1;
    compareRow(row, rebuilt.get(row.stream), found);
    rebuilt.delete(row.stream);
  }
  for (const stream of rebuilt.keys()) found.add({ of: 'row', at: stream, what: 'row-missing' });
  return count;
}

export function compareClaims(claims: Held['claims'], rebuilt: Map<string, string>, found: Findings): number {
  let count = 0;
  for (const [key, stream] of claims) {
    count += 1;
    const expected = rebuilt.get(key);
    if (expected === undefined) found.add({ of: 'claim', at: key, what: 'claim-not-in-histories' });
    else if (expected !== stream) found.add({ of: 'claim', at: key, what: 'claim-differs' });
    rebuilt.delete(key);
  }
  for (const key of rebuilt.keys()) found.add({ of: 'claim', at: key, what: 'claim-missing' });
  return count;
}
