/**
 * An execution that can no longer go on is followed by another from the start. Wherever the batch stood, it comes to where
 * the histories say, and what was done is not done again.
 */
import { afterEach, expect, test } from 'vitest';
import { batchDefinition } from '../../../infra/local/definition.ts';
import { meter } from '../../../infra/local/meter.ts';
import { quietBatch } from '../../../infra/local/simulation/quiet-campaign.ts';
import { decideAll, orderAll, payAll, walked } from '../../../infra/local/simulation/walked-campaign.ts';
import type { Walker } from '../../../infra/local/walk-workflow.ts';
import { readBatch } from '../../../shared/case/batch.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { allRows } from '../../../shared/case/store.ts';
import { provinces } from '../../province.ts';

const province = provinces();
const definition = batchDefinition();
const walks: Walker[] = [];
afterEach(async () => {
  for (const walk of walks.splice(0)) {
    walk.stop();
    await walk.idle();
  }
});

type Stop = 'confirmed and decided' | 'ordered' | 'paid';

/** What came of a batch whose execution was lost at these points, and another begun. */
async function paid(lost: readonly Stop[]) {
  const made = await province({ people: 12 });
  await made.appraiseAll();
  const open = () => {
    const opened = walked(made.still, definition, meter({ clock: () => 0 }));
    walks.push(opened.walk);
    return opened;
  };
  let now = open();
  async function loseAt(stop: Stop) {
    if (!lost.includes(stop)) return;
    now.walk.stop();
    await now.walk.idle();
    now = open();
    now.walk.start(quietBatch, { batchId: quietBatch });
    await now.walk.idle();
  }
  await decideAll(now.ports, now.walk);
  await loseAt('confirmed and decided');
  await orderAll(now.ports, now.walk);
  await loseAt('ordered');
  await payAll(now.ports, now.walk);
  await loseAt('paid');
  return { end: now.walk.find(quietBatch)?.position.state, ...(await outcome(now.ports)) };
}

async function outcome({ store }: Ports) {
  const orders: unknown[] = [];
  for await (const { stream, status } of allRows(store, { kind: 'order', batch: quietBatch }))
    orders.push([stream, status, (await store.read(stream)).map(({ kind }) => kind)]);
  const batch = await readBatch(store, quietBatch);
  return { orders, entries: batch?.entries.map(({ kind }) => kind) };
}

test.each<[string, readonly Stop[]]>([
  ['when it is decided', ['confirmed and decided']],
  ['when it is ordered', ['ordered']],
  ['when it is paid and reported', ['paid']],
  ['each time', ['confirmed and decided', 'ordered', 'paid']],
])('an execution begun anew %s ends as one that was never lost', async (_when, lost) => {
  const whole = await paid([]);
  expect(whole.end).toBe('paid and reported');
  expect(whole.orders.length).toBeGreaterThan(3);
  expect(await paid(lost)).toEqual(whole);
});
