import { describe, expect, test } from 'vitest';
import type { Order } from '../../../shared/case/order.ts';
import { readSlip } from '../../../shared/case/slip.ts';
import { proposeAccount, confirmAccount, orderAgain } from '../../../shared/disbursement/mend.ts';
import { reconcile, type ResultFile, type ResultLine } from '../../../shared/disbursement/reconcile.ts';
import { outcomesATurn } from '../../../shared/disbursement/settle.ts';
import { readImport, readOthers } from '../../../shared/disbursement/result-import.ts';
import { writeSheets } from '../../../functions/papers/sheet-writer.ts';
import { readSheets } from '../../../functions/papers/sheet.ts';
import { sum } from '../../../shared/dong.ts';
import { readCase, accountOf } from '../../../shared/case/case.ts';
import { diesAt, openProvince, type Province, provinces } from '../../province.ts';

const province = provinces();
const by = 'demo-finance-officer';

async function sent(people = 8): Promise<Province & { readonly sentOrders: readonly Order[] }> {
  const made = await province({ people });
  return { ...made, sentOrders: await made.sentBatch('b1') };
}

/** A file whose stated count and total are those of its lines. */
function fileOf(lines: readonly ResultLine[], more: Partial<ResultFile> = {}): ResultFile {
  const all = [...lines, ...(more.unreadable ?? [])];
  return { statedCount: all.length, statedTotal: sum(all.map(({ amount }) => amount ?? 0n)), lines, ...more };
}

function lineOf(order: Order, row: number, more: Partial<ResultLine> = {}): ResultLine {
  const { reference } = order;
  return { row, reference, amount: BigInt(order.amount), outcome: 'credited', on: '2025-10-03', ...more };
}

async function statusOf({ orders }: Province, reference: string): Promise<string | undefined> {
  return (await orders('b1')).find((order) => order.reference === reference)?.status;
}

const unreadable = { row: 90, reference: 'x', unreadable: { vi: 'Không đọc được.', en: 'Unreadable.' } };

