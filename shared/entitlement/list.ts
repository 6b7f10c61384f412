/**
 * Step `entitlement.list`: whom the recomputation is to go over. While it has not ended nobody freezes the list anew, so what is
 * read here is the list that is then recorded as recomputed.
 */
import { readBatch, readFrozenList } from '../case/batch.ts';
import type { Ports } from '../case/ports.ts';

/** Every part of the newest frozen list. Throws when there is none, or it is gone or was altered. */
export async function listedParts(
  batchId: string,
  { store, files }: Pick<Ports, 'store' | 'files'>,
): Promise<readonly string[]> {
  const batch = await readBatch(store, batchId);
  if (batch === undefined) throw new Error(`there is no batch ${batchId}`);
  return (await readFrozenList(files, batch)).parts.map(({ part }) => part);
}
