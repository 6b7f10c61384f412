/**
 * Which sums of a table are left out so that nobody's own is learnt from it: those of one or two transfers, and as many more
 * as it takes that the total less what is shown does not give them away. People are never left out.
 */

/** A sum of fewer transfers than this is somebody's own. */
export const fewestSums = 3;

export function isSmall(sums: number): boolean {
  return sums > 0 && sums < fewestSums;
}

/** One line of a table: how many transfers stand behind each of its sums, in the order of its columns. */
type SumsBehind = readonly number[];

/**
 * For each line, whether its sums are left out. A line goes with all its columns, since one of them is the rest of the
 * others. Takes also which columns show their total; without it nothing can be worked out from the rest.
 */
export function hiddenLines(lines: readonly SumsBehind[], isTotalShown: readonly boolean[]): readonly boolean[] {
  const hidden = lines.map((sums) => sums.some(isSmall));
  const columns = isTotalShown.flatMap((isShown, column) => (isShown ? [column] : []));
  for (;;) {
    const given = columns.find((column) => isSmall(hiddenTogether(lines, hidden, column)));
    const next = given === undefined ? undefined : smallestShown(lines, hidden, given);
    if (next === undefined) return hidden;
    hidden[next] = true;
  }
}

function hiddenTogether(lines: readonly SumsBehind[], hidden: readonly boolean[], column: number): number {
  return lines.reduce((together, sums, index) => together + (hidden[index] === true ? (sums[column] ?? 0) : 0), 0);
}

function smallestShown(lines: readonly SumsBehind[], hidden: readonly boolean[], column: number): number | undefined {
  let found: number | undefined;
  for (const [index, sums] of lines.entries()) {
    const behind = sums[column] ?? 0;
    if (hidden[index] === true || behind === 0) continue;
    if (found === undefined || behind < (lines[found]?.[column] ?? 0)) found = index;
  }
  return found;
}

/** People are counted once, with the first of their transfers. */
export interface CountedSum {
  readonly people: number;
  readonly sums: number;
}

/** How many stand behind a sum: its people, or its transfers where all its people are counted with another of theirs. */
export function behind({ people, sums }: CountedSum): number {
  return people === 0 ? sums : people;
}

/** A whole, what of it is paid and what is still to be; the rest was given up. */
export interface PaidSums {
  readonly base: CountedSum;
  readonly paid: CountedSum;
  readonly unpaid: CountedSum;
}

export interface ShownTotals {
  readonly base: boolean;
  readonly paid: boolean;
  readonly unpaid: boolean;
}

export const allShown: ShownTotals = { base: true, paid: true, unpaid: true };

/** Which totals are shown: a small part takes the whole with it. */
export function shownTotals(of: PaidSums): ShownTotals {
  const [paid, unpaid] = [!isSmall(behind(of.paid)), !isSmall(behind(of.unpaid))];
  const isWhole = !isSmall(behind(of.base)) && !isSmall(behind(restOf(of)));
  return { base: paid && unpaid && isWhole, paid, unpaid };
}

function restOf({ base, paid, unpaid }: PaidSums): CountedSum {
  return { people: base.people - paid.people - unpaid.people, sums: base.sums - paid.sums - unpaid.sums };
}

/** For each group of a table (a regime, a unit), whether its sums are left out; `shown` are the totals of all of them. */
export function hiddenGroups(groups: readonly PaidSums[], shown: ShownTotals): readonly boolean[] {
  // What was given up is the rest of a line, and is nobody's to learn either.
  const lines = groups.map((of) => [of.base, of.paid, of.unpaid, restOf(of)].map(behind));
  return hiddenLines(lines, [shown.base, shown.paid, shown.unpaid, isRestShown(shown)]);
}

/** For each place where money may be, whether its sum is left out: small ones hide within what is unpaid, and within the rest. */
export function hiddenPlaces(
  places: readonly (CountedSum & { readonly of: 'paid' | 'unpaid' | 'rest' })[],
  shown: ShownTotals,
): readonly boolean[] {
  const isTotalShown = { paid: false, unpaid: shown.unpaid, rest: isRestShown(shown) };
  const hidden = new Set<CountedSum>();
  for (const [part, own] of Map.groupBy(places, ({ of }) => of)) {
    const lines = hiddenLines(
      own.map((place) => [behind(place)]),
      [isTotalShown[part]],
    );
    for (const [index, place] of own.entries()) if (lines[index] === true) hidden.add(place);
  }
  return places.map((place) => hidden.has(place));
}

/** It is what the shown totals leave over. */
function isRestShown({ base, paid, unpaid }: ShownTotals): boolean {
  return base && paid && unpaid;
}
