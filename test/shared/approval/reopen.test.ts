/** Taking a confirmation back, and ending a batch: neither erases anything, and no money moves on what was taken back. */
import { describe, expect, test } from 'vitest';
import { delegate } from '../../../shared/approval/delegation.ts';
import { decide } from '../../../shared/approval/decide.ts';
import { followBatch } from '../../../shared/approval/follow.ts';
import { nextStep } from '../../../shared/approval/next.ts';
import { abortBatch, reopenable, reopenStep } from '../../../shared/approval/reopen.ts';
import { requestConfirmation } from '../../../shared/approval/request.ts';
import { freezeBatch } from '../../../shared/approval/freeze.ts';
import { addDays, localDateOf } from '../../../shared/calendar.ts';
import type { Account } from '../../../shared/case/access.ts';
import type { Mail } from '../../../shared/case/ports.ts';
import { diesAt, done, provinces } from '../../province.ts';

const province = provinces();
const refused = { outcome: 'refused' };
const reason = 'Sót văn bản sắp xếp';

describe('whoever confirmed a step takes it back', () => {
  test('with the steps after it; the parts follow, and the step is next again', async () => {
    const { frozenBatch, decides, batch, part, list, still, account } = await province();
    await frozenBatch('b1');
    done(await decides('home-affairs-leader', 'b1'));
    done(await decides('finance-leader', 'b1'));
    await followBatch('b1', still);
    const [first] = await list('b1');
    const statusNow = async () => (await part(first?.part ?? '')).status;
    expect(await statusNow()).toBe('money-confirmed');
    const wish = { batchId: 'b1', step: 'people', version: 1, reason };
    done(await reopenStep(wish, account('home-affairs-leader'), still));
    await followBatch('b1', still);
    expect(await statusNow()).toBe('in-batch');
    const reopened = await batch('b1');
    expect([reopened.decisions, reopened.everDecided.length, nextStep(reopened)?.step]).toEqual([[], 2, 'people']);
    done(await decides('home-affairs-leader', 'b1'));
    done(await decides('finance-leader', 'b1'));
    await followBatch('b1', still);
    expect(await statusNow()).toBe('money-confirmed');
  });

  test('the later one alone leaves the earlier in force', async () => {
    const { frozenBatch, decides, batch, part, list, still, account } = await province();
    await frozenBatch('b1');
    done(await decides('home-affairs-leader', 'b1'));
    done(await decides('finance-leader', 'b1'));
    await followBatch('b1', still);
    done(await reopenStep({ batchId: 'b1', step: 'money', version: 1, reason }, account('finance-leader'), still));
    await followBatch('b1', still);
    const [first] = await list('b1');
    expect((await part(first?.part ?? '')).status).toBe('people-confirmed');
    expect((await batch('b1')).decisions.map(({ step }) => step)).toEqual(['people']);
  });

  test('who was taken out stays out, and is not in the sum', async () => {
    const { frozenBatch, decides, batch, rows, list, store, still, account } = await province();
    await frozenBatch('b1');
    const [out] = await list('b1');
    const takeOut = [{ part: out?.part ?? '', reason: 'Thiếu quyết định' }];
    done(await decides('home-affairs-leader', 'b1', { takeOut }));
    await followBatch('b1', still);
    const before = await rows();
    done(
      await reopenStep({ batchId: 'b1', step: 'people', version: 1, reason }, account('home-affairs-leader'), still),
    );
    await followBatch('b1', still);
    expect((await batch('b1')).takenOut.has(out?.part ?? '')).toBe(true);
    const outNow = (await rows()).find(({ stream }) => stream === `part/${out?.part}`);
    expect(outNow).toEqual(before.find(({ stream }) => stream === `part/${out?.part}`));
    const { rows: batches } = await store.page({ kind: 'batch', limit: 10 });
    const { frozen } = await batch('b1');
    expect(batches[0]?.summary).toMatchObject({
      people: (frozen?.people ?? 0) - 1,
      total: (BigInt(frozen?.total ?? '0') - BigInt(out?.total ?? '0')).toString(),
    });
  });

  test('the entry says who, which step and why, and the row waits for the step again', async () => {
    const { frozenBatch, decides, batch, store, still, account } = await province();
    await frozenBatch('b1');
    const leader = account('home-affairs-leader');
    done(await decides('home-affairs-leader', 'b1'));
    const wish = { batchId: 'b1', step: 'people', version: 1, reason: ` ${reason} ` };
    expect(await reopenStep(wish, leader, still)).toEqual({ outcome: 'reopened' });
    const entry = (await batch('b1')).entries.at(-1);
    expect([entry?.kind, entry?.by, JSON.parse(entry?.data ?? '')]).toEqual([
      'reopened',
      leader.id,
      { step: 'people', version: 1, reason },
    ]);
    const row = (await store.page({ kind: 'batch', limit: 1 })).rows[0];
    expect(row).toMatchObject({ status: 'in-approval', waitingFor: 'people' });
  });

  test('so does the leader in whose right it was given', async () => {
    const { frozenBatch, decision, addAccount, batch, still, account } = await province();
    const leader = account('home-affairs-leader');
    const officer: Account = { ...account('home-affairs-officer'), id: 'second-officer', email: 'o2@x.example' };
    await addAccount(officer);
    const since = localDateOf(still.now());
    const wish = { id: 'd1', to: officer.id, since, until: addDays(since, 3), number: '1/UQ', paper: 'scan' };
    done(await delegate(wish, leader, still));
    await frozenBatch('b1');
    done(await decide(await decision('b1'), officer, still));
    for (const one of [leader, officer]) {
      expect(reopenable(await batch('b1'), one).map(({ step }) => step)).toEqual(['people']);
    }
    expect(reopenable(await batch('b1'), account('finance-leader'))).toEqual([]);
    done(await reopenStep({ batchId: 'b1', step: 'people', version: 1, reason }, leader, still));
  });

  test('nothing is offered to be taken back once the batch was decided, rejected or ended', async () => {
    const { frozenBatch, decides, provincial, batch, account } = await province();
    const leader = account('home-affairs-leader');
    await frozenBatch('b1');
    done(await decides('home-affairs-leader', 'b1'));
    expect(reopenable(await batch('b1'), leader)).toHaveLength(1);
    done(await decides('finance-leader', 'b1'));
    done(await provincial('b1'));
    expect(reopenable(await batch('b1'), leader)).toEqual([]);
    const other = await province();
    await other.frozenBatch('b1');
    done(await other.decides('home-affairs-leader', 'b1'));
    done(await abortBatch({ batchId: 'b1', reason }, account('finance-officer'), other.still));
    expect(reopenable(await other.batch('b1'), leader)).toEqual([]);
  });

  test('not of a batch that is not there, or whose list is not frozen yet', async () => {
    const { appraiseAll, still, account } = await province();
    const wish = { batchId: 'b1', step: 'people', version: 1, reason };
    expect(await reopenStep(wish, account('home-affairs-leader'), still)).toMatchObject({
      ...refused,
      why: { en: expect.stringContaining('no such batch') },
    });
    await appraiseAll();
    const opening = { batchId: 'b1', source: 'wage-reform', level: 'provincial', by: 'somebody' } as const;
    expect(await diesAt((on) => freezeBatch(opening, on), still, 1, 'after')).toBe(true);
    expect(await reopenStep(wish, account('home-affairs-leader'), still)).toMatchObject(refused);
  });

  test('nobody else may, not even the other leader', async () => {
    const { frozenBatch, decides, still, account } = await province();
    await frozenBatch('b1');
    done(await decides('home-affairs-leader', 'b1'));
    for (const role of ['finance-leader', 'home-affairs-officer', 'finance-officer', 'leadership'] as const) {
      expect(
        await reopenStep({ batchId: 'b1', step: 'people', version: 1, reason }, account(role), still),
      ).toMatchObject({
        ...refused,
        why: { en: expect.stringContaining('Only whoever confirmed') },
      });
    }
  });

  test.each([
    ['a reason', { reason: ' ' }, 'State the reason'],
    ['the version it was given on', { version: 2 }, 'frozen anew'],
    ['a step there is', { step: 'nothing' }, 'no such batch'],
    ['a step that was confirmed', { step: 'money' }, 'Only whoever confirmed'],
  ])('not without %s', async (_what, given, why) => {
    const { frozenBatch, decides, still, account } = await province();
    await frozenBatch('b1');
    done(await decides('home-affairs-leader', 'b1'));
    const wish = { batchId: 'b1', step: 'people', version: 1, reason, ...given };
    expect(await reopenStep(wish, account('home-affairs-leader'), still)).toMatchObject({
      ...refused,
      why: { en: expect.stringContaining(why) },
    });
  });

  test('not once the People’s Committee has decided', async () => {
    const { decidedBatch, still, account } = await province();
    await decidedBatch('b1');
    const wish = { batchId: 'b1', step: 'people', version: 1, reason };
    expect(await reopenStep(wish, account('home-affairs-leader'), still)).toMatchObject({
      ...refused,
      why: { en: expect.stringContaining('has decided') },
    });
  });

  test('an answer from a page that was opened before the reopening is not taken', async () => {
    const { frozenBatch, decides, batch, still, account } = await province();
    await frozenBatch('b1');
    done(await decides('home-affairs-leader', 'b1'));
    done(
      await reopenStep({ batchId: 'b1', step: 'people', version: 1, reason }, account('home-affairs-leader'), still),
    );
    expect(await decides('home-affairs-leader', 'b1', { reopenings: 0 })).toMatchObject({
      ...refused,
      why: { en: expect.stringContaining('reopened since') },
    });
    expect((await batch('b1')).decisions).toEqual([]);
    done(await decides('home-affairs-leader', 'b1', { reopenings: 1 }));
  });

  test('a reopened step is asked for anew, by another link', async () => {
    const { frozenBatch, decides, batch, still, account } = await province();
    await frozenBatch('b1');
    const sent: Mail[] = [];
    const ports = { ...still, mailer: { send: async (mail: Mail) => void sent.push(mail) } };
    await requestConfirmation({ batchId: 'b1', token: 't1' }, ports);
    done(await decides('home-affairs-leader', 'b1'));
    done(
      await reopenStep({ batchId: 'b1', step: 'people', version: 1, reason }, account('home-affairs-leader'), still),
    );
    expect((await batch('b1')).asked).toEqual([]);
    await requestConfirmation({ batchId: 'b1', token: 't2' }, ports);
    expect(new Set(sent.map(({ key }) => key)).size).toBe(2);
    expect(new Set(sent.map(({ button }) => button.url)).size).toBe(2);
  });
});

