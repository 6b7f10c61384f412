import { home } from './process.ts';

export async function handler(): Promise<void> {
  await home().remind();
}
