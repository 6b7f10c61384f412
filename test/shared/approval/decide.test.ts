import { describe, expect, test } from 'vitest';
import { barredBecause, decide } from '../../../shared/approval/decide.ts';
import { followBatch } from '../../../shared/approval/follow.ts';
import { freezeBatch } from '../../../shared/approval/freeze.ts';
import { payable, readFrozenList } from '../../../shared/case/batch.ts';
import { diesAt, done, provinces } from '../../province.ts';

const province = provinces();
const reason = 'Thiếu bản xác nhận thời gian đóng BHXH';
const refused = { outcome: 'refused' };
const decided = { outcome: 'decided' };
const because = (why: string) => ({ ...refused, why: { en: expect.stringContaining(why) } });

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
    expect(await decides('home-affairs-leader', 'b1')).toMatchObject(because('being recomputed'));
  });

  test('nor when a later recomputation gave something else', async () => {
    const { frozenBatch, decides, batch, list, store, still } = await province();
    await frozenBatch('b1');
    const data = { version: 1, parts: [(await list('b1'))[0]?.part] };
    const entries = [{ kind: 'recomputed-differently', at: still.now(), by: 'system', data }];
    await store.commit([{ stream: 'batch/b1', readAt: (await batch('b1')).entries.length, entries }]);
    expect(await decides('home-affairs-leader', 'b1')).toMatchObject(because('being recomputed'));
  });

  test('nor on a batch whose list is not frozen yet', async () => {
    const { frozenBatch, decision, appraiseAll, account, still } = await province();
    await frozenBatch('b1');
    const seen = await decision('b1');
    await appraiseAll();
    const wish = { batchId: 'b2', source: 'wage-reform', level: 'commune', by: 'somebody' } as const;
    expect(await diesAt((on) => freezeBatch(wish, on), still, 1, 'after')).toBe(true);
    const answer = await decide({ ...seen, batchId: 'b2' }, account('home-affairs-leader'), still);
    expect(answer).toMatchObject(because('no such batch'));
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
    expect(await decides('home-affairs-leader', 'b1')).toMatchObject(because('decided already'));
    expect((await batch('b1')).decisions).toHaveLength(1);
    done(await decides('finance-leader', 'b1'));
    for (const step of ['people', 'money', 'everything']) {
      expect(await decides('finance-leader', 'b1', { step })).toMatchObject(because('decided already'));
    }
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

  test('whoever opened the batch is barred, and whoever froze a version of it; nobody else is', async () => {
    const { appraiseAll, batch, step, still } = await province();
    await appraiseAll();
    const wish = { batchId: 'b1', source: 'wage-reform', level: 'provincial' } as const;
    // The opener dies, and two others freeze a version each.
    expect(await diesAt((on) => freezeBatch({ ...wish, by: 'opener' }, on), still, 1, 'after')).toBe(true);
    done(await freezeBatch({ ...wish, by: 'first' }, still));
    await step('entitlement.recompute', 'b1');
    await step('approval.next', 'b1');
    done(await freezeBatch({ ...wish, by: 'second', reason: 'Rà soát' }, still));
    const now = await batch('b1');
    const list = await readFrozenList(still.files, now);
    const barred = (id: string) => barredBecause({ id }, now, list)?.en.includes('made this batch') ?? false;
    expect(['opener', 'first', 'second', 'third'].map(barred)).toEqual([true, true, true, false]);
  });

  test('also of a batch that needs no step any more it is known who is barred', async () => {
    const { frozenBatch, decides, batch, account, still } = await province();
    await frozenBatch('b1');
    done(await decides('home-affairs-leader', 'b1'));
    done(await decides('finance-leader', 'b1'));
    const now = await batch('b1');
    const list = await readFrozenList(still.files, now);
    expect(barredBecause(account('finance-leader'), now, list)?.en).toContain('confirmed another step');
    expect(barredBecause(account('leadership'), now, list)).toBeUndefined();
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

  test('nobody is taken out twice at once', async () => {
    const { frozenBatch, decides, list } = await province();
    await frozenBatch('b1');
    const one = { part: (await list('b1'))[0]?.part ?? '', reason };
    expect(await decides('home-affairs-leader', 'b1', { takeOut: [one, one] })).toMatchObject(
      because('not on this list'),
    );
  });

  test('at most 100 people are taken out at once', async () => {
    const { frozenBatch, decides } = await province();
    await frozenBatch('b1');
    const takeOut = (people: number) => ({
      takeOut: Array.from({ length: people }, (_, index) => ({ part: `p${index}`, reason })),
    });
    expect(await decides('home-affairs-leader', 'b1', takeOut(101))).toMatchObject(because('More than 100'));
    expect(await decides('home-affairs-leader', 'b1', takeOut(100))).toMatchObject(because('not on this list'));
  });

  test('each removal is recorded with the sum that leaves the list', async () => {
    const { frozenBatch, decides, list, batch } = await province();
    await frozenBatch('b1');
    const [, second, third] = await list('b1');
    const out = [second, third].map((one) => ({ part: one?.part ?? '', total: one?.total ?? '' }));
    done(await decides('home-affairs-leader', 'b1', { takeOut: out.map(({ part }) => ({ part, reason })) }));
    expect((await batch('b1')).decisions[0]?.takeOut).toEqual(out.map((one) => ({ ...one, reason })));
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

describe('after a decision the batch’s row', () => {
  test('says for whom it waits, with how many people and what sum are left', async () => {
    const { frozenBatch, decides, list, batch, store } = await province();
    await frozenBatch('b1');
    const [first, second, ...rest] = await list('b1');
    const rowNow = async () => (await store.page({ kind: 'batch', limit: 1 })).rows[0];
    const { code } = await batch('b1');
    const standing = (parts: readonly { readonly total: string }[]) => {
      const total = parts.reduce((so, one) => so + BigInt(one.total), 0n).toString();
      return { code, level: 'provincial', version: 1, people: parts.length, total };
    };
    done(await decides('home-affairs-leader', 'b1', { takeOut: [{ part: first?.part ?? '', reason }] }));
    const left = second === undefined ? rest : [second, ...rest];
    expect(await rowNow()).toMatchObject({
      status: 'in-approval',
      source: 'wage-reform',
      waitingFor: 'money',
      summary: { ...standing(left), since: (await batch('b1')).decisions[0]?.at },
    });
    done(await decides('finance-leader', 'b1', { takeOut: [{ part: second?.part ?? '', reason }] }));
    expect(await rowNow()).toMatchObject({
      status: 'awaiting-provincial-decision',
      waitingFor: 'provincial-committee',
      summary: standing(rest),
    });
  });

  test('waits for nobody when the whole was rejected', async () => {
    const { frozenBatch, decides, store } = await province();
    await frozenBatch('b1');
    done(await decides('home-affairs-leader', 'b1', { outcome: 'rejected', reason }));
    const row = (await store.page({ kind: 'batch', limit: 1 })).rows[0];
    expect(row?.status).toBe('in-approval');
    expect(row?.waitingFor).toBeUndefined();
  });
});

describe('rejecting the whole', () => {
  test('is possible also with everybody marked to be taken out', async () => {
    const { frozenBatch, decides, list } = await province();
    await frozenBatch('b1');
    const takeOut = (await list('b1')).map(({ part }) => ({ part, reason }));
    expect(await decides('home-affairs-leader', 'b1', { outcome: 'rejected', reason, takeOut })).toMatchObject(decided);
  });

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
