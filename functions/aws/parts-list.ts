/**
 * The list that a Map of the workflow reads, written by the step that runs before it: all parts for the recomputation, those that
 * are due for the orders. Nobody else writes it. A step that is killed is tried again and writes the same; nothing else moves the
 * batch meanwhile, so that a Map never reads a list of before. Codes of parts alone, no personal data.
 */
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Ports } from '../../shared/case/ports.ts';
import { workflowState } from '../../shared/case/workflow-state.ts';
import { partsToOrder } from '../../shared/disbursement/due.ts';
import { listedParts } from '../../shared/entitlement/list.ts';
import { fundTask } from '../disbursement/fund.ts';
import { listTask } from '../entitlement/list.ts';
import { type Task, task } from '../task.ts';
import { type Pause, pause, service } from './faults.ts';

export interface Lists {
  readonly client: S3Client;
  readonly bucket: string;
  readonly wait?: Pause;
}

/** Replaces the batch's list. Throws a transient fault where another try may pass, and a permanent one else. */
export async function writePartsList(
  { client, bucket, wait = pause }: Lists,
  batchId: string,
  parts: readonly string[],
): Promise<void> {
  const ask = service('the bucket of the lists', wait);
  const put = new PutObjectCommand({
    Bucket: bucket,
    Key: `batches/${batchId}/parts.json`,
    Body: JSON.stringify(parts),
    ContentType: 'application/json',
    ChecksumAlgorithm: 'SHA256',
  });
  await ask(async () => client.send(put));
}

/** Step `entitlement.list` in the cloud: every part of the frozen list is written down for the recomputation. */
export function listTaskOver(lists: Lists): Task {
  return listing(listTask, listedParts, lists);
}

/** Step `disbursement.fund` in the cloud: whoever can be ordered then is written down; of a few returned payments, those few. */
export function fundTaskOver(lists: Lists): Task {
  return listing(fundTask, partsToOrder, lists);
}

function listing(
  step: Task,
  partsOf: (batchId: string, ports: Ports) => Promise<readonly string[]>,
  lists: Lists,
): Task {
  return task(workflowState, async (state, ports) => {
    const output = await step(async () => ports)(state);
    await writePartsList(lists, state.batchId, await partsOf(state.batchId, ports));
    return output;
  });
}
