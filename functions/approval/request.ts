import { requestConfirmation } from '../../shared/approval/request.ts';
import { waitingState } from '../../shared/case/workflow-state.ts';
import { task } from '../task.ts';

export const requestTask = task(waitingState, requestConfirmation);
