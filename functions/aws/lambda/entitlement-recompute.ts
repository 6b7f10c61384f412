import { recomputeTask } from '../../entitlement/recompute.ts';
import { home } from './process.ts';

export const handler = recomputeTask(async () => home().ports);
