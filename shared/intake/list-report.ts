/** What the page of a list shows: counts, the first faults, what confirming would do. Small however long the list is. */
import * as z from 'zod';
import type { CheckedList } from './checked-list.ts';
import { type Fault, storedFault } from './list-faults.ts';
import { returnLetter } from './return-letter.ts';
import { standing } from './standing.ts';
import { rowName } from './submit.ts';

/** Faults and rows that are shown; the marked file has them all. */
const mostShown = 300;

const shown = z.object({ first: z.array(storedFault), count: z.number(), rows: z.number() });

export const listReport = z.object({
  people: z.number(),
  faults: shown,
  warnings: shown,
  notices: z.array(z.object({ vi: z.string(), en: z.string() })),
  /** People for whom the unit states a sum of its own. */
  declared: z.number(),
  /** What the good rows come to, đồng, and how many of them are entitled. */
  computed: z.object({ entitled: z.number(), total: z.string() }),
  fresh: z.number(),
  same: z.number(),
  /** Cases that the list itself corrects. */
  taken: z.number(),
  changed: z.object({
    count: z.number(),
    first: z.array(z.object({ row: z.string(), fullName: z.string(), standing })),
  }),
  /** The rows of people with a case elsewhere. */
  elsewhere: z.array(z.string()),
  /** Words for the unit; empty where nothing goes back. */
  letter: z.string(),
});
export type ListReport = z.infer<typeof listReport>;

/** Takes the list and what the rows that have no fault were computed as. */
export function reportOf(list: CheckedList, computed: ListReport['computed']): ListReport {
  const pairs = list.people.map((person, index) => ({ person, of: list.standings[index] }));
  const count = (is: 'new' | 'same') => pairs.filter(({ of }) => of?.standing === is).length;
  const changed = pairs.flatMap(({ person, of }) => (of?.standing === 'changed' ? [{ person, of }] : []));
  return {
    people: list.people.length,
    faults: firstOf(list.faults),
    warnings: firstOf(list.warnings),
    notices: [...list.notices],
    declared: list.people.filter(({ declaredTotal }) => declaredTotal !== undefined).length,
    computed,
    fresh: count('new'),
    same: count('same'),
    taken: changed.filter(({ of }) => of.isTaken).length,
    changed: {
      count: changed.length,
      first: changed.slice(0, mostShown).map(({ person, of }) => ({
        row: rowName(person),
        fullName: person.fullName,
        standing: of,
      })),
    },
    elsewhere: pairs.flatMap(({ person, of }) => (of?.standing === 'elsewhere' ? [rowName(person)] : [])),
    letter: list.faults.length === 0 ? '' : returnLetter(list),
  };
}

function firstOf(faults: readonly Fault[]): z.infer<typeof shown> {
  const rows = new Set(faults.map(({ sheet, row }) => `${sheet}/${row}`)).size;
  return { first: faults.slice(0, mostShown), count: faults.length, rows };
}
