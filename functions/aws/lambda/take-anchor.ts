import { takeAnchor } from '../chores.ts';
import { home, isHere } from './process.ts';

export async function handler(): Promise<void> {
  if (!(await isHere())) return;
  await takeAnchor(home());
}
