import { describe, expect, test } from 'vitest';
import { followBatch } from '../../../shared/approval/follow.ts';
import { holdPart } from '../../../shared/approval/hold.ts';
import { endBatch, releaseBatch, releaseStrays } from '../../../shared/approval/release.ts';
import { caseStream, readCase } from '../../../shared/case/case.ts';
import { caseIdOf, partChange } from '../../../shared/case/part.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { done, type Province, provinces, showing } from '../../province.ts';

const province = provinces();
const rejected = { outcome: 'rejected', reason: 'Sai nguồn kinh phí' } as const;

/** As an administrator with the table open could do it. */
async function append({ store }: Province, partId: string, kind: string, change: (of: Stored) => unknown) {
  const of = await readCase(store, caseIdOf(partId));
  if (of === undefined) throw new Error('no such case');
  const entries = [{ kind, at: '2025-10-01T00:00:00Z', by: 'somebody', data: change(of) }];
  await store.commit([{ stream: caseStream(of.id), readAt: of.entries.length, entries }]);
}
type Stored = NonNullable<Awaited<ReturnType<typeof readCase>>>;

const alterations = [
  [
    'the account',
    async (made: Province, partId: string) => {
      const other = { account: 'sealed', accountDigest: 'f'.repeat(64), reason: 'x', paper: 'x' };
      await append(made, partId, 'account-proposed', () => other);
      await append(made, partId, 'account-confirmed', () => ({ accountDigest: other.accountDigest }));
    },
  ],
  [
    'the salary',
    async (made: Province, partId: string) =>
      append(made, partId, 'submitted', ({ submitted }) => ({
        ...submitted,
        facts: { ...submitted.facts, pay: { kind: 'contract', amount: '99000000' } },
      })),
  ],
  [
    'the paying unit',
    async (made: Province, partId: string) =>
      append(made, partId, 'submitted', ({ submitted }) => ({ ...submitted, payingUnit: '1099999' })),
  ],
] as const;

describe('a batch is computed again before anybody is asked', () => {
  test('the same facts under the same law differ for nobody', async () => {
    const { frozenBatch, rows } = await province({ people: 40 });
    const { isRecomputed, differing } = await frozenBatch('b1');
    expect([isRecomputed, differing]).toEqual([true, []]);
    expect((await rows()).filter(({ status }) => status === 'in-batch').length).toBeGreaterThan(20);
  });

  test.each(alterations)('%s of one person altered after freezing gives the whole batch back', async (_what, alter) => {
    const made = await province();
    const { appraiseAll, freeze, step, list, batch, decides, provincial, part, orders, somebody } = made;
    await appraiseAll();
    const partId = await somebody();
    await freeze('b1');
    await alter(made, partId);
    await step('entitlement.recompute', 'b1');
    await step('entitlement.recompute', 'b1');
    expect((await batch('b1')).differing).toEqual([partId]);
    expect(await step('approval.next', 'b1')).toMatchObject({ next: 'release' });
    expect(await decides('home-affairs-leader', 'b1')).toMatchObject({ outcome: 'refused' });
    await step('approval.release', 'b1');
    expect(await provincial('b1')).toMatchObject({ outcome: 'refused' });
    await expect(step('disbursement.order', 'b1')).rejects.toThrow('no decision');
    expect(await orders('b1')).toEqual([]);
    for (const one of await list('b1')) {
      // Home Affairs looks again at the one that differs; the others stay appraised.
      expect((await part(one.part)).status).toBe(one.part === partId ? 'assessed' : 'appraised');
    }
  });

  test('a frozen list that was replaced in the files stops the batch', async () => {
    const { frozenBatch, still } = await province();
    await frozenBatch('b1');
    const files = { ...still.files, get: async () => new TextEncoder().encode('{"parts":[]}') };
    await expect(followBatch('b1', { ...still, files })).rejects.toThrow();
    const listless = { ...still.files, get: async () => undefined };
    await expect(followBatch('b1', { ...still, files: listless })).rejects.toThrow('is gone');
  });
});

/** Frozen and recomputed, when a later recomputation gave something else for one of them. */
async function differing() {
  const made = await province();
  await made.frozenBatch('b1');
  const [one] = await made.list('b1');
  const partId = one?.part ?? expect.fail('nobody');
  const data = { version: 1, parts: [partId] };
  const entries = [{ kind: 'recomputed-differently', at: made.still.now(), by: 'system', data }];
  await made.store.commit([{ stream: 'batch/b1', readAt: (await made.batch('b1')).entries.length, entries }]);
  const others = (await made.list('b1')).map(({ part }) => part).filter((id) => id !== partId);
  const lastEntries = async (id: string, count: number) =>
    (await made.part(id)).entries.slice(-count).map(({ kind, by, data: text }) => [kind, by, JSON.parse(text)]);
  return { ...made, partId, others, lastEntries };
}
const computedDifferently = 'Kết quả tính lại khác với danh sách đã chốt.';

