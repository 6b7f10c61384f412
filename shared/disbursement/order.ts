/**
 * Use case, step `disbursement.order`: writes one order for each part that is due and funded, before anything is sent.
 * The reference comes from person, decision, source and attempt, and claims by line make a second payment impossible;
 * a part that is ordered already is left alone.
 */
import { type FrozenPart, isDecided, readBatch, readFrozenList } from '../case/batch.ts';
import { type Case, readCase } from '../case/case.ts';
import { type Estimate, readEstimate, reservationKey } from '../case/funding.ts';
import { commitDeciding, groupsOf } from '../case/history.ts';
import { isClosed, moneyClaim, type Ordered, orderRow, orderStream, readOrder, referenceOf } from '../case/order.ts';
import { caseIdOf, type Part, partChange, readPart } from '../case/part.ts';
import { pauseOf, readPauses } from '../case/pause.ts';
import type { Ports } from '../case/ports.ts';
import { nextAttempt } from '../case/reservations.ts';
import { isWhole, shareOf } from '../case/shares.ts';
import { readSlip, slipIdOf, type SlipOrigin, slipOrigins } from '../case/slip.ts';
import type { Change, Store } from '../case/store.ts';
import { payerOf, readUnits, type Unit } from '../case/unit.ts';
import type { Slice } from '../case/workflow-state.ts';
import { isDue } from './due.ts';

const groupSize = 12;

export async function orderParts(slice: Slice, { store, files, now }: Ports): Promise<{ readonly ordered: number }> {
  const { batchId } = slice.BatchInput;
  const batch = await readBatch(store, batchId);
  const decision = batch?.provincial;
  const list = decision === undefined || batch === undefined ? undefined : await readFrozenList(files, batch);
  if (batch === undefined || decision === undefined || list === undefined || !isDecided(batch, list)) {
    throw new Error(`batch ${batchId} has no decision to order on`);
  }
  const frozen = new Map(list.parts.map((part) => [part.part, part]));
  const register = await readUnits(store);
  let ordered = 0;
  for (const group of groupsOf(slice.Items, groupSize)) {
    const outcome = await commitDeciding(store, async () => {
      const changes: Change[] = [];
      const units = unitsOnce(batchId, register, store);
      for (const partId of group) {
        if (batch.takenOut.has(partId)) continue;
        changes.push(
          ...(await orderOne(partId, { batchId, decision: decision.number, frozen, units, store, at: now() })),
        );
      }
      return changes.length === 0 ? { stop: 0 } : { changes };
    });
    if (outcome.outcome === 'claimed')
      throw new Error(`a payment is claimed already: ${outcome.key} by ${outcome.holder}`);
    if (outcome.outcome === 'committed') ordered += 1;
  }
  return { ordered };
}

/** Who pays for a unit, the payer's estimate and its open slips, read once a commit: every part of the unit asks for them. */
function unitsOnce(batchId: string, register: ReadonlyMap<string, Unit>, store: Store) {
  const pauses = readPauses(store);
  const known = new Map<string, Promise<Payer>>();
  return async (payingUnit: string, source: string): Promise<Payer> => {
    const unit = payerOf(register, payingUnit);
    const key = `${unit}.${source}`;
    const found =
      known.get(key) ??
      Promise.all([readEstimate(store, unit, source), openRound(store, batchId, unit), pauses]).then(
        ([estimate, round, paused]) => ({ unit, estimate, round, isPaused: pauseOf(paused, unit) !== undefined }),
      );
    known.set(key, found);
    return found;
  };
}

interface Payer {
  readonly unit: string;
  readonly estimate: Estimate;
  /** Of the unit's slips in this batch the number of the first that is not made yet. */
  readonly round: number;
  readonly isPaused: boolean;
}

interface Ordering {
  readonly batchId: string;
  readonly decision: string;
  readonly frozen: ReadonlyMap<string, FrozenPart>;
  readonly units: ReturnType<typeof unitsOnce>;
  readonly store: Store;
  readonly at: string;
}

