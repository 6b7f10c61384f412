/** The verdict on a campaign: what the Treasury really did beside what the histories say. */
import { readCase } from '../../../shared/case/case.ts';
import { readEstimate } from '../../../shared/case/funding.ts';
import { type Balances, balancesOf, faultsIn, postingsOf } from '../../../shared/case/ledger.ts';
import type { Order } from '../../../shared/case/order.ts';
import { caseIdOf, readPart, sourceOf } from '../../../shared/case/part.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { shareOf } from '../../../shared/case/shares.ts';
import { recheck } from '../../../shared/completion/recheck.ts';
import { settlementsOf } from '../../../shared/completion/settlement.ts';
import { sum } from '../../../shared/dong.ts';
import { recomputedCase } from '../../../shared/entitlement/recompute.ts';
import { allRows, type Entry } from '../../../shared/case/store.ts';

export interface Verdict {
  /** People who were given the same money, or a second regime, more than once. */
  readonly paidTwice: number;
  /** Sums that the histories and the Treasury do not agree on, and estimates that do not add up. */
  readonly lost: number;
  /** Parts that are not finished although everybody has done what there was to do. */
  readonly stuck: number;
  /** Parts whose row is not what their history says. */
  readonly unclear: number;
}

/** `assessed`: taken out of a batch, and with Home Affairs; the others have ended, or are held by somebody with a reason. */
const finished: readonly string[] = ['credited', 'paid-elsewhere', 'cancelled', 'held', 'assessed'];

/** `inspects`: an inspector looks at everybody, too; that takes as long as the campaign, so not after each. */
export async function judge(ports: Ports, credited: readonly Order[], inspects: boolean): Promise<Verdict> {
  const { store } = ports;
  const given = new Map<string, bigint>();
  const paid = new Map<string, number>();
  for (const order of credited) {
    given.set(order.part, (given.get(order.part) ?? 0n) + BigInt(order.amount));
    const person = (await readCase(store, caseIdOf(order.part)))?.submitted.citizenDigest ?? order.part;
    for (const { line } of order.lines) {
      const key = `${person}/${line}`;
      paid.set(key, (paid.get(key) ?? 0) + 1);
    }
  }
  for await (const row of allRows(store, { kind: 'part', status: 'paid-elsewhere' })) {
    const partId = row.stream.slice('part/'.length);
    const of = await readCase(store, caseIdOf(partId));
    for (const { line } of of === undefined ? [] : shareOf(of, sourceOf(partId)).lines) {
      const key = `${of?.submitted.citizenDigest}/${line}`;
      paid.set(key, (paid.get(key) ?? 0) + 1);
    }
  }
  const paidTwice = [...paid.values()].filter((times) => times > 1).length;
  let lost = 0;
  let stuck = 0;
  let unclear = 0;
  for await (const row of allRows(store, { kind: 'part' })) {
    const part = await readPart(store, row.stream.slice('part/'.length));
    if (part === undefined) continue;
    const of = await readCase(store, part.caseId);
    const owed = of === undefined ? 0n : shareOf(of, part.source).total;
    const has = given.get(part.id) ?? 0n;
    if ((part.status === 'credited') !== has > 0n || (has > 0n && has !== owed)) lost += 1;
    if (part.status !== row.status) unclear += 1;
    if (!finished.includes(part.status)) stuck += 1;
  }
  for await (const { unit = '', source = '' } of allRows(store, { kind: 'estimate' })) {
    if (!(await isBalanced(unit, source, ports))) lost += 1;
    // Money that came back is somewhere by now.
    stuck += (await readEstimate(store, unit, source)).blocked.size;
  }
  if (inspects) lost += await faultsOf(ports);
  return { paidTwice, lost, stuck, unclear };
}

/** What an inspector would find who looks at everybody, and years in which the Treasury has another balance than the ledger. */
async function faultsOf(ports: Ports): Promise<number> {
  const { store } = ports;
  const cases: string[] = [];
  for await (const { stream } of allRows(store, { kind: 'case' })) cases.push(stream.slice('case/'.length));
  const { faults } = await recheck(cases, ports, recomputedCase);
  let differing = 0;
  for (const { unit, source, left } of await settlementsOf(store, lastYear)) {
    const { available, reserved, ordered } = await balancesAt(unit, source, ports);
    if (left !== available + reserved + ordered) differing += 1;
  }
  return faults.length + differing;
}

/** A year after everything that happens in a campaign. */
const lastYear = '2099';

async function balancesAt(unit: string, source: string, { store }: Ports): Promise<Balances> {
  const estimate = await readEstimate(store, unit, source);
  const orders: (readonly Entry[])[] = [];
  for await (const row of allRows(store, { kind: 'order', unit, source })) orders.push(await store.read(row.stream));
  return balancesOf(postingsOf(estimate.entries, orders));
}

/** The ledger holds, and what the estimate says of itself is what its orders say. */
async function isBalanced(unit: string, source: string, ports: Ports): Promise<boolean> {
  const estimate = await readEstimate(ports.store, unit, source);
  const balances = await balancesAt(unit, source, ports);
  const { available, reserved, ordered, persons, deposit, lapsed } = balances;
  return (
    faultsIn(balances).length === 0 &&
    available === estimate.left &&
    deposit === sum([...estimate.deposit.values()]) &&
    lapsed === estimate.lapsed &&
    reserved + ordered + persons === estimate.held - estimate.received
  );
}
