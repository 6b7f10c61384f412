import { describe, expect, test } from 'vitest';
import { readAccountPast } from '../../../shared/case/account-past.ts';
import { readEstimate } from '../../../shared/case/funding.ts';
import { readCase } from '../../../shared/case/case.ts';
import type { Order, OrderOutcome } from '../../../shared/case/order.ts';
import { caseIdOf, partChange, partStream } from '../../../shared/case/part.ts';
import { explainContradiction } from '../../../shared/disbursement/explain-contradiction.ts';
import { inquire } from '../../../shared/disbursement/inquire.ts';
import { reconcile, type ResultFile } from '../../../shared/disbursement/reconcile.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import { diesAt, everyRow, openProvince, type Province, provinces } from '../../province.ts';

const province = provinces();
const refused = { outcome: 'refused' };
const by = 'demo-finance-officer';

async function sent(people = 8): Promise<Province & { readonly sentOrders: readonly Order[] }> {
  const made = await province({ people });
  return { ...made, sentOrders: await made.sentBatch('b1') };
}

function says({ still }: Province) {
  let files = 0;
  return async (reference: string, ...outcomes: readonly OrderOutcome[]) => {
    const answers = [];
    for (const outcome of outcomes) {
      files += 1;
      answers.push(await settle([{ reference, outcome, on: '2025-10-03', file: `file ${files}` }], by, still));
    }
    return answers;
  };
}

async function statusOf({ orders, part }: Province, reference: string): Promise<string> {
  const order = (await orders('b1')).find((one) => one.reference === reference) ?? expect.fail();
  expect((await part(order.part)).status).toBe(order.status);
  return order.status;
}

async function writtenIn({ home }: Province): Promise<number> {
  return home.store.entriesAfter(0, 1_000_000).length;
}

