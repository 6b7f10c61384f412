import { describe, expect, test } from 'vitest';
import { accountNote, readAccountPast, type Settlement } from '../../../shared/case/account-past.ts';
import type { Change } from '../../../shared/case/store.ts';
import { type Province, provinces } from '../../province.ts';

const province = provinces();
const digest = 'a'.repeat(64);
const said: Settlement = { outcome: 'credited', on: '2025-10-03', by: 'system', at: '2025-10-03T00:00:00Z' };

async function note({ store }: Province, reference: string, given: Partial<Settlement>): Promise<void> {
  const change = await accountNote({ reference, accountDigest: digest }, { ...said, ...given }, new Map(), store);
  if (change !== undefined) expect(await store.commit([change])).toEqual({ outcome: 'committed' });
}

describe('the past of an account', () => {
  test('is nothing while no order to it was settled', async () => {
    const { store } = await province({ people: 1 });
    expect(await readAccountPast(store, digest)).toEqual({ credited: 0, cameBack: 0, isGoodNow: false });
  });

  test('counts what arrived and what came back, with the newest reason', async () => {
    const made = await province({ people: 1 });
    await note(made, 'one', {});
    await note(made, 'two', { outcome: 'returned', code: 'AC01' });
    await note(made, 'three', { outcome: 'refused', code: 'AC04' });
    expect(await readAccountPast(made.store, digest)).toEqual({
      credited: 1,
      cameBack: 2,
      code: 'AC04',
      isGoodNow: false,
    });
    await note(made, 'four', {});
    expect(await readAccountPast(made.store, digest)).toMatchObject({ credited: 2, isGoodNow: true });
  });

  test('counts an outcome of an order once, however often it is said', async () => {
    const made = await province({ people: 1 });
    for (let again = 0; again < 3; again += 1) await note(made, 'one', {});
    expect((await readAccountPast(made.store, digest)).credited).toBe(1);
  });

  test.each([{ outcome: 'treasury-paid' }, { outcome: 'refused' }, { outcome: 'refused', code: 'T1' }] as const)(
    'says nothing of %o',
    async (given) => {
      const made = await province({ people: 1 });
      await note(made, 'one', given);
      expect(await made.store.read(`account/${digest}`)).toEqual([]);
    },
  );

  test('of two orders that are settled at once is one change', async () => {
    const { store } = await province({ people: 1 });
    const pending = new Map<string, Change>();
    for (const reference of ['one', 'two']) {
      const change = await accountNote({ reference, accountDigest: digest }, said, pending, store);
      if (change !== undefined) pending.set(change.stream, change);
    }
    expect(await store.commit([...pending.values()])).toEqual({ outcome: 'committed' });
    expect((await readAccountPast(store, digest)).credited).toBe(2);
  });
});
