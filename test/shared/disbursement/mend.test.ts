import { describe, expect, test } from 'vitest';
import { type BankAccount, readCase } from '../../../shared/case/case.ts';
import { readEstimate } from '../../../shared/case/funding.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { statePayee } from '../../../shared/case/payee.ts';
import { explainContradiction } from '../../../shared/disbursement/explain-contradiction.ts';
import { confirmAccount, orderAgain, proposeAccount } from '../../../shared/disbursement/mend.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import { signSlip } from '../../../shared/disbursement/slips.ts';
import type { OrderOutcome } from '../../../shared/case/order.ts';
import { done, everyRow, provinces } from '../../province.ts';

const province = provinces();
const refused = { outcome: 'refused' };
const other: BankAccount = { bank: 'VCB', number: '7000000001', holder: 'NGUOI HUONG' };

/** A batch of which one person's money came back. */
async function cameBack(outcome: OrderOutcome = 'returned') {
  const made = await province();
  const { still, account } = made;
  const order = (await made.sentBatch('b1'))[0] ?? expect.fail();
  const { part: partId, reference } = order;
  const result = async (of: string, said: OrderOutcome, file: string) =>
    settle(
      [{ reference: of, outcome: said, on: '2025-10-03', backTo: 'estimate', file }],
      account('finance-officer').id,
      still,
    );
  await result(reference, outcome, 'file 1');
  const right = { part: partId, account: other, reason: 'Tài khoản cũ đã đóng', paper: 'scan' };
  const clerk = account('unit-clerk');
  const digest = async () => (await readCase(made.store, caseIdOf(partId)))?.proposed?.digest ?? '';
  return {
    ...made,
    partId,
    first: order,
    result,
    propose: async (wrong: Partial<typeof right> = {}, by = clerk) => proposeAccount({ ...right, ...wrong }, by, still),
    confirm: async (by = account('unit-chief-accountant')) => confirmAccount(partId, await digest(), by, still),
    again: async () => orderAgain(partId, 'Đã sửa', account('finance-officer'), still),
    /** The new account is not in the person's own name. */
    toAnHeir: async () => {
      const accountDigest = (await readCase(made.store, caseIdOf(partId)))?.account.digest ?? '';
      const stated = { caseId: caseIdOf(partId), accountDigest, as: 'heir', document: '12/CC', on: '2025-10-01' };
      done(await statePayee(stated, account('unit-chief-accountant'), still));
    },
    accountOf: async () => (await readCase(made.store, caseIdOf(partId)))?.account.digest,
  };
}

describe('another account', () => {
  test('counts after a second person of the unit confirmed it, not before', async () => {
    const { propose, confirm, accountOf, first, still } = await cameBack();
    expect(await propose()).toMatchObject({ outcome: 'proposed' });
    expect(await accountOf()).toBe(first.accountDigest);
    expect(await confirm()).toMatchObject({ outcome: 'confirmed' });
    expect(await accountOf()).toBe(await still.vault.digest('account', 'VCB/7000000001/nguoi huong'));
    expect(await confirm()).toMatchObject(refused);
  });

  test('is not confirmed by whoever proposed it, whatever role they have', async () => {
    const { propose, confirm, account, accountOf, first } = await cameBack();
    await propose();
    const same = { ...account('unit-chief-accountant'), id: account('unit-clerk').id };
    expect(await confirm(same)).toMatchObject(refused);
    expect(await accountOf()).toBe(first.accountDigest);
  });

  test('is neither proposed nor confirmed by another unit', async () => {
    const { propose, confirm, account } = await cameBack();
    const stranger = { ...account('unit-clerk'), units: ['1099999'] };
    expect(await propose({}, stranger)).toMatchObject(refused);
    await propose();
    expect(await confirm({ ...account('unit-chief-accountant'), units: [] })).toMatchObject(refused);
  });

  test('that was proposed anew voids the confirmation of the one before', async () => {
    const { propose, partId, account, still, store, accountOf, first } = await cameBack();
    await propose();
    const seen = (await readCase(store, caseIdOf(partId)))?.proposed?.digest ?? '';
    await propose({ account: { ...other, number: '7000000002' } });
    const accountant = account('unit-chief-accountant');
    expect(await confirmAccount(partId, seen, accountant, still)).toMatchObject(refused);
    expect(await accountOf()).toBe(first.accountDigest);
  });

  test.each([
    ['five digits', { account: { ...other, number: '12345' } }],
    ['21 digits', { account: { ...other, number: '1'.repeat(21) } }],
    ['a letter', { account: { ...other, number: '70000000O1' } }],
    ['no holder', { account: { ...other, holder: ' ' } }],
    ['no bank', { account: { ...other, bank: '' } }],
    ['no reason', { reason: ' ' }],
    ['no signed request', { paper: '' }],
  ])('with %s is refused', async (_what, wrong) => {
    expect(await (await cameBack()).propose(wrong)).toMatchObject(refused);
  });

  test.each([6, 20])('of %i digits is taken', async (length) => {
    const { propose } = await cameBack();
    expect(await propose({ account: { ...other, number: '1'.repeat(length) } })).toMatchObject({ outcome: 'proposed' });
  });

  test('is not taken while the money is on its way or has arrived', async () => {
    const { orders, account, still, result } = await cameBack();
    const way = (await orders('b1')).find(({ status }) => status === 'sent') ?? expect.fail();
    const correction = { part: way.part, account: other, reason: 'x', paper: 'x' };
    expect(await proposeAccount(correction, account('unit-clerk'), still)).toMatchObject(refused);
    await result(way.reference, 'credited', 'file 2');
    expect(await proposeAccount(correction, account('unit-clerk'), still)).toMatchObject(refused);
  });

  test('after a return must differ from the one that failed', async () => {
    const { propose, confirm, again, order, orders, sendSlips, first, result, toAnHeir } = await cameBack();
    await propose();
    await confirm();
    await toAnHeir();
    await again();
    await order('b1');
    await sendSlips('b1');
    const second = (await orders('b1')).find(({ replaces }) => replaces === first.reference) ?? expect.fail();
    await result(second.reference, 'returned', 'file 2');
    expect(await propose()).toMatchObject(refused);
    expect(await propose({ account: { ...other, number: '7000000009' } })).toMatchObject({ outcome: 'proposed' });
  });
});

