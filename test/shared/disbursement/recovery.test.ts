/** Money comes back in pieces, never above the sum, and nothing is asked back twice. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDateOf } from '../../../shared/calendar.ts';
import { readCase } from '../../../shared/case/case.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { readRecovery, receiptsOf, receivedOf, recoveriesOf, restOf } from '../../../shared/case/recovery.ts';
import { verifyHistories } from '../../../shared/case/verify.ts';
import { decideRecovery, type ReceivedMoney, recordReceipt } from '../../../shared/disbursement/decide-recovery.ts';
import { paidTo, recordGivenBack, recordReEntry } from '../../../shared/disbursement/open-recovery.ts';
import { reassessAll } from '../../../shared/entitlement/reassess.ts';
import { addStreamlined, payElsewhere } from '../../paid-leaver.ts';
import { diesAt, done, openProvince, type Province, provinces } from '../../province.ts';

const province = provinces();
const letter = { number: 'CV-1', on: '2025-10-01', paper: 'scan' };

/** Somebody who was paid under this decree. */
async function paid(made: Province, decree: '154' | '178' = '154') {
  const part = decree === '154' ? await addStreamlined(made) : await made.somebody();
  const total = await payElsewhere(made, part);
  const of = (await readCase(made.store, caseIdOf(part))) ?? expect.fail(part);
  return { of, caseId: of.id, total, leftOn: of.submitted.facts.leaving?.on ?? '' };
}

const accountant = (made: Province) => made.account('finance-officer');

async function givesBack(made: Province, caseId: string, amount: bigint, on = made.still): Promise<string> {
  const opened = await recordGivenBack({ caseId, amount, letter }, accountant(made), on);
  return opened.outcome === 'opened' ? opened.recovery : expect.fail(opened.why.en);
}

async function receives(made: Province, id: string, amount: bigint, but: Partial<ReceivedMoney> = {}) {
  const money = { id, amount, on: '2025-10-05', document: `PT-${amount}`, to: 'estimate', paper: 'scan', ...but };
  return recordReceipt(money, accountant(made), made.still);
}

async function recoveryOf(made: Province, id: string) {
  return (await readRecovery(made.store, id)) ?? expect.fail(id);
}

async function rowOf({ store }: Province, id: string) {
  const { rows } = await store.page({ kind: 'recovery', limit: 100 });
  return rows.find(({ stream }) => stream === `recovery/${id}`);
}

describe('money given back', () => {
  test.each([-1n, 0n, 1n])('of all that was paid and %i đồng more', async (off) => {
    const made = await province();
    const { caseId, total } = await paid(made);
    const outcome = await recordGivenBack({ caseId, amount: total + off, letter }, accountant(made), made.still);
    expect(outcome.outcome).toBe(off > 0n ? 'refused' : 'opened');
  });

  test('waits for the money at once, with nothing to decide, and is closed when all is back', async () => {
    const made = await province();
    const { caseId, of } = await paid(made);
    const id = await givesBack(made, caseId, 10n);
    expect(await rowOf(made, id)).toMatchObject({ status: 'decided', summary: { kind: 'given-back', over: '10' } });
    const decision = { id, outcome: 'waive', reason: 'x', paper: 'scan' };
    expect(await decideRecovery(decision, 'demo-finance-leader', made.still)).toMatchObject({ outcome: 'refused' });
    expect(await receives(made, id, 4n)).toEqual({ outcome: 'received', rest: 6n });
    expect(await rowOf(made, id)).toMatchObject({ status: 'decided', summary: { received: '4' } });
    expect(await receives(made, id, 6n, { to: 'deposit' })).toEqual({ outcome: 'received', rest: 0n });
    expect(await rowOf(made, id)).toMatchObject({ status: 'closed', summary: { received: '10' } });
    expect(receiptsOf(await recoveryOf(made, id)).map(({ amount, to }) => [amount, to])).toEqual([
      ['4', 'estimate'],
      ['6', 'deposit'],
    ]);
    expect((await recoveriesOf((await readCase(made.store, of.id)) ?? of, made.store)).length).toBe(1);
    expect(verifyHistories(made.home.store.held()).problems).toEqual([]);
  });

  test('twice is never more than what was paid, also when both are brought at once', async () => {
    const made = await province();
    const { caseId, total } = await paid(made);
    const wish = { caseId, amount: total - 1n, letter };
    const both = await Promise.all([1, 2].map(async () => recordGivenBack(wish, accountant(made), made.still)));
    expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['opened', 'refused']);
    await givesBack(made, caseId, 1n);
    const more = await recordGivenBack({ caseId, amount: 1n, letter }, accountant(made), made.still);
    expect(more).toMatchObject({ outcome: 'refused' });
  });

  test('leaves the sum that was owed as it was: computing again asks nothing more', async () => {
    const made = await province();
    const { caseId, total } = await paid(made);
    await givesBack(made, caseId, total);
    expect(await reassessAll(made.still)).toMatchObject({ overpaid: 0, 'top-up': 0 });
  });

  test.each([
    ['nothing', { amount: 0n }],
    ['no letter', { letter: { ...letter, paper: '' } }],
    ['no number', { letter: { ...letter, number: ' ' } }],
    ['a day that is none', { letter: { ...letter, on: 'hôm qua' } }],
    ['a day to come', { letter: { ...letter, on: '2199-01-01' } }],
  ])('with %s is refused', async (_what, wrong) => {
    const made = await province();
    const { caseId } = await paid(made);
    const given = { caseId, amount: 5n, letter, ...wrong };
    expect(await recordGivenBack(given, accountant(made), made.still)).toMatchObject({ outcome: 'refused' });
  });

  test('by somebody who was not paid, or by another unit’s accountant, is refused', async () => {
    const made = await province();
    const unpaid = { caseId: caseIdOf(await made.somebody()), amount: 5n, letter };
    expect(await recordGivenBack(unpaid, accountant(made), made.still)).toMatchObject({ outcome: 'refused' });
    const { caseId } = await paid(made);
    const stranger = { ...made.account('unit-chief-accountant'), units: ['1'] };
    expect(await recordGivenBack({ ...unpaid, caseId }, stranger, made.still)).toMatchObject({ outcome: 'refused' });
    const id = await givesBack(made, caseId, 5n);
    const money = { id, amount: 5n, on: '2025-10-05', document: 'PT', to: 'estimate', paper: 'scan' };
    expect(await recordReceipt(money, stranger, made.still)).toMatchObject({ outcome: 'refused' });
  });
});