describe('a batch that computes differently', () => {
  test('gives everybody back in the system’s name, with that reason', async () => {
    const { others, lastEntries, batch, store, still } = await differing();
    await releaseBatch('b1', (of) => assess(of.submitted.facts), still);
    const released = { status: 'appraised', batch: 'b1', reason: computedDifferently };
    for (const id of others) expect(await lastEntries(id, 1)).toEqual([['released', 'system', released]]);
    const end = (await batch('b1')).entries.at(-1);
    expect([end?.kind, end?.by, JSON.parse(end?.data ?? '')]).toEqual([
      'released',
      'system',
      { reason: computedDifferently },
    ]);
    const row = (await store.page({ kind: 'batch', limit: 1 })).rows[0];
    const { people, total } = (await batch('b1')).frozen ?? expect.fail('not frozen');
    expect(row).toMatchObject({ status: 'released', summary: { version: 1, people, total } });
  });

  test('has whoever differs assessed anew, for Home Affairs to look at again', async () => {
    const { partId, lastEntries, rows, store, still } = await differing();
    const anew = (of: Stored) => ({ ...assess(of.submitted.facts), marks: ['looked-at-anew'] });
    await releaseBatch('b1', anew, still);
    const of = (await readCase(store, caseIdOf(partId))) ?? expect.fail('no case');
    expect(of.assessment).toMatchObject({ outcome: 'entitled', marks: ['looked-at-anew'] });
    expect([of.entries.at(-1)?.kind, of.entries.at(-1)?.by]).toEqual(['assessed', 'system']);
    expect(await lastEntries(partId, 2)).toEqual([
      ['released', 'system', { status: 'appraised', batch: 'b1', reason: computedDifferently }],
      ['assessed', 'system', { status: 'assessed', caseHash: of.caseHash }],
    ]);
    const row = (await rows()).find(({ stream }) => stream === `part/${partId}`);
    expect(row).toMatchObject({ status: 'assessed', summary: { reason: computedDifferently } });
    expect(row?.batch).toBeUndefined();
  });

  test('holds whoever is entitled to nothing any more', async () => {
    const { partId, lastEntries, part, account, still } = await differing();
    const nothing = ({ assessment: { law, open, marks } }: Stored): Stored['assessment'] => {
      return { outcome: 'incomplete', missing: ['x'], law, open, marks };
    };
    await releaseBatch('b1', nothing, still);
    const reason = 'Tính lại không còn được hưởng.';
    expect(await lastEntries(partId, 1)).toEqual([
      ['hold', 'system', { status: 'held', heldFrom: 'assessed', reason }],
    ]);
    done(await holdPart(partId, 'resume', 'Đã xem', account('home-affairs-officer'), still));
    expect((await part(partId)).status).toBe('assessed');
  });

  test('is not noted as recomputed', async () => {
    const made = await province();
    await made.appraiseAll();
    const partId = await made.somebody();
    await made.freeze('b1');
    await alterations[2][1](made, partId);
    await made.step('entitlement.recompute', 'b1');
    await made.step('approval.next', 'b1');
    expect(await made.batch('b1')).toMatchObject({ isRecomputed: false, differing: [partId] });
  });
});

describe('nobody is given back', () => {
  test('by a batch that nobody stopped, or that is not there', async () => {
    const { frozenBatch, list, part, batch, still } = await province();
    await frozenBatch('b1');
    for (const id of ['b1', 'b9']) await releaseBatch(id, (of) => assess(of.submitted.facts), still);
    for (const one of await list('b1')) expect((await part(one.part)).status).toBe('in-batch');
    expect((await batch('b1')).isReleased).toBe(false);
    await releaseStrays('b9', 'Lạc', still);
  });

  test('of those on the list', async () => {
    const { frozenBatch, list, part, still } = await province();
    await frozenBatch('b1');
    await releaseStrays('b1', 'Lạc', still);
    for (const one of await list('b1')) expect((await part(one.part)).status).toBe('in-batch');
  });

  test('of another batch, though the late index shows them in this one; nor whom nobody knows', async () => {
    const { frozenBatch, decides, freeze, list, part, rows, step, still } = await province();
    await frozenBatch('b1');
    await freeze('b2', { level: 'commune' });
    const late = (await rows()).filter(({ batch }) => batch === 'b2').map((row) => ({ ...row, batch: 'b1' }));
    const gone = late.slice(0, 1).map((row) => ({ ...row, stream: 'part/nobody.wage-reform' }));
    const ports = showing(still, [...late, ...gone], ({ batch }) => batch === 'b1');
    await releaseStrays('b1', 'Lạc', ports);
    await decides('home-affairs-leader', 'b1', rejected);
    await step('approval.release', 'b1', ports);
    expect(late).not.toEqual([]);
    for (const one of await list('b2')) expect((await part(one.part)).status).toBe('in-batch');
    for (const one of await list('b1')) expect((await part(one.part)).status).toBe('appraised');
  });

  test('who is in no batch any more, though the late index shows them in this one', async () => {
    const { account, frozenBatch, somebody, rows, part, still } = await province();
    const held = await somebody();
    done(await holdPart(held, 'hold', 'Chờ xác minh', account('finance-officer'), still));
    await frozenBatch('b1');
    const late = (await rows()).filter(({ stream }) => stream === `part/${held}`);
    await releaseStrays(
      'b1',
      'Lạc',
      showing(still, late, ({ batch }) => batch === 'b1'),
    );
    expect((await part(held)).status).toBe('held');
  });

  test('whose money is on its way, though an end was written into the history', async () => {
    const { sentBatch, batch, store, still, list, part } = await province();
    await sentBatch('b1');
    const entries = [{ kind: 'aborted', at: still.now(), by: 'x', data: { reason: 'x' } }];
    await store.commit([{ stream: 'batch/b1', readAt: (await batch('b1')).entries.length, entries }]);
    await releaseBatch('b1', (of) => assess(of.submitted.facts), still);
    for (const one of await list('b1')) expect((await part(one.part)).status).toBe('sent');
  });
});

