/** Accounts by two administrators, on a real home; sign-in by them is tested where it is. */
import { describe, expect, test } from 'vitest';
import { allDemoAccounts } from '../../../infra/local/accounts.ts';
import type { Account } from '../../../shared/case/access.ts';
import { readStaff } from '../../../shared/case/staff.ts';
import {
  closeStaff,
  confirmProposal,
  proposeChange,
  proposeFactorReset,
  proposeStaff,
  refuseProposal,
  registerStaff,
  type StaffWish,
  withdrawProposal,
} from '../../../shared/case/staff-acts.ts';
import { firstBroken } from '../../../shared/case/store.ts';
import { everyRow, provinces } from '../../province.ts';

const province = provinces();
const refused = { outcome: 'refused' };
const citizenId = '040170000001';

const officer: StaffWish = {
  name: 'Nguyễn Văn Thắng',
  email: 'thang.nv@nghean.example',
  citizenId: '',
  role: 'finance-officer',
  units: [],
  isDeputy: false,
  reason: 'Quyết định 12/QĐ-STC ngày 01/10/2025',
};

async function office() {
  const made = await province({ people: 1 });
  const { still, store } = made;
  const all = allDemoAccounts([]).map(({ account }) => account);
  await registerStaff(all, still);
  const by = (id: string): Account => all.find((one) => one.id === id) ?? expect.fail(id);
  const [first, second] = [by('demo-administrator'), by('demo-administrator-2')];
  const propose = async (wish: Partial<StaffWish> = {}, who = first) =>
    proposeStaff({ ...officer, ...wish }, who, still);
  const pendingOf = async (id: string) => (await readStaff(store, id))?.pending?.seq ?? 0;
  const confirm = async (id: string, who = second) => confirmProposal(id, await pendingOf(id), who, still);
  const open = async (wish: Partial<StaffWish> = {}) => {
    const proposed = await propose(wish);
    if (proposed.outcome === 'refused') return expect.fail(proposed.why.en);
    expect(await confirm(proposed.id)).toMatchObject({ outcome: 'confirmed', change: 'open' });
    return proposed.id;
  };
  const third = async (): Promise<Account> => {
    const id = await open({ email: 'ba@nghean.example', role: 'administrator' });
    return (await made.home.accounts.find(id)) ?? expect.fail();
  };
  return { ...made, first, second, propose, pendingOf, confirm, open, third, find: made.home.accounts.find };
}

function idIn(answer: { readonly outcome: string; readonly id?: string }): string {
  return answer.id ?? expect.fail(JSON.stringify(answer));
}

describe('a new account', () => {
  test('counts once another administrator has confirmed it, and carries what was proposed', async () => {
    const { propose, confirm, find, ports } = await office();
    const wish = { role: 'finance-leader', isDeputy: true, citizenId } as const;
    const id = idIn(await propose(wish));
    expect(await find(id)).toBeUndefined();
    await confirm(id);
    const citizenDigest = await ports.vault.digest('citizen', citizenId);
    const { name, email } = officer;
    expect(await ports.directory.find(id)).toMatchObject({
      id,
      name,
      email,
      role: 'finance-leader',
      units: [],
      isDeputy: true,
      citizenDigest,
    });
  });

  test('is not confirmed or refused by whoever proposed it, who may take it back', async () => {
    const { propose, confirm, pendingOf, first, still, find } = await office();
    const id = idIn(await propose());
    expect(await confirm(id, first)).toMatchObject(refused);
    expect(await refuseProposal(id, await pendingOf(id), 'không', first, still)).toMatchObject(refused);
    expect(await find(id)).toBeUndefined();
    expect(await withdrawProposal(id, await pendingOf(id), first, still)).toEqual({ outcome: 'withdrawn' });
    expect(await propose()).toMatchObject({ outcome: 'proposed' });
  });

  test('is proposed and confirmed by administrators only', async () => {
    const { propose, confirm, account } = await office();
    expect(await propose({}, account('finance-leader'))).toMatchObject(refused);
    const id = idIn(await propose());
    expect(await confirm(id, account('finance-leader'))).toMatchObject(refused);
  });

  test('that was refused gives its mail back', async () => {
    const { propose, pendingOf, second, still } = await office();
    const id = idIn(await propose());
    const answer = await refuseProposal(id, await pendingOf(id), 'Chưa có quyết định', second, still);
    expect([answer, (await propose()).outcome]).toEqual([{ outcome: 'refused-proposal' }, 'proposed']);
  });

  test.each<[string, Partial<StaffWish>]>([
    ['a mail without a domain', { email: 'thang.nv' }],
    ['no name', { name: ' ' }],
    ['no reason', { reason: '' }],
    ['a citizen id of eleven digits', { citizenId: '04017000001' }],
    ['a deputy among officers', { isDeputy: true }],
    ['a clerk without a unit', { role: 'unit-clerk' }],
    ['a clerk of a unit that is not registered', { role: 'unit-clerk', units: ['999'] }],
    ['units of an officer', { units: ['999'] }],
  ])('with %s is refused', async (_, wrong) => {
    expect(await (await office()).propose(wrong)).toMatchObject(refused);
  });

  test('leaves no name, mail or citizen id in the histories', async () => {
    const { open, store } = await office();
    const id = await open({ citizenId });
    const text = JSON.stringify([await store.read(`account/${id}`), await everyRow(store, { kind: 'account' })]);
    for (const secret of [officer.name, officer.email, citizenId]) expect(text).not.toContain(secret);
  });
});

