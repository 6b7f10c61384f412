/** Units hear once a day of the letters that nobody has handed over, and on the same day of those that came. */
import { localDateOf } from '../../shared/calendar.ts';
import type { Ports } from '../../shared/case/ports.ts';
import { tellWaiting } from '../../shared/completion/tell-letters.ts';
import type { Scratch } from '../../shared/case/scratch.ts';

/** Looking reads every part of the province: a unit of reading a person. */
const lookEveryMilliseconds = 3_600_000;

/** Something happened of which a unit is told. */
export async function noteLetters(scratch: Scratch): Promise<void> {
  if ((await scratch.get('letters', 'news')) === undefined) await scratch.put('letters', 'news', '');
}

/** Harmless to run at any time: the day is noted after everybody was told, and each mail is sent once. */
export async function remindOfLetters(scratch: Scratch, ports: Ports): Promise<void> {
  const now = ports.now();
  const today = localDateOf(now);
  const isNewDay = (await scratch.get('cursor', 'letters')) !== today;
  const isNews = (await scratch.get('letters', 'news')) !== undefined;
  if (!isNewDay && !isNews) return;
  if (!(await scratch.insert('lease', `letters/${today}`, '', Date.parse(now) + lookEveryMilliseconds))) return;
  // Before the rows are read: what happens meanwhile is news again.
  await scratch.remove('letters', 'news');
  try {
    await tellWaiting(ports);
  } catch (error) {
    await noteLetters(scratch);
    throw error;
  }
  await scratch.put('cursor', 'letters', today);
}
