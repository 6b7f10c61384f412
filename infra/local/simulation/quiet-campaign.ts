/**
 * A campaign in which nothing goes wrong: people of one source submitted, appraised, frozen, confirmed, decided, ordered,
 * sent and credited, in one batch. What a bench or a count of units measures is then the work itself.
 */
import { appraise } from '../../../shared/approval/appraise.ts';
import { decide } from '../../../shared/approval/decide.ts';
import { freezeBatch } from '../../../shared/approval/freeze.ts';
import { approvalNext } from '../../../shared/approval/next.ts';
import { recordProvincialDecision } from '../../../shared/approval/provincial-decision.ts';
import type { Account, Role } from '../../../shared/case/access.ts';
import { payable, readBatch, readFrozenList } from '../../../shared/case/batch.ts';
import { groupsOf } from '../../../shared/case/history.ts';
import { readOrder } from '../../../shared/case/order.ts';
import { partSummary } from '../../../shared/case/part.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { readSlip, signatures } from '../../../shared/case/slip.ts';
import { allRows } from '../../../shared/case/store.ts';
import { type Unit, unitStream } from '../../../shared/case/unit.ts';
import { reportBatch } from '../../../shared/completion/report.ts';
import { allot } from '../../../shared/disbursement/allot.ts';
import { fundBatch } from '../../../shared/disbursement/fund.ts';
import { orderParts } from '../../../shared/disbursement/order.ts';
import { reconcile } from '../../../shared/disbursement/reconcile.ts';
import type { WriteSlipFile } from '../../../shared/disbursement/slip-file.ts';
import { followSlip, makeSlips, recordSending, referencesOf, signSlip } from '../../../shared/disbursement/slips.ts';
import { sum } from '../../../shared/dong.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { recompute } from '../../../shared/entitlement/recompute.ts';
import { sha256 } from '../../../shared/hash.ts';
import { type GoodRow, submitList } from '../../../shared/intake/submit.ts';
import { sampleUnits } from '../samples.ts';

export const quietBatch = 'bench';
/** The parts that a child of the workflow's map gets at once. */
const sliceSize = 100;
const source = 'wage-reform';

