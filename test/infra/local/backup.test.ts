/** A backup while the province goes on, and the province that it is restored to. */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backUp, restore } from '../../../infra/local/backup.ts';
import { keptMails } from '../../../functions/home/mails.ts';
import { openJobs } from '../../../functions/home/jobs.ts';
import { postman } from '../../../functions/home/postman.ts';
import { openScratch } from '../../../infra/local/scratch.ts';
import { sha256 } from '../../../shared/hash.ts';
import { lockData } from '../../../infra/local/data-lock.ts';
import { noticeSigner } from '../../../infra/local/notice-key.ts';
import { noDesk, openHome } from '../../../infra/local/home.ts';
import type { Folders } from '../../../infra/local/move/local-place.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { verifyHistories } from '../../../shared/case/verify.ts';
import { openProvince } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'backup-'));
const at = (name: string) => join(folder, name);
const keyDirectory = at('keys');
const to = (name: string): Folders => ({ dataDirectory: at(name), keyDirectory });
let anchor = '';
let someCase = '';
let cursors: readonly number[] = [];

beforeAll(async () => {
  const province = await openProvince({ people: 4, folder });
  await province.decidedBatch('b1');
  ({ anchor } = await province.home.store.anchor('2025-10-01', '2025-10-01T17:00:00Z', 'system'));
  const before = [...province.home.store.held().entries].length;
  // The province goes on while it is copied: its connections are open, and what they wrote is still in the log.
  const going = province.order('b1');
  expect(backUp(to('data'), at('backup'), '2025-10-02T22:00:00Z')).toMatchObject({ outcome: 'done' });
  await going;
  someCase = caseIdOf(await province.somebody());
  cursors = [before, [...province.home.store.held().entries].length];
  await province.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('holds what was written before it began, verified, with files and keys that open', async () => {
  expect(await restore(at('backup'), to('restored'), 'now')).toMatchObject({ outcome: 'done', verified: { count: 0 } });
  const home = openHome({ ...to('restored'), publicUrl: '' });
  const { entries, count } = verifyHistories(home.store.held(), anchor);
  expect(count).toBe(0);
  expect(entries).toBeGreaterThanOrEqual(cursors[0] ?? 0);
  expect(entries).toBeLessThanOrEqual(cursors[1] ?? 0);
  const of = (await readCase(home.store, someCase)) ?? expect.fail('the case is gone');
  expect((await identityOf(home.keys, of)).fullName).not.toBe('');
  const hashes = readdirSync(at('data/files'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.length > 60,
  );
  expect(hashes.length).toBeGreaterThan(0);
  for (const name of hashes) {
    const hash = name.slice(-64);
    if (existsSync(join(at('backup/files'), name))) expect(await home.ports(noDesk).files.get(hash)).toBeDefined();
  }
  home.close();
});

test('is not written over, and has its name only when it is whole', () => {
  expect(backUp(to('data'), at('backup'), '2025-10-02T22:00:00Z')).toMatchObject({
    outcome: 'refused',
    why: expect.stringContaining('đã có'),
  });
  mkdirSync(at('killed.partial/files'), { recursive: true });
  writeFileSync(at('killed.partial/histories.sqlite'), 'half');
  expect(backUp(to('data'), at('killed'), '2025-10-02T22:00:00Z')).toMatchObject({ outcome: 'done' });
  expect(existsSync(at('killed.partial'))).toBe(false);
});

describe('of the scratch store', () => {
  const now = '2025-10-02T22:00:00Z';
  const mail = (key: string, more: object) => ({
    key,
    to: 'phan.thi.an@tinh.example',
    account: 'demo-administrator',
    subject: 'Chi trả',
    lines: ['Mời xác nhận'],
    button: { label: 'Mở', url: `https://chi-tra.tinh.example/oidc/moi/token-of-${key}` },
    footer: [],
    isUrgent: true,
    at: '2025-10-02T21:00:00Z',
    delivery: { state: 'waiting' },
    ...more,
  });
  const sent = { state: 'sent', at: now, answer: '250 ok', together: 1 };
  const mails = [
    mail('invitation/1', {}),
    mail('invitation/2', { delivery: sent }),
    mail('b1/people/1/x', { batch: 'b1' }),
    mail('notices/1', {}),
    mail('b1/told/1/x', { batch: 'b1', delivery: sent }),
  ];
  const secrets = ['session', 'oidc-Session', 'oidc-Grant', 'invitation', 'wrong-password', 'wrong-code'].concat([
    'password-passed',
    'provider-secret',
    'lease',
    'sign-in/address',
    'something new',
  ]);
  const kept = ['credential', 'cursor', 'duty', 'wait'];

  beforeAll(() => {
    cpSync(at('data'), at('live'), { recursive: true });
    const scratch = openScratch(at('live/scratch.sqlite'));
    for (const kind of [...secrets, ...kept]) scratch.put(kind, `key-of-${kind}`, `value-of-${kind}`);
    for (const one of mails) scratch.put('mail', one.key, JSON.stringify(one));
    const account = {
      id: 'a1',
      name: 'Phan Thị Bí Mật',
      email: 'phan.thi.an@tinh.example',
      role: 'unit-clerk',
      units: [],
    };
    for (const status of ['waiting', 'done']) {
      const job = { kind: 'read-list', input: { listId: 'l', account }, by: 'a1', status, done: 0, of: 0 };
      scratch.put('job', status, JSON.stringify(job));
    }
    expect(backUp(to('live'), at('live backup'), now)).toMatchObject({ outcome: 'done' });
    scratch.close();
  });

  test('no secret, link, name or address is in its bytes', () => {
    const bytes = Buffer.concat(
      readdirSync(at('live backup'), { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map((one) => readFileSync(join(one.parentPath, one.name))),
    );
    for (const kind of secrets)
      for (const of of ['key', 'value']) expect(bytes.includes(`${of}-of-${kind}`)).toBe(false);
    for (const words of ['token-of-', '/oidc/moi/', 'phan.thi.an@', 'Bí Mật', 'Mời xác nhận']) {
      expect(bytes.includes(words)).toBe(false);
    }
    for (const kind of kept) expect(bytes.includes(`value-of-${kind}`)).toBe(true);
  });

  test.each(['live backup', 'older backup'])(
    'from a %s nothing that waited is sent, and no secret comes',
    async (from) => {
      if (from === 'older backup') asBefore();
      expect(await restore(at(from), to(`restored from ${from}`), now)).toMatchObject({ outcome: 'done' });
      const home = openHome({ ...to(`restored from ${from}`), publicUrl: '' });
      const states = new Map((await keptMails(home.scratch.port)).map((one) => [one.key, one.delivery.state]));
      expect(Object.fromEntries(states)).toEqual({
        'invitation/2': 'sent',
        'b1/people/1/x': 'bounced',
        'notices/1': 'unneeded',
        'b1/told/1/x': 'sent',
      });
      const letters: unknown[] = [];
      const post = { scratch: home.scratch.port, now: () => now, publicUrl: '', digestMinutes: 0, report: () => {} };
      const transport = async (letter: unknown) => (letters.push(letter), { outcome: 'taken', answer: '' } as const);
      await postman({ ...post, transport }).deliver();
      expect(letters).toEqual([]);
      for (const kind of secrets) expect(home.scratch.list(kind)).toEqual([]);
      for (const kind of kept) expect(home.scratch.get(kind, `key-of-${kind}`)).toBe(`value-of-${kind}`);
      expect((await openJobs(home.scratch.port)).map(({ job }) => job.input)).toEqual([
        { listId: 'l', account: { id: 'a1', name: 'a1', email: '', role: 'unit-clerk', units: [] } },
      ]);
      home.close();
    },
  );

  /** With the whole scratch store, and without the instant. */
  function asBefore(): void {
    cpSync(at('live backup'), at('older backup'), { recursive: true });
    rmSync(at('older backup/scratch.sqlite'));
    const live = new DatabaseSync(at('live/scratch.sqlite'));
    live.prepare('VACUUM INTO ?').run(at('older backup/scratch.sqlite'));
    live.close();
    const scratch = readFileSync(at('older backup/scratch.sqlite'));
    const { at: _none, ...said } = JSON.parse(readFileSync(at('older backup/backup.json'), 'utf8'));
    const members = said.members.map((one: { name: string }) =>
      one.name === 'scratch.sqlite' ? { ...one, bytes: scratch.length, sha256: sha256(scratch) } : one,
    );
    writeFileSync(at('older backup/backup.json'), JSON.stringify({ ...said, members }));
  }
});

test('papers of before verify where only the master key was put away, and it is said that another key will sign', async () => {
  const { id } = await noticeSigner(keyDirectory).current();
  expect(backUp(to('data'), at('with notices'), '2025-10-02T22:00:00Z')).toMatchObject({ outcome: 'done' });
  expect(readFileSync(at('with notices/backup.json'), 'utf8')).not.toContain('PRIVATE');
  const put = { dataDirectory: at('put away'), keyDirectory: at('put away keys') };
  cpSync(join(keyDirectory, 'master.key'), join(put.keyDirectory, 'master.key'));
  expect(await restore(at('with notices'), put, 'now')).toMatchObject({ outcome: 'done', lacksNoticeKey: true });
  const signer = noticeSigner(put.keyDirectory);
  expect((await signer.keys()).map((key) => key.id)).toEqual([id]);
  expect((await signer.current()).id).not.toBe(id);
  const whole = { dataDirectory: at('not put away'), keyDirectory };
  expect(await restore(at('with notices'), whole, 'now')).toMatchObject({ outcome: 'done', lacksNoticeKey: false });
});

describe('within DATA_DIR', () => {
  const folders = (name: string): Folders => ({ dataDirectory: at(`${name}/own`), keyDirectory });

  test('a folder of somebody else lies around it: nothing is made there, and a disk that is empty is', async () => {
    const { dataDirectory } = folders('var');
    mkdirSync(join(dataDirectory, 'lost+found'), { recursive: true });
    chmodSync(at('var'), 0o555);
    const seen = new Set<string>();
    const made = await restore(at('backup'), folders('var'), 'now', (from, into) => {
      for (const name of readdirSync(at('var'))) seen.add(name);
      renameSync(from, into);
    });
    chmodSync(at('var'), 0o755);
    expect(made).toMatchObject({ outcome: 'done' });
    expect([...seen]).toEqual(['own']);
    expect(readdirSync(dataDirectory).toSorted()).toEqual(
      ['files', 'histories.sqlite', 'keys.sqlite', 'lock.sqlite', 'lost+found', 'scratch.sqlite'].toSorted(),
    );
  });

  test('a run that dies between any two moves leaves no province, and the next one is whole', async () => {
    const moves = 4;
    for (let before = 0; before < moves; before += 1) {
      const { dataDirectory } = folders(`killed ${before}`);
      let left = before;
      const dying = restore(at('backup'), folders(`killed ${before}`), 'now', (from, into) => {
        if ((left -= 1) < 0) throw new Error('killed');
        renameSync(from, into);
      });
      await expect(dying).rejects.toThrow('killed');
      expect(existsSync(join(dataDirectory, 'histories.sqlite'))).toBe(false);
      expect(() => openHome({ ...folders(`killed ${before}`), publicUrl: '' })).toThrow('npm run restore');
      expect(existsSync(join(dataDirectory, 'histories.sqlite'))).toBe(false);
      expect(await restore(at('backup'), folders(`killed ${before}`), 'now')).toMatchObject({ outcome: 'done' });
      expect(existsSync(join(dataDirectory, '.restoring'))).toBe(false);
      openHome({ ...folders(`killed ${before}`), publicUrl: '' }).close();
    }
  });

  test('what was not put there by a restoration is never removed, and a process that has the data is not met', async () => {
    const { dataDirectory } = folders('mixed');
    mkdirSync(join(dataDirectory, '.restoring/files'), { recursive: true });
    writeFileSync(join(dataDirectory, '.restoring/scratch.sqlite'), 'half');
    writeFileSync(join(dataDirectory, 'keys.sqlite'), 'of somebody');
    const refused = await restore(at('backup'), folders('mixed'), 'now');
    expect(refused).toMatchObject({ outcome: 'refused', why: expect.stringContaining('keys.sqlite') });
    expect(readFileSync(join(dataDirectory, 'keys.sqlite'), 'utf8')).toBe('of somebody');
    rmSync(join(dataDirectory, 'keys.sqlite'));
    const lock = lockData(dataDirectory);
    await expect(restore(at('backup'), folders('mixed'), 'now')).rejects.toThrow('tiến trình khác');
    lock.close();
    expect(await restore(at('backup'), folders('mixed'), 'now')).toMatchObject({ outcome: 'done' });
  });
});

describe('nothing is restored', () => {
  const whyOf = async (from: string, folders = to('nothing')) => {
    const made = await restore(from, folders, 'now');
    expect(existsSync(at('nothing'))).toBe(false);
    return made.outcome === 'refused' ? made.why : made.outcome;
  };
  function copy(): string {
    const made = mkdtempSync(at('copy-'));
    cpSync(at('backup'), made, { recursive: true });
    return made;
  }

  test('over data, from what is no backup, or without the right master key', async () => {
    expect(await whyOf(at('backup'), to('data'))).toContain('không trống');
    expect(await whyOf(at('keys'))).toContain('không phải bản sao lưu');
    mkdirSync(at('other keys'));
    writeFileSync(at('other keys/master.key'), Buffer.alloc(32, 7).toString('base64'));
    expect(await whyOf(at('backup'), { ...to('nothing'), keyDirectory: at('other keys') })).toContain('Khóa chính');
    expect(await whyOf(at('backup'), { ...to('nothing'), keyDirectory: at('no keys') })).toContain('Khóa chính');
  });

  test('from a backup with a changed byte or a file that is gone: it is named', async () => {
    const names = readdirSync(at('backup'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /sqlite$|[0-9a-f]{64}$/.test(name),
    );
    expect(names.length).toBeGreaterThan(4);
    for (const name of names) {
      const changed = copy();
      const bytes = Uint8Array.from(readFileSync(join(changed, name)));
      bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
      writeFileSync(join(changed, name), bytes);
      expect(await whyOf(changed)).toBe(`${name} đã bị thay đổi so với lúc sao lưu.`);
      rmSync(join(changed, name));
      expect(await whyOf(changed)).toBe(`${name} bị thiếu.`);
    }
  });
});
