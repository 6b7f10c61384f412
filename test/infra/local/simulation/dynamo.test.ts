/** The adapter of DynamoDB on a double in memory: what it is charged, and a whole campaign that nobody can tell from another home's. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dynamoClient } from '../../../../functions/aws/dynamo-client.ts';
import { dynamoStore, indexes } from '../../../../functions/aws/dynamo-store.ts';
import { batchDefinition } from '../../../../infra/local/definition.ts';
import { campaign } from '../../../../infra/local/simulation/campaign.ts';
import { countUnits } from '../../../../infra/local/simulation/count-units.ts';
import { dynamoDouble } from '../../../../infra/local/simulation/dynamo-double.ts';
import { bytesOf, readUnits, writeUnits } from '../../../../infra/local/simulation/dynamo-units.ts';
import { memoryStore } from '../../../../infra/local/simulation/memory-store.ts';
import { simulationSample } from '../../../../infra/local/simulation/sample.ts';
import { Transient } from '../../../../shared/case/faults.ts';
import type { Change, Row } from '../../../../shared/case/store.ts';
import { sha256 } from '../../../../shared/hash.ts';
import { appended, caseRow, entry } from '../../../contracts/store.ts';

function opened() {
  const client = dynamoClient({ region: 'none', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } });
  const double = dynamoDouble(Object.values(indexes));
  double.answer(client);
  const store = dynamoStore({ client, name: 'histories', wait: async () => {} });
  /** What one act is charged: of the table, of its indexes, and for reading. */
  async function charged(act: () => Promise<unknown>): Promise<readonly [number, number, number]> {
    const { write, indexWrite, read } = { ...double.units };
    await act();
    return [double.units.write - write, double.units.indexWrite - indexWrite, double.units.read - read];
  }
  const commit = async (...changes: readonly Change[]) => charged(async () => store.commit(changes));
  const sizes = () => new Map([...double.sizes()].map(([kilobytes, items]) => [kilobytes, items.length]));
  return { client, store, sizes, charged, commit };
}

describe('an item', () => {
  test.each([
    [{ stream: 'a' }, 7],
    [{ stream: 'ế' }, 9],
    [{ seq: 0 }, 4],
    [{ seq: 12 }, 5],
    [{ seq: 123 }, 6],
    [{ seq: 1200 }, 5],
    [{ entries: new Uint8Array(10) }, 17],
    [{ stream: 'a', seq: 0, entries: new Uint8Array(10) }, 28],
  ])('%o has %i bytes: its names, its text in UTF-8, two digits a byte', (item, bytes) => {
    expect(bytesOf(item)).toBe(bytes);
  });

  const ofBytes = (bytes: number) => ({ x: 'y'.repeat(bytes - 1) });
  test.each([
    [1023, 1],
    [1024, 1],
    [1025, 2],
  ])('of %i bytes is written for %i units, whether it comes, goes or replaces a shorter one', (bytes, units) => {
    const item = ofBytes(bytes);
    expect([
      writeUnits(undefined, item),
      writeUnits(item, undefined),
      writeUnits(ofBytes(10), item),
      writeUnits(item, ofBytes(10)),
    ]).toEqual([units, units, units, units]);
  });

  test.each([
    [4095, 1],
    [4096, 1],
    [4097, 2],
  ])('of %i bytes is read for %i units as it is now, for half when it may be late', (bytes, units) => {
    expect([readUnits(ofBytes(bytes), true), readUnits(ofBytes(bytes), false)]).toEqual([units, units / 2]);
  });

  test('that is not there costs a unit to look for', () => {
    expect([readUnits(undefined, true), readUnits(undefined, false), writeUnits(undefined, undefined)]).toEqual([
      1, 0.5, 1,
    ]);
  });
});

