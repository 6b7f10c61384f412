import { describe, expect, test } from 'vitest';
import { decide } from '../../../shared/approval/decide.ts';
import { followBatch } from '../../../shared/approval/follow.ts';
import { payable, readFrozenList } from '../../../shared/case/batch.ts';
import { provinces } from '../../province.ts';

const province = provinces();
const reason = 'Thiếu bản xác nhận thời gian đóng BHXH';
const refused = { outcome: 'refused' };
const decided = { outcome: 'decided' };

describe('a decision is bound to what was seen', () => {
  test.each([0, 2, 99])(
    'one on version %i of a list frozen once is refused, and nothing is recorded',
    async (version) => {
      const { frozenBatch, decides, batch } = await province();
      await frozenBatch('b1');
      expect(await decides('home-affairs-leader', 'b1', { version })).toMatchObject(refused);
      expect((await batch('b1')).decisions).toEqual([]);
    },
  );

  test('one on another content hash is refused', async () => {
    const { frozenBatch, decides, batch } = await province();
    await frozenBatch('b1');
    expect(await decides('home-affairs-leader', 'b1', { contentHash: '0'.repeat(64) })).toMatchObject(refused);
    expect((await batch('b1')).decisions).toEqual([]);
  });

  test('freezing anew voids what was decided before', async () => {
    const { frozenBatch, decides, freeze, batch, step, account, decision, still } = await province();
    await frozenBatch('b1');
    const seen = await decision('b1');
    expect(await decides('home-affairs-leader', 'b1')).toMatchObject(decided);
    await freeze('b1', { reason: 'Sửa danh sách' });
    expect((await batch('b1')).decisions).toEqual([]);
    await step('entitlement.recompute', 'b1');
    await step('approval.next', 'b1');
    expect(await decides('finance-leader', 'b1')).toMatchObject(refused);
    expect(await decide(seen, account('home-affairs-leader'), still)).toMatchObject(refused);
    expect(await decides('home-affairs-leader', 'b1')).toMatchObject(decided);
  });

  test('nobody decides before the list was recomputed', async () => {
    const { appraiseAll, freeze, decides } = await province();
    await appraiseAll();
    await freeze('b1');
    expect(await decides('home-affairs-leader', 'b1')).toMatchObject(refused);
  });

  test('what was shown is kept with the decision, as text', async () => {
    const { frozenBatch, decides, batch, still } = await province();
    await frozenBatch('b1');
    await decides('home-affairs-leader', 'b1', { shown: 'Trước: 7 người' });
    const shown = await still.files.get((await batch('b1')).decisions[0]?.shown ?? '');
    expect(new TextDecoder().decode(shown)).toBe('Trước: 7 người');
  });
});

