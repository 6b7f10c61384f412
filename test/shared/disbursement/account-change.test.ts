import { describe, expect, test } from 'vitest';
import { holdPart } from '../../../shared/approval/hold.ts';
import { type BankAccount, marksOf, readCase } from '../../../shared/case/case.ts';
import { caseIdOf, partSummary } from '../../../shared/case/part.ts';
import { confirmAccount, proposeAccount } from '../../../shared/disbursement/mend.ts';
import { done, provinces, type ProvinceWish } from '../../province.ts';

const province = provinces();
const refused = { outcome: 'refused' };
const other: BankAccount = { bank: 'VCB', number: '7000000001', holder: 'NGUOI HUONG' };

async function withSomebody(wish: ProvinceWish = {}, who: 'somebody' | 'partyMember' = 'somebody') {
  const made = await province(wish);
  const { still, account, store } = made;
  const partId = await made[who]();
  const own = async () => (await readCase(store, caseIdOf(partId))) ?? expect.fail();
  const propose = async (of = partId, to = other) =>
    proposeAccount({ part: of, account: to, reason: 'Đổi ngân hàng', paper: 'scan' }, account('unit-clerk'), still);
  const confirm = async (of = partId, by = account('unit-chief-accountant')) => {
    const digest = (await readCase(store, caseIdOf(of)))?.proposed?.digest ?? '';
    return confirmAccount(of, digest, by, still);
  };
  const row = async () => {
    const found = (await made.rows()).find(({ stream }) => stream === `part/${partId}`) ?? expect.fail();
    return { status: found.status, ...partSummary.parse(found.summary) };
  };
  return { ...made, partId, own, propose, confirm, row };
}

describe('another account before anything is ordered', () => {
  test('counts once a second person confirmed it, and the case is appraised anew', async () => {
    const { appraiseAll, propose, confirm, own, row, still } = await withSomebody();
    await appraiseAll();
    const before = await own();
    done(await propose());
    expect([(await own()).account, (await row()).mending]).toEqual([before.account, 'proposed']);
    done(await confirm());
    const after = await own();
    expect(after.account.digest).toBe(await still.vault.digest('account', 'VCB/7000000001/nguoi huong'));
    expect(after.caseHash).not.toBe(before.caseHash);
    expect(await row()).toMatchObject({ status: 'assessed', caseHash: after.caseHash });
    expect((await row()).mending).toBeUndefined();
  });

  test('of the Party block goes back to the board', async () => {
    const { appraiseAll, account, propose, confirm, row } = await withSomebody({ partyPeople: 2 }, 'partyMember');
    await appraiseAll(account('party-board-officer'));
    await appraiseAll();
    done(await propose());
    done(await confirm());
    expect((await row()).status).toBe('with-party-board');
  });

  test('keeps a held case held', async () => {
    const { account, propose, confirm, row, still, partId } = await withSomebody();
    done(await holdPart(partId, 'hold', 'Chờ', account('home-affairs-officer'), still));
    done(await propose());
    done(await confirm());
    expect((await row()).status).toBe('held');
    done(await holdPart(partId, 'resume', 'Xong', account('home-affairs-officer'), still));
    expect((await row()).status).toBe('assessed');
  });

  test('keeps the person out of a batch while it waits for the second person', async () => {
    const { appraiseAll, propose, confirm, freeze, list, partId } = await withSomebody();
    await appraiseAll();
    done(await propose());
    await freeze('b1');
    expect((await list('b1')).map(({ part }) => part)).not.toContain(partId);
    done(await confirm());
    await appraiseAll();
    await freeze('b2');
    expect((await list('b2')).map(({ part }) => part)).toContain(partId);
  });

  test('is not confirmed by whoever proposed it', async () => {
    const { account, propose, confirm, own, partId } = await withSomebody();
    const before = (await own()).account;
    done(await propose());
    const same = { ...account('unit-chief-accountant'), id: account('unit-clerk').id };
    expect(await confirm(partId, same)).toMatchObject(refused);
    expect((await own()).account).toEqual(before);
  });

  test('is not taken in a batch, nor confirmed there when it was proposed before', async () => {
    const { appraiseAll, propose, freeze, list } = await withSomebody();
    await appraiseAll();
    await freeze('b1');
    const inBatch = (await list('b1'))[0]?.part ?? expect.fail();
    expect(await propose(inBatch)).toMatchObject(refused);
  });

  test('that another case has already is marked for Finance, and freed when it changes again', async () => {
    const { rows, propose, confirm, own, still } = await withSomebody();
    const second = (await rows())[1]?.stream.slice('part/'.length) ?? expect.fail();
    done(await propose(second));
    done(await confirm(second));
    done(await propose());
    done(await confirm());
    const marked = await own();
    expect(marksOf(marked)).toContain('check-account');
    expect(marked.submitted.alike).toEqual([{ in: 'account', caseId: caseIdOf(second) }]);
    done(await propose(undefined, { ...other, number: '7000000002' }));
    done(await confirm());
    expect(marksOf(await own())).not.toContain('check-account');
    const holder = await still.store.holderOf(`like-account/${await still.vault.digest('account', 'VCB/7000000002')}`);
    expect(holder).toBe(`case/${(await own()).id}`);
  });
});
