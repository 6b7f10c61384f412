/** One run of a recheck: what it has met so far, what it found, and the checks that every part of it uses. */
import type { FrozenPart } from '../case/batch.ts';
import type { Case } from '../case/case.ts';
import type { Files, Ports } from '../case/ports.ts';
import { firstBroken } from '../case/store.ts';
import type { Dong } from '../dong.ts';
import type { FaultCode } from './fault-names.ts';

/** What facts give now, under the readings they were computed with. */
export interface Recomputed {
  readonly caseHash: string;
  readonly total: Dong;
}
export type Recompute = (of: Case) => Recomputed;

export interface Fault {
  readonly what: FaultCode;
  /** Whose; absent for what belongs to a whole list or slip. */
  readonly caseId?: string;
  /** The history, and the entry in it where one is at fault. */
  readonly stream: string;
  readonly seq?: number;
  /** What must be there and what is, as texts; sums in đồng. */
  readonly expected: string;
  readonly found: string;
  /** Found less expected, where both are sums. */
  readonly difference: Dong;
}

export type Frozen = Pick<FrozenPart, 'caseHash' | 'total' | 'accountDigest'>;

/** What one run remembers: lists and slips are checked once, whoever of them was chosen. */
export interface Run {
  readonly ports: Pick<Ports, 'store' | 'files'>;
  readonly recompute: Recompute;
  readonly checked: Set<string>;
  /** Of each frozen list what its people are compared with, by part: a list is opened once a run, not once a person. */
  readonly lists: Map<string, ReadonlyMap<string, Frozen>>;
  readonly faults: Fault[];
  entries: number;
}

/** Every hash and link of a history; the first broken entry is named. Looked at once a run. */
export async function checkHistory(stream: string, run: Run, caseId?: string): Promise<void> {
  if (run.checked.has(stream)) return;
  run.checked.add(stream);
  const entries = await run.ports.store.read(stream);
  run.entries += entries.length;
  const broken = firstBroken(entries);
  if (broken === undefined) return;
  const whose = caseId === undefined ? {} : { caseId };
  run.faults.push({
    what: 'history-broken',
    ...whose,
    stream,
    seq: broken.seq,
    expected: '',
    found: broken.hash,
    difference: 0n,
  });
}

/** The stored file is there and is what its hash says. */
export async function checkFile(
  file: string,
  at: { readonly stream: string; readonly caseId?: string },
  { ports: { files }, faults }: Run,
): Promise<void> {
  if (await isWholeFile(file, files)) return;
  faults.push({ what: 'file-missing', ...at, expected: file, found: '', difference: 0n });
}

async function isWholeFile(file: string, files: Files): Promise<boolean> {
  try {
    return (await files.get(file)) !== undefined;
  } catch {
    return false;
  }
}

/** Notes a fault where two sums are not the same to the đồng. */
export function compareSums(
  { faults }: Pick<Run, 'faults'>,
  at: Pick<Fault, 'what' | 'caseId' | 'stream'>,
  expected: Dong,
  found: Dong,
): void {
  if (expected === found) return;
  faults.push({ ...at, expected: expected.toString(), found: found.toString(), difference: found - expected });
}
