/** Sums over very few people would tell what somebody is paid: whoever may not see names does not see them either. */
import type { Dong } from '../dong.ts';
import { fewestSums } from './small-sums.ts';

export interface Shown {
  readonly people: number;
  readonly total: Dong;
}

/**
 * Takes the groups of one table, each as the sums that could be read off it (credited, and what is left to the entitled),
 * and gives the places of those whose sums are not shown. The table shows its total, so one alone could be subtracted: then
 * the smallest other goes too. Counts of people are always shown.
 */
export function hiddenAmong(groups: readonly (readonly Shown[])[]): ReadonlySet<number> {
  const hidden = new Set(groups.flatMap((sums, at) => (sums.some(isTelling) ? [at] : [])));
  if (hidden.size !== 1) return hidden;
  const others = groups
    .map((sums, at) => ({ at, people: sums.reduce((all, { people }) => all + people, 0) }))
    .filter(({ at, people }) => !hidden.has(at) && people > 0)
    .toSorted((one, other) => one.people - other.people);
  return new Set([...hidden, ...others.slice(0, 1).map(({ at }) => at)]);
}

function isTelling({ people, total }: Shown): boolean {
  return total !== 0n && people < fewestSums;
}
