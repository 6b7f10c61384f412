/** What every home must tell of what happened: each entry once, after it was written, in the order of its history. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../shared/case/store.ts';
import { appended, at, caseRow, entry } from './store.ts';

export interface Told {
  readonly stream: string;
  readonly seq: number;
  readonly kind: string;
  readonly at: string;
}

export interface OpenEvents {
  readonly store: Store;
  /** What was told since the last call. */
  told(): Promise<readonly Told[]>;
  close(): Promise<void>;
}

export function eventsContract(name: string, open: () => Promise<OpenEvents>): void {
  describe(`events ${name}`, () => {
    let home: OpenEvents;
    beforeEach(async () => {
      home = await open();
    });
    afterEach(() => home.close());
    const of = (stream: string, told: readonly Told[]) =>
      told.filter((one) => one.stream === stream).map(({ seq, kind }) => `${seq} ${kind}`);

    test('tell each new entry of a stream once, in order', async () => {
      await home.store.commit([appended('case/1', 0, 'submitted', 'assessed')]);
      expect(await home.told()).toEqual([
        { stream: 'case/1', seq: 1, kind: 'submitted', at },
        { stream: 'case/1', seq: 2, kind: 'assessed', at },
      ]);
      expect(await home.told()).toEqual([]);
      await home.store.commit([appended('case/1', 2, 'appraised')]);
      expect(await home.told()).toEqual([{ stream: 'case/1', seq: 3, kind: 'appraised', at }]);
    });

    test('tell every stream of a commit, and several commits at once', async () => {
      await home.store.commit([appended('case/1', 0, 'submitted'), appended('batch/1', 0, 'frozen')]);
      await home.store.commit([appended('case/1', 1, 'assessed')]);
      const told = await home.told();
      expect(of('case/1', told)).toEqual(['1 submitted', '2 assessed']);
      expect(of('batch/1', told)).toEqual(['1 frozen']);
      expect(told).toHaveLength(3);
    });

    test('tell nothing of a commit that was refused', async () => {
      await home.store.commit([{ ...appended('case/1', 0, 'submitted'), claims: ['citizen/1'] }]);
      await home.told();
      await home.store.commit([appended('case/1', 0, 'submitted')]);
      await home.store.commit([{ ...appended('case/2', 0, 'submitted'), claims: ['citizen/1'] }]);
      expect(await home.told()).toEqual([]);
    });

    test('tell nothing of a claim, nor of a change without entries', async () => {
      await home.store.commit([{ ...appended('case/1', 0, 'submitted'), claims: ['citizen/1'] }]);
      expect(await home.told()).toHaveLength(1);
      await home.store.commit([{ ...appended('case/1', 1, 'withdrawn'), releases: ['citizen/1'] }]);
      expect(of('case/1', await home.told())).toEqual(['2 withdrawn']);
      await home.store.commit([{ stream: 'case/1', readAt: 2, entries: [] }, appended('case/2', 0, 'submitted')]);
      expect(await home.told()).toMatchObject([{ stream: 'case/2' }]);
    });

    test('tell each entry of a long history once, wherever the home cuts it', async () => {
      const kinds: string[] = [];
      const told: string[] = [];
      for (let seq = 0; seq < 12; seq += 1) {
        const noise = Array.from({ length: 400 }, (_, index) => Math.sin(seq * 1000 + index).toString(36)).join('');
        const row = caseRow(`status-${seq}`);
        await home.store.commit([{ stream: 'case/1', readAt: seq, entries: [entry(`kind-${seq}`, { noise })], row }]);
        kinds.push(`${seq + 1} kind-${seq}`);
        if (seq % 3 === 2) told.push(...of('case/1', await home.told()));
      }
      expect(told).toEqual(kinds);
    });
  });
}
