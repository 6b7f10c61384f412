import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Accounts, accounts, demoAccounts } from '../../../infra/local/accounts.ts';
import { openScratch, type Scratch } from '../../../infra/local/scratch.ts';
import type { Account } from '../../../shared/case/access.ts';

let directory: string;
let scratch: Scratch;
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

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'chi-tra-accounts-'));
  now = 1_000_000;
  scratch = openScratch(join(directory, 'scratch.sqlite'), () => now);
  people = accounts(scratch, () => now);
  people.add(clerk, 'mật khẩu');
  people.add(leader, 'another');
});
afterEach(() => {
  scratch.close();
  rmSync(directory, { recursive: true });
});

const wrongTries = (count: number, email = clerk.email) =>
  Array.from({ length: count }, () => people.check(email, 'wrong').outcome);

describe('a password', () => {
  test('is nowhere in the data, and the same one is hashed otherwise for another account', () => {
    people.add({ ...clerk, id: 'a3', email: 'a3@chi-tra.example' }, 'mật khẩu');
    const texts = scratch.list('account').map(({ value }) => value);
    expect(texts.join('\n')).not.toContain('mật khẩu');
    expect(new Set(texts.map((text) => /"hash":"([0-9a-f]{64})"/.exec(text)?.[1])).size).toBe(3);
  });

  test('is right however the keyboard composes its accents', () => {
    expect(people.check(clerk.email, 'mật khẩu'.normalize('NFD')).outcome).toBe('right');
  });

  test.each(['', 'Mật khẩu', 'mat khau', 'mật khẩu '])('%j is wrong', (password) => {
    expect(people.check(clerk.email, password)).toEqual({ outcome: 'wrong' });
  });

  test('gives the account, whatever the capitals and blanks of the mail', () => {
    expect(people.check(' LAN@chi-tra.example ', 'mật khẩu')).toEqual({ outcome: 'right', account: clerk });
  });
});

describe('wrong tries', () => {
  test.each([
    [4, 'right'],
    [5, 'wait'],
    [6, 'wait'],
  ])('after %i the right password is answered: %s', (count, outcome) => {
    wrongTries(count);
    expect(people.check(clerk.email, 'mật khẩu').outcome).toBe(outcome);
  });

  test('are counted for one mail only, in any spelling', () => {
    wrongTries(3);
    wrongTries(2, 'LAN@CHI-TRA.EXAMPLE');
    expect([people.check(clerk.email, 'mật khẩu').outcome, people.check(leader.email, 'another').outcome]).toEqual([
      'wait',
      'right',
    ]);
  });

  test('of an unknown mail must wait too, so that nobody learns which mails exist', () => {
    expect(wrongTries(6, 'nobody@chi-tra.example')).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'wait']);
  });

  test('are forgotten with a right one', () => {
    wrongTries(4);
    people.check(clerk.email, 'mật khẩu');
    expect(wrongTries(5)).not.toContain('wait');
  });

  test.each([
    [-1, 'wait'],
    [0, 'right'],
    [1, 'right'],
  ])('a quarter of an hour and %i milliseconds later: %s', (more, outcome) => {
    wrongTries(5);
    now += 15 * minute + more;
    expect(people.check(clerk.email, 'mật khẩu').outcome).toBe(outcome);
  });

  test('while waiting do not make the wait longer', () => {
    wrongTries(5);
    now += 14 * minute;
    wrongTries(3);
    now += minute;
    expect(people.check(clerk.email, 'mật khẩu').outcome).toBe('right');
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

  test('finds an account with its version, which signing out everywhere raises', () => {
    expect(people.find('a1')).toEqual({ ...clerk, version: 1 });
    people.signOutEverywhere('a1');
    people.signOutEverywhere('unknown');
    expect([people.find('a1')?.version, people.find('a2')?.version, people.find('unknown')]).toEqual([2, 1, undefined]);
    expect(people.check(clerk.email, 'mật khẩu').outcome).toBe('right');
  });

  test('of the demonstration uses made-up addresses only', () => {
    expect(demoAccounts(['U1']).every(({ account }) => account.email.endsWith('@chi-tra.example'))).toBe(true);
  });
});
