import { workflowState } from '../../shared/case/workflow-state.ts';
import { disbursementNext } from '../../shared/disbursement/due.ts';
import { task } from '../task.ts';

export const nextTask = task(workflowState, disbursementNext);
