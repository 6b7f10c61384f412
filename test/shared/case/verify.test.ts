/** A stored history of a province, and what somebody with the file does to it: the verifier names where. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anchored, anchorHash, anchorOf, anchorStream, type Head } from '../../../shared/case/anchor.ts';
import { type Entry, entryHash, noHash, type Row } from '../../../shared/case/store.ts';
import { canonical } from '../../../shared/hash.ts';
import { type Held, verifyHistories } from '../../../shared/case/verify.ts';
import { openProvince } from '../../province.ts';

type Placed = Entry & { readonly position: number };

const folder = mkdtempSync(join(tmpdir(), 'verify-'));
let entries: readonly Placed[] = [];
let rows: readonly Row[] = [];
let claims: readonly (readonly [string, string])[] = [];
const printed: string[] = [];

beforeAll(async () => {
  const made = await openProvince({ people: 4, folder });
  const { store } = made.home;
  await made.decidedBatch('b1');
  printed.push((await store.anchor('2025-10-01', '2025-10-01T17:00:00Z', 'system')).anchor);
  await made.order('b1');
  await made.sendSlips('b1');
  printed.push((await store.anchor('2025-10-02', '2025-10-02T17:00:00Z', 'system')).anchor);
  const held = store.held();
  [entries, rows, claims] = [[...held.entries], [...held.rows], [...held.claims]];
  await made.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const held = (changed: Partial<Held> = {}): Held => ({ entries, rows, claims, ...changed });
const problemsOf = (changed: Partial<Held>, anchor?: string) => verifyHistories(held(changed), anchor).problems;
const with_ = <T>(all: readonly T[], at: number, one: T): readonly T[] =>
  all.map((old, index) => (index === at ? one : old));

/** What somebody does who knows how the chain is made: every later hash is computed anew, anchors too. */
function rechained(changed: readonly Placed[]): readonly Placed[] {
  const last = new Map<string, string>();
  let since = new Map<string, Head>();
  let previous: ReturnType<typeof anchorOf> | undefined;
  return changed.map((entry) => {
    const previousHash = last.get(entry.stream) ?? noHash;
    let { data } = entry;
    if (entry.stream === anchorStream) {
      previous = anchorOf(anchored.parse(JSON.parse(data)).on, previous, [...since.values()], entry.position - 1);
      data = canonical(previous);
      since = new Map();
    }
    const made = { ...entry, data, previousHash };
    const hash = entryHash(made);
    last.set(entry.stream, hash);
    since.set(entry.stream, [entry.stream, entry.seq, hash]);
    return { ...made, hash };
  });
}

describe('an untouched store', () => {
  test('holds: rows and claims come out of the histories as they stand', () => {
    expect(entries.length).toBeGreaterThan(60);
    const { problems, count, ...counted } = verifyHistories(held(), printed[0]);
    expect([problems, count]).toEqual([[], 0]);
    const streams = new Set(entries.map(({ stream }) => stream)).size;
    expect(counted).toEqual({ entries: entries.length, streams, rows: rows.length, claims: claims.length, anchors: 2 });
  });

  test('has every printed anchor in it, and no other', () => {
    for (const anchor of printed) expect(problemsOf({}, anchor)).toEqual([]);
    expect(problemsOf({}, '0'.repeat(64))).toEqual([{ of: 'anchor', at: '0'.repeat(64), what: 'anchor-unknown' }]);
  });
});

describe('one changed byte is named', () => {
  const fields = ['data', 'effects', 'at', 'by', 'kind', 'hash', 'previousHash'] as const;

  test.each(fields)('in any %s', (field) => {
    for (const [index, entry] of entries.entries()) {
      const text = entry[field];
      if (text === '') continue;
      const at = (index * 7919) % text.length;
      const other = text[at] === 'x' ? 'y' : 'x';
      const altered = { ...entry, [field]: text.slice(0, at) + other + text.slice(at + 1) };
      const [first] = problemsOf({ entries: with_(entries, index, altered) });
      expect(first).toMatchObject({ of: 'entry', at: entry.stream, seq: entry.seq });
    }
  });

  test('one đồng in a history, where the rest was left', () => {
    const index = entries.findIndex(({ data }) => data.includes('"amount":"'));
    const entry = entries[index] ?? expect.fail('there is no amount in clear');
    const dearer = entry.data.replace(/"amount":"(\d+)"/, (_, amount: string) => `"amount":"${BigInt(amount) + 1n}"`);
    expect(dearer).not.toBe(entry.data);
    const problems = problemsOf({ entries: with_(entries, index, { ...entry, data: dearer }) });
    expect(problems).toEqual([{ of: 'entry', at: entry.stream, seq: entry.seq, what: 'wrong-hash' }]);
  });
});

