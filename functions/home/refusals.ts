/**
 * Access that was refused: a line for a caller, an address and a status in an hour, the first time only, so that asking again fills
 * nothing. Kept ninety days; evidence of nothing, as sign-ins are.
 */
import * as z from 'zod';
import type { Instant } from '../../shared/calendar.ts';
import type { Scratch } from '../../shared/case/scratch.ts';
import type { Refusals } from '../web/ports.ts';

const refusal = z.object({
  at: z.string(),
  by: z.string().exactOptional(),
  what: z.string(),
  status: z.number().int(),
});

const kind = 'refused';
const keptMilliseconds = 90 * 24 * 3_600_000;
const hourLength = 'YYYY-MM-DDThh'.length;
/** So many lines a process remembers to have written, in an hour or two. */
const mostRemembered = 10_000;

export function refusals(scratch: Pick<Scratch, 'insert' | 'latest'>, now: () => Instant): Refusals {
  const written = new Set<string>();
  return {
    async note(refused) {
      const at = now();
      const key = `${at.slice(0, hourLength)} ${refused.by ?? '-'} ${refused.status} ${refused.what}`;
      if (written.has(key)) return;
      await scratch.insert(kind, key, JSON.stringify({ at, ...refused }), Date.parse(at) + keptMilliseconds);
      if (written.size >= mostRemembered) written.clear();
      written.add(key);
    },
    async latest(most) {
      const found = await scratch.latest(kind, most);
      return found
        .map(({ value }) => refusal.parse(JSON.parse(value)))
        .toSorted((one, other) => (one.at < other.at ? 1 : -1));
    },
  };
}
