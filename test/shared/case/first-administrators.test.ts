/** The first two administrators of a province, on a real home whose sign-in is played. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { inviteFirstAdministrators } from '../../../functions/home/first-administrators.ts';
import { staffPersonPage } from '../../../functions/web/pages/staff-person.tsx';
import { textOf } from '../../../infra/local/commands/visitor.ts';
import { noDesk, openHome } from '../../../infra/local/home.ts';
import { seedDemonstration } from '../../../infra/local/seed.ts';
import type { FirstPerson, SettingUp } from '../../../shared/case/first-administrators.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { administratorsOf, administratorsStream, readStaff, staffStream } from '../../../shared/case/staff.ts';
import { closeStaff, confirmProposal, proposeStaff, registerStaff } from '../../../shared/case/staff-acts.ts';
import { firstBroken } from '../../../shared/case/store.ts';
import { htmlOf, visitOf } from '../../completion-page.ts';
import { diesAt, everyRow } from '../../province.ts';

const an: FirstPerson = { name: 'Phan Thị An', email: 'an.pt@tinh.example' };
const binh: FirstPerson = { name: 'Hồ Văn Bình', email: 'binh.hv@tinh.example' };
const by: SettingUp = { operator: 'Lưu Đức Cường', document: 'Quyết định 15/QĐ-UBND ngày 02/10/2025' };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A home without anybody, and a sign-in that keeps who was invited and who chose a password. */
function newProvince() {
  const folder = mkdtempSync(join(tmpdir(), 'first-'));
  const home = openHome({
    dataDirectory: join(folder, 'data'),
    keyDirectory: join(folder, 'keys'),
    publicUrl: 'https://x',
  });
  closing.push(() => {
    home.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const ports = home.ports(noDesk);
  const invited: string[] = [];
  const signedIn = new Set<string>();
  const signIns = {
    invite: async (id: string) => void invited.push(id),
    holds: async (id: string) => ({ password: signedIn.has(id), secondFactor: false }),
  };
  return {
    home,
    ports,
    invited,
    signedIn,
    setUp: async (people: readonly FirstPerson[] = [an, binh], on: Ports = ports, stated = by) =>
      inviteFirstAdministrators(people, stated, { ports: on, signIns }),
    administrators: async () => [...administratorsOf(await ports.store.read(administratorsStream))],
    accounts: async () => everyRow(ports.store, { kind: 'account' }),
  };
}

function idsIn(answer: { readonly outcome: string; readonly ids?: readonly string[] }): readonly [string, string] {
  const [one, other] = answer.ids ?? expect.fail(JSON.stringify(answer));
  return [one ?? expect.fail('nobody'), other ?? expect.fail('one alone')];
}

describe('the first two administrators', () => {
  test('are opened at once and invited, and open everybody else between them', async () => {
    const { setUp, administrators, invited, ports } = newProvince();
    const made = await setUp();
    const ids = idsIn(made);
    expect(made.outcome).toBe('registered');
    expect([await administrators(), invited]).toEqual([ids, ids]);
    const [one, other] = await Promise.all(ids.map(async (id) => ports.directory.find(id)));
    if (one === undefined || other === undefined) return expect.fail('not open');
    expect([one, other]).toMatchObject([
      { ...an, role: 'administrator' },
      { ...binh, role: 'administrator' },
    ]);
    const wish = { ...an, email: 'c@tinh.example', citizenId: '', role: 'finance-officer', units: [] } as const;
    const proposed = await proposeStaff({ ...wish, isDeputy: false, reason: 'QĐ 1' }, one, ports);
    const id = 'id' in proposed ? proposed.id : expect.fail('refused');
    expect((await confirmProposal(id, 1, one, ports)).outcome).toBe('refused');
    expect((await confirmProposal(id, 1, other, ports)).outcome).toBe('confirmed');
    expect((await closeStaff(one.id, 'x', other, ports)).outcome).toBe('refused');
  });

  test('tell in their histories that the command made them, by whom and by which paper, and no name in clear', async () => {
    const { setUp, ports } = newProvince();
    const ids = idsIn(await setUp());
    for (const id of ids) {
      const entries = await ports.store.read(staffStream(id));
      expect(entries.map(({ kind, by: who }) => [kind, who])).toEqual([
        ['staff-registered', 'set-up'],
        ['staff-invited', 'set-up'],
      ]);
      expect(firstBroken(entries)).toBeUndefined();
      const text = JSON.stringify(entries);
      expect(text).toContain('15/QĐ-UBND');
      for (const secret of [an.name, an.email, binh.name, binh.email, by.operator]) expect(text).not.toContain(secret);
    }
    const page = await staffPersonPage(
      visitOf(
        ports,
        {
          signIns: {
            invite: async () => {},
            latest: async () => [],
            holds: async () => ({ password: false, secondFactor: false }),
          },
        },
        { params: { id: ids[0] } },
      ),
    );
    const shown = textOf(await htmlOf(page));
    for (const words of ['Người cài đặt hệ thống, tự khai là Lưu Đức Cường', by.document, 'Đã mời']) {
      expect(shown).toContain(words);
    }
  });

  test.each<readonly [string, readonly FirstPerson[], Partial<SettingUp>]>([
    ['nobody', [], {}],
    ['one person', [an], {}],
    ['three people', [an, binh, { name: 'Ba', email: 'ba@tinh.example' }], {}],
    ['one mail for both, written otherwise', [an, { ...binh, email: ' AN.PT@Tinh.example' }], {}],
    ['one name for both, written otherwise', [an, { ...binh, name: 'PHAN  THỊ AN'.normalize('NFD') }], {}],
    ['a mail that is none', [an, { ...binh, email: 'binh' }], {}],
    ['a name that is none', [an, { ...binh, name: ' ' }], {}],
    ['no paper', [an, binh], { document: ' ' }],
    ['a paper of 501 characters', [an, binh], { document: 'x'.repeat(501) }],
    ['nobody who runs the command', [an, binh], { operator: ' ' }],
  ])('are refused with %s, and nothing is written', async (_, people, wrong) => {
    const { setUp, ports, accounts, invited } = newProvince();
    expect((await setUp(people, ports, { ...by, ...wrong })).outcome).toBe('refused');
    expect([await accounts(), await ports.store.read(administratorsStream), invited]).toEqual([[], [], []]);
  });

  test('are two people though their names differ by one mark', async () => {
    const { setUp } = newProvince();
    const people = [an, { ...binh, name: 'Phan Thị Ân' }];
    expect((await setUp(people)).outcome).toBe('registered');
  });

  test('are refused a mail that belongs to an account', async () => {
    const { setUp, ports, administrators } = newProvince();
    await registerStaff([{ id: 'x', ...an, role: 'inspector', units: [] }], ports);
    expect((await setUp()).outcome).toBe('refused');
    expect(await administrators()).toEqual([]);
  });

  test('are two, whoever else sets the province up at the same instant', async () => {
    const { setUp, ports, administrators, accounts } = newProvince();
    const others = [
      { name: 'Kẻ Gian', email: 'gian@else.example' },
      { name: 'Kẻ Khác', email: 'khac@else.example' },
    ];
    let first: ReturnType<typeof setUp> | undefined;
    const seal: Ports['vault']['seal'] = async (of, clear) => {
      // The other found no administrator, and has not written yet.
      await (first ??= setUp());
      return ports.vault.seal(of, clear);
    };
    const late = await setUp(others, { ...ports, vault: { ...ports.vault, seal } });
    expect([(await first)?.outcome, late.outcome]).toEqual(['registered', 'refused']);
    expect([(await administrators()).length, (await accounts()).length]).toEqual([2, 2]);
  });
});

describe('once there are administrators', () => {
  test('of whom one can sign in, nobody is added and nobody is invited', async () => {
    const { setUp, signedIn, accounts, invited } = newProvince();
    const [one] = idsIn(await setUp());
    signedIn.add(one);
    invited.splice(0);
    for (const people of [[], [an, binh], [binh, { name: 'Kẻ Gian', email: 'gian@else.example' }]]) {
      expect((await setUp(people)).outcome).toBe('refused');
    }
    expect([(await accounts()).length, invited]).toEqual([2, []]);
  });

  test('of whom none can sign in, they alone are invited anew', async () => {
    const { setUp, accounts, invited, ports } = newProvince();
    const ids = idsIn(await setUp());
    invited.splice(0);
    expect(await setUp([])).toEqual({ outcome: 'known', ids });
    expect(await setUp([binh, { ...an, email: 'An.PT@tinh.example' }])).toEqual({ outcome: 'known', ids });
    expect(invited).toEqual([...ids, ...ids]);
    const strangers = [
      [an, { name: 'Kẻ Gian', email: 'gian@else.example' }],
      [an],
      [an, an],
      [an, binh, { name: 'Kẻ Gian', email: 'gian@else.example' }],
    ];
    for (const people of strangers) expect((await setUp(people)).outcome).toBe('refused');
    expect((await accounts()).length).toBe(2);
    expect((await readStaff(ports.store, ids[0]))?.version).toBe(1);
  });

  test('who were closed since are not invited', async () => {
    const { setUp, invited, ports, administrators } = newProvince();
    const ids = idsIn(await setUp());
    const [one, other] = await Promise.all(ids.map(async (id) => ports.directory.find(id)));
    if (one === undefined || other === undefined) return expect.fail('not open');
    const third = {
      name: 'Vi Thị Dung',
      email: 'dung@tinh.example',
      citizenId: '',
      units: [],
      isDeputy: false,
    } as const;
    const proposed = await proposeStaff({ ...third, role: 'administrator', reason: 'QĐ 2' }, one, ports);
    const id = 'id' in proposed ? proposed.id : expect.fail('refused');
    await confirmProposal(id, 1, other, ports);
    expect((await closeStaff(one.id, 'Nghỉ hưu', other, ports)).outcome).toBe('closed');
    invited.splice(0);
    expect((await setUp([])).outcome).toBe('known');
    expect(invited.toSorted()).toEqual([other.id, id].toSorted());
    expect((await administrators()).toSorted()).toEqual([other.id, id].toSorted());
  });

  test('of a demonstration, the demonstration goes on; a province that was set up is not made one', async () => {
    const { home, ports, setUp, accounts } = newProvince();
    await setUp();
    await expect(seedDemonstration({ ports, accounts: home.accounts })).rejects.toThrow('tỉnh thật');
    expect((await accounts()).length).toBe(2);
    const other = newProvince();
    await seedDemonstration({ ports: other.ports, accounts: other.home.accounts });
    await seedDemonstration({ ports: other.ports, accounts: other.home.accounts });
    other.signedIn.add('demo-administrator');
    expect((await other.setUp()).outcome).toBe('refused');
  });
});

test('killed at any commit and run again, both are there once and both are invited', async () => {
  for (const when of ['before', 'after'] as const) {
    for (let n = 1; n <= 4; n += 1) {
      const { setUp, ports, accounts, administrators, invited } = newProvince();
      const died = await diesAt(async (on) => setUp([an, binh], on), ports, n, when);
      expect(died).toBe(n <= 3);
      const again = await setUp();
      expect(again.outcome).toBe(n === 1 && when === 'before' ? 'registered' : 'known');
      expect([(await accounts()).length, (await administrators()).length]).toEqual([2, 2]);
      expect(new Set(invited)).toEqual(new Set(await administrators()));
    }
  }
});
