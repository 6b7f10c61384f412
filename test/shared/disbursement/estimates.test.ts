import { describe, expect, test } from 'vitest';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { readEstimate } from '../../../shared/case/funding.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { readSlip, signatures } from '../../../shared/case/slip.ts';
import { unitStream } from '../../../shared/case/unit.ts';
import { holdPart } from '../../../shared/approval/hold.ts';
import { allot } from '../../../shared/disbursement/allot.ts';
import { closeYear } from '../../../shared/disbursement/close-year.ts';
import { disbursementNext } from '../../../shared/disbursement/due.ts';
import { confirmAccount, orderAgain, proposeAccount } from '../../../shared/disbursement/mend.ts';
import { setPause } from '../../../shared/disbursement/pause.ts';
import { recordComeback } from '../../../shared/disbursement/record-comeback.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import { recordSending, signSlip } from '../../../shared/disbursement/slips.ts';
import { followWithdrawn, withdrawSlip } from '../../../shared/disbursement/withdraw-slip.ts';
import { sum } from '../../../shared/dong.ts';
import { expectLedgers } from '../../ledger.ts';
import { diesAt, done, everyRow, provinces, type Province } from '../../province.ts';

const open = provinces();
const source = 'wage-reform';
const refused = { outcome: 'refused' };
const paper = { document: 'GBC-17', on: '2025-10-05' };

async function leftOf(made: Province): Promise<Record<string, bigint>> {
  const rows = await everyRow(made.store, { kind: 'estimate', source });
  const read = await Promise.all(
    rows.map(async ({ unit = '' }) => [unit, (await readEstimate(made.store, unit, source)).left] as const),
  );
  return Object.fromEntries(read);
}

/** Somebody's money comes back from their bank, the account is corrected by two people. */
async function cameBack(made: Province, backTo?: 'estimate' | 'deposit') {
  const orders = await made.sentBatch('b1');
  const order = orders[0] ?? expect.fail();
  const said = { reference: order.reference, outcome: 'returned', on: '2025-10-03', file: 'f' } as const;
  await settle([backTo === undefined ? said : { ...said, backTo }], 'x', made.still);
  const of = (await readCase(made.store, caseIdOf(order.part))) ?? expect.fail();
  const { fullName } = await identityOf(made.still.vault, of);
  const account = { bank: 'VCB', number: '7000000001', holder: fullName };
  done(
    await proposeAccount(
      { part: order.part, account, reason: 'Đóng', paper: 'scan' },
      made.account('unit-clerk'),
      made.still,
    ),
  );
  const digest = (await readCase(made.store, caseIdOf(order.part)))?.proposed?.digest ?? '';
  done(await confirmAccount(order.part, digest, made.account('unit-chief-accountant'), made.still));
  return order;
}

