/** A silent approver is reminded, then the deputies are asked, then leadership is told; by working days, each once. */
import { describe, expect, test } from 'vitest';
import { delegate } from '../../../shared/approval/delegation.ts';
import { decide } from '../../../shared/approval/decide.ts';
import { remindSilent } from '../../../shared/approval/remind.ts';
import { abortBatch, reopenStep } from '../../../shared/approval/reopen.ts';
import { requestConfirmation } from '../../../shared/approval/request.ts';
import { addDays, localDateOf } from '../../../shared/calendar.ts';
import type { Account, Role } from '../../../shared/case/access.ts';
import type { Mail, Ports } from '../../../shared/case/ports.ts';
import { addWorkingDays } from '../../../shared/law/working-days.ts';
import { done, provinces, showing } from '../../province.ts';

const province = provinces();
const askedOn = '2025-06-05';

async function asked({ withDeputy = true } = {}) {
  const made = await province();
  const leader = made.account('home-affairs-leader');
  const deputy: Account = { ...leader, id: 'deputy', email: 'pho@x.example', isDeputy: true };
  if (withDeputy) await made.addAccount(deputy);
  await made.frozenBatch('b1');
  const sent: Mail[] = [];
  // Once a key, as the outbox takes them.
  const send = async (mail: Mail) => void (sent.some(({ key }) => key === mail.key) || sent.push(mail));
  const at = (days: number): Ports => ({
    ...made.still,
    now: () => `${addWorkingDays(askedOn, days)}T03:00:00.000Z`,
    mailer: { send },
  });
  await requestConfirmation({ batchId: 'b1', token: 'a-token' }, at(0));
  const kinds = () => sent.map(({ account, key }) => [account, key.split('/').slice(4).join('/')]);
  return { ...made, leader, deputy, sent, at, kinds };
}

describe('an approver who stays silent', () => {
  test('is left alone at first, then reminded, then the deputy is asked, then leadership is told', async () => {
    const { at, kinds, leader, deputy, account, batch } = await asked();
    const first = [leader.id, ''];
    const reminder = [leader.id, 'reminder'];
    const told: readonly (readonly [number, readonly (readonly string[])[]])[] = [
      [1, [first]],
      [2, [first, reminder]],
      [3, [first, reminder]],
      [4, [first, reminder, [deputy.id, '']]],
      [5, [first, reminder, [deputy.id, '']]],
      [6, [first, reminder, [deputy.id, ''], [account('leadership').id, account('leadership').id]]],
    ];
    for (const [day, mails] of told) {
      await remindSilent(at(day));
      await remindSilent(at(day));
      expect([day, kinds()]).toEqual([day, mails]);
    }
    expect(await batch('b1')).toMatchObject({ reminded: ['people'], escalated: ['people'] });
  });

  test('without a deputy leadership is told all the same', async () => {
    const { at, kinds, leader, account } = await asked({ withDeputy: false });
    await remindSilent(at(9));
    expect(kinds().map(([to]) => to)).toEqual([leader.id, leader.id, account('leadership').id]);
  });

  test('past the limit stands on the row for the leadership’s page, until somebody confirms', async () => {
    const { at, store, decision, deputy } = await asked();
    await remindSilent(at(6));
    const row = async () => (await store.page({ kind: 'batch', limit: 1 })).rows[0];
    expect(await row()).toMatchObject({
      waitingFor: 'people',
      summary: { overdue: 'people', since: '2025-06-05T03:00:00.000Z' },
    });
    done(await decide(await decision('b1'), deputy, at(6)));
    expect((await row())?.summary['overdue']).toBeUndefined();
  });

  test('the deputy has the same limit, or a working day when it is past', async () => {
    const { at, batch, deputy } = await asked();
    await remindSilent(at(4));
    const untils = (await batch('b1')).asked.map(({ account, until }) => [account === deputy.id, until]);
    expect(untils).toEqual([
      [false, addWorkingDays(askedOn, 5)],
      [true, addWorkingDays(askedOn, 5)],
    ]);
    const other = await asked();
    await remindSilent(other.at(8));
    expect((await other.batch('b1')).asked.find(({ account }) => account === 'deputy')?.until).toBe(
      addWorkingDays(askedOn, 9),
    );
  });
});