describe('paying again', () => {
  test.each(['refused', 'returned'] as const)(
    'what was %s needs a corrected and confirmed account',
    async (outcome) => {
      const { again, propose, confirm, order, orders } = await cameBack(outcome);
      const before = (await orders('b1')).length;
      expect(await again()).toMatchObject(refused);
      await propose();
      expect(await again()).toMatchObject(refused);
      await order('b1');
      expect(await orders('b1')).toHaveLength(before);
      await confirm();
      expect(await again()).toMatchObject({ outcome: 'asked', batchId: 'b1' });
      expect(await again()).toMatchObject(refused);
    },
  );

  test('attempt 2 names attempt 1, goes to the new account, for the same sum, once', async () => {
    const { again, propose, confirm, order, orders, first, accountOf, step } = await cameBack();
    await propose();
    await confirm();
    await again();
    for (let runs = 0; runs < 3; runs += 1) await order('b1');
    const second = (await orders('b1')).filter(({ part }) => part === first.part && part !== '');
    expect(second).toHaveLength(2);
    expect(second.find(({ attempt }) => attempt === 2)).toMatchObject({
      replaces: first.reference,
      amount: first.amount,
      accountDigest: await accountOf(),
      reference: first.reference.replace(/1$/, '2'),
      status: 'awaiting-unit',
    });
    expect(await step('disbursement.next', 'b1')).toMatchObject({ next: 'follow' });
  });

  test('the estimate that came back is reserved again', async () => {
    const { again, propose, confirm, order, first, store } = await cameBack();
    const left = async () => (await readEstimate(store, first.unit, 'wage-reform')).left;
    const before = await left();
    await propose();
    await confirm();
    await again();
    await order('b1');
    await order('b1');
    expect(await left()).toBe(before - BigInt(first.amount));
  });

  test('a person whose first order is contradicted is not paid again until it is explained', async () => {
    const { again, propose, confirm, result, first, account, still } = await cameBack();
    await propose();
    await confirm();
    await result(first.reference, 'credited', 'file 2');
    expect(await again()).toMatchObject(refused);
    await explainContradiction(first.reference, 'Văn bản 5/KB', account('finance-leader'), still);
    expect(await again()).toMatchObject({ outcome: 'asked' });
  });

  test('a contradiction that comes after the new order stops its slip', async () => {
    const { again, propose, confirm, order, result, first, account, still, store, toAnHeir } = await cameBack();
    await propose();
    await confirm();
    await toAnHeir();
    await again();
    await order('b1');
    const slip = (await everyRow(store, { kind: 'slip', batch: 'b1', status: 'to-prepare' }))[0]?.stream.slice(5) ?? '';
    await result(first.reference, 'credited', 'file 2');
    expect(await signSlip(slip, 'prepared', account('unit-clerk'), still)).toMatchObject(refused);
    await explainContradiction(first.reference, 'Văn bản 5/KB', account('finance-leader'), still);
    expect(await signSlip(slip, 'prepared', account('unit-clerk'), still)).toMatchObject({ outcome: 'signed' });
  });
});
