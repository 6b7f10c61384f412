/** A payment made elsewhere counts as credited, blocks every order, and is never taken where an order is there first. */
import { describe, expect, test } from 'vitest';
import type { Account } from '../../../shared/case/access.ts';
import { accountKey, accountOf, identityOf, readCase } from '../../../shared/case/case.ts';
import { citizenClaim } from '../../../shared/case/case.ts';
import { readEstimate } from '../../../shared/case/funding.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { verifyHistories } from '../../../shared/case/verify.ts';
import { tally, remainder } from '../../../shared/completion/tally.ts';
import { localDateOf } from '../../../shared/calendar.ts';
import { holdPart } from '../../../shared/approval/hold.ts';
import { readUnits } from '../../../shared/case/unit.ts';
import {
  bringEarlierList,
  confirmEarlierList,
  dropEarlierList,
  readEarlierList,
  tellEarlierList,
} from '../../../shared/disbursement/earlier-list.ts';
import { type JudgedRow, judgeEarlier } from '../../../shared/disbursement/judge-earlier.ts';
import { type PaidElsewhere, recordPaidElsewhere } from '../../../shared/disbursement/paid-elsewhere.ts';
import { confirmAccount, orderAgain, proposeAccount } from '../../../shared/disbursement/mend.ts';
import type { EarlierPayment } from '../../../shared/disbursement/read-earlier.ts';
import { paysAccount, putJudged, readJudged, recordEarlier } from '../../../shared/disbursement/record-earlier.ts';
import { allot } from '../../../shared/disbursement/allot.ts';
import { recordComeback } from '../../../shared/disbursement/record-comeback.ts';
import { reconcile } from '../../../shared/disbursement/reconcile.ts';
import { sum } from '../../../shared/dong.ts';
import { expectLedgers } from '../../ledger.ts';
import { diesAt, done, everyRow, openProvince, type Province, provinces } from '../../province.ts';

const province = provinces();

async function caseOf(made: Province, part: string) {
  return (await readCase(made.store, caseIdOf(part))) ?? expect.fail('no case');
}

async function owedTo(made: Province, part: string): Promise<bigint> {
  const { assessment } = await caseOf(made, part);
  return assessment.outcome === 'entitled' ? BigInt(assessment.total) : 0n;
}

async function paymentOf(made: Province, part: string, but: Partial<PaidElsewhere> = {}): Promise<PaidElsewhere> {
  const right = { part, amount: await owedTo(made, part), on: '2025-09-20', document: 'UNC-7', paidBy: '1094107' };
  return { ...right, paper: 'scan', list: 'l1', ...but };
}

async function record(made: Province, part: string, but: Partial<PaidElsewhere> = {}, on: Ports = made.still) {
  return recordPaidElsewhere(await paymentOf(made, part, but), 'demo-finance-leader', on);
}

async function claimsOf(made: Province, part: string, attempt = 1): Promise<readonly string[]> {
  const { assessment, submitted } = await caseOf(made, part);
  const lines = assessment.outcome === 'entitled' ? assessment.lines : [];
  return lines.map(({ line }) => `money/${submitted.citizenDigest}/${line}/${attempt}`);
}

async function holders(made: Province, part: string, attempt = 1) {
  return Promise.all((await claimsOf(made, part, attempt)).map((key) => made.store.holderOf(key)));
}

/** Returned by the bank. */
async function returned(made: Province): Promise<string> {
  const orders = await made.sentBatch('b1');
  const said = await made.resultFile('b1', orders.slice(0, 1), 'returned');
  done(await reconcile('b1', 'file-1', said, 'demo-finance-officer', made.still));
  return orders[0]?.part ?? '';
}

function verified({ home }: Province) {
  return verifyHistories(home.store.held()).problems;
}