describe('outcomes of an order', () => {
  test.each([
    [['treasury-paid', 'credited'], 'credited'],
    [['credited', 'treasury-paid'], 'credited'],
    [['treasury-paid', 'returned'], 'returned'],
    [['returned', 'treasury-paid'], 'returned'],
    [['refused', 'refused'], 'refused'],
    [['credited', 'credited', 'credited'], 'credited'],
  ] as const)('in the order %s: %s, and nothing contradicts', async (outcomes, end) => {
    const made = await sent();
    const reference = made.sentOrders[0]?.reference ?? '';
    const answers = await says(made)(reference, ...outcomes);
    expect(await statusOf(made, reference)).toBe(end);
    expect(answers.flatMap(({ contradicting }) => contradicting)).toEqual([]);
  });

  test.each(['treasury-paid', 'credited', 'returned', 'refused'] as const)(
    '%s, the row of the part is what its case and its history say, though neither was read',
    async (outcome) => {
      const made = await sent();
      const order = made.sentOrders[0] ?? expect.fail();
      const reason = outcome === 'returned' || outcome === 'refused' ? { reason: 'AC04 Tài khoản đã đóng' } : {};
      await settle(
        [{ reference: order.reference, outcome, on: '2025-10-03', file: 'file', ...reason }],
        by,
        made.still,
      );
      const part = await made.part(order.part);
      const of = (await readCase(made.still.store, caseIdOf(order.part))) ?? expect.fail();
      const { at, kind } = part.entries.at(-1) ?? expect.fail();
      const before = {
        id: part.id,
        entries: part.entries.slice(0, -1),
        ...(part.ordered && { ordered: part.ordered }),
      };
      const told = partChange(
        of,
        { ...before, batch: part.batch ?? expect.fail() },
        [{ kind, at, by, data: part.last }],
        reason,
      );
      const rows = await everyRow(made.still.store, { kind: 'part' });
      expect(rows.find(({ stream }) => stream === partStream(part.id))).toEqual({
        stream: partStream(part.id),
        ...told.row,
      });
    },
  );

  test.each([
    [['credited', 'returned'], 'credited'],
    [['credited', 'refused'], 'credited'],
    [['returned', 'credited'], 'returned'],
    [['refused', 'credited'], 'refused'],
    [['refused', 'returned'], 'refused'],
    [['treasury-paid', 'refused'], 'treasury-paid'],
  ] as const)('that contradict (%s) are never applied, and are noted once a file', async (outcomes, end) => {
    const made = await sent();
    const reference = made.sentOrders[0]?.reference ?? '';
    const [, second] = await says(made)(reference, ...outcomes);
    expect(second).toMatchObject({ applied: 0, contradicting: [reference] });
    expect(await statusOf(made, reference)).toBe(end);
    const order = (await made.orders('b1')).find((one) => one.reference === reference);
    expect(order?.isContradicted).toBe(true);
    const again = { reference, outcome: outcomes[1], on: '2025-10-03', file: 'file 2' } as const;
    const before = await writtenIn(made);
    await settle([again], by, made.still);
    expect(await writtenIn(made)).toBe(before);
  });

  test('a result of an order that was never sent is not applied', async () => {
    const made = await province();
    await made.decidedBatch('b1');
    const [order] = await made.order('b1');
    const [answer] = await says(made)(order?.reference ?? '', 'credited');
    expect(answer).toMatchObject({ applied: 0, contradicting: [order?.reference] });
    expect(await statusOf(made, order?.reference ?? '')).toBe('awaiting-unit');
  });

  test('a reference nobody knows is listed, and nothing is written', async () => {
    const made = await sent();
    const before = await writtenIn(made);
    const [answer] = await says(made)('CT0000000000-1', 'credited');
    expect(answer).toMatchObject({ applied: 0, repeated: 0, contradicting: ['CT0000000000-1'] });
    expect(await writtenIn(made)).toBe(before);
  });

  test.each([
    ['credited', { applied: 0, repeated: 1, contradicting: 0 }],
    ['returned', { applied: 0, repeated: 0, contradicting: 1 }],
  ] as const)('%s is not applied to an order that was credited since it was read', async (outcome, answer) => {
    const made = await sent();
    const read = made.sentOrders[0] ?? expect.fail();
    const { reference, accountDigest } = read;
    await says(made)(reference, 'credited');
    const said = { reference, outcome, on: '2025-10-03', file: 'other' };
    const { applied, repeated, contradicting } = await settle(
      [said],
      by,
      made.still,
      () => {},
      new Map([[reference, read]]),
    );
    expect({ applied, repeated, contradicting: contradicting.length }).toEqual(answer);
    expect(await statusOf(made, reference)).toBe('credited');
    expect(await readAccountPast(made.still.store, accountDigest)).toMatchObject({ credited: 1, cameBack: 0 });
  });

  test('a contradiction that was noted since the order was read stays noted when its outcome is applied', async () => {
    const made = await sent();
    const { reference } = made.sentOrders[0] ?? expect.fail();
    await says(made)(reference, 'treasury-paid');
    const read = (await made.orders('b1')).find((one) => one.reference === reference) ?? expect.fail();
    await settle([{ reference, outcome: 'refused', on: '2025-10-03', file: 'second' }], by, made.still);
    const said = { reference, outcome: 'credited', on: '2025-10-03', file: 'third' } as const;
    expect(await settle([said], by, made.still, () => {}, new Map([[reference, read]]))).toMatchObject({ applied: 1 });
    const [now] = await everyRow(made.still.store, { kind: 'order', waitingFor: 'explanation' });
    expect(now).toMatchObject({ stream: `order/${reference}`, status: 'credited' });
  });

  test('money that was refused never left: it is the unit’s estimate again, once', async () => {
    const made = await sent();
    const { reference, unit, amount } = made.sentOrders[0] ?? expect.fail();
    const before = (await readEstimate(made.store, unit, 'wage-reform')).left;
    await says(made)(reference, 'refused', 'refused', 'refused');
    expect((await readEstimate(made.store, unit, 'wage-reform')).left).toBe(before + BigInt(amount));
  });

  test('money that was returned is blocked, once, until somebody says where it is', async () => {
    const made = await sent();
    const { reference, unit, amount } = made.sentOrders[0] ?? expect.fail();
    const before = (await readEstimate(made.store, unit, 'wage-reform')).left;
    await says(made)(reference, 'returned', 'returned', 'returned');
    const { left, blocked } = await readEstimate(made.store, unit, 'wage-reform');
    expect([left, [...blocked]]).toEqual([before, [[reference, BigInt(amount)]]]);
  });

  test('thirty that come back to the estimate in one file restore it to the đồng', async () => {
    const made = await sent(30);
    const all = made.sentOrders.map(({ reference }) => {
      return { reference, outcome: 'returned', on: '2025-10-03', backTo: 'estimate', file: 'f' } as const;
    });
    expect(await settle(all, by, made.still)).toMatchObject({ applied: all.length, contradicting: [] });
    for (const unit of new Set(made.sentOrders.map((order) => order.unit))) {
      const { left, allotted } = await readEstimate(made.store, unit, 'wage-reform');
      expect(left).toBe(allotted);
    }
  });

  test('a contradiction is explained by a reason, once; then the order goes on', async () => {
    const made = await sent();
    const { reference } = made.sentOrders[0] ?? expect.fail();
    const leader = made.account('finance-leader');
    expect(await explainContradiction(reference, 'Văn bản 5/KB', leader, made.still)).toMatchObject(refused);
    await says(made)(reference, 'returned', 'credited');
    expect(await explainContradiction(reference, '  ', leader, made.still)).toMatchObject(refused);
    expect(await explainContradiction(reference, 'Văn bản 5/KB', leader, made.still)).toMatchObject({
      outcome: 'explained',
    });
    expect(await explainContradiction(reference, 'Văn bản 5/KB', leader, made.still)).toMatchObject(refused);
    expect(await statusOf(made, reference)).toBe('returned');
  });
});

