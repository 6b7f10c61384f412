/** Use case: records outcomes of orders. Repeats and any order are harmless; what contradicts is never applied. */
import { accountNote } from '../case/account-past.ts';
import { estimateChange, estimateStream, readEstimate } from '../case/funding.ts';
import { commitDeciding, groupsOf } from '../case/history.ts';
import { mayFollow } from '../case/lifecycle.ts';
import { isClosed, type Order, type OrderOutcome, orderRow, orderStream, readOrder } from '../case/order.ts';
import { orderedPartMoved, readPart } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import { returnReasonOf } from './return-reasons.ts';
import { type Change, type Entry, mostActions, mostStreams, type Store } from '../case/store.ts';

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
  /** What became of each outcome, in the order they were given. */
  readonly verdicts: readonly Verdict[];
}

/**
 * `applied-before`: by this very file, in an import that a kill interrupted. `late`, `not-sent` and `contradicts` are
 * never applied and are noted on the order: it was replaced by a newer one, was never sent, or has another outcome.
 */
export type Verdict = 'applied' | 'applied-before' | 'repeats' | 'late' | 'not-sent' | 'contradicts' | 'unknown';

/** Looked at in one commit at most: what only repeats costs no action, but a conflict looks at all of it again. */
const mostOutcomes = 100;
/** Lanes that commit side by side, so that they wait for the disk together. */
const lanes = 20;
/** As many as one commit holds of payments that were credited: each moves its order, its part and its account's past. */
const outcomesALane = Math.floor(mostStreams / 3);
export const outcomesATurn = lanes * outcomesALane;

/** `read` may hold orders that were read a moment ago: each saves one reading, and decides nothing that no commit checks. */
export async function settle(
  outcomes: readonly Outcome[],
  by: string,
  ports: Ports,
  progress: (done: number) => void = () => {},
  read: Map<string, Order> = new Map(),
): Promise<Settled> {
  const verdicts: Verdict[] = [];
  while (verdicts.length < outcomes.length) {
    const done = await Promise.allSettled(
      sideBySide(outcomes, verdicts.length).map(async (lane) => settleLane(lane, by, ports, read)),
    );
    for (const lane of done) {
      if (lane.status === 'rejected') throw lane.reason;
      for (const verdict of lane.value) verdicts.push(verdict);
    }
    progress(verdicts.length);
  }
  const contradicting = new Set(
    outcomes.flatMap(({ reference }, at) => (isContradiction(verdicts[at]) ? [reference] : [])),
  );
  return {
    applied: verdicts.filter((verdict) => verdict === 'applied').length,
    repeated: verdicts.filter((verdict) => verdict === 'repeats' || verdict === 'applied-before').length,
    contradicting: [...contradicting],
    verdicts,
  };
}

/**
 * The next outcomes, shared out. A reference that comes twice waits for the next turn: its second outcome is judged on what
 * the first has made. Money that comes back changes its unit's estimate, and would only stand in its own way: one lane.
 */
function sideBySide(outcomes: readonly Outcome[], from: number): readonly (readonly Outcome[])[] {
  const seen = new Set<string>();
  const turn: Outcome[] = [];
  for (const outcome of outcomes.slice(from, from + outcomesATurn)) {
    if (seen.has(outcome.reference)) break;
    seen.add(outcome.reference);
    turn.push(outcome);
  }
  const isBack = turn.some(({ outcome }) => outcome === 'refused' || outcome === 'returned');
  return isBack ? [turn] : [...groupsOf(turn, outcomesALane)];
}

/** Outcomes of different orders, in as many commits as they need. */
async function settleLane(
  outcomes: readonly Outcome[],
  by: string,
  ports: Ports,
  read: Map<string, Order>,
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  while (verdicts.length < outcomes.length) {
    let group: readonly Verdict[] = [];
    await commitDeciding(ports.store, async () => {
      const left = outcomes.slice(verdicts.length, verdicts.length + mostOutcomes);
      const decided = await decideGroup(left, by, { ...ports, store: readingOnce(ports.store) }, read);
      group = decided.verdicts;
      return decided.changes.size === 0 ? { stop: 'nothing new' } : { changes: [...decided.changes.values()] };
    });
    for (const verdict of group) verdicts.push(verdict);
  }
  return verdicts;
}

function isContradiction(verdict: Verdict | undefined): boolean {
  return verdict === 'late' || verdict === 'not-sent' || verdict === 'contradicts' || verdict === 'unknown';
}

/** As many outcomes as one commit holds, in their order. */
async function decideGroup(outcomes: readonly Outcome[], by: string, ports: Ports, read: Map<string, Order>) {
  const verdicts: Verdict[] = [];
  const changes = new Map<string, Change>();
  for (const outcome of outcomes) {
    const order = (await takeApplying(outcome, read, ports.store)) ?? (await readOrder(ports.store, outcome.reference));
    const verdict = await verdictOn(order, outcome, ports);
    const made = order === undefined ? [] : await changesOf(verdict, order, outcome, by, changes, ports);
    if (!fits(changes, made)) break;
    for (const change of made) changes.set(change.stream, change);
    verdicts.push(verdict);
  }
  return { verdicts, changes };
}

