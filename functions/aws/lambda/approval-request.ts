import { requestTask } from '../../approval/request.ts';
import { home } from './process.ts';

export const handler = requestTask(async () => home().ports);
