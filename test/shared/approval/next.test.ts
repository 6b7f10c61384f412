/** What a batch waits for, and where the workflow goes from there. */
import { describe, expect, test } from 'vitest';
import { approvalNext, awaitedNow, nextStep } from '../../../shared/approval/next.ts';
import { reopenStep } from '../../../shared/approval/reopen.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();

describe('what is awaited', () => {
  test('is nothing before the list is frozen and recomputed', async () => {
    const { appraiseAll, freeze, step, batch } = await province();
    await appraiseAll();
    await freeze('b1');
    expect(awaitedNow(await batch('b1'))).toBe('nothing');
    const { frozen: _, ...unfrozen } = await batch('b1');
    expect([awaitedNow({ ...unfrozen, isRecomputed: true }), nextStep(unfrozen)]).toEqual(['nothing', undefined]);
    await step('entitlement.recompute', 'b1');
    await step('approval.next', 'b1');
    expect(awaitedNow(await batch('b1'))).toBe('confirmation/people/1');
  });

  test('changes with each answer, up to the Treasury’s', async () => {
    const { frozenBatch, decides, provincial, batch, still, account } = await province();
    const awaited = async () => awaitedNow(await batch('b1'));
    await frozenBatch('b1');
    done(await decides('home-affairs-leader', 'b1'));
    expect(await awaited()).toBe('confirmation/money/1');
    const wish = { batchId: 'b1', step: 'people', version: 1, reason: 'Sót' };
    done(await reopenStep(wish, account('home-affairs-leader'), still));
    expect(await awaited()).toBe('confirmation/people/1/1');
    done(await decides('home-affairs-leader', 'b1'));
    done(await decides('finance-leader', 'b1'));
    expect(await awaited()).toBe('provincial-decision/1');
    done(await provincial('b1'));
    expect(await awaited()).toBe('units-and-treasury');
  });

  test('is nothing once the whole was rejected', async () => {
    const { frozenBatch, decides, batch } = await province();
    await frozenBatch('b1');
    done(await decides('home-affairs-leader', 'b1', { outcome: 'rejected', reason: 'Sai nguồn' }));
    expect(awaitedNow(await batch('b1'))).toBe('nothing');
  });
});

describe('the workflow', () => {
  test('stops at a batch that is not there', async () => {
    const { still } = await province();
    await expect(approvalNext({ batchId: 'b9' }, still)).rejects.toThrow('there is no batch b9');
  });

  test('goes from the recomputation to the confirmations, the decision and the orders, recording it once', async () => {
    const { frozenBatch, decides, provincial, batch, still, step } = await province();
    await frozenBatch('b1');
    const recomputed = async () =>
      (await batch('b1')).entries
        .filter(({ kind }) => kind === 'recomputed')
        .map(({ by, data }) => [by, JSON.parse(data)]);
    expect(await approvalNext({ batchId: 'b1', next: 'recompute' }, still)).toEqual({
      batchId: 'b1',
      next: 'confirmation',
    });
    expect(await recomputed()).toEqual([['system', { version: 1 }]]);
    done(await decides('home-affairs-leader', 'b1'));
    expect(await step('approval.next', 'b1')).toEqual({ batchId: 'b1', next: 'confirmation' });
    done(await decides('finance-leader', 'b1'));
    expect(await step('approval.next', 'b1')).toEqual({ batchId: 'b1', next: 'provincial-decision' });
    done(await provincial('b1'));
    expect(await step('approval.next', 'b1')).toEqual({ batchId: 'b1', next: 'order' });
  });

  test('has a new version recomputed, also when it comes from a confirmation', async () => {
    const { frozenBatch, freeze, batch, still } = await province();
    await frozenBatch('b1');
    await freeze('b1', { reason: 'Rà soát' });
    expect(await approvalNext({ batchId: 'b1', next: 'confirmation' }, still)).toEqual({
      batchId: 'b1',
      next: 'recompute',
    });
    expect((await batch('b1')).isRecomputed).toBe(false);
    expect(await approvalNext({ batchId: 'b1', next: 'recompute' }, still)).toEqual({
      batchId: 'b1',
      next: 'confirmation',
    });
  });
});
