import { describe, expect, test } from 'vitest';
import { freezeBatch } from '../../../shared/approval/freeze.ts';
import { holdPart } from '../../../shared/approval/hold.ts';
import { readCase, caseStream } from '../../../shared/case/case.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { provinces } from '../../province.ts';

const province = provinces();

const wish = { source: 'wage-reform', level: 'provincial', by: 'demo-finance-officer' } as const;

describe('what is frozen', () => {
  test('a batch holds the appraised people of one source and one level, and nobody else', async () => {
    const { appraiseAll, freeze, list, rows } = await province({ people: 12 });
    await appraiseAll();
    const { frozen } = await freeze('b1');
    const fitting = (await rows()).filter(({ summary }) => summary['level'] === 'provincial');
    expect(fitting.length).toBeLessThan(12);
    expect((await list('b1')).map(({ part }) => `part/${part}`).toSorted()).toEqual(fitting.map((one) => one.stream));
    expect(frozen).toMatchObject({ version: 1, people: fitting.length });
    expect(BigInt(frozen?.total ?? '0')).toBe((await list('b1')).reduce((total, one) => total + BigInt(one.total), 0n));
  });

  test('nothing is frozen before Home Affairs has appraised somebody, and no batch is left behind', async () => {
    const { still, store } = await province();
    const answer = await freezeBatch({ ...wish, batchId: 'b1' }, still);
    expect(answer).toMatchObject({ outcome: 'refused' });
    expect(await store.read('batch/b1')).toEqual([]);
  });

  test('a person in one batch is never taken by a second one', async () => {
    const { appraiseAll, freeze, still } = await province();
    await appraiseAll();
    await freeze('b1');
    expect(await freezeBatch({ ...wish, batchId: 'b2' }, still)).toMatchObject({ outcome: 'refused' });
  });

  test('a case that moved after its appraisal is left out', async () => {
    const { appraiseAll, freeze, list, somebody, store } = await province();
    await appraiseAll();
    const partId = await somebody();
    const of = await readCase(store, caseIdOf(partId));
    const data = { assessment: of?.assessment, caseHash: 'another hash' };
    const entries = [{ kind: 'assessed', at: '2025-10-01T00:00:00Z', by: 'system', data }];
    await store.commit([{ stream: caseStream(caseIdOf(partId)), readAt: of?.entries.length ?? 0, entries }]);
    await freeze('b1');
    expect((await list('b1')).map(({ part }) => part)).not.toContain(partId);
  });

  test('a person who is held is left out', async () => {
    const { account, appraiseAll, freeze, list, somebody, still } = await province();
    await appraiseAll();
    const partId = await somebody();
    await holdPart(partId, 'hold', 'Chờ xác minh', account('finance-officer'), still);
    await freeze('b1');
    expect((await list('b1')).map(({ part }) => part)).not.toContain(partId);
  });
});

describe('freezing anew', () => {
  test('a second version takes who was appraised since, and keeps who was there', async () => {
    const { account, appraiseAll, frozenBatch, freeze, list, decides, somebody, still, step } = await province();
    const held = await somebody();
    await holdPart(held, 'hold', 'Chờ xác minh', account('finance-officer'), still);
    await frozenBatch('b1');
    const first = await list('b1');
    await holdPart(held, 'resume', 'Đã xác minh', account('finance-officer'), still);
    await appraiseAll();
    await freeze('b1', { reason: 'Thêm người' });
    expect((await list('b1')).length).toBe(first.length + 1);
    expect(await decides('home-affairs-leader', 'b1')).toMatchObject({ outcome: 'refused' });
    await step('entitlement.recompute', 'b1');
    await step('approval.next', 'b1');
    expect(await decides('home-affairs-leader', 'b1')).toMatchObject({ outcome: 'decided' });
  });

  test('once the People’s Committee has decided, the list stays', async () => {
    const { decidedBatch, still } = await province();
    await decidedBatch('b1');
    const again = await freezeBatch({ ...wish, batchId: 'b1', reason: 'Thêm người' }, still);
    expect(again).toMatchObject({ outcome: 'refused' });
  });

  test('while it is being recomputed, the list is not replaced', async () => {
    const { appraiseAll, freeze, still } = await province();
    await appraiseAll();
    await freeze('b1');
    const again = await freezeBatch({ ...wish, batchId: 'b1', reason: 'Thêm người' }, still);
    expect(again).toMatchObject({ outcome: 'refused' });
  });
});
