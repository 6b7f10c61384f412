/** What every home of the Store port must keep. A home calls it from a test file of its own, with a way to open a new store. */
import * as fc from 'fast-check';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  allRows,
  type Change,
  entryHash,
  firstBroken,
  mostActions,
  mostChangeBytes,
  mostCommitBytes,
  mostDataBytes,
  mostStreams,
  type NewEntry,
  noHash,
  type Row,
  type RowQuery,
  type Store,
} from '../../shared/case/store.ts';
import { canonical, sha256 } from '../../shared/hash.ts';

type Open = () => Promise<{ readonly store: Store; readonly close: () => Promise<void> }>;

export const at = '2025-10-08T02:00:00.000Z';
export const entry = (kind: string, data: unknown = { kind }): NewEntry => ({ at, by: 'demo-unit-clerk', kind, data });
export const appended = (stream: string, readAt: number, ...kinds: string[]): Change => ({
  stream,
  readAt,
  entries: kinds.map((kind) => entry(kind)),
});
export const caseRow = (status: string, more: Partial<Row> = {}): Omit<Row, 'stream'> => ({
  kind: 'case',
  status,
  summary: {},
  ...more,
});
const times = (count: number) => Array.from({ length: count }, (_, index) => String(index).padStart(3, '0'));
const committed = { outcome: 'committed' };

/** `isForSmallTables` leaves out what needs more than 200 items: a home that is slow with them is tried with few. */
export function storeContract(name: string, open: Open, { isForSmallTables = false } = {}): void {
  describe(`the store ${name}`, () => {
    let store: Store;
    let close: () => Promise<void>;
    beforeEach(async () => {
      ({ store, close } = await open());
    });
    afterEach(() => close());

    const kindsOf = async (stream: string) => (await store.read(stream)).map(({ kind }) => kind);
    const rowsOf = async (query: Omit<RowQuery, 'limit'> = { kind: 'case' }) =>
      (await store.page({ ...query, limit: 1000 })).rows;

    histories({ store: () => store, kindsOf });
    chains({ store: () => store });
    concurrency({ store: () => store, kindsOf, rowsOf });
    claims({ store: () => store, kindsOf, rowsOf });
    limits({ store: () => store, kindsOf, rowsOf });
    pages({ store: () => store, rowsOf }, isForSmallTables);
  });
}

interface Hands {
  /** The store of the test that runs. */
  readonly store: () => Store;
  readonly kindsOf: (stream: string) => Promise<readonly string[]>;
  readonly rowsOf: (query?: Omit<RowQuery, 'limit'>) => Promise<readonly Row[]>;
}

function histories({ store, kindsOf }: Pick<Hands, 'store' | 'kindsOf'>): void {
  describe('a history', () => {
    test('is empty until something happened', async () => {
      expect(await store().read('case/1')).toEqual([]);
    });

    test('holds every entry as it was appended, in order, numbered from one', async () => {
      expect(await store().commit([appended('case/1', 0, 'submitted', 'assessed')])).toEqual(committed);
      expect(await store().commit([appended('case/1', 2, 'appraised')])).toEqual(committed);
      const entries = await store().read('case/1');
      expect(entries.map(({ seq, kind }) => [seq, kind])).toEqual([
        [1, 'submitted'],
        [2, 'assessed'],
        [3, 'appraised'],
      ]);
      expect(entries[0]).toMatchObject({ stream: 'case/1', at, by: 'demo-unit-clerk', data: '{"kind":"submitted"}' });
    });

    test('keeps data as the text that is hashed: keys sorted, sums as decimal text, nothing for what is missing', async () => {
      await store().commit([
        {
          stream: 'case/1',
          readAt: 0,
          entries: [entry('assessed', { to: 'Đậu', sum: 12n, none: undefined, by: ['a', 1] })],
        },
      ]);
      expect((await store().read('case/1'))[0]?.data).toBe('{"by":["a",1],"sum":"12","to":"Đậu"}');
    });

    test('does not touch another', async () => {
      await store().commit([appended('case/1', 0, 'submitted')]);
      await store().commit([appended('case/10', 0, 'submitted', 'assessed')]);
      expect([await kindsOf('case/1'), await kindsOf('case/10')]).toEqual([['submitted'], ['submitted', 'assessed']]);
    });

    test.each([{ row: caseRow('assessed') }, { claims: ['citizen/1'] }, { releases: ['citizen/1'] }])(
      'gets no row and no claim without an entry that tells them: %o',
      async (effects) => {
        await expect(store().commit([{ stream: 'case/1', readAt: 0, entries: [], ...effects }])).rejects.toThrow(
          RangeError,
        );
        expect([await store().read('case/1'), await store().holderOf('citizen/1')]).toEqual([[], undefined]);
      },
    );

    test('tells in the last entry of each commit what became of its row and claims', async () => {
      const row = caseRow('assessed');
      await store().commit([
        { ...appended('case/1', 0, 'submitted', 'assessed'), row, claims: ['citizen/1'], releases: ['x'] },
      ]);
      await store().commit([appended('case/1', 2, 'appraised')]);
      const effects = (await store().read('case/1')).map((one) => one.effects);
      expect(effects).toEqual(['', canonical({ row, claims: ['citizen/1'], releases: ['x'] }), '']);
    });
  });
}

