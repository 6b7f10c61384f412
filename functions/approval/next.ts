import { workflowState } from '../../shared/case/workflow-state.ts';
import { approvalNext } from '../../shared/approval/next.ts';
import { task } from '../task.ts';

export const nextTask = task(workflowState, approvalNext);
