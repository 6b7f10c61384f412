/** A silent approver is reminded, then the deputies are asked, then leadership is told; by working days, each once. */
import { describe, expect, test } from 'vitest';
import { delegate } from '../../../shared/approval/delegation.ts';
import { decide } from '../../../shared/approval/decide.ts';
import { remindSilent } from '../../../shared/approval/remind.ts';
import { requestConfirmation } from '../../../shared/approval/request.ts';
import { addDays, localDateOf } from '../../../shared/calendar.ts';
import type { Account } from '../../../shared/case/access.ts';
import type { Mail, Ports } from '../../../shared/case/ports.ts';
import { addWorkingDays } from '../../../shared/law/working-days.ts';
import { done, provinces } from '../../province.ts';

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

describe('nobody is reminded', () => {
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