describe('a payment made elsewhere', () => {
  test('counts as credited, with its evidence, and holds the keys an order would take', async () => {
    const made = await province();
    const part = await made.somebody();
    expect(await record(made, part)).toEqual({ outcome: 'recorded' });
    const { status, last } = await made.part(part);
    const evidence = { on: '2025-09-20', document: 'UNC-7', paidBy: '1094107', paper: 'scan', list: 'l1' };
    expect([status, last.elsewhere]).toEqual([
      'paid-elsewhere',
      { amount: `${await owedTo(made, part)}`, ...evidence },
    ]);
    for (const holder of await holders(made, part)) expect(holder).toBe(`part/${part}`);
    const counted = await tally(made.store, localDateOf);
    expect(counted.byBucket.credited).toEqual({ people: 1, sums: 1, total: await owedTo(made, part) });
    expect(remainder(counted)).toEqual({ people: 0, total: 0n });
    expect(verified(made)).toEqual([]);
  });

  test('takes the very keys that the order of the same part takes', async () => {
    const made = await province();
    await made.decidedBatch('b1');
    const [order] = await made.order('b1');
    for (const holder of await holders(made, order?.part ?? '')) expect(holder).toBe(`order/${order?.reference}`);
  });

  test('again from the same list is nothing new; from another list it is the same; another document is paid twice', async () => {
    const made = await province();
    const part = await made.somebody();
    await record(made, part);
    const { entries } = await made.part(part);
    expect(await record(made, part)).toEqual({ outcome: 'recorded' });
    expect(await record(made, part, { list: 'l2' })).toEqual({ outcome: 'same' });
    const other = await record(made, part, { list: 'l2', document: 'UNC-8' });
    expect(other).toMatchObject({ code: 'paid-elsewhere', why: { vi: expect.stringContaining('UNC-7') } });
    expect((await made.part(part)).entries.length).toBe(entries.length);
  });

  test.each([-1n, 0n, 1n])('of what is owed and %i đồng more', async (off) => {
    const made = await province();
    const part = await made.somebody();
    const outcome = await record(made, part, { amount: (await owedTo(made, part)) + off });
    if (off === 0n) return expect(outcome).toEqual({ outcome: 'recorded' });
    const word = off < 0n ? 'thiếu 1 đồng' : 'thừa 1 đồng';
    expect(outcome).toMatchObject({ code: 'other-sum', why: { vi: expect.stringContaining(word) } });
    expect((await made.part(part)).status).toBe('assessed');
    return expect(await holders(made, part)).toEqual((await claimsOf(made, part)).map(() => undefined));
  });

  test.each([
    ['today', 0, 'recorded'],
    ['tomorrow', 1, 'refused'],
  ])('of %s is %s', async (_day, later, outcome) => {
    const made = await province();
    const at = new Date(Date.parse(made.still.now()) + later * 86_400_000).toISOString();
    expect(await record(made, await made.somebody(), { on: localDateOf(at) })).toMatchObject({ outcome });
  });

  test('to somebody without a case here is refused', async () => {
    const made = await province();
    expect(
      await recordPaidElsewhere(
        { ...(await paymentOf(made, await made.somebody())), part: 'nobody.regular' },
        'x',
        made.still,
      ),
    ).toMatchObject({ code: 'not-entitled' });
  });
});