/** The changes of one order; none when the part is not due, not funded, or its last order is not closed. */
async function orderOne(partId: string, { batchId, decision, frozen, units, store, at }: Ordering): Promise<Change[]> {
  const part = await readPart(store, partId);
  if (part?.batch?.id !== batchId || !isDue(part)) return [];
  const of = await readCase(store, caseIdOf(partId));
  if (of?.assessment.outcome !== 'entitled') return [];
  const attempt = nextAttempt(part);
  refuseAltered(of, part, attempt, frozen.get(partId));
  const { unit, estimate, round, isPaused } = await units(of.submitted.payingUnit, part.source);
  if (isPaused) return [];
  const key = reservationKey(part.id, attempt);
  if (!estimate.reservedKeys.has(key)) return [];
  const from = estimate.depositKeys.has(key) ? 'deposit' : 'estimate';
  const slip = slipIdOf(batchId, unit, round, from);
  const before = part.ordered === undefined ? undefined : await readOrder(store, part.ordered.reference);
  if (before !== undefined && (!isClosed(before.status) || before.status === 'credited')) return [];
  const order = orderFor(of, part, {
    attempt,
    unit,
    from,
    slip,
    batch: batchId,
    decision,
    replaces: before?.reference,
  });
  return changesFor(of, part, order, at);
}

/** What is ordered is what was frozen; an account differs only after a payment to the person came back. Throws otherwise. */
function refuseAltered(of: Case, { source }: Part, attempt: number, was: FrozenPart | undefined): void {
  const total = shareOf(of, source).total.toString();
  const isMended = attempt > 1 || of.accountsAfterFreezing.includes(of.account.digest);
  const isSame = isWhole(of) && was?.total === total && (isMended || was.accountDigest === of.account.digest);
  if (!isSame) throw new Error(`case ${of.id} was altered after its list was frozen`);
}

async function openRound(store: Store, batchId: string, unit: string): Promise<number> {
  const isMade = async (round: number) => {
    const slips = await Promise.all(slipOrigins.map((from) => readSlip(store, slipIdOf(batchId, unit, round, from))));
    return slips.some((slip) => slip !== undefined);
  };
  let round = 1;
  while (await isMade(round)) round += 1;
  return round;
}

function orderFor(
  of: Case,
  part: Part,
  {
    attempt,
    unit,
    from,
    slip,
    batch,
    decision,
    replaces,
  }: Pick<Ordered, 'attempt' | 'unit' | 'slip' | 'batch' | 'decision'> & {
    readonly from: SlipOrigin;
    readonly replaces: string | undefined;
  },
): Ordered {
  const { lines, total } = shareOf(of, part.source);
  return {
    reference: referenceOf(of.id, decision, part.source, attempt),
    part: part.id,
    batch,
    unit,
    source: part.source,
    slip,
    attempt,
    amount: total.toString(),
    lines: lines.map(({ line, amount }) => ({ line, amount })),
    account: of.account.sealed,
    accountDigest: of.account.digest,
    decision,
    ...(from === 'deposit' ? { from } : {}),
    ...(replaces === undefined ? {} : { replaces }),
  };
}

function changesFor(of: Case, part: Part, order: Ordered, at: string): Change[] {
  const { reference, attempt, slip, batch } = order;
  const person = of.submitted.citizenDigest;
  const data = { status: 'awaiting-unit', reference, attempt, slip, batch } as const;
  return [
    {
      stream: orderStream(reference),
      readAt: 0,
      entries: [{ kind: 'ordered', at, by: 'system', data: order }],
      row: orderRow(order, 'awaiting-unit', at),
      claims: order.lines.map(({ line }) => moneyClaim(person, line, attempt)),
    },
    partChange(of, part, [{ kind: 'ordered', at, by: 'system', data }], { reference, slip }),
  ];
}