describe('an estimate', () => {
  test('is reserved when the list is frozen, and free again to the đồng for whoever is taken out', async () => {
    const made = await open();
    const before = await leftOf(made);
    await made.frozenBatch('b1');
    const list = await made.list('b1');
    const needed = (unit: string) => sum(list.filter((one) => one.unit === unit).map(({ total }) => BigInt(total)));
    for (const { unit } of list) expect((await leftOf(made))[unit]).toBe((before[unit] ?? 0n) - needed(unit));
    const out = list[0] ?? expect.fail();
    done(
      await made.decides('home-affairs-leader', 'b1', {
        takeOut: [{ part: out.part, reason: 'Sai ngày nghỉ' }],
      }),
    );
    await made.step('approval.next', 'b1');
    done(await made.decides('finance-leader', 'b1'));
    done(await made.provincial('b1'));
    await made.step('approval.next', 'b1');
    expect((await leftOf(made))[out.unit]).toBe((before[out.unit] ?? 0n) - needed(out.unit) + BigInt(out.total));
    await expectLedgers(made.store);
  });

  test('of a rejected list is free again', async () => {
    const made = await open();
    const before = await leftOf(made);
    await made.frozenBatch('b1');
    done(await made.decides('home-affairs-leader', 'b1', { outcome: 'rejected', reason: 'Sai' }));
    await made.step('approval.release', 'b1');
    expect(await leftOf(made)).toEqual(before);
    await expectLedgers(made.store);
  });

  test('states the codes of its paper; wrong ones are refused all at once', async () => {
    const made = await open({ estimate: 0n });
    const given = { unit: '1094107', source, amount: 5n, document: '9/QĐ', on: '2025-10-01' };
    const codes = { level: '2', category: '341', item: '8006', source: '13', account: '9523', programme: '' };
    const wrong = await allot({ ...given, codes: { ...codes, item: '80', level: '7' } }, 'x', made.still);
    expect(wrong).toMatchObject({ outcome: 'refused', why: { vi: expect.stringContaining('Tiểu mục') } });
    expect(wrong).toMatchObject({ why: { vi: expect.stringContaining('Mã cấp ngân sách') } });
    done(await allot({ ...given, codes }, 'x', made.still));
    const { programme: _none, ...stated } = codes;
    expect((await readEstimate(made.store, given.unit, source)).codes).toEqual(stated);
  });

  test('of the higher unit pays where a unit has no account, by a slip of that unit', async () => {
    const made = await open();
    await made.decidedBatch('b1');
    const [poor = '', higher = ''] = [...new Set((await made.list('b1')).map(({ unit }) => unit))];
    const entries = await made.store.read(unitStream);
    const own = entries.map(({ data }) => JSON.parse(data)).find(({ code }) => code === poor);
    const entry = {
      kind: 'unit-registered',
      at: made.still.now(),
      by: 'x',
      data: { ...own, treasuryAccount: '', paidBy: higher },
    };
    await made.store.commit([{ stream: unitStream, readAt: entries.length, entries: [entry] }]);
    const orders = await made.order('b1');
    expect(orders.map(({ unit }) => unit)).not.toContain(poor);
    expect(sum(orders.map(({ amount }) => BigInt(amount)))).toBe(
      BigInt((await made.batch('b1')).provincial?.total ?? ''),
    );
    expect((await readEstimate(made.store, poor, source)).held).toBe(0n);
    await expectLedgers(made.store);
  });
});

describe('money that a bank sent back', () => {
  test('pays nobody again until somebody says where it is', async () => {
    const made = await open();
    const { part, reference } = await cameBack(made);
    const officer = made.account('finance-officer');
    expect(await orderAgain(part, '', officer, made.still)).toMatchObject(refused);
    const accountant = made.account('unit-chief-accountant');
    expect(
      await recordComeback({ references: [reference], to: 'pocket', ...paper }, accountant, made.still),
    ).toMatchObject(refused);
    expect(
      await recordComeback(
        { references: [reference], to: 'estimate', ...paper, on: '2999-01-01' },
        accountant,
        made.still,
      ),
    ).toMatchObject(refused);
    const stranger = { ...accountant, units: ['1099999'] };
    expect(
      await recordComeback({ references: [reference], to: 'estimate', ...paper }, stranger, made.still),
    ).toMatchObject(refused);
    done(await recordComeback({ references: [reference], to: 'estimate', ...paper }, accountant, made.still));
    expect(
      await recordComeback({ references: [reference], to: 'deposit', ...paper }, accountant, made.still),
    ).toMatchObject(refused);
    done(await orderAgain(part, '', officer, made.still));
    const again = (await made.order('b1')).find((order) => order.attempt === 2) ?? expect.fail();
    expect((await readSlip(made.store, again.slip))?.from).toBe('estimate');
    await expectLedgers(made.store);
  });

  test('to the deposit account is sent again from there, on a slip of its own, and the estimate is left alone', async () => {
    const made = await open();
    const { part, amount, unit } = await cameBack(made, 'deposit');
    const before = (await readEstimate(made.store, unit, source)).left;
    done(await orderAgain(part, '', made.account('finance-officer'), made.still));
    expect((await disbursementNext({ batchId: 'b1' }, made.still)).next).toBe('order');
    const again = (await made.order('b1')).find((order) => order.attempt === 2) ?? expect.fail();
    expect(again).toMatchObject({ from: 'deposit', amount });
    expect((await readSlip(made.store, again.slip))?.from).toBe('deposit');
    expect((await readEstimate(made.store, unit, source)).left).toBe(before);
    await made.sendSlips('b1');
    await settle(
      [{ reference: again.reference, outcome: 'returned', on: '2025-10-09', backTo: 'deposit', file: 'g' }],
      'x',
      made.still,
    );
    await expectLedgers(made.store);
    expect((await readEstimate(made.store, unit, source)).deposit.get(again.reference)).toBe(BigInt(amount));
  });
});

