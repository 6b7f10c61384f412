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
  /** The questions that lead to different results: a person must decide them. */
  readonly undecided: readonly ReadingNumber[];
  /** The questions that were answered by their default, where another value would give something else. */
  readonly byDefault: readonly ReadingNumber[];
  /** Too many questions at once to lay every combination out; the alternatives are not all there. */
  readonly isCutShort: boolean;
}

/** Evaluations of one person at the most. */
const mostEvaluations = 512;

/**
 * Takes the evaluation, the switches already set, and a key that is equal for results that pay the same.
 * A file that raises more combinations than can be laid out is cut short, and says so.
 */
export function explore<T>(
  evaluate: (choose: Choose) => T,
  set: SetReadings,
  keyOf: (result: T) => string,
): Explored<T> {
  const reached: Reached<T>[] = [];
  let path: Step[] | undefined = [];
  while (path !== undefined && reached.length < mostEvaluations) {
    const steps: Step[] = path;
    const defaulted: ReadingNumber[] = [];
    const result = evaluate((number) => answer(number, set, steps, defaulted));
    reached.push({ steps, result, defaulted });
    path = nextPath(steps);
  }
  const only = reached[0];
  // Nothing was open: most people.
  if (reached.length === 1 && only !== undefined && path === undefined) {
    const byDefault = defaultsOf(only, evaluate, set, keyOf);
    return { alternatives: [{ readings: {}, result: only.result }], undecided: [], byDefault, isCutShort: false };
  }
  const isCutShort = path !== undefined;
  const leaves = reached.map((leaf) => ({ ...leaf, key: keyOf(leaf.result) }));
  const undecided = questionsThatMatter(leaves);
  const distinct = distinctBy(leaves, undecided);
  const byDefault = isCutShort ? [] : distinct.flatMap(({ leaf }) => defaultsOf(leaf, evaluate, set, keyOf));
  const alternatives = distinct.map(({ readings, leaf }) => ({ readings, result: leaf.result }));
  return { alternatives, undecided, byDefault: [...new Set(byDefault)], isCutShort };
}

interface Step {
  readonly number: ReadingNumber;
  readonly index: number;
}

interface Reached<T> {
  readonly steps: readonly Step[];
  readonly result: T;
  readonly defaulted: readonly ReadingNumber[];
}

interface Leaf<T> extends Reached<T> {
  readonly key: string;
}

function answer(number: ReadingNumber, set: SetReadings, steps: Step[], defaulted: ReadingNumber[]): string {
  const fixed = set[number];
  if (fixed !== undefined) return fixed;
  const { values, whenUnset } = readingOf(number);
  const first = values[0];
  if (first === undefined) throw new RangeError(`reading ${number} has no value to choose`);
  if (whenUnset === 'default') {
    if (!defaulted.includes(number)) defaulted.push(number);
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

/** A question matters when two results differ that were computed alike in all other questions they share. */
function questionsThatMatter<T>(leaves: readonly Leaf<T>[]): readonly ReadingNumber[] {
  if (leaves.every(({ key }) => key === leaves[0]?.key)) return [];
  const asked = [...new Set(leaves.flatMap(({ steps }) => steps.map(({ number }) => number)))];
  const chosen = leaves.map(({ steps, key }) => ({
    key,
    at: new Map(steps.map(({ number, index }) => [number, index])),
  }));
  return asked.filter((number) =>
    chosen.some((one) => chosen.some((other) => one.key !== other.key && differsOnlyIn(number, one.at, other.at))),
  );
}

type Chosen = ReadonlyMap<ReadingNumber, number>;

function differsOnlyIn(number: ReadingNumber, one: Chosen, other: Chosen): boolean {
  const [mine, theirs] = [one.get(number), other.get(number)];
  if (mine === undefined || theirs === undefined || mine === theirs) return false;
  for (const [asked, index] of one) {
    const elsewhere = other.get(asked);
    if (asked !== number && elsewhere !== undefined && elsewhere !== index) return false;
  }
  return true;
}

function distinctBy<T>(
  leaves: readonly Leaf<T>[],
  matters: readonly ReadingNumber[],
): readonly { readonly readings: SetReadings; readonly leaf: Leaf<T> }[] {
  const seen = new Map<string, { readings: SetReadings; leaf: Leaf<T> }>();
  for (const leaf of leaves) {
    const readings: SetReadings = {};
    for (const { number, index } of leaf.steps) {
      const value = readingOf(number).values[index];
      if (matters.includes(number) && value !== undefined) readings[number] = value;
    }
    const name = JSON.stringify(readings);
    if (!seen.has(name)) seen.set(name, { readings, leaf });
  }
  return [...seen.values()];
}

/** The defaults that one result rests on. */
function defaultsOf<T>(
  only: Reached<T>,
  evaluate: (choose: Choose) => T,
  set: SetReadings,
  keyOf: (result: T) => string,
): readonly ReadingNumber[] {
  if (only.defaulted.length === 0) return [];
  const leaf = { ...only, key: keyOf(only.result) };
  return only.defaulted.filter((number) => changesResult(number, evaluate, set, leaf, keyOf));
}

/** Whether a result rests on a default: it is the only reading so far, or another would pay something else. */
function changesResult<T>(
  number: ReadingNumber,
  evaluate: (choose: Choose) => T,
  set: SetReadings,
  of: Leaf<T>,
  keyOf: (result: T) => string,
): boolean {
  const others = readingOf(number).values.slice(1);
  if (others.length === 0) return true;
  return others.some((value) => {
    const steps = [...of.steps];
    const other = evaluate((asked) => (asked === number ? value : answer(asked, set, steps, [])));
    return keyOf(other) !== of.key;
  });
}
