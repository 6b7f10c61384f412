/** Four different people a batch, whatever roles they had before: a change of role opens no second step. */
import { describe, expect, test } from 'vitest';
import { barredBecause } from '../../../shared/approval/decide.ts';
import { freezeBatch } from '../../../shared/approval/freeze.ts';
import { appraise } from '../../../shared/approval/appraise.ts';
import { type Account, roles } from '../../../shared/case/access.ts';
import { readFrozenList } from '../../../shared/case/batch.ts';
import { readCase } from '../../../shared/case/case.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
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