describe('a receipt', () => {
  test.each([-1n, 0n, 1n])('of the rest and %i đồng more', async (off) => {
    const made = await province();
    const { caseId } = await paid(made);
    const id = await givesBack(made, caseId, 10n);
    done(await receives(made, id, 3n));
    const outcome = await receives(made, id, 7n + off);
    expect(outcome.outcome).toBe(off > 0n ? 'refused' : 'received');
    expect(restOf(await recoveryOf(made, id))).toBe(off > 0n ? 7n : -off);
  });

  test('by the same document, day and sum is recorded once', async () => {
    const made = await province();
    const { caseId } = await paid(made);
    const id = await givesBack(made, caseId, 10n);
    done(await receives(made, id, 3n));
    expect(await receives(made, id, 3n)).toMatchObject({ outcome: 'refused' });
    expect(receivedOf(await recoveryOf(made, id))).toBe(3n);
  });

  test.each([
    ['nothing', { amount: 0n }],
    ['no document', { document: ' ' }],
    ['no scan', { paper: '' }],
    ['no place', { to: 'pocket' }],
    ['no day', { on: '' }],
    ['a day to come', { on: '2199-01-01' }],
    ['no recovery', { id: 'none' }],
  ])('with %s is refused', async (_what, wrong) => {
    const made = await province();
    const { caseId } = await paid(made);
    const id = await givesBack(made, caseId, 10n);
    expect(await receives(made, id, 3n, wrong)).toMatchObject({ outcome: 'refused' });
  });

  test('whatever is tried, what came back and the rest are the sum', async () => {
    const made = await province();
    const { caseId } = await paid(made);
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.bigInt(1n, 60n), { maxLength: 6 }), async (amounts) => {
        const id = await givesBack(made, caseId, 100n);
        let expected = 0n;
        for (const amount of amounts) {
          number += 1;
          const { outcome } = await receives(made, id, amount, { document: `PT-${number}` });
          expect(outcome).toBe(expected + amount > 100n ? 'refused' : 'received');
          if (outcome === 'received') expected += amount;
        }
        const recovery = await recoveryOf(made, id);
        expect([receivedOf(recovery), restOf(recovery)]).toEqual([expected, 100n - expected]);
      }),
      { numRuns: 20, seed: 7 },
    );
  });

  test('two at once never exceed the sum', async () => {
    const made = await province();
    const { caseId } = await paid(made);
    const id = await givesBack(made, caseId, 10n);
    await Promise.all([receives(made, id, 6n), receives(made, id, 7n), receives(made, id, 8n)]);
    expect(receiptsOf(await recoveryOf(made, id)).length).toBe(1);
  });
});

