/** Our walker and an interpreter that others wrote go the same way through the definition that is deployed. */
import * as fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { StateMachine } from 'aws-local-stepfunctions';
import { delay, type Definition } from '../../../infra/local/asl.ts';
import { batchDefinition } from '../../../infra/local/definition.ts';
import { type Answer, byAnother, byOurWalker, changed, type Run, type Script, stepsOf } from './second-opinion.ts';

const real = batchDefinition();
const items = Array.from({ length: 250 }, (_, index) => `part-${index}`);
const batch = { batchId: 'b1' };
const goesOn = (next: unknown): Answer => ({ gives: { ...batch, next } });
const throws = (name: string): Answer => ({ throws: name });
const silent: Answer = { silent: true };
const waits: readonly string[] = ['approval.request', 'approval.await-decision', 'disbursement.follow'];

/** What each step answers, call by call; then what leads to the end. */
type Play = Readonly<Partial<Record<string, readonly Answer[]>>>;

function scriptOf(play: Play): Script {
  return (step, call, child) => {
    const told = play[child === undefined ? step : `${step}/${child}`]?.[call];
    if (told !== undefined) return told;
    if (step === 'approval.next') return goesOn('order');
    if (step === 'disbursement.next') return goesOn('report');
    return { gives: batch };
  };
}

async function both(play: Play, over = items, definition = real): Promise<readonly [Run, Run]> {
  const script = scriptOf(play);
  return [await byOurWalker(definition, script, over), await byAnother(definition, script, over)];
}

const threeTimes = (...some: readonly string[]) => [...some, ...some, ...some];
const fault = 'Transient';
const sevenTimes = Array.from({ length: 7 }, () => throws(fault));

const scenarios: readonly (readonly [title: string, play: Play, end: string])[] = [
  ['nothing goes wrong', {}, 'paid and reported'],
  [
    'two confirmations, the decision, a new order',
    {
      'approval.next': ['confirmation', 'confirmation', 'provincial-decision', 'order'].map(goesOn),
      'disbursement.next': ['follow', 'order', 'follow', 'report'].map(goesOn),
    },
    'paid and reported',
  ],
  [
    'the list is frozen anew',
    { 'approval.next': ['recompute', 'recompute', 'order'].map(goesOn) },
    'paid and reported',
  ],
  ['a batch is rejected', { 'approval.next': ['confirmation', 'release'].map(goesOn) }, 'released'],
  [
    'every wait passes its limit',
    {
      'approval.next': ['confirmation', 'confirmation', 'provincial-decision', 'provincial-decision'].map(goesOn),
      'approval.request': [silent, { gives: batch }],
      'approval.await-decision': [silent, { gives: batch }],
      'disbursement.follow': [silent, silent],
      'disbursement.next': ['follow', 'report'].map(goesOn),
    },
    'paid and reported',
  ],
  ['a word is unknown before the decision', { 'approval.next': [goesOn('dance')] }, 'UnknownWord'],
  ['a word is unknown after it', { 'disbursement.next': [goesOn('dance')] }, 'UnknownWord'],
  ['a word is a number', { 'approval.next': [goesOn(3)] }, 'UnknownWord'],
  ...stepsOf(real)
    .filter((step) => step !== 'entitlement.recompute' && step !== 'disbursement.order')
    .flatMap((step) => [
      [`${step} fails six times and succeeds`, { ...toGetTo(step), [step]: sevenTimes.slice(1) }, endOf(step)] as const,
      [`${step} fails seven times`, { ...toGetTo(step), [step]: sevenTimes }, fault] as const,
      [`${step} fails for good`, { ...toGetTo(step), [step]: [throws('Permanent')] }, 'Permanent'] as const,
      [`${step} throws what nobody sorted`, { ...toGetTo(step), [step]: [throws('TypeError')] }, 'TypeError'] as const,
    ]),
  ...['entitlement.recompute', 'disbursement.order'].flatMap((step) => [
    [`one child of ${step} fails six times`, { [`${step}/1`]: sevenTimes.slice(1) }, 'paid and reported'] as const,
    [`one child of ${step} fails seven times`, { [`${step}/1`]: sevenTimes }, fault] as const,
    [`one child of ${step} fails for good`, { [`${step}/2`]: [throws('Permanent')] }, 'Permanent'] as const,
  ]),
];

