/** Acts on accounts where users are kept elsewhere: what was decided stays, and a user who is behind is told and mended. */
import { expect, test } from 'vitest';
import { allDemoAccounts } from '../../../infra/local/accounts.ts';
import { textOf } from '../../../infra/local/commands/visitor.ts';
import { closeStaffAct, confirmProposalAct, followAct, inviteAct } from '../../../functions/web/pages/staff-acts.ts';
import { staffPage } from '../../../functions/web/pages/staff.tsx';
import { staffPersonPage } from '../../../functions/web/pages/staff-person.tsx';
import type { Answer, Visit } from '../../../functions/web/page.tsx';
import type { Held, SignIns } from '../../../functions/web/ports.ts';
import { Transient } from '../../../shared/case/faults.ts';
import { readStaff } from '../../../shared/case/staff.ts';
import { proposeChange, registerStaff } from '../../../shared/case/staff-acts.ts';
import { provinces } from '../../province.ts';
import { htmlOf, visitOf } from '../../completion-page.ts';

const province = provinces();
const leader = 'demo-finance-leader';
const wish = {
  name: 'Lê Thị Hoa',
  email: 'hoa.lt@tinh.example',
  citizenId: '',
  role: 'finance-leader',
  units: [],
  isDeputy: false,
  reason: 'Đổi hộp thư',
} as const;

/** A place of sign-in that is away until it is told to come back, and what it was asked meanwhile. */
async function office() {
  const { still, store } = await province({ people: 1 });
  const all = allDemoAccounts([]).map(({ account }) => account);
  await registerStaff(all, still);
  const by = (id: string) => all.find((one) => one.id === id) ?? expect.fail(id);
  const [first, second] = [by('demo-administrator'), by('demo-administrator-2')];
  const asked: string[] = [];
  const faults: unknown[] = [];
  let isAway = true;
  const ask = async (what: string) => {
    asked.push(what);
    if (isAway) throw new Transient('the sign-in service is busy or away');
  };
  const holds = async (): Promise<Held> => ({
    password: true,
    secondFactor: true,
    ...(isAway ? { isBehind: true } : {}),
  });
  const signIns: SignIns = {
    invite: async (id) => ask(`invite ${id}`),
    follow: async (id) => ask(`follow ${id}`),
    holds,
    latest: async () => [],
  };
  const visit = (given: Record<string, string> = {}, query = ''): Visit => {
    const form = new FormData();
    for (const [name, value] of Object.entries(given)) form.set(name, value);
    const ports = { signIns, report: (error: unknown) => void faults.push(error) };
    return visitOf(still, ports, { account: second, params: { id: leader }, form, query: new URLSearchParams(query) });
  };
  const confirm = async () => {
    const proposal = String((await readStaff(store, leader))?.pending?.seq);
    return confirmProposalAct(visit({ proposal }));
  };
  /** The page that an act led to. */
  const shown = async (answer: Answer) => {
    const to = 'to' in answer ? answer.to : expect.fail('the act did not lead on');
    return textOf(await htmlOf(await staffPersonPage(visit({}, to.split('?')[1]))));
  };
  const comeBack = () => {
    isAway = false;
  };
  return { still, store, first, asked, faults, visit, confirm, shown, comeBack };
}

type Office = Awaited<ReturnType<typeof office>>;

const statusOf = async ({ store }: Office) => (await readStaff(store, leader))?.status;

test('a closing stands though the place of sign-in is away; its page says so, and a later try does it', async () => {
  const at = await office();
  const page = await at.shown(await closeStaffAct(at.visit({ reason: 'Nghỉ hưu' })));
  expect(page).toContain('không ai vào được hệ thống bằng tài khoản này');
  expect(page).toContain('nơi đăng nhập còn người dùng của tài khoản này');
  expect(page).toContain('Cập nhật nơi đăng nhập');
  expect([at.asked, at.faults.length, await statusOf(at)]).toEqual([[`follow ${leader}`], 1, 'closed']);
  expect(await at.shown(await followAct(at.visit()))).toContain('Nơi đăng nhập vẫn chưa nhận');
  at.comeBack();
  const mended = await at.shown(await followAct(at.visit()));
  expect(mended).toContain('Nơi đăng nhập đã đúng như tài khoản');
  expect(mended).not.toContain('Cập nhật nơi đăng nhập');
});

test('another mail that two administrators decided counts, and its user follows when it can', async () => {
  const at = await office();
  await proposeChange(leader, wish, at.first, at.still);
  const page = await at.shown(await at.confirm());
  expect(page).toContain('Riêng nơi đăng nhập chưa nhận được thay đổi');
  expect(page).toContain('còn giữ địa chỉ thư cũ');
  expect((await readStaff(at.store, leader))?.pending).toBeUndefined();
  at.comeBack();
  await proposeChange(leader, { ...wish, email: 'hoa.le@tinh.example' }, at.first, at.still);
  expect(await at.shown(await at.confirm())).toContain('Đã xác nhận; thay đổi có hiệu lực ngay.');
  expect(at.asked).toEqual([`follow ${leader}`, `follow ${leader}`]);
});

test('whoever is opened again is invited, and invited once more where the first try failed', async () => {
  const at = await office();
  await closeStaffAct(at.visit({ reason: 'Chuyển công tác' }));
  await proposeChange(leader, wish, at.first, at.still);
  expect(await at.shown(await at.confirm())).toContain('thư mời chưa gửi được');
  expect(await statusOf(at)).toBe('open');
  at.comeBack();
  expect(await at.shown(await inviteAct(at.visit()))).toContain('Đã gửi thư đặt mật khẩu');
  expect(at.asked).toEqual([`follow ${leader}`, `invite ${leader}`, `invite ${leader}`]);
});

test('where users are kept elsewhere the list says that it knows only who got in', async () => {
  const { visit } = await office();
  const at = '2025-10-01T08:00:00.000Z';
  const shown = visit();
  const signIns: SignIns = {
    ...shown.ports.signIns,
    latest: async () => [{ at, account: leader, outcome: 'signed-in' }],
  };
  const pageWith = async (more: Partial<SignIns>) =>
    textOf(await htmlOf(await staffPage({ ...shown, ports: { ...shown.ports, signIns: { ...signIns, ...more } } })));
  const page = await pageWith({ knowsOnly: 'signed-in' });
  expect(page).toContain('Ở đây chỉ có các lần đăng nhập được');
  expect(page).not.toContain('chỉ hiện dấu vết');
  expect(await pageWith({})).toContain('chỉ hiện dấu vết');
});