describe('a commit is charged', () => {
  const row = (more: Partial<Row> = {}) => caseRow('assessed', more);

  test('two units for a stream in a transaction, one for the index of its kind, one for that of its batch', async () => {
    const { commit } = opened();
    expect(await commit(appended('case/1', 0, 'a'))).toEqual([2, 0, 1]);
    expect(await commit({ ...appended('case/2', 0, 'a'), row: row() })).toEqual([2, 1, 1]);
    expect(await commit({ ...appended('case/3', 0, 'a'), row: row({ batch: 'b' }) })).toEqual([2, 2, 1]);
  });

  test('nothing for the indexes when only the status changes, and two when a row changes its batch', async () => {
    const { commit } = opened();
    await commit({ ...appended('case/1', 0, 'a'), row: row({ batch: 'b' }) });
    expect(await commit({ ...appended('case/1', 1, 'b'), row: { ...row({ batch: 'b' }), status: 'held' } })).toEqual([
      2, 0, 1,
    ]);
    expect(await commit({ ...appended('case/1', 2, 'c'), row: row({ batch: 'c' }) })).toEqual([2, 2, 1]);
    expect(await commit({ ...appended('case/1', 3, 'd'), row: row() })).toEqual([2, 1, 1]);
  });

  test('two units for each claim and for each key given back', async () => {
    const { commit } = opened();
    expect(await commit({ ...appended('case/1', 0, 'a'), claims: ['x', 'y'] })).toEqual([6, 0, 1]);
    expect(await commit({ ...appended('case/1', 1, 'b'), releases: ['x', 'unknown'] })).toEqual([4, 0, 3]);
  });

  test('although it was refused', async () => {
    const { commit } = opened();
    await commit({ ...appended('case/1', 0, 'a'), claims: ['x'] });
    expect(await commit({ ...appended('case/2', 0, 'a'), claims: ['x'] })).toEqual([4, 0, 1]);
  });

  test('nothing to write when the stream is seen to have moved', async () => {
    const { commit } = opened();
    await commit(appended('case/1', 0, 'a'));
    expect(await commit(appended('case/1', 0, 'a'))).toEqual([0, 0, 1]);
  });

  test('by the kB: entries join the head until it would outgrow one, and are then sealed', async () => {
    const { commit, sizes, store } = opened();
    expect(await commit({ stream: 'case/1', readAt: 0, entries: [longEntry(1)], row: row() })).toEqual([2, 1, 1]);
    expect(await commit({ stream: 'case/1', readAt: 1, entries: [entry('short')] })).toEqual([2, 0, 1]);
    expect(await commit({ stream: 'case/1', readAt: 2, entries: [longEntry(2)] })).toEqual([4, 0, 1]);
    expect(sizes()).toEqual(new Map([[1, 2]]));
    expect((await store.read('case/1')).map(({ kind }) => kind)).toEqual(['long', 'short', 'long']);
    // The entry that tells the row is sealed: the head carries it on.
    expect((await store.page({ kind: 'case', limit: 1 })).rows).toEqual([{ stream: 'case/1', ...row() }]);
  });
});

test('a full transaction leaves long heads unsealed, and the next commit seals them', async () => {
  const { store, sizes } = opened();
  const streams = Array.from({ length: 50 }, (_, index) => `case/${index}`);
  for (let readAt = 0; readAt < 3; readAt += 1) {
    const changes = streams.map((stream, index) => ({
      stream,
      readAt,
      entries: [longEntry(readAt * 50 + index)],
      claims: [`key/${stream}/${readAt}`],
    }));
    expect(await store.commit(changes)).toEqual({ outcome: 'committed' });
  }
  expect(sizes()).toEqual(
    new Map([
      [2, 50],
      [1, 150],
    ]),
  );
  for (const stream of streams) await store.commit([appended(stream, 3, 'short')]);
  // A claim a round and a short head a stream; what was long is sealed as it was.
  expect(sizes()).toEqual(
    new Map([
      [1, 200],
      [2, 50],
    ]),
  );
  const read = await Promise.all(streams.map((stream) => store.read(stream)));
  expect(read.every((entries) => entries.length === 4)).toBe(true);
});

/** Some 550 bytes that deflating cannot shorten: twelve hashes. */
function longEntry(number: number) {
  return entry(
    'long',
    Array.from({ length: 12 }, (_, word) => sha256(`${number} ${word}`)),
  );
}

const streamNames = ['case/1', 'case/2', 'case/3'];
const keyNames = ['citizen/1', 'citizen/2', 'money/1'];
const someKeys = fc.uniqueArray(fc.constantFrom(...keyNames), { maxLength: 2 });
/** A change that read its stream as it stands, or beside it. */
const someChange = fc.record({
  stream: fc.constantFrom(...streamNames),
  beside: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -1, max: 1 }) }),
  entries: fc.integer({ min: 1, max: 3 }),
  status: fc.option(fc.constantFrom('assessed', 'held')),
  claims: someKeys,
  releases: someKeys,
});
const someCommits = fc.array(fc.uniqueArray(someChange, { selector: ({ stream }) => stream, minLength: 1 }), {
  maxLength: 12,
});
/** Of each request in turn: carried out and answered, lost on the way there, or its answer lost on the way back. */
const someFates = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.constant('answered') },
    { weight: 1, arbitrary: fc.constantFrom('lost', 'unheard') },
  ),
  { maxLength: 60 },
);

