/**
 * After any sequence of acts, right and wrong, with the workflow running or behind: where everyone stands adds up to
 * the đồng, nobody has two payments under way, and every history's chain holds.
 */
import { describe, expect, test } from 'vitest';
import { type Random, seeded } from '../../../infra/local/seeded.ts';
import { holdPart } from '../../../shared/approval/hold.ts';
import { payable, readFrozenList } from '../../../shared/case/batch.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { readEstimate } from '../../../shared/case/funding.ts';
import { bucketOf, buckets } from '../../../shared/case/lifecycle.ts';
import { isClosed, type Order, orderOutcomes } from '../../../shared/case/order.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { signatures } from '../../../shared/case/slip.ts';
import { type Entry, firstBroken } from '../../../shared/case/store.ts';
import { remainder, tally } from '../../../shared/completion/tally.ts';
import { recordComeback } from '../../../shared/disbursement/record-comeback.ts';
import { allot } from '../../../shared/disbursement/allot.ts';
import { inquire } from '../../../shared/disbursement/inquire.ts';
import { reconcile } from '../../../shared/disbursement/reconcile.ts';
import { confirmAccount, orderAgain, proposeAccount } from '../../../shared/disbursement/mend.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import { recordSending, signSlip } from '../../../shared/disbursement/slips.ts';
import { sum } from '../../../shared/dong.ts';
import { everyRow, openProvince, type Province } from '../../province.ts';

const people = 14;
const actsARun = 120;
const nothing = { people: 0, total: 0n };
const officer = 'demo-finance-officer';

interface World extends Province {
  readonly random: Random;
  readonly batches: string[];
}

/** Each act picks its own victim; one that is refused is an act too. */
const acts: readonly (readonly [string, number, (world: World) => Promise<unknown>])[] = [
  ['look', 30, async ({ settleEvents }) => settleEvents()],
  ['appraise', 10, async ({ appraiseAll }) => appraiseAll()],
  ['freeze', 5, freezeOne],
  ['people', 10, async (world) => confirmOne(world, 'home-affairs-leader')],
  ['money', 10, async (world) => confirmOne(world, 'finance-leader')],
  ['provincial', 10, async (world) => onBatch(world, async (id) => world.provincial(id))],
  ['estimate', 10, allotSome],
  ['slips', 24, signOne],
  ['results', 20, settleSome],
  ['ask', 2, async (world) => onBatch(world, async (id) => inquire(id, officer, world.still))],
  ['hold', 6, holdOne],
  ['mend', 20, mendOne],
];

async function onBatch({ batches, random }: World, act: (batchId: string) => Promise<unknown>): Promise<unknown> {
  return batches.length === 0 ? undefined : act(random.of(batches));
}

async function freezeOne({ random, batches, freeze }: World): Promise<void> {
  const isNew = batches.length === 0 || random.chance(0.5);
  const id = isNew ? `b${batches.length + 1}` : random.of(batches);
  const level = random.of(['provincial', 'provincial', 'commune'] as const);
  try {
    await freeze(id, isNew ? { level } : { reason: 'Chốt lại' });
    if (isNew) batches.push(id);
  } catch (error) {
    // Refused: nobody to freeze, or too late.
    if (!(error instanceof Error && /appraised|past the point/.test(error.message))) throw error;
  }
}

async function confirmOne(world: World, role: 'home-affairs-leader' | 'finance-leader'): Promise<void> {
  const { random, decides, list, batch } = world;
  await onBatch(world, async (id) => {
    if ((await batch(id)).frozen === undefined) return;
    if (random.chance(0.06)) return decides(role, id, { outcome: 'rejected', reason: 'Sai' });
    const out = random.chance(0.3) ? [{ part: random.of(await list(id)).part, reason: 'Thiếu' }] : [];
    return decides(role, id, { takeOut: out });
  });
}

async function allotSome({ random, rows, still }: World): Promise<void> {
  const unit = random.of(await rows()).unit ?? '';
  const amount = BigInt(random.between(1, 3_000_000_000));
  const document = `${random.between(1, 1_000_000)}/QĐ`;
  await allot({ unit, source: 'wage-reform', amount, document, on: '2025-10-08' }, officer, still);
}