describe('one mail and one person', () => {
  test('have one account, also of two proposals at the same second', async () => {
    const { propose, second } = await office();
    const outcomes = await Promise.all([propose(), propose({ name: 'Người khác' }, second)]);
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['proposed', 'refused']);
  });

  test('have one account, whatever the capitals of the mail', async () => {
    const { open, propose } = await office();
    await open({ citizenId });
    expect(await propose({ email: 'Thang.NV@nghean.example' })).toMatchObject(refused);
    expect(await propose({ email: 'khac@nghean.example', citizenId })).toMatchObject(refused);
  });

  test('of a closed account come back only by opening it again, which takes two', async () => {
    const { open, propose, confirm, find, first, second, still, home } = await office();
    const id = await open();
    await closeStaff(id, 'Nghỉ việc', first, still);
    expect([await find(id), await home.accounts.nameOf(id)]).toEqual([undefined, officer.name]);
    expect(await propose()).toMatchObject(refused);
    expect(await proposeChange(id, officer, second, still)).toMatchObject({ outcome: 'proposed' });
    expect([await confirm(id, second), await find(id)]).toMatchObject([refused, undefined]);
    expect(await confirm(id, first)).toMatchObject({ outcome: 'confirmed', change: 'reopen' });
    expect(await find(id)).toMatchObject({ id, email: officer.email });
  });

  test('of before a change are free afterwards', async () => {
    const { open, propose, confirm, first, still } = await office();
    const id = await open();
    await proposeChange(id, { ...officer, email: 'moi@nghean.example' }, first, still);
    expect(await propose()).toMatchObject(refused);
    await confirm(id);
    expect(await propose({ email: 'moi@nghean.example' })).toMatchObject(refused);
    expect(await propose()).toMatchObject({ outcome: 'proposed' });
  });
});

describe('an own account', () => {
  test('is not proposed, confirmed or closed, by id', async () => {
    const { first, second, still, confirm, third } = await office();
    const other = await third();
    const wish = { ...officer, name: second.name, email: second.email, role: 'administrator' } as const;
    expect(await proposeChange(first.id, { ...wish, email: first.email }, first, still)).toMatchObject(refused);
    expect(await proposeFactorReset(first.id, 'mất máy', first, still)).toMatchObject(refused);
    expect(await closeStaff(first.id, 'thử', first, still)).toMatchObject(refused);
    await proposeFactorReset(second.id, 'mất máy', first, still);
    expect(await confirm(second.id, second)).toMatchObject(refused);
    expect(await confirm(second.id, other)).toMatchObject({ outcome: 'confirmed' });
  });

  test('is known by its citizen id too: nobody lets themselves be two', async () => {
    const { first, second, still, vault, propose, confirm } = await officeWithDigests();
    const citizen = { ...first, citizenDigest: await vault.digest('citizen', citizenId) };
    expect(await propose({ citizenId }, citizen)).toMatchObject(refused);
    const id = idIn(await propose({ citizenId }, second));
    expect(await confirm(id, citizen)).toMatchObject(refused);
    expect(await closeStaff(id, 'thử', citizen, still)).toMatchObject(refused);
  });

  async function officeWithDigests() {
    const made = await office();
    return { ...made, vault: made.ports.vault };
  }
});

