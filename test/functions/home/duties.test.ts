/** What was recorded reaches whom it concerns, also where nobody was told of it. */
import { describe, expect, test } from 'vitest';
import { resumeBatches, retryDuties } from '../../../functions/home/duties.ts';
import { openWorld } from '../../../infra/local/simulation/world.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { signatures, type Signature } from '../../../shared/case/slip.ts';
import { reconcile } from '../../../shared/disbursement/reconcile.ts';
import { recordSending, signSlip } from '../../../shared/disbursement/slips.ts';
import { scratchInMemory } from '../../contracts/desk.ts';
import { done, type Province, provinces } from '../../province.ts';

const province = provinces();
const signers = {
  prepared: 'unit-clerk',
  'accountant-confirmed': 'unit-chief-accountant',
  'holder-confirmed': 'unit-account-holder',
} as const satisfies Record<Signature, string>;

const unheard = (error: unknown) => expect.fail(String(error));

/** Every slip is recorded as sent, and no event says so. */
async function sentUnheard(): Promise<Province> {
  const made = await province({ people: 12 });
  await made.decidedBatch('b1');
  await made.order('b1');
  for (const { stream } of (await made.store.page({ kind: 'slip', batch: 'b1', limit: 100 })).rows) {
    const slipId = stream.slice('slip/'.length);
    for (const signature of signatures)
      done(await signSlip(slipId, signature, made.account(signers[signature]), made.still));
    done(await recordSending(slipId, { number: 'DVC-1', on: '2025-10-02' }, made.account('unit-clerk'), made.still));
  }
  expect(new Set(await statuses(made))).toEqual(new Set(['awaiting-unit']));
  return made;
}

const statuses = async (made: Province) => (await made.orders('b1')).map(({ status }) => status);

describe('a slip that was sent without anybody hearing of it', () => {
  test('is followed when every batch is looked at', async () => {
    const made = await sentUnheard();
    await resumeBatches(made.home.scratch.port, made.still, unheard);
    expect(new Set(await statuses(made))).toEqual(new Set(['sent']));
  });

  test('is followed before what the bank says of its orders is judged', async () => {
    const made = await sentUnheard();
    const file = await made.resultFile('b1', await made.orders('b1'));
    const imported = done(await reconcile('b1', 'f'.repeat(64), file, 'finance-officer', made.still));
    expect(imported).toMatchObject({ contradicting: [] });
    expect(new Set(await statuses(made))).toEqual(new Set(['credited']));
  });
});

test('an order whose slip was never sent has no outcome, whatever the bank says', async () => {
  const made = await province({ people: 12 });
  await made.decidedBatch('b1');
  const orders = await made.order('b1');
  const file = await made.resultFile('b1', orders);
  const imported = done(await reconcile('b1', 'f'.repeat(64), file, 'finance-officer', made.still));
  expect(imported).toMatchObject({ applied: 0 });
  await resumeBatches(made.home.scratch.port, made.still, unheard);
  expect(new Set(await statuses(made))).toEqual(new Set(['awaiting-unit']));
});

test('a duty that failed stays to be done, also when an older run of it ends well afterwards', async () => {
  const scratch = scratchInMemory();
  const { ports } = openWorld([]);
  const { promise: closed, resolve: open } = Promise.withResolvers<void>();
  const read = (how: () => Promise<void>): Ports => {
    const store: Ports['store'] = {
      ...ports.store,
      read: async (stream) => how().then(async () => ports.store.read(stream)),
    };
    return { ...ports, store };
  };
  await scratch.put('duty', 'slip/s1', '');
  const older = retryDuties(
    scratch,
    read(async () => closed),
    unheard,
  );
  await new Promise((resolve) => setImmediate(resolve));
  const faults: string[] = [];
  const busy = read(async () => Promise.reject(new Error('busy')));
  await retryDuties(scratch, busy, (error) => faults.push(String(error)));
  open();
  await older;
  expect([faults.length, (await scratch.list('duty')).map(({ key }) => key)]).toEqual([1, ['slip/s1']]);
  await retryDuties(scratch, ports, unheard);
  expect(await scratch.list('duty')).toEqual([]);
});
