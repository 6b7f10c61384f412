/** Asking a confirmer: the limit they are told leaves out days off and counts a Saturday that is made up. */
import { describe, expect, test } from 'vitest';
import { delegate } from '../../../shared/approval/delegation.ts';
import { abortBatch, reopenStep } from '../../../shared/approval/reopen.ts';
import {
  ask,
  awaitProvincialDecision,
  linkClaim,
  nudge,
  requestConfirmation,
  whomToAsk,
} from '../../../shared/approval/request.ts';
import { stepNamed } from '../../../shared/approval/route.ts';
import { addDays, localDateOf } from '../../../shared/calendar.ts';
import type { Account } from '../../../shared/case/access.ts';
import type { Mail, Ports } from '../../../shared/case/ports.ts';
import { sha256 } from '../../../shared/hash.ts';
import { addWorkingDays } from '../../../shared/law/working-days.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();

test.each([
  // Five working days: Friday, the Saturday made up, Monday, Tuesday, and the Monday after 30/04, 01/05 and 02/05.
  ['2025-04-24T03:00:00Z', '05/05/2025'],
  ['2025-06-05T03:00:00Z', '12/06/2025'],
])('asked at %s, within five working days is %s', async (now, until) => {
  const { frozenBatch, still } = await province();
  const { id } = await frozenBatch('b1');
  const sent: Mail[] = [];
  const mailer = { send: async (mail: Mail) => void sent.push(mail) };
  await requestConfirmation({ batchId: id, token: 'a-token' }, { ...still, now: () => now, mailer });
  expect(sent.map(({ lines }) => /trước hết ngày ([\d/]+)\./.exec(lines.join(' '))?.[1])).toEqual([until]);
});

/** A batch that waits for its first step, with what the desk and the mailer are told. */
async function waiting() {
  const made = await province();
  await made.frozenBatch('b1');
  const sent: Mail[] = [];
  const remembered: (readonly string[])[] = [];
  const woken: string[] = [];
  const asking = (awaited?: string): Ports => ({
    ...made.still,
    mailer: { send: async (mail) => void sent.push(mail) },
    desk: {
      ...made.still.desk,
      remember: async (...said) => void remembered.push(said),
      waiting: async () => (awaited === undefined ? undefined : { awaited, token: 'a-token' }),
      wake: async (...said) => void woken.push(said.join(' ')),
    },
  });
  return { ...made, sent, remembered, woken, asking };
}

describe('the workflow waits', () => {
  test('for the confirmation that is next, and then for the decision', async () => {
    const { decides, remembered, asking } = await waiting();
    await requestConfirmation({ batchId: 'b1', token: 't1' }, asking());
    done(await decides('home-affairs-leader', 'b1'));
    done(await decides('finance-leader', 'b1'));
    await awaitProvincialDecision({ batchId: 'b1', token: 't2' }, asking());
    expect(remembered).toEqual([
      ['b1', 'confirmation/people/1', 't1'],
      ['b1', 'provincial-decision/1', 't2'],
    ]);
  });

  test('for something that never comes, and is woken at once, where the batch has moved on', async () => {
    const { decides, remembered, woken, sent, asking } = await waiting();
    await awaitProvincialDecision({ batchId: 'b1', token: 't1' }, asking('provincial-decision/moved-on'));
    done(await decides('home-affairs-leader', 'b1'));
    done(await decides('finance-leader', 'b1'));
    await requestConfirmation({ batchId: 'b1', token: 't2' }, asking('confirmation/moved-on'));
    expect(remembered).toEqual([
      ['b1', 'provincial-decision/moved-on', 't1'],
      ['b1', 'confirmation/moved-on', 't2'],
    ]);
    expect(woken).toEqual(['b1 a-token', 'b1 a-token']);
    expect(sent).toEqual([]);
  });

  test('for no batch that is not there', async () => {
    const { asking } = await waiting();
    const state = { batchId: 'b9', token: 't' };
    await expect(requestConfirmation(state, asking())).rejects.toThrow('there is no batch b9');
    await expect(awaitProvincialDecision(state, asking())).rejects.toThrow('there is no batch b9');
  });

  test('nobody is asked of a batch that was ended', async () => {
    const { account, still, sent, asking } = await waiting();
    done(await abortBatch({ batchId: 'b1', reason: 'Nhầm' }, account('finance-officer'), still));
    await requestConfirmation({ batchId: 'b1', token: 't' }, asking());
    expect(sent).toEqual([]);
  });

  test.each([
    ['confirmation/people/1', []],
    ['confirmation/people/0', ['b1 a-token']],
    ['units-and-treasury', []],
    [undefined, []],
  ])('for %s and is woken: %j', async (awaited, expected) => {
    const { woken, asking } = await waiting();
    await nudge('b1', asking(awaited));
    await nudge('b9', asking(awaited));
    expect(woken).toEqual(expected);
  });
});

