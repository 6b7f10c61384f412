import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, test } from 'vitest';
import { handlers } from '../../../functions/handlers.ts';
import { batchWorkflow, type WorkflowProps } from '../../../infra/aws/batch-workflow.ts';
import { handlerOf, type MapState, type State, type TaskState } from '../../../infra/local/asl.ts';
import { batchDefinition } from '../../../infra/local/definition.ts';
import { definitionText } from '../../../infra/local/synthesize.ts';

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

/** Read as text, so that no kind of state is forgotten: a Map's child has an end and leads nowhere. */
function leadsTo(state: State): readonly string[] {
  return [...JSON.stringify(state).matchAll(/"(?:Next|Default)":"([^"]+)"/g)].map(([, next = '']) => next);
}

test('the definition that one machine walks is what is synthesized; `npm run workflow` writes it', () => {
  const file = join(import.meta.dirname, '../../../infra/local/batch-workflow.json');
  expect(readFileSync(file, 'utf8')).toBe(definitionText());
});

test('the definition is valid Amazon States Language', () => {
  const { isValid, errors } = validate(JSON.parse(definitionText()));
  expect(errors).toEqual([]);
  expect(isValid).toBe(true);
});

const asked = ['approval.next', 'what next?'];
const confirmed = ['approval.request', ...asked];
const decided = ['approval.await-decision', ...asked];
const threeTimes = (states: readonly string[]) => [...states, ...states, ...states];

/** One more try of a step: it failed, was scheduled and started. */
const eventsOfATry = 3;

/**
 * The events of these states in an execution's history, with its start and end beside them. By the service's list of event types:
 * each state is entered and left; a function is scheduled, started and succeeds; a wait is scheduled, started, submitted and
 * succeeds or times out; a Map is started and succeeds, and so is its run.
 */