/** Units of the province's own level, each with an estimate. */
export async function furnish(unitCount: number, ports: Ports): Promise<ReadonlyMap<string, Unit>> {
  const [sample] = sampleUnits().filter((unit) => unit.source === source && unit.level === 'provincial');
  if (sample === undefined) throw new Error('there is no sample unit');
  const units = Array.from({ length: unitCount }, (_, index) => {
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

/** So many people, made of those of the list who are entitled and no two alike, spread over the units. */
export async function submitAll(
  people: readonly GoodRow[],
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
    const account = { ...person.account, number: `1${number}`, holder: `${person.account.holder} ${number}` };
    const payingUnit = codes[index % codes.length] ?? '';
    const fullName = `${person.fullName} ${number}`;
    return { ...person, row: index, fullName, citizenId: `040${number}`, account, payingUnit };
  });
  const submission = { listId: 'bench', by: 'clerk', people: listed, mayUse: () => true };
  await submitList(submission, units, { assess, correct: async () => false }, ports);
}

/** Appraised, frozen, confirmed twice and decided: the batch is to be ordered. */
export async function decideAll(ports: Ports): Promise<void> {
  await freezeAll(ports);
  const items = (await listOf(ports)).list.parts.map(({ part }) => part);
  await recompute({ BatchInput: { batchId: quietBatch }, Items: items }, ports);
  await approvalNext({ batchId: quietBatch }, ports);
  await confirm('people', 'home-affairs-leader', ports);
  await confirm('money', 'finance-leader', ports);
  await recordDecision(ports);
  const { next } = await approvalNext({ batchId: quietBatch, next: 'confirmation' }, ports);
  if (next !== 'order') throw new Error(`the batch goes on to ${next}`);
}

/** Everybody appraised, and frozen into the one batch. */
export async function freezeAll(ports: Ports): Promise<void> {
  const seen: { part: string; caseHash: string }[] = [];
  for await (const { stream, summary } of allRows(ports.store, { kind: 'part', status: 'assessed' })) {
    seen.push({ part: stream.slice('part/'.length), caseHash: partSummary.parse(summary).caseHash });
  }
  await appraise(seen, staff('home-affairs-officer'), ports);
  await freezeBatch({ batchId: quietBatch, source, level: 'provincial', by: 'finance-officer' }, ports);
}

/** The People's Committee decides whom the two departments have confirmed. */
export async function recordDecision(ports: Ports): Promise<void> {
  const { batch, list } = await listOf(ports);
  const { parts, total } = payable(batch, list);
  const signed = { number: '1/QĐ-UBND', on: '2025-09-01', signatory: 'Chủ tịch', mandate: '', paper: 'scan' };
  const given = { batchId: quietBatch, version: 1, people: parts.length, total, capacity: 'head' as const, ...signed };
  await recordProvincialDecision(given, 'finance-officer', ports);
}

async function listOf({ store, files }: Ports) {
  const batch = await readBatch(store, quietBatch);
  if (batch === undefined) throw new Error('there is no batch');
  return { batch, list: await readFrozenList(files, batch) };
}

export async function confirm(step: 'people' | 'money', role: Role, ports: Ports): Promise<void> {
  const { version = 0, contentHash = '' } = (await listOf(ports)).batch.frozen ?? {};
  const seen = { version, contentHash, takeOut: [], shown: 'page' };
  done(await decide({ batchId: quietBatch, step, outcome: 'confirmed', ...seen }, staff(role), ports));
}

/** Holds the estimates and writes the orders, a child of the workflow's map at a time. */
export async function orderAll(ports: Ports): Promise<void> {
  const items = (await listOf(ports)).list.parts.map(({ part }) => part);
  await fundBatch(quietBatch, ports);
  for (const slice of groupsOf(items, sliceSize)) {
    await orderParts({ BatchInput: { batchId: quietBatch }, Items: [...slice] }, ports);
  }
}

/** Slips made, signed three times and sent; every payment credited by one file of results; the batch reported. */
export async function payAll(units: ReadonlyMap<string, Unit>, write: WriteSlipFile, ports: Ports): Promise<void> {
  await makeSlips(quietBatch, units, write, ports);
  await creditAll(ports);
  await reportBatch(quietBatch, ports);
}

/** Every slip signed three times and sent; every payment credited by one file of results. */
export async function creditAll(ports: Ports): Promise<void> {
  const signers = ['unit-clerk', 'unit-chief-accountant', 'unit-account-holder'] as const;
  const references: string[] = [];
  for await (const { stream, unit = '' } of allRows(ports.store, { kind: 'slip', batch: quietBatch })) {
    const slipId = stream.slice('slip/'.length);
    for (const [turn, signature] of signatures.entries()) {
      done(await signSlip(slipId, signature, staff(signers[turn] ?? 'unit-clerk', unit), ports));
    }
    done(await recordSending(slipId, { number: 'DVC', on: '2025-09-01' }, staff('unit-clerk', unit), ports));
    await followSlip(slipId, ports);
    const slip = await readSlip(ports.store, slipId);
    if (slip !== undefined) references.push(...(await referencesOf(slip, ports)));
  }
  const lines = await Promise.all(
    references.map(async (reference, index) => {
      const amount = BigInt((await readOrder(ports.store, reference))?.amount ?? '0');
      return { row: index + 5, reference, amount, outcome: 'credited', on: '2025-10-03' } as const;
    }),
  );
  const total = sum(lines.map(({ amount }) => amount));
  const { batch } = await listOf(ports);
  const file = { batchCode: batch.code, statedCount: lines.length, statedTotal: total, lines };
  const imported = done(await reconcile(quietBatch, sha256('results'), file, 'finance-officer', ports));
  if (!('applied' in imported) || imported.applied !== lines.length) throw new Error('not everybody was credited');
}

function staff(role: Role, unit?: string): Account {
  return { id: role, name: role, email: `${role}@x.example`, role, units: unit === undefined ? [] : [unit] };
}

function done<T extends { readonly outcome: string }>(answer: T): T {
  if (answer.outcome === 'refused') throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer;
}