describe('a change', () => {
  test('ends every session: the version rises when it is confirmed, not when it is proposed', async () => {
    const { open, first, still, confirm, find } = await office();
    const id = await open();
    const versions = [(await find(id))?.version];
    await proposeChange(id, { ...officer, role: 'home-affairs-officer' }, first, still);
    versions.push((await find(id))?.version);
    await confirm(id);
    versions.push((await find(id))?.version);
    expect(versions).toEqual([1, 1, 2]);
    expect((await find(id))?.role).toBe('home-affairs-officer');
  });

  test('waits alone: a second proposal of the same account is refused, also at the same second', async () => {
    const { open, first, second, still } = await office();
    const id = await open();
    const outcomes = await Promise.all([
      proposeChange(id, { ...officer, name: 'Một' }, first, still),
      proposeChange(id, { ...officer, name: 'Hai' }, second, still),
    ]);
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['proposed', 'refused']);
  });

  test('is confirmed once, and only the one that was seen', async () => {
    const { open, first, second, still, pendingOf, find } = await office();
    const id = await open();
    await proposeChange(id, { ...officer, name: 'Một' }, first, still);
    const seen = await pendingOf(id);
    await withdrawProposal(id, seen, first, still);
    await proposeChange(id, { ...officer, name: 'Hai' }, first, still);
    expect(await confirmProposal(id, seen, second, still)).toMatchObject(refused);
    const now = await pendingOf(id);
    const twice = await Promise.all([1, 2].map(() => confirmProposal(id, now, second, still)));
    expect(twice.map(({ outcome }) => outcome).toSorted()).toEqual(['confirmed', 'refused']);
    expect((await find(id))?.name).toBe('Hai');
  });

  test('proposed by an administrator who was closed since is not confirmed', async () => {
    const { open, third, second, still, confirm } = await office();
    const id = await open();
    const other = await third();
    await proposeChange(id, { ...officer, name: 'Một' }, other, still);
    expect(await closeStaff(other.id, 'Nghỉ việc', second, still)).toEqual({ outcome: 'closed' });
    expect(await confirm(id)).toMatchObject(refused);
  });

  test('that waited when the account was closed is void, and gives its mail back', async () => {
    const { open, propose, first, second, still, pendingOf } = await office();
    const id = await open();
    await proposeChange(id, { ...officer, email: 'moi@nghean.example' }, first, still);
    const seen = await pendingOf(id);
    await closeStaff(id, 'Nghỉ việc', second, still);
    expect(await confirmProposal(id, seen, second, still)).toMatchObject(refused);
    expect(await propose({ email: 'moi@nghean.example' })).toMatchObject({ outcome: 'proposed' });
  });
});

describe('the last two administrators', () => {
  test('cannot be closed or given another role, and of three only one', async () => {
    const { first, second, still, third, home } = await office();
    const role = { ...officer, name: second.name, email: second.email };
    expect(await closeStaff(second.id, 'Nghỉ việc', first, still)).toMatchObject(refused);
    expect(await proposeChange(second.id, role, first, still)).toMatchObject(refused);
    const other = await third();
    const outcomes = await Promise.all([
      closeStaff(second.id, 'Nghỉ việc', first, still),
      closeStaff(first.id, 'Nghỉ việc', other, still),
    ]);
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['closed', 'refused']);
    expect(await home.accounts.holding('administrator')).toHaveLength(2);
  });
});

describe('the directory', () => {
  test('gives heads before deputies, and nobody who is closed', async () => {
    const { home, first, still } = await office();
    const holding = async () => (await home.accounts.holding('finance-leader')).map(({ id }) => id);
    expect(await holding()).toEqual(['demo-finance-leader', 'demo-finance-deputy']);
    await closeStaff('demo-finance-leader', 'Nghỉ hưu', first, still);
    expect(await holding()).toEqual(['demo-finance-deputy']);
  });

  test('rests on histories whose chains hold', async () => {
    const { open, store, first, still } = await office();
    const id = await open();
    await closeStaff(id, 'Nghỉ việc', first, still);
    const streams = (await everyRow(store, { kind: 'account' })).map(({ stream }) => stream);
    for (const stream of [...streams, 'settings/administrators']) {
      expect(firstBroken(await store.read(stream))).toBeUndefined();
    }
  });
});
