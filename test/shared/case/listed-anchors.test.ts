/** An anchor that is taken while others write: what it promises of what was written before, meanwhile and after. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tableHeads } from '../../../functions/aws/dynamo-scan.ts';
import { dynamoStore } from '../../../functions/aws/dynamo-store.ts';
import { anchored, anchorStream, type Head } from '../../../shared/case/anchor.ts';
import { dataOf } from '../../../shared/case/history.ts';
import { listedAnchors } from '../../../shared/case/listed-anchors.ts';
import type { Store } from '../../../shared/case/store.ts';
import { appended } from '../../contracts/store.ts';
import { doubled, memoryFiles } from '../../dynamo.ts';

const at = '2025-10-01T17:00:00Z';
/** Some of which no anchor has met when it begins. */
const streams = ['case/1', 'case/2', 'case/3', 'part/1', 'part/2', 'order/1'];

async function lengths(store: Store): Promise<ReadonlyMap<string, number>> {
  const read = await Promise.all(streams.map(async (stream) => [stream, (await store.read(stream)).length] as const));
  return new Map(read);
}

/** One more entry of each of these histories, in one commit. */
async function write(store: Store, picked: readonly number[]): Promise<void> {
  const own = [...new Set(picked.map((pick) => streams[pick % streams.length] ?? 'case/1'))];
  const before = await lengths(store);
  const made = await store.commit(own.map((stream) => appended(stream, before.get(stream) ?? 0, 'went-on')));
  expect(made).toEqual({ outcome: 'committed' });
}

type Writes = readonly (readonly number[])[];
const writes = fc.array(fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 3 }), { maxLength: 6 });

describe('an anchor that is taken while others write', () => {
  test('lists whatever was written before, and nothing that was not; together they list each entry once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ before: writes, meanwhile: writes }), { maxLength: 4 }), async (rounds) => {
        const table = doubled();
        const store = dynamoStore(table);
        const files = memoryFiles();
        let meanwhile: Writes = [];
        /** Before each head that the walk comes to, somebody writes. */
        async function* heads(): AsyncGenerator<Head> {
          const left = [...meanwhile];
          for await (const head of tableHeads({ table, segments: 2, pageItems: 1 })) {
            const next = left.shift();
            if (next !== undefined) await write(store, next);
            yield head;
          }
        }
        const anchors = listedAnchors({ store, files, heads });
        for (const [index, round] of rounds.entries()) {
          for (const one of round.before) await write(store, one);
          const before = await lengths(store);
          ({ meanwhile } = round);
          const { upTo } = await anchors.anchor('2025-10-02', at, 'system');
          const after = await lengths(store);
          let covered = index;
          for (const stream of streams) {
            const { entries } = await anchors.entriesUpTo(stream, index + 1);
            expect(entries.length).toBeGreaterThanOrEqual(before.get(stream) ?? 0);
            expect(entries.length).toBeLessThanOrEqual(after.get(stream) ?? 0);
            covered += entries.length;
          }
          expect(upTo).toBe(covered);
          for (const [stream, seq, hash] of await anchors.headsOf(index + 1)) {
            expect((await store.read(stream))[seq - 1]?.hash).toBe(hash);
          }
        }
        table.client.destroy();
      }),
      { numRuns: 40 },
    );
  });

  test('is begun anew when another was taken meanwhile, and then lists that one', async () => {
    const table = doubled();
    const store = dynamoStore(table);
    const files = memoryFiles();
    const quiet = listedAnchors({ store, files, heads: () => tableHeads({ table }) });
    let isFirst = true;
    async function* heads(): AsyncGenerator<Head> {
      if (isFirst) {
        isFirst = false;
        await quiet.anchor('2025-10-01', at, 'somebody-else');
      }
      yield* tableHeads({ table });
    }
    await write(store, [0]);
    const { previous } = await listedAnchors({ store, files, heads }).anchor('2025-10-02', at, 'system');
    const said = (await store.read(anchorStream)).map((entry) => dataOf(entry, anchored));
    expect([said.length, previous]).toEqual([2, said[0]?.anchor]);
    expect((await quiet.headsOf(2)).map(([stream, seq]) => `${stream} ${seq}`)).toEqual(['anchors 1']);
    table.client.destroy();
  });

  test('keeps its list before itself: without a list there is no anchor', async () => {
    const table = doubled();
    const store = dynamoStore(table);
    const files = { ...memoryFiles(), put: async () => Promise.reject(new Error('no room')) };
    await write(store, [0]);
    const anchors = listedAnchors({ store, files, heads: () => tableHeads({ table }) });
    await expect(anchors.anchor('2025-10-02', at, 'system')).rejects.toThrow('no room');
    expect(await store.read(anchorStream)).toEqual([]);
    table.client.destroy();
  });

  test('cannot be followed when its list is gone or another: it says so', async () => {
    const table = doubled();
    const store = dynamoStore(table);
    const files = memoryFiles();
    await write(store, [0]);
    const anchors = () => listedAnchors({ store, files, heads: () => tableHeads({ table }) });
    const { heads } = await anchors().anchor('2025-10-02', at, 'system');
    files.kept.set(heads, new TextEncoder().encode('["case/1",1,"another"]'));
    await expect(anchors().headsOf(1)).rejects.toThrow('is another');
    files.kept.delete(heads);
    await expect(anchors().entriesUpTo('case/1', 1)).rejects.toThrow('is gone');
    await expect(anchors().anchor('2025-10-02', at, 'system')).rejects.toThrow('is gone');
    table.client.destroy();
  });
});