test('whatever is committed, and whichever answers are lost, histories, rows, claims and outcomes are those of the store in memory', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(someCommits, someFates, async (commits, fates) => {
      const memory = memoryStore();
      const { client, store } = opened();
      const left = [...fates];
      client.middlewareStack.add(
        (next) => async (args) => {
          const fate = left.shift();
          if (fate === 'lost') throw Object.assign(new Error('lost'), { name: 'TimeoutError' });
          const came = await next(args);
          if (fate === 'unheard') throw Object.assign(new Error('unheard'), { name: 'TimeoutError' });
          return came;
        },
        { step: 'initialize', priority: 'high' },
      );
      for (const given of commits) {
        const changes: Change[] = [];
        for (const { stream, beside, entries, status, claims, releases } of given) {
          const readAt = (await memory.read(stream)).length + beside;
          const kinds = Array.from({ length: entries }, (_, index) => `kind-${index}`);
          const row = status === null ? {} : { row: caseRow(status) };
          changes.push({ ...appended(stream, readAt, ...kinds), ...row, claims, releases });
        }
        const outcome = await answered(async () => store.commit(changes));
        // Whoever gets no answer at all finds that nothing was written.
        if (outcome === undefined) continue;
        expect(outcome.outcome).toBe((await memory.commit(changes)).outcome);
        seen.add(outcome.outcome);
      }
      left.length = 0;
      for (const stream of streamNames) expect(await store.read(stream)).toEqual(await memory.read(stream));
      for (const key of keyNames) expect(await store.holderOf(key)).toBe(await memory.holderOf(key));
      const query = { kind: 'case', limit: 10 };
      expect(await store.page(query)).toEqual(await memory.page(query));
    }),
    { numRuns: 150 },
  );
  expect([...seen].toSorted((one, other) => one.localeCompare(other))).toEqual(['claimed', 'committed', 'conflict']);
});

async function answered<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Transient) return undefined;
    throw error;
  }
}

describe('a campaign with every misfortune', () => {
  test.each([1, 2])('from seed %i is the same story, with the same sums, on DynamoDB as in memory', async (seed) => {
    const sample = await simulationSample();
    const { store } = opened();
    expect(await campaign(seed, sample, { before: () => store })).toEqual(await campaign(seed, sample));
  });
});

test('three thousand people, from the list to the credited money, cost at most 60 write units and 0.2 transitions each', async () => {
  const { people } = await simulationSample();
  const { credited, writeUnits: counted, stretches, ...charged } = await countUnits(people, 3000, batchDefinition());
  expect(credited).toBe(3000);
  // A person's entries, row and claims cannot be written for less: fewer would mean that something was not counted.
  expect(counted).toBeGreaterThan(24);
  expect(counted).toBeLessThanOrEqual(60);
  // Thirty children twice, each launched and with one state, and twenty states around them: fewer would mean that something was not counted.
  expect(charged.transitions * 3000).toBeGreaterThanOrEqual(120 + 20);
  expect(charged.transitions).toBeLessThanOrEqual(0.2);
  expect(charged.invocations * 3000).toBeGreaterThan(60);
  expect(charged.gigabyteSeconds).toBeGreaterThan(0);
  // One anchor over everything reads the whole table: less a person than one commit of theirs writes.
  expect(charged.anchorReadUnits).toBeGreaterThan(1);
  expect(charged.anchorReadUnits).toBeLessThanOrEqual(2.5);
  // Every event is read by two followers: more than an entry a person, and nothing that grows with the province.
  expect(charged.followerReadUnits).toBeGreaterThan(10);
  expect(charged.followerReadUnits).toBeLessThanOrEqual(30);
  expect(charged.lettersReadUnits).toBeGreaterThan(0.4);
  expect(charged.lettersReadUnits).toBeLessThanOrEqual(1.5);
  expect(stretches.map(({ name }) => name)).toEqual(['furnish', 'submit', 'decide', 'order', 'pay']);
}, 900_000);