describe('a line of a result file', () => {
  test('that is wrong in any way is told, and never sinks the others', async () => {
    const made = await sent();
    const [one, two, three, four] = made.sentOrders;
    if (one === undefined || two === undefined || three === undefined || four === undefined) return expect.fail();
    const lines = [
      lineOf(one, 1),
      lineOf(two, 2, { amount: BigInt(two.amount) - 1n }),
      lineOf(three, 3, { amount: BigInt(three.amount) + 1n }),
      lineOf(one, 4),
      lineOf(one, 5, { reference: 'CT0000000000-1' }),
      lineOf(one, 6, { outcome: 'returned' }),
      lineOf(four, 7, { outcome: 'returned', reason: 'AC04' }),
    ];
    const file = fileOf(lines, { unreadable: [unreadable] });
    const done = await reconcile(undefined, 'hash', file, by, made.still, {
      sender: 'Ngân hàng A',
      write: async (sheet) => writeSheets([sheet]),
    });
    if (done.outcome === 'refused') return expect.fail(done.why.en);
    expect(done.lines.map((line) => line.class)).toEqual([
      'matched',
      'short',
      'over',
      'duplicate',
      'unknown',
      'already-settled',
      'matched',
      'unreadable',
    ]);
    expect(done.lines.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5, 6, 7, 90]);
    for (const { class: of, says } of done.lines)
      expect(says?.vi ?? '').toMatch(of === 'matched' ? /^$/ : /^\p{Lu}.+\.$/u);
    expect(done.lines[1]?.says?.vi).toContain('thiếu 1 đồng');
    expect(done.lines[3]?.says?.vi).toContain('dòng 1');
    const statuses = await Promise.all([one, two, three, four].map(async (of) => statusOf(made, of.reference)));
    expect(statuses).toEqual(['credited', 'sent', 'sent', 'returned']);

    const kept = (await readImport(made.store, 'hash')) ?? expect.fail();
    expect(kept).toMatchObject({ sender: 'Ngân hàng A', lines: 8, classed: { counts: done.counts, isClosed: false } });
    expect((await readOthers(kept, made.still)).map(({ row }) => row)).toEqual([2, 3, 4, 5, 6, 90]);
    const feedback = (await made.still.files.get(kept.classed?.feedback ?? '')) ?? expect.fail();
    const sheets = await readSheets(feedback);
    const rows = sheets.outcome === 'refused' ? expect.fail() : (sheets.sheets[0]?.rows ?? []);
    const body = rows.filter(({ cells }) => cells[0]?.kind === 'number');
    expect(body.map(({ cells }) => cells[0]?.text)).toEqual(['1', '2', '3', '4', '5', '6', '7', '90']);
    expect(body[1]?.cells.map(({ text }) => text)).toContain('Thiếu tiền');
  });

  test('repeats or follows another, however far above it that stands', async () => {
    const made = await sent();
    const [one, two] = made.sentOrders;
    if (one === undefined || two === undefined) return expect.fail();
    const between = Array.from({ length: outcomesATurn }, (_, at) => lineOf(one, at + 3, { reference: `none ${at}` }));
    const below = [lineOf(one, 900), lineOf(two, 901, { outcome: 'credited' })];
    const lines = [lineOf(one, 1), lineOf(two, 2, { outcome: 'treasury-paid' }), ...between, ...below];
    const progress: number[] = [];
    const done = await reconcile(undefined, 'hash', fileOf(lines), by, made.still, {
      progress: (count) => progress.push(count),
    });
    if (done.outcome === 'refused') return expect.fail(done.why.en);
    expect(done.counts).toMatchObject({ matched: { lines: 3 }, duplicate: { lines: 1 }, unknown: { lines: 320 } });
    expect(done.lines.at(-2)).toMatchObject({
      row: 900,
      class: 'duplicate',
      says: { vi: expect.stringContaining('dòng 1:') },
    });
    expect([done.applied, progress.at(-1)]).toEqual([3, 3]);
    expect(await statusOf(made, two.reference)).toBe('credited');
  });

  test('of another batch names that batch, unless no batch was chosen', async () => {
    const made = await sent();
    await made.freeze('b2', { level: 'commune' });
    const [one] = made.sentOrders;
    const file = fileOf([lineOf(one ?? expect.fail(), 1)]);
    const wrong = await reconcile('b2', 'hash', file, by, made.still);
    const { code } = await made.batch('b1');
    expect(wrong).toMatchObject({ lines: [{ class: 'wrong-batch', says: { vi: expect.stringContaining(code) } }] });
    expect(await reconcile(undefined, 'hash', file, by, made.still)).toMatchObject({ lines: [{ class: 'matched' }] });
    expect((await readImport(made.store, 'hash'))?.classed?.isClosed).toBe(true);
  });

  test('about an attempt that was replaced is late, and stops the new one until it is explained', async () => {
    const made = await sent();
    const one = made.sentOrders[0] ?? expect.fail();
    await reconcile(
      undefined,
      'h1',
      fileOf([lineOf(one, 1, { outcome: 'returned', backTo: 'estimate' })]),
      by,
      made.still,
    );
    await orderedAgain(made, one);
    const late = await reconcile(undefined, 'h2', fileOf([lineOf(one, 1)]), by, made.still);
    expect(late).toMatchObject({ applied: 0, lines: [{ class: 'late', says: { vi: expect.stringContaining('-2') } }] });
    expect((await made.orders('b1')).find(({ reference }) => reference === one.reference)?.isContradicted).toBe(true);
    const known = await reconcile(undefined, 'h3', fileOf([lineOf(one, 1, { outcome: 'returned' })]), by, made.still);
    expect(known).toMatchObject({ applied: 0, lines: [{ class: 'repeats' }] });
  });

  test('about what the unit has not sent waits for the sending', async () => {
    const made = await province();
    await made.decidedBatch('b1');
    const [one] = await made.order('b1');
    const file = fileOf([lineOf(one ?? expect.fail(), 1)]);
    expect(await reconcile(undefined, 'hash', file, by, made.still)).toMatchObject({ lines: [{ class: 'not-sent' }] });
  });
});

async function orderedAgain(made: Province, { part }: Order): Promise<void> {
  const of = (await readCase(made.store, part.split('.')[0] ?? '')) ?? expect.fail();
  const { holder } = await accountOf(made.still.vault, of.id, of.account.sealed);
  const account = { bank: 'VCB', number: '700000001', holder };
  await proposeAccount({ part, account, reason: 'Đơn', paper: 'don' }, made.account('unit-clerk'), made.still);
  const digest = (await readCase(made.store, of.id))?.proposed?.digest ?? '';
  await confirmAccount(part, digest, made.account('unit-chief-accountant'), made.still);
  await orderAgain(part, 'Đã sửa', made.account('finance-officer'), made.still);
  await made.order('b1');
}

