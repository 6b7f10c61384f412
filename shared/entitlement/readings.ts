/**
 * Computes under every reading that is still open: where all readings give the same, the question does not matter and
 * the answer stands; where they do not, a person must decide, with the alternatives side by side.
 */
import { type ReadingNumber, readingOf, type SetReadings } from '../law/readings.ts';

/** Asks for the value of a switch; what is computed with the answer is tried with the other values too. */
export type Choose = (number: ReadingNumber) => string;

export interface Explored<T> {
  /** One result for each combination of readings that gives something else; one alone when nothing is open. */
  readonly alternatives: readonly { readonly readings: SetReadings; readonly result: T }[];
  /** Every question that changes the result: of the alternatives, or of the default it was computed with. */
  readonly open: readonly ReadingNumber[];
}

/** Evaluations of one person at the most; the questions one file can raise stay far below. */
const mostEvaluations = 256;

/**
 * Takes the evaluation, the switches already set, and a key that is equal for results that pay the same.
 * Throws RangeError if more combinations arise than a person's file can raise.
 */
export function explore<T>(
  evaluate: (choose: Choose) => T,
  set: SetReadings,
  keyOf: (result: T) => string,
): Explored<T> {
  const leaves: Leaf<T>[] = [];
  const defaulted = new Set<ReadingNumber>();
  let path: Step[] | undefined = [];
  while (path !== undefined) {
    if (leaves.length >= mostEvaluations) throw new RangeError('too many open readings for one person');
    const steps: Step[] = path;
    const result = evaluate((number) => answer(number, set, steps, defaulted));
    leaves.push({ steps: [...steps], result, key: keyOf(result) });
    path = nextPath(steps);
  }
  const matters = questionsThatMatter(leaves);
  const distinct = distinctBy(leaves, matters);
  const first = leaves[0];
  const rests =
    first === undefined ? [] : [...defaulted].filter((number) => changesResult(number, evaluate, set, first, keyOf));
  return { alternatives: distinct, open: [...matters, ...rests] };
}

interface Step {
  readonly number: ReadingNumber;
  readonly index: number;
}

interface Leaf<T> {
  readonly steps: readonly Step[];
  readonly result: T;
  readonly key: string;
}

function answer(number: ReadingNumber, set: SetReadings, steps: Step[], defaulted: Set<ReadingNumber>): string {
  const fixed = set[number];
  if (fixed !== undefined) return fixed;
  const { values, whenUnset } = readingOf(number);
  const first = values[0];
  if (first === undefined) throw new RangeError(`reading ${number} has no value to choose`);
  if (whenUnset === 'default') {
    if (values.length > 1) defaulted.add(number);
    return first;
  }
  const taken = steps.find((step) => step.number === number);
  if (taken !== undefined) return values[taken.index] ?? first;
  steps.push({ number, index: 0 });
  return first;
}

/** Counts up the last question that has a value left; what was asked after it is asked anew. */
function nextPath(steps: readonly Step[]): Step[] | undefined {
  for (let last = steps.length - 1; last >= 0; last -= 1) {
    const step = steps[last];
    if (step !== undefined && step.index + 1 < readingOf(step.number).values.length) {
      return [...steps.slice(0, last), { number: step.number, index: step.index + 1 }];
    }
  }
  return undefined;
}

/** A question matters when its values do not all lead to the same set of results. */
function questionsThatMatter<T>(leaves: readonly Leaf<T>[]): readonly ReadingNumber[] {
  if (leaves.length === 1 || leaves.every(({ key }) => key === leaves[0]?.key)) return [];
  const asked = [...new Set(leaves.flatMap(({ steps }) => steps.map(({ number }) => number)))];
  return asked.filter((number) => {
    const resultSets = readingOf(number).values.map((_, index) => {
      const under = leaves.filter(({ steps }) => steps.every((step) => step.number !== number || step.index === index));
      return [...new Set(under.map(({ key }) => key))].toSorted().join('\n');
    });
    return new Set(resultSets).size > 1;
  });
}

function distinctBy<T>(leaves: readonly Leaf<T>[], matters: readonly ReadingNumber[]): Explored<T>['alternatives'] {
  const seen = new Map<string, { readings: SetReadings; result: T }>();
  for (const { steps, result } of leaves) {
    const readings: SetReadings = {};
    for (const { number, index } of steps) {
      const value = readingOf(number).values[index];
      if (matters.includes(number) && value !== undefined) readings[number] = value;
    }
    const name = JSON.stringify(readings);
    if (!seen.has(name)) seen.set(name, { readings, result });
  }
  return [...seen.values()];
}

/** Whether a result rests on a default: some other value of the switch would pay something else. */
function changesResult<T>(
  number: ReadingNumber,
  evaluate: (choose: Choose) => T,
  set: SetReadings,
  first: Leaf<T>,
  keyOf: (result: T) => string,
): boolean {
  return readingOf(number)
    .values.slice(1)
    .some((value) => {
      const steps = [...first.steps];
      const other = evaluate((asked) => (asked === number ? value : answer(asked, set, steps, new Set())));
      return keyOf(other) !== first.key;
    });
}
