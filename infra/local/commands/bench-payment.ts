/** Ten thousand people of 130 units in one decided batch, for the bench: ordering them, and making every file of their slips. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSlipFile } from '../../../functions/papers/slip-files.ts';
import { appraise } from '../../../shared/approval/appraise.ts';
import { decide } from '../../../shared/approval/decide.ts';
import { freezeBatch } from '../../../shared/approval/freeze.ts';
import { approvalNext } from '../../../shared/approval/next.ts';
import { recordProvincialDecision } from '../../../shared/approval/provincial-decision.ts';
import type { Account, Role } from '../../../shared/case/access.ts';
import { type Batch, payable, readBatch, readFrozenList } from '../../../shared/case/batch.ts';
import { groupsOf } from '../../../shared/case/history.ts';
import { partSummary } from '../../../shared/case/part.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { allRows } from '../../../shared/case/store.ts';
import { type Unit, unitStream } from '../../../shared/case/unit.ts';
import { allot } from '../../../shared/disbursement/allot.ts';
import { fundBatch } from '../../../shared/disbursement/fund.ts';
import { orderParts } from '../../../shared/disbursement/order.ts';
import { makeSlips } from '../../../shared/disbursement/slips.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { recompute } from '../../../shared/entitlement/recompute.ts';
import type { ListReading } from '../../../shared/intake/read-list.ts';
import { submitList } from '../../../shared/intake/submit.ts';
import { noDesk, openHome } from '../home.ts';
import { sampleUnits } from '../samples.ts';

export interface PaymentFigures {
  readonly secondsToOrder: number;
  readonly secondsToMakeFiles: number;
}

const unitCount = 130;
/** The parts that a child of the workflow's map gets at once. */
const sliceSize = 100;
export const batchId = 'bench';
const source = 'wage-reform';

export async function benchPayment(listed: ListReading, count: number): Promise<PaymentFigures> {
  return withDecidedBatch(listed, count, async (ports, units) => {
    const started = performance.now();
    await orderAll(ports);
    const ordered = performance.now();
    await makeSlips(batchId, units, writeSlipFile, ports);
    const made = performance.now();
    let slips = 0;
    for await (const _slip of allRows(ports.store, { kind: 'slip', batch: batchId })) slips += 1;
    if (slips !== unitCount) throw new Error(`${slips} slips were made`);
    return { secondsToOrder: (ordered - started) / 1000, secondsToMakeFiles: (made - ordered) / 1000 };
  });
}

export async function orderAll(ports: Ports): Promise<void> {
  const items = (await listOf(ports)).list.parts.map(({ part }) => part);
  await fundBatch(batchId, ports);
  for (const slice of groupsOf(items, sliceSize)) {
    await orderParts({ BatchInput: { batchId }, Items: [...slice] }, ports);
  }
}