describe('the Finance officer ends a batch', () => {
  test('and everyone in it is appraised, for another batch', async () => {
    const { frozenBatch, decides, batch, rows, step, still, account, freeze } = await province();
    await frozenBatch('b1');
    done(await decides('home-affairs-leader', 'b1'));
    await followBatch('b1', still);
    done(await abortBatch({ batchId: 'b1', reason }, account('finance-officer'), still));
    expect(await step('approval.next', 'b1')).toEqual({ batchId: 'b1', next: 'release' });
    await step('approval.release', 'b1');
    expect(await batch('b1')).toMatchObject({
      isReleased: true,
      aborted: { reason, by: account('finance-officer').id },
    });
    const provincial = (await rows()).filter(({ summary }) => summary['level'] === 'provincial');
    expect(new Set(provincial.map(({ status }) => status))).toEqual(new Set(['appraised']));
    expect((await freeze('b2')).frozen?.people).toBe(provincial.length);
  });

  test('nobody confirms, freezes anew, records a decision or reopens after it', async () => {
    const { frozenBatch, decides, provincial, freeze, still, account } = await province();
    await frozenBatch('b1');
    done(await decides('home-affairs-leader', 'b1'));
    done(await decides('finance-leader', 'b1'));
    done(await abortBatch({ batchId: 'b1', reason }, account('finance-officer'), still));
    expect(await decides('finance-leader', 'b1')).toMatchObject(refused);
    expect(await provincial('b1')).toMatchObject(refused);
    await expect(freeze('b1', { reason: 'thêm người' })).rejects.toThrow('past the point');
    expect(
      await reopenStep({ batchId: 'b1', step: 'people', version: 1, reason }, account('home-affairs-leader'), still),
    ).toMatchObject({ ...refused, why: { en: 'This batch has ended.' } });
    expect(await abortBatch({ batchId: 'b1', reason }, account('finance-officer'), still)).toMatchObject(refused);
  });

  test('not after the decision, not without a reason, not one that is not there or still computes', async () => {
    const { decidedBatch, freeze, appraiseAll, still, account } = await province();
    const officer = account('finance-officer');
    expect(await abortBatch({ batchId: 'no-such', reason }, officer, still)).toMatchObject(refused);
    await appraiseAll();
    await freeze('b2', { level: 'commune' });
    expect(await abortBatch({ batchId: 'b2', reason }, officer, still)).toMatchObject({
      ...refused,
      why: { en: expect.stringContaining('being recomputed') },
    });
    await decidedBatch('b1');
    expect(await abortBatch({ batchId: 'b1', reason }, officer, still)).toMatchObject({
      ...refused,
      why: { en: expect.stringContaining('has decided') },
    });
  });

  test('not without a reason', async () => {
    const { frozenBatch, batch, store, still, account } = await province();
    await frozenBatch('b1');
    const officer = account('finance-officer');
    for (const empty of ['', '  ']) {
      expect(await abortBatch({ batchId: 'b1', reason: empty }, officer, still)).toMatchObject(refused);
    }
    expect((await batch('b1')).aborted).toBeUndefined();
    expect(await abortBatch({ batchId: 'b1', reason: ` ${reason} ` }, officer, still)).toEqual({ outcome: 'aborted' });
    expect((await batch('b1')).aborted?.reason).toBe(reason);
    const row = (await store.page({ kind: 'batch', limit: 1 })).rows[0];
    expect([row?.status, row?.waitingFor]).toEqual(['in-approval', undefined]);
  });
});
