import { readUnits } from '../../shared/case/unit.ts';
import { workflowState } from '../../shared/case/workflow-state.ts';
import { makeSlips } from '../../shared/disbursement/slips.ts';
import { writeSlipFile } from '../papers/slip-files.ts';
import { task } from '../task.ts';

export const slipsTask = task(workflowState, async ({ batchId }, ports) => {
  await makeSlips(batchId, await readUnits(ports.store), writeSlipFile, ports);
  return { batchId };
});
