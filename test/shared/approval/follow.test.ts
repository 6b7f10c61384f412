/** The parts go where the decisions on their batch have taken it, and their histories say by whom. */
import { describe, expect, test } from 'vitest';
import { followBatch } from '../../../shared/approval/follow.ts';
import { abortBatch, reopenStep } from '../../../shared/approval/reopen.ts';
import { noteSeen } from '../../../shared/approval/seen.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { done, type Province, provinces } from '../../province.ts';

const province = provinces();
const reason = 'Thiếu quyết định';

async function lastEntries({ part }: Province, partId: string, count: number) {
  const { entries } = await part(partId);
  return entries.slice(-count).map(({ kind, by, at, data }) => ({ kind, by, at, data: JSON.parse(data) }));
}

test('a batch that is not there is followed by nobody', async () => {
  const { still } = await province();
  await followBatch('b9', still);
});

describe('a part’s history', () => {
  test('names who confirmed when, and the number of the decision', async () => {
    const made = await province();
    const { account, decidedBatch, list } = made;
    const { decisions, provincial } = await decidedBatch('b1');
    const [people, money] = decisions;
    const [one] = await list('b1');
    expect(await lastEntries(made, one?.part ?? '', 3)).toEqual([
      {
        kind: 'confirmed',
        by: account('home-affairs-leader').id,
        at: people?.at,
        data: { status: 'people-confirmed', batch: 'b1' },
      },
      {
        kind: 'confirmed',
        by: account('finance-leader').id,
        at: money?.at,
        data: { status: 'money-confirmed', batch: 'b1' },
      },
      {
        kind: 'decided',
        by: account('finance-officer').id,
        at: provincial?.at,
        data: { status: 'decided', batch: 'b1', reason: provincial?.number },
      },
    ]);
  });

  test('names who took somebody out, and why; the row says why too', async () => {
    const made = await province();
    const { account, frozenBatch, decides, list, rows, batch, still } = made;
    await frozenBatch('b1');
    const [out, ...others] = await list('b1');
    const partId = out?.part ?? '';
    done(await decides('home-affairs-leader', 'b1', { takeOut: [{ part: partId, reason }] }));
    await followBatch('b1', still);
    const said = { by: account('home-affairs-leader').id, at: (await batch('b1')).decisions[0]?.at };
    expect(await lastEntries(made, partId, 2)).toEqual([
      { kind: 'released', ...said, data: { status: 'appraised', batch: 'b1', reason } },
      { kind: 'taken-out', ...said, data: { status: 'assessed', reason } },
    ]);
    const rowOf = async (id: string) => (await rows()).find(({ stream }) => stream === `part/${id}`);
    expect((await rowOf(partId))?.summary['reason']).toBe(reason);
    for (const one of others) expect((await rowOf(one.part))?.summary['reason']).toBeUndefined();
  });

  test('names who took the confirmation back, whatever happened to the batch since', async () => {
    const made = await province();
    const { account, frozenBatch, decides, list, batch, still } = made;
    await frozenBatch('b1');
    done(await decides('home-affairs-leader', 'b1'));
    await followBatch('b1', still);
    const leader = account('home-affairs-leader');
    done(await reopenStep({ batchId: 'b1', step: 'people', version: 1, reason }, leader, still));
    const { at } = (await batch('b1')).entries.at(-1) ?? expect.fail('no entry');
    await noteSeen('b1', 1, account('finance-leader'), still);
    await followBatch('b1', still);
    const [one] = await list('b1');
    expect(await lastEntries(made, one?.part ?? '', 1)).toEqual([
      { kind: 'reopened', by: leader.id, at, data: { status: 'in-batch', batch: 'b1' } },
    ]);
  });

  test('names who froze the list anew, which voids the confirmation', async () => {
    const made = await province();
    const { account, frozenBatch, decides, freeze, list, still } = made;
    await frozenBatch('b1');
    done(await decides('home-affairs-leader', 'b1'));
    await followBatch('b1', still);
    const { frozen } = await freeze('b1', { reason: 'Rà soát' });
    await followBatch('b1', still);
    const [one] = await list('b1');
    expect(await lastEntries(made, one?.part ?? '', 1)).toEqual([
      {
        kind: 'reopened',
        by: account('finance-officer').id,
        at: frozen?.at,
        data: { status: 'in-batch', batch: 'b1' },
      },
    ]);
  });
});

describe('what happens while a batch is followed', () => {
  /** Something happens after the list was read, before the first parts are written. */
  function meanwhile(still: Ports, act: () => Promise<unknown>): Ports {
    let isDone = false;
    const get = async (hash: string) => {
      if (!isDone) {
        isDone = true;
        await act();
      }
      return still.files.get(hash);
    };
    return { ...still, files: { ...still.files, get } };
  }

  test('an end leaves the parts for their release', async () => {
    const { account, frozenBatch, decides, list, part, still } = await province();
    await frozenBatch('b1');
    done(await decides('home-affairs-leader', 'b1'));
    const officer = account('finance-officer');
    await followBatch(
      'b1',
      meanwhile(still, async () => done(await abortBatch({ batchId: 'b1', reason }, officer, still))),
    );
    for (const one of await list('b1')) expect((await part(one.part)).status).toBe('in-batch');
  });

  test('a new version is followed by its own list alone', async () => {
    const { frozenBatch, decides, freeze, step, list, part, still } = await province();
    await frozenBatch('b1');
    done(await decides('home-affairs-leader', 'b1'));
    const partId = (await list('b1'))[0]?.part ?? '';
    const anew = async () => {
      await freeze('b1', { reason: 'Rà soát' });
      await step('entitlement.recompute', 'b1');
      await step('approval.next', 'b1');
      done(await decides('home-affairs-leader', 'b1', { takeOut: [{ part: partId, reason }] }));
    };
    await followBatch('b1', meanwhile(still, anew));
    expect((await part(partId)).batch?.id).toBe('b1');
    await followBatch('b1', still);
    expect((await part(partId)).status).toBe('assessed');
  });
});

test('who was taken out and is in another batch now stays there', async () => {
  const { frozenBatch, decides, list, appraiseAll, freeze, part, still } = await province();
  await frozenBatch('b1');
  const partId = (await list('b1'))[0]?.part ?? '';
  done(await decides('home-affairs-leader', 'b1', { takeOut: [{ part: partId, reason }] }));
  await followBatch('b1', still);
  await appraiseAll();
  await freeze('b2');
  await followBatch('b1', still);
  expect(await part(partId)).toMatchObject({ status: 'in-batch', batch: { id: 'b2' } });
});
