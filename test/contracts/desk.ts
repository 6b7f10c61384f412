/** What every home of the Desk port must keep. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Desk } from '../../shared/case/ports.ts';
import type { Scratch } from '../../shared/case/scratch.ts';

/** A desk over a workflow of one state that waits, and what that workflow has done. */
export interface OpenDesk {
  readonly desk: Desk;
  /** The batches whose workflow runs or ran, each as often as it was begun. */
  started(): Promise<readonly string[]>;
  /** The token that the batch's workflow waits with. */
  tokenOf(batchId: string): Promise<string>;
  /** What the waiting state was answered. */
  answers(batchId: string): Promise<readonly unknown[]>;
  /** The workflow of the batch fails. */
  fail(batchId: string): Promise<void>;
  close(): Promise<void>;
}

/** `now` in milliseconds of the epoch; without it nothing expires. */
export function scratchInMemory(now: () => number = () => 0): Scratch {
  const kept = new Map<string, { readonly value: string; readonly until: number }>();
  const at = (kind: string, key: string) => `${kind}\n${key}`;
  const valueAt = (place: string) => {
    const found = kept.get(place);
    return found === undefined || found.until <= now() ? undefined : found.value;
  };
  const list = (kind: string) =>
    [...kept.keys()]
      .filter((place) => place.startsWith(`${kind}\n`))
      .flatMap((place) => {
        const value = valueAt(place);
        return value === undefined ? [] : [{ key: place.slice(kind.length + 1), value }];
      })
      .toSorted((one, other) => (one.key < other.key ? -1 : 1));
  const never = Number.POSITIVE_INFINITY;
  return {
    get: async (kind, key) => valueAt(at(kind, key)),
    put: async (kind, key, value, until = never) => void kept.set(at(kind, key), { value, until }),
    async insert(kind, key, value, until = never) {
      if (valueAt(at(kind, key)) !== undefined) return false;
      kept.set(at(kind, key), { value, until });
      return true;
    },
    async replace(kind, key, before, after, until = never) {
      if (valueAt(at(kind, key)) !== before) return false;
      if (after === undefined) kept.delete(at(kind, key));
      else kept.set(at(kind, key), { value: after, until });
      return true;
    },
    remove: async (kind, key) => void kept.delete(at(kind, key)),
    list: async (kind) => list(kind),
    latest: async (kind, most) => list(kind).toReversed().slice(0, most),
  };
}

export function deskContract(name: string, open: () => Promise<OpenDesk>): void {
  describe(`a desk ${name}`, () => {
    let home: OpenDesk;
    beforeEach(async () => {
      home = await open();
    });
    afterEach(() => home.close());
    const answer = { batchId: 'b1', next: 'confirmation' };

    test('starts the workflow of each batch once, however often it is asked', async () => {
      for (const batchId of ['b1', 'b2', 'b1', 'b1']) await home.desk.start(batchId);
      expect((await home.started()).toSorted()).toEqual(['b1', 'b2']);
    });

    test('begins a workflow that failed anew', async () => {
      await home.desk.start('b1');
      await home.fail('b1');
      await home.desk.start('b1');
      await home.desk.start('b1');
      await home.desk.wake('b1', await home.tokenOf('b1'));
      expect(await home.answers('b1')).toEqual([answer]);
    });

    test('knows what a batch waits for, the newest wait alone, and nothing of a batch that never waited', async () => {
      expect(await home.desk.waiting('b1')).toBeUndefined();
      await home.desk.remember('b1', 'confirmation/1', 'token-1');
      await home.desk.remember('b2', 'provincial-decision', 'token-2');
      await home.desk.remember('b1', 'confirmation/2', 'token-3');
      expect(await home.desk.waiting('b1')).toEqual({ awaited: 'confirmation/2', token: 'token-3' });
      expect(await home.desk.waiting('b2')).toEqual({ awaited: 'provincial-decision', token: 'token-2' });
    });

    test('wakes the state that waits with the token, once', async () => {
      await home.desk.start('b1');
      await home.desk.start('b2');
      const token = await home.tokenOf('b1');
      await home.desk.wake('b1', token);
      await home.desk.wake('b1', token);
      expect(await home.answers('b1')).toEqual([answer]);
      expect(await home.answers('b2')).toEqual([]);
    });

    test('takes a token that nobody waits with for a spent one', async () => {
      await home.desk.start('b1');
      await home.desk.wake('b1', 'nobody waits with this');
      expect(await home.answers('b1')).toEqual([]);
    });

    test('a workflow that has ended is not begun again', async () => {
      await home.desk.start('b1');
      await home.desk.wake('b1', await home.tokenOf('b1'));
      await home.desk.start('b1');
      expect(await home.started()).toEqual(['b1']);
    });
  });
}
