/** What was written a moment ago is in no index yet. Nobody is left out, and nobody stays locked in a batch that is not. */
import { describe, expect, test } from 'vitest';
import { freezeBatch } from '../../../shared/approval/freeze.ts';
import { releaseBatch } from '../../../shared/approval/release.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { lateIndex } from '../../late-index.ts';
import { provinces } from '../../province.ts';

const province = provinces();
const wish = { batchId: 'b1', source: 'wage-reform', level: 'provincial', by: 'demo-finance-officer' } as const;

async function appraised(people: number) {
  const made = await province({ people });
  await made.appraiseAll();
  const store = await lateIndex(made.store);
  const fitting = (await made.rows()).filter(
    ({ summary, status }) => summary['level'] === 'provincial' && status === 'appraised',
  );
  const statuses = async () =>
    Promise.all(fitting.map(async ({ stream }) => (await made.part(stream.slice('part/'.length))).status));
  return { made, late: { ...made.still, store }, store, fitting: fitting.map(({ stream }) => stream), statuses };
}

describe('while the index is late', () => {
  test.each([8, 60])('of %i people everybody who fits is frozen', async (people) => {
    const { made, late, fitting, statuses } = await appraised(people);
    expect(await freezeBatch(wish, late)).toEqual({ outcome: 'frozen', version: 1 });
    expect((await made.list('b1')).map(({ part }) => `part/${part}`).toSorted()).toEqual(fitting.toSorted());
    expect(new Set(await statuses())).toEqual(new Set(['in-batch']));
  });

  test('a version that is frozen anew keeps whom the version before had', async () => {
    const { made, late, fitting } = await appraised(12);
    await freezeBatch(wish, late);
    await made.step('entitlement.recompute', 'b1');
    await made.step('approval.next', 'b1');
    expect(await freezeBatch({ ...wish, reason: 'Bổ sung người' }, late)).toEqual({ outcome: 'frozen', version: 2 });
    expect((await made.list('b1')).map(({ part }) => `part/${part}`).toSorted()).toEqual(fitting.toSorted());
  });

  test('a batch that its maker may not make gives everybody back at once', async () => {
    const { late, statuses } = await appraised(30);
    expect(await freezeBatch({ ...wish, by: 'demo-home-affairs-officer' }, late)).toMatchObject({ outcome: 'refused' });
    expect(new Set(await statuses())).toEqual(new Set(['appraised']));
  });

  test('whoever another batch took is left with it, and the batch that found nobody ends', async () => {
    const { made, late, statuses } = await appraised(12);
    await freezeBatch(wish, late);
    expect(await freezeBatch({ ...wish, batchId: 'b2' }, late)).toMatchObject({ outcome: 'refused' });
    expect(new Set(await statuses())).toEqual(new Set(['in-batch']));
    expect((await made.batch('b2')).isReleased).toBe(true);
  });

  test('a batch that computes differently gives everybody back', async () => {
    const { made, late, statuses } = await appraised(12);
    await freezeBatch(wish, late);
    const [first] = await made.list('b1');
    const entry = { kind: 'recomputed-differently', at: '2025-10-01T00:00:00Z', by: 'system' };
    const data = { version: 1, parts: [first?.part] };
    const readAt = (await made.store.read('batch/b1')).length;
    await made.store.commit([{ stream: 'batch/b1', readAt, entries: [{ ...entry, data }] }]);
    await releaseBatch('b1', (of) => assess(of.submitted.facts), late);
    expect(new Set(await statuses())).toEqual(new Set(['appraised', 'assessed']));
  });
});