async function signOne({ random, store, account, still }: World): Promise<void> {
  const slips = await everyRow(store, { kind: 'slip' });
  if (slips.length === 0) return;
  const slipId = random.of(slips).stream.slice('slip/'.length);
  const roles = ['unit-clerk', 'unit-chief-accountant', 'unit-account-holder'] as const;
  const most = random.of([3, 3, 3, 3, 2, 1, 0]);
  for (const [index, signature] of signatures.entries()) {
    if (index < most) await signSlip(slipId, signature, account(roles[index] ?? 'unit-clerk'), still);
  }
  await recordSending(slipId, { number: 'DVC', on: '2025-10-09' }, account('unit-clerk'), still);
}

async function everyOrder({ batches, orders }: Pick<World, 'batches' | 'orders'>): Promise<readonly Order[]> {
  return (await Promise.all(batches.map(async (id) => orders(id)))).flat();
}

async function settleSome(world: World): Promise<void> {
  const { random, still } = world;
  const known = await everyOrder(world);
  if (known.length === 0) return;
  const file = `file ${random.between(1, 1_000_000)}`;
  const outcomes = Array.from({ length: random.between(1, 8) }, () => {
    const { reference } = random.of(known);
    return { reference, outcome: random.of(orderOutcomes), on: '2025-10-10', file };
  });
  await settle(outcomes, officer, still);
}

async function holdOne({ account, random, rows, still }: World): Promise<void> {
  const partId = random.of(await rows()).stream.slice('part/'.length);
  const act = random.of(['hold', 'resume', 'resume', 'resume', 'cancel'] as const);
  await holdPart(partId, act, 'Lý do', account('finance-officer'), still);
}

async function mendOne({ random, rows, account, still, store }: World): Promise<void> {
  const back = (await rows()).filter(({ status }) => status === 'refused' || status === 'returned');
  if (back.length === 0) return;
  const part = random.of(back).stream.slice('part/'.length);
  const references = back.flatMap(({ summary }) =>
    typeof summary['reference'] === 'string' ? [summary['reference']] : [],
  );
  const place = { to: random.of(['estimate', 'deposit']), document: 'GBC-1', on: '2025-10-10' };
  if (random.chance(0.8)) await recordComeback({ references, ...place }, account('unit-chief-accountant'), still);
  const number = String(random.between(1_000_000, 9_000_000));
  const of = (await readCase(store, caseIdOf(part))) ?? expect.fail();
  const { fullName: holder } = await identityOf(still.vault, of);
  const correction = { part, account: { bank: 'VCB', number, holder }, reason: 'Đóng', paper: 'scan' };
  if (random.chance(0.8)) await proposeAccount(correction, account('unit-clerk'), still);
  const digest = (await readCase(store, caseIdOf(part)))?.proposed?.digest ?? '';
  if (random.chance(0.8)) await confirmAccount(part, digest, account('unit-chief-accountant'), still);
  await orderAgain(part, '', account(random.of(['finance-officer', 'finance-leader'] as const)), still);
}

/** Entitled is what the histories say, and the six buckets add up to it: for the province, each batch and each unit. */
async function expectZeroSum({ store, rows, part }: World): Promise<void> {
  const all = await rows();
  const found = await Promise.all(
    all.map(async (row) => {
      const of = await part(row.stream.slice('part/'.length));
      const { assessment } = (await readCase(store, of.caseId)) ?? expect.fail();
      const total = assessment.outcome === 'entitled' ? BigInt(assessment.total) : 0n;
      return { unit: row.unit ?? '', batch: of.batch?.id ?? '', bucket: bucketOf[of.status], total };
    }),
  );
  expect(found).toHaveLength(people);
  const scopes = [
    {},
    ...[...new Set(found.map(({ unit }) => unit))].map((unit) => ({ unit })),
    ...[...new Set(found.map(({ batch }) => batch))].filter((batch) => batch !== '').map((batch) => ({ batch })),
  ];
  for (const scope of scopes) {
    const own = found.filter((one) => Object.entries(scope).every(([key, value]) => one[key as 'unit'] === value));
    const counted = await tally(store, (instant) => instant.slice(0, 10), scope);
    expect(remainder(counted)).toEqual(nothing);
    expect(counted.entitled).toEqual({
      people: own.length,
      sums: own.length,
      total: sum(own.map(({ total }) => total)),
    });
    for (const bucket of buckets) {
      const inBucket = own.filter((one) => one.bucket === bucket);
      const expected = {
        people: inBucket.length,
        sums: inBucket.length,
        total: sum(inBucket.map(({ total }) => total)),
      };
      expect([scope, bucket, counted.byBucket[bucket]]).toEqual([scope, bucket, expected]);
    }
  }
}

