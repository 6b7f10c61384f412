/** A person is erased when nothing is open and the days of keeping are over, by two officers and a document, and stays erased. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backUp, restore } from '../../../infra/local/backup.ts';
import { entriesIn, eraseKeys, eraseKeysAgain, keysBackAgain } from '../../../infra/local/erased-keys.ts';
import { openHome } from '../../../infra/local/home.ts';
import { exportProvince } from '../../../infra/local/move/export-province.ts';
import { importProvince } from '../../../infra/local/move/import-province.ts';
import { arrivingLocal, leavingLocal } from '../../../infra/local/move/local-place.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { returnDutyOf } from '../../../shared/case/return-duty.ts';
import { verifyHistories } from '../../../shared/case/verify.ts';
import { type ErasurePorts, type ErasureWish, erasePerson } from '../../../shared/completion/erase-person.ts';
import { reconcile } from '../../../shared/disbursement/reconcile.ts';
import { attachPaper } from '../../../shared/intake/attach-paper.ts';
import { openProvince, type Province } from '../../province.ts';

const folder = mkdtempSync(join(tmpdir(), 'erase-'));
const at = (name: string) => join(folder, name);
const keyDirectory = at('keys');
const home = (name: string) => ({ dataDirectory: at(name), keyDirectory });
let province: Province;
let paid = '';
let unpaid = '';
let wish: ErasureWish;
const own = Buffer.from('%PDF-1.4 of one person');
const shared = Buffer.from('%PDF-1.4 of two persons');

/** One is credited and one is not; each has a paper that both share, and the first one of their own. */
beforeAll(async () => {
  province = await openProvince({ people: 6, folder });
  const [one, other] = await province.sentBatch('b1');
  if (one === undefined || other === undefined) return expect.fail('no two orders');
  [paid, unpaid] = [caseIdOf(one.part), caseIdOf(other.part)];
  const papers = [
    [paid, own],
    [paid, shared],
    [unpaid, shared],
  ] as const;
  for (const [caseId, bytes] of papers) {
    const made = await attachPaper(
      { caseId, kind: 'other', bytes },
      province.account('home-affairs-officer'),
      province.still,
    );
    expect(made).toEqual({ outcome: 'attached' });
  }
  const said = await province.resultFile('b1', [one]);
  await reconcile('b1', 'file-1', said, 'demo-finance-officer', province.still);
  wish = {
    caseId: paid,
    document: { number: '12/QĐ-UBND', on: '2037-01-05' },
    keptUntil: '2036-12-31',
    reason: 'Hết thời hạn lưu giữ',
    by: 'demo-administrator',
    confirmedBy: 'demo-home-affairs-leader',
  };
}, 60_000);
afterAll(async () => {
  await province.close();
  rmSync(folder, { recursive: true, force: true });
});

const ports = (): ErasurePorts => ({
  store: province.store,
  find: async (id) => province.home.accounts.find(id),
  everyEntry: () => entriesIn(at('data')),
  erase: async (owners) => eraseKeys(at('data'), owners),
  now: () => '2037-02-01T02:00:00Z',
});
const whyOf = async (change: Partial<ErasureWish>) => {
  const made = await erasePerson({ ...wish, ...change }, ports());
  return made.outcome === 'refused' ? made.why.vi : made.outcome;
};
const caseOf = async (id: string) => (await readCase(province.store, id)) ?? expect.fail('the case is gone');

test('nothing is erased without the officers, a document, a term that has passed and a case at its end', async () => {
  expect(await whyOf({ by: 'demo-home-affairs-leader' })).toContain('quản trị hệ thống');
  expect(await whyOf({ confirmedBy: 'demo-administrator-2' })).toContain('lãnh đạo Sở Nội vụ');
  expect(await whyOf({ document: { number: ' ', on: '2037-01-05' } })).toContain('văn bản');
  expect(await whyOf({ document: { number: '1', on: '2037-02-02' } })).toContain('không sau hôm nay');
  expect(await whyOf({ reason: '' })).toContain('lý do');
  for (const keptUntil of ['2037-02-01', '2037-02-02', 'sometime']) {
    expect(await whyOf({ keptUntil })).toContain('phải đã qua');
  }
  expect(await whyOf({ caseId: 'nobody' })).toContain('Không có hồ sơ');
  expect(await whyOf({ caseId: unpaid })).toContain('chưa kết thúc');
  expect((await caseOf(paid)).entries.some(({ kind }) => kind === 'erased')).toBe(false);
});