/** So many people of 130 units, submitted, appraised, frozen, confirmed and decided, in a store that is gone afterwards. */
export async function withDecidedBatch<Found>(
  { people }: ListReading,
  count: number,
  run: (ports: Ports, units: ReadonlyMap<string, Unit>) => Promise<Found>,
): Promise<Found> {
  const directory = mkdtempSync(join(tmpdir(), 'chi-tra-payment-'));
  const home = openHome({
    dataDirectory: join(directory, 'data'),
    keyDirectory: join(directory, 'keys'),
    publicUrl: 'http://localhost',
  });
  try {
    const ports: Ports = home.ports({ ...noDesk, start: async () => {} });
    return await run(ports, await decidedPeople(people, count, unitCount, ports));
  } finally {
    home.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** So many people of so many units in one batch that the province has decided; answers the units. */
export async function decidedPeople(
  people: ListReading['people'],
  count: number,
  ofUnits: number,
  ports: Ports,
): Promise<ReadonlyMap<string, Unit>> {
  const units = await furnish(ofUnits, ports);
  await submitAll(people, count, units, ports);
  await decideAll(ports);
  return units;
}

/** Units of the province's own level, each with an estimate. */
async function furnish(ofUnits: number, ports: Ports): Promise<ReadonlyMap<string, Unit>> {
  const [sample] = sampleUnits().filter((unit) => unit.source === source && unit.level === 'provincial');
  if (sample === undefined) throw new Error('there is no sample unit');
  const units = Array.from({ length: ofUnits }, (_, index) => {
    return { ...sample, code: String(1_200_000 + index), name: `Đơn vị số ${index + 1}` };
  });
  const at = ports.now();
  for (const group of groupsOf(units, 50)) {
    const entries = group.map((data) => ({ kind: 'unit-registered', at, by: 'system', data }));
    const readAt = (await ports.store.read(unitStream)).length;
    await ports.store.commit([{ stream: unitStream, readAt, entries }]);
  }
  for (const { code } of units) {
    const given = { unit: code, source, amount: 1_000_000_000_000n, document: '1/QĐ', on: '2025-09-01' };
    await allot(given, 'system', ports);
  }
  return new Map(units.map((unit) => [unit.code, unit]));
}

async function submitAll(
  people: ListReading['people'],
  count: number,
  units: ReadonlyMap<string, Unit>,
  ports: Ports,
): Promise<void> {
  const codes = [...units.keys()];
  const entitled = people.filter(({ facts }) => assess(facts).outcome === 'entitled');
  const listed = Array.from({ length: count }, (_, index) => {
    const person = entitled[index % entitled.length];
    if (person === undefined) throw new Error('nobody is entitled');
    const number = String(index).padStart(9, '0');
    const account = { ...person.account, number: `1${number}` };
    const payingUnit = codes[index % codes.length] ?? '';
    return { ...person, row: index, citizenId: `040${number}`, account, payingUnit };
  });
  const submission = { listId: 'bench', by: 'clerk', people: listed, mayUse: () => true };
  await submitList(submission, units, { assess, correct: async () => false }, ports);
}

async function listOf({ store, files }: Ports) {
  const batch = await readBatch(store, batchId);
  if (batch === undefined) throw new Error('there is no batch');
  return { batch, list: await readFrozenList(files, batch) };
}

async function decideAll(ports: Ports): Promise<void> {
  const seen: { part: string; caseHash: string }[] = [];
  for await (const { stream, summary } of allRows(ports.store, { kind: 'part', status: 'assessed' })) {
    seen.push({ part: stream.slice('part/'.length), caseHash: partSummary.parse(summary).caseHash });
  }
  await appraise(seen, staff('home-affairs-officer'), ports);
  await freezeBatch({ batchId, source, level: 'provincial', by: 'finance-officer' }, ports);
  const { batch, list } = await listOf(ports);
  const items = list.parts.map(({ part }) => part);
  await recompute({ BatchInput: { batchId }, Items: items }, ports);
  await approvalNext({ batchId }, ports);
  await confirm(batch, 'people', 'home-affairs-leader', ports);
  await confirm(batch, 'money', 'finance-leader', ports);
  const decided = await listOf(ports);
  const { parts, total } = payable(decided.batch, decided.list);
  const signed = { number: '1/QĐ-UBND', on: '2025-09-01', signatory: 'Chủ tịch', mandate: '', paper: 'scan' };
  const given = { batchId, version: 1, people: parts.length, total, capacity: 'head' as const, ...signed };
  await recordProvincialDecision(given, 'finance-officer', ports);
  const { next } = await approvalNext({ batchId, next: 'confirmation' }, ports);
  if (next !== 'order') throw new Error(`the batch goes on to ${next}`);
}

async function confirm({ frozen }: Batch, step: 'people' | 'money', role: Role, ports: Ports): Promise<void> {
  const { version = 0, contentHash = '' } = frozen ?? {};
  const decision = { batchId, step, version, contentHash, outcome: 'confirmed' as const, takeOut: [], shown: 'page' };
  const came = await decide(decision, staff(role), ports);
  if (came.outcome === 'refused') throw new Error(came.why.en);
}

function staff(role: Role): Account {
  return { id: role, name: role, email: `${role}@x.example`, role, units: [] };
}