describe('an end is noted', () => {
  test('once, for the batch that is meant, and for none that is not there', async () => {
    const { frozenBatch, batch, still } = await province();
    await frozenBatch('b1');
    const ends = async () => (await batch('b1')).entries.filter(({ kind }) => kind === 'released');
    await endBatch('b1', 'Nhầm', () => false, still);
    await endBatch('b9', 'Nhầm', () => true, still);
    expect(await ends()).toEqual([]);
    await endBatch('b1', 'Nhầm', () => true, still);
    await endBatch('b1', 'Nhầm', () => true, still);
    expect((await ends()).map(({ data }) => JSON.parse(data))).toEqual([{ reason: 'Nhầm' }]);
  });
});

describe('following and releasing, again and late', () => {
  test('following twice writes nothing the second time', async () => {
    const { frozenBatch, decides, still, home } = await province();
    await frozenBatch('b1');
    await decides('home-affairs-leader', 'b1');
    await followBatch('b1', still);
    const before = home.store.entriesAfter(0, 100_000).length;
    await followBatch('b1', still);
    expect(home.store.entriesAfter(0, 100_000)).toHaveLength(before);
  });

  test('following late, after every decision, takes each part through each step', async () => {
    const { frozenBatch, decides, provincial, still, list, part } = await province();
    await frozenBatch('b1');
    await decides('home-affairs-leader', 'b1');
    await decides('finance-leader', 'b1');
    await provincial('b1');
    await followBatch('b1', still);
    for (const one of await list('b1')) {
      const statuses = (await part(one.part)).entries.map(({ data }) => JSON.parse(data).status);
      expect(statuses.slice(-4)).toEqual(['in-batch', 'people-confirmed', 'money-confirmed', 'decided']);
    }
  });

  test('releasing twice writes nothing the second time', async () => {
    const { frozenBatch, decides, step, home } = await province();
    await frozenBatch('b1');
    await decides('home-affairs-leader', 'b1', rejected);
    await step('approval.release', 'b1');
    const before = home.store.entriesAfter(0, 100_000).length;
    await step('approval.release', 'b1');
    expect(home.store.entriesAfter(0, 100_000)).toHaveLength(before);
  });

  test('a release after the money is on its way takes nobody back', async () => {
    const { sentBatch, still, list, part } = await province();
    await sentBatch('b1');
    await releaseStrays('b1', 'Lạc', still);
    for (const one of await list('b1')) expect((await part(one.part)).status).toBe('sent');
  });

  test('people whom a killed freezing took are given back before anything is ordered', async () => {
    const { account, decidedBatch, appraiseAll, freeze, step, part, still, somebody, orders, order, rows } =
      await province();
    const late = await somebody();
    await holdPart(late, 'hold', 'Chờ xác minh', account('finance-officer'), still);
    await decidedBatch('b1');
    await holdPart(late, 'resume', 'Đã xác minh', account('finance-officer'), still);
    await appraiseAll();
    const of = await readCase(still.store, caseIdOf(late));
    const data = { status: 'in-batch', batch: 'b1', version: 2 } as const;
    const stray = [{ kind: 'in-batch', at: still.now(), by: 'x', data }];
    if (of !== undefined) await still.store.commit([partChange(of, await part(late), stray)]);
    await step('approval.next', 'b1');
    await order('b1');
    expect(await part(late)).toMatchObject({
      status: 'appraised',
      last: { reason: 'Không thuộc danh sách đã được quyết định.' },
    });
    expect((await part(late)).entries.at(-1)?.by).toBe('system');
    expect((await orders('b1')).map((one) => one.part)).not.toContain(late);
    expect((await rows()).find(({ stream }) => stream === `part/${late}`)?.batch).toBeUndefined();
    await freeze('b2');
  });
});
