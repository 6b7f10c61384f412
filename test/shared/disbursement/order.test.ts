/** Money is reserved whole for a unit or not at all, and each person is ordered once, whatever happens meanwhile. */
import { describe, expect, test } from 'vitest';
import { readEstimate } from '../../../shared/case/funding.ts';
import { isClosed, readOrder, referenceOf } from '../../../shared/case/order.ts';
import { sourceOf } from '../../../shared/case/part.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { allot } from '../../../shared/disbursement/allot.ts';
import { orderParts } from '../../../shared/disbursement/order.ts';
import { holdPart } from '../../../shared/approval/hold.ts';
import { formatDong, sum } from '../../../shared/dong.ts';
import { diesAt, openProvince, type Province, provinces } from '../../province.ts';

const province = provinces();
const source = 'wage-reform';

async function needOf({ list }: Province, unit: string): Promise<bigint> {
  return sum((await list('b1')).filter((one) => one.unit === unit).map(({ total }) => BigInt(total)));
}

async function give({ still }: Province, unit: string, amount: bigint) {
  return allot({ unit, source, amount, document: '1/QĐ-TTg', on: '2025-10-01' }, 'demo-finance-officer', still);
}

const noted = { kind: 'noted', at: '2025-10-01T00:00:00Z', by: 'test', data: {} };

/** Somebody writes into the store past every rule. */
async function alter({ store }: Province, part: string, amount: string) {
  const stream = `case/${part.split('.')[0]}`;
  const entries = await store.read(stream);
  const assessed = JSON.parse(entries.find(({ kind }) => kind === 'assessed')?.data ?? '');
  assessed.assessment.lines = [{ ...assessed.assessment.lines[0], amount }];
  assessed.assessment.total = amount;
  const entry = { at: '2025-10-01T00:00:00Z', by: 'mallory', kind: 'assessed', data: assessed };
  await store.commit([{ stream, readAt: entries.length, entries: [entry] }]);
}

describe('an order', () => {
  test('is of what was frozen: whoever was altered afterwards is held with the reason, and the others are ordered', async () => {
    const made = await province({ people: 20 });
    await made.decidedBatch('b1');
    const [first, ...others] = await made.list('b1');
    const { part, unit, total } = first ?? expect.fail('nobody is listed');
    const { left } = await readEstimate(made.store, unit, source);
    await alter(made, part, '999999999999');
    const ordered = await made.order('b1');
    expect(ordered.map((order) => order.part).toSorted()).toEqual(others.map((one) => one.part).toSorted());
    const { status, heldFrom, last } = await made.part(part);
    expect({ status, heldFrom }).toEqual({ status: 'held', heldFrom: 'decided' });
    expect(last.reason).toMatch(/^Hồ sơ không còn đúng như trong danh sách đã quyết định/u);
    const after = await readEstimate(made.store, unit, source);
    expect(after.held).toBe((await needOf(made, unit)) - BigInt(total));
    expect(after.left).toBe(left + BigInt(total));
  });

  test('is not written for whoever is let go on while the case is still altered: held again', async () => {
    const made = await province();
    await made.decidedBatch('b1');
    const part = await made.somebody();
    await alter(made, part, '1');
    await made.order('b1');
    const officer = made.account('home-affairs-officer');
    expect(await holdPart(part, 'resume', 'Đã xem', officer, made.still)).toMatchObject({ outcome: 'done' });
    expect((await made.part(part)).status).toBe('decided');
    await made.order('b1');
    expect((await made.part(part)).status).toBe('held');
    expect((await made.orders('b1')).filter((order) => order.part === part)).toEqual([]);
  });
});

