import { awaitDecisionTask } from '../../approval/await-decision.ts';
import { home } from './process.ts';

export const handler = awaitDecisionTask(async () => home().ports);
