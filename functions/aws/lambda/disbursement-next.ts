import { nextTask } from '../../disbursement/next.ts';
import { home } from './process.ts';

export const handler = nextTask(async () => home().ports);
