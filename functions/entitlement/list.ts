import { workflowState } from '../../shared/case/workflow-state.ts';
import { listedParts } from '../../shared/entitlement/list.ts';
import { task } from '../task.ts';

/** Fails where the frozen list is gone or altered. Where the next step reads a file, whoever runs this one writes it. */
export const listTask = task(workflowState, async ({ batchId }, ports) => {
  await listedParts(batchId, ports);
  return { batchId };
});