function chains({ store }: Pick<Hands, 'store'>): void {
  describe('the hash chain', () => {
    beforeEach(async () => {
      await store().commit([appended('case/1', 0, 'submitted', 'assessed')]);
      await store().commit([appended('case/1', 2, 'appraised', 'held')]);
    });

    test('begins with 64 zeros, and each entry carries the hash of the one before it', async () => {
      const entries = await store().read('case/1');
      expect(entries.map(({ previousHash }) => previousHash)).toEqual([
        noHash,
        ...entries.slice(0, -1).map(({ hash }) => hash),
      ]);
      expect(entries.map(({ hash }) => hash)).toEqual(entries.map(entryHash));
      expect(firstBroken(entries)).toBeUndefined();
    });

    test('hashes the seven fields, a line each', async () => {
      const [first] = await store().read('case/1');
      const text = ['case/1', '1', at, 'demo-unit-clerk', 'submitted', '{"kind":"submitted"}', '0'.repeat(64)].join(
        '\n',
      );
      expect(first?.hash).toBe(sha256(text));
    });

    test.each([
      ['stream', 'case/2'],
      ['at', '2025-10-09T02:00:00.000Z'],
      ['by', 'demo-inspector'],
      ['kind', 'cancelled'],
      ['data', '{"kind":"other"}'],
      ['previousHash', noHash],
      ['hash', noHash],
      ['seq', 4],
    ])('breaks where %s was altered', async (field, value) => {
      const entries = (await store().read('case/1')).map((one) => (one.seq === 3 ? { ...one, [field]: value } : one));
      expect(firstBroken(entries)).toBe(entries[2]);
    });

    test.each([1, 2, 3])('breaks after the missing entry %i', async (missing) => {
      const entries = (await store().read('case/1')).filter(({ seq }) => seq !== missing);
      expect(firstBroken(entries)?.seq).toBe(missing + 1);
    });

    test('breaks after an altered entry that was given a fresh hash', async () => {
      const entries = (await store().read('case/1')).map((one) => {
        const altered = { ...one, data: '{"kind":"other"}' };
        return one.seq === 2 ? { ...altered, hash: entryHash(altered) } : one;
      });
      expect(firstBroken(entries)?.seq).toBe(3);
    });
  });
}

