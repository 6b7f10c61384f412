/**
 * Recomputes chosen cases from their facts and follows each through appraisal, list, decisions, order, slip and result, to
 * the đồng and without a tolerance. Nothing is expected to differ; whatever does is named with the history it stands in.
 * The computation is given: this stage does not know the law.
 */
import { type Case, caseAsOf, caseStream, readCase } from '../case/case.ts';
import { moneyClaim, type Order, orderStream, readOrder } from '../case/order.ts';
import { papersOf } from '../case/papers.ts';
import { type Part, partStream, readParts } from '../case/part.ts';
import type { Ports } from '../case/ports.ts';
import { shareOf } from '../case/shares.ts';
import type { Store } from '../case/store.ts';
import { type Dong, sum } from '../dong.ts';
import {
  checkFile,
  checkHistory,
  compareSums,
  type Fault,
  type Frozen,
  type Recompute,
  type Recomputed,
  type Run,
} from './recheck-run.ts';
import { batchFaults, slipFaults, versionKey } from './recheck-shared.ts';

export interface Rechecked {
  readonly people: number;
  readonly histories: number;
  readonly entries: number;
  /** The sum as it is stored, and as it comes out again. */
  readonly stored: Dong;
  readonly recomputed: Dong;
  readonly faults: readonly Fault[];
  /** By case, for the list of who was checked. */
  readonly totals: ReadonlyMap<string, { readonly stored: Dong; readonly recomputed: Dong }>;
}

export async function recheck(
  caseIds: readonly string[],
  ports: Pick<Ports, 'store' | 'files'>,
  recompute: Recompute,
  progress: (done: number) => void = () => {},
): Promise<Rechecked> {
  const run: Run = { ports, recompute, checked: new Set(), lists: new Map(), faults: [], entries: 0 };
  const totals = new Map<string, { readonly stored: Dong; readonly recomputed: Dong }>();
  for (const [index, caseId] of caseIds.entries()) {
    totals.set(caseId, await recheckCase(caseId, run));
    progress(index + 1);
  }
  return {
    people: caseIds.length,
    histories: run.checked.size,
    entries: run.entries,
    stored: sum([...totals.values()].map(({ stored }) => stored)),
    recomputed: sum([...totals.values()].map(({ recomputed }) => recomputed)),
    faults: run.faults,
    totals,
  };
}

/** A case that cannot be read at all is a fault of its own, and the others are still checked. */
async function recheckCase(caseId: string, run: Run) {
  const stream = caseStream(caseId);
  try {
    await checkHistory(stream, run, caseId);
    const of = await readCase(run.ports.store, caseId);
    if (of === undefined) throw new Error('there is no such case');
    const { total } = checkSums(of, run);
    for (const { file } of papersOf(of)) await checkFile(file, { stream, caseId }, run);
    for (const part of await readParts(run.ports.store, of)) await checkPart(of, part, run);
    return { stored: storedTotal(of), recomputed: total };
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    run.faults.push({ what: 'unreadable', caseId, stream, expected: '', found, difference: 0n });
    return { stored: 0n, recomputed: 0n };
  }
}

function storedTotal({ assessment }: Pick<Case, 'assessment'>): Dong {
  return assessment.outcome === 'entitled' ? BigInt(assessment.total) : 0n;
}

function checkSums(of: Case, run: Run): Recomputed {
  const at = { caseId: of.id, stream: caseStream(of.id) };
  // An account that two people put in another's place after the freezing is no part of what was computed.
  const again = run.recompute(caseAsOf(of, of.caseHash) ?? of);
  compareSums(run, { what: 'sum-differs', ...at }, again.total, storedTotal(of));
  if (again.caseHash !== of.caseHash) {
    const hashes = { expected: again.caseHash, found: of.caseHash };
    run.faults.push({ what: 'computed-differently', ...at, ...hashes, difference: 0n });
  }
  if (of.assessment.outcome === 'entitled') {
    const lines = sum(of.assessment.lines.map(({ amount }) => BigInt(amount)));
    compareSums(run, { what: 'lines-differ', ...at }, lines, BigInt(of.assessment.total));
  }
  return again;
}

