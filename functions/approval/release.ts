import { releaseBatch } from '../../shared/approval/follow.ts';
import { workflowState } from '../../shared/case/workflow-state.ts';
import { task } from '../task.ts';

export const releaseTask = task(workflowState, async ({ batchId }, ports) => {
  await releaseBatch(batchId, ports);
  return { batchId };
});
