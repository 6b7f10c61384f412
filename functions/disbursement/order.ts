import { slice } from '../../shared/case/workflow-state.ts';
import { orderParts } from '../../shared/disbursement/order.ts';
import { task } from '../task.ts';

export const orderTask = task(slice, orderParts);