describe('a slip that was not sent', () => {
  async function ordered() {
    const made = await open();
    await made.decidedBatch('b1');
    const [first] = await made.order('b1');
    const slip = first?.slip ?? '';
    const own = (await made.orders('b1')).filter((order) => order.slip === slip);
    expect(own.length).toBeGreaterThan(1);
    return { ...made, slip, own };
  }

  test('is taken back with a reason; whoever is held stays, the others get a new one', async () => {
    const made = await ordered();
    const { slip, own, still, account } = made;
    const held = own[0]?.part ?? '';
    const leader = account('finance-leader');
    expect(await withdrawSlip(slip, { reason: ' ', hold: [] }, leader, still)).toMatchObject(refused);
    expect(await withdrawSlip(slip, { reason: 'Mất', hold: ['someone.wage-reform'] }, leader, still)).toMatchObject(
      refused,
    );
    done(await withdrawSlip(slip, { reason: 'Người hưởng đã mất', hold: [held] }, leader, still));
    expect(await signSlip(slip, 'prepared', account('unit-clerk'), still)).toMatchObject(refused);
    expect(await withdrawSlip(slip, { reason: 'Mất', hold: [] }, leader, still)).toMatchObject(refused);
    expect((await made.part(held)).status).toBe('held');
    const again = (await made.order('b1')).filter(({ attempt }) => attempt === 2);
    expect(again.map(({ part }) => part).toSorted()).toEqual(
      own
        .map(({ part }) => part)
        .filter((part) => part !== held)
        .toSorted(),
    );
    expect(again.every((order) => order.slip !== slip)).toBe(true);
    await expectLedgers(made.store);
  });

  test('cannot be taken back once it was sent', async () => {
    const made = await ordered();
    await made.sendSlips('b1');
    expect(
      await withdrawSlip(made.slip, { reason: 'Sai', hold: [] }, made.account('finance-leader'), made.still),
    ).toMatchObject(refused);
  });

  test('that is taken back while the process dies at any write is taken back whole', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let n = 1; n < 6; n += 1) {
        const made = await ordered();
        const wish = { reason: 'Sai', hold: [made.own[0]?.part ?? ''] };
        const died = await diesAt(
          async (on) => withdrawSlip(made.slip, wish, made.account('finance-leader'), on),
          made.still,
          n,
          when,
        );
        if (died && (await readSlip(made.store, made.slip))?.withdrawn === undefined) {
          done(await withdrawSlip(made.slip, wish, made.account('finance-leader'), made.still));
        }
        await followWithdrawn(made.slip, made.still);
        const orders = (await made.orders('b1')).filter((order) => order.slip === made.slip);
        expect(orders.every(({ status }) => status === 'withdrawn')).toBe(true);
        await expectLedgers(made.store);
        if (!died) break;
      }
    }
  });

  test('neither is signed nor sent while payments are paused, and goes on where it was', async () => {
    const made = await ordered();
    const { slip, still, account } = made;
    const leader = account('finance-leader');
    const wish = { unit: '', reason: 'Kho bạc dừng nhận hồ sơ' } as const;
    expect(await setPause({ ...wish, act: 'resume' }, leader, still)).toMatchObject(refused);
    expect(await setPause({ ...wish, act: 'pause', reason: '' }, leader, still)).toMatchObject(refused);
    expect(await setPause({ ...wish, act: 'pause', unit: '0' }, leader, still)).toMatchObject(refused);
    done(await signSlip(slip, 'prepared', account('unit-clerk'), still));
    done(await setPause({ ...wish, act: 'pause' }, leader, still));
    expect(await signSlip(slip, 'accountant-confirmed', account('unit-chief-accountant'), still)).toMatchObject(
      refused,
    );
    done(await setPause({ ...wish, act: 'resume' }, leader, still));
    done(await signSlip(slip, 'accountant-confirmed', account('unit-chief-accountant'), still));
  });

  test('of a year whose estimate lapsed is not sent: it is taken back, and its people wait for the new year’s', async () => {
    const made = await ordered();
    const { slip, still, account, own } = made;
    const later = { ...still, now: () => '2026-12-31T03:00:00.000Z' };
    const end = { year: '2026', outcome: 'lapsed', unit: '', source: '', document: '99/QĐ-STC', on: '2026-12-31' };
    const leader = account('finance-leader');
    expect(await closeYear({ ...end, year: '2027' }, leader, later)).toMatchObject(refused);
    expect(await closeYear({ ...end, document: '' }, leader, later)).toMatchObject(refused);
    expect(await closeYear({ ...end, outcome: 'kept' }, leader, later)).toMatchObject(refused);
    const left = sum(Object.values(await leftOf(made)));
    expect(await closeYear({ ...end, source }, leader, later)).toMatchObject({ outcome: 'closed', total: left });
    expect(await closeYear({ ...end, source }, leader, later)).toMatchObject(refused);
    expect(sum(Object.values(await leftOf(made)))).toBe(0n);
    for (const signature of signatures.slice(0, 1)) {
      expect(await signSlip(slip, signature, account('unit-clerk'), later)).toMatchObject(refused);
    }
    expect(await recordSending(slip, { number: '1', on: '2026-12-31' }, account('unit-clerk'), later)).toMatchObject(
      refused,
    );
    done(await withdrawSlip(slip, { reason: 'Hết năm ngân sách', hold: [] }, leader, later));
    await made.step('disbursement.fund', 'b1', later);
    for (const { part } of own) expect((await made.part(part)).status).toBe('waiting-for-estimate');
    await expectLedgers(made.store);
  });

  test('of a year whose estimate was carried over goes on', async () => {
    const made = await ordered();
    const later = { ...made.still, now: () => '2026-12-31T03:00:00.000Z' };
    const end = { year: '2026', outcome: 'carried', unit: '', source: '', document: '99/QĐ-STC', on: '2026-12-31' };
    const before = await leftOf(made);
    done(await closeYear(end, made.account('finance-leader'), later));
    expect(await leftOf(made)).toEqual(before);
    done(await signSlip(made.slip, 'prepared', made.account('unit-clerk'), later));
  });
});

