/** Delegation: to whom, how long, by what; and that it opens no second step to anybody. */
import { describe, expect, test } from 'vitest';
import {
  authorityFor,
  delegate,
  type DelegationWish,
  endDelegation,
  possibleDelegates,
  readDelegations,
} from '../../../shared/approval/delegation.ts';
import { decide } from '../../../shared/approval/decide.ts';
import { requestConfirmation } from '../../../shared/approval/request.ts';
import { stepNamed } from '../../../shared/approval/route.ts';
import { addDays, formatDay, localDateOf } from '../../../shared/calendar.ts';
import type { Account } from '../../../shared/case/access.ts';
import type { Mail } from '../../../shared/case/ports.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();
const refused = { outcome: 'refused' };
const because = (why: string) => ({ ...refused, why: { en: expect.stringContaining(why) } });

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
    expect(await delegate(wish(), account('finance-officer'), still)).toMatchObject(because('no step to delegate'));
    expect(await possibleDelegates(account('finance-officer'), still.directory)).toEqual([]);
  });

  test('to deputies and officers, never to another head or to themselves', async () => {
    const { leader, officer, account, addAccount, still } = await leaderAway();
    const deputy: Account = { ...leader, id: 'deputy', email: 'pho@x.example', isDeputy: true };
    await addAccount(deputy);
    await addAccount({ ...leader, id: 'other-head', email: 'truong@x.example' });
    const officers = [account('home-affairs-officer').id, officer.id];
    const possible = async (by: Account) =>
      (await possibleDelegates(by, still.directory)).map(({ id }) => id).toSorted();
    expect(await possible(leader)).toEqual([deputy.id, ...officers].toSorted());
    expect(await possible(deputy)).toEqual(officers.toSorted());
  });

  test('which is kept with its document, and found in its history and on its row', async () => {
    const { leader, officer, wish, today, store, still } = await leaderAway();
    expect(await readDelegations(store)).toEqual([]);
    expect(await delegate(wish({ number: ' 12/UQ-SNV ' }), leader, still)).toEqual({ outcome: 'delegated' });
    const until = addDays(today, 6);
    const given = {
      step: 'people',
      from: leader.id,
      to: officer.id,
      since: today,
      until,
      number: '12/UQ-SNV',
      paper: 'scan',
    };
    const [one] = await readDelegations(store);
    expect(one).toMatchObject({ id: 'd1', ...given });
    expect(one?.ended).toBeUndefined();
    const row = async () => (await store.page({ kind: 'delegation', limit: 1 })).rows[0];
    expect(await row()).toMatchObject({ status: 'given', summary: { step: 'people', until } });
    expect(await endDelegation('d1', leader, still)).toEqual({ outcome: 'ended' });
    expect(await row()).toMatchObject({ status: 'ended', summary: { step: 'people', until } });
    expect((await readDelegations(store))[0]?.ended).toMatchObject({ by: leader.id });
    expect((await store.read('delegation/d1')).map(({ kind, by }) => [kind, by])).toEqual([
      ['delegated', leader.id],
      ['ended', leader.id],
    ]);
  });

  test('the newest stands first in the list', async () => {
    const { leader, wish, today, store, still } = await leaderAway();
    for (const [id, minute, day] of [
      ['d1', 2, 1],
      ['d2', 3, 2],
      ['d3', 1, 3],
    ] as const) {
      const at = `${today}T02:0${minute}:00.000Z`;
      const days = { since: addDays(today, day), until: addDays(today, day) };
      done(await delegate(wish({ id, ...days }), leader, { ...still, now: () => at }));
    }
    expect((await readDelegations(store)).map(({ id }) => id)).toEqual(['d2', 'd1', 'd3']);
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

  test('not for days that are none', async () => {
    const { leader, wish, still } = await leaderAway();
    for (const given of [{ since: 'tomorrow' }, { until: 'tomorrow' }, { since: 'today', until: 'tomorrow' }]) {
      expect(await delegate(wish(given), leader, still)).toMatchObject(because('begins today or later'));
    }
  });

  test('for longer than 30 days is refused with the last day that is possible', async () => {
    const { leader, wish, today, still } = await leaderAway();
    const answer = await delegate(wish({ until: addDays(today, 60) }), leader, still);
    expect(answer).toMatchObject(because(`not after ${formatDay(addDays(today, 29))}`));
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

describe('days already delegated', () => {
  test('are those of the first day too', async () => {
    const { leader, wish, today, still } = await leaderAway();
    done(await delegate(wish({ since: addDays(today, 7), until: addDays(today, 8) }), leader, still));
    const before = (until: number) => wish({ id: `d${until}`, since: addDays(today, 5), until: addDays(today, until) });
    expect(await delegate(before(7), leader, still)).toMatchObject(because('already'));
    done(await delegate(before(6), leader, still));
  });

  test('by somebody else, or in another step, hinder nobody', async () => {
    const { leader, officer, wish, account, addAccount, still } = await leaderAway();
    const deputy: Account = { ...leader, id: 'deputy', email: 'pho@x.example', isDeputy: true };
    await addAccount(deputy);
    done(await delegate(wish(), deputy, still));
    const financeOfficer = account('finance-officer').id;
    const before: Account = { ...leader, role: 'finance-leader' };
    done(await delegate(wish({ id: 'd2', to: financeOfficer }), before, still));
    done(await delegate(wish({ id: 'd3', to: officer.id }), leader, still));
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

  test('of a step that its giver had in another role opens none of their present one', async () => {
    const { leader, wish, account, still } = await leaderAway();
    const receiver = account('finance-officer');
    done(await delegate(wish({ to: receiver.id }), { ...leader, role: 'finance-leader' }, still));
    const moved: Account = { ...receiver, role: 'home-affairs-officer' };
    expect(await authorityFor(moved, stepNamed('people'), still)).toBeUndefined();
  });

  test('is for whom it names, not for their colleagues', async () => {
    const { leader, wish, account, still } = await leaderAway();
    done(await delegate(wish(), leader, still));
    expect(await authorityFor(account('home-affairs-officer'), stepNamed('people'), still)).toBeUndefined();
  });

  test('that nobody gave is not taken back', async () => {
    const { leader, still } = await leaderAway();
    expect(await endDelegation('d9', leader, still)).toMatchObject(because('gave no such'));
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
