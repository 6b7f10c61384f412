/** Delegation: to whom, how long, by what; and that it opens no second step to anybody. */
import { describe, expect, test } from 'vitest';
import { authorityFor, delegate, type DelegationWish, endDelegation } from '../../../shared/approval/delegation.ts';
import { decide } from '../../../shared/approval/decide.ts';
import { requestConfirmation } from '../../../shared/approval/request.ts';
import { stepNamed } from '../../../shared/approval/route.ts';
import { addDays, localDateOf } from '../../../shared/calendar.ts';
import type { Account } from '../../../shared/case/access.ts';
import type { Mail } from '../../../shared/case/ports.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();
const refused = { outcome: 'refused' };

async function leaderAway() {
  const made = await province();
  const today = localDateOf(made.still.now());
  const leader = made.account('home-affairs-leader');
  // Another officer of the department, who had no part in the batch.
  const officer: Account = { ...made.account('home-affairs-officer'), id: 'second-officer', email: 'o2@x.example' };
  await made.addAccount(officer);
  const wish = (given: Partial<DelegationWish> = {}): DelegationWish => ({
    id: 'd1',
    to: officer.id,
    since: today,
    until: addDays(today, 6),
    number: '12/UQ-SNV',
    paper: 'scan',
    ...given,
  });
  return { ...made, today, leader, officer, wish };
}

describe('a leader delegates their step', () => {
  test('to an officer of their own department, who then decides in their right', async () => {
    const { leader, officer, wish, still, frozenBatch, batch, decision } = await leaderAway();
    await frozenBatch('b1');
    expect(await decide(await decision('b1'), officer, still)).toMatchObject(refused);
    done(await delegate(wish(), leader, still));
    done(await decide(await decision('b1'), officer, still));
    expect((await batch('b1')).decisions).toMatchObject([
      { step: 'people', by: officer.id, onBehalfOf: leader.id, delegation: 'd1' },
    ]);
  });

  test.each([
    ['a person of the other department', { to: 'demo-finance-officer' }, 'own department'],
    ['a unit', { to: 'demo-unit-clerk' }, 'own department'],
    ['themselves', { to: 'demo-home-affairs-leader' }, 'own department'],
    ['nobody', { to: 'no-such-account' }, 'own department'],
  ] as const)('never to %s', async (_whom, given, why) => {
    const { leader, wish, still } = await leaderAway();
    expect(await delegate(wish(given), leader, still)).toMatchObject({
      ...refused,
      why: { en: expect.stringContaining(why) },
    });
  });

  test('not by a role that has no step', async () => {
    const { account, wish, still } = await leaderAway();
    expect(await delegate(wish(), account('finance-officer'), still)).toMatchObject(refused);
  });

  test('for 30 days at most, its first and its last included', async () => {
    const { leader, wish, today, still } = await leaderAway();
    for (const [length, outcome] of [
      [32, 'refused'],
      [31, 'refused'],
      [30, 'delegated'],
    ] as const) {
      const answer = await delegate(wish({ until: addDays(today, length - 1) }), leader, still);
      expect([length, answer.outcome]).toEqual([length, outcome]);
    }
  });

  test.each([
    ['yesterday', -1, 5],
    ['an end before its beginning', 2, 1],
  ])('not from %s', async (_what, since, until) => {
    const { leader, wish, today, still } = await leaderAway();
    const given = { since: addDays(today, since), until: addDays(today, until) };
    expect(await delegate(wish(given), leader, still)).toMatchObject(refused);
  });

  test.each([
    ['its number', { number: ' ' }],
    ['its scan', { paper: '' }],
  ])('not without %s', async (_what, given) => {
    const { leader, wish, still } = await leaderAway();
    expect(await delegate(wish(given), leader, still)).toMatchObject(refused);
  });

  test('not twice for the same days; after ending the first, yes', async () => {
    const { leader, wish, today, still } = await leaderAway();
    done(await delegate(wish(), leader, still));
    const again = wish({ id: 'd2', since: addDays(today, 6), until: addDays(today, 6) });
    expect(await delegate(again, leader, still)).toMatchObject(refused);
    done(await delegate(wish({ id: 'd3', since: addDays(today, 7), until: addDays(today, 8) }), leader, still));
    done(await endDelegation('d1', leader, still));
    done(await delegate(again, leader, still));
  });
});

