/**
 * Brings the parts of a batch to where its decisions have taken it: confirmed, decided, or taken out. Run again at any
 * time it does what is left to do.
 */
import { type Batch, isStopped, readBatch, readFrozenList } from '../case/batch.ts';
import { readCase } from '../case/case.ts';
import { openEstimateBook } from '../case/funding.ts';
import { commitDeciding, groupsOf } from '../case/history.ts';
import type { Status } from '../case/lifecycle.ts';
import { caseIdOf, type Part, partChange, readPart, type Step } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import { freeReservation } from '../case/reservations.ts';
import type { Change } from '../case/store.ts';

const groupSize = 14;

export async function followBatch(batchId: string, ports: Ports): Promise<void> {
  const { store, files } = ports;
  const batch = await readBatch(store, batchId);
  if (batch?.frozen === undefined || isStopped(batch)) return;
  const list = await readFrozenList(files, batch);
  const { version } = batch.frozen;
  for (const group of groupsOf(list.parts, groupSize)) {
    await commitDeciding(store, async () => {
      // Read anew: a confirmation may have been taken back while the groups before were written.
      const current = await readBatch(store, batchId);
      if (current?.frozen?.version !== version || isStopped(current)) return { stop: 'moved on' };
      const changes: Change[] = [];
      const book = openEstimateBook(store);
      for (const { part: partId } of group) {
        const part = await readPart(store, partId);
        const steps = part?.batch?.id === batchId ? stepsFor(part, current) : [];
        const of = steps.length > 0 ? await readCase(store, caseIdOf(partId)) : undefined;
        const out = current.takenOut.get(partId);
        if (part === undefined || of === undefined) continue;
        changes.push(partChange(of, part, steps, out === undefined ? {} : { reason: out.reason }));
        if (out !== undefined) await freeReservation({ of, part, at: out.at, batch: batchId }, book, store);
      }
      return changes.length === 0 ? { stop: 'all there' } : { changes: [...changes, ...book.changes()] };
    });
  }
}

/** The further level looks on: the part stays where the money's confirmation took it. */
const confirmedAs = { people: 'people-confirmed', money: 'money-confirmed', province: 'money-confirmed' } as const;

/** The steps that are still missing in a part's history. */
function stepsFor(part: Part, batch: Batch): readonly Step[] {
  const out = batch.takenOut.get(part.id);
  const isBefore = isBeforeOrder(part.status);
  if (!isBefore) return [];
  if (out !== undefined) {
    const said = { at: out.at, by: out.by };
    const after = out.toUnit ? 'with-unit' : 'assessed';
    // Home Affairs looks at the person again, with the reason before them, before another batch may take them.
    return [
      { ...said, kind: 'released', data: { status: 'appraised', batch: batch.id, reason: out.reason } },
      { ...said, kind: 'taken-out', data: { status: after, reason: out.reason } },
    ];
  }
  const steps: Step[] = [];
  let status: Status = part.status;
  const confirmed = confirmedStatus(batch);
  const taken = batch.entries.findLast(({ kind }) => kind === 'reopened' || kind === 'frozen');
  if (taken !== undefined && orderOf(confirmed) < orderOf(status)) {
    steps.push({ kind: 'reopened', at: taken.at, by: taken.by, data: { status: confirmed, batch: batch.id } });
    status = confirmed;
  }
  for (const { step, by, at } of batch.decisions) {
    const next = confirmedAs[step];
    if (orderOf(status) >= orderOf(next)) continue;
    steps.push({ kind: 'confirmed', at, by, data: { status: next, batch: batch.id } });
    status = next;
  }
  if (batch.provincial !== undefined && status === 'money-confirmed') {
    const { by, at, number } = batch.provincial;
    steps.push({ kind: 'decided', at, by, data: { status: 'decided', batch: batch.id, reason: number } });
  }
  return steps;
}

/** Where the confirmations in force have taken the batch. */
function confirmedStatus({ decisions }: Batch): Status {
  const last = decisions.at(-1);
  return last === undefined ? 'in-batch' : confirmedAs[last.step];
}

const before: readonly Status[] = ['in-batch', 'people-confirmed', 'money-confirmed'];

/** In a batch, and not yet decided. */
export function isBeforeOrder(status: Status): boolean {
  return before.includes(status);
}

function orderOf(status: Status): number {
  return before.indexOf(status);
}
