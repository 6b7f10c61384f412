/** The ledger of every estimate of a test's province, read from the histories. */
import { expect } from 'vitest';
import { readEstimate } from '../shared/case/funding.ts';
import { type Balances, balancesOf, faultsIn, postingsOf } from '../shared/case/ledger.ts';
import type { Store } from '../shared/case/store.ts';
import { sum } from '../shared/dong.ts';
import { everyRow } from './province.ts';

export async function ledgerOf(store: Store, unit: string, source = 'wage-reform'): Promise<Balances> {
  const { entries } = await readEstimate(store, unit, source);
  const rows = await everyRow(store, { kind: 'order', unit, source });
  return balancesOf(postingsOf(entries, await Promise.all(rows.map(({ stream }) => store.read(stream)))));
}

/** Every estimate: nothing below nothing, nothing between two histories, and what the ledger says is what the estimate says. */
export async function expectLedgers(store: Store): Promise<void> {
  for (const { unit = '', source = '' } of await everyRow(store, { kind: 'estimate' })) {
    const balances = await ledgerOf(store, unit, source);
    expect([unit, source, faultsIn(balances)]).toEqual([unit, source, []]);
    const estimate = await readEstimate(store, unit, source);
    const { available, blocked, deposit, lapsed, budget, reserved, ordered, persons } = balances;
    expect([unit, available, blocked, deposit, lapsed, budget]).toEqual([
      unit,
      estimate.left,
      sum([...estimate.blocked.values()]),
      sum([...estimate.deposit.values()]),
      estimate.lapsed,
      estimate.surrendered,
    ]);
    expect([unit, reserved + ordered + persons]).toEqual([unit, estimate.held - estimate.received]);
    expect(balances.province).toBe(-estimate.allotted);
  }
}
