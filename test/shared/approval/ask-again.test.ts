import { describe, expect, test } from 'vitest';
import { keptMails } from '../../../functions/home/mails.ts';
import { askAgain } from '../../../shared/approval/ask-again.ts';
import { abortBatch } from '../../../shared/approval/reopen.ts';
import { requestConfirmation } from '../../../shared/approval/request.ts';
import type { Account, Role } from '../../../shared/case/access.ts';
import { diesAt, done, provinces } from '../../province.ts';

const province = provinces();
const account = 'demo-home-affairs-leader';
const first = `b1/people/1/${account}`;
const click = { batchId: 'b1', account, mail: first, by: 'demo-administrator' };

/** Frozen, and the Home Affairs leader was asked. */
async function asked() {
  const made = await province();
  await made.frozenBatch('b1');
  await requestConfirmation({ batchId: 'b1', token: 't' }, made.still);
  const mails = async () => (await keptMails(made.home.scratch.port)).filter((mail) => mail.batch === 'b1');
  const entries = async () => (await made.batch('b1')).entries.filter(({ kind }) => kind === 'asked-again');
  return { ...made, mails, entries };
}

describe('asking again', () => {
  test('mails the same link at once, and records who asked, whom, on which version', async () => {
    const { still, mails, entries } = await asked();
    expect(await askAgain(click, still)).toEqual({ outcome: 'asked', mail: `${first}#2` });
    const [one, two] = (await mails()).toSorted((a, b) => a.key.length - b.key.length);
    expect(one?.button?.url).toMatch(/^http:\/\/localhost\/lien-ket\/[\w-]{43}$/);
    expect([two?.key, two?.button, two?.lines, two?.isUrgent]).toEqual([`${first}#2`, one?.button, one?.lines, true]);
    const [entry] = await entries();
    expect([entry?.by, JSON.parse(entry?.data ?? '')]).toEqual([
      'demo-administrator',
      { step: 'people', version: 1, account, mail: `${first}#2` },
    ]);
  });

  test('by the same click twice, or by two at once, mails once', async () => {
    const { still, mails, entries } = await asked();
    await Promise.all([askAgain(click, still), askAgain(click, still)]);
    await askAgain(click, still);
    expect([(await mails()).length, (await entries()).length]).toEqual([2, 1]);
  });

  test('of the mail that asked again mails a third', async () => {
    const { still, mails, entries } = await asked();
    await askAgain(click, still);
    expect(await askAgain({ ...click, mail: `${first}#2` }, still)).toEqual({ outcome: 'asked', mail: `${first}#3` });
    expect([(await mails()).length, (await entries()).length]).toEqual([3, 2]);
  });

  test('after a kill between the entry and the mail, the same click mails it', async () => {
    const { still, mails, entries } = await asked();
    expect(await diesAt((ports) => askAgain(click, ports), still, 1, 'after')).toBe(true);
    expect([(await mails()).length, (await entries()).length]).toEqual([1, 1]);
    await askAgain(click, still);
    expect([(await mails()).length, (await entries()).length]).toEqual([2, 1]);
  });

  test('past the limit leads to the batch itself, for the link opens nothing any more', async () => {
    const { still, mails } = await asked();
    await askAgain(click, { ...still, now: () => '2099-01-01T00:00:00.000Z' });
    expect((await mails()).find(({ key }) => key.endsWith('#2'))?.button?.url).toBe('http://localhost/dot/b1');
  });

  test('names nobody and no sum', async () => {
    const { still, mails, list, home } = await asked();
    await askAgain(click, still);
    const said = (await mails())
      .map(({ subject, lines, footer }) => [subject, ...lines, ...footer].join('\n'))
      .join('\n');
    expect(said).not.toMatch(/\d{1,3}(\.\d{3}){2}|đồng(?! chí)/);
    for (const part of await list('b1')) expect(said).not.toContain(part.total);
    expect(said).not.toContain((await home.accounts.find(account))?.name);
  });
});

