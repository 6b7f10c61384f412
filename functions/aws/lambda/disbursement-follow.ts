import { followTask } from '../../disbursement/follow.ts';
import { home } from './process.ts';

export const handler = followTask(async () => home().ports);
