import { fundTask } from '../../disbursement/fund.ts';
import { home } from './process.ts';

export const handler = fundTask(async () => home().ports);
