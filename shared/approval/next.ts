/** What a batch needs next before it may be ordered. The workflow asks it; so do the pages. */
import { type Batch, batchStream, isStopped, readBatch } from '../case/batch.ts';
import { commitDeciding } from '../case/history.ts';
import type { Ports } from '../case/ports.ts';
import type { WorkflowState } from '../case/workflow-state.ts';
import { followBatch } from './follow.ts';
import { releaseStrays } from './release.ts';
import { type ApprovalStep, stepNamed } from './route.ts';

/** The first step that the newest version needs and nobody has decided on it. */
export function nextStep({ frozen, decisions }: Batch): ApprovalStep | undefined {
  const name = frozen?.steps.find((step) => !decisions.some((decision) => decision.step === step));
  return name === undefined ? undefined : stepNamed(name);
}

/** What the waiting state of a batch waits for, as a word that changes when the answer is there. */
export function awaitedNow(batch: Batch): string {
  if (isStopped(batch) || batch.frozen === undefined || !batch.isRecomputed) return 'nothing';
  const step = nextStep(batch);
  if (step !== undefined) return `confirmation/${step.step}/${batch.frozen.version}${roundOf(batch)}`;
  return batch.provincial === undefined ? `provincial-decision/${batch.frozen.version}` : 'units-and-treasury';
}

/** A reopened step is asked for anew, by links of its own. */
export function roundOf({ reopenings }: Pick<Batch, 'reopenings'>): string {
  return reopenings === 0 ? '' : `/${reopenings}`;
}

/** Step `approval.next`. Coming straight from the recomputation it first records that the version was recomputed. */
export async function approvalNext(state: WorkflowState, ports: Ports): Promise<WorkflowState> {
  const { batchId } = state;
  const comesFromRecomputing = state.next === undefined || state.next === 'recompute';
  if (comesFromRecomputing) await recordRecomputed(batchId, ports);
  const batch = await readBatch(ports.store, batchId);
  if (batch === undefined) throw new Error(`there is no batch ${batchId}`);
  if (isStopped(batch)) return { batchId, next: 'release' };
  if (!batch.isRecomputed) return { batchId, next: 'recompute' };
  if (nextStep(batch) !== undefined) return { batchId, next: 'confirmation' };
  if (batch.provincial === undefined) return { batchId, next: 'provincial-decision' };
  // A subscriber does this too, but it may be behind: nothing is ordered before every part is decided.
  await followBatch(batchId, ports);
  await releaseStrays(batchId, 'Không thuộc danh sách đã được quyết định.', ports);
  return { batchId, next: 'order' };
}

async function recordRecomputed(batchId: string, { store, now }: Ports): Promise<void> {
  await commitDeciding(store, async () => {
    const batch = await readBatch(store, batchId);
    const isKnown = batch?.frozen === undefined || batch.isRecomputed || batch.differing.length > 0;
    if (batch?.frozen === undefined || isKnown) return { stop: 'nothing to record' };
    const data = { version: batch.frozen.version };
    return {
      changes: [
        {
          stream: batchStream(batchId),
          readAt: batch.entries.length,
          entries: [{ kind: 'recomputed', at: now(), by: 'system', data }],
        },
      ],
    };
  });
}
