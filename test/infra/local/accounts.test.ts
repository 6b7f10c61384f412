import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Accounts, accounts, demoAccounts } from '../../../infra/local/accounts.ts';
import { type Keys, openKeys } from '../../../infra/local/keys.ts';
import { openScratch, type SqliteScratch } from '../../../infra/local/scratch.ts';
import { openSqliteStore, type SqliteStore } from '../../../infra/local/sqlite-store.ts';
import type { Account } from '../../../shared/case/access.ts';

let directory: string;
let scratch: SqliteScratch;
let store: SqliteStore;
let vault: Keys;
let now: number;
let people: Accounts;
const minute = 60_000;
const clerk: Account = {
  id: 'a1',
  name: 'Hồ Thị Mai Lan',
  email: 'lan@chi-tra.example',
  role: 'unit-clerk',
  units: ['U1'],
};
const leader: Account = {
  id: 'a2',
  name: 'Trần Quang Vinh',
  email: 'vinh@chi-tra.example',
  role: 'home-affairs-leader',
  units: [],
};

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'chi-tra-accounts-'));
  now = 1_000_000;
  scratch = openScratch(join(directory, 'scratch.sqlite'), () => now);
  store = openSqliteStore(join(directory, 'histories.sqlite'));
  vault = openKeys(join(directory, 'keys'), directory);
  people = accounts({ scratch, store, vault }, () => now);
  await people.add(clerk, 'mật khẩu');
  await people.add(leader, 'another');
});
afterEach(() => {
  scratch.close();
  store.close();
  vault.close();
  rmSync(directory, { recursive: true });
});

async function wrongTries(count: number, email = clerk.email) {
  const outcomes: string[] = [];
  for (let tries = 0; tries < count; tries += 1) outcomes.push((await people.check(email, 'wrong')).outcome);
  return outcomes;
}
const outcomeOf = async (email: string, password: string) => (await people.check(email, password)).outcome;

describe('a password', () => {
  test('is nowhere in the data, and the same one is hashed otherwise for another account', async () => {
    await people.add({ ...clerk, id: 'a3', email: 'a3@chi-tra.example' }, 'mật khẩu');
    const texts = scratch.list('credential').map(({ value }) => value);
    expect(texts.join('\n')).not.toContain('mật khẩu');
    expect(new Set(texts.map((text) => /"hash":"([0-9a-f]{64})"/.exec(text)?.[1])).size).toBe(3);
  });

  test('is right however the keyboard composes its accents', async () => {
    expect(await outcomeOf(clerk.email, 'mật khẩu'.normalize('NFD'))).toBe('right');
  });

  test.each(['', 'Mật khẩu', 'mat khau', 'mật khẩu '])('%j is wrong', async (password) => {
    expect(await people.check(clerk.email, password)).toEqual({ outcome: 'wrong' });
  });

  test('gives the account, whatever the capitals and blanks of the mail', async () => {
    expect(await people.check(' LAN@chi-tra.example ', 'mật khẩu')).toEqual({ outcome: 'right', account: clerk });
  });
});

describe('wrong tries', () => {
  test.each([
    [4, 'right'],
    [5, 'wait'],
    [6, 'wait'],
  ])('after %i the right password is answered: %s', async (count, outcome) => {
    await wrongTries(count);
    expect(await outcomeOf(clerk.email, 'mật khẩu')).toBe(outcome);
  });

  test('are counted for one mail only, in any spelling', async () => {
    await wrongTries(3);
    await wrongTries(2, 'LAN@CHI-TRA.EXAMPLE');
    expect([await outcomeOf(clerk.email, 'mật khẩu'), await outcomeOf(leader.email, 'another')]).toEqual([
      'wait',
      'right',
    ]);
  });

  test('of an unknown mail must wait too, so that nobody learns which mails exist', async () => {
    expect(await wrongTries(6, 'nobody@chi-tra.example')).toEqual([
      'wrong',
      'wrong',
      'wrong',
      'wrong',
      'wrong',
      'wait',
    ]);
  });

  test('are forgotten with a right one', async () => {
    await wrongTries(4);
    await people.check(clerk.email, 'mật khẩu');
    expect(await wrongTries(5)).not.toContain('wait');
  });

  test.each([
    [-1, 'wait'],
    [0, 'right'],
    [1, 'right'],
  ])('a quarter of an hour and %i milliseconds later: %s', async (more, outcome) => {
    await wrongTries(5);
    now += 15 * minute + more;
    expect(await outcomeOf(clerk.email, 'mật khẩu')).toBe(outcome);
  });

  test('while waiting do not make the wait longer', async () => {
    await wrongTries(5);
    now += 14 * minute;
    await wrongTries(3);
    now += minute;
    expect(await outcomeOf(clerk.email, 'mật khẩu')).toBe('right');
  });
});

