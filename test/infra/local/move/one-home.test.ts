/** A province pays in one home alone: where it left nothing is written, of a copy nothing is paid, and what is half there waits. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handlers } from '../../../../functions/handlers.ts';
import { setTimeout as delay } from 'node:timers/promises';
import { backUp, restore } from '../../../../infra/local/backup.ts';
import { allDemoAccounts } from '../../../../infra/local/accounts.ts';
import { signIn, textOf } from '../../../../infra/local/commands/visitor.ts';
import { noDesk, openHome } from '../../../../infra/local/home.ts';
import { type Departure, exportProvince } from '../../../../infra/local/move/export-province.ts';
import { importProvince } from '../../../../infra/local/move/import-province.ts';
import { arrivingLocal, type Folders, leavingLocal } from '../../../../infra/local/move/local-place.ts';
import { payHere, planPaysHere } from '../../../../infra/local/move/pay-here.ts';
import { arrivingCloud, leavingCloud } from '../../../../infra/local/move/table-place.ts';
import { startServer } from '../../../../infra/local/server.ts';
import { openSqliteStore } from '../../../../infra/local/sqlite-store.ts';
import { readBatch, readFrozenList } from '../../../../shared/case/batch.ts';
import type { Ports } from '../../../../shared/case/ports.ts';
import {
  askedWhereabouts,
  barWhile,
  believedMilliseconds,
  homeStore,
  isAtHome,
  NotThisHome,
  readWhereabouts,
  recordWhereabouts,
  whereaboutsOf,
} from '../../../../shared/case/whereabouts.ts';
import { readOrder } from '../../../../shared/case/order.ts';
import { signatures } from '../../../../shared/case/slip.ts';
import { judgePaidElsewhere } from '../../../../shared/disbursement/paid-elsewhere.ts';
import { followSlip, recordSending, signSlip } from '../../../../shared/disbursement/slips.ts';
import { openProvince } from '../../../province.ts';
import { memoryCloud } from './cloud.ts';

const folder = mkdtempSync(join(tmpdir(), 'one-home-'));
const at = (name: string) => join(folder, name);
const keyDirectory = at('keys');
const home = (name: string): Folders => ({ dataDirectory: at(name), keyDirectory });
const departure: Departure = { to: 'máy chủ mới', by: 'demo-administrator', at: '2025-10-02T01:00:00Z' };
const clerk = allDemoAccounts([]).find(({ account }) => account.role === 'unit-clerk') ?? expect.fail();
const officer = { email: clerk.account.email, password: clerk.password };
const vault = { seal: async (_owner: string, text: string) => `sealed ${text.length}` };
const names = { by: 'a', confirmedBy: 'b', operator: 'Lưu Đức Cường' };
const master = () => Buffer.from(readFileSync(join(keyDirectory, 'master.key'), 'utf8'), 'base64');

/** A batch is decided and funded; nobody is ordered yet. */
beforeAll(async () => {
  const province = await openProvince({ people: 4, folder });
  await province.decidedBatch('b1');
  await province.step('disbursement.fund', 'b1');
  await province.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function copied(to: string): Folders {
  cpSync(at('data'), at(to), { recursive: true });
  return home(to);
}

async function exported(from: Folders, name: string, left?: Departure) {
  const leaving = leavingLocal(from);
  try {
    return await exportProvince(leaving, at(name), { departure: left });
  } finally {
    leaving.close();
  }
}

async function inHome<T>(folders: Folders, act: (ports: Ports) => Promise<T>): Promise<T> {
  const opened = openHome({ ...folders, publicUrl: '' });
  try {
    return await act(opened.ports(noDesk));
  } finally {
    opened.close();
  }
}

async function ordersIn(ports: Ports): Promise<number> {
  const batch = (await readBatch(ports.store, 'b1')) ?? expect.fail('no batch');
  const { parts } = await readFrozenList(ports.files, batch);
  const order = handlers['disbursement.order'] ?? expect.fail('no step');
  await order(async () => ports)({ BatchInput: { batchId: 'b1' }, Items: parts.map(({ part }) => part) });
  return (await ports.store.page({ kind: 'order', batch: 'b1', limit: 100 })).rows.length;
}

const orders = async (folders: Folders) => inHome(folders, ordersIn);
const starts = async (folders: Folders) => {
  const server = await startServer({ port: 0, ...folders, seed: 'one home' });
  await server.stop();
};

describe('a province that moved', () => {
  test('is ordered for in the new home, and the old one neither starts nor orders', async () => {
    const old = copied('old');
    expect(await exported(old, 'move', departure)).toMatchObject({
      outcome: 'exported',
      manifest: { moved: expect.any(String) },
    });
    await expect(starts(old)).rejects.toThrow('đã chuyển đi nơi khác');
    await expect(orders(old)).rejects.toThrow('The province has moved to another home');

    expect(await importProvince(at('move'), arrivingLocal(home('new')))).toMatchObject({ outcome: 'imported' });
    expect(await orders(home('new'))).toBe(3);
    await expect(orders(old)).rejects.toThrow('đã chuyển đi');
  }, 30_000);

  test('and comes back is at home again where it comes to, and nowhere else', async () => {
    const cloud = memoryCloud(master());
    expect(await importProvince(at('move'), arrivingCloud(cloud.place))).toMatchObject({ outcome: 'imported' });
    expect(await readWhereabouts(cloud.store)).toBe('here');
    const back = await exportProvince(leavingCloud(cloud.place), at('move back'), { departure });
    expect(back).toMatchObject({ outcome: 'exported' });
    const guarded = homeStore(cloud.store, async () => readWhereabouts(cloud.store));
    const some = { stream: 'case/1', readAt: 0, entries: [{ at: 'x', by: 'y', kind: 'z', data: {} }] };
    await expect(guarded.commit([some])).rejects.toBeInstanceOf(NotThisHome);
    expect(await importProvince(at('move back'), arrivingLocal(home('back')))).toMatchObject({ outcome: 'imported' });
    expect(await orders(home('back'))).toBe(3);
  }, 30_000);

  test('is exported again from its old home to the same bytes, and nothing more is written there', async () => {
    const again = await exported(home('old'), 'move again');
    expect(again).toMatchObject({ outcome: 'exported' });
    expect(readFileSync(at('move again/manifest.json'))).toEqual(readFileSync(at('move/manifest.json')));
    expect(await exported(home('old'), 'and again', departure)).toMatchObject({ outcome: 'exported' });
    expect(readFileSync(at('and again/manifest.json'))).toEqual(readFileSync(at('move/manifest.json')));
  });

  test('with what somebody writes after the mark is no export, until it is made again', async () => {
    const old = copied('busy');
    const leaving = leavingLocal(old);
    const store = openSqliteStore(join(old.dataDirectory, 'histories.sqlite'));
    const late = { stream: 'pause/late', readAt: 0, entries: [{ at: 'x', by: 'y', kind: 'z', data: {} }] };
    const notices = {
      ...leaving.notices,
      async noticeKeys() {
        await store.commit([late]);
        return leaving.notices.noticeKeys();
      },
    };
    const busy = await exportProvince({ ...leaving, notices }, at('busy out'), { departure });
    expect(busy).toMatchObject({ outcome: 'refused', why: expect.stringContaining('vừa được ghi thêm') });
    expect(await exportProvince(leaving, at('busy out'), { departure })).toMatchObject({ outcome: 'exported' });
    store.close();
    leaving.close();
  });
});

describe('a copy for a trial', () => {
  test('leaves its home as it was, starts, and orders nobody', async () => {
    const original = copied('original');
    expect(await exported(original, 'copy')).toMatchObject({ outcome: 'exported' });
    expect(await importProvince(at('copy'), arrivingLocal(home('trial')))).toMatchObject({ outcome: 'imported' });
    await starts(home('trial'));
    await expect(orders(home('trial'))).rejects.toThrow('bản chép để thử');
    expect(await exported(home('trial'), 'copy moves', departure)).toMatchObject({
      outcome: 'refused',
      why: expect.stringContaining('bản chép để thử'),
    });
    expect(await orders(original)).toBe(3);
  }, 30_000);

  test('may become the home by two administrators and a document, and says so in its history', async () => {
    const store = openSqliteStore(join(at('trial'), 'histories.sqlite'));
    const wish = {
      by: 'demo-administrator',
      confirmedBy: 'demo-administrator-2',
      operator: 'Lưu Đức Cường',
      reason: 'Máy cũ cháy',
      document: '12/UBND',
      at: 'now',
    };
    expect(await payHere({ store, vault }, { ...wish, confirmedBy: wish.by })).toContain('hai quản trị khác nhau');
    expect(await payHere({ store, vault }, { ...wish, confirmedBy: 'demo-finance-leader' })).toContain(
      'không phải tài khoản quản trị',
    );
    expect(await payHere({ store, vault }, { ...wish, reason: ' ' })).toContain('lý do');
    expect(await payHere({ store, vault }, { ...wish, operator: ' ' })).toContain('người chạy lệnh');
    expect(await planPaysHere(store, wish)).toMatchObject({ why: expect.stringMatching(/^đây là bản chép.*nhập lúc/) });
    expect(await readWhereabouts(store)).toBe('copy');
    expect(await payHere({ store, vault }, wish)).toBeUndefined();
    expect(await payHere({ store, vault }, wish)).toContain('đang chi ở đây');
    const last = (await store.read('province')).at(-1);
    expect(JSON.parse(last?.data ?? '')).toEqual({
      confirmedBy: wish.confirmedBy,
      reason: wish.reason,
      document: wish.document,
      was: 'copy',
      operator: 'sealed 13',
    });
    store.close();
    expect(await orders(home('trial'))).toBe(3);
  });
});

describe('a province that was restored', () => {
  const wish = {
    by: 'demo-administrator',
    confirmedBy: 'demo-administrator-2',
    operator: 'Lưu Đức Cường',
    reason: 'Ổ đĩa hỏng; sao kê của Kho bạc từ 02/10 đã được đối chiếu',
    document: '13/UBND',
    at: 'now',
  };

  test('does everything but pay, since the Treasury may know what it does not, until two administrators record it', async () => {
    const original = copied('before the fire');
    expect(backUp(original, at('backup'), '2025-10-02T22:00:00Z')).toMatchObject({ outcome: 'done' });
    // Sent after the backup: nothing that is restored knows of it.
    expect(await orders(original)).toBe(3);
    const restored = home('after the fire');
    expect(await restore(at('backup'), restored, '2025-10-03T01:00:00Z')).toMatchObject({ where: 'restored' });
    await expect(orders(restored)).rejects.toThrow('vừa được khôi phục');
    expect(await exported(restored, 'restored moves', departure)).toMatchObject({
      outcome: 'refused',
      why: expect.stringContaining('vừa được khôi phục'),
    });
    await inHome(restored, async ({ store }) => {
      const said = { stream: 'pause/x', readAt: 0, entries: [{ at: 'x', by: 'y', kind: 'z', data: {} }] };
      expect(await store.commit([said])).toMatchObject({ outcome: 'committed' });
    });
    const store = openSqliteStore(join(restored.dataDirectory, 'histories.sqlite'));
    expect((await store.read('province')).map(({ kind }) => kind)).toEqual(['restored']);
    store.close();
  });

  test('takes the word that a slip of before was sent after the backup, and what came of it, but no new slip or order', async () => {
    const province = await openProvince({ people: 2, folder: at('slips') });
    const slips = (name: string) => ({ dataDirectory: at(`slips/${name}`), keyDirectory: at('slips/keys') });
    await province.decidedBatch('b1');
    const [ordered = expect.fail('nobody is ordered')] = await province.order('b1');
    expect(backUp(slips('data'), at('slips/backup'), '2025-10-02T22:00:00Z')).toMatchObject({ outcome: 'done' });
    await province.close();
    const restored = slips('restored');
    expect(await restore(at('slips/backup'), restored, '2025-10-03T01:00:00Z')).toMatchObject({ where: 'restored' });
    await inHome(restored, async (ports) => {
      const now = () => '2025-10-03T02:00:00Z';
      const on = { ...ports, now };
      const paid = { part: ordered.part, amount: BigInt(ordered.amount), on: '2025-10-02', document: 'UNC 1' } as const;
      const judged = await judgePaidElsewhere({ ...paid, paidBy: '1000001', paper: 'x', list: 'l' }, on);
      expect(judged).toMatchObject({ why: { vi: expect.stringContaining('ghi lại việc ký, số và ngày gửi') } });
      const slips = await ports.store.page({ kind: 'slip', batch: 'b1', limit: 10 });
      for (const { stream } of slips.rows) {
        const slip = stream.slice('slip/'.length);
        for (const signature of signatures) {
          const role = {
            prepared: 'unit-clerk',
            'accountant-confirmed': 'unit-chief-accountant',
            'holder-confirmed': 'unit-account-holder',
          } as const;
          expect((await signSlip(slip, signature, province.account(role[signature]), on)).outcome).not.toBe('refused');
        }
        const sent = { number: 'DVC-1', on: '2025-10-02' };
        expect((await recordSending(slip, sent, province.account('unit-clerk'), on)).outcome).not.toBe('refused');
        await followSlip(slip, on);
      }
      expect(await readOrder(ports.store, ordered.reference)).toMatchObject({ status: 'sent' });
      for (const stream of ['order/new', 'slip/new']) {
        const made = { stream, readAt: 0, entries: [{ at: 'x', by: 'y', kind: 'z', data: {} }] };
        await expect(ports.store.commit([made])).rejects.toThrow('chưa lập khoản chi mới nào');
      }
    });
  }, 30_000);

  test('is ordered for by nothing that runs by itself, and by itself once it is recorded', async () => {
    const restored = home('left alone');
    expect(await restore(at('backup'), restored, '2025-10-03T01:00:00Z')).toMatchObject({ outcome: 'done' });
    const ordered = async () =>
      inHome(restored, async ({ store }) => (await store.page({ kind: 'order', batch: 'b1', limit: 10 })).rows.length);
    const runs = async (until: () => Promise<boolean>) => {
      const server = await startServer({ port: 0, ...restored, seed: 'one home' });
      for (let looks = 0; looks < 100 && !(await until()); looks += 1) await delay(100);
      const { landed } = await signIn(server.url, officer.email, officer.password);
      await server.stop();
      return textOf(landed.html);
    };
    let looks = 0;
    expect(await runs(async () => (looks += 1) > 20)).toContain('vừa được khôi phục về một lúc trước');
    expect(await ordered()).toBe(0);
    const store = openSqliteStore(join(restored.dataDirectory, 'histories.sqlite'));
    expect(await planPaysHere(store, wish)).toEqual({
      outcome: 'planned',
      was: 'restored',
      why: 'dữ liệu được khôi phục lúc 08:00 ngày 03/10/2025, về lúc 05:00 ngày 03/10/2025',
    });
    expect(await payHere({ store, vault }, wish)).toBeUndefined();
    store.close();
    expect(await runs(async () => (await ordered()) === 3)).not.toContain('khôi phục');
    expect(await ordered()).toBe(3);
  }, 30_000);

  test('stays where it had gone to, when the backup is of a home that it has left', async () => {
    expect(backUp(home('old'), at('backup of old'), '2025-10-02T22:00:00Z')).toMatchObject({
      outcome: 'done',
    });
    const back = home('old again');
    expect(await restore(at('backup of old'), back, 'now')).toMatchObject({ where: 'moved-away' });
    await expect(orders(back)).rejects.toThrow('đã chuyển đi');
  });
});

describe('a province that is half there', () => {
  const half = async () => {
    const cloud = memoryCloud(master());
    const arriving = arrivingCloud(cloud.place);
    const dying = { ...arriving, adopt: async () => Promise.reject(new Error('the process died')) };
    await expect(importProvince(at('move'), dying)).rejects.toThrow('died');
    return { cloud, arriving };
  };

  test('writes nothing by the clock, so that the import goes on when it is run again', async () => {
    const { cloud, arriving } = await half();
    const guarded = homeStore(cloud.store, askedWhereabouts(cloud.store, Date.now));
    const anchor = { stream: 'anchors', readAt: 0, entries: [{ at: 'x', by: 'system', kind: 'anchored', data: {} }] };
    await expect(guarded.commit([anchor])).rejects.toThrow('đang được nhập');
    expect(await payHere({ store: cloud.store, vault }, { ...names, reason: 'c', document: 'd', at: 'e' })).toContain(
      'không phải',
    );
    expect(await exportProvince(leavingCloud(cloud.place), at('half'))).toMatchObject({ outcome: 'refused' });
    expect(await importProvince(at('move'), arriving)).toMatchObject({ outcome: 'imported' });
    const length = (await cloud.store.read('province')).length;
    expect(await importProvince(at('move'), arriving)).toMatchObject({ outcome: 'imported' });
    expect((await cloud.store.read('province')).length).toBe(length);
  });

  test('is not gone on with from another export', async () => {
    const { arriving } = await half();
    expect(await exported(home('new'), 'another', departure)).toMatchObject({ outcome: 'exported' });
    expect(await importProvince(at('another'), arriving)).toMatchObject({
      why: expect.stringContaining('không trống'),
    });
  });
});

test('a process believes for some seconds that the province is here, and never that it is away', async () => {
  mkdirSync(at('asked'), { recursive: true });
  const store = openSqliteStore(at('asked/histories.sqlite'));
  let now = 1000;
  const asked = askedWhereabouts(store, () => now);
  expect(await asked()).toBe('here');
  await recordWhereabouts(store, { kind: 'moved-away', at: 'x', by: 'y', data: {} });
  now += believedMilliseconds - 1;
  expect(await asked()).toBe('here');
  now += 1;
  expect(await asked()).toBe('moved-away');
  await recordWhereabouts(store, { kind: 'pays-here', at: 'x', by: 'y', data: {} });
  expect(await asked()).toBe('here');
  store.close();
});

test.each([
  ['here', true, [true, true]],
  ['restored', true, [false, true]],
  ['copy', false, [false, false]],
  ['arriving', false, [false, false]],
  ['moved-away', false, [false, false]],
] as const)(
  'a province that is %s works: %s; it makes an order, and notes what came of one: %o',
  (where, works, [makes, notes]) => {
    const entries = [{ at: 'x', by: 'y', kind: 'z', data: {} }];
    expect(isAtHome(where)).toBe(works);
    expect(barWhile(where, [{ stream: 'order/1', readAt: 0, entries }]) === undefined).toBe(makes);
    expect(barWhile(where, [{ stream: 'order/1', readAt: 1, entries }]) === undefined).toBe(notes);
    const read = [{ stream: 'order/1', readAt: 0, entries: [] }];
    expect(barWhile(where, read) === undefined).toBe(['here', 'restored', 'copy'].includes(where));
  },
);

test('what a later program says of the province is not guessed, and a reading beside money is no payment', () => {
  const entry = {
    stream: 'province',
    seq: 1,
    at: '',
    by: '',
    kind: 'split-up',
    data: '{}',
    effects: '',
    previousHash: '',
    hash: '',
  };
  expect(() => whereaboutsOf([entry])).toThrow('split-up');
  const change = (stream: string, entries: number) => ({
    stream,
    readAt: 0,
    entries: Array.from({ length: entries }, () => ({ at: '', by: '', kind: 'x', data: {} })),
  });
  expect(barWhile('copy', [change('case/1', 1), change('order/1', 0)])).toBeUndefined();
  for (const stream of ['order/1', 'slip/1'])
    expect(barWhile('copy', [change('case/1', 1), change(stream, 1)])).toBeDefined();
});
