/** Somebody else's list against ours, person by person: every difference is a row of theirs or a case of ours. */
import type { Dong } from '../dong.ts';
import type { Amount, Counted, Named, StepName } from './difference-steps.ts';

/** A row of theirs whose person is known by the code of their case, or is not. */
export interface MatchedRow {
  /** `Sheet1, dòng 14`: what names the row. */
  readonly place: string;
  readonly person?: string;
  /** Why nobody was found. */
  readonly trouble?: 'unreadable' | 'unknown' | 'several';
  readonly total?: Dong;
}

export const listLineNames = [
  'unreadable',
  'several',
  'unknown',
  'twice',
  'left-out',
  'not-yet',
  'missing',
  'other-sum',
] as const;
export type ListLineName = (typeof listLineNames)[number];

/** One name of a list's difference: by row of theirs, by case of ours, or by both. */
export interface ListNamed {
  readonly place?: string;
  readonly person?: string;
  readonly status?: Named['status'];
  /** The step that leaves them out of our figure. */
  readonly step?: StepName;
  readonly people: number;
  /** What it adds to their sum; nought where the list has none. */
  readonly total: Dong;
}

export interface ListLine extends Amount {
  readonly kind: ListLineName;
  readonly named: readonly ListNamed[];
}

export interface ListMatch {
  readonly listed: Amount;
  readonly hasSums: boolean;
  readonly lines: readonly ListLine[];
}

/**
 * Takes our figure after its steps, and where everybody known stands. What the list has more or less than it is the sum of its
 * lines; without a column of sums only people are compared.
 */
export function matchList(
  rows: readonly MatchedRow[],
  { persons, leftOutBy }: Pick<Counted, 'persons' | 'leftOutBy'>,
  statusOf: (person: string) => Named['status'] | undefined,
): ListMatch {
  const hasSums = rows.some(({ total }) => total !== undefined);
  const named = new Map<ListLineName, ListNamed[]>(listLineNames.map((kind) => [kind, []]));
  const say = (kind: ListLineName, one: ListNamed) => named.get(kind)?.push(one);
  const seen = new Set<string>();
  for (const { place, person, trouble, total = 0n } of rows) {
    const more = { place, people: 1, total };
    if (person === undefined) {
      say(trouble ?? 'unknown', more);
      continue;
    }
    const ours = persons.get(person);
    const at = ours?.status ?? statusOf(person);
    const known = { ...more, person, ...(at === undefined ? {} : { status: at }) };
    if (seen.has(person)) {
      say('twice', known);
      continue;
    }
    seen.add(person);
    const step = leftOutBy.get(person);
    if (step !== undefined) say('left-out', { ...known, step });
    else if (ours === undefined) say('not-yet', known);
    else if (hasSums && ours.total !== total) say('other-sum', { ...known, people: 0, total: total - ours.total });
  }
  for (const { person, status, total } of persons.values()) {
    if (!seen.has(person)) say('missing', { person, status, people: -1, total: hasSums ? -total : 0n });
  }
  const lines = [...named].map(([kind, all]) => ({ kind, named: all, ...sumOf(all) }));
  const listed = { people: rows.length, total: rows.reduce((sum, { total = 0n }) => sum + total, 0n) };
  return { listed, hasSums, lines: lines.filter(({ named: all }) => all.length > 0) };
}

function sumOf(all: readonly ListNamed[]): Amount {
  return {
    people: all.reduce((sum, { people }) => sum + people, 0),
    total: all.reduce((sum, { total }) => sum + total, 0n),
  };
}