/** The words that lead to a step which is not on the shortest way. */
function toGetTo(step: string): Play {
  const word = {
    'approval.request': 'confirmation',
    'approval.await-decision': 'provincial-decision',
    'approval.release': 'release',
  }[step];
  return word === undefined ? {} : { 'approval.next': [goesOn(word)] };
}

function endOf(step: string): string {
  return step === 'approval.release' ? 'released' : 'paid and reported';
}

describe('both go the same way when', () => {
  test.each(scenarios)('%s', async (_title, play, end) => {
    const [ours, theirs] = await both(play);
    expect(ours.states).toEqual(theirs.states);
    expect(ours.end).toEqual(theirs.end);
    // Of a Map whose child fails for good, who else had begun is chance.
    if (!Object.keys(play).some((step) => step.includes('/')) || 'output' in ours.end) {
      expect(ours.calls).toEqual(theirs.calls);
    }
    expect('error' in ours.end ? ours.end.error : ours.states.at(-1)).toBe(end);
  });

  test.each([0, 1, 99, 100, 101])('the list has %i parts', async (count) => {
    const [ours, theirs] = await both({}, items.slice(0, count));
    expect(ours).toEqual(theirs);
  });
});

/** A word that is named more often comes more often. */
const words = [...threeTimes('recompute', 'confirmation', 'provincial-decision', 'order'), 'release', 'dance'];
const payWords = [...threeTimes('order', 'follow', 'report'), 'dance'];
const retried = ['Transient', 'Lambda.TooManyRequestsException', 'Sandbox.Timedout'];
const someFaults = fc.array(fc.constantFrom(...retried), { maxLength: 2 });
const last = fc.oneof(
  { weight: 30, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom('Permanent', 'TypeError', 'States.TaskFailed') },
);
/** Faults that pass, then perhaps one that does not, then the word. */
function answersOf(given: readonly unknown[]) {
  return fc
    .tuple(someFaults, last, fc.constantFrom(...given))
    .map(([passing, final, word]): readonly Answer[] => [
      ...passing.map(throws),
      ...(final === null ? [] : [throws(final)]),
      word === undefined ? silent : goesOn(word),
    ]);
}
const answersOfMany = (given: readonly unknown[]) =>
  fc.array(answersOf(given), { maxLength: 6 }).map((some) => some.flat());

/** At most one child of a Map fails for good, so that both meet the same fault first. */
const somePlay = fc.record({
  'approval.next': answersOfMany(words),
  'disbursement.next': answersOfMany(payWords),
  'approval.request': answersOfMany([undefined, 'confirmation']),
  'approval.await-decision': answersOfMany([undefined, 'provincial-decision']),
  'disbursement.follow': answersOfMany([undefined, 'follow']),
  'entitlement.list': answersOf(['recompute']),
  'approval.release': answersOf(['release']),
  'disbursement.fund': answersOfMany(['order']),
  'entitlement.recompute/0': someFaults.map((names) => names.map(throws)),
  'entitlement.recompute/2': answersOfMany(['none']),
  'disbursement.order/1': answersOfMany(['none']),
});

test('whatever the steps answer, both enter the same states, hand over the same and end the same', async () => {
  const ends = new Set<string>();
  await fc.assert(
    fc.asyncProperty(somePlay, fc.integer({ min: 201, max: 250 }), async (play, count) => {
      const [ours, theirs] = await both(play, items.slice(0, count));
      expect([ours.states, ours.end]).toEqual([theirs.states, theirs.end]);
      if ('output' in ours.end) expect(ours.calls).toEqual(theirs.calls);
      ends.add('error' in ours.end ? ours.end.error : (ours.states.at(-1) ?? ''));
    }),
    { numRuns: 400 },
  );
  for (const end of ['paid and reported', 'released', 'UnknownWord', 'Permanent', 'TypeError'])
    expect(ends).toContain(end);
}, 60_000);