function eventsOf(states: readonly string[]): number {
  const events = (name: string): number => {
    const state = workflow.States[name] ?? taskNamed(name);
    if (state.Type === 'Map') return 6;
    if (state.Type === 'Task') return state.Resource.endsWith('.waitForTaskToken') ? 6 : 5;
    return 2;
  };
  return states.reduce((sum, name) => sum + events(name), 0);
}

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
            'Lambda.ClientExecutionTimeoutException',
            'Lambda.Unknown',
            'Sandbox.Timedout',
            // A wait that passes its limit is caught; any other step that does not answer is tried again.
            ...(task.Resource.endsWith('.waitForTaskToken') ? [] : ['States.Timeout']),
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

  test('no step but one that waits may take longer than a function can, and a minute', () => {
    for (const [name, { Resource, TimeoutSeconds }] of tasks()) {
      if (!Resource.endsWith('.waitForTaskToken')) expect([name, TimeoutSeconds]).toEqual([name, 16 * 60]);
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
    ['recompute every part', 'entitlement.recompute', 'approval.next', 'recompute'],
    ['order every part', 'disbursement.order', 'disbursement.slips', 'order'],
  ])(
    '%s goes over the list in the file, a hundred parts a child of which none may fail, and leaves the state as it was',
    (name, child, next, label) => {
      const map = mapNamed(name);
      expect(map.ItemProcessor.StartAt).toBe(child);
      expect(map.ItemProcessor.ProcessorConfig).toEqual({ Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' });
      expect(map.ItemReader.Parameters['Key.$']).toBe("States.Format('batches/{}/parts.json', $.batchId)");
      expect(map.ItemBatcher).toEqual({ MaxItemsPerBatch: 100, BatchInput: { 'batchId.$': '$.batchId' } });
      expect(map).toMatchObject({ MaxConcurrency: 10, ResultPath: null, Next: next, Label: label });
      // Nought is what the service takes where nothing is said.
      expect(map.ToleratedFailurePercentage ?? 0).toBe(0);
    },
  );

  test.each([
    ['recompute every part', 'entitlement.list'],
    ['order every part', 'disbursement.fund'],
  ])('the one way to %s is from the step that writes its list', (map, writer) => {
    const before = Object.entries(workflow.States).filter(([, state]) => leadsTo(state).includes(map));
    expect(before.map(([name]) => name)).toEqual([writer]);
    expect(workflow.StartAt).not.toBe(map);
  });

  test('the recomputation comes first, and what comes next is read from the step before', () => {
    expect(workflow.StartAt).toBe('entitlement.list');
    expect(taskNamed('approval.next').Next).toBe('what next?');
    expect(choicesOf('what next?')).toEqual({
      recompute: 'entitlement.list',
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

  test('a batch of 150,000 people leaves some ninety events in its history, and has room for 800 rounds of new orders', () => {
    const approved = ['entitlement.list', 'recompute every part', ...asked, ...threeTimes(confirmed), ...decided];
    const round = [
      'disbursement.fund',
      'order every part',
      'disbursement.slips',
      'disbursement.follow',
      'disbursement.next',
      'all settled?',
    ];
    const atOnce = eventsOf([...approved, ...round, 'completion.report', 'paid and reported']);
    expect(atOnce).toBeGreaterThan(80);
    expect(atOnce).toBeLessThan(120);
    // Nobody answers for a year, at any of the steps: each limit that passes asks again.
    const silent = 37 * eventsOf(confirmed);
    expect(atOnce + silent + 800 * eventsOf(round)).toBeLessThan(25_000);
    // A child has a history of its own: a hundred people, and the whole ladder.
    expect(2 + eventsOf(['disbursement.order']) + 6 * eventsOfATry).toBeLessThan(40);
  });

  test('nothing of what a child gives back enters the state, so that it stays as short as it was', () => {
    for (const state of Object.values(workflow.States)) {
      if (state.Type === 'Map') expect(state).toMatchObject({ ResultPath: null });
    }
  });

  test('reaches every state from the first', () => {
    const reached = new Set<string>();
    const open = [workflow.StartAt];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      const found = workflow.States[name];
      if (found === undefined) throw new Error(`no state ${name}`);
      if (!reached.has(name)) open.push(...leadsTo(found));
      reached.add(name);
    }
    expect([...reached].toSorted()).toEqual(Object.keys(workflow.States).toSorted());
  });
});

describe('the state machine', () => {
  function synthesized(more: Partial<WorkflowProps> = {}): Template {
    const stack = new Stack(new App(), 'test', { env: { region: 'ap-southeast-1', account: '000000000000' } });
    const arn = 'arn:aws:lambda:ap-southeast-1:000000000000:function';
    batchWorkflow(stack, (name) => LambdaFunction.fromFunctionArn(stack, `fn ${name}`, `${arn}:${name}`), {
      bucket: Bucket.fromBucketName(stack, 'lists', 'lists'),
      ...(more.logGroup === undefined ? {} : { logGroup: new LogGroup(stack, 'log') }),
      ...(more.key === undefined ? {} : { key: new Key(stack, 'key'), name: 'batch' }),
    });
    return Template.fromStack(stack);
  }
  const some = new Stack(new App(), 'some');
  const full = synthesized({ logGroup: new LogGroup(some, 'log'), key: new Key(some, 'key') });

  test('logs what happened and never what was said, is traced, and seals its histories with the key it is given', () => {
    full.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineType: 'STANDARD',
      LoggingConfiguration: { IncludeExecutionData: false, Level: 'ALL' },
      TracingConfiguration: { Enabled: true },
      EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsDataKeyReusePeriodSeconds: 900 },
    });
  });

  test('without a log and a key has neither', () => {
    const [machine] = Object.values(synthesized().findResources('AWS::StepFunctions::StateMachine'));
    expect(Object.keys(machine?.['Properties'])).not.toContain('LoggingConfiguration');
    expect(Object.keys(machine?.['Properties'])).not.toContain('EncryptionConfiguration');
  });

  test('may start, stop and redrive the children of its two Maps and no other execution', () => {
    const policies = JSON.stringify(full.findResources('AWS::IAM::Policy'));
    expect(policies).toContain('states:StartExecution');
    expect(policies).toContain('states:RedriveExecution');
    for (const label of ['recompute', 'order']) expect(policies).toMatch(new RegExp(`/${label}:\\*`));
  });
});
