import { describe, expect, test } from 'vitest';
import { addDays, localDateOf } from '../../../shared/calendar.ts';
import { roles } from '../../../shared/case/access.ts';
import { readCase } from '../../../shared/case/case.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { payeeOf, type PayeeWish, statePayee } from '../../../shared/case/payee.ts';
import { provinces } from '../../province.ts';

const province = provinces();
const refused = { outcome: 'refused' };

async function withSomebody() {
  const made = await province({ people: 4 });
  const caseId = caseIdOf(await made.somebody());
  const own = async () => (await readCase(made.store, caseId)) ?? expect.fail();
  const { digest } = (await own()).account;
  const today = localDateOf(made.still.now());
  const right = { caseId, accountDigest: digest, as: 'heir', document: '12/CC', on: today };
  const accountant = made.account('unit-chief-accountant');
  const state = async (wrong: Partial<PayeeWish> = {}, by = accountant) =>
    statePayee({ ...right, ...wrong }, by, made.still);
  return { ...made, own, digest, today, accountant, state };
}

describe('whoever receives in another’s name', () => {
  test('is stated for one account, and for no other that the case gets', async () => {
    const { state, own, digest, today } = await withSomebody();
    expect(payeeOf(await own(), digest)).toBeUndefined();
    expect(await state()).toEqual({ outcome: 'stated' });
    expect(payeeOf(await own(), digest)).toEqual({ accountDigest: digest, as: 'heir', document: '12/CC', on: today });
    expect(payeeOf(await own(), 'another')).toBeUndefined();
  });

  test('is stated by the chief accountant of the unit, and by nobody else', async () => {
    const { state, account, accountant, own, digest } = await withSomebody();
    for (const role of roles) {
      if (role !== 'unit-chief-accountant') expect(await state({}, account(role))).toMatchObject(refused);
    }
    expect(await state({}, { ...accountant, units: ['1099999'] })).toMatchObject(refused);
    expect(payeeOf(await own(), digest)).toBeUndefined();
  });

  test.each([{ as: 'neighbour' }, { document: ' ' }, { on: '2025-02-30' }, { accountDigest: 'x' }, { caseId: 'x' }])(
    'is not stated with %o',
    async (wrong) => {
      const { state, own, digest } = await withSomebody();
      expect(await state(wrong)).toMatchObject(refused);
      expect(payeeOf(await own(), digest)).toBeUndefined();
    },
  );

  test.each([-1, 0, 1])('by a paper of %i days from today', async (days) => {
    const { state, today } = await withSomebody();
    expect(await state({ on: addDays(today, days) })).toMatchObject(days > 0 ? refused : { outcome: 'stated' });
  });
});