test('who may still have to give money back is kept as long as that lasts, to the day', async () => {
  const { assessment, submitted } = await caseOf(paid);
  const regime = assessment.outcome === 'entitled' ? assessment.regime : '';
  const duty = returnDutyOf(regime, submitted.facts.leaving?.on ?? '');
  if (duty.duty !== 'owed') return expect(regime).toMatch(/^178/);
  const dayBefore = new Date(Date.parse(duty.until) - 86_400_000).toISOString().slice(0, 10);
  expect(await whyOf({ keptUntil: dayBefore })).toContain('nghĩa vụ hoàn trả');
});

test('a person who is erased has no name and no paper of their own; everything else stays, and verifies', async () => {
  cpSync(at('data'), at('before'), { recursive: true });
  expect(backUp(home('data'), at('backup'), '2025-10-02T22:00:00Z')).toMatchObject({ outcome: 'done' });
  const { fullName } = await identityOf(province.home.keys, await caseOf(paid));
  expect(await erasePerson(wish, ports())).toEqual({ outcome: 'erased', keys: 2 });

  const entry = (await caseOf(paid)).entries.at(-1);
  expect(entry).toMatchObject({ kind: 'erased', by: wish.by });
  expect(entry?.data).not.toContain(fullName);
  const again = openHome({ ...home('data'), publicUrl: '' });
  expect((await identityOf(again.keys, await caseOf(paid))).fullName).toBe('–');
  expect((await identityOf(again.keys, await caseOf(unpaid))).fullName).not.toBe('–');
  const { files } = again.ports(province.ports.desk);
  const hashOf = async (bytes: Buffer) => (await import('../../../shared/hash.ts')).sha256(bytes);
  expect(await files.get(await hashOf(own))).toBeUndefined();
  expect(await files.get(await hashOf(shared))).toBeDefined();
  again.close();
  expect(verifyHistories(province.home.store.held()).count).toBe(0);
  // Run again after it died between entry and keys: nothing is written twice.
  expect(await erasePerson(wish, ports())).toEqual({ outcome: 'erased', keys: 2 });
  expect((await caseOf(paid)).entries.filter(({ kind }) => kind === 'erased')).toHaveLength(1);
});

test('older keys beside newer histories are named, and erased again', async () => {
  cpSync(at('data'), at('mixed'), { recursive: true });
  cpSync(at('before/keys.sqlite'), at('mixed/keys.sqlite'));
  for (const end of ['-wal', '-shm']) rmSync(at(`mixed/keys.sqlite${end}`), { force: true });
  cpSync(at('before/keys.sqlite-wal'), at('mixed/keys.sqlite-wal'));
  expect(keysBackAgain(at('mixed'))).toHaveLength(2);
  const made = backUp(home('mixed'), at('mixed backup'), '2025-10-02T22:00:00Z');
  expect(made).toMatchObject({ outcome: 'done' });
  expect(await restore(at('mixed backup'), home('restored'), 'now')).toMatchObject({
    erasedAgain: [`person/${paid}`, expect.any(String)],
  });
  expect(keysBackAgain(at('restored'))).toEqual([]);
  const bytes = readFileSync(at('restored/keys.sqlite'), 'latin1');
  expect(bytes).not.toContain(`person/${paid}`);
});

test('keys that an export still has do not come along', async () => {
  const leaving = leavingLocal(home('mixed'));
  expect(await exportProvince(leaving, at('export'))).toMatchObject({ outcome: 'exported' });
  leaving.close();
  expect(await importProvince(at('export'), arrivingLocal(home('arrived')))).toMatchObject({ outcome: 'imported' });
  expect(keysBackAgain(at('arrived'))).toEqual([]);
  expect(eraseKeysAgain(at('mixed'))).toHaveLength(2);
  expect(eraseKeysAgain(at('mixed'))).toEqual([]);
});
