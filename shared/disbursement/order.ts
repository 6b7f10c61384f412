/**
 * Use case, step `disbursement.order`: writes one order for each part that is due and funded, before anything is sent.
 * The reference comes from person, decision, source and attempt, and claims by line make a second payment impossible;
 * a part that is ordered already is left alone. Whoever cannot be ordered for is held with the reason, and the others are paid.
 */
import { type FrozenPart, isDecided, readBatch, readFrozenList } from '../case/batch.ts';
import { type Case, readCase } from '../case/case.ts';
import { type Estimate, type EstimateBook, openEstimateBook, readEstimate, reservationKey } from '../case/funding.ts';
import { commitDeciding, groupsOf } from '../case/history.ts';
import { isClosed, moneyClaim, type Ordered, orderRow, orderStream, readOrder, referenceOf } from '../case/order.ts';
import { caseIdOf, type Part, partChange, readPart } from '../case/part.ts';
import { pauseOf, readPauses } from '../case/pause.ts';
import type { Ports } from '../case/ports.ts';
import { freeReservation, nextAttempt } from '../case/reservations.ts';
import { isWhole, shareOf } from '../case/shares.ts';
import { readSlip, slipIdOf, type SlipOrigin, slipOrigins } from '../case/slip.ts';
import type { Change, Store } from '../case/store.ts';
import { payerOf, readUnits, type Unit } from '../case/unit.ts';
import type { Slice } from '../case/workflow-state.ts';
import { isDue } from './due.ts';

const groupSize = 12;

/** Returns how many commits wrote something. Throws where the batch has no decision to order on. */
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
    const open = group.filter((part) => !batch.takenOut.has(part));
    const units = () => unitsOnce(batchId, register, store);
    if (await orderGroup(open, { batchId, decision: decision.number, frozen, store, now }, units)) ordered += 1;
  }
  return { ordered };
}

type Deciding = Pick<Ordering, 'batchId' | 'decision' | 'frozen' | 'store'> & Pick<Ports, 'now'>;

/** One commit; whether it wrote anything. Whoever's line is claimed by somebody else is held when it is tried again. */
async function orderGroup(group: readonly string[], deciding: Deciding, units: () => Units): Promise<boolean> {
  const { store, now } = deciding;
  const claimed = new Map<string, string>();
  for (;;) {
    const outcome = await commitDeciding(store, async () => {
      const book = openEstimateBook(store);
      const ordering: Ordering = { ...deciding, units: units(), book, claimed, at: now() };
      const changes: Change[] = [];
      for (const partId of group) changes.push(...(await orderOne(partId, ordering)));
      return changes.length === 0 ? { stop: 'all ordered' } : { changes: [...changes, ...book.changes()] };
    });
    if (outcome.outcome !== 'claimed') return outcome.outcome === 'committed';
    if (claimed.has(outcome.key)) throw new Error(`claimed already, and not to be held: ${outcome.key}`);
    claimed.set(outcome.key, outcome.holder);
  }
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

type Units = ReturnType<typeof unitsOnce>;

interface Ordering {
  readonly batchId: string;
  readonly decision: string;
  readonly frozen: ReadonlyMap<string, FrozenPart>;
  readonly units: Units;
  /** What becomes free of the estimates when somebody is held. */
  readonly book: EstimateBook;
  /** Claims that others turned out to hold, by their key: the holder's stream. */
  readonly claimed: ReadonlyMap<string, string>;
  readonly store: Store;
  readonly at: string;
}

/** The changes of one order or holding; none when the part is not due, not funded, or its last order is not closed. */
async function orderOne(partId: string, ordering: Ordering): Promise<Change[]> {
  const { batchId, decision, frozen, units, store, at } = ordering;
  const part = await readPart(store, partId);
  if (part?.batch?.id !== batchId || !isDue(part)) return [];
  const of = await readCase(store, caseIdOf(partId));
  if (of?.assessment.outcome !== 'entitled') return [];
  const attempt = nextAttempt(part);
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
  const doubt = isAsFrozen(of, part, attempt, frozen.get(partId)) ? claimedElsewhere(of, order, ordering) : altered;
  return doubt === undefined ? changesFor(of, part, order, at) : holding(of, part, doubt, ordering);
}

/** What is ordered is what was frozen; an account differs only after a payment to the person came back. */
function isAsFrozen(of: Case, { source }: Part, attempt: number, was: FrozenPart | undefined): boolean {
  const total = shareOf(of, source).total.toString();
  const isMended = attempt > 1 || of.accountsAfterFreezing.includes(of.account.digest);
  return isWhole(of) && was?.total === total && (isMended || was.accountDigest === of.account.digest);
}

const altered =
  'Hồ sơ không còn đúng như trong danh sách đã quyết định (số tiền hoặc tài khoản khác), nên chưa lập lệnh chi. ' +
  'Hãy xem lịch sử hồ sơ: ai đã sửa gì, rồi mới cho đi tiếp hoặc kết thúc.';

function claimedElsewhere({ submitted }: Case, { lines, attempt }: Ordered, { claimed }: Ordering): string | undefined {
  const holder = lines
    .map(({ line }) => claimed.get(moneyClaim(submitted.citizenDigest, line, attempt)))
    .find((stream) => stream !== undefined);
  if (holder === undefined) return undefined;
  const name = holder.slice(holder.indexOf('/') + 1);
  const where = holder.startsWith('order/') ? `Khoản chi ${name}` : `Hồ sơ ${name.split('.')[0]} của cùng người này`;
  return `${where} đã giữ khoản tiền này, nên chưa lập lệnh chi. Hãy đối chiếu hai nơi, rồi mới cho đi tiếp hoặc kết thúc.`;
}

/** Somebody must look before this person is paid: held, and the reserved money is free again. */
async function holding(of: Case, part: Part, reason: string, ordering: Ordering): Promise<Change[]> {
  const { batchId, frozen, book, store, at } = ordering;
  await freeReservation({ of, part, at, batch: batchId, amount: frozen.get(part.id)?.total }, book, store);
  const data = { status: 'held', heldFrom: part.status, reason } as const;
  return [partChange(of, part, [{ kind: 'hold', at, by: 'system', data }], { reason })];
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