describe('somebody who has died', () => {
  const heir = { fullName: 'Trần Thị Thừa Kế', relation: 'vợ, theo văn bản thỏa thuận phân chia di sản' };
  const account = { bank: 'VBA', number: '3600000000001', holder: 'TRAN THI THUA KE', heir };

  test('is paid to an heir: held, two people of the unit, let go on, on the frozen list as it is', async () => {
    const made = await open();
    await made.decidedBatch('b1');
    const part = (await made.list('b1'))[0]?.part ?? '';
    const clerk = made.account('unit-clerk');
    const change = { part, account, reason: 'Người hưởng mất ngày 01/10', paper: 'scan' };
    expect(await proposeAccount(change, clerk, made.still)).toMatchObject(refused);
    const officer = made.account('home-affairs-officer');
    done(await holdPart(part, 'hold', 'Người hưởng đã mất', officer, made.still));
    expect(
      await proposeAccount({ ...change, account: { ...account, heir: { ...heir, relation: '' } } }, clerk, made.still),
    ).toMatchObject(refused);
    expect(
      await proposeAccount({ ...change, account: { ...account, holder: 'Người khác' } }, clerk, made.still),
    ).toMatchObject(refused);
    const { heir: _none, ...plain } = account;
    expect(await proposeAccount({ ...change, account: plain }, clerk, made.still)).toMatchObject(refused);
    done(await proposeAccount(change, clerk, made.still));
    const digest = (await readCase(made.store, caseIdOf(part)))?.proposed?.digest ?? '';
    done(await confirmAccount(part, digest, made.account('unit-chief-accountant'), made.still));
    done(await holdPart(part, 'resume', 'Đủ giấy tờ thừa kế', officer, made.still));
    const order = (await made.order('b1')).find((one) => one.part === part) ?? expect.fail();
    expect(order.accountDigest).toBe(digest);
    await expectLedgers(made.store);
  });
});
