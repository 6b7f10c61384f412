/** Gives back parts that a batch holds: all of one that was rejected, ended or computes differently, or its strays. */
import type { Assessment } from '../case/assessment.ts';
import {
  type Batch,
  batchRow,
  batchStream,
  isStopped,
  readBatch,
  readFrozenList,
  standing,
  stoppedBy,
} from '../case/batch.ts';
import { type Case, caseHashOf, caseRow, caseStream, readCase } from '../case/case.ts';
import { Transient } from '../case/faults.ts';
import { openEstimateBook } from '../case/funding.ts';
import { commitDeciding, groupsOf } from '../case/history.ts';
import { firstStatus, isBeforeBatch } from '../case/lifecycle.ts';
import {
  assessedAnew,
  caseIdOf,
  type Part,
  partChange,
  readPart,
  readParts,
  standsAt,
  type Step,
} from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import { freeReservation } from '../case/reservations.ts';
import { shareOf } from '../case/shares.ts';
import { allRows, type Change } from '../case/store.ts';
import { isBeforeOrder } from './follow.ts';

const groupSize = 8;

/** A case's assessment from its facts, under the readings it was computed with. */
type Assess = (of: Case) => Assessment;

/**
 * Step `approval.release`. Parts that compute differently get their new assessment and go back to Home Affairs; the
 * others stay appraised. Takes the assessment, for the stages do not import one another.
 */
export async function releaseBatch(batchId: string, assess: Assess, ports: Ports): Promise<void> {
  const { store } = ports;
  const batch = await readBatch(store, batchId);
  if (batch?.frozen === undefined || batch.isReleased || !isStopped(batch)) return;
  const { reason, by } = stoppedBy(batch) ?? {
    reason: 'Kết quả tính lại khác với danh sách đã chốt.',
    by: 'system',
  };
  const differing = new Set(batch.differing);
  const held = await heldParts(batchId, await listedIn(batch, ports), ports);
  await release(held, batchId, { reason, by, assess: (part) => (differing.has(part) ? assess : undefined) }, ports);
  await endBatch(batchId, reason, ({ frozen }) => frozen !== undefined, ports);
}

/**
 * Parts that a freezing took and that are on no list: it failed, or the batch moved on while they were taken. Takes those that
 * were taken just now, whom the late index may not know yet.
 */
export async function releaseStrays(
  batchId: string,
  reason: string,
  ports: Ports,
  taken: readonly string[] = [],
): Promise<void> {
  const batch = await readBatch(ports.store, batchId);
  if (batch === undefined) return;
  const listed = new Set<string>();
  if (batch.frozen !== undefined && !batch.isReleased) {
    for (const { part } of (await readFrozenList(ports.files, batch)).parts) listed.add(part);
  }
  const strays = (await heldParts(batchId, taken, ports)).filter((part) => !listed.has(part));
  await release(strays, batchId, { reason, by: 'system', assess: () => undefined }, ports);
}

/** Whom the list names. Where the list itself was altered, nobody: its people must come free all the same. */
async function listedIn(batch: Batch, { files }: Ports): Promise<readonly string[]> {
  try {
    return (await readFrozenList(files, batch)).parts.map(({ part }) => part);
  } catch (error) {
    if (error instanceof Transient) throw error;
    return [];
  }
}

/** The known, and whom the late index names besides; each is read again before anything is done. */
async function heldParts(batchId: string, known: readonly string[], { store }: Ports): Promise<readonly string[]> {
  const held = new Set(known);
  for await (const { stream } of allRows(store, { kind: 'part', batch: batchId }))
    held.add(stream.slice('part/'.length));
  return [...held].toSorted();
}

interface Giving {
  readonly reason: string;
  readonly by: string;
  /** How to assess the part's case anew, where that is needed. */
  assess(partId: string): Assess | undefined;
}

async function release(parts: readonly string[], batchId: string, giving: Giving, ports: Ports): Promise<void> {
  for (const group of groupsOf(parts, groupSize)) {
    await commitDeciding(ports.store, async () => {
      const changes: Change[] = [];
      const book = openEstimateBook(ports.store);
      for (const partId of group) {
        const part = await readPart(ports.store, partId);
        if (part?.batch?.id !== batchId || !isBeforeOrder(part.status)) continue;
        const of = await readCase(ports.store, caseIdOf(partId));
        if (of === undefined) continue;
        const siblings = (await readParts(ports.store, of)).filter(({ id }) => id !== partId);
        changes.push(...givenBack({ part, of, siblings }, giving, batchId, ports.now()));
        await freeReservation({ of, part, at: ports.now(), batch: batchId }, book, ports.store);
      }
      return changes.length === 0 ? { stop: 'all released' } : { changes: [...changes, ...book.changes()] };
    });
  }
}

const otherPartDecided =
  'Tính lại khác với danh sách, nhưng khoản từ nguồn khác của người này đã được đưa vào đợt. Phải xem xét cả hai.';

function givenBack(
  { part, of, siblings }: { readonly part: Part; readonly of: Case; readonly siblings: readonly Part[] },
  { reason, by, assess }: Giving,
  batchId: string,
  at: string,
): readonly Change[] {
  const released: Step = { kind: 'released', at, by, data: { status: 'appraised', batch: batchId, reason } };
  const again = assess(part.id);
  if (again === undefined) return [partChange(of, part, [released])];
  const first = firstStatus(of.submitted.block);
  if (siblings.some((other) => !isBeforeBatch(standsAt(other)))) {
    // Another source's part rests on the sum as it was: a person must look at both.
    const data = { status: 'held' as const, heldFrom: first, reason: otherPartDecided };
    return [partChange(of, part, [released, { kind: 'hold', at, by: 'system', data }], { reason: otherPartDecided })];
  }
  const assessment = again(of);
  const caseHash = caseHashOf({ ...of.submitted, accountDigest: of.account.digest }, assessment);
  const now: Case = { ...of, assessment, caseHash };
  const isPaid = shareOf(now, part.source).total > 0n;
  const after: Step = isPaid
    ? { kind: 'assessed', at, by: 'system', data: { status: first, caseHash } }
    : {
        kind: 'hold',
        at,
        by: 'system',
        data: { status: 'held', heldFrom: first, reason: 'Tính lại không còn được hưởng.' },
      };
  return [
    {
      stream: caseStream(of.id),
      readAt: of.entries.length,
      entries: [{ kind: 'assessed', at, by: 'system', data: { assessment, caseHash, readings: of.readings } }],
      row: caseRow(of.submitted, assessment),
    },
    partChange(now, part, [released, after], { reason }),
    ...siblings.map((other) => assessedAnew(now, other, at)),
  ];
}

/** Notes that a batch will not be paid, so that nobody waits for it; takes which batch as it stands then is meant. */
export async function endBatch(
  batchId: string,
  reason: string,
  isMeant: (batch: Batch) => boolean,
  { store, now }: Ports,
): Promise<void> {
  await commitDeciding(store, async () => {
    const batch = await readBatch(store, batchId);
    if (batch === undefined || batch.isReleased || !isMeant(batch)) return { stop: 'nothing to end' };
    const at = now();
    return {
      changes: [
        {
          stream: batchStream(batchId),
          readAt: batch.entries.length,
          entries: [{ kind: 'released', at, by: 'system', data: { reason } }],
          row: batchRow('released', batch.source, standing(batch, at)),
        },
      ],
    };
  });
}