describe('the ladder', () => {
  afterEach(() => void vi.useRealTimers());

  test.each([
    [300, [2, 4, 8, 16, 32, 64]],
    [10, [2, 4, 8, 10, 10, 10]],
  ])('with %i seconds at the longest is the same in both', async (longest, seconds) => {
    const still = (text: string) =>
      text
        .replaceAll('"JitterStrategy":"FULL"', '"JitterStrategy":"NONE"')
        .replaceAll('"MaxDelaySeconds":300', `"MaxDelaySeconds":${longest}`);
    const definition = changed(real, still);
    const state = definition.States['entitlement.list'];
    const retrier = state?.Type === 'Task' ? state.Retry?.[0] : undefined;
    const ours = seconds.map((_, tries) => (retrier === undefined ? 0 : delay(retrier, tries, () => 0.5)));
    expect(ours).toEqual(seconds.map((one) => one * 1000));
    expect(await pausesOfAnother(definition)).toEqual(ours);
  });
});

/** Milliseconds between the tries of a first step that always fails. */
async function pausesOfAnother(definition: Definition): Promise<readonly number[]> {
  vi.useFakeTimers();
  const at: number[] = [];
  const fails = () => {
    at.push(Date.now());
    throw Object.assign(new Error('away'), { name: fault });
  };
  const first = { StartAt: 'a', States: { a: definition.States['entitlement.list'] } };
  const machine = new StateMachine(JSON.parse(JSON.stringify(first)), { validationOptions: { noValidate: true } });
  const ended = machine.run(batch, { overrides: { taskResourceLocalHandlers: { a: fails } } }).result.catch(() => {});
  await vi.advanceTimersByTimeAsync(600_000);
  await ended;
  return at.slice(1).map((moment, index) => moment - (at[index] ?? 0));
}

describe('they are told apart', () => {
  const differs = async (definition: Definition, play: Play) => {
    const script = scriptOf(play);
    const [ours, theirs] = [await byOurWalker(definition, script, items), await byAnother(real, script, items)];
    return JSON.stringify(ours) !== JSON.stringify(theirs);
  };

  test.each([
    [
      'a choice that leads elsewhere',
      (text: string) => text.replace('"Next":"disbursement.fund"', '"Next":"approval.release"'),
      {},
    ],
    [
      'a catch that leads elsewhere',
      (text: string) =>
        text.replace('"ResultPath":null,"Next":"approval.next"', '"ResultPath":null,"Next":"disbursement.fund"'),
      { 'approval.next': [goesOn('confirmation')], 'approval.request': [silent] },
    ],
    [
      'one try less',
      (text: string) => text.replaceAll('"MaxAttempts":6', '"MaxAttempts":5'),
      { 'approval.next': sevenTimes.slice(1) },
    ],
    [
      'a name missing on the ladder',
      (text: string) => text.replaceAll('"Sandbox.Timedout",', ''),
      { 'approval.next': [throws('Sandbox.Timedout')] },
    ],
    ['smaller batches', (text: string) => text.replaceAll('"MaxItemsPerBatch":100', '"MaxItemsPerBatch":90'), {}],
    [
      'a payload without its batch',
      (text: string) => text.replaceAll('"Payload":{"batchId.$":"$.batchId",', '"Payload":{'),
      { 'approval.next': [goesOn('confirmation')] },
    ],
  ])('by %s', async (_what, change, play) => {
    expect(await differs(real, play)).toBe(false);
    expect(await differs(changed(real, change), play)).toBe(true);
  });
});

test('what waits for an answer is all that can be silent', () => {
  const tasks = Object.entries(real.States).filter(([, state]) => state.Type === 'Task' && state.Catch !== undefined);
  expect(tasks.map(([name]) => name).toSorted()).toEqual(waits.toSorted());
});