describe('a re-entry', () => {
  const reEntry = (caseId: string, on: string) => ({ caseId, on, decision: { number: '12/QĐ', on, paper: 'scan' } });

  test('asks back all that was paid, waits for the decision, and is recorded once', async () => {
    const made = await province();
    const { caseId, total, leftOn } = await paid(made);
    const officer = made.account('home-affairs-officer');
    expect(total).toBe(277_500_000n);
    done(await recordReEntry(reEntry(caseId, leftOn), officer, made.still));
    const id = `${caseId}.re-entry`;
    expect(await rowOf(made, id)).toMatchObject({
      status: 'open',
      summary: { kind: 're-entry', over: total.toString() },
    });
    expect(await recordReEntry(reEntry(caseId, leftOn), officer, made.still)).toMatchObject({ outcome: 'refused' });
    done(await receives(made, id, total - 1n));
    expect(await rowOf(made, id)).toMatchObject({ status: 'open' });
    const decision = { id, outcome: 'recover', reason: 'Điều 3 khoản 6', paper: 'scan' };
    done(await decideRecovery(decision, 'demo-finance-leader', made.still));
    expect(await rowOf(made, id)).toMatchObject({ status: 'decided' });
    done(await receives(made, id, 1n));
    expect(await rowOf(made, id)).toMatchObject({ status: 'closed' });
  });

  test('asks back only what is not given back already; waived, nothing more is taken', async () => {
    const made = await province();
    const { caseId, total, leftOn } = await paid(made);
    await givesBack(made, caseId, 10n);
    done(await recordReEntry(reEntry(caseId, leftOn), made.account('home-affairs-leader'), made.still));
    const id = `${caseId}.re-entry`;
    expect((await recoveryOf(made, id)).over).toBe((total - 10n).toString());
    done(await receives(made, id, 1n));
    const decision = { id, outcome: 'waive', reason: 'Văn bản', paper: 'scan' };
    done(await decideRecovery(decision, 'demo-finance-leader', made.still));
    expect(await rowOf(made, id)).toMatchObject({ status: 'closed' });
    expect(await receives(made, id, 2n)).toMatchObject({ outcome: 'refused' });
    await givesBack(made, caseId, total - 11n);
    const again = await recordGivenBack({ caseId, amount: 1n, letter }, accountant(made), made.still);
    expect(again).toMatchObject({ outcome: 'refused' });
  });

  test('outside the term, in the future, of Decree 178, or unpaid brings nothing', async () => {
    const made = await province({ people: 12 });
    const officer = made.account('home-affairs-officer');
    const { caseId, leftOn } = await paid(made);
    const tomorrow = localDateOf(new Date(Date.parse(made.still.now()) + 86_400_000).toISOString());
    for (const on of ['2000-01-01', tomorrow, 'x', '']) {
      expect(await recordReEntry(reEntry(caseId, on), officer, made.still)).toMatchObject({ outcome: 'refused' });
    }
    const other = await paid(made, '178');
    const under178 = await recordReEntry(reEntry(other.caseId, other.leftOn), officer, made.still);
    expect(under178).toMatchObject({ outcome: 'refused', why: { vi: expect.stringContaining('Nghị định 178') } });
    const unpaid = (await made.rows()).find(({ status }) => status === 'assessed');
    const id = String(unpaid?.summary['caseId']);
    expect(await recordReEntry(reEntry(id, leftOn), officer, made.still)).toMatchObject({ outcome: 'refused' });
  });

  test.each(['before', 'after'] as const)('a kill %s any write leaves one sum or none', async (when) => {
    for (let n = 1; n < 6; n += 1) {
      const made = await openProvince();
      const { caseId, leftOn, of, total } = await paid(made);
      const act = async (on: Ports) => recordReEntry(reEntry(caseId, leftOn), made.account('home-affairs-officer'), on);
      const died = await diesAt(act, made.still, n, when);
      await act(made.still);
      const recoveries = await recoveriesOf((await readCase(made.store, of.id)) ?? of, made.store);
      expect(recoveries.map(({ over }) => over)).toEqual([total.toString()]);
      expect(await paidTo(of, made.store)).toBe(total);
      await made.close();
      if (!died) return expect(n).toBe(2);
    }
    return expect.fail('it never came to an end');
  });
});
