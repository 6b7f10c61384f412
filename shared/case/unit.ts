/** Units: who employed the person, and who pays. A paying unit has a code the Treasury checks (mã ĐVQHNS). */
import * as z from 'zod';
import { dataOf, once } from './history.ts';
import type { Store } from './store.ts';

export const blocks = ['government', 'party'] as const;
export const budgetLevels = ['provincial', 'commune'] as const;
export const sources = ['wage-reform', 'regular', 'central-supplement'] as const;
export const unitKinds = ['department', 'commune', 'party-body', 'public-service', 'school', 'other'] as const;
/** Who bears a public-service unit's regular spending: Decree 60/2021, article 9; group 1 is wholly self-financed. */
export const autonomyGroups = ['1', '2', '3', '4'] as const;
export type Block = (typeof blocks)[number];
export type Source = (typeof sources)[number];
export type BudgetLevel = (typeof budgetLevels)[number];
export type UnitKind = (typeof unitKinds)[number];

export const unit = z.object({
  /** The code that stands in lists: the budget-relation code, seven digits. */
  code: z.string(),
  name: z.string(),
  block: z.enum(blocks),
  level: z.enum(budgetLevels),
  /** Where the money for this unit's people comes from, until a component has a source of its own. */
  source: z.enum(sources),
  chapter: z.string(),
  /** Empty while the unit has none. */
  treasuryAccount: z.string(),
  kind: z.enum(unitKinds).exactOptional(),
  autonomy: z.enum(autonomyGroups).exactOptional(),
  hasChiefAccountant: z.boolean().exactOptional(),
  /** Specimen signatures and seal are registered at the Treasury. */
  hasSpecimens: z.boolean().exactOptional(),
  /** The higher unit that pays in its place, by code. */
  paidBy: z.string().exactOptional(),
  /** Bodies whose place it took, by name. */
  successorOf: z.array(z.string()).exactOptional(),
});
export type Unit = z.infer<typeof unit>;

/** What a unit still lacks to pay through the Treasury; nothing where another unit pays in its place. */
export function lacksOf({ treasuryAccount, hasChiefAccountant, hasSpecimens, paidBy }: Unit): readonly UnitLack[] {
  if (paidBy !== undefined) return [];
  const lacks: UnitLack[] = [];
  if (treasuryAccount === '') lacks.push('treasury-account');
  if (hasChiefAccountant === false) lacks.push('chief-accountant');
  if (hasSpecimens === false) lacks.push('specimens');
  return lacks;
}
export type UnitLack = 'treasury-account' | 'chief-accountant' | 'specimens';

/** The register of units is one stream: a later entry of the same code replaces an earlier one. */
export const unitStream = 'settings/units';

export async function readUnits(store: Pick<Store, 'read'>): Promise<ReadonlyMap<string, Unit>> {
  return unitsOf(await store.read(unitStream));
}

const unitsOf = once((entries): ReadonlyMap<string, Unit> => {
  const units = new Map<string, Unit>();
  for (const entry of entries) {
    const registered = dataOf(entry, unit);
    units.set(registered.code, registered);
  }
  return units;
});

/** A higher unit pays in the place of one, and another in its place, so many times at the most. */
const mostSteps = 4;

/** The code of the unit that pays for this one: itself, unless a higher unit pays in its place. */
export function payerOf(units: ReadonlyMap<string, Pick<Unit, 'paidBy'>>, code: string): string {
  let payer = code;
  for (let step = 0; step < mostSteps; step += 1) {
    const { paidBy } = units.get(payer) ?? {};
    if (paidBy === undefined || paidBy === code) return payer;
    payer = paidBy;
  }
  return payer;
}

/** Every unit that ever paid for this one, itself first: money may be reserved with each. */
export async function payersEver(store: Pick<Store, 'read'>, code: string): Promise<readonly string[]> {
  const found = [code];
  const substitutions = substitutionsOf(await store.read(unitStream));
  for (let step = 0; step < mostSteps; step += 1) {
    for (const { code: registered, paidBy } of substitutions) {
      if (found.includes(registered) && !found.includes(paidBy)) found.push(paidBy);
    }
  }
  return found;
}

const substitutionsOf = once((entries) =>
  entries.flatMap((entry) => {
    const { code, paidBy } = dataOf(entry, unit);
    return paidBy === undefined ? [] : [{ code, paidBy }];
  }),
);
