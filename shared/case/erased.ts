/**
 * Whose data were erased: the person's own history says so and names none of them. The key is then gone for good, and whatever
 * brings an older state of the keys back, a backup, a restored table, an export, is held against the histories again.
 */
import * as z from 'zod';
import { dataOf } from './history.ts';
import type { Entry } from './store.ts';

export const erasedKind = 'erased';

export const erasure = z.object({
  /** What decided it. */
  document: z.object({ number: z.string(), on: z.string() }),
  /** The last day on which the law had them kept, as that document says. */
  keptUntil: z.string(),
  reason: z.string(),
  confirmedBy: z.string(),
  /** Papers of this person alone, by the hash of their content: erased too. */
  files: z.array(z.string()),
});
export type Erasure = z.infer<typeof erasure>;

/** Whose key it is: of a person, by the case; of a file, by the hash of its content. */
export const personOwner = (caseId: string) => `person/${caseId}`;
export const fileOwner = (hash: string) => `file/${hash}`;

/** The owners of keys that must not be there, as these entries say. */
export function erasedOwners(entries: Iterable<Entry>): ReadonlySet<string> {
  const owners = new Set<string>();
  for (const entry of entries) for (const owner of ownersIn(entry)) owners.add(owner);
  return owners;
}

function ownersIn(entry: Entry): readonly string[] {
  const caseId = /^case\/(.+)$/.exec(entry.stream)?.[1];
  if (entry.kind !== erasedKind || caseId === undefined) return [];
  return [personOwner(caseId), ...dataOf(entry, erasure).files.map(fileOwner)];
}
