/** Units: who employed the person, and who pays. A paying unit has a code the Treasury checks (mã ĐVQHNS). */
import * as z from 'zod';
import { dataOf } from './history.ts';
import type { Store } from './store.ts';

export const blocks = ['government', 'party'] as const;
export const budgetLevels = ['provincial', 'commune'] as const;
export const sources = ['wage-reform', 'regular', 'central-supplement'] as const;
export type Source = (typeof sources)[number];
export type BudgetLevel = (typeof budgetLevels)[number];

export const unit = z.object({
  /** The code that stands in lists: the budget-relation code, seven digits. */
  code: z.string(),
  name: z.string(),
  block: z.enum(blocks),
  level: z.enum(budgetLevels),
  /** Where the money for this unit's people comes from, until a component has a source of its own. */
  source: z.enum(sources),
  chapter: z.string(),
  treasuryAccount: z.string(),
});
export type Unit = z.infer<typeof unit>;

/** The register of units is one stream: a later entry of the same code replaces an earlier one. */
export const unitStream = 'settings/units';

export async function readUnits(store: Store): Promise<ReadonlyMap<string, Unit>> {
  const units = new Map<string, Unit>();
  for (const entry of await store.read(unitStream)) {
    const registered = dataOf(entry, unit);
    units.set(registered.code, registered);
  }
  return units;
}