describe('a result file', () => {
  async function importFile(made: Province, file: ResultFile, hash = 'hash 1', batchId = 'b1') {
    return reconcile(batchId, hash, file, by, made.still);
  }

  test('is applied once; the same file again is refused and changes nothing', async () => {
    const made = await sent();
    const file = await made.resultFile('b1', made.sentOrders);
    expect(await importFile(made, file)).toMatchObject({ applied: made.sentOrders.length, repeated: 0 });
    const before = await writtenIn(made);
    expect(await importFile(made, file)).toMatchObject(refused);
    expect(await writtenIn(made)).toBe(before);
    expect(await importFile(made, file, 'hash 2')).toMatchObject({ applied: 0, repeated: made.sentOrders.length });
  });

  const wrongs: readonly (readonly [string, (file: ResultFile) => ResultFile])[] = [
    ['of another batch', (file) => ({ ...file, batchCode: '251001-XXXX' })],
    ['that states one line more', (file) => ({ ...file, statedCount: file.statedCount + 1 })],
    ['that states one đồng more', (file) => ({ ...file, statedTotal: file.statedTotal + 1n })],
    ['that states one đồng less', (file) => ({ ...file, statedTotal: file.statedTotal - 1n })],
    ['that was cut by a line', (file) => ({ ...file, lines: file.lines.slice(1) })],
  ];

  test.each(wrongs)('%s is refused as it stands: nothing of it is done', async (_what, spoil) => {
    const made = await sent();
    const file = await made.resultFile('b1', made.sentOrders);
    const before = await writtenIn(made);
    expect(await importFile(made, spoil(file))).toMatchObject(refused);
    expect(await writtenIn(made)).toBe(before);
    expect(await importFile(made, file)).toMatchObject({ applied: made.sentOrders.length });
  });

  test('brought to another batch, or to none, is refused', async () => {
    const made = await sent();
    await made.freeze('b2', { level: 'commune' });
    const file = await made.resultFile('b1', made.sentOrders);
    expect(await importFile(made, file, 'hash 1', 'b2')).toMatchObject(refused);
    const disguised = { ...file, batchCode: (await made.batch('b2')).code };
    const lines = made.sentOrders.length;
    expect(await importFile(made, disguised, 'hash 1', 'b2')).toMatchObject({
      applied: 0,
      counts: { 'wrong-batch': { lines } },
    });
    expect(await importFile(made, file, 'hash 1', 'b9')).toMatchObject(refused);
    expect((await made.orders('b1')).every(({ status }) => status === 'sent')).toBe(true);
  });

  test.each(['before', 'after'] as const)('killed %s any commit and imported again, is applied whole', async (when) => {
    for (let n = 1; n < 20; n += 1) {
      const made = await openProvince({ people: 30 });
      const orders = await made.sentBatch('b1');
      const file = await made.resultFile('b1', orders, n % 2 === 0 ? 'credited' : 'returned');
      const died = await diesAt(async (on) => reconcile('b1', 'hash', file, by, on), made.still, n, when);
      await reconcile('b1', 'hash', file, by, made.still);
      for (const order of await made.orders('b1')) {
        expect(order.status).toBe(n % 2 === 0 ? 'credited' : 'returned');
        expect(order.entries.filter(({ kind }) => kind === 'settled')).toHaveLength(1);
        expect(order.isContradicted).toBe(false);
      }
      await made.close();
      if (!died) return expect(n).toBeGreaterThan(4);
    }
    expect.fail('it never came to an end');
  });
});

describe('asking after orders without an answer', () => {
  test('makes those that were sent unknown, leaves the rest, and sends none again', async () => {
    const made = await sent();
    const [first, ...others] = made.sentOrders;
    await says(made)(first?.reference ?? '', 'credited');
    const asked = await inquire('b1', by, made.still);
    expect(asked.toSorted()).toEqual(others.map(({ reference }) => reference).toSorted());
    expect(await inquire('b1', by, made.still)).toEqual([]);
    for (const { reference } of others) expect(await statusOf(made, reference)).toBe('unknown');
    expect(await statusOf(made, first?.reference ?? '')).toBe('credited');
    await made.order('b1');
    expect(await made.orders('b1')).toHaveLength(made.sentOrders.length);
  });

  test.each(['credited', 'refused', 'returned', 'treasury-paid'] as const)(
    'the answer may then be %s',
    async (outcome) => {
      const made = await sent();
      await inquire('b1', by, made.still);
      const { reference } = made.sentOrders[0] ?? expect.fail();
      expect(await says(made)(reference, outcome)).toMatchObject([{ applied: 1 }]);
      expect(await statusOf(made, reference)).toBe(outcome);
    },
  );

  test('orders that the unit has not sent are not asked after', async () => {
    const made = await province();
    await made.decidedBatch('b1');
    await made.order('b1');
    expect(await inquire('b1', by, made.still)).toEqual([]);
  });
});
