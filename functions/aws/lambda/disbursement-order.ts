import { orderTask } from '../../disbursement/order.ts';
import { home } from './process.ts';

export const handler = orderTask(async () => home().ports);
