import { releaseTask } from '../../approval/release.ts';
import { home } from './process.ts';

export const handler = releaseTask(async () => home().ports);