describe('whoever is asked', () => {
  test('gets a link whose SHA-256 alone finds the batch', async () => {
    const { sent, batch, store, asking } = await waiting();
    await requestConfirmation({ batchId: 'b1', token: 't' }, asking());
    const link = sent[0]?.button.url.split('/').at(-1) ?? '';
    expect(linkClaim(link)).toBe(`link/${sha256(link)}`);
    expect(await store.holderOf(linkClaim(link))).toBe('batch/b1');
    const [entry] = (await batch('b1')).entries.filter(({ kind }) => kind === 'asked');
    expect(entry?.by).toBe('system');
    expect(entry?.data).toContain(sha256(link));
    expect(entry?.data).not.toContain(link);
    expect(sent[0]?.footer).toHaveLength(1);
  });

  test('is asked for a later step too, within the days of that step', async () => {
    const { decides, account, batch, asking } = await waiting();
    const at = (now: string): Ports => {
      const holding = async () => [{ ...account('home-affairs-leader') }];
      const ports = asking();
      return { ...ports, now: () => now, directory: { ...ports.directory, holding } };
    };
    await requestConfirmation({ batchId: 'b1', token: 't' }, at('2025-06-05T03:00:00Z'));
    done(await decides('home-affairs-leader', 'b1'));
    await requestConfirmation({ batchId: 'b1', token: 't' }, at('2025-06-06T03:00:00Z'));
    expect((await batch('b1')).asked.map(({ step, until }) => [step, until])).toEqual([
      ['people', addWorkingDays('2025-06-05', 5)],
      ['money', addWorkingDays('2025-06-06', 3)],
    ]);
  });

  test('after the others has their limit; on its last day, a working day more', async () => {
    const { batch, account, asking } = await waiting();
    const at = (now: string): Ports => ({ ...asking(), now: () => `${now}T03:00:00Z` });
    const leader = account('home-affairs-leader');
    const askOn = async (day: string, id: string) =>
      ask(await batch('b1'), stepNamed('people'), [{ ...leader, id }], at(day));
    const until = addWorkingDays('2025-06-05', 5);
    await askOn('2025-06-05', 'first');
    await askOn('2025-06-06', 'second');
    await askOn(until, 'third');
    expect((await batch('b1')).asked.map((one) => one.until)).toEqual([until, until, addWorkingDays(until, 1)]);
  });

  test('is not noted on a list that was frozen anew meanwhile, nor on a step that was reopened', async () => {
    const { batch, account, freeze, asking, sent } = await waiting();
    const leader = account('home-affairs-leader');
    const old = await batch('b1');
    await freeze('b1', { reason: 'Rà soát' });
    const sentBefore = sent.length;
    await ask(old, stepNamed('people'), [leader], asking());
    expect(sent).toHaveLength(sentBefore);
    expect((await batch('b1')).entries.map(({ kind }) => kind)).not.toContain('asked');
    const other = await waiting();
    const before = await other.batch('b1');
    done(await other.decides('home-affairs-leader', 'b1'));
    const wish = { batchId: 'b1', step: 'people', version: 1, reason: 'Sót' };
    done(await reopenStep(wish, leader, other.still));
    await ask(before, stepNamed('people'), [leader], other.asking());
    expect((await other.batch('b1')).asked).toEqual([]);
  });

  test('is each asked once, also who confirms in their own right and by a delegation', async () => {
    const { account, addAccount, dropAccount, still } = await waiting();
    const leader = account('home-affairs-leader');
    const officer = account('home-affairs-officer');
    const deputy: Account = { ...leader, id: 'deputy', email: 'pho@x.example', isDeputy: true };
    const second: Account = { ...deputy, id: 'second-deputy', email: 'pho2@x.example' };
    await addAccount(deputy);
    await addAccount(second);
    const since = localDateOf(still.now());
    const given = { since, until: addDays(since, 3), number: '1/UQ', paper: 'scan' };
    done(await delegate({ ...given, id: 'd1', to: second.id }, deputy, still));
    done(await delegate({ ...given, id: 'd2', to: officer.id }, second, still));
    await dropAccount(leader.id);
    const asked = (await whomToAsk(stepNamed('people'), still)).map(({ id }) => id);
    expect(asked.toSorted()).toEqual([deputy.id, officer.id, second.id].toSorted());
  });
});