describe('the estimate of a unit', () => {
  test.each([-1n, 0n, 1n])('with %i đồng beside what it needs', async (off) => {
    const made = await province({ estimate: 0n });
    await made.decidedBatch('b1');
    const unit = (await made.list('b1'))[0]?.unit ?? '';
    const need = await needOf(made, unit);
    await give(made, unit, need + off);
    const ordered = await made.order('b1');
    const own = (await made.list('b1')).filter((one) => one.unit === unit);
    expect(ordered.map(({ part }) => part).toSorted()).toEqual(off < 0n ? [] : own.map(({ part }) => part).toSorted());
    expect((await readEstimate(made.store, unit, source)).left).toBe(off < 0n ? need + off : off);
    for (const { part } of own) {
      const { status, last } = await made.part(part);
      expect(status).toBe(off < 0n ? 'waiting-for-estimate' : 'awaiting-unit');
      const short = `Thiếu 1 đồng dự toán (một đồng): cần ${formatDong(need)}, còn ${formatDong(need - 1n)}.`;
      if (off < 0n) expect(last.reason).toBe(short);
    }
  });

  test('one unit without an estimate waits, and the others are ordered; once it is allotted, it is ordered too', async () => {
    const made = await province({ people: 20, estimate: 0n });
    await made.decidedBatch('b1');
    const list = await made.list('b1');
    const [poor, ...rich] = [...new Set(list.map(({ unit }) => unit))];
    expect(rich.length).toBeGreaterThan(0);
    for (const unit of rich) await give(made, unit, await needOf(made, unit));
    await made.order('b1');
    expect(new Set((await made.orders('b1')).map(({ unit }) => unit))).toEqual(new Set(rich));
    expect(await made.step('disbursement.next', 'b1')).toMatchObject({ next: 'follow' });
    await give(made, poor ?? '', await needOf(made, poor ?? ''));
    expect(await made.step('disbursement.next', 'b1')).toMatchObject({ next: 'order' });
    await made.order('b1');
    expect((await made.orders('b1')).map(({ part }) => part).toSorted()).toEqual(
      list.map(({ part }) => part).toSorted(),
    );
  });

  test('is allotted once by one paper, however often it is recorded', async () => {
    const made = await province({ estimate: 0n });
    const unit = '1094107';
    expect(await give(made, unit, 5n)).toEqual({ outcome: 'allotted', left: 5n });
    expect(await give(made, unit, 5n)).toMatchObject({ outcome: 'refused' });
    expect((await readEstimate(made.store, unit, source)).left).toBe(5n);
  });

  test('funding again reserves nothing more', async () => {
    const made = await province();
    await made.decidedBatch('b1');
    const unit = (await made.list('b1'))[0]?.unit ?? '';
    await made.step('disbursement.fund', 'b1');
    await made.step('disbursement.fund', 'b1');
    expect((await readEstimate(made.store, unit, source)).held).toBe(await needOf(made, unit));
  });

  test('is of one source: money of another source pays nobody', async () => {
    const made = await province({ estimate: 0n });
    await made.decidedBatch('b1');
    const unit = (await made.list('b1'))[0]?.unit ?? '';
    const given = { unit, source: 'regular', amount: 500_000_000_000n, document: '1/QĐ', on: '2025-10-01' };
    await allot(given, 'demo-finance-officer', made.still);
    expect(await made.order('b1')).toEqual([]);
  });

  test.each([
    ['nothing', { amount: 0n }],
    ['less than nothing', { amount: -1n }],
    ['no document', { document: ' ' }],
    ['no day', { on: 'hôm qua' }],
  ])('is not allotted with %s', async (_what, wrong) => {
    const { still, store } = await province({ estimate: 0n });
    const right = { unit: '1094107', source, amount: 5n, document: '1/QĐ', on: '2025-10-01' };
    expect(await allot({ ...right, ...wrong }, 'x', still)).toMatchObject({ outcome: 'refused' });
    expect((await readEstimate(store, '1094107', source)).allotted).toBe(0n);
  });

  test('funding three times at the same instant reserves once', async () => {
    const made = await province({ people: 20, estimate: 0n });
    await made.decidedBatch('b1');
    const unit = (await made.list('b1'))[0]?.unit ?? '';
    await give(made, unit, await needOf(made, unit));
    await Promise.all([1, 2, 3].map(async () => made.step('disbursement.fund', 'b1')));
    expect((await readEstimate(made.store, unit, source)).left).toBe(0n);
  });
});

