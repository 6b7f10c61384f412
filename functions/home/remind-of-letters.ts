/** Once a day, units whose letters nobody has handed over are told again. */
import { localDateOf } from '../../shared/calendar.ts';
import type { Ports } from '../../shared/case/ports.ts';
import { tellWaiting } from '../../shared/completion/notices.ts';
import type { Scratch } from '../../shared/case/scratch.ts';

/** Harmless to run at any time: the day is noted after everybody was told, and each mail is sent once. */
export async function remindOfLetters(scratch: Scratch, ports: Ports): Promise<void> {
  const today = localDateOf(ports.now());
  if ((await scratch.get('cursor', 'letters')) === today) return;
  await tellWaiting(ports);
  await scratch.put('cursor', 'letters', today);
}
