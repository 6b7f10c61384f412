import { workflowState } from '../../shared/case/workflow-state.ts';
import { reportBatch } from '../../shared/completion/report.ts';
import { task } from '../task.ts';

export const reportTask = task(workflowState, async ({ batchId }, ports) => {
  await reportBatch(batchId, ports);
  return { batchId };
});
