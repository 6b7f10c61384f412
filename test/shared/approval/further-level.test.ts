/** From a stated sum the provincial leadership confirms too, before the submission. */
import { describe, expect, test } from 'vitest';
import { readFurtherLevel, setFurtherLevel, stepsFor } from '../../../shared/approval/further-level.ts';
import { followBatch } from '../../../shared/approval/follow.ts';
import { nextStep } from '../../../shared/approval/next.ts';
import { decide } from '../../../shared/approval/decide.ts';
import { addDays, localDateOf } from '../../../shared/calendar.ts';
import { orderParts } from '../../../shared/disbursement/order.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();
const refused = { outcome: 'refused' };
const document = { number: '88/QĐ-UBND', on: '2025-08-01', paper: 'scan' };

describe('the sum from which on', () => {
  test.each([
    [99n, false],
    [100n, true],
    [101n, true],
  ])('a list of %s needs the further level: %s', (total, isNeeded) => {
    const rule = { ...document, fromTotal: '100' };
    expect(stepsFor(total, rule).includes('province')).toBe(isNeeded);
    expect(stepsFor(total, undefined)).toEqual(['people', 'money']);
    expect(stepsFor(total, document)).toEqual(['people', 'money']);
  });

  test.each([
    ['a sum in words', { fromTotal: 'năm tỷ' }, 'is no sum'],
    ['a fraction', { fromTotal: '5,5' }, 'is no sum'],
    ['a leading nought', { fromTotal: '050' }, 'is no sum'],
    ['no document', { number: ' ' }, 'attach its scan'],
    ['no scan', { paper: '' }, 'attach its scan'],
    ['no day', { on: '2025-02-30' }, 'no day'],
    ['a day ahead', { on: '2999-01-01' }, 'no day'],
  ])('is not set by %s', async (_what, given, why) => {
    const { still, account } = await province({ people: 4 });
    const wish = { fromTotal: '50.000.000.000', ...document, ...given };
    expect(await setFurtherLevel(wish, account('leadership'), still)).toMatchObject({
      ...refused,
      why: { en: expect.stringContaining(why) },
    });
    expect(await readFurtherLevel(still.store)).toBeUndefined();
  });

  test('is set by a document, read with its points, and ended by an empty sum', async () => {
    const { still, account } = await province({ people: 4 });
    done(await setFurtherLevel({ fromTotal: '50.000.000.000', ...document }, account('leadership'), still));
    expect(await readFurtherLevel(still.store)).toEqual({ fromTotal: '50000000000', ...document });
    done(await setFurtherLevel({ fromTotal: '', ...document }, account('leadership'), still));
    expect(await readFurtherLevel(still.store)).toEqual(document);
  });

  test('is set by a document of today, not of tomorrow, and its number is kept as it reads', async () => {
    const { still, account } = await province({ people: 4 });
    const today = localDateOf(still.now());
    const wish = (days: number) => ({ fromTotal: '1', ...document, number: ' 88/QĐ-UBND ', on: addDays(today, days) });
    expect(await setFurtherLevel(wish(1), account('leadership'), still)).toMatchObject(refused);
    expect(await setFurtherLevel(wish(0), account('leadership'), still)).toEqual({ outcome: 'set' });
    expect((await readFurtherLevel(still.store))?.number).toBe(document.number);
    const history = await still.store.read('settings/further-level');
    expect(history.map(({ kind, by }) => [kind, by])).toEqual([['further-level-set', account('leadership').id]]);
  });

  test.each(['1x', 'x1', ''])('“%s” in the history is a fault, and no sum', async (fromTotal) => {
    const { still } = await province({ people: 4 });
    const entry = { kind: 'further-level-set', at: still.now(), by: 'x', data: { fromTotal, ...document } };
    await still.store.commit([{ stream: 'settings/further-level', readAt: 0, entries: [entry] }]);
    await expect(readFurtherLevel(still.store)).rejects.toThrow('fromTotal');
  });
});

describe('a big batch', () => {
  async function big() {
    const made = await province();
    done(await setFurtherLevel({ fromTotal: '1', ...document }, made.account('leadership'), made.still));
    await made.frozenBatch('b1');
    done(await made.decides('home-affairs-leader', 'b1'));
    done(await made.decides('finance-leader', 'b1'));
    return made;
  }

  test('waits for the leadership; nothing is recorded or ordered before', async () => {
    const { batch, provincial, decision, account, still, store, step, list } = await big();
    expect(nextStep(await batch('b1'))?.step).toBe('province');
    const { rows } = await store.page({ kind: 'batch', limit: 10 });
    expect(rows[0]).toMatchObject({ status: 'in-approval', waitingFor: 'province' });
    expect(await provincial('b1')).toMatchObject(refused);
    done(await decide(await decision('b1', { step: 'province' }), account('leadership'), still));
    done(await provincial('b1'));
    expect(await step('approval.next', 'b1')).toEqual({ batchId: 'b1', next: 'order' });
    expect(await list('b1')).not.toEqual([]);
  });

  test('keeps its route when the sum is changed afterwards', async () => {
    const { batch, still, account } = await big();
    done(await setFurtherLevel({ fromTotal: '', ...document }, account('leadership'), still));
    expect(nextStep(await batch('b1'))?.step).toBe('province');
  });

  test('is confirmed by nobody else, and the parts wait where the money’s confirmation took them', async () => {
    const { decision, account, still, list, part } = await big();
    for (const role of ['home-affairs-leader', 'finance-leader', 'finance-officer'] as const) {
      expect(await decide(await decision('b1', { step: 'province' }), account(role), still)).toMatchObject(refused);
    }
    await followBatch('b1', still);
    expect((await part((await list('b1'))[0]?.part ?? '')).status).toBe('money-confirmed');
  });

  test('is not ordered on a decision that was written into its history without the step', async () => {
    const { batch, store, still, list } = await big();
    const { frozen, entries } = await batch('b1');
    const data = {
      version: 1,
      contentHash: frozen?.contentHash,
      number: '1/QĐ',
      on: '2025-10-01',
      signatory: 'A',
      paper: 'scan',
      people: frozen?.people,
      total: frozen?.total,
    };
    const entry = { kind: 'provincial-decision', at: still.now(), by: 'system', data };
    await store.commit([{ stream: 'batch/b1', readAt: entries.length, entries: [entry] }]);
    const Items = (await list('b1')).map(({ part }) => part);
    await expect(orderParts({ BatchInput: { batchId: 'b1' }, Items }, still)).rejects.toThrow(
      'no decision to order on',
    );
  });
});
