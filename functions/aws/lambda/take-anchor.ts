import { takeAnchor } from '../chores.ts';
import { home } from './process.ts';

export async function handler(): Promise<void> {
  await takeAnchor(home());
}
