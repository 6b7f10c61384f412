/** The page of an account where passwords and second factors are kept elsewhere: it says done of nothing that was not. */
import { expect, test } from 'vitest';
import { confirmProposalAct, resetAgainAct } from '../../../functions/web/pages/staff-acts.ts';
import { staffPersonPage } from '../../../functions/web/pages/staff-person.tsx';
import type { SignIns, WebPorts } from '../../../functions/web/ports.ts';
import { allDemoAccounts } from '../../../infra/local/accounts.ts';
import { textOf } from '../../../infra/local/commands/visitor.ts';
import type { Account } from '../../../shared/case/access.ts';
import { Transient } from '../../../shared/case/faults.ts';
import { readStaff } from '../../../shared/case/staff.ts';
import { proposeFactorReset, registerStaff } from '../../../shared/case/staff-acts.ts';
import { htmlOf, visitOf } from '../../completion-page.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();
const leader = 'demo-finance-leader';

/** A reset of the leader's second factor that waits for the second administrator, and a pool that answers or does not. */
async function office() {
  const { still, store } = await province({ people: 1 });
  const all = allDemoAccounts([]).map(({ account }) => account);
  await registerStaff(all, still);
  const by = (id: string): Account => all.find((one) => one.id === id) ?? expect.fail(id);
  done(await proposeFactorReset(leader, 'Mất điện thoại', by('demo-administrator'), still));
  const pending = async () => (await readStaff(store, leader))?.pending?.seq;
  const faults: unknown[] = [];
  let isAway = false;
  let isOwed = false;
  const signIns: SignIns = {
    invite: async () => {},
    latest: async () => [],
    holds: async () => ({ password: true, secondFactor: !isOwed, ...(isOwed ? { isResetOwed: true } : {}) }),
    async resetFactor() {
      isOwed = isAway;
      if (isAway) throw new Transient('the sign-in service is busy or away');
    },
  };
  const ports: Partial<WebPorts> = { signIns, report: (error) => void faults.push(error) };
  const visit = (given: Readonly<Record<string, string>> = {}, query = '', who = by('demo-administrator-2')) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(given)) form.set(name, value);
    const params = { id: leader };
    return visitOf(still, ports, { account: who, params, form, query: new URLSearchParams(query) });
  };
  const page = async (note: string, who = by('demo-administrator-2')) =>
    textOf(await htmlOf(await staffPersonPage(visit({}, note, who))));
  return {
    faults,
    page,
    visit,
    pending,
    inspector: by('demo-inspector'),
    setAway: (value: boolean) => void (isAway = value),
    confirm: async () => confirmProposalAct(visit({ proposal: String(await pending()) })),
    again: async () => resetAgainAct(visit()),
  };
}

test('a reset that reached the sign-in says so', async () => {
  const { confirm, faults, page } = await office();
  expect(await confirm()).toEqual({ to: `/tai-khoan/${leader}?ghi=xac-nhan` });
  expect(faults).toEqual([]);
  expect(await page('ghi=xac-nhan')).not.toContain('Xóa mã cũ lần nữa');
});

test('a reset that did not stands, is told as such, and is asked for again until it does', async () => {
  const { confirm, again, faults, page, pending, setAway, inspector } = await office();
  setAway(true);
  expect(await confirm()).toEqual({ to: `/tai-khoan/${leader}?ghi=ma-cho` });
  expect(await pending()).toBeUndefined();
  expect(faults).toHaveLength(1);
  const told = await page('ghi=ma-cho');
  for (const words of ['không ai đăng nhập được bằng mã cũ', 'chờ xóa mã cũ', 'Xóa mã cũ lần nữa']) {
    expect(told).toContain(words);
  }
  expect(told).not.toContain('thay đổi có hiệu lực ngay');
  expect(await page('', inspector)).not.toContain('Xóa mã cũ lần nữa');
  expect(await again()).toEqual({ to: `/tai-khoan/${leader}?ghi=ma-cho` });
  setAway(false);
  expect(await again()).toEqual({ to: `/tai-khoan/${leader}?ghi=ma-xong` });
  expect(await page('ghi=ma-xong')).toContain('đã xóa mã cũ');
});