function concurrency({ store, kindsOf, rowsOf }: Hands): void {
  describe('a commit on what someone else has moved', () => {
    test.each([
      ['an entry before the last', 1],
      ['an entry that is not there yet', 3],
      ['an empty history', 0],
    ])('is a conflict when it read %s, and writes no entry, no row and no claim', async (_, readAt) => {
      await store().commit([appended('case/1', 0, 'submitted', 'assessed')]);
      const change = { ...appended('case/1', readAt, 'appraised'), row: caseRow('appraised'), claims: ['citizen/1'] };
      expect(await store().commit([change])).toEqual({ outcome: 'conflict', stream: 'case/1' });
      expect([await kindsOf('case/1'), await rowsOf(), await store().holderOf('citizen/1')]).toEqual([
        ['submitted', 'assessed'],
        [],
        undefined,
      ]);
    });

    test('gives no key back', async () => {
      await store().commit([{ ...appended('case/1', 0, 'submitted'), claims: ['citizen/1'] }]);
      await store().commit([{ ...appended('case/1', 0, 'cancelled'), releases: ['citizen/1'] }]);
      expect(await store().holderOf('citizen/1')).toBe('case/1');
    });

    test('stops every other stream of the commit, before it and after it', async () => {
      await store().commit([appended('case/2', 0, 'submitted')]);
      const changes = ['case/1', 'case/2', 'case/3'].map((stream) => ({
        ...appended(stream, 0, 'ordered'),
        row: caseRow('sent'),
        claims: [`key/${stream}`],
      }));
      expect(await store().commit(changes)).toEqual({ outcome: 'conflict', stream: 'case/2' });
      expect([
        await kindsOf('case/1'),
        await kindsOf('case/3'),
        await rowsOf(),
        await store().holderOf('key/case/1'),
      ]).toEqual([[], [], [], undefined]);
    });

    test('of several that read the same, exactly one wins', async () => {
      const outcomes = await Promise.all(times(20).map((who) => store().commit([appended('batch/1', 0, `by-${who}`)])));
      expect(outcomes.filter(({ outcome }) => outcome === 'committed')).toHaveLength(1);
      expect(await kindsOf('batch/1')).toHaveLength(1);
    });

    test('of commits asked for at once each is all or nothing by itself, and answered by itself', async () => {
      await store().commit([{ ...appended('case/1', 0, 'submitted'), claims: ['citizen/1'] }]);
      const commits = [
        [{ ...appended('case/2', 0, 'submitted'), claims: ['citizen/2'], row: caseRow('assessed') }],
        [appended('case/3', 0, 'submitted'), appended('case/1', 0, 'late')],
        [{ ...appended('case/4', 0, 'submitted'), claims: ['citizen/4', 'citizen/1'] }],
        [appended('case/1', 1, 'assessed'), appended('case/5', 0, 'submitted')],
        [{ ...appended('case/6', 0, 'submitted'), claims: ['citizen/4'], row: caseRow('held') }],
      ];
      const answers = await Promise.all(commits.map((changes) => store().commit(changes)));
      expect(answers).toEqual([
        committed,
        { outcome: 'conflict', stream: 'case/1' },
        { outcome: 'claimed', key: 'citizen/1', holder: 'case/1' },
        committed,
        committed,
      ]);
      const ended = ['case/1', 'case/2', 'case/3', 'case/4', 'case/5', 'case/6'];
      expect(await Promise.all(ended.map(async (stream) => (await kindsOf(stream)).length))).toEqual([
        2, 1, 0, 0, 1, 1,
      ]);
      expect(await store().holderOf('citizen/4')).toBe('case/6');
      expect((await rowsOf()).map(({ stream }) => stream)).toEqual(['case/2', 'case/6']);
    });

    test('whatever was read, a history grows by the commits that read its last entry, and its chain holds', async () => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.record({ behind: fc.integer({ min: -1, max: 2 }), entries: fc.integer({ min: 1, max: 3 }) }), {
            maxLength: 15,
          }),
          async (acts) => {
            const stream = `case/property-${(run += 1)}`;
            let length = 0;
            for (const { behind, entries } of acts) {
              const change = appended(stream, length - behind, ...times(entries));
              const isRight = behind === 0;
              expect((await store().commit([change])).outcome).toBe(isRight ? 'committed' : 'conflict');
              if (isRight) length += entries;
            }
            const found = await store().read(stream);
            expect([found.length, firstBroken(found)]).toEqual([length, undefined]);
          },
        ),
        { numRuns: 25 },
      );
    });
  });
}

