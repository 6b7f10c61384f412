import { releaseBatch } from '../../shared/approval/release.ts';
import { workflowState } from '../../shared/case/workflow-state.ts';
import { assessCase } from '../../shared/entitlement/assess-case.ts';
import { task } from '../task.ts';

export const releaseTask = task(workflowState, async ({ batchId }, ports) => {
  await releaseBatch(batchId, (of) => assessCase(of.submitted, of.readings), ports);
  return { batchId };
});