describe('tries at once', () => {
  test('leave the pages time to answer', async () => {
    const checked = people.check(clerk.email, 'mật khẩu').then(({ outcome }) => outcome);
    const meanwhile = new Promise((resolve) => setImmediate(() => resolve('a page answers')));
    expect(await Promise.race([checked, meanwhile])).toBe('a page answers');
    expect(await checked).toBe('right');
  });

  test('are counted one by one', async () => {
    const tries = Array.from({ length: 12 }, () => people.check(clerk.email, 'wrong'));
    const outcomes = (await Promise.all(tries)).map(({ outcome }) => outcome);
    expect(outcomes.toSorted()).toEqual([...Array<string>(7).fill('wait'), ...Array<string>(5).fill('wrong')]);
  });

  test('of more people than a short queue holds are sent away uncounted, and in a while are not', async () => {
    const mails = Array.from({ length: 25 }, (_, index) => `nobody${index}@chi-tra.example`);
    const outcomes = await Promise.all(mails.map((mail) => outcomeOf(mail, 'x')));
    expect(outcomes).toEqual([...Array<string>(22).fill('wrong'), 'busy', 'busy', 'busy']);
    expect(await wrongTries(6, mails[24])).toEqual([...Array<string>(5).fill('wrong'), 'wait']);
    expect(await outcomeOf(clerk.email, 'mật khẩu')).toBe('right');
  });

  test('to open one link set one password', async () => {
    const token = await people.inviteToken(clerk.id);
    const given = ['sông Lam nước biếc', 'núi Hồng lĩnh cao'];
    const taken = await Promise.all(given.map(async (one) => people.takeInvitation(token, one)));
    expect(new Set(taken)).toEqual(new Set([false, true]));
    expect(await outcomeOf(clerk.email, given[taken.indexOf(true)] ?? '')).toBe('right');
  });
});

describe('wrong tries of a stranger', () => {
  const from = async (network: string, password: string) =>
    (await people.check(clerk.email, password, network)).outcome;

  test('do not keep the account’s own person out, who asks from elsewhere', async () => {
    for (let tries = 0; tries < 5; tries += 1) await from('9.9.9.9', 'wrong');
    expect([await from('9.9.9.9', 'mật khẩu'), await from('10.0.0.2', 'mật khẩu')]).toEqual(['wait', 'right']);
    // Nor does the right one give the stranger new tries.
    expect(await from('9.9.9.9', 'wrong')).toBe('wait');
  });

  test.each([
    [49, 'right'],
    [50, 'wait'],
  ])('from ever other addresses, %i in a quarter of an hour: %s', async (count, outcome) => {
    for (let tries = 0; tries < count; tries += 1) await from(`9.9.9.${tries}`, 'wrong');
    expect(await from('10.0.0.2', 'mật khẩu')).toBe(outcome);
    now += 15 * minute;
    expect(await from('10.0.0.2', 'mật khẩu')).toBe('right');
  });

  test('are forgotten when the person sets a password anew', async () => {
    await wrongTries(5);
    await people.takeInvitation(await people.inviteToken(clerk.id), 'sông Lam nước biếc');
    expect(await outcomeOf(clerk.email, 'sông Lam nước biếc')).toBe('right');
  });

  test('are kept without the mail or the address in clear', async () => {
    await from('9.9.9.9', 'wrong');
    await people.check('nobody@chi-tra.example', 'wrong', '9.9.9.9');
    const kept = scratch.list('wrong-password').map(({ key }) => key);
    expect(kept).toHaveLength(4);
    for (const key of kept) expect(key).toMatch(/^[0-9a-f]{64}(\/[0-9a-f]{64})?$/);
  });
});

describe('the directory', () => {
  test('knows who holds a role, and a name for each id', async () => {
    expect(await people.holding('unit-clerk')).toEqual([clerk]);
    expect(await people.holding('inspector')).toEqual([]);
    expect([await people.nameOf('a2'), await people.nameOf('system'), await people.nameOf('gone')]).toEqual([
      'Trần Quang Vinh',
      'Hệ thống',
      'gone',
    ]);
  });

  test('finds an account with its version, which signing out everywhere raises', async () => {
    expect(await people.find('a1')).toEqual({ ...clerk, version: 2 });
    people.signOutEverywhere('a1');
    people.signOutEverywhere('unknown');
    const found = await Promise.all(['a1', 'a2', 'unknown'].map((id) => people.find(id)));
    expect(found.map((one) => one?.version)).toEqual([3, 2, undefined]);
    expect(await outcomeOf(clerk.email, 'mật khẩu')).toBe('right');
  });

  test('of the demonstration uses made-up addresses only', async () => {
    expect(demoAccounts(['U1']).every(({ account }) => account.email.endsWith('@chi-tra.example'))).toBe(true);
  });
});