function claims({ store, kindsOf, rowsOf }: Hands): void {
  describe('a claim', () => {
    const claiming = (stream: string, readAt: number, ...keys: string[]): Change => ({
      ...appended(stream, readAt, 'claims'),
      claims: keys,
    });

    test('exists once, whichever stream comes second, which writes nothing', async () => {
      await store().commit([claiming('case/1', 0, 'citizen/1')]);
      const second = { ...claiming('case/2', 0, 'citizen/2', 'citizen/1'), row: caseRow('assessed') };
      expect(await store().commit([second])).toEqual({ outcome: 'claimed', key: 'citizen/1', holder: 'case/1' });
      expect([await kindsOf('case/2'), await rowsOf(), await store().holderOf('citizen/2')]).toEqual([
        [],
        [],
        undefined,
      ]);
    });

    test('is no conflict for the stream that holds it', async () => {
      await store().commit([claiming('case/1', 0, 'citizen/1')]);
      expect(await store().commit([claiming('case/1', 1, 'citizen/1')])).toEqual(committed);
      expect(await store().holderOf('citizen/1')).toBe('case/1');
    });

    test('of two streams in one commit is refused, and neither is written', async () => {
      expect(await store().commit([claiming('case/1', 0, 'money/1'), claiming('case/2', 0, 'money/1')])).toMatchObject({
        outcome: 'claimed',
        key: 'money/1',
      });
      expect([await kindsOf('case/1'), await kindsOf('case/2'), await store().holderOf('money/1')]).toEqual([
        [],
        [],
        undefined,
      ]);
    });

    test('given back is free for another', async () => {
      await store().commit([claiming('case/1', 0, 'citizen/1', 'citizen/2')]);
      await store().commit([{ ...appended('case/1', 1, 'cancelled'), releases: ['citizen/1'] }]);
      expect([await store().holderOf('citizen/1'), await store().holderOf('citizen/2')]).toEqual([undefined, 'case/1']);
      expect(await store().commit([claiming('case/2', 0, 'citizen/1')])).toEqual(committed);
    });

    test('is not given back by a stream that does not hold it', async () => {
      await store().commit([claiming('case/1', 0, 'citizen/1')]);
      expect(
        await store().commit([{ ...appended('case/2', 0, 'cancelled'), releases: ['citizen/1', 'citizen/unknown'] }]),
      ).toEqual(committed);
      expect(await store().holderOf('citizen/1')).toBe('case/1');
    });

    test('passes from one stream to another in one commit', async () => {
      await store().commit([claiming('case/1', 0, 'citizen/1')]);
      const changes = [
        claiming('case/2', 0, 'citizen/1'),
        { ...appended('case/1', 1, 'cancelled'), releases: ['citizen/1'] },
      ];
      expect(await store().commit(changes)).toEqual(committed);
      expect(await store().holderOf('citizen/1')).toBe('case/2');
    });

    test('that is refused leaves the releases of the same commit undone', async () => {
      await store().commit([claiming('case/1', 0, 'citizen/1'), claiming('case/2', 0, 'citizen/2')]);
      await store().commit([{ ...claiming('case/1', 1, 'citizen/2'), releases: ['citizen/1'] }]);
      expect(await store().holderOf('citizen/1')).toBe('case/1');
    });

    test('of many streams at once is held by exactly one', async () => {
      const outcomes = await Promise.all(
        times(20).map((id) => store().commit([claiming(`case/${id}`, 0, 'citizen/1')])),
      );
      const winners = times(20).filter((_, index) => outcomes[index]?.outcome === 'committed');
      expect(winners).toHaveLength(1);
      expect(await store().holderOf('citizen/1')).toBe(`case/${winners[0]}`);
    });
  });
}