describe('who decides, and when', () => {
  test.each([
    'unit-clerk',
    'home-affairs-officer',
    'finance-officer',
    'finance-leader',
    'leadership',
    'inspector',
    'administrator',
  ] as const)('a %s does not confirm the people', async (role) => {
    const { frozenBatch, decides, batch } = await province();
    await frozenBatch('b1');
    expect(await decides(role, 'b1', { step: 'people' })).toMatchObject(refused);
    expect((await batch('b1')).decisions).toEqual([]);
  });

  test('the money is confirmed after the people, never before', async () => {
    const { frozenBatch, decides } = await province();
    await frozenBatch('b1');
    expect(await decides('finance-leader', 'b1')).toMatchObject(refused);
    expect(await decides('home-affairs-leader', 'b1')).toMatchObject(decided);
    expect(await decides('home-affairs-leader', 'b1', { step: 'money' })).toMatchObject(refused);
    expect(await decides('finance-leader', 'b1')).toMatchObject(decided);
  });

  test('a step is decided once', async () => {
    const { frozenBatch, decides, batch } = await province();
    await frozenBatch('b1');
    await decides('home-affairs-leader', 'b1');
    expect(await decides('home-affairs-leader', 'b1')).toMatchObject(refused);
    expect((await batch('b1')).decisions).toHaveLength(1);
  });

  test('two that decide at the same instant leave one decision', async () => {
    const { frozenBatch, decides, batch } = await province();
    await frozenBatch('b1');
    const answers = await Promise.all([1, 2, 3].map(async () => decides('home-affairs-leader', 'b1')));
    expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['decided', 'refused', 'refused']);
    expect((await batch('b1')).decisions).toHaveLength(1);
  });

  test.each([
    ['made the batch', 'demo-finance-officer'],
    ['appraised one of its cases', 'demo-home-affairs-officer'],
  ])('whoever %s does not confirm it, whatever role they have since', async (_did, id) => {
    const { frozenBatch, decision, account, still } = await province();
    await frozenBatch('b1');
    const promoted = { ...account('home-affairs-leader'), id };
    expect(await decide(await decision('b1'), promoted, still)).toMatchObject(refused);
  });

  test('whoever confirmed the people does not confirm the money, whatever role they have since', async () => {
    const { frozenBatch, decides, decision, account, still } = await province();
    await frozenBatch('b1');
    await decides('home-affairs-leader', 'b1');
    const moved = { ...account('finance-leader'), id: account('home-affairs-leader').id };
    expect(await decide(await decision('b1', { step: 'money' }), moved, still)).toMatchObject(refused);
  });

  test('a batch that does not exist, and a step that does not exist, are refused', async () => {
    const { frozenBatch, decides, decision, account, still } = await province();
    await frozenBatch('b1');
    expect(await decides('home-affairs-leader', 'b1', { step: 'everything' })).toMatchObject(refused);
    const elsewhere = { ...(await decision('b1')), batchId: 'b9' };
    expect(await decide(elsewhere, account('home-affairs-leader'), still)).toMatchObject(refused);
  });
});

describe('taking people out', () => {
  test('who is taken out with a reason goes back to Home Affairs; the others go on, to the đồng', async () => {
    const { frozenBatch, decides, list, batch, still, part } = await province();
    await frozenBatch('b1');
    const [out, ...others] = await list('b1');
    await decides('home-affairs-leader', 'b1', { takeOut: [{ part: out?.part ?? '', reason }] });
    await followBatch('b1', still);
    await followBatch('b1', still);
    const due = payable(await batch('b1'), await readFrozenList(still.files, await batch('b1')));
    expect(due.parts).toEqual(others);
    expect(due.total).toBe(others.reduce((total, one) => total + BigInt(one.total), 0n));
    expect(await part(out?.part ?? '')).toMatchObject({ status: 'assessed', last: { reason } });
    expect((await part(out?.part ?? '')).batch).toBeUndefined();
    for (const one of others) expect((await part(one.part)).status).toBe('people-confirmed');
  });

  test.each(['', '   '])('without a reason (“%s”) nobody is taken out', async (empty) => {
    const { frozenBatch, decides, list, batch } = await province();
    await frozenBatch('b1');
    const out = (await list('b1'))[0]?.part ?? '';
    expect(await decides('home-affairs-leader', 'b1', { takeOut: [{ part: out, reason: empty }] })).toMatchObject(
      refused,
    );
    expect((await batch('b1')).takenOut.size).toBe(0);
  });

  test('a reason has 300 characters at most', async () => {
    const { frozenBatch, decides, list } = await province();
    await frozenBatch('b1');
    const part = (await list('b1'))[0]?.part ?? '';
    const takeOut = (length: number) => ({ takeOut: [{ part, reason: 'x'.repeat(length) }] });
    expect(await decides('home-affairs-leader', 'b1', takeOut(301))).toMatchObject(refused);
    expect(await decides('home-affairs-leader', 'b1', takeOut(300))).toMatchObject(decided);
  });

  test('all but one may be taken out, not everybody', async () => {
    const { frozenBatch, decides, list } = await province();
    await frozenBatch('b1');
    const everybody = (await list('b1')).map(({ part }) => ({ part, reason }));
    expect(await decides('home-affairs-leader', 'b1', { takeOut: everybody })).toMatchObject(refused);
    expect(await decides('home-affairs-leader', 'b1', { takeOut: everybody.slice(1) })).toMatchObject(decided);
    expect(await decides('finance-leader', 'b1', { takeOut: everybody.slice(0, 1) })).toMatchObject(refused);
    expect(await decides('finance-leader', 'b1')).toMatchObject(decided);
  });

  test('who was taken out by the first step is not taken out again by the second', async () => {
    const { frozenBatch, decides, list, batch } = await province();
    await frozenBatch('b1');
    const [one, other] = await list('b1');
    const takeOut = [{ part: one?.part ?? '', reason }];
    await decides('home-affairs-leader', 'b1', { takeOut });
    expect(await decides('finance-leader', 'b1', { takeOut })).toMatchObject(refused);
    const rest = [{ part: other?.part ?? '', reason }];
    expect(await decides('finance-leader', 'b1', { takeOut: rest })).toMatchObject(decided);
    expect([...(await batch('b1')).takenOut.keys()]).toEqual([one?.part, other?.part]);
  });

  test('someone who is not on the list cannot be taken out', async () => {
    const { frozenBatch, decides } = await province();
    await frozenBatch('b1');
    const takeOut = [{ part: 'nobody.wage-reform', reason }];
    expect(await decides('home-affairs-leader', 'b1', { takeOut })).toMatchObject(refused);
  });

  test('a later removal does not void the decision before it', async () => {
    const { frozenBatch, decides, list, batch, provincial } = await province();
    await frozenBatch('b1');
    await decides('home-affairs-leader', 'b1');
    await decides('finance-leader', 'b1', { takeOut: [{ part: (await list('b1'))[0]?.part ?? '', reason }] });
    expect((await batch('b1')).decisions).toHaveLength(2);
    expect(await provincial('b1')).toMatchObject({ outcome: 'recorded' });
  });
});

