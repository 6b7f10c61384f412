/** Reads the cases of an inspection in slices, and everything beside them once, and makes every list of findings. */
import { readBatch } from '../case/batch.ts';
import { readCase } from '../case/case.ts';
import { groupsOf } from '../case/history.ts';
import { readOrder } from '../case/order.ts';
import { readParts } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import { readingsStream } from '../case/recorded-readings.ts';
import { readSlip } from '../case/slip.ts';
import { allRows, type Store } from '../case/store.ts';
import { type FindingCode, findingCodes } from './finding-names.ts';
import {
  caseFinders,
  type Found,
  type Inspected,
  type Outline,
  outlineFinders,
  type Surroundings,
  surroundingFinders,
  totalOf,
  usualThresholds,
} from './findings.ts';
import { referencesOf } from './recheck.ts';

const sliceSize = 200;

export async function findAll(
  caseIds: readonly string[],
  ports: Pick<Ports, 'store'>,
  progress: (done: number) => void,
): Promise<ReadonlyMap<FindingCode, readonly Found[]>> {
  const found = new Map<FindingCode, Found[]>(findingCodes.map((code) => [code, []]));
  const outlines: Outline[] = [];
  const lists = { batches: new Set<string>(), slips: new Set<string>() };
  let done = 0;
  for (const group of groupsOf(caseIds, sliceSize)) {
    const cases = await inspectedOf(group, ports.store);
    for (const [code, find] of typed(caseFinders)) add(found, code, find(cases, usualThresholds));
    for (const one of cases) {
      outlines.push(outlineOf(one));
      for (const { batch, slip } of one.orders) {
        lists.batches.add(batch);
        lists.slips.add(slip);
      }
      for (const part of one.parts) if (part.batch !== undefined) lists.batches.add(part.batch.id);
    }
    progress((done += group.length));
  }
  for (const [code, find] of typed(outlineFinders)) add(found, code, find(outlines, usualThresholds));
  const around = await surroundingsOf(lists, ports.store);
  for (const [code, find] of typed(surroundingFinders)) add(found, code, find(around));
  return found;
}

/** One after another: a list may be longer than a call has room for. */
function add(found: ReadonlyMap<FindingCode, Found[]>, code: FindingCode, more: readonly Found[]): void {
  const list = found.get(code);
  for (const one of more) list?.push(one);
}

/** A record's entries with its own keys. */
function typed<F>(finders: Partial<Record<FindingCode, F>>): readonly (readonly [FindingCode, F])[] {
  return findingCodes.flatMap((code) => {
    const find = finders[code];
    return find === undefined ? [] : [[code, find] as const];
  });
}

/** A case that cannot be read is left out here; the recheck names it. */
async function inspectedOf(caseIds: readonly string[], store: Store): Promise<readonly Inspected[]> {
  const found: Inspected[] = [];
  for (const caseId of caseIds) {
    try {
      const of = await readCase(store, caseId);
      if (of === undefined) continue;
      const parts = await readParts(store, of);
      const read = await Promise.all(parts.flatMap(referencesOf).map((reference) => readOrder(store, reference)));
      found.push({ of, parts, orders: read.filter((order) => order !== undefined) });
    } catch {
      continue;
    }
  }
  return found;
}

function outlineOf({ of }: Inspected): Outline {
  const alike = (of.submitted.alike ?? []).filter((one) => one.in === 'account').map(({ caseId }) => caseId);
  return { caseId: of.id, total: totalOf(of), account: of.account.digest, alike };
}

async function surroundingsOf(
  lists: { readonly batches: ReadonlySet<string>; readonly slips: ReadonlySet<string> },
  store: Store,
): Promise<Surroundings> {
  const batches = await Promise.all([...lists.batches].map((id) => readBatch(store, id)));
  const slips = await Promise.all([...lists.slips].map((id) => readSlip(store, id)));
  const settings = [...(await store.read(readingsStream))];
  for await (const { stream } of allRows(store, { kind: 'delegation' })) settings.push(...(await store.read(stream)));
  return {
    batches: batches.filter((batch) => batch !== undefined),
    slips: slips.filter((slip) => slip !== undefined),
    settings,
  };
}
