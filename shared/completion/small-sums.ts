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

/** Of a whole that falls into paid, unpaid and the rest: which totals are shown. A small part takes the whole with it. */
export function shownTotals(sums: { readonly base: number; readonly paid: number; readonly unpaid: number }): {
  readonly base: boolean;
  readonly paid: boolean;
  readonly unpaid: boolean;
} {
  const rest = sums.base - sums.paid - sums.unpaid;
  const [paid, unpaid] = [!isSmall(sums.paid), !isSmall(sums.unpaid)];
  return { base: paid && unpaid && !isSmall(rest) && !isSmall(sums.base), paid, unpaid };
}