describe('an order', () => {
  test('names its person, decision, lines and account; its sum is the frozen one and the sum of its lines', async () => {
    const made = await province();
    await made.decidedBatch('b1');
    const frozen = new Map((await made.list('b1')).map((one) => [one.part, one]));
    for (const order of await made.order('b1')) {
      const of = frozen.get(order.part);
      expect(order.amount).toBe(of?.total);
      expect(order.accountDigest).toBe(of?.accountDigest);
      expect(sum(order.lines.map(({ amount }) => BigInt(amount)))).toBe(BigInt(order.amount));
      const caseId = order.part.split('.')[0] ?? '';
      expect(order.reference).toBe(referenceOf(caseId, 'b1/QĐ-UBND', sourceOf(order.part), 1));
      expect(order).toMatchObject({ attempt: 1, status: 'awaiting-unit', decision: 'b1/QĐ-UBND' });
    }
  });

  test('ordered are the frozen people less those taken out', async () => {
    const made = await province();
    await made.appraiseAll();
    const out = await made.somebody();
    await made.decidedBatch('b1', [{ part: out, reason: 'Thiếu hồ sơ' }]);
    const rest = (await made.list('b1')).map(({ part }) => part).filter((part) => part !== out);
    expect((await made.order('b1')).map(({ part }) => part).toSorted()).toEqual(rest.toSorted());
  });

  test('ordering twice, three times and at once orders each person once', async () => {
    const made = await province({ people: 30 });
    await made.decidedBatch('b1');
    await made.step('disbursement.fund', 'b1');
    await Promise.all([1, 2, 3].map(async () => made.step('disbursement.order', 'b1')));
    await made.step('disbursement.order', 'b1');
    const ordered = (await made.orders('b1')).map(({ part }) => part);
    expect(ordered.toSorted()).toEqual((await made.list('b1')).map(({ part }) => part).toSorted());
  });

  test('claims its lines, so that another stream cannot pay them', async () => {
    const made = await province();
    await made.decidedBatch('b1');
    const [first] = await made.order('b1');
    const of = await made.store.read(`case/${first?.part.split('.')[0]}`);
    const { citizenDigest } = JSON.parse(of[0]?.data ?? '{}');
    for (const { line } of first?.lines ?? []) {
      const key = `money/${citizenDigest}/${line}/1`;
      expect(await made.store.holderOf(key)).toBe(`order/${first?.reference}`);
      const stolen = [{ stream: 'order/another', readAt: 0, entries: [noted], claims: [key] }];
      expect(await made.store.commit(stolen)).toMatchObject({ outcome: 'claimed', key });
    }
  });

  test('whose line is claimed elsewhere is not written: the person is held with who holds it, and the others are ordered', async () => {
    const made = await province({ people: 20 });
    await made.decidedBatch('b1');
    await made.step('disbursement.fund', 'b1');
    const part = await made.somebody();
    const of = await made.store.read(`case/${part.split('.')[0]}`);
    const { citizenDigest } = JSON.parse(of[0]?.data ?? '{}');
    const { assessment } = JSON.parse(of[1]?.data ?? '{}');
    const claims = [`money/${citizenDigest}/${assessment.lines[0].line}/1`];
    await made.store.commit([{ stream: 'order/CT0123456789-1', readAt: 0, entries: [noted], claims }]);
    await made.step('disbursement.order', 'b1');
    const others = (await made.list('b1')).map((one) => one.part).filter((one) => one !== part);
    expect((await made.orders('b1')).map((order) => order.part).toSorted()).toEqual(others.toSorted());
    const { status, last } = await made.part(part);
    expect(status).toBe('held');
    expect(last.reason).toMatch(/^Khoản chi CT0123456789-1 đã giữ khoản tiền này/u);
  });

  test('of everybody whose lines are claimed elsewhere is held, however many there are', async () => {
    const made = await province({ people: 20 });
    await made.decidedBatch('b1');
    await made.step('disbursement.fund', 'b1');
    const list = await made.list('b1');
    const claims = await Promise.all(
      list.map(async ({ part }) => {
        const of = await made.store.read(`case/${part.split('.')[0]}`);
        const { assessment } = JSON.parse(of[1]?.data ?? '{}');
        return `money/${JSON.parse(of[0]?.data ?? '{}').citizenDigest}/${assessment.lines.at(-1).line}/1`;
      }),
    );
    await made.store.commit([{ stream: 'advance/1', readAt: 0, entries: [noted], claims }]);
    await made.step('disbursement.order', 'b1');
    expect(await made.orders('b1')).toEqual([]);
    for (const { part, unit } of list) {
      expect((await made.part(part)).status).toBe('held');
      expect((await readEstimate(made.store, unit, source)).held).toBe(0n);
    }
  });

  test('nobody is ordered on a batch without the decision of the People’s Committee', async () => {
    const made = await province();
    await made.frozenBatch('b1');
    await made.decides('home-affairs-leader', 'b1');
    await made.decides('finance-leader', 'b1');
    await expect(made.step('disbursement.order', 'b1')).rejects.toThrow('no decision');
  });

  test('a part of another batch is not ordered by this one', async () => {
    const made = await province();
    await made.decidedBatch('b1');
    await made.freeze('b2', { level: 'commune' });
    const [stranger] = await made.list('b2');
    await made.step('disbursement.fund', 'b1');
    await orderParts(
      { BatchInput: { batchId: 'b1' }, Items: [stranger?.part ?? '', 'nobody.wage-reform'] },
      made.still,
    );
    expect(await made.orders('b1')).toEqual([]);
  });
});

