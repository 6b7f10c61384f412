/** What a row of a list would do: make a case, change one, nothing, or stop because the person stands elsewhere. */
import * as z from 'zod';
import { accountKey, type Case, citizenClaim, readCase } from '../case/case.ts';
import type { Facts } from '../case/facts.ts';
import { isBeforeBatch } from '../case/lifecycle.ts';
import { readParts } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import { hashOf } from '../hash.ts';
import { fold } from '../vietnamese.ts';
import type { ListedPerson } from './read-list.ts';

export const standing = z.discriminatedUnion('standing', [
  z.object({ standing: z.literal('new') }),
  z.object({ standing: z.literal('same'), caseId: z.string() }),
  z.object({
    standing: z.literal('changed'),
    caseId: z.string(),
    /** Paths of facts, and `fullName`, `account`, `employer`, `payingUnit`. */
    differs: z.array(z.string()),
    /** Whether the list itself can change the case; otherwise a person does, on the page of the case. */
    isTaken: z.boolean(),
  }),
  z.object({ standing: z.literal('elsewhere') }),
]);
export type Standing = z.infer<typeof standing>;

/**
 * Compares a row with the case its person has. Takes whether the account may reach a unit: of another unit's case
 * nothing is told but that it is there.
 */
export async function standingOf(
  person: Pick<ListedPerson, 'citizenId' | 'fullName' | 'account' | 'employer' | 'payingUnit' | 'facts'>,
  mayUse: (unit: string) => boolean,
  { store, vault }: Pick<Ports, 'store' | 'vault'>,
): Promise<Standing> {
  const holder = await store.holderOf(citizenClaim(await vault.digest('citizen', person.citizenId)));
  if (holder === undefined) return { standing: 'new' };
  const caseId = holder.slice('case/'.length);
  const of = await readCase(store, caseId);
  if (of === undefined || !mayUse(of.submitted.payingUnit)) return { standing: 'elsewhere' };
  const { submitted: given, account } = of;
  const differs = [
    ...((await vault.digest('name', fold(person.fullName))) === given.nameDigest ? [] : ['fullName']),
    ...((await vault.digest('account', accountKey(person.account))) === account.digest ? [] : ['account']),
    ...(person.employer === given.employer ? [] : ['employer']),
    ...(person.payingUnit === given.payingUnit ? [] : ['payingUnit']),
    ...differingFacts(person.facts, given.facts),
  ];
  if (differs.length === 0) return { standing: 'same', caseId };
  const isOfFacts = !differs.some((one) => notFacts.includes(one));
  return { standing: 'changed', caseId, differs, isTaken: isOfFacts && (await isBeforeMoney(of, store)) };
}

const notFacts = ['fullName', 'account', 'employer', 'payingUnit'];

/** Not in a batch, not paid, not closed: a corrected list can take the place of the one before. */
async function isBeforeMoney(of: Case, store: Ports['store']): Promise<boolean> {
  if (of.submitted.difference !== undefined || of.entries.some(({ kind }) => kind === 'closed')) return false;
  return (await readParts(store, of)).every(({ status }) => isBeforeBatch(status));
}

/** The paths of facts that are not the same: `person.birth`, `leaving.on`, `pay`, `service`. */
export function differingFacts(now: Facts, before: Facts): readonly string[] {
  const [one, other] = [leavesOf(now), leavesOf(before)];
  const paths = new Set([...one.keys(), ...other.keys()]);
  return [...paths].filter((path) => hashOf(one.get(path) ?? null) !== hashOf(other.get(path) ?? null));
}

function leavesOf({ person, leaving, ...rest }: Facts): ReadonlyMap<string, unknown> {
  const under = (name: string, of: object | undefined) =>
    Object.entries(of ?? {}).map(([key, value]) => [`${name}.${key}`, value] as const);
  return new Map<string, unknown>([...under('person', person), ...under('leaving', leaving), ...Object.entries(rest)]);
}
