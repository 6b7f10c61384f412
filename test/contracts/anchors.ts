/** What every home of AnchoredHistories must keep. A home calls it from a test file of its own, with a way to open a new one. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Anchor, type AnchoredHistories, anchored, anchorHash, headsHash } from '../../shared/case/anchor.ts';
import { dataOf } from '../../shared/case/history.ts';
import { noHash, type Store } from '../../shared/case/store.ts';
import { appended } from './store.ts';

export interface AnchoredHome {
  readonly store: Store;
  readonly anchors: AnchoredHistories;
  close(): Promise<void>;
}

const at = '2025-10-01T17:00:00Z';

export function anchorContract(name: string, open: () => Promise<AnchoredHome>): void {
  describe(`anchors ${name}`, () => {
    let home: AnchoredHome;
    beforeEach(async () => {
      home = await open();
    });
    afterEach(() => home.close());

    const write = async (stream: string, readAt: number, ...kinds: string[]) => {
      const made = await home.store.commit([appended(stream, readAt, ...kinds)]);
      expect(made).toEqual({ outcome: 'committed' });
    };
    const take = async (): Promise<Anchor> => home.anchors.anchor('2025-10-02', at, 'demo-inspector');
    const listed = async (number: number) =>
      (await home.anchors.headsOf(number)).map(([stream, seq]) => `${stream} ${seq}`).toSorted();
    const standing = async (stream: string, number: number) => {
      const { entries, listedIn } = await home.anchors.entriesUpTo(stream, number);
      return [entries.map(({ kind }) => kind), listedIn];
    };

    test('of nothing is an anchor over no heads, and the daily one is not taken', async () => {
      expect(await home.anchors.anchorNews('2025-10-02', at, 'system')).toBeUndefined();
      const first = await take();
      expect(first).toMatchObject({ on: '2025-10-02', previous: noHash, heads: headsHash([]), upTo: 0 });
      expect(await listed(1)).toEqual([]);
    });

    test('list the histories that went on since the one before, and the one before', async () => {
      await write('case/1', 0, 'submitted', 'assessed');
      await write('case/2', 0, 'submitted');
      const first = await take();
      await write('case/2', 1, 'assessed');
      await write('part/ê.1', 0, 'made');
      const second = await take();
      expect([await listed(1), await listed(2)]).toEqual([
        ['case/1 2', 'case/2 1'],
        ['anchors 1', 'case/2 2', 'part/ê.1 1'],
      ]);
      expect([first.upTo, second.upTo, second.previous]).toEqual([3, 6, first.anchor]);
    });

    test('are entries that say what they were taken over, by whom and when', async () => {
      await write('case/1', 0, 'submitted');
      const taken = [await take(), await take()];
      const entries = await home.store.read('anchors');
      expect(entries.map((entry) => dataOf(entry, anchored))).toEqual(taken);
      expect(entries.map((entry) => [entry.at, entry.by])).toEqual(
        Array.from({ length: 2 }, () => [at, 'demo-inspector']),
      );
      for (const [index, said] of taken.entries()) {
        expect(anchorHash(said)).toBe(said.anchor);
        const heads = await home.anchors.headsOf(index + 1);
        expect(headsHash(heads)).toBe(said.heads);
        for (const [stream, seq, hash] of heads) expect((await home.store.read(stream))[seq - 1]?.hash).toBe(hash);
      }
    });

    test('once a day only after something other than an anchor was written', async () => {
      await write('case/1', 0, 'submitted');
      const daily = async () => (await home.anchors.anchorNews('2025-10-02', at, 'system'))?.upTo;
      expect([await daily(), await daily(), await daily()]).toEqual([1, undefined, undefined]);
      await write('case/1', 1, 'assessed');
      expect(await daily()).toBe(3);
    });

    test('show a history as it stood behind each, and which of them lists where it ended', async () => {
      await write('case/1', 0, 'submitted', 'assessed');
      await take();
      await write('case/2', 0, 'submitted');
      await take();
      await write('case/1', 2, 'appraised');
      await take();
      await write('case/1', 3, 'held');
      expect([await standing('case/1', 1), await standing('case/1', 2), await standing('case/1', 3)]).toEqual([
        [['submitted', 'assessed'], 1],
        [['submitted', 'assessed'], 1],
        [['submitted', 'assessed', 'appraised'], 3],
      ]);
      expect([await standing('case/2', 1), await standing('case/2', 3), await standing('case/3', 3)]).toEqual([
        [[], 0],
        [['submitted'], 2],
        [[], 0],
      ]);
    });

    test('that do not exist are asked for in vain', async () => {
      await write('case/1', 0, 'submitted');
      await take();
      await expect(home.anchors.headsOf(2)).rejects.toThrow();
    });

    test('taken by several at once make one chain', async () => {
      await write('case/1', 0, 'submitted');
      await Promise.all([take(), take(), take()]);
      const said = (await home.store.read('anchors')).map((entry) => dataOf(entry, anchored));
      expect(said.map(({ previous }) => previous)).toEqual([noHash, said[0]?.anchor, said[1]?.anchor]);
      expect(said.map(({ upTo }) => upTo)).toEqual([1, 2, 3]);
    });
  });
}
