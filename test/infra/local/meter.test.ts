/** What a workflow is charged for: every state, every child, every try again; and its steps by processor, memory and waiting. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchDefinition } from '../../../infra/local/definition.ts';
import { meter } from '../../../infra/local/meter.ts';
import type { WalkerPorts } from '../../../infra/local/walk-workflow.ts';
import { type Answer, byOurWalker, type Script } from './second-opinion.ts';

const definition = batchDefinition();
const itemsOf = (count: number) => Array.from({ length: count }, (_, index) => `part-${index}`);

function scriptOf(play: Readonly<Partial<Record<string, readonly Answer[]>>>): Script {
  return (step, call, child) => {
    const next = { 'approval.next': 'order', 'disbursement.next': 'report' }[step];
    return play[child === undefined ? step : `${step}/${child}`]?.[call] ?? { gives: { batchId: 'b1', next } };
  };
}

const away: Answer = { throws: 'Transient' };

async function charged(people: number, play: Readonly<Partial<Record<string, readonly Answer[]>>> = {}) {
  const metered = meter({ clock: () => 0 });
  const run = await byOurWalker(definition, scriptOf(play), itemsOf(people), metered.around);
  return { ...metered.of('b1'), states: run.states };
}

const statesOnTheShortestWay = 12;

test.each([
  [0, 0],
  [1, 1],
  [100, 1],
  [101, 2],
  [3000, 30],
])('a batch of %i people enters twelve states, and twice %i children of one state', async (people, children) => {
  const { transitions, invocations, states } = await charged(people);
  expect(states).toHaveLength(statesOnTheShortestWay);
  expect(transitions).toBe(statesOnTheShortestWay + 2 * 2 * children);
  // Choices and ends are no steps; each child is one.
  expect(invocations).toBe(7 + 2 * children);
});

test('three thousand people take at most 0.2 transitions each, and so do ten thousand', async () => {
  for (const people of [3000, 10_000]) expect((await charged(people)).transitions / people).toBeLessThanOrEqual(0.2);
});

test('each try again is charged: of a step, of a wait, and of one child alone', async () => {
  const { transitions: plain, invocations: calls } = await charged(250);
  const play = {
    'disbursement.fund': [away, away],
    'disbursement.follow': [away],
    'disbursement.order/1': [away, away],
  };
  const { transitions, invocations } = await charged(250, play);
  expect([transitions - plain, invocations - calls]).toEqual([5, 5]);
});

test('a wait that passes its limit is charged for the states it leads to', async () => {
  const { transitions: plain } = await charged(1);
  const { transitions, states } = await charged(1, { 'disbursement.follow': [{ silent: true }] });
  expect([transitions, states.length]).toEqual([plain, statesOnTheShortestWay]);
});

test('whatever fails in between, transitions are the states entered, two for each child, and one for each try again', async () => {
  const faults = fc.array(fc.constant(away), { maxLength: 5 });
  const somePlay = fc.record({
    'entitlement.list': faults,
    'disbursement.slips': faults,
    'entitlement.recompute/0': faults,
    'disbursement.order/1': faults,
  });
  await fc.assert(
    fc.asyncProperty(somePlay, fc.integer({ min: 101, max: 400 }), async (play, people) => {
      const { transitions, invocations, states } = await charged(people, play);
      const again = Object.values(play).reduce((sum, { length }) => sum + length, 0);
      const children = 2 * Math.ceil(people / 100);
      expect([transitions, invocations]).toEqual([states.length + 2 * children + again, 7 + children + again]);
    }),
    { numRuns: 40 },
  );
});

/** A meter whose clock and waiting are told, and a step that lets both pass. */
function timed(megabytes: number) {
  const time = { clock: 0, waited: 0 };
  const metered = meter({ megabytesOf: () => megabytes, clock: () => time.clock, waited: () => time.waited });
  const ports: Pick<WalkerPorts, 'invoke'> = {
    async invoke(_step, payload) {
      await Promise.resolve();
      const { worked = 0, waited = 0 } = Object.fromEntries(
        Object.entries(Object(payload)).map(([name, value]) => [name, Number(value)]),
      );
      time.clock += worked;
      time.waited += waited;
    },
  };
  const around = metered.around({
    ...ports,
    items: async () => [],
    positions: { find: () => undefined, save: () => {}, unfinished: () => [], waitingOn: () => undefined },
    now: () => 0,
    newToken: () => '',
    onFault: () => {},
  });
  return { metered, time, invoke: async (payload: object) => around.invoke('approval.next', payload) };
}

test('a second of work is one of a whole processor, whatever the memory; a second of waiting is one of the memory', async () => {
  for (const megabytes of [512, 1769, 2048]) {
    const { metered, invoke } = timed(megabytes);
    await invoke({ batchId: 'b1', worked: 1000 });
    expect(metered.of('b1').gigabyteSeconds).toBeCloseTo(1769 / 1024, 9);
    await invoke({ batchId: 'b2', waited: 1000 });
    expect(metered.of('b2').gigabyteSeconds).toBeCloseTo(megabytes / 1024, 9);
  }
});

test('what passes between two steps is nobody’s, and two at once share what passes', async () => {
  const { metered, time, invoke } = timed(1024);
  time.clock += 60_000;
  await Promise.all([invoke({ batchId: 'b1', waited: 1000 }), invoke({ batchId: 'b2' })]);
  const [one, other] = [metered.of('b1').gigabyteSeconds, metered.of('b2').gigabyteSeconds];
  expect(one + other).toBeCloseTo(1, 9);
  expect([...metered.all().keys()]).toEqual(['b1', 'b2']);
});
