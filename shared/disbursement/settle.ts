/** Use case: records outcomes of orders. Repeats and any order are harmless; what contradicts is never applied. */
import { readCase } from '../case/case.ts';
import { type EstimateBook, openEstimateBook } from '../case/funding.ts';
import { commitDeciding } from '../case/history.ts';
import { mayFollow } from '../case/lifecycle.ts';
import { isClosed, type Order, type OrderOutcome, orderRow, orderStream, readOrder } from '../case/order.ts';
import { caseIdOf, partChange, readPart } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import type { Change } from '../case/store.ts';

export interface Outcome {
  readonly reference: string;
  readonly outcome: OrderOutcome;
  readonly on: string;
  readonly reason?: string;
  /** Of a return, where the money lies now, where the result says so. */
  readonly backTo?: 'estimate' | 'deposit';
  /** The result file it came from. */
  readonly file: string;
}

export interface Settled {
  readonly applied: number;
  readonly repeated: number;
  /** What contradicts what is known: never applied, always listed. */
  readonly contradicting: readonly string[];
}

const groupSize = 12;

export async function settle(
  outcomes: readonly Outcome[],
  by: string,
  ports: Ports,
  progress: (done: number) => void = () => {},
): Promise<Settled> {
  let applied = 0;
  let repeated = 0;
  const contradicting = new Set<string>();
  let done = 0;
  for (const group of groupsWithoutRepeats(outcomes)) {
    const tally = { applied: 0, repeated: 0 };
    await commitDeciding(ports.store, async () => {
      tally.applied = 0;
      tally.repeated = 0;
      const changes = new Map<string, Change>();
      const book = openEstimateBook(ports.store);
      for (const outcome of group) {
        const order = await readOrder(ports.store, outcome.reference);
        const verdict = order === undefined ? 'contradicts' : judge(order, outcome.outcome);
        if (verdict === 'contradicts') {
          contradicting.add(outcome.reference);
          const noted = order === undefined ? undefined : contradiction(order, outcome, by, ports.now());
          if (noted !== undefined) changes.set(noted.stream, noted);
        }
        if (verdict === 'repeats') tally.repeated += 1;
        else if (verdict === 'applies' && order !== undefined) {
          tally.applied += 1;
          for (const change of await changesFor(order, outcome, by, book, ports)) changes.set(change.stream, change);
        }
      }
      return changes.size === 0 ? { stop: 'nothing new' } : { changes: [...changes.values(), ...book.changes()] };
    });
    applied += tally.applied;
    repeated += tally.repeated;
    done += group.length;
    progress(done);
  }
  return { applied, repeated, contradicting: [...contradicting] };
}

/** A reference twice in a file: the second line is judged on what the first has made, so it begins a new group. */
function* groupsWithoutRepeats(outcomes: readonly Outcome[]): Generator<readonly Outcome[]> {
  let group: Outcome[] = [];
  for (const outcome of outcomes) {
    if (group.length === groupSize || group.some(({ reference }) => reference === outcome.reference)) {
      yield group;
      group = [];
    }
    group.push(outcome);
  }
  if (group.length > 0) yield group;
}

/** Noted once a file: nothing that pays the same person goes on until somebody has explained it. */
function contradiction(order: Order, { outcome, on, file }: Outcome, by: string, at: string): Change | undefined {
  const isNoted = order.entries.some(({ kind, data }) => kind === 'contradicted' && data.includes(file));
  if (isNoted) return undefined;
  const { entries: past, status, isContradicted: _before, ...ordered } = order;
  return {
    stream: orderStream(order.reference),
    readAt: past.length,
    entries: [{ kind: 'contradicted', at, by, data: { outcome, on, file } }],
    row: orderRow(ordered, status, at, order.reason, true),
  };
}

/** Only an order that was sent can have an outcome; a closed one keeps the outcome it has. */
export function judge(order: Order, outcome: OrderOutcome): 'applies' | 'repeats' | 'contradicts' {
  if (order.status === outcome || (outcome === 'treasury-paid' && isClosed(order.status))) return 'repeats';
  return order.status !== 'withdrawn' && mayFollow(order.status, outcome) ? 'applies' : 'contradicts';
}

async function changesFor(
  order: Order,
  outcome: Outcome,
  by: string,
  book: EstimateBook,
  { store, now }: Ports,
): Promise<readonly Change[]> {
  const part = await readPart(store, order.part);
  const of = await readCase(store, caseIdOf(order.part));
  if (part === undefined || of === undefined)
    throw new Error(`order ${order.reference} names a part that is not there`);
  const at = now();
  const { outcome: status, on, reason, file } = outcome;
  const why = reason === undefined ? {} : { reason };
  const { entries: past, status: _was, isContradicted: _contradicted, ...ordered } = order;
  const changes: Change[] = [
    {
      stream: orderStream(order.reference),
      readAt: past.length,
      entries: [{ kind: 'settled', at, by, data: { outcome: status, on, file, ...why } }],
      row: orderRow(ordered, status, at, reason, order.isContradicted),
    },
    partChange(of, part, [{ kind: status, at, by, data: { status, reference: order.reference, ...why } }], why),
  ];
  if (status === 'refused' || status === 'returned') await moneyBack(order, outcome, { by, at }, book);
  return changes;
}

/**
 * Where the money of an order is that was not paid. Refused, it never left. Returned, it is blocked until somebody says
 * whether it came back to the estimate (khôi phục dự toán) or to the deposit account, unless the result says so; and nothing
 * goes back by itself to an estimate whose year was closed since.
 */
async function moneyBack(
  order: Order,
  { outcome, backTo }: Outcome,
  { by, at }: { readonly by: string; readonly at: string },
  book: EstimateBook,
): Promise<void> {
  const { closedAt } = await book.read(order.unit, order.source);
  const isOfClosedYear = closedAt !== undefined && (order.entries[0]?.at ?? at) <= closedAt;
  const to = outcome === 'refused' ? (order.from ?? 'estimate') : backTo;
  const said = { key: order.reference, amount: order.amount };
  const entry =
    to === undefined || (isOfClosedYear && to === 'estimate')
      ? { kind: 'blocked', at, by, data: said }
      : { kind: 'came-back', at, by, data: { ...said, to } };
  await book.add(order.unit, order.source, entry);
}