describe('where a part stands', () => {
  test('in a batch that is being confirmed it is refused; taken out of it, it is recorded', async () => {
    const made = await province();
    await made.appraiseAll();
    const out = await made.somebody();
    await made.frozenBatch('b1');
    expect(await record(made, out)).toMatchObject({ code: 'in-batch' });
    done(await made.decides('home-affairs-leader', 'b1', { takeOut: [{ part: out, reason: 'Đã chi trước' }] }));
    done(await made.decides('finance-leader', 'b1'));
    expect(await record(made, out)).toMatchObject({ code: 'in-batch' });
    done(await made.provincial('b1'));
    await made.step('approval.next', 'b1');
    expect((await made.part(out)).status).toBe('assessed');
    expect(await record(made, out)).toEqual({ outcome: 'recorded' });
  });

  test('decided and not ordered it is recorded, and the batch orders the others alone', async () => {
    const made = await province();
    await made.decidedBatch('b1');
    const part = await made.somebody();
    const listed = (await made.list('b1')).map((one) => one.part);
    expect(await record(made, part)).toEqual({ outcome: 'recorded' });
    const ordered = (await made.order('b1')).map((order) => order.part);
    expect(ordered.toSorted()).toEqual(listed.filter((one) => one !== part).toSorted());
    expect(verified(made)).toEqual([]);
  });

  test('waiting for an estimate it is recorded, and nothing is reserved for it afterwards', async () => {
    const made = await province({ estimate: 0n });
    await made.decidedBatch('b1');
    await made.order('b1');
    const part = await made.somebody();
    expect((await made.part(part)).status).toBe('waiting-for-estimate');
    expect(await record(made, part)).toEqual({ outcome: 'recorded' });
  });

  test('once all of a batch is paid elsewhere, the batch has nothing left to wait for', async () => {
    const made = await province({ estimate: 0n });
    await made.decidedBatch('b1');
    for (const { part } of await made.list('b1')) expect(await record(made, part)).toEqual({ outcome: 'recorded' });
    expect(await made.step('disbursement.next', 'b1')).toMatchObject({ next: 'report' });
  });

  test('the last of a batch that waits for an estimate wakes its workflow, which ends', async () => {
    const made = await province({ estimate: 0n });
    await made.decidedBatch('b1');
    await made.ports.desk.start('b1');
    await made.settleEvents();
    const status = async () => {
      const { rows } = await made.store.page({ kind: 'batch', limit: 10 });
      return rows[0]?.status;
    };
    expect(await status()).toBe('paying');
    for (const { part } of await made.list('b1')) expect(await record(made, part)).toEqual({ outcome: 'recorded' });
    await made.settleEvents();
    expect(await status()).toBe('reported');
  });

  test('frees the estimate that was reserved for it', async () => {
    const made = await province();
    const before = (await everyRow(made.store, { kind: 'estimate' })).map(({ summary }) =>
      BigInt(String(summary['left'])),
    );
    await made.decidedBatch('b1');
    await made.step('disbursement.fund', 'b1');
    for (const { part } of await made.list('b1')) expect(await record(made, part)).toEqual({ outcome: 'recorded' });
    const after = (await everyRow(made.store, { kind: 'estimate' })).map(({ summary }) =>
      BigInt(String(summary['left'])),
    );
    expect(after).toEqual(before);
    await expectLedgers(made.store);
  });

  test('a reservation that is made while it is being recorded is freed with it', async () => {
    const made = await province({ estimate: 0n });
    await made.decidedBatch('b1');
    const part = await made.somebody();
    const unit = (await caseOf(made, part)).submitted.payingUnit;
    const given = { unit, source: 'wage-reform', amount: 500_000_000_000n, document: '1/QĐ', on: '2025-10-01' };
    let isFirst = true;
    const store: Ports['store'] = {
      ...made.store,
      async commit(changes) {
        if (isFirst) await allot(given, 'demo-finance-officer', made.still);
        if (isFirst) await made.step('disbursement.fund', 'b1');
        isFirst = false;
        return made.store.commit(changes);
      },
    };
    expect(await record(made, part, {}, { ...made.still, store })).toEqual({ outcome: 'recorded' });
    const others = (await made.list('b1')).filter((one) => one.unit === unit && one.part !== part);
    const { held } = await readEstimate(made.store, unit, 'wage-reform');
    expect(held).toBe(sum(others.map(({ total }) => BigInt(total))));
    await expectLedgers(made.store);
  });

  test('ordered and not sent, sent, paid by the Treasury, or asked after, it is on its way and refused', async () => {
    const made = await province();
    await made.decidedBatch('b1');
    const [order] = await made.order('b1');
    const part = order?.part ?? '';
    expect(await record(made, part)).toMatchObject({
      code: 'in-flight',
      why: { vi: expect.stringContaining('Đừng ký') },
    });
    await made.sendSlips('b1');
    expect(await record(made, part)).toMatchObject({
      code: 'in-flight',
      why: { vi: expect.stringContaining('đang thanh toán') },
    });
    const said = await made.resultFile('b1', order === undefined ? [] : [order], 'treasury-paid');
    done(await reconcile('b1', 'file-1', said, 'x', made.still));
    expect(await record(made, part)).toMatchObject({ code: 'in-flight' });
  });

  test('credited by us, it would be paid twice, and the order is named', async () => {
    const made = await province();
    const [order] = await made.sentBatch('b1');
    const said = await made.resultFile('b1', order === undefined ? [] : [order]);
    done(await reconcile('b1', 'file-1', said, 'x', made.still));
    const outcome = await record(made, order?.part ?? '');
    expect(outcome).toMatchObject({
      code: 'credited',
      why: { vi: expect.stringContaining(order?.reference ?? 'none') },
    });
    expect((await made.part(order?.part ?? '')).status).toBe('credited');
  });

  test('come back from the bank, it is recorded as the next attempt, and can never be ordered again', async () => {
    const made = await province();
    const part = await returned(made);
    expect(await record(made, part)).toEqual({ outcome: 'recorded' });
    for (const holder of await holders(made, part, 2)) expect(holder).toBe(`part/${part}`);
    const again = await orderAgain(part, '', made.account('finance-officer'), made.still);
    expect(again).toMatchObject({ outcome: 'refused' });
    await made.order('b1');
    expect((await made.orders('b1')).filter((order) => order.part === part).length).toBe(1);
  });

  test('come back and asked for again, it is still recorded before the order is written, and refused after', async () => {
    for (const isOrdered of [false, true]) {
      const made = await openProvince();
      const part = await returned(made);
      const of = await caseOf(made, part);
      const account = { ...(await accountOf(made.still.vault, of.id, of.account.sealed)), number: '123456789' };
      const request = { part, account, reason: 'Sai số', paper: 'scan' };
      done(await proposeAccount(request, made.account('unit-clerk'), made.still));
      const digest = await made.still.vault.digest('account', accountKey(account));
      done(await confirmAccount(part, digest, made.account('unit-chief-accountant'), made.still));
      const references = [(await made.part(part)).ordered?.reference ?? ''];
      const place = { references, to: 'estimate', document: 'GBC-1', on: '2025-10-03' };
      done(await recordComeback(place, made.account('unit-chief-accountant'), made.still));
      done(await orderAgain(part, '', made.account('finance-officer'), made.still));
      if (isOrdered) await made.order('b1');
      const outcome = await record(made, part);
      expect(outcome).toMatchObject(isOrdered ? { code: 'in-flight' } : { outcome: 'recorded' });
      await made.order('b1');
      const orders = (await made.orders('b1')).filter((order) => order.part === part);
      expect(orders.length).toBe(isOrdered ? 2 : 1);
      await made.close();
    }
  });

  test('held, it is refused with the reason', async () => {
    const made = await province();
    const part = await made.somebody();
    done(await holdPart(part, 'hold', 'Đơn tố cáo', made.account('home-affairs-officer'), made.still));
    expect(await record(made, part)).toMatchObject({
      code: 'held',
      why: { vi: expect.stringContaining('Đơn tố cáo') },
    });
  });

  test('where another stream holds one of its keys, it is refused and nothing is written', async () => {
    const made = await province();
    const part = await made.somebody();
    const [key = ''] = await claimsOf(made, part);
    const noted = { kind: 'noted', at: '2025-10-01T00:00:00Z', by: 'test', data: {} };
    await made.store.commit([{ stream: 'order/CTOTHER-1', readAt: 0, entries: [noted], claims: [key] }]);
    expect(await record(made, part)).toMatchObject({
      code: 'claimed',
      why: { vi: expect.stringContaining('CTOTHER-1') },
    });
    expect((await made.part(part)).status).toBe('assessed');
  });
});

