/** Faults of the walker that the committed walker had: answers, disks, backoff over a restart, children two at a time. */
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { batchDefinition } from '../../../infra/local/definition.ts';
import { sqlitePositions } from '../../../infra/local/positions.ts';
import { type Walker, walker } from '../../../infra/local/walk-workflow.ts';
import { Permanent, Transient } from '../../../shared/case/faults.ts';

const workflow = batchDefinition();
const id = 'b1';
const batch = { batchId: id };
const away = () => new Transient('the mail server is away');
const payloadOf = z.object({ token: z.string().optional(), Items: z.array(z.string()).optional() });
type Payload = z.infer<typeof payloadOf>;

/** A walker over a database in memory, which outlives it; `before` stands before each step. */
class Bench {
  readonly database = new DatabaseSync(':memory:');
  readonly ended: string[] = [];
  readonly faults: string[] = [];
  clock = 0;
  tokens = 0;
  isDiskFull = false;
  people = 250;
  before: (step: string, payload: Payload, walk: Walker) => unknown = () => undefined;

  walk(): Walker {
    const kept = sqlitePositions(this.database);
    const walk: Walker = walker(workflow, {
      invoke: async (step, event) => {
        const payload = payloadOf.parse(event);
        await this.before(step, payload, walk);
        this.ended.push(payload.Items === undefined ? step : `${step} ${payload.Items[0]}`);
        return { ...batch, next: 'confirmation' };
      },
      items: async () => Array.from({ length: this.people }, (_, index) => `part-${index}`),
      positions: {
        ...kept,
        save: (...row) => {
          if (this.isDiskFull) throw new Error('the disk is full');
          kept.save(...row);
        },
      },
      now: () => this.clock,
      newToken: () => `token-${(this.tokens += 1)}`,
      onFault: (_, state) => void this.faults.push(state),
      random: () => 1,
    });
    return walk;
  }
}

async function go(walk: Walker): Promise<Walker> {
  walk.start(id, batch);
  await walk.idle();
  return walk;
}

test.each([
  ['for a while', away],
  ['for good', () => new Permanent('no such address')],
])('an answer counts even when the step that asked failed afterwards, %s', async (_, fault) => {
  const bench = new Bench();
  bench.before = (step, { token }, walk) => {
    if (step !== 'approval.request' || token !== 'token-1') return;
    walk.wake(token, batch);
    throw fault();
  };
  expect((await go(bench.walk())).find(id)?.position).toMatchObject({ state: 'approval.request', token: 'token-2' });
});

test('an answer given between two tries of the asking counts', async () => {
  const bench = new Bench();
  let isAway = true;
  bench.before = (step) => {
    if (step === 'approval.request' && isAway) throw away();
  };
  const walk = await go(bench.walk());
  isAway = false;
  expect(walk.wake('token-1', batch)).toBe('woken');
  await walk.idle();
  expect(walk.find(id)?.position.token).toBe('token-2');
});

test('a disk that cannot be written is told, and does not fail the batch', async () => {
  const bench = new Bench();
  bench.before = (step) => void (bench.isDiskFull = step === 'approval.next');
  const walk = await go(bench.walk());
  expect([walk.find(id)?.status, walk.find(id)?.position.state, bench.faults]).toEqual([
    'running',
    'approval.next',
    ['walker'],
  ]);
  bench.isDiskFull = false;
  bench.before = () => undefined;
  expect((await go(bench.walk())).find(id)?.status).toBe('waiting');
});

test('a transient fault is tried again after its two seconds, also by a new process', async () => {
  const bench = new Bench();
  bench.before = (step) => {
    if (step === 'approval.next' && bench.clock < 2000) throw away();
  };
  (await go(bench.walk())).stop();
  for (const [clock, state] of [
    [1999, 'approval.next'],
    [2000, 'approval.request'],
  ] as const) {
    bench.clock = clock;
    const walk = bench.walk();
    walk.resumeAll();
    await walk.idle();
    expect(walk.find(id)?.position).toMatchObject({ state });
    walk.stop();
  }
});

test('children run two at once, and those that ended are not run again', async () => {
  const bench = new Bench();
  bench.people = 450;
  let atOnce = 0;
  let most = 0;
  bench.before = async (step, { Items }) => {
    if (step !== 'entitlement.recompute') return;
    most = Math.max(most, (atOnce += 1));
    await new Promise((resolve) => setImmediate(resolve));
    atOnce -= 1;
    if (Items?.[0] === 'part-100' && bench.clock < 2000) throw away();
  };
  (await go(bench.walk())).stop();
  expect(most).toBe(2);
  bench.clock = 2000;
  const walk = bench.walk();
  walk.resumeAll();
  await walk.idle();
  const children = bench.ended.filter((step) => step.startsWith('entitlement.recompute'));
  expect(children).toEqual([0, 200, 300, 400, 100].map((first) => `entitlement.recompute part-${first}`));
});

test('a child between two tries holds up no stop', async () => {
  const bench = new Bench();
  bench.before = (step) => {
    if (step === 'entitlement.recompute') throw away();
  };
  const walk = await go(bench.walk());
  walk.stop();
  await walk.idle();
  expect(walk.find(id)).toMatchObject({ status: 'running', position: { childTries: { 0: 1, 1: 1 } } });
});
