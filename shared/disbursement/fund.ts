/**
 * Use case, step `disbursement.fund`: reserves each unit's share of its estimate, whole or not at all. Where the
 * estimate does not reach, the unit's people wait for it and the others go on.
 */
import { readCase } from '../case/case.ts';
import { estimateRow, estimateStream, isAllotted, readEstimate, reservationKey } from '../case/funding.ts';
import { commitDeciding, groupsOf } from '../case/history.ts';
import { isLocalDate } from '../calendar.ts';
import { partChange, readPart } from '../case/part.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import type { Change } from '../case/store.ts';
import { formatDong, sum } from '../dong.ts';
import { byUnit, type DuePart, isDue, partsOf } from './due.ts';

const keysAnEntry = 800;
const groupSize = 25;

export async function fundBatch(batchId: string, ports: Ports): Promise<void> {
  const { batch, parts } = await partsOf(batchId, ports);
  for (const [unit, own] of byUnit(parts.filter(({ part }) => isDue(part)))) {
    const isFunded = await reserve(batchId, unit, batch.source, own, ports);
    if (!isFunded) await makeWait(own, unit, batch.source, ports);
  }
}

async function reserve(
  batchId: string,
  unit: string,
  source: string,
  parts: readonly DuePart[],
  { store, now }: Ports,
): Promise<boolean> {
  const outcome = await commitDeciding(store, async () => {
    const estimate = await readEstimate(store, unit, source);
    const open = parts.filter(({ part, attempt }) => !estimate.reservedKeys.has(reservationKey(part.id, attempt)));
    const needed = sum(open.map(({ amount }) => amount));
    if (open.length === 0) return { stop: true };
    if (needed > estimate.left) return { stop: false };
    const at = now();
    const entries = [...groupsOf(open, keysAnEntry)].map((group) => ({
      kind: 'reserved',
      at,
      by: 'system',
      data: {
        batch: batchId,
        keys: group.map(({ part, attempt }) => reservationKey(part.id, attempt)),
        amount: sum(group.map(({ amount }) => amount)).toString(),
      },
    }));
    const row = estimateRow(unit, source, estimate.allotted, estimate.left - needed, at);
    return { changes: [{ stream: estimateStream(unit, source), readAt: estimate.entries.length, entries, row }] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : outcome.outcome === 'committed';
}

async function makeWait(parts: readonly DuePart[], unit: string, source: string, { store, now }: Ports): Promise<void> {
  const estimate = await readEstimate(store, unit, source);
  const short = sum(parts.map(({ amount }) => amount)) - estimate.left;
  const reason = `Thiếu ${formatDong(short)} đồng dự toán.`;
  for (const group of groupsOf(parts, groupSize)) {
    await commitDeciding(store, async () => {
      const changes: Change[] = [];
      for (const { part: seen } of group) {
        const part = await readPart(store, seen.id);
        if (part === undefined || !isDue(part) || part.status === 'waiting-for-estimate') continue;
        const of = await readCase(store, part.caseId);
        if (of === undefined) continue;
        const data = { status: 'waiting-for-estimate', reason } as const;
        changes.push(
          partChange(of, part, [{ kind: 'waiting-for-estimate', at: now(), by: 'system', data }], { reason }),
        );
      }
      return changes.length === 0 ? { stop: 'all wait' } : { changes };
    });
  }
}

/** Use case: the Finance officer records money allotted to a unit, with its document. */
export async function allot(
  given: {
    readonly unit: string;
    readonly source: string;
    readonly amount: bigint;
    readonly document: string;
    readonly on: string;
  },
  by: string,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'allotted'; readonly left: bigint } | Refused> {
  if (given.amount <= 0n) return refused('Số dự toán phải lớn hơn 0.', 'The estimate must be above zero.');
  if (given.document.trim() === '' || !isLocalDate(given.on)) {
    return refused(
      'Hãy ghi số và ngày của văn bản giao dự toán.',
      'State the number and the day of the paper that allots it.',
    );
  }
  const document = given.document.trim();
  let left = 0n;
  const outcome = await commitDeciding(store, async () => {
    const estimate = await readEstimate(store, given.unit, given.source);
    if (isAllotted(estimate, document, given.on)) return { stop: allottedBefore };
    const at = now();
    left = estimate.left + given.amount;
    const data = { amount: given.amount.toString(), document, on: given.on };
    return {
      changes: [
        {
          stream: estimateStream(given.unit, given.source),
          readAt: estimate.entries.length,
          entries: [{ kind: 'allotted', at, by, data }],
          row: estimateRow(given.unit, given.source, estimate.allotted + given.amount, left, at),
        },
      ],
    };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'allotted', left };
}

const allottedBefore = refused(
  'Văn bản này đã được ghi cho đơn vị và nguồn này.',
  'This paper is recorded for this unit and source already.',
);