describe('an order and a payment made elsewhere at the same instant', () => {
  test('one of the two comes first, the other sees it, and each line is paid once', async () => {
    for (const n of [1, 2, 3]) {
      const made = await openProvince({ estimate: 0n });
      await made.decidedBatch('b1');
      const part = await made.somebody();
      const [outcome] = await Promise.all([
        record(made, part),
        ...Array.from({ length: n }, async () => made.step('disbursement.order', 'b1')),
      ]);
      const orders = (await made.orders('b1')).filter((order) => order.part === part);
      expect([orders.length, outcome.outcome]).toEqual(
        outcome.outcome === 'recorded' ? [0, 'recorded'] : [1, 'refused'],
      );
      await made.close();
    }
  });

  test('an order that is written between the reading and the commit is seen', async () => {
    const made = await province();
    await made.decidedBatch('b1');
    const part = await made.somebody();
    let isFirst = true;
    const store: Ports['store'] = {
      ...made.store,
      async commit(changes) {
        if (isFirst) await made.order('b1');
        isFirst = false;
        return made.store.commit(changes);
      },
    };
    expect(await record(made, part, {}, { ...made.still, store })).toMatchObject({ code: 'in-flight' });
    expect((await made.orders('b1')).filter((order) => order.part === part).length).toBe(1);
  });

  test('a payment that is recorded between the reading and the ordering leaves no order', async () => {
    const made = await province({ estimate: 0n });
    await made.decidedBatch('b1');
    const part = await made.somebody();
    let isFirst = true;
    const store: Ports['store'] = {
      ...made.store,
      async commit(changes) {
        if (isFirst) await record(made, part);
        isFirst = false;
        return made.store.commit(changes);
      },
    };
    await made.order('b1', { ...made.still, store });
    expect((await made.orders('b1')).filter((order) => order.part === part)).toEqual([]);
    expect((await made.part(part)).status).toBe('paid-elsewhere');
  });
});

