import { slipsTask } from '../../disbursement/slips.ts';
import { home } from './process.ts';

export const handler = slipsTask(async () => home().ports);