describe('a line for a whole slip', () => {
  async function slipOf({ store, sentOrders }: Province & { readonly sentOrders: readonly Order[] }) {
    const slip = await readSlip(store, sentOrders[0]?.slip ?? '');
    return slip ?? expect.fail();
  }
  const lineFor = (reference: string, total: string, outcome: ResultLine['outcome'] = 'treasury-paid') =>
    fileOf([{ row: 1, reference, amount: BigInt(total), outcome, on: '2025-10-03' }]);

  test('says that the Treasury paid each of its orders, and credits nobody', async () => {
    const made = await sent();
    const { id, total, people } = await slipOf(made);
    expect(await reconcile('b1', 'h1', lineFor(id, total), by, made.still)).toMatchObject({ applied: people });
    const statuses = (await made.orders('b1')).map(({ slip, status }) => [slip === id, status]);
    expect(statuses.every(([isOwn, status]) => status === (isOwn === true ? 'treasury-paid' : 'sent'))).toBe(true);
    const credited = await reconcile('b1', 'h2', lineFor(id, total, 'credited'), by, made.still);
    expect(credited).toMatchObject({ applied: 0, lines: [{ class: 'unreadable' }] });
  });

  test.each([
    [-1n, 'short'],
    [0n, 'matched'],
    [1n, 'over'],
  ] as const)('with its total and %s đồng is %s', async (more, of) => {
    const made = await sent();
    const { id, total } = await slipOf(made);
    const file = lineFor(id, (BigInt(total) + more).toString());
    expect(await reconcile('b1', 'hash', file, by, made.still)).toMatchObject({ lines: [{ class: of }] });
  });

  test('may name the sending, where its sum tells which slip is meant', async () => {
    const made = await sent();
    const { total, sent: sending } = await slipOf(made);
    const file = lineFor(sending?.number ?? '', total);
    expect(await reconcile('b1', 'hash', file, by, made.still)).toMatchObject({ lines: [{ class: 'matched' }] });
  });
});

describe('a file', () => {
  test('with an amount that cannot be read is applied while its count agrees and its sum is not beyond the total', async () => {
    const made = await sent();
    const [one] = made.sentOrders;
    const line = lineOf(one ?? expect.fail(), 1);
    const of = (more: Partial<ResultFile>) => fileOf([line], { unreadable: [unreadable], ...more });
    const wrong = [of({ statedCount: 1 }), of({ statedCount: 3 }), of({ statedTotal: line.amount - 1n })];
    for (const file of wrong) {
      expect(await reconcile(undefined, 'hash', file, by, made.still)).toMatchObject({ outcome: 'refused' });
    }
    const right = of({ statedTotal: line.amount + 500n });
    expect(await reconcile(undefined, 'hash', right, by, made.still)).toMatchObject({ applied: 1 });
  });

  test('that still has something to tell says the same when it comes again, and changes nothing', async () => {
    const made = await sent();
    const lines = made.sentOrders.map((order, index) => lineOf(order, index));
    const file = fileOf(lines, { unreadable: [unreadable] });
    const write = { write: async (sheet: Parameters<typeof writeSheets>[0][number]) => writeSheets([sheet]) };
    const first = await reconcile(undefined, 'hash', file, by, made.still, write);
    const before = made.home.store.entriesAfter(0, 1_000_000).length;
    const again = await reconcile(undefined, 'hash', file, by, made.still, write);
    expect(again).toMatchObject({ counts: 'counts' in first ? first.counts : {} });
    expect(made.home.store.entriesAfter(0, 1_000_000)).toHaveLength(before);
  });

  test.each(['before', 'after'] as const)(
    'killed %s any commit says of each line what it would have said',
    async (when) => {
      for (let n = 1; n < 20; n += 1) {
        const made = await openProvince({ people: 30 });
        const orders = await made.sentBatch('b1');
        const file = fileOf(
          orders.map((order, index) => lineOf(order, index)),
          { unreadable: [unreadable] },
        );
        const died = await diesAt(async (on) => reconcile(undefined, 'hash', file, by, on), made.still, n, when);
        const done = await reconcile(undefined, 'hash', file, by, made.still);
        expect(done).toMatchObject({ counts: { matched: { lines: orders.length }, unreadable: { lines: 1 } } });
        await made.close();
        if (!died) return expect(n).toBeGreaterThan(2);
      }
      expect.fail('it never came to an end');
    },
  );
});