describe('rejecting the whole', () => {
  test.each([undefined, '', '  '])('needs a reason (not “%s”)', async (empty) => {
    const { frozenBatch, decides } = await province();
    await frozenBatch('b1');
    const given = { outcome: 'rejected', ...(empty === undefined ? {} : { reason: empty }) } as const;
    expect(await decides('home-affairs-leader', 'b1', given)).toMatchObject(refused);
  });

  test.each(['home-affairs-leader', 'finance-leader'] as const)(
    'by the %s gives everybody back, still appraised',
    async (role) => {
      const { frozenBatch, decides, list, step, part, batch, rows } = await province();
      await frozenBatch('b1');
      if (role === 'finance-leader') await decides('home-affairs-leader', 'b1');
      expect(await decides(role, 'b1', { outcome: 'rejected', reason: 'Sai nguồn kinh phí' })).toMatchObject(decided);
      expect(await step('approval.next', 'b1')).toMatchObject({ next: 'release' });
      await step('approval.release', 'b1');
      for (const one of await list('b1')) {
        expect(await part(one.part)).toMatchObject({ status: 'appraised', last: { reason: 'Sai nguồn kinh phí' } });
      }
      expect((await batch('b1')).isReleased).toBe(true);
      expect((await rows()).filter((row) => row.batch === 'b1')).toEqual([]);
    },
  );

  test('after it nobody confirms, and the same people may be frozen in another batch', async () => {
    const { frozenBatch, decides, list, step, freeze, provincial } = await province();
    await frozenBatch('b1');
    await decides('home-affairs-leader', 'b1', { outcome: 'rejected', reason: 'Sai nguồn kinh phí' });
    expect(await decides('finance-leader', 'b1')).toMatchObject(refused);
    expect(await provincial('b1')).toMatchObject(refused);
    await step('approval.release', 'b1');
    expect(await provincial('b1')).toMatchObject(refused);
    await freeze('b2');
    expect(await list('b2')).toEqual(await list('b1'));
  });
});