describe('whom it is asked of again', () => {
  test('is each of those who were asked, by their own mail and link', async () => {
    const { frozenBatch, addAccount, account: accountOf, batch, home, still } = await province();
    const leader = accountOf('home-affairs-leader');
    await addAccount({ ...leader, id: 'second-leader', email: 'hai@x.example' });
    await frozenBatch('b1');
    await requestConfirmation({ batchId: 'b1', token: 't' }, still);
    expect((await batch('b1')).asked.map((one) => one.account).toSorted()).toEqual([leader.id, 'second-leader']);
    const mailOf = async (key: string) => (await keptMails(home.scratch.port)).find((mail) => mail.key === key);
    for (const [id, email] of [
      [leader.id, leader.email],
      ['second-leader', 'hai@x.example'],
    ] as const) {
      const mail = `b1/people/1/${id}`;
      expect(await askAgain({ ...click, account: id, mail }, still)).toEqual({ outcome: 'asked', mail: `${mail}#2` });
      const again = await mailOf(`${mail}#2`);
      expect([again?.account, again?.to]).toEqual([id, email]);
      expect(again?.button?.url).toBe((await mailOf(mail))?.button?.url);
    }
  });

  test('is somebody who was asked for an earlier step too, by the mail of the later one', async () => {
    const { still, decides, account: accountOf, mails } = await asked();
    await decides('home-affairs-leader', 'b1');
    const moved: Account = { ...accountOf('home-affairs-leader'), role: 'finance-leader' };
    const directory = { ...still.directory, holding: async () => [moved] };
    const ports = { ...still, directory };
    await requestConfirmation({ batchId: 'b1', token: 't' }, ports);
    const mail = `b1/money/1/${account}`;
    expect(await askAgain({ ...click, mail }, ports)).toEqual({ outcome: 'asked', mail: `${mail}#2` });
    expect(await askAgain(click, ports)).toMatchObject({ outcome: 'refused' });
    expect(await mails()).toHaveLength(3);
  });

  test('has the link on the last day of the limit still', async () => {
    const { still, mails, batch } = await asked();
    const until = (await batch('b1')).asked[0]?.until ?? '';
    await askAgain(click, { ...still, now: () => `${until}T03:00:00.000Z` });
    expect((await mails()).find(({ key }) => key.endsWith('#2'))?.button?.url).toMatch(/\/lien-ket\//);
  });
});

describe('asking again is refused, and nothing is written', () => {
  test('when the batch was ended while the step waited', async () => {
    const { still, mails, account: accountOf } = await asked();
    done(await abortBatch({ batchId: 'b1', reason: 'Nhầm' }, accountOf('finance-officer'), still));
    expect(await askAgain(click, still)).toMatchObject({ outcome: 'refused' });
    expect(await mails()).toHaveLength(1);
  });

  test('when nothing is left to confirm', async () => {
    const { still, decides, mails } = await asked();
    done(await decides('home-affairs-leader', 'b1'));
    done(await decides('finance-leader', 'b1'));
    expect(await askAgain(click, still)).toMatchObject({ outcome: 'refused' });
    expect(await mails()).toHaveLength(1);
  });

  test('when the step is decided just before it is recorded', async () => {
    const { still, decides, mails, entries } = await asked();
    const holding = async (role: Role) => {
      await decides('home-affairs-leader', 'b1');
      return still.directory.holding(role);
    };
    const ports = { ...still, directory: { ...still.directory, holding } };
    expect(await askAgain(click, ports)).toMatchObject({ outcome: 'refused' });
    expect([(await mails()).length, await entries()]).toEqual([1, []]);
  });

  const refused = { outcome: 'refused' };

  test('when the step was decided', async () => {
    const { still, decides, mails, entries } = await asked();
    await decides('home-affairs-leader', 'b1');
    expect(await askAgain(click, still)).toMatchObject(refused);
    expect([(await mails()).length, await entries()]).toEqual([1, []]);
  });

  test('when the list was frozen anew', async () => {
    const { still, freeze, step, mails } = await asked();
    await freeze('b1', { reason: 'Sửa danh sách' });
    await step('entitlement.recompute', 'b1');
    await step('approval.next', 'b1');
    await requestConfirmation({ batchId: 'b1', token: 't' }, still);
    const before = (await mails()).length;
    expect(await askAgain(click, still)).toMatchObject(refused);
    expect(await mails()).toHaveLength(before);
  });

  test.each([
    ['of someone who was not asked', { account: 'demo-finance-leader' }],
    ['of a mail about something else', { mail: `b1/money/1/${account}` }],
    ['of a batch that does not exist', { batchId: 'b9' }],
  ])('%s', async (_what, given) => {
    const { still, mails } = await asked();
    expect(await askAgain({ ...click, ...given }, still)).toMatchObject(refused);
    expect(await mails()).toHaveLength(1);
  });

  test('when the receiver no longer has the role', async () => {
    const { still, mails } = await asked();
    const directory = { ...still.directory, holding: async () => [] };
    expect(await askAgain(click, { ...still, directory })).toMatchObject(refused);
    expect(await mails()).toHaveLength(1);
  });
});
