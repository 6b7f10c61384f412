/**
 * Use case: an inspection. Who was to be chosen from and who was is written down before anything is looked at; then each case
 * is recomputed and followed, and the lists of findings are made. Both are run again after a kill and end with the same entry.
 */
import * as z from 'zod';
import { commitDeciding, dataOf, lastOfKind } from '../case/history.ts';
import type { Ports } from '../case/ports.ts';
import type { Entry, Row, Store } from '../case/store.ts';
import { findAll } from './collect-findings.ts';
import { findingCodes } from './finding-names.ts';
import { foundCount, putFindings, putJson, readSample } from './inspection-lists.ts';
import { recheck } from './recheck.ts';
import type { Recompute } from './recheck-run.ts';
import { counted, countedOf, criteria, draw, drawing, readPopulation } from './sample.ts';

const digits = z.string().regex(/^-?\d+$/);

export const inspectionWish = z.object({
  id: z.string(),
  by: z.string(),
  mandate: z.string(),
  criteria,
  drawing,
});
export type InspectionWish = z.infer<typeof inspectionWish>;

const chosen = z.object({
  mandate: z.string(),
  criteria,
  drawing,
  population: counted,
  sample: counted,
  /** The case ids with their sums, in Files. */
  people: z.string(),
});

const examined = z.object({
  people: z.number().int(),
  histories: z.number().int(),
  entries: z.number().int(),
  stored: digits,
  recomputed: digits,
  faults: z.number().int(),
  /** Whose recomputation gave something else. */
  differing: z.number().int(),
  /** In Files: everybody with both sums, and the faults. */
  results: z.string(),
  faultList: z.string(),
  findings: z.partialRecord(z.enum(findingCodes), foundCount),
});

export interface Inspection extends z.infer<typeof chosen> {
  readonly id: string;
  readonly by: string;
  readonly at: string;
  readonly entries: readonly Entry[];
  readonly examined?: z.infer<typeof examined> & { readonly at: string };
}

export const inspectionSummary = z.object({
  by: z.string(),
  at: z.string(),
  how: z.string(),
  people: z.number(),
  total: digits,
  faults: z.number().exactOptional(),
});

function inspectionStream(id: string): string {
  return `inspection/${id}`;
}

export async function readInspection(store: Pick<Store, 'read'>, id: string): Promise<Inspection | undefined> {
  const entries = await store.read(inspectionStream(id));
  const first = entries[0];
  if (first === undefined) return undefined;
  const last = lastOfKind(entries, 'examined');
  return {
    id,
    by: first.by,
    at: first.at,
    entries,
    ...dataOf(first, chosen),
    ...(last === undefined ? {} : { examined: { ...dataOf(last, examined), at: last.at } }),
  };
}

/** Draws the sample and writes it down; once an inspection, whatever the province has become since. */
export async function chooseSample(wish: InspectionWish, { store, files, now }: Ports): Promise<void> {
  const stream = inspectionStream(wish.id);
  if ((await store.read(stream)).length > 0) return;
  const population = await readPopulation(store, wish.criteria);
  const people = draw(population, wish.drawing);
  const { mandate, criteria: wanted, drawing: how } = wish;
  const data = {
    mandate,
    criteria: wanted,
    drawing: how,
    population: countedOf(population),
    sample: countedOf(people),
    people: await putJson(files, people),
  };
  await commitDeciding(store, async () => {
    if ((await store.read(stream)).length > 0) return { stop: 'chosen' };
    const at = now();
    const summary = { by: wish.by, at, how: how.how, people: data.sample.people, total: data.sample.total };
    const row = { kind: 'inspection', status: 'chosen', summary };
    return { changes: [{ stream, readAt: 0, entries: [{ kind: 'sample-chosen', at, by: wish.by, data }], row }] };
  });
}

/** Recomputes and follows everybody of the sample, and makes the lists. `progress` goes from 0 to twice the people. */
export async function examine(
  id: string,
  recompute: Recompute,
  ports: Ports,
  progress: (done: number, of: number) => void = () => {},
): Promise<void> {
  const inspection = await readInspection(ports.store, id);
  if (inspection === undefined || inspection.examined !== undefined) return;
  const people = await readSample(inspection, ports);
  const caseIds = people.map(({ caseId }) => caseId);
  const rechecked = await recheck(caseIds, ports, recompute, (done) => progress(done, 2 * caseIds.length));
  const findings = await findAll(caseIds, ports, (done) => progress(caseIds.length + done, 2 * caseIds.length));
  const results = people.map(({ caseId, unit, regime }) => {
    const { stored = 0n, recomputed = 0n } = rechecked.totals.get(caseId) ?? {};
    return { caseId, unit, regime, stored, recomputed };
  });
  const { histories, entries, stored, recomputed, faults } = rechecked;
  const data = {
    people: caseIds.length,
    histories,
    entries,
    stored: stored.toString(),
    recomputed: recomputed.toString(),
    faults: faults.length,
    differing: results.filter((one) => one.stored !== one.recomputed).length,
    results: await putJson(ports.files, results),
    faultList: await putJson(ports.files, faults),
    findings: await putFindings(findings, ports.files),
  };
  await record(inspection, data, ports);
}

async function record(
  { id }: Inspection,
  data: z.infer<typeof examined>,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<void> {
  await commitDeciding(store, async () => {
    const known = await readInspection(store, id);
    if (known === undefined || known.examined !== undefined) return { stop: 'examined' };
    const { by, at, drawing: how, sample } = known;
    const summary = { by, at, how: how.how, people: sample.people, total: sample.total, faults: data.faults };
    const row: Omit<Row, 'stream'> = { kind: 'inspection', status: 'examined', summary };
    const entry = { kind: 'examined', at: now(), by: 'system', data };
    return { changes: [{ stream: inspectionStream(id), readAt: known.entries.length, entries: [entry], row }] };
  });
}
