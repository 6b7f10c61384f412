/** Four different people a batch, whatever roles they had before: a change of role opens no second step. */
import { describe, expect, test } from 'vitest';
import { barredBecause } from '../../../shared/approval/decide.ts';
import { freezeBatch } from '../../../shared/approval/freeze.ts';
import { appraise } from '../../../shared/approval/appraise.ts';
import { type Account, roles } from '../../../shared/case/access.ts';
import { readFrozenList } from '../../../shared/case/batch.ts';
import { readCase } from '../../../shared/case/case.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { delegate } from '../../../shared/approval/delegation.ts';
import { holdPart } from '../../../shared/approval/hold.ts';
import { answerReturn, returnToUnit } from '../../../shared/approval/return.ts';
import { localDateOf } from '../../../shared/calendar.ts';
import { decide } from '../../../shared/approval/decide.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();
const refused = { outcome: 'refused' };

async function frozen() {
  const made = await province({ people: 8, partyPeople: 2 });
  await made.appraiseAll(made.account('party-board-officer'));
  await made.frozenBatch('b1');
  const as = async (id: string, role: Account['role']) => {
    const batch = await made.batch('b1');
    const list = await readFrozenList(made.still.files, batch);
    return { barred: barredBecause({ id }, batch, list), account: { ...made.account(role), id } };
  };
  return { ...made, as };
}

describe('whoever prepared somebody of the list confirms nothing of it', () => {
  test.each([
    ['submitted', 'unit-clerk', 'submitted somebody on this list'],
    ['passed on', 'party-board-officer', 'passed on somebody of the Party block'],
    ['appraised', 'home-affairs-officer', 'appraised somebody on this list'],
    ['made the batch', 'finance-officer', 'made this batch'],
  ] as const)('who %s, and is a leader now', async (_what, before, why) => {
    const { as, account, decision, still } = await frozen();
    const { barred, account: now } = await as(account(before).id, 'home-affairs-leader');
    expect(barred?.en).toContain(why);
    expect(await decide(await decision('b1', { step: 'people' }), now, still)).toMatchObject(refused);
  });

  test('nor does who confirmed the people confirm the money', async () => {
    const { as, account, decides, decision, still } = await frozen();
    done(await decides('home-affairs-leader', 'b1'));
    const { barred, account: now } = await as(account('home-affairs-leader').id, 'finance-leader');
    expect(barred?.en).toContain('confirmed another step');
    expect(await decide(await decision('b1', { step: 'money' }), now, still)).toMatchObject(refused);
  });

  test('who had no part in it is not barred', async () => {
    const { as, account } = await frozen();
    for (const role of roles) {
      const hasPart = ['unit-clerk', 'party-board-officer', 'home-affairs-officer', 'finance-officer'].includes(role);
      expect([role, (await as(account(role).id, role)).barred === undefined]).toEqual([role, !hasPart]);
    }
  });
});

describe('whoever prepared somebody makes no batch of them', () => {
  test('who appraised, and is a Finance officer now', async () => {
    const { rows, account, still, batch, part } = await province();
    const [first] = await rows();
    const partId = first?.stream.slice('part/'.length) ?? expect.fail('nobody');
    const caseHash = (await readCase(still.store, caseIdOf(partId)))?.caseHash ?? '';
    const changer = account('finance-officer').id;
    await appraise([{ part: partId, caseHash }], { id: changer, role: 'home-affairs-officer' }, still);
    const level = first?.summary['level'] === 'commune' ? 'commune' : 'provincial';
    const wish = { batchId: 'b1', source: 'wage-reform', level, by: changer } as const;
    expect(await freezeBatch(wish, still)).toMatchObject(refused);
    expect(await batch('b1')).toMatchObject({ isReleased: true });
    expect((await batch('b1')).frozen).toBeUndefined();
    expect(await freezeBatch(wish, still)).toMatchObject(refused);
    // The person is free for a batch of somebody else.
    expect((await part(partId)).status).toBe('appraised');
    const other = await freezeBatch({ ...wish, batchId: 'b2', by: 'another-finance-officer' }, still);
    expect(other).toMatchObject({ outcome: 'frozen' });
  });
});