describe('the mails', () => {
  test('of a reminder and of a delay lead to the batch, once a step and version', async () => {
    const { at, sent, leader, account, still } = await asked({ withDeputy: false });
    await remindSilent(at(9));
    const [, reminder, delay] = sent;
    const leadership = account('leadership');
    expect([reminder?.key, reminder?.to]).toEqual([`b1/people/1/${leader.id}/reminder`, leader.email]);
    expect([delay?.key, delay?.to]).toEqual([`b1/people/1/overdue/${leadership.id}`, leadership.email]);
    for (const mail of [reminder, delay]) {
      expect(mail?.button.url).toBe(`${still.publicUrl}/dot/b1`);
      expect(mail?.lines.length).toBeGreaterThan(1);
      expect(mail?.footer).toHaveLength(1);
    }
  });

  test('are noted in the system’s name; a reminder alone leaves the row as it is', async () => {
    const { at, batch, store } = await asked({ withDeputy: false });
    const row = async () => (await store.page({ kind: 'batch', limit: 1 })).rows[0];
    const before = await row();
    await remindSilent(at(2));
    expect(await row()).toEqual(before);
    await remindSilent(at(9));
    const notes = (await batch('b1')).entries.filter(({ kind }) => kind === 'reminded' || kind === 'escalated');
    expect(notes.map(({ kind, by, data }) => [kind, by, JSON.parse(data)])).toEqual([
      ['reminded', 'system', { step: 'people', version: 1 }],
      ['escalated', 'system', { step: 'people', version: 1 }],
    ]);
    expect((await row())?.status).toBe('in-approval');
  });

  test('of the second step count from when it was asked for, and go to whoever was asked for it', async () => {
    const { at, sent, batch, store, deputy, decides, account } = await asked();
    await remindSilent(at(4));
    done(await decides('home-affairs-leader', 'b1'));
    // The deputy, who was asked for the first step, has moved to Finance since.
    const ports = (days: number): Ports => {
      const { directory, ...rest } = at(days);
      const holding = async (role: Role) => [
        ...(await directory.holding(role)).filter(({ id }) => id !== deputy.id),
        ...(role === 'finance-leader' ? [{ ...deputy, role }] : []),
      ];
      return { ...rest, directory: { ...directory, holding } };
    };
    await requestConfirmation({ batchId: 'b1', token: 't2' }, ports(10));
    const money = () => sent.filter(({ key }) => key.startsWith('b1/money')).map(({ key }) => key);
    const leader = account('finance-leader').id;
    await remindSilent(ports(11));
    expect(money()).toEqual([`b1/money/1/${leader}`, `b1/money/1/${leader}/reminder`]);
    await remindSilent(ports(12));
    expect(money().at(-1)).toBe(`b1/money/1/${deputy.id}`);
    await remindSilent(ports(14));
    expect(await batch('b1')).toMatchObject({ reminded: ['people', 'money'], escalated: ['money'] });
    const row = (await store.page({ kind: 'batch', limit: 1 })).rows[0];
    expect(row).toMatchObject({ waitingFor: 'money', summary: { overdue: 'money', since: ports(10).now() } });
  });
});

