import { nextTask } from '../../approval/next.ts';
import { home } from './process.ts';

export const handler = nextTask(async () => home().ports);
