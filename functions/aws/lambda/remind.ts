import { remind } from '../chores.ts';
import { home } from './process.ts';

export async function handler(): Promise<void> {
  await remind(home());
}
