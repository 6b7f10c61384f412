/**
 * What an inspector looks at: everything, or a sample that anybody can draw again from the stated seed. The order of chance is
 * that of SHA-256 over seed and case, so neither the order of the rows nor a machine's random numbers matter.
 */
import * as z from 'zod';
import { type Dong, sum } from '../dong.ts';
import { sha256 } from '../hash.ts';
import { partSummary } from '../case/part.ts';
import { allRows, type Store } from '../case/store.ts';
import { budgetLevels, sources } from '../case/unit.ts';

/** One person who may be chosen: a case with what all its parts pay. */
export interface Candidate {
  readonly caseId: string;
  readonly total: Dong;
  readonly unit: string;
  readonly regime: string;
}

/** Of whom the sample is drawn; a criterion that is left out admits everybody. */
export const criteria = z.object({
  unit: z.string().exactOptional(),
  source: z.enum(sources).exactOptional(),
  level: z.enum(budgetLevels).exactOptional(),
  regime: z.string().exactOptional(),
  batch: z.string().exactOptional(),
  /** First and last leave date, both included. */
  leftFrom: z.string().exactOptional(),
  leftTo: z.string().exactOptional(),
  /** Least sum of a person, đồng. */
  least: z.string().regex(/^\d+$/).exactOptional(),
});
export type Criteria = z.infer<typeof criteria>;

export const strata = ['regime', 'unit'] as const;

export const drawing = z.discriminatedUnion('how', [
  z.object({ how: z.literal('all') }),
  /** So many, each as likely as any other; by regime or unit in proportion, and one of each at least. */
  z.object({
    how: z.literal('random'),
    count: z.number().int().positive(),
    seed: z.string(),
    by: z.enum(strata).exactOptional(),
  }),
  /** Each đồng is as likely as any other: big sums are chosen more often, those over the interval always. */
  z.object({ how: z.literal('by-money'), count: z.number().int().positive(), seed: z.string() }),
]);
export type Drawing = z.infer<typeof drawing>;

export interface Sample {
  readonly population: readonly Candidate[];
  readonly chosen: readonly Candidate[];
}

/** Everybody that the criteria admit, in the order of the case ids. */
export async function readPopulation(store: Store, wanted: Criteria): Promise<readonly Candidate[]> {
  const { unit, source, batch, level, regime, least = '0' } = wanted;
  const query = {
    kind: 'part',
    ...(unit === undefined ? {} : { unit }),
    ...(source === undefined ? {} : { source }),
    ...(batch === undefined ? {} : { batch }),
  };
  const found = new Map<string, Candidate>();
  for await (const { unit: payer = '', summary } of allRows(store, query)) {
    const part = partSummary.parse(summary);
    if (level !== undefined && part.level !== level) continue;
    if (regime !== undefined && part.regime !== regime) continue;
    if (!leftWithin(part.leaveOn, wanted)) continue;
    const before = found.get(part.caseId)?.total ?? 0n;
    const total = before + BigInt(part.total);
    found.set(part.caseId, { caseId: part.caseId, total, unit: payer, regime: part.regime });
  }
  return [...found.values()].filter(({ total }) => total >= BigInt(least)).toSorted(byId);
}

/** Rows of before lack the leave date, and are admitted only where no day is asked for. */
function leftWithin(left: string | undefined, { leftFrom, leftTo }: Criteria): boolean {
  if (left === undefined) return leftFrom === undefined && leftTo === undefined;
  return left >= (leftFrom ?? left) && left <= (leftTo ?? left);
}

function byId(one: Candidate, other: Candidate): number {
  return one.caseId < other.caseId ? -1 : 1;
}

/** Takes the population in any order; the same seed draws the same people. */
export function draw(population: readonly Candidate[], how: Drawing): readonly Candidate[] {
  switch (how.how) {
    case 'all':
      return population.toSorted(byId);
    case 'random':
      return (how.by === undefined ? first(population, how.count, how.seed) : stratified(population, how)).toSorted(
        byId,
      );
    case 'by-money':
      return byMoney(population, how.count, how.seed);
  }
}

function first(population: readonly Candidate[], count: number, seed: string): readonly Candidate[] {
  const lot = new Map(population.map(({ caseId }) => [caseId, sha256(`${seed}|${caseId}`)]));
  const lotOf = ({ caseId }: Candidate) => lot.get(caseId) ?? '';
  return population.toSorted((one, other) => (lotOf(one) < lotOf(other) ? -1 : 1)).slice(0, count);
}

/** Largest remainders after one each; never fewer than one of a stratum, so the sample may be larger than asked for. */
function stratified(
  population: readonly Candidate[],
  { count, seed, by = 'regime' }: Extract<Drawing, { how: 'random' }>,
): readonly Candidate[] {
  const groups = [...Map.groupBy(population, (one) => one[by])].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const people = population.length;
  const shares = groups.map(([name, own]) => {
    const exact = own.length * count;
    const whole = Math.max(1, Math.floor(exact / people));
    return { name, own, whole: Math.min(whole, own.length), left: exact % people };
  });
  let open = count - shares.reduce((all, { whole }) => all + whole, 0);
  for (const share of shares.toSorted((one, other) => other.left - one.left)) {
    if (open <= 0) break;
    if (share.whole >= share.own.length) continue;
    share.whole += 1;
    open -= 1;
  }
  return shares.flatMap(({ name, own, whole }) => first(own, whole, `${seed}|${name}`));
}

/** Every so many đồng, from a start that the seed gives; whoever holds such a đồng is chosen, and once. */
function byMoney(population: readonly Candidate[], count: number, seed: string): readonly Candidate[] {
  const ordered = population.toSorted(byId).filter(({ total }) => total > 0n);
  const whole = sum(ordered.map(({ total }) => total));
  const interval = whole / BigInt(count);
  if (interval === 0n) return ordered;
  let next = BigInt(`0x${sha256(seed)}`) % interval;
  let passed = 0n;
  const chosen: Candidate[] = [];
  for (const one of ordered) {
    passed += one.total;
    if (next >= passed) continue;
    chosen.push(one);
    next += ((passed - 1n - next) / interval + 1n) * interval;
  }
  return chosen;
}

/** What proves who was to be chosen from and who was: count, sum, and SHA-256 over `case|sum` in the order of the cases. */
export const counted = z.object({
  people: z.number().int(),
  total: z.string().regex(/^\d+$/),
  hash: z.string(),
});
export type Counted = z.infer<typeof counted>;

export function countedOf(people: readonly Candidate[]): Counted {
  const lines = people.toSorted(byId).map(({ caseId, total }) => `${caseId}|${total}\n`);
  return {
    people: people.length,
    total: sum(people.map(({ total }) => total)).toString(),
    hash: sha256(lines.join('')),
  };
}
