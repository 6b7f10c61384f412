/** The monthly cut-off of intake: Home Affairs sets its day; what arrives later waits for the month after. */
import * as z from 'zod';
import {
  type Instant,
  isLocalDate,
  localDateOf,
  type LocalDate,
  type Month,
  monthAt,
  monthIndex,
  monthOf,
} from '../calendar.ts';
import type { Account } from '../case/access.ts';
import { commitDeciding, dataOf } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import type { Store } from '../case/store.ts';

/** A day of the month that every month has, and the letter that sets it. */
const cutOff = z.object({ day: z.number().int().min(1).max(28), number: z.string(), on: z.string() });
export type CutOff = z.infer<typeof cutOff>;

const stream = 'settings/cut-off';

/** The rule in force; `undefined` until Home Affairs sets one: then nothing is late. */
export async function readCutOff(store: Store): Promise<CutOff | undefined> {
  const last = (await store.read(stream)).at(-1);
  return last === undefined ? undefined : dataOf(last, cutOff);
}

/** The month whose round a submission belongs to: this month's up to the end of its day, in Viet Nam. */
export function roundOf(at: Instant, { day }: Pick<CutOff, 'day'>): Month {
  const today = localDateOf(at);
  return monthAt(monthIndex(today) + (Number(today.slice(8)) > day ? 1 : 0));
}

/** The round that a submission waits for because it came after its own month's cut-off; `undefined` when it is in time. */
export function lateRound(at: Instant, cutOff: Pick<CutOff, 'day'>): Month | undefined {
  const round = roundOf(at, cutOff);
  return round === monthOf(localDateOf(at)) ? undefined : round;
}

/** The last day of a month's round. */
export function lastDayOf(round: Month, { day }: Pick<CutOff, 'day'>): LocalDate {
  return `${round}-${String(day).padStart(2, '0')}`;
}

export async function setCutOff(
  { day, number, on }: { readonly day: string; readonly number: string; readonly on: string },
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'set' } | Refused> {
  if (!/^\d{1,2}$/.test(day) || Number(day) < 1 || Number(day) > 28) {
    return refused(
      'Hạn gửi là một ngày từ 1 đến 28, để tháng nào cũng có.',
      'The cut-off is a day from 1 to 28, so that every month has it.',
    );
  }
  if (number.trim() === '' || !isLocalDate(on) || on > localDateOf(now())) {
    return refused(
      'Hãy ghi số, ký hiệu và ngày của văn bản đặt hạn.',
      'State number and day of the letter that sets it.',
    );
  }
  const data: CutOff = { day: Number(day), number: number.trim(), on };
  await commitDeciding(store, async () => {
    const readAt = (await store.read(stream)).length;
    return { changes: [{ stream, readAt, entries: [{ kind: 'cut-off-set', at: now(), by: by.id, data }] }] };
  });
  return { outcome: 'set' };
}