function limits({ store, kindsOf, rowsOf }: Hands): void {
  describe('a commit is refused whole', () => {
    const changeOf = (stream: string, bytes: number): Change => ({
      stream,
      readAt: 0,
      entries: times(5).map((_, index) => entry('a', 'x'.repeat((index === 0 ? bytes - 240_000 : 60_000) - 2))),
    });
    const over = (count: number) =>
      times(count).map((id) => ({ ...appended(`case/${id}`, 0, 'submitted'), row: caseRow('assessed') }));
    const cases: readonly [string, number, (count: number) => readonly Change[]][] = [
      ['streams', mostStreams, over],
      ['entries', mostActions, (count) => [{ ...appended('case/1', 0, ...times(count)) }]],
      ['claims', mostActions, (count) => [{ ...appended('case/1', 0, 'a'), claims: times(count - 1) }]],
      ['releases', mostActions, (count) => [{ ...appended('case/1', 0, 'a'), releases: times(count - 1) }]],
      [
        'actions of four kinds',
        mostActions,
        (count) => [
          { ...appended('case/1', 0, 'a'), row: caseRow('assessed'), releases: ['x'], claims: times(count - 3) },
        ],
      ],
      [
        'bytes of one entry',
        mostDataBytes,
        (count) => [{ stream: 'case/1', readAt: 0, entries: [entry('a', 'x'.repeat(count - 2))] }],
      ],
      [
        'bytes of one entry, of letters of three bytes',
        mostDataBytes,
        (count) => [{ stream: 'case/1', readAt: 0, entries: [entry('a', 'ế'.repeat(100) + 'x'.repeat(count - 302))] }],
      ],
      ['bytes of one change', mostChangeBytes, (count) => [changeOf('case/1', count)]],
      [
        'bytes of a commit',
        mostCommitBytes,
        (count) => [
          ...times(9).map((id) => changeOf(`case/${id}`, mostChangeBytes)),
          changeOf('case/1', count - 9 * mostChangeBytes),
        ],
      ],
    ];
    test.each(cases)('over its limit of %s, and taken below it and on it', async (_, most, changesOf) => {
      await expect(store().commit(changesOf(most + 1))).rejects.toThrow(RangeError);
      expect([
        await kindsOf('case/1'),
        await kindsOf('case/000'),
        await rowsOf(),
        await store().holderOf('000'),
      ]).toEqual([[], [], [], undefined]);
      const renamed = changesOf(most - 1).map((change) => ({
        ...change,
        stream: `below/${change.stream}`,
        claims: change.claims?.map((key) => `below/${key}`) ?? [],
      }));
      expect(await store().commit(renamed)).toEqual(committed);
      expect(await store().commit(changesOf(most))).toEqual(committed);
    });

    test('that names a stream twice', async () => {
      await expect(
        store().commit([appended('case/1', 0, 'submitted'), appended('case/1', 1, 'assessed')]),
      ).rejects.toThrow(RangeError);
      expect(await store().read('case/1')).toEqual([]);
    });

    test('and the next one goes through', async () => {
      await expect(store().commit(over(mostStreams + 1))).rejects.toThrow(RangeError);
      expect(await store().commit([appended('case/1', 0, 'submitted')])).toEqual(committed);
    });
  });
}

