/**
 * Use case, step `entitlement.recompute`: some parts of a frozen batch are computed again from their facts. Anything
 * but the same hash is recorded on the batch, which then gives its people back instead of paying them.
 */
import { batchStream, readBatch, readFrozenList } from '../case/batch.ts';
import { type Case, caseHashOf, readCase } from '../case/case.ts';
import { commitDeciding } from '../case/history.ts';
import { caseIdOf } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import type { Slice } from '../case/workflow-state.ts';
import type { Dong } from '../dong.ts';
import { assessCase, saysTheSame } from './assess-case.ts';

export async function recompute(slice: Slice, ports: Ports): Promise<{ readonly differing: number }> {
  const { store, files, now } = ports;
  const { batchId } = slice.BatchInput;
  const batch = await readBatch(store, batchId);
  if (batch?.frozen === undefined) throw new Error(`there is no frozen batch ${batchId}`);
  // Recomputed before: a restarted workflow must not judge a batch again whose accounts were corrected since.
  if (batch.isRecomputed) return { differing: 0 };
  const { version } = batch.frozen;
  const frozen = new Map((await readFrozenList(files, batch)).parts.map((part) => [part.part, part]));
  const differing: string[] = [];
  for (const partId of slice.Items) {
    const was = frozen.get(partId);
    const of = await readCase(store, caseIdOf(partId));
    if (was === undefined) continue;
    if (of === undefined || recomputedHash(of) !== was.caseHash) differing.push(partId);
  }
  if (differing.length > 0) await record(batchId, version, differing, { store, now });
  return { differing: differing.length };
}

/**
 * The hash that the case's facts give now, under the readings it was computed with. A new edition of the law's data that
 * says the same of this person is no difference.
 */
export function recomputedHash(of: Case): string {
  return recomputedCase(of).caseHash;
}

/** The same with the sum, đồng; nothing where nobody is entitled. */
export function recomputedCase(of: Case): { readonly caseHash: string; readonly total: Dong } {
  const again = assessCase(of.submitted, of.readings);
  const assessment = saysTheSame(again, of.assessment) ? of.assessment : again;
  const caseHash = caseHashOf({ ...of.submitted, accountDigest: of.account.digest }, assessment);
  return { caseHash, total: assessment.outcome === 'entitled' ? BigInt(assessment.total) : 0n };
}

async function record(
  batchId: string,
  version: number,
  parts: readonly string[],
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<void> {
  await commitDeciding(store, async () => {
    const batch = await readBatch(store, batchId);
    if (batch === undefined || parts.every((part) => batch.differing.includes(part))) return { stop: 'recorded' };
    return {
      changes: [
        {
          stream: batchStream(batchId),
          readAt: batch.entries.length,
          entries: [{ kind: 'recomputed-differently', at: now(), by: 'system', data: { version, parts } }],
        },
      ],
    };
  });
}