describe('what is taken away or put in is named', () => {
  test('an entry in the middle, and the last one of a history', () => {
    for (const index of entries.keys()) {
      if (index === entries.length - 1) continue;
      const next = entries[index + 1];
      const problems = problemsOf({ entries: entries.toSpliced(index, 1) }).filter(({ of }) => of === 'entry');
      expect(problems[0]).toMatchObject({ at: next?.stream, seq: next?.seq });
    }
  });

  test('the last entry of all, by the rows or claims or anchor it left', () => {
    expect(problemsOf({ entries: entries.slice(0, -1) }, printed[1])).toContainEqual(
      expect.objectContaining({ what: 'anchor-unknown' }),
    );
  });

  test('a row: changed, made up, or gone', () => {
    const [row, ...rest] = rows;
    if (row === undefined) expect.fail('no row');
    const paid = { ...row, status: 'credited' };
    expect(problemsOf({ rows: [paid, ...rest] })).toEqual([{ of: 'row', at: row.stream, what: 'row-differs' }]);
    const dearer = { ...row, summary: { ...row.summary, total: '1' } };
    expect(problemsOf({ rows: [dearer, ...rest] })).toEqual([{ of: 'row', at: row.stream, what: 'row-differs' }]);
    const madeUp = { ...row, stream: 'part/made-up' };
    expect(problemsOf({ rows: [...rows, madeUp] })).toEqual([
      { of: 'row', at: 'part/made-up', what: 'row-not-in-histories' },
    ]);
    expect(problemsOf({ rows: rest })).toEqual([{ of: 'row', at: row.stream, what: 'row-missing' }]);
  });

  test('a claim: given to another, made up, or gone, so that somebody could be paid twice', () => {
    const [first, ...rest] = claims;
    const [key, stream] = first ?? expect.fail('no claim');
    expect(problemsOf({ claims: [[key, 'case/other'], ...rest] })).toEqual([
      { of: 'claim', at: key, what: 'claim-differs' },
    ]);
    expect(problemsOf({ claims: [...claims, ['citizen/x', stream]] })).toEqual([
      { of: 'claim', at: 'citizen/x', what: 'claim-not-in-histories' },
    ]);
    expect(problemsOf({ claims: rest })).toEqual([{ of: 'claim', at: key, what: 'claim-missing' }]);
  });

  test('a claim that two histories say they took', () => {
    const taken = entries.find(({ effects }) => effects.includes('"citizen/')) ?? expect.fail('nobody has a claim');
    const last = entries.at(-1) ?? expect.fail('no entry');
    const effects = JSON.stringify({
      claims: claims.filter(([, stream]) => stream === taken.stream).map(([key]) => key),
    });
    const more = { ...last, stream: 'case/thief', seq: 1, position: last.position + 1, kind: 'submitted', effects };
    const problems = problemsOf({ entries: rechained([...entries, more]) });
    expect(problems).toContainEqual(expect.objectContaining({ of: 'claim', what: 'claimed-twice' }));
  });
});

describe('a chain that was recomputed throughout', () => {
  const index = () => entries.findIndex(({ data }) => data.includes('"amount":"'));
  const forged = () => {
    const entry = entries[index()] ?? expect.fail('no amount');
    const data = entry.data.replace(/"amount":"\d+"/, '"amount":"1"');
    return rechained(with_(entries, index(), { ...entry, data }));
  };

  test('of nothing changed is the same chain: the forger of this test knows how it is made', () => {
    expect(rechained(entries)).toEqual(entries);
  });

  test('holds by itself, and is caught by any printed anchor', () => {
    expect(problemsOf({ entries: forged() })).toEqual([]);
    for (const anchor of printed) {
      expect(problemsOf({ entries: forged() }, anchor)).toEqual([{ of: 'anchor', at: anchor, what: 'anchor-unknown' }]);
    }
  });

  test('with the anchors left as they were is caught without any', () => {
    const mixed = forged().map((entry, at) => (entry.stream === anchorStream ? (entries[at] ?? entry) : entry));
    expect(problemsOf({ entries: mixed }).map(({ what }) => what)).toContain('anchor-differs');
  });

  test('with an anchor that says something else is caught', () => {
    const at = entries.findIndex(({ stream }) => stream === anchorStream);
    const entry = entries[at] ?? expect.fail('no anchor');
    const said = anchored.parse(JSON.parse(entry.data));
    const other = { ...said, upTo: said.upTo - 1 };
    const data = canonical({ ...other, anchor: anchorHash(other) });
    const changed = { ...entry, data };
    const problems = problemsOf({ entries: with_(entries, at, { ...changed, hash: entryHash(changed) }) });
    expect(problems.map(({ what }) => what)).toContain('anchor-differs');
  });
});