function pages({ store, rowsOf }: Pick<Hands, 'store' | 'rowsOf'>, isForSmallTables: boolean): void {
  describe('a page of rows', () => {
    const put = async (stream: string, row: Omit<Row, 'stream'>) => {
      const readAt = (await store().read(stream)).length;
      expect(await store().commit([{ ...appended(stream, readAt, 'changed'), row }])).toEqual(committed);
    };
    const streamsOf = (rows: readonly Row[]) => rows.map(({ stream }) => stream);

    test('gives a row back as it was written, with the fields it had', async () => {
      const full = {
        kind: 'part',
        status: 'assessed',
        unit: 'U1',
        source: 'province',
        batch: 'b1',
        waitingFor: 'unit',
        summary: { people: 3, note: 'Đợt 1' },
      };
      await put('part/1', full);
      await put('part/2', { kind: 'part', status: 'held', summary: {} });
      expect(await rowsOf({ kind: 'part' })).toEqual([
        { stream: 'part/1', ...full },
        { stream: 'part/2', kind: 'part', status: 'held', summary: {} },
      ]);
    });

    test('is in the order of stream names, whatever the order of writing', async () => {
      for (const id of ['b', 'a', 'c/2', 'c/10', 'B']) await put(`case/${id}`, caseRow('assessed'));
      expect(streamsOf(await rowsOf())).toEqual(['case/B', 'case/a', 'case/b', 'case/c/10', 'case/c/2']);
    });

    test('leads on by its `next` until every row was seen once', async () => {
      for (const id of times(7)) await put(`case/${id}`, caseRow('assessed'));
      const seen: string[][] = [];
      let after: string | undefined;
      do {
        const page = await store().page({ kind: 'case', limit: 3, ...(after === undefined ? {} : { after }) });
        seen.push(page.rows.map(({ stream }) => stream.slice(-1)));
        after = page.next;
      } while (after !== undefined);
      expect(seen).toEqual([['0', '1', '2'], ['3', '4', '5'], ['6']]);
    });

    test.each([
      [2, true],
      [3, false],
      [4, false],
    ])('of at most %i out of three rows leads on: %s', async (limit, leadsOn) => {
      for (const id of times(3)) await put(`case/${id}`, caseRow('assessed'));
      const { rows, next } = await store().page({ kind: 'case', limit });
      expect([rows.length, next !== undefined]).toEqual([Math.min(limit, 3), leadsOn]);
    });

    test.each([
      [0, false],
      [1, true],
      [1000, true],
      [1001, false],
    ])('of %i rows may be asked for: %s', async (limit, may) => {
      const asked = store().page({ kind: 'case', limit });
      await (may ? expect(asked).resolves.toEqual({ rows: [] }) : expect(asked).rejects.toThrow(RangeError));
    });

    const filters = { status: 'held', unit: 'U2', source: 'commune', batch: 'b2', waitingFor: 'treasury' };
    test.each(Object.entries(filters))('can be filtered by %s', async (field, value) => {
      const one = caseRow('assessed', { unit: 'U1', source: 'province', batch: 'b1', waitingFor: 'unit' });
      await put('case/1', one);
      await put('case/2', { ...one, [field]: value });
      await put('case/3', caseRow('assessed'));
      await put('part/4', { ...one, kind: 'part', [field]: value });
      expect(streamsOf(await rowsOf({ kind: 'case', [field]: value }))).toEqual(['case/2']);
      expect(streamsOf(await rowsOf({ kind: 'case', [field]: 'nothing' }))).toEqual([]);
    });

    test('can be filtered by all at once, and led on within the filter', async () => {
      await put('case/0', caseRow('held'));
      for (const id of times(5)) await put(`case/x${id}`, caseRow('assessed', filters));
      await put('case/y', caseRow('held', { ...filters, unit: 'U1' }));
      const first = await store().page({ kind: 'case', ...filters, limit: 3 });
      const second = await store().page({ kind: 'case', ...filters, limit: 3, after: first.next ?? '' });
      expect([streamsOf(first.rows), streamsOf(second.rows), second.next]).toEqual([
        ['case/x000', 'case/x001', 'case/x002'],
        ['case/x003', 'case/x004'],
        undefined,
      ]);
    });

    test('shows a replaced row alone, without the fields that the new one leaves out', async () => {
      await put('case/1', caseRow('assessed', { unit: 'U1', waitingFor: 'unit', summary: { people: 1 } }));
      await put('case/1', caseRow('held'));
      expect(await rowsOf()).toEqual([{ stream: 'case/1', ...caseRow('held') }]);
      expect(await rowsOf({ kind: 'case', unit: 'U1' })).toEqual([]);
    });

    test('keeps the row of a stream that moves on without a new one', async () => {
      await put('case/1', caseRow('assessed'));
      await store().commit([appended('case/1', 1, 'noted')]);
      expect(await rowsOf()).toEqual([{ stream: 'case/1', ...caseRow('assessed') }]);
    });

    test.skipIf(isForSmallTables)('after page gives every row that fits, over a thousand too', async () => {
      for (let first = 0; first < 1020; first += mostStreams) {
        const ids = Array.from({ length: Math.min(mostStreams, 1020 - first) }, (_, index) =>
          String(first + index).padStart(4, '0'),
        );
        await store().commit(ids.map((id) => ({ ...appended(`case/${id}`, 0, 'a'), row: caseRow('assessed') })));
      }
      await put('case/held', caseRow('held'));
      const seen: string[] = [];
      for await (const { stream } of allRows(store(), { kind: 'case', status: 'assessed' })) seen.push(stream);
      expect([seen.length, new Set(seen).size, seen.at(-1)]).toEqual([1020, 1020, 'case/1019']);
    });
  });
}