describe('a kill while paying', () => {
  test.each(['before', 'after'] as const)(
    '%s any commit: each person has one order, one slip and one reservation',
    async (when) => {
      const people = 30;
      const whole = await province({ people });
      await whole.decidedBatch('b1');
      const expected = (await whole.order('b1')).map(({ part, reference, amount, slip }) => [
        part,
        reference,
        amount,
        slip,
      ]);
      for (let n = 1; n < 30; n += 1) {
        const made = await openProvince({ people });
        await made.decidedBatch('b1');
        const died = await diesAt(async (on: Ports) => made.order('b1', on), made.still, n, when);
        const ordered = await made.order('b1');
        expect(ordered.map(({ part, reference, amount, slip }) => [part, reference, amount, slip])).toEqual(expected);
        for (const { unit } of await made.list('b1')) {
          const { held } = await readEstimate(made.store, unit, source);
          expect([n, unit, held]).toEqual([n, unit, await needOf(made, unit)]);
        }
        const slips = await slipsOf(made);
        expect(sum(slips)).toBe(sum(ordered.map(({ amount }) => BigInt(amount))));
        await made.close();
        if (!died) return expect(n).toBeGreaterThan(6);
      }
      expect.fail('it never came to an end');
    },
  );

  async function slipsOf({ store }: Province): Promise<readonly bigint[]> {
    const page = await store.page({ kind: 'slip', batch: 'b1', limit: 100 });
    return page.rows.map(({ summary }) => BigInt(String(summary['total'])));
  }
});

test('an attempt is closed only by what the bank or the Treasury said for good', async () => {
  expect((['awaiting-unit', 'sent', 'unknown', 'treasury-paid'] as const).map(isClosed)).toEqual(Array(4).fill(false));
  expect((['credited', 'refused', 'returned'] as const).map(isClosed)).toEqual(Array(3).fill(true));
  expect(await readOrder((await province()).store, 'CT0000000000-1')).toBeUndefined();
});
