/** What a reading or a number of the law would change: a person, a unit, a source, beside today's. Touches nothing live. */
import type { Assessment } from '../case/assessment.ts';
import { readCase } from '../case/case.ts';
import type { Ports } from '../case/ports.ts';
import { readRecordedReadings } from '../case/recorded-readings.ts';
import { allRows } from '../case/store.ts';
import { underChangedLaw } from '../law/dated.ts';
import type { ParameterChange } from '../law/parameters.ts';
import type { SetReadings } from '../law/readings.ts';
import * as z from 'zod';
import { assessCase, saysTheSame } from './assess-case.ts';

export interface Change {
  readonly readings: SetReadings;
  readonly parameters: readonly ParameterChange[];
}

const said = z.object({ outcome: z.string(), regime: z.string(), total: z.string() });
const sums = z.object({ people: z.number(), today: z.string(), after: z.string() });

/** As it is kept for the page; sums in đồng. */
export const whatIfResult = z.object({
  people: z.number(),
  total: sums,
  byUnit: z.record(z.string(), sums),
  bySource: z.record(z.string(), sums),
  /** Everyone whose answer would be another, the biggest difference first. */
  changed: z.array(z.object({ caseId: z.string(), unit: z.string(), source: z.string(), today: said, after: said })),
});
export type WhatIf = z.infer<typeof whatIfResult>;

/** Computes everyone twice: as of now, and with the change. */
export async function whatIf(
  { readings, parameters }: Change,
  { store }: Pick<Ports, 'store'>,
  progress: (done: number) => void = () => {},
): Promise<WhatIf> {
  const { set } = await readRecordedReadings(store);
  const tables = new Map(parameters.map(({ table, rows }) => [table, rows]));
  const total = new Sums();
  const byUnit = new Map<string, Sums>();
  const bySource = new Map<string, Sums>();
  const changed: WhatIf['changed'] = [];
  let people = 0;
  for await (const { stream, status } of allRows(store, { kind: 'case' })) {
    const caseId = stream.slice('case/'.length);
    const of = status === 'closed' ? undefined : await readCase(store, caseId);
    // What tops a case up is part of that case's sum.
    if (of === undefined || of.submitted.difference !== undefined) continue;
    const today = assessCase(of.submitted, set);
    const after = underChangedLaw(tables, () => assessCase(of.submitted, { ...set, ...readings }));
    const { payingUnit: unit, source } = of.submitted;
    people += 1;
    for (const sum of [total, entryOf(byUnit, unit), entryOf(bySource, source)]) sum.add(today, after);
    if (!saysTheSame(today, after)) changed.push({ caseId, unit, source, today: brief(today), after: brief(after) });
    progress(people);
  }
  const written = (sumsBy: ReadonlyMap<string, Sums>) =>
    Object.fromEntries([...sumsBy].map(([key, sum]) => [key, sum.written()]));
  return {
    people,
    total: total.written(),
    byUnit: written(byUnit),
    bySource: written(bySource),
    changed: changed.toSorted(byDifference),
  };
}

function brief(of: Assessment): WhatIf['changed'][number]['today'] {
  if (of.outcome === 'entitled') return { outcome: of.outcome, regime: of.regime, total: of.total };
  return { outcome: of.outcome, regime: ('regime' in of ? of.regime : undefined) ?? '', total: '0' };
}

function byDifference(one: WhatIf['changed'][number], other: WhatIf['changed'][number]): number {
  const size = ({ today, after }: WhatIf['changed'][number]) => {
    const difference = BigInt(after.total) - BigInt(today.total);
    return difference < 0n ? -difference : difference;
  };
  const [mine, theirs] = [size(one), size(other)];
  if (mine === theirs) return one.caseId < other.caseId ? -1 : 1;
  return mine > theirs ? -1 : 1;
}

/** People whose sum changes, and all sums before and after. */
class Sums {
  #people = 0;
  #today = 0n;
  #after = 0n;

  add(today: Assessment, after: Assessment): void {
    const [now, next] = [today, after].map((of) => (of.outcome === 'entitled' ? BigInt(of.total) : 0n));
    if (now !== next) this.#people += 1;
    this.#today += now ?? 0n;
    this.#after += next ?? 0n;
  }

  written(): z.infer<typeof sums> {
    return { people: this.#people, today: this.#today.toString(), after: this.#after.toString() };
  }
}

function entryOf(map: Map<string, Sums>, key: string): Sums {
  const known = map.get(key) ?? new Sums();
  map.set(key, known);
  return known;
}
