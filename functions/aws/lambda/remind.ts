import { remind } from '../chores.ts';
import { home, isHere } from './process.ts';

export async function handler(): Promise<void> {
  if (!(await isHere())) return;
  await remind(home());
}
