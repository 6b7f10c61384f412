/** Computes a stored batch again: under the law and readings of its time to the same hash, or under today's to differences. */
import { type Batch, contentHashOf, frozenList, type FrozenPart, type FrozenList } from '../case/batch.ts';
import { type Case, caseAsOf, caseHashOf, readCase } from '../case/case.ts';
import { caseIdOf } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import { readRecordedReadings } from '../case/recorded-readings.ts';
import { assessCase, saysTheSame } from './assess-case.ts';

/** A person whose recomputation gives something else. Sums in đồng; '' where nobody is entitled. */
export interface Differing {
  readonly part: string;
  readonly was: string;
  readonly now: string;
}

export interface Replayed {
  readonly version: number;
  readonly people: number;
  readonly contentHash: string;
  /** The hash of the list as it comes out again. */
  readonly hashNow: string;
  readonly differing: readonly Differing[];
}

/** Every frozen version of the batch. Throws when a list is gone. */
export async function replayBatch(batch: Batch, ports: Pick<Ports, 'store' | 'files'>): Promise<readonly Replayed[]> {
  const replayed: Replayed[] = [];
  for (const { version, list: file, contentHash } of batch.versions) {
    const list = await listAt(file, ports);
    const differing: Differing[] = [];
    const parts: FrozenPart[] = [];
    for (const was of list.parts) {
      const again = await recomputed(was, ports);
      parts.push({ ...was, caseHash: again.caseHash, total: again.total });
      if (again.caseHash !== was.caseHash) differing.push({ part: was.part, was: was.total, now: again.total });
    }
    const hashNow = contentHashOf({ ...list, parts });
    replayed.push({ version, people: list.parts.length, contentHash, hashNow, differing });
  }
  return replayed;
}

/** The newest version beside what today's law and readings would give; the same for who would get the same. */
export async function replayToday(
  batch: Batch,
  ports: Pick<Ports, 'store' | 'files'>,
): Promise<{ readonly people: number; readonly differing: readonly Differing[] }> {
  if (batch.frozen === undefined) return { people: 0, differing: [] };
  const { set } = await readRecordedReadings(ports.store);
  const { parts } = await listAt(batch.frozen.list, ports);
  const differing: Differing[] = [];
  for (const { part, total } of parts) {
    const of = await readCase(ports.store, caseIdOf(part));
    const today = of && assessCase(of.submitted, set);
    const now = today?.outcome === 'entitled' ? today.total : '';
    if (now !== total) differing.push({ part, was: total, now });
  }
  return { people: parts.length, differing };
}

async function listAt(file: string, { files }: Pick<Ports, 'files'>): Promise<FrozenList> {
  const content = await files.get(file);
  if (content === undefined) throw new Error(`the frozen list ${file} is gone`);
  return frozenList.parse(JSON.parse(new TextDecoder().decode(content)));
}

/** The person's hash and sum as they come out again from the facts and readings of that time. */
async function recomputed(was: FrozenPart, { store }: Pick<Ports, 'store'>) {
  const of = await readCase(store, caseIdOf(was.part));
  const then: Case | undefined = of && caseAsOf(of, was.caseHash);
  if (then === undefined) return { caseHash: '', total: '' };
  const again = assessCase(then.submitted, then.readings);
  const assessment = saysTheSame(again, then.assessment) ? then.assessment : again;
  const total = assessment.outcome === 'entitled' ? assessment.total : '';
  return { caseHash: caseHashOf(then.submitted, assessment), total };
}