/**
 * The order as it was read before, where the outcome applies to it and its part, which moves with it, stands where it stands.
 * The commit then names where the order stood, and is refused where it has moved since. Whoever decides again reads again, as
 * does whoever comes to anything else.
 */
async function takeApplying(
  { reference, outcome }: Outcome,
  read: Map<string, Order>,
  store: Store,
): Promise<Order | undefined> {
  const order = read.get(reference);
  read.delete(reference);
  if (order === undefined || judge(order, outcome) !== 'applies') return undefined;
  return (await readPart(store, order.part))?.status === order.status ? order : undefined;
}

/** Whether a commit holds these changes too. */
function fits(changes: ReadonlyMap<string, Change>, more: readonly Change[]): boolean {
  if (changes.size === 0) return true;
  const all = [...new Map([...changes, ...more.map((change) => [change.stream, change] as const)]).values()];
  const actions = all.reduce(
    (sum, { entries, row, claims = [], releases = [] }) =>
      sum + entries.length + (row === undefined ? 0 : 1) + claims.length + releases.length,
    0,
  );
  return all.length <= mostStreams && actions <= mostActions;
}

/** A history is read once a group: many orders of a unit share its estimate. */
function readingOnce(store: Store): Store {
  const known = new Map<string, Promise<readonly Entry[]>>();
  return {
    commit: async (changes) => store.commit(changes),
    page: async (query) => store.page(query),
    holderOf: async (key) => store.holderOf(key),
    async read(stream) {
      const before = known.get(stream) ?? store.read(stream);
      known.set(stream, before);
      return before;
    },
  };
}

async function verdictOn(order: Order | undefined, outcome: Outcome, { store }: Ports): Promise<Verdict> {
  if (order === undefined) return 'unknown';
  const judged = judge(order, outcome.outcome);
  if (judged === 'applies') return 'applied';
  if (judged === 'repeats') return isAppliedBy(order, outcome) ? 'applied-before' : 'repeats';
  if (order.status === 'awaiting-unit') return 'not-sent';
  const newest = (await readPart(store, order.part))?.ordered?.reference;
  return newest === undefined || newest === order.reference ? 'contradicts' : 'late';
}

function isAppliedBy({ entries }: Order, { outcome, file }: Outcome): boolean {
  return entries.some(
    ({ kind, data }) =>
      kind === 'settled' && data.includes(JSON.stringify(file)) && data.includes(`"outcome":"${outcome}"`),
  );
}

async function changesOf(
  verdict: Verdict,
  order: Order,
  outcome: Outcome,
  by: string,
  pending: ReadonlyMap<string, Change>,
  ports: Ports,
): Promise<readonly Change[]> {
  if (verdict === 'applied') return changesFor(order, outcome, by, pending, ports);
  if (!isContradiction(verdict)) return [];
  const noted = contradiction(order, outcome, by, ports.now());
  return noted === undefined ? [] : [noted];
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
  pending: ReadonlyMap<string, Change>,
  { store, now }: Ports,
): Promise<readonly Change[]> {
  const part = await readPart(store, order.part);
  if (part === undefined) throw new Error(`order ${order.reference} names a part that is not there`);
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
    orderedPartMoved(part, { kind: status, at, by, data: { status, reference: order.reference, ...why } }),
  ];
  const code = status === 'credited' || reason === undefined ? {} : { code: returnReasonOf(reason).code };
  const note = await accountNote(order, { outcome: status, on, by, at, ...code }, pending, store);
  if (note !== undefined) changes.push(note);
  if (status === 'refused' || status === 'returned') {
    changes.push(await moneyBack(order, outcome, { by, at }, pending, store));
  }
  return changes;
}

/**
 * Where the money of an order is that was not paid. Refused, it never left. Returned, it is blocked until somebody says
 * whether it came back to the estimate (khôi phục dự toán) or to the deposit account, unless the result says so; and nothing
 * goes back by itself to an estimate whose year was closed since. Several in one commit share one change.
 */
async function moneyBack(
  order: Order,
  { outcome, backTo }: Outcome,
  { by, at }: { readonly by: string; readonly at: string },
  pending: ReadonlyMap<string, Change>,
  store: Store,
): Promise<Change> {
  const estimate = await readEstimate(store, order.unit, order.source);
  const { closedAt } = estimate;
  const isOfClosedYear = closedAt !== undefined && (order.entries[0]?.at ?? at) <= closedAt;
  const to = outcome === 'refused' ? (order.from ?? 'estimate') : backTo;
  const said = { key: order.reference, amount: order.amount };
  const entry =
    to === undefined || (isOfClosedYear && to === 'estimate')
      ? { kind: 'blocked', at, by, data: said }
      : { kind: 'came-back', at, by, data: { ...said, to } };
  const before = pending.get(estimateStream(order.unit, order.source))?.entries ?? [];
  return estimateChange(estimate, [...before, entry]);
}
