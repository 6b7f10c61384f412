import { describe, expect, test } from 'vitest';
import { mayHaveSigned, readSignatories, setSignatory } from '../../../shared/case/signatories.ts';
import { addDays } from '../../../shared/calendar.ts';
import { roles } from '../../../shared/case/access.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();
const from = '2025-07-01';
const until = '2025-12-31';
const right = { name: 'Nguyễn Văn An', capacity: 'KT', from, until, document: '12/QĐ-UBND' };
const signed = { signatory: 'Nguyễn Văn An', capacity: 'KT', on: '2025-10-01' } as const;

describe('the table of who may sign', () => {
  test('is set by the Finance leader or an administrator, and by nobody else', async () => {
    const { still, account, store } = await province({ people: 1 });
    for (const role of roles) {
      const isAllowed = role === 'finance-leader' || role === 'administrator';
      const answer = await setSignatory({ ...right, name: role }, account(role), still);
      expect([role, answer.outcome]).toEqual([role, isAllowed ? 'set' : 'refused']);
    }
    expect((await readSignatories(store)).map(({ name }) => name)).toEqual(['finance-leader', 'administrator']);
  });

  test('takes an end by the same name, capacity and first day', async () => {
    const { still, account, store } = await province({ people: 1 });
    done(await setSignatory({ ...right, until: '' }, account('administrator'), still));
    done(await setSignatory({ ...right, name: 'NGUYEN VAN AN' }, account('administrator'), still));
    expect(await readSignatories(store)).toEqual([{ ...right, name: 'NGUYEN VAN AN' }]);
  });

  test.each([
    { name: ' ' },
    { document: '' },
    { capacity: 'PTC' },
    { from: '2025-02-30' },
    { until: addDays(from, -1) },
    { until: 'mai' },
  ])('takes no %o', async (wrong) => {
    const { still, account, store } = await province({ people: 1 });
    const answer = await setSignatory({ ...right, ...wrong }, account('administrator'), still);
    expect([answer.outcome, await readSignatories(store)]).toEqual(['refused', []]);
  });

  test.each([
    [addDays(from, -1), false],
    [from, true],
    [addDays(from, 1), true],
    [addDays(until, -1), true],
    [until, true],
    [addDays(until, 1), false],
  ])('on %s: %s', (on, may) => {
    expect(mayHaveSigned({ ...signed, on }, [{ ...right, capacity: 'KT' }])).toBe(may);
  });

  test('asks for the capacity, and for the name without its marks', () => {
    const table = [{ ...right, capacity: 'KT' as const }];
    expect(mayHaveSigned({ ...signed, signatory: 'nguyen van an' }, table)).toBe(true);
    expect(mayHaveSigned({ ...signed, capacity: undefined }, table)).toBe(true);
    expect(mayHaveSigned({ ...signed, capacity: 'TL' }, table)).toBe(false);
    expect(mayHaveSigned({ ...signed, signatory: 'Nguyễn Văn Anh' }, table)).toBe(false);
  });
});