describe('a delegation', () => {
  test('holds on its first and last day, and on no other', async () => {
    const { leader, officer, wish, today, still } = await leaderAway();
    done(await delegate(wish({ since: addDays(today, 1), until: addDays(today, 2) }), leader, still));
    const holds = async (days: number) => {
      const ports = { ...still, now: () => `${addDays(today, days)}T05:00:00.000Z` };
      return (await authorityFor(officer, stepNamed('people'), ports)) !== undefined;
    };
    expect(await Promise.all([0, 1, 2, 3].map(holds))).toEqual([false, true, true, false]);
  });

  test('is for its step alone', async () => {
    const { leader, officer, wish, still } = await leaderAway();
    done(await delegate(wish(), leader, still));
    expect(await authorityFor(officer, stepNamed('people'), still)).toMatchObject({ own: false });
    expect(await authorityFor(officer, stepNamed('money'), still)).toBeUndefined();
  });

  test('ends at once when its giver takes it back, and only they can', async () => {
    const { leader, officer, wish, account, still } = await leaderAway();
    done(await delegate(wish(), leader, still));
    expect(await endDelegation('d1', account('finance-leader'), still)).toMatchObject(refused);
    expect(await endDelegation('d1', officer, still)).toMatchObject(refused);
    done(await endDelegation('d1', leader, still));
    expect(await authorityFor(officer, stepNamed('people'), still)).toBeUndefined();
    expect(await endDelegation('d1', leader, still)).toMatchObject(refused);
  });

  test('ends when its giver leaves, and with the role of its receiver', async () => {
    const { leader, officer, wish, still, dropAccount } = await leaderAway();
    done(await delegate(wish(), leader, still));
    expect(await authorityFor({ ...officer, role: 'finance-officer' }, stepNamed('people'), still)).toBeUndefined();
    await dropAccount(leader.id);
    expect(await authorityFor(officer, stepNamed('people'), still)).toBeUndefined();
  });

  test('lets nobody act twice: who decided for the leader is the leader, and the leader is who decided', async () => {
    const { leader, officer, wish, still, frozenBatch, decision } = await leaderAway();
    done(await delegate(wish(), leader, still));
    await frozenBatch('b1');
    done(await decide(await decision('b1'), officer, still));
    for (const one of [leader, officer]) {
      const now: Account = { ...one, role: 'finance-leader' };
      expect(await decide(await decision('b1', { step: 'money' }), now, still)).toMatchObject({
        ...refused,
        why: { en: expect.stringContaining('confirmed another step') },
      });
    }
  });

  test('gives no right that its giver has not: a barred giver bars the receiver', async () => {
    const { leader, officer, wish, still, appraiseAll, freeze, step, decision } = await leaderAway();
    // The leader appraised as an officer, before they became the leader.
    await appraiseAll({ ...leader, role: 'home-affairs-officer' });
    await freeze('b1');
    await step('entitlement.recompute', 'b1');
    await step('approval.next', 'b1');
    done(await delegate(wish(), leader, still));
    expect(await decide(await decision('b1'), officer, still)).toMatchObject({
      ...refused,
      why: { en: expect.stringContaining('delegated to you') },
    });
  });

  test('brings its receiver the mail too, with a link of their own', async () => {
    const { leader, officer, wish, still, frozenBatch, batch } = await leaderAway();
    done(await delegate(wish(), leader, still));
    await frozenBatch('b1');
    const sent: Mail[] = [];
    const mailer = { send: async (mail: Mail) => void sent.push(mail) };
    await requestConfirmation({ batchId: 'b1', token: 'a-token' }, { ...still, mailer });
    expect(sent.map(({ account }) => account)).toEqual([leader.id, officer.id]);
    expect(new Set(sent.map(({ button }) => button.url)).size).toBe(2);
    expect((await batch('b1')).asked.map(({ account }) => account)).toEqual([leader.id, officer.id]);
  });
});
