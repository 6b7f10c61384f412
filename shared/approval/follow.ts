/**
 * Brings the parts of a batch to where its decisions have taken it: confirmed, decided, taken out, or given back.
 * Run again at any time it does what is left to do.
 */
import { type Batch, batchRow, batchStream, isRejected, readBatch, readFrozenList } from '../case/batch.ts';
import { readCase } from '../case/case.ts';
import { commitDeciding, groupsOf } from '../case/history.ts';
import type { Status } from '../case/lifecycle.ts';
import { caseIdOf, type Part, partChange, readPart, type Step } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import type { Change } from '../case/store.ts';

const groupSize = 20;

export async function followBatch(batchId: string, ports: Ports): Promise<void> {
  const { store, files } = ports;
  const batch = await readBatch(store, batchId);
  if (batch?.frozen === undefined || batch.isReleased || isRejected(batch)) return;
  const list = await readFrozenList(files, batch);
  for (const group of groupsOf(list.parts, groupSize)) {
    await commitDeciding(store, async () => {
      const changes: Change[] = [];
      for (const { part: partId } of group) {
        const part = await readPart(store, partId);
        const steps = part?.batch?.id === batchId ? stepsFor(part, batch) : [];
        const of = steps.length > 0 ? await readCase(store, caseIdOf(partId)) : undefined;
        if (part !== undefined && of !== undefined) changes.push(partChange(of, part, steps));
      }
      return changes.length === 0 ? { stop: 'all there' } : { changes };
    });
  }
}

const confirmedAs = { people: 'people-confirmed', money: 'money-confirmed' } as const;

/** The steps that are still missing in a part's history. */
function stepsFor(part: Part, batch: Batch): readonly Step[] {
  const out = batch.takenOut.get(part.id);
  const isBefore = isBeforeOrder(part.status);
  if (!isBefore) return [];
  if (out !== undefined) {
    const by = batch.decisions.find(({ takeOut }) => takeOut.some((one) => one.part === part.id));
    return [
      {
        kind: 'released',
        at: by?.at ?? '',
        by: out.by,
        data: { status: 'appraised', batch: batch.id, reason: out.reason },
      },
    ];
  }
  const steps: Step[] = [];
  let status: Status = part.status;
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

const before: readonly Status[] = ['in-batch', 'people-confirmed', 'money-confirmed'];

function isBeforeOrder(status: Status): boolean {
  return before.includes(status);
}

function orderOf(status: Status): number {
  return before.indexOf(status);
}

/** Step `approval.release`: gives back every part of a batch that was rejected or computed differently. */
export async function releaseBatch(batchId: string, ports: Ports): Promise<void> {
  const { store, files, now } = ports;
  const batch = await readBatch(store, batchId);
  if (batch?.frozen === undefined) return;
  const rejection = batch.decisions.find(({ outcome }) => outcome === 'rejected');
  const reason = rejection?.reason ?? 'Kết quả tính lại khác với danh sách đã chốt.';
  const list = await readFrozenList(files, batch);
  for (const group of groupsOf(list.parts, groupSize)) {
    await commitDeciding(store, async () => {
      const changes: Change[] = [];
      for (const { part: partId } of group) {
        const part = await readPart(store, partId);
        const isHere = part?.batch?.id === batchId && isBeforeOrder(part.status);
        const of = isHere ? await readCase(store, caseIdOf(partId)) : undefined;
        if (part === undefined || of === undefined) continue;
        const data = { status: 'appraised', batch: batchId, reason } as const;
        changes.push(partChange(of, part, [{ kind: 'released', at: now(), by: rejection?.by ?? 'system', data }]));
      }
      return changes.length === 0 ? { stop: 'all released' } : { changes };
    });
  }
  await commitReleased(batchId, reason, ports);
}

async function commitReleased(batchId: string, reason: string, { store, now }: Ports): Promise<void> {
  await commitDeciding(store, async () => {
    const batch = await readBatch(store, batchId);
    if (batch?.frozen === undefined || batch.isReleased) return { stop: 'released' };
    const at = now();
    const { version, people, total } = batch.frozen;
    const summary = { code: batch.code, level: batch.level, version, people, total, since: at };
    return {
      changes: [
        {
          stream: batchStream(batchId),
          readAt: batch.entries.length,
          entries: [{ kind: 'released', at, by: 'system', data: { reason } }],
          row: batchRow('released', batch.source, summary),
        },
      ],
    };
  });
}