describe('what happens while somebody is reminded', () => {
  test.each(['decided', 'frozen anew'] as const)('a step that was %s meanwhile is not noted', async (what) => {
    const { at, batch, decision, leader, freeze, step } = await asked({ withDeputy: false });
    const ports = at(2);
    const send = async () => {
      if (what === 'decided') done(await decide(await decision('b1'), leader, ports));
      else {
        await freeze('b1', { reason: 'Rà soát' });
        await step('entitlement.recompute', 'b1');
        await step('approval.next', 'b1');
      }
    };
    let isDone = false;
    const once = async (mail: Mail) => {
      if (!mail.key.endsWith('/reminder') || isDone) return;
      isDone = true;
      await send();
    };
    await remindSilent({ ...ports, mailer: { send: once } });
    expect(isDone).toBe(true);
    expect((await batch('b1')).entries.map(({ kind }) => kind)).not.toContain('reminded');
  });

  test('a step that was reopened and is awaited anew is not noted as reminded', async () => {
    const { at, batch, decides, account } = await asked({ withDeputy: false });
    done(await decides('home-affairs-leader', 'b1'));
    await requestConfirmation({ batchId: 'b1', token: 't2' }, at(1));
    let isDone = false;
    const send = async (mail: Mail) => {
      if (!mail.key.endsWith('/reminder') || isDone) return;
      isDone = true;
      const wish = { batchId: 'b1', step: 'people', version: 1, reason: 'Sót' };
      done(await reopenStep(wish, account('home-affairs-leader'), at(2)));
      done(await decides('home-affairs-leader', 'b1'));
    };
    await remindSilent({ ...at(2), mailer: { send } });
    expect(isDone).toBe(true);
    expect((await batch('b1')).reminded).toEqual([]);
  });

  test('reminding by two at once is noted once', async () => {
    const { at, batch } = await asked({ withDeputy: false });
    await Promise.all([remindSilent(at(2)), remindSilent(at(2))]);
    expect((await batch('b1')).entries.filter(({ kind }) => kind === 'reminded')).toHaveLength(1);
  });
});

describe('nobody is reminded', () => {
  test('of a batch that was ended', async () => {
    const { at, kinds, leader, account } = await asked();
    done(await abortBatch({ batchId: 'b1', reason: 'Nhầm' }, account('finance-officer'), at(1)));
    await remindSilent(at(9));
    expect(kinds()).toEqual([[leader.id, '']]);
  });

  test('of a batch that the late index still shows in approval', async () => {
    const { at, kinds, leader, store, decides } = await asked();
    const { rows } = await store.page({ kind: 'batch', limit: 1 });
    done(await decides('home-affairs-leader', 'b1'));
    done(await decides('finance-leader', 'b1'));
    const gone = rows.map((row) => ({ ...row, stream: 'batch/b9' }));
    await remindSilent(showing(at(9), [...rows, ...gone], ({ status }) => status === 'in-approval'));
    expect(kinds()).toEqual([[leader.id, '']]);
  });

  test('of what they have confirmed', async () => {
    const { at, kinds, decision, leader } = await asked();
    done(await decide(await decision('b1'), leader, at(1)));
    await remindSilent(at(9));
    expect(kinds()).toEqual([[leader.id, '']]);
  });

  test('before the workflow has asked', async () => {
    const { frozenBatch, still, batch } = await province();
    await frozenBatch('b1');
    await remindSilent(still);
    expect((await batch('b1')).asked).toEqual([]);
  });
});

describe('waiting steps are handed on', () => {
  test('to whoever holds the role now that its holder has left', async () => {
    const { at, kinds, leader, addAccount, dropAccount } = await asked({ withDeputy: false });
    await dropAccount(leader.id);
    await addAccount({ ...leader, id: 'new-leader', email: 'moi@x.example' });
    await remindSilent(at(1));
    expect(kinds()).toEqual([
      [leader.id, ''],
      ['new-leader', ''],
    ]);
  });

  test('to the deputy, when no head is left', async () => {
    const { at, kinds, leader, deputy, dropAccount } = await asked();
    await dropAccount(leader.id);
    await remindSilent(at(1));
    expect(kinds().at(-1)).toEqual([deputy.id, '']);
  });

  test('to whoever got a delegation after the step was asked for', async () => {
    const { at, kinds, leader, deputy } = await asked();
    const today = localDateOf(at(1).now());
    const wish = { id: 'd1', to: deputy.id, since: today, until: addDays(today, 3), number: '1/UQ', paper: 'scan' };
    done(await delegate(wish, leader, at(1)));
    await remindSilent(at(1));
    expect(kinds().at(-1)).toEqual([deputy.id, '']);
  });
});
