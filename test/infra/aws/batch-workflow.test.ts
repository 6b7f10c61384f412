import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { handlers } from '../../../functions/handlers.ts';
import { handlerOf, type MapState, type TaskState } from '../../../infra/local/asl.ts';
import { batchDefinition, definitionText } from '../../../infra/local/definition.ts';

// The package ships no types.
const validate: (definition: object) => { isValid: boolean; errors: unknown[] } = createRequire(import.meta.url)(
  'asl-validator',
);

const workflow = batchDefinition();

/** Every task with the name of its state, those of the Maps' children included. */
function tasks(): [string, TaskState][] {
  const found: [string, TaskState][] = [];
  for (const [name, state] of Object.entries(workflow.States)) {
    if (state.Type === 'Task') found.push([name, state]);
    if (state.Type === 'Map') found.push(...Object.entries(state.ItemProcessor.States));
  }
  return found;
}

function taskNamed(name: string): TaskState {
  const found = new Map(tasks()).get(name);
  if (found === undefined) throw new Error(`no step ${name}`);
  return found;
}

function mapNamed(name: string): MapState {
  const state = workflow.States[name];
  if (state?.Type !== 'Map') throw new Error(`no map ${name}`);
  return state;
}

function choicesOf(name: string): Record<string, string> {
  const state = workflow.States[name];
  if (state?.Type !== 'Choice') throw new Error(`no choice ${name}`);
  return Object.fromEntries(state.Choices.map((rule) => ['StringEquals' in rule ? rule.StringEquals : '', rule.Next]));
}

test('the definition is valid Amazon States Language', () => {
  const { isValid, errors } = validate(JSON.parse(definitionText()));
  expect(errors).toEqual([]);
  expect(isValid).toBe(true);
});

describe('steps', () => {
  test('a step has the name of its handler, and every handler is a step', () => {
    for (const [name, task] of tasks()) {
      expect(name).toMatch(/^(entitlement|approval|disbursement|completion)\.[a-z-]+$/);
      expect(handlerOf(task)).toBe(name);
    }
    expect(
      tasks()
        .map(([name]) => name)
        .toSorted(),
    ).toEqual(Object.keys(handlers).toSorted());
  });

  test('the one ladder is on every step, and none has the retries that CDK adds', () => {
    for (const [name, task] of tasks()) {
      expect(task.Retry, name).toEqual([
        {
          ErrorEquals: [
            'Transient',
            'Lambda.ServiceException',
            'Lambda.TooManyRequestsException',
            'Lambda.SdkClientException',
            'Lambda.AWSLambdaException',
          ],
          IntervalSeconds: 2,
          BackoffRate: 2,
          MaxAttempts: 6,
          MaxDelaySeconds: 300,
          JitterStrategy: 'FULL',
        },
      ]);
    }
  });

  test('a permanent fault is neither retried nor caught', () => {
    for (const [name, { Retry = [], Catch = [] }] of tasks()) {
      const errors = [...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals);
      for (const error of ['Permanent', 'States.ALL', 'States.TaskFailed']) expect(errors, name).not.toContain(error);
    }
  });
});

describe('waits', () => {
  test.each([
    ['approval.request', 10, 'approval.next'],
    ['approval.await-decision', 60, 'approval.next'],
    ['disbursement.follow', 30, 'disbursement.next'],
  ])('%s waits %i days at most, then %s looks again', (name, days, next) => {
    const { Resource, TimeoutSeconds, Catch, Next, Parameters } = taskNamed(name);
    expect(Resource).toMatch(/\.waitForTaskToken$/);
    expect(TimeoutSeconds).toBe(days * 24 * 3600);
    expect(Catch).toEqual([{ ErrorEquals: ['States.Timeout'], ResultPath: null, Next: next }]);
    expect(Next).toBe(next);
    expect(Parameters?.['Payload']).toEqual({ 'batchId.$': '$.batchId', 'token.$': '$$.Task.Token' });
  });

  test('no other step waits', () => {
    const waiting = tasks().filter(([, { Resource }]) => Resource.includes('waitForTaskToken'));
    expect(waiting).toHaveLength(3);
  });
});

describe('the way', () => {
  test.each([
    ['recompute every part', 'entitlement.recompute', 'approval.next'],
    ['order every part', 'disbursement.order', 'disbursement.slips'],
  ])(
    '%s goes over the list in the file, a hundred parts a child, and leaves the state as it was',
    (name, child, next) => {
      const map = mapNamed(name);
      expect(map.ItemProcessor.StartAt).toBe(child);
      expect(map.ItemProcessor.ProcessorConfig).toEqual({ Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' });
      expect(map.ItemReader.Parameters['Key.$']).toBe("States.Format('batches/{}/parts.json', $.batchId)");
      expect(map.ItemBatcher).toEqual({ MaxItemsPerBatch: 100, BatchInput: { 'batchId.$': '$.batchId' } });
      expect(map).toMatchObject({ MaxConcurrency: 10, ResultPath: null, Next: next });
    },
  );

  test('the recomputation comes first, and what comes next is read from the step before', () => {
    expect(workflow.StartAt).toBe('recompute every part');
    expect(taskNamed('approval.next').Next).toBe('what next?');
    expect(choicesOf('what next?')).toEqual({
      recompute: 'recompute every part',
      confirmation: 'approval.request',
      'provincial-decision': 'approval.await-decision',
      order: 'disbursement.fund',
      release: 'approval.release',
    });
    expect(workflow.States['what next?']).toMatchObject({ Default: 'unknown next step' });
  });

  test('funding, orders and slips come before the wait for the money, and the report after it', () => {
    expect(taskNamed('disbursement.fund').Next).toBe('order every part');
    expect(taskNamed('disbursement.slips').Next).toBe('disbursement.follow');
    expect(taskNamed('disbursement.next').Next).toBe('all settled?');
    expect(choicesOf('all settled?')).toEqual({
      order: 'disbursement.fund',
      follow: 'disbursement.follow',
      report: 'completion.report',
    });
    expect(workflow.States['all settled?']).toMatchObject({ Default: 'unknown state of payment' });
  });

  test('a run ends released, or paid and reported, or failed by a word nobody knows', () => {
    expect(taskNamed('approval.release').Next).toBe('released');
    expect(taskNamed('completion.report').Next).toBe('paid and reported');
    const ends = Object.entries(workflow.States).filter(([, { Type }]) => Type === 'Succeed' || Type === 'Fail');
    expect(ends.map(([name, { Type }]) => `${Type}: ${name}`).toSorted()).toEqual([
      'Fail: unknown next step',
      'Fail: unknown state of payment',
      'Succeed: paid and reported',
      'Succeed: released',
    ]);
  });

  test('reaches every state from the first', () => {
    const reached = new Set<string>();
    const open = [workflow.StartAt];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const found = workflow.States[name];
      if (found === undefined) throw new Error(`no state ${name}`);
      // Read as text, so that no kind of state is forgotten: a Map's child has an end and leads nowhere.
      if (!reached.has(name))
        open.push(...[...JSON.stringify(found).matchAll(/"(?:Next|Default)":"([^"]+)"/g)].map(([, next = '']) => next));
      reached.add(name);
    }
    expect([...reached].toSorted()).toEqual(Object.keys(workflow.States).toSorted());
  });
});