describe('a list of payments', () => {
  const officer = (made: Province) => made.account('finance-officer');
  const leader = (made: Province) => made.account('finance-leader');

  async function saidOf(made: Province, part: string, but: Partial<EarlierPayment> = {}): Promise<EarlierPayment> {
    const { citizenId, fullName: name } = await identityOf(made.still.vault, await caseOf(made, part));
    const right = { citizenId, caseCode: '', name, amount: await owedTo(made, part), on: '2025-09-20' };
    return { ...right, document: 'UNC-7', paidBy: '1094107', ...but };
  }

  async function judged(made: Province, said: readonly EarlierPayment[], by: Account = officer(made)) {
    const lines = said.map((one, index) => ({ sheet: 'Trang 1', row: index + 2, said: one }));
    const judging = { by, list: 'l1', paper: 'scan', units: await readUnits(made.store) };
    return judgeEarlier(lines, judging, made.still);
  }

  async function brought(made: Province, rows: readonly JudgedRow[], by: Account = officer(made)): Promise<string> {
    const list = done(await bringEarlierList({ file: `file-${rows.length}`, paper: 'scan' }, by, made.still));
    const { id } = list.outcome === 'refused' ? expect.fail('refused') : list;
    const recordable = rows.filter(({ verdict }) => verdict === 'recordable').length;
    const data = { reading: await putJudged(rows, made.still), rows: rows.length, recordable, total: '0' };
    await tellEarlierList(id, { kind: 'read', data }, made.still);
    return id;
  }

  async function confirms(made: Province, id: string, by: Account = leader(made)) {
    const reading = (await readEarlierList(made.store, id))?.read?.reading ?? '';
    return confirmEarlierList(id, reading, async () => paysAccount(reading, by, made.still), by, made.still);
  }

  async function parts(made: Province): Promise<readonly string[]> {
    return (await made.rows()).map(({ stream }) => stream.slice('part/'.length));
  }

  test('finds each person by citizen id or case code, and tells every other row why it cannot be taken', async () => {
    const made = await province();
    const [one = '', other = '', third = '', fourth = '', fifth = ''] = await parts(made);
    const rows = await judged(made, [
      await saidOf(made, one),
      await saidOf(made, other, { citizenId: '', caseCode: caseIdOf(other) }),
      await saidOf(made, third, { name: 'Người Khác' }),
      await saidOf(made, third, { citizenId: '040099009999' }),
      await saidOf(made, fourth, { amount: 1n }),
      await saidOf(made, fifth, { paidBy: '9999999' }),
      await saidOf(made, fifth, { on: '2199-01-01' }),
    ]);
    expect(rows.map(({ verdict }) => verdict)).toEqual([
      'recordable',
      'recordable',
      'other-name',
      'unknown-person',
      'other-sum',
      'unknown-unit',
      'future-day',
    ]);
    for (const { verdict, why } of rows)
      expect([verdict, why === undefined]).toEqual([verdict, verdict === 'recordable']);
  });

  test('takes a name without its marks and in capitals for the same name', async () => {
    const made = await province();
    const said = await saidOf(made, await made.somebody());
    const plain = said.name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
    const [row] = await judged(made, [{ ...said, name: plain.toLocaleUpperCase('vi') }]);
    expect(row?.verdict).toBe('recordable');
  });

  test('a case code and a citizen id of two people name nobody', async () => {
    const made = await province();
    const [one = '', other = ''] = await parts(made);
    const [row] = await judged(made, [await saidOf(made, one, { caseCode: caseIdOf(other) })]);
    expect(row?.verdict).toBe('unknown-person');
  });

  test('the same payment twice counts once; two payments to one person are both told and none is taken', async () => {
    const made = await province();
    const [one = '', other = ''] = await parts(made);
    const rows = await judged(made, [
      await saidOf(made, one),
      await saidOf(made, one),
      await saidOf(made, other),
      await saidOf(made, other, { document: 'UNC-8' }),
    ]);
    expect(rows.map(({ verdict }) => verdict)).toEqual(['recordable', 'repeated', 'twice-in-file', 'twice-in-file']);
  });

  test('of a unit’s accountant finds the people of their own units alone', async () => {
    const made = await province();
    const part = await made.somebody();
    const stranger = { ...made.account('unit-chief-accountant'), id: 'stranger', units: ['1094107'] };
    const { payingUnit } = (await caseOf(made, part)).submitted;
    const own = { ...stranger, units: [payingUnit] };
    const said = [await saidOf(made, part, { paidBy: payingUnit })];
    expect((await judged(made, said, own))[0]?.verdict).toBe('recordable');
    const others = (await parts(made)).map(async (id) => (await caseOf(made, id)).submitted.payingUnit);
    const another = (await Promise.all(others)).find((unit) => unit !== payingUnit) ?? '';
    const [row] = await judged(made, [await saidOf(made, part, { paidBy: another })], {
      ...stranger,
      units: [another],
    });
    expect(row?.verdict).toBe('unknown-person');
  });

  test('is recorded only when another person has confirmed it', async () => {
    const made = await province();
    const part = await made.somebody();
    const id = await brought(made, await judged(made, [await saidOf(made, part)]));
    expect(await recordEarlier(id, made.still)).toBeUndefined();
    expect(await confirms(made, id, officer(made))).toMatchObject({ outcome: 'refused' });
    expect((await made.part(part)).status).toBe('assessed');
    expect(await holders(made, part)).toEqual((await claimsOf(made, part)).map(() => undefined));
    done(await confirms(made, id));
    expect(await recordEarlier(id, made.still)).toEqual({ recorded: 1, same: 0, left: 0 });
    expect((await made.part(part)).status).toBe('paid-elsewhere');
    expect((await readEarlierList(made.store, id))?.status).toBe('recorded');
  });

  test('is not confirmed on a reading that was not seen, nor by somebody whom it pays, nor twice', async () => {
    const made = await province();
    const part = await made.somebody();
    const id = await brought(made, await judged(made, [await saidOf(made, part)]));
    const unseen = await confirmEarlierList(id, 'other', async () => false, leader(made), made.still);
    expect(unseen).toMatchObject({ outcome: 'refused' });
    const { citizenDigest } = (await caseOf(made, part)).submitted;
    expect(await confirms(made, id, { ...leader(made), citizenDigest })).toMatchObject({ outcome: 'refused' });
    done(await confirms(made, id));
    expect(await confirms(made, id)).toMatchObject({ outcome: 'refused' });
  });

  test('that was dropped records nothing, and its file may come again', async () => {
    const made = await province();
    const rows = await judged(made, [await saidOf(made, await made.somebody())]);
    const id = await brought(made, rows);
    const file = { file: 'file-1', paper: 'scan' };
    expect(await bringEarlierList(file, leader(made), made.still)).toEqual({ outcome: 'open-already', id });
    expect(await dropEarlierList(id, ' ', leader(made), made.still)).toMatchObject({ outcome: 'refused' });
    done(await dropEarlierList(id, 'Sai tệp', leader(made), made.still));
    expect(await confirms(made, id)).toMatchObject({ outcome: 'refused' });
    expect(await bringEarlierList(file, leader(made), made.still)).toMatchObject({ outcome: 'brought' });
  });

  test.each([{ file: '' }, { paper: '' }])('is not taken with %o', async (missing) => {
    const made = await province();
    const list = { file: 'file', paper: 'scan', ...missing };
    expect(await bringEarlierList(list, officer(made), made.still)).toMatchObject({ outcome: 'refused' });
  });

  test('brought again after it was recorded changes nothing', async () => {
    const made = await province();
    const said = await Promise.all((await parts(made)).slice(0, 3).map((part) => saidOf(made, part)));
    const first = await brought(made, await judged(made, said));
    done(await confirms(made, first));
    await recordEarlier(first, made.still);
    const before = (await parts(made)).map(async (part) => (await made.part(part)).entries.length);
    const lines = said.map((one, index) => ({ sheet: 'Trang 1', row: index + 2, said: one }));
    const judging = { by: officer(made), list: 'l2', paper: 'scan', units: await readUnits(made.store) };
    const again = await judgeEarlier(lines, judging, made.still);
    expect(again.map(({ verdict }) => verdict)).toEqual(['same', 'same', 'same']);
    const after = (await parts(made)).map(async (part) => (await made.part(part)).entries.length);
    expect(await Promise.all(after)).toEqual(await Promise.all(before));
  });

  test('a row whose person was ordered after the confirmation is left and told', async () => {
    const made = await province({ estimate: 0n });
    await made.decidedBatch('b1');
    const [first, second] = (await made.list('b1')).map(({ part }) => part);
    const id = await brought(
      made,
      await judged(made, [await saidOf(made, first ?? ''), await saidOf(made, second ?? '')]),
    );
    done(await confirms(made, id));
    const noted = { kind: 'noted', at: '2025-10-01T00:00:00Z', by: 'test', data: {} };
    const [key = ''] = await claimsOf(made, first ?? '');
    await made.store.commit([{ stream: 'order/CTOTHER-1', readAt: 0, entries: [noted], claims: [key] }]);
    expect(await recordEarlier(id, made.still)).toEqual({ recorded: 1, same: 0, left: 1 });
    const results = await readJudged((await readEarlierList(made.store, id))?.recorded?.results ?? '', made.still);
    expect(results.map(({ verdict }) => verdict)).toEqual(['claimed', 'recordable']);
  });

  test.each(['before', 'after'] as const)('killed %s any write, it goes on where it was', async (when) => {
    for (let n = 1; n < 20; n += 1) {
      const made = await openProvince();
      const people = (await parts(made)).slice(0, 4);
      const id = await brought(made, await judged(made, await Promise.all(people.map((part) => saidOf(made, part)))));
      const act = async (on: Ports) => {
        const status = (await readEarlierList(made.store, id))?.status;
        const reading = (await readEarlierList(made.store, id))?.read?.reading ?? '';
        if (status === 'read') done(await confirmEarlierList(id, reading, async () => false, leader(made), on));
        return recordEarlier(id, on);
      };
      const died = await diesAt(act, made.still, n, when);
      expect(await act(made.still)).toMatchObject({ recorded: 4, same: 0, left: 0 });
      for (const part of people) {
        const { entries } = await made.part(part);
        expect([n, entries.filter(({ kind }) => kind === 'paid-elsewhere').length]).toEqual([n, 1]);
      }
      const claimed = await Promise.all(people.map((part) => claimsOf(made, part)));
      const held = [...made.home.store.held().claims].filter(([key]) => key.startsWith('money/'));
      expect(held.length).toBe(claimed.flat().length);
      expect(
        sum(
          (await made.rows()).map(({ status, summary }) =>
            status === 'paid-elsewhere' ? BigInt(String(summary['total'])) : 0n,
          ),
        ),
      ).toBe(sum(await Promise.all(people.map((part) => owedTo(made, part)))));
      expect(verified(made)).toEqual([]);
      await made.close();
      if (!died) return expect(n).toBe(7);
    }
    return expect.fail('it never came to an end');
  });

  test('a person who is not submitted has no key, and none is made', async () => {
    const made = await province();
    await judged(made, [await saidOf(made, await made.somebody(), { citizenId: '040099009999' })]);
    const key = citizenClaim(await made.still.vault.digest('citizen', '040099009999'));
    expect(await made.store.holderOf(key)).toBeUndefined();
  });
});
