import { slice } from '../../shared/case/workflow-state.ts';
import { recompute } from '../../shared/entitlement/recompute.ts';
import { task } from '../task.ts';

export const recomputeTask = task(slice, recompute);
