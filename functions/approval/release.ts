import { releaseBatch } from '../../shared/approval/release.ts';
import { workflowState } from '../../shared/case/workflow-state.ts';
import { assess } from '../../shared/entitlement/assess.ts';
import { task } from '../task.ts';

export const releaseTask = task(workflowState, async ({ batchId }, ports) => {
  await releaseBatch(batchId, (facts) => assess(facts), ports);
  return { batchId };
});
