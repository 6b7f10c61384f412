import { reportTask } from '../../completion/report.ts';
import { home } from './process.ts';

export const handler = reportTask(async () => home().ports);
