import { workflowState } from '../../shared/case/workflow-state.ts';
import { fundBatch } from '../../shared/disbursement/fund.ts';
import { task } from '../task.ts';

export const fundTask = task(workflowState, async ({ batchId }, ports) => {
  await fundBatch(batchId, ports);
  return { batchId };
});