/** Nobody has two orders that live or were credited; what was ordered was frozen, decided and not taken out. */
async function expectOneOrderEach(world: World): Promise<void> {
  const known = await everyOrder(world);
  const live = known.filter(({ status }) => !isClosed(status) || status === 'credited').map(({ part }) => part);
  expect(live.length).toBe(new Set(live).size);
  for (const id of world.batches) {
    const batch = await world.batch(id);
    const ordered = new Set((await world.orders(id)).map(({ part }) => part));
    if (batch.provincial === undefined) expect(ordered.size).toBe(0);
    if (batch.frozen === undefined) continue;
    const due = payable(batch, await readFrozenList(world.still.files, batch));
    const total = new Map(due.parts.map((one) => [one.part, one.total]));
    for (const { part, amount } of await world.orders(id)) expect([part, amount]).toEqual([part, total.get(part)]);
  }
}

/** What is left of each unit's estimate is never below nothing, and live orders are always covered. */
async function expectCovered(world: World): Promise<void> {
  const known = await everyOrder(world);
  for (const unit of new Set(known.map((order) => order.unit))) {
    const { left, allotted } = await readEstimate(world.store, unit, 'wage-reform');
    const live = known.filter((one) => one.unit === unit && one.status !== 'refused' && one.status !== 'returned');
    expect(left >= 0n).toBe(true);
    expect(left <= allotted - sum(live.map(({ amount }) => BigInt(amount)))).toBe(true);
  }
}

function expectWholeChains({ home }: World): void {
  const streams = new Map<string, Entry[]>();
  for (const entry of home.store.entriesAfter(0, 1_000_000)) {
    streams.set(entry.stream, [...(streams.get(entry.stream) ?? []), entry]);
  }
  for (const entries of streams.values()) expect(firstBroken(entries)).toBeUndefined();
}

describe('any sequence of acts', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
    'number %i leaves no đồng over and nobody paid twice',
    async (seed) => {
      const random = seeded(seed);
      const world: World = { ...(await openProvince({ people, estimate: 4_000_000_000n })), random, batches: [] };
      const done: string[] = [];
      try {
        for (let count = 0; count < actsARun; count += 1) {
          const [name, act] = random.weighted(
            acts.map(([word, weight, run]) => [[word, run] as const, weight] as const),
          );
          done.push(name);
          await act(world);
          if (count % 6 === 0) await expectZeroSum(world);
        }
        await world.settleEvents();
        await expectZeroSum(world);
        await expectOneOrderEach(world);
        await expectCovered(world);
        expectWholeChains(world);
        expect(world.faults).toEqual([]);
      } catch (error) {
        throw new Error(`after ${done.join(', ')}`, { cause: error });
      } finally {
        await world.close();
      }
    },
  );
});

test('a whole province, brought to the end, has credited everyone but those taken out and ended', async () => {
  const world: World = { ...(await openProvince({ people })), random: seeded(1), batches: ['b1', 'b2'] };
  const { appraiseAll, freeze, settleEvents, decides, provincial, orders, list, still, sendSlips, resultFile } = world;
  await appraiseAll();
  await freeze('b1');
  await freeze('b2', { level: 'commune' });
  await settleEvents();
  const out = (await list('b1'))[0]?.part ?? '';
  for (const id of world.batches) {
    await decides('home-affairs-leader', id, { takeOut: id === 'b1' ? [{ part: out, reason: 'Thiếu' }] : [] });
    await settleEvents();
    await decides('finance-leader', id);
    await settleEvents();
    await provincial(id);
    await settleEvents();
    await sendSlips(id);
    await reconcile(id, `file ${id}`, await resultFile(id, await orders(id)), officer, still);
    await settleEvents();
    expect(await world.batch(id)).toMatchObject({ isReported: true });
  }
  await expectZeroSum(world);
  await expectOneOrderEach(world);
  expectWholeChains(world);
  const { byBucket } = await tally(world.store, (instant) => instant.slice(0, 10));
  expect([byBucket.credited.people, byBucket['not-yet-ordered'].people]).toEqual([people - 1, 1]);
  expect(world.faults).toEqual([]);
  await world.close();
});
