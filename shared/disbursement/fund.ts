/**
 * Use case, step `disbursement.fund`: reserves each unit's share of its estimate, whole or not at all. Where the
 * estimate does not reach, the unit's people wait for it and the others go on. Money that came back to the deposit account
 * is paid again from there.
 */
import type { Batch } from '../case/batch.ts';
import { type Case, readCase } from '../case/case.ts';
import { estimateChange, openEstimateBook, readEstimate, reservationKey } from '../case/funding.ts';
import { commitDeciding, groupsOf, readEach } from '../case/history.ts';
import { caseIdOf, type Part, partChange, readPart } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import { freeReservation, reserve } from '../case/reservations.ts';
import type { Change, Store } from '../case/store.ts';
import { formatDong, inWords, sum } from '../dong.ts';
import { byUnit, type DuePart, isDue, isFromDeposit, partsOf } from './due.ts';

const groupSize = 25;

export async function fundBatch(batchId: string, ports: Ports): Promise<void> {
  const { batch, parts } = await partsOf(batchId, ports);
  await freeOf([...batch.takenOut.keys()], { batch, unless: () => undefined }, ports);
  const due = parts.filter(({ part }) => isDue(part));
  const payers = new Map(due.map(({ part, unit }) => [part.id, unit]));
  const elsewhere = due.filter(({ unit, payingUnit }) => unit !== payingUnit).map(({ part }) => part.id);
  await freeOf(elsewhere, { batch, unless: (part) => payers.get(part) }, ports);
  for (const [unit, own] of byUnit(due)) {
    const at = { batch: batchId, unit, source: batch.source };
    const rest = await fundFromDeposit(at, own, ports);
    const wanted = rest.map(({ part, attempt, amount }) => ({ part: part.id, attempt, amount }));
    if (!(await reserve(at, wanted, ports))) await makeWait(rest, at, ports);
  }
  // Somebody may have been held, or recorded as paid elsewhere, while the money was reserved.
  await freeOf(await noLongerDue(due, ports), { batch, unless: () => undefined }, ports);
}

async function noLongerDue(due: readonly DuePart[], { store }: Ports): Promise<readonly string[]> {
  const now = await readEach(due, async ({ part }) => readPart(store, part.id));
  return now.filter((part) => part !== undefined && !isDue(part)).flatMap((part) => part?.id ?? []);
}

/** Frees what this batch has reserved for people it does not pay any more, or with a unit that does not pay them any more. */
async function freeOf(
  parts: readonly string[],
  { batch, unless }: { readonly batch: Batch; unless(part: string): string | undefined },
  { store, now }: Ports,
): Promise<void> {
  for (const group of groupsOf(parts, groupSize)) {
    await commitDeciding(store, async () => {
      const book = openEstimateBook(store);
      for (const { of, part } of await openEach(group, store)) {
        const payer = unless(part.id);
        const kept = payer === undefined ? {} : { unless: payer };
        await freeReservation({ of, part, at: now(), batch: batch.id, ...kept }, book, store);
      }
      const changes = book.changes();
      return changes.length === 0 ? { stop: 'nothing to free' } : { changes };
    });
  }
}

/** Those of the parts that are there, each with its case. */
async function openEach(
  parts: readonly string[],
  store: Store,
): Promise<readonly { readonly of: Case; readonly part: Part }[]> {
  const read = await readEach(parts, async (partId) =>
    Promise.all([readCase(store, caseIdOf(partId)), readPart(store, partId)]),
  );
  return read.flatMap(([of, part]) => (of === undefined || part === undefined ? [] : [{ of, part }]));
}

interface Place {
  readonly batch: string;
  readonly unit: string;
  readonly source: string;
}

/** Takes what lies in the deposit account for these people; returns those whom the estimate must pay. */
async function fundFromDeposit(
  { batch, unit, source }: Place,
  parts: readonly DuePart[],
  { store, now }: Ports,
): Promise<readonly DuePart[]> {
  const before = await readEstimate(store, unit, source);
  const own = parts.filter((due) => isFromDeposit(due, before));
  for (const group of groupsOf(own, groupSize)) {
    await commitDeciding(store, async () => {
      const estimate = await readEstimate(store, unit, source);
      const entries = group.flatMap(({ part, attempt, amount }) => {
        const key = reservationKey(part.id, attempt);
        const from = part.ordered?.reference ?? '';
        if (estimate.deposit.get(from) !== amount || estimate.reservedKeys.has(key)) return [];
        const data = { batch, key, from, amount: amount.toString() };
        return [{ kind: 'spent-from-deposit', at: now(), by: 'system', data }];
      });
      return entries.length === 0 ? { stop: 'spent' } : { changes: [estimateChange(estimate, entries)] };
    });
  }
  return parts.filter((due) => !own.includes(due));
}

async function makeWait(parts: readonly DuePart[], { unit, source }: Place, { store, now }: Ports): Promise<void> {
  const estimate = await readEstimate(store, unit, source);
  const open = parts.filter(({ part, attempt }) => !estimate.reservedKeys.has(reservationKey(part.id, attempt)));
  const needed = sum(open.map(({ amount }) => amount));
  const short = needed - estimate.left;
  const reason = `Thiếu ${formatDong(short)} đồng dự toán (${inWords(short).toLocaleLowerCase('vi')}): cần ${formatDong(needed)}, còn ${formatDong(estimate.left)}.`;
  for (const group of groupsOf(parts, groupSize)) {
    await commitDeciding(store, async () => {
      const changes: Change[] = [];
      const seen = group.map(({ part }) => part.id);
      for (const { of, part } of await openEach(seen, store)) {
        if (!isDue(part) || part.status === 'waiting-for-estimate') continue;
        const data = { status: 'waiting-for-estimate', reason } as const;
        changes.push(
          partChange(of, part, [{ kind: 'waiting-for-estimate', at: now(), by: 'system', data }], { reason }),
        );
      }
      return changes.length === 0 ? { stop: 'all wait' } : { changes };
    });
  }
}
