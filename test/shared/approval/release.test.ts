import { describe, expect, test } from 'vitest';
import { followBatch } from '../../../shared/approval/follow.ts';
import { holdPart } from '../../../shared/approval/hold.ts';
import { releaseStrays } from '../../../shared/approval/release.ts';
import { caseStream, readCase } from '../../../shared/case/case.ts';
import { caseIdOf, partChange } from '../../../shared/case/part.ts';
import { type Province, provinces } from '../../province.ts';

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
    expect((await part(late)).status).toBe('appraised');
    expect((await orders('b1')).map((one) => one.part)).not.toContain(late);
    expect((await rows()).find(({ stream }) => stream === `part/${late}`)?.batch).toBeUndefined();
    await freeze('b2');
  });
});