async function checkPart(of: Case, part: Part, run: Run): Promise<void> {
  const { store } = run.ports;
  const at = { caseId: of.id, stream: partStream(part.id) };
  await checkHistory(at.stream, run, of.id);
  const was = await checkFrozen(of, part, run);
  const credited: Order[] = [];
  for (const reference of referencesOf(part)) {
    await checkHistory(orderStream(reference), run, of.id);
    const order = await readOrder(store, reference);
    if (order === undefined) {
      run.faults.push({ what: 'order-missing', ...at, expected: reference, found: '', difference: 0n });
      continue;
    }
    await checkOrder(of, order, was, run);
    if (order.status === 'credited') credited.push(order);
  }
  if (credited.length > 1) {
    const found = credited.map(({ reference }) => reference).join(', ');
    const difference = sum(credited.slice(1).map(({ amount }) => BigInt(amount)));
    run.faults.push({ what: 'paid-twice', ...at, expected: credited[0]?.reference ?? '', found, difference });
  }
  if ((part.status === 'credited') !== credited.length > 0) {
    const found = credited.length > 0 ? 'credited' : (part.ordered?.reference ?? '');
    run.faults.push({ what: 'credit-differs', ...at, expected: part.status, found, difference: 0n });
  }
  const { elsewhere } = part.last;
  if (elsewhere === undefined) return;
  compareSums(run, { what: 'elsewhere-differs', ...at }, shareOf(of, part.source).total, BigInt(elsewhere.amount));
}

/** Of every order that the part has had. */
export function referencesOf({ entries }: Pick<Part, 'entries'>): readonly string[] {
  const named = entries.filter(({ kind }) => kind === 'ordered').map(({ data }) => /"reference":"([^"]+)"/.exec(data));
  return [...new Set(named.flatMap((match) => match?.[1] ?? []))];
}

/** What was frozen is what was appraised, and comes out again from the facts of that time; checks the batch once. */
async function checkFrozen(of: Case, part: Part, run: Run): Promise<Frozen | undefined> {
  if (part.batch === undefined) return undefined;
  const isSound = await batchFaults(part.batch.id, run);
  if (!isSound) return undefined;
  const at = { caseId: of.id, stream: partStream(part.id) };
  const was = run.lists.get(versionKey(part.batch.id, part.batch.version))?.get(part.id);
  if (was === undefined) {
    run.faults.push({ what: 'not-in-list', ...at, expected: part.batch.id, found: '', difference: 0n });
    return undefined;
  }
  if (part.appraised?.caseHash !== was.caseHash) {
    const hashes = { expected: part.appraised?.caseHash ?? '', found: was.caseHash };
    run.faults.push({ what: 'appraisal-differs', ...at, ...hashes, difference: 0n });
  }
  const then = caseAsOf(of, was.caseHash);
  if (then === undefined) {
    run.faults.push({ what: 'computed-differently', ...at, expected: was.caseHash, found: '', difference: 0n });
    return was;
  }
  const again = run.recompute(then);
  if (again.caseHash !== was.caseHash) {
    const hashes = { expected: again.caseHash, found: was.caseHash };
    run.faults.push({ what: 'computed-differently', ...at, ...hashes, difference: 0n });
  }
  compareSums(run, { what: 'list-sum-differs', ...at }, shareOf(then, part.source).total, BigInt(was.total));
  return was;
}

async function checkOrder(of: Case, order: Order, was: Frozen | undefined, run: Run): Promise<void> {
  const { store } = run.ports;
  const stream = orderStream(order.reference);
  const at = { caseId: of.id, stream };
  const amount = BigInt(order.amount);
  const lines = sum(order.lines.map((line) => BigInt(line.amount)));
  compareSums(run, { what: 'order-lines-differ', ...at }, lines, amount);
  if (was !== undefined) compareSums(run, { what: 'order-differs', ...at }, BigInt(was.total), amount);
  const known = [was?.accountDigest, ...of.accountsAfterFreezing, of.submitted.accountDigest];
  if (!known.includes(order.accountDigest)) {
    run.faults.push({ what: 'account-differs', ...at, expected: '', found: order.accountDigest, difference: 0n });
  }
  await checkClaims(of, order, store, run);
  await slipFaults(order.slip, order.reference, run);
  for (const entry of order.entries.filter(({ kind }) => kind === 'settled')) {
    const file = /"file":"([0-9a-f]{64})"/.exec(entry.data)?.[1];
    if (file !== undefined) await checkFile(file, at, run);
  }
}

/** Each line and attempt is paid once in the province: its key must be this order's. */
async function checkClaims(of: Case, order: Order, store: Store, { faults }: Run): Promise<void> {
  const stream = orderStream(order.reference);
  for (const { line } of order.lines) {
    const key = moneyClaim(of.submitted.citizenDigest, line, order.attempt);
    const holder = await store.holderOf(key);
    if (holder === stream) continue;
    faults.push({
      what: 'claim-differs',
      caseId: of.id,
      stream,
      expected: stream,
      found: holder ?? '',
      difference: 0n,
    });
  }
}
