import { waitingState } from '../../shared/case/workflow-state.ts';
import { followPayments } from '../../shared/disbursement/follow.ts';
import { task } from '../task.ts';

export const followTask = task(waitingState, followPayments);