describe('the versions of a batch are one batch', () => {
  test('who confirmed a step freezes it anew in no role', async () => {
    const { frozenBatch, decides, still, account, batch } = await province();
    await frozenBatch('b1');
    done(await decides('home-affairs-leader', 'b1'));
    const by = account('home-affairs-leader').id;
    const wish = { batchId: 'b1', source: 'wage-reform', level: 'provincial', by, reason: 'Thêm người' } as const;
    expect(await freezeBatch(wish, still)).toMatchObject({
      ...refused,
      why: { en: expect.stringContaining('confirmed a step of this batch') },
    });
    expect((await batch('b1')).frozen?.version).toBe(1);
  });

  test('who made the first version, or confirmed it, brings nobody of theirs into the second', async () => {
    const { appraiseAll, rows, frozenBatch, decides, still, account, list, batch, step } = await province();
    const [late, other] = (await rows())
      .filter(({ summary }) => summary['level'] === 'provincial')
      .map(({ stream }) => stream.slice('part/'.length));
    for (const partId of [late, other]) {
      done(await holdPart(partId ?? '', 'hold', 'Chờ giấy tờ', account('home-affairs-officer'), still));
    }
    await frozenBatch('b1');
    done(await decides('home-affairs-leader', 'b1'));
    for (const partId of [late, other]) {
      done(await holdPart(partId ?? '', 'resume', 'Đã đủ', account('home-affairs-officer'), still));
    }
    const appraiseAs = async (id: string, partId = '') => {
      const caseHash = (await readCase(still.store, caseIdOf(partId)))?.caseHash ?? '';
      await appraise([{ part: partId, caseHash }], { id, role: 'home-affairs-officer' }, still);
    };
    // The maker and the leader are officers of Home Affairs now, and appraise one person each.
    await appraiseAs(account('finance-officer').id, late);
    await appraiseAs(account('home-affairs-leader').id, other);
    await appraiseAll();
    const by = 'another-finance-officer';
    const wish = { batchId: 'b1', source: 'wage-reform', level: 'provincial', by, reason: 'Thêm người' } as const;
    done(await freezeBatch(wish, still));
    expect((await batch('b1')).frozen?.version).toBe(2);
    expect((await list('b1')).map(({ part }) => part)).not.toEqual(expect.arrayContaining([late]));
    expect((await list('b1')).map(({ part }) => part)).not.toEqual(expect.arrayContaining([other]));
    await step('entitlement.recompute', 'b1');
    const free = await freezeBatch({ ...wish, batchId: 'b2', by: 'third-finance-officer' }, still);
    expect(free).toMatchObject({ outcome: 'frozen' });
    expect(new Set((await list('b2')).map(({ part }) => part))).toEqual(new Set([late, other]));
  });

  test('who appraised somebody before they were appraised anew has prepared them too', async () => {
    const { appraiseAll, somebody, still, account, frozenBatch, decision } = await province();
    const partId = await somebody();
    const caseId = caseIdOf(partId);
    const caseHash = (await readCase(still.store, caseId))?.caseHash ?? '';
    const first = { ...account('home-affairs-officer'), id: 'first-appraiser' };
    await appraise([{ part: partId, caseHash }], first, still);
    const reasons = [{ field: 'other', reason: 'Xem lại' }] as const;
    done(await returnToUnit({ caseId, caseHash, reasons }, account('home-affairs-officer'), still));
    done(await answerReturn({ caseId, answer: 'Đã đủ' }, account('unit-clerk'), still));
    await appraiseAll();
    await frozenBatch('b1');
    const now: Account = { ...first, role: 'home-affairs-leader' };
    expect(await decide(await decision('b1'), now, still)).toMatchObject(refused);
  });
});

test('of two delegations the one whose giver is free serves', async () => {
  const { appraiseAll, addAccount, account, still, frozenBatch, decision, batch } = await province();
  const officer: Account = { ...account('home-affairs-officer'), id: 'second-officer', email: 'o2@x.example' };
  const barred: Account = { ...account('home-affairs-leader'), id: 'second-leader', email: 'l2@x.example' };
  await addAccount(officer);
  await addAccount(barred);
  await appraiseAll({ ...barred, role: 'home-affairs-officer' });
  await frozenBatch('b1');
  const today = localDateOf(still.now());
  const wish = { to: officer.id, since: today, until: today, number: '1/UQ', paper: 'scan' };
  done(await delegate({ ...wish, id: 'free' }, account('home-affairs-leader'), still));
  done(await delegate({ ...wish, id: 'barred' }, barred, { ...still, now: () => `${today}T16:00:00.000Z` }));
  done(await decide(await decision('b1'), officer, still));
  expect((await batch('b1')).decisions[0]).toMatchObject({ by: officer.id, delegation: 'free' });
});
