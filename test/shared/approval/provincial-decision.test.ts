import { describe, expect, test } from 'vitest';
import { recordProvincialDecision } from '../../../shared/approval/provincial-decision.ts';
import { addDays, localDateOf } from '../../../shared/calendar.ts';
import { payable, readFrozenList } from '../../../shared/case/batch.ts';
import { type Province, provinces } from '../../province.ts';

const province = provinces();
const refused = { outcome: 'refused' };
const recorded = { outcome: 'recorded' };
const because = (why: string) => ({ ...refused, why: { en: expect.stringContaining(why) } });

async function confirmed(): Promise<Province & { readonly people: number; readonly total: bigint }> {
  const made = await province();
  await made.frozenBatch('b1');
  await made.decides('home-affairs-leader', 'b1');
  await made.decides('finance-leader', 'b1');
  const batch = await made.batch('b1');
  const { parts, total } = payable(batch, await readFrozenList(made.still.files, batch));
  return { ...made, people: parts.length, total };
}

describe('the decision of the People’s Committee agrees with the confirmed list', () => {
  test.each([-1, 0, 1])('off by %i people', async (off) => {
    const { provincial, people, batch } = await confirmed();
    const answer = await provincial('b1', { people: people + off });
    expect(answer).toMatchObject(off === 0 ? recorded : refused);
    expect((await batch('b1')).provincial === undefined).toBe(off !== 0);
  });

  test.each([-1n, 0n, 1n])('off by %i đồng', async (off) => {
    const { provincial, total, batch } = await confirmed();
    const answer = await provincial('b1', { total: total + off });
    expect(answer).toMatchObject(off === 0n ? recorded : refused);
    expect((await batch('b1')).provincial === undefined).toBe(off !== 0n);
  });

  test('the people and the sum are those after everyone was taken out', async () => {
    const { frozenBatch, decides, list, provincial } = await province();
    const { frozen } = await frozenBatch('b1');
    const takeOut = [{ part: (await list('b1'))[0]?.part ?? '', reason: 'Thiếu hồ sơ' }];
    await decides('home-affairs-leader', 'b1', { takeOut });
    await decides('finance-leader', 'b1');
    const whole = { people: frozen?.people ?? 0, total: BigInt(frozen?.total ?? '0') };
    expect(await provincial('b1', whole)).toMatchObject(refused);
    expect(await provincial('b1')).toMatchObject(recorded);
  });
});

describe('the paper', () => {
  test.each([-1, 0, 1])('dated %i days from today', async (days) => {
    const { provincial, still } = await confirmed();
    const on = addDays(localDateOf(still.now()), days);
    expect(await provincial('b1', { on })).toMatchObject(days > 0 ? refused : recorded);
  });

  test.each([
    ['no scan', { paper: '' }],
    ['no number', { number: ' ' }],
    ['no signatory', { signatory: '' }],
    ['a signatory of blanks', { signatory: '  ' }],
    ['no day', { on: '' }],
    ['a day that does not exist', { on: '2025-02-30' }],
    ['an older version', { version: 0 }],
  ])('with %s is refused', async (_what, given) => {
    const { provincial, batch } = await confirmed();
    expect(await provincial('b1', given)).toMatchObject(refused);
    expect((await batch('b1')).provincial).toBeUndefined();
  });

  test.each(['12/QĐ-UBND', ' 12/qđ-ubnd '])('of a number that another batch has is refused: “%s”', async (number) => {
    const { still, freeze, step, decides, provincial, batch } = await confirmed();
    expect(await provincial('b1', { number: '12/QĐ-UBND' })).toMatchObject(recorded);
    await freeze('b2', { level: 'commune' });
    await step('entitlement.recompute', 'b2', still);
    await step('approval.next', 'b2');
    await decides('home-affairs-leader', 'b2');
    await decides('finance-leader', 'b2');
    for (const on of ['2025-10-01', '2025-09-30']) {
      expect(await provincial('b2', { number, on })).toMatchObject(because('for another batch'));
    }
    expect((await batch('b2')).provincial).toBeUndefined();
    expect(await provincial('b2', { number, on: '2024-12-31' })).toMatchObject(recorded);
  });

  test('is recorded once', async () => {
    const { provincial } = await confirmed();
    expect(await provincial('b1')).toMatchObject(recorded);
    expect(await provincial('b1', { number: '13/QĐ-UBND' })).toMatchObject(refused);
  });
});

test('once recorded, the batch’s row says that it is being paid, with the people and the sum decided', async () => {
  const { provincial, people, total, batch, store } = await confirmed();
  expect(await provincial('b1')).toEqual(recorded);
  const { code, provincial: decision } = await batch('b1');
  const row = (await store.page({ kind: 'batch', limit: 1 })).rows[0];
  expect(row).toMatchObject({
    status: 'paying',
    source: 'wage-reform',
    waitingFor: 'units-and-treasury',
    summary: { code, level: 'provincial', version: 1, people, total: total.toString(), since: decision?.at },
  });
});

test('nothing is recorded for a batch that is not there', async () => {
  const { still } = await province();
  const signed = {
    number: '1/QĐ-UBND',
    on: '2025-10-01',
    signatory: 'A',
    paper: 'scan',
    capacity: 'KT',
    mandate: '',
  } as const;
  const given = { batchId: 'b9', version: 1, people: 0, total: 0n, ...signed };
  expect(await recordProvincialDecision(given, 'somebody', still)).toMatchObject(because('no such batch'));
});

test('the decision is recorded after both confirmations, never before', async () => {
  const { frozenBatch, decides, provincial } = await province();
  await frozenBatch('b1');
  expect(await provincial('b1')).toMatchObject(because('not both confirmed yet'));
  await decides('home-affairs-leader', 'b1');
  expect(await provincial('b1')).toMatchObject(refused);
  await decides('finance-leader', 'b1');
  expect(await provincial('b1')).toMatchObject(recorded);
});
