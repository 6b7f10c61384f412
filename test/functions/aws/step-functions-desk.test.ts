/** What the workflow service does on a bad day. */
import {
  DescribeExecutionCommand,
  RedriveExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { ladder } from '../../../functions/aws/faults.ts';
import { stepFunctionsDesk } from '../../../functions/aws/step-functions-desk.ts';
import { Permanent, Transient } from '../../../shared/case/faults.ts';
import { scratchInMemory } from '../../contracts/desk.ts';

const waited: number[] = [];
const client = new SFNClient({ region: 'none', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } });
const service = mockClient(client);
const stateMachineArn = 'arn:aws:states:ap-southeast-1:123456789012:stateMachine:batch';
const wait = async (milliseconds: number) => void waited.push(milliseconds);
const desk = stepFunctionsDesk(client, { stateMachineArn, wait }, scratchInMemory());
const executionOf = (name: string) => `arn:aws:states:ap-southeast-1:123456789012:execution:batch:${name}`;
const fault = (name: string) => Object.assign(new Error('as the service says it'), { name });

beforeEach(() => {
  service.reset();
  waited.length = 0;
});

test.each(['ThrottlingException', 'TooManyRequestsException', 'ExecutionLimitExceeded', 'TimeoutError'])(
  'a start that met %s is tried again, and is a fault that passes when it goes on so',
  async (name) => {
    service.on(StartExecutionCommand).rejectsOnce(fault(name)).resolves({});
    await desk.start('b1');
    expect(waited).toEqual([ladder[0]]);
    service.on(StartExecutionCommand).rejects(fault(name));
    await expect(desk.start('b1')).rejects.toThrow(Transient);
  },
);

test.each(['StateMachineDoesNotExist', 'AccessDeniedException', 'InvalidName'])(
  'a start that met %s is a fault for good',
  async (name) => {
    service.on(StartExecutionCommand).rejects(fault(name));
    await expect(desk.start('b1')).rejects.toThrow(Permanent);
    expect(waited).toEqual([]);
  },
);

test.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])('a wake that met %s is harmless', async (name) => {
  service.on(SendTaskSuccessCommand).rejects(fault(name));
  await desk.wake('b1', 'token');
  expect(service.commandCalls(SendTaskSuccessCommand)).toHaveLength(1);
});

test('a wake whose answer was lost is sent again, and finds the token spent', async () => {
  service.on(SendTaskSuccessCommand).rejectsOnce(fault('TimeoutError')).rejects(fault('TaskTimedOut'));
  await desk.wake('b1', 'token');
  expect(service.commandCalls(SendTaskSuccessCommand)).toHaveLength(2);
});

test('a token that was remembered late, by a first try that was slow, does not hide the one that is waited with', async () => {
  const slow = stepFunctionsDesk(client, { stateMachineArn, wait }, scratchInMemory());
  for (const token of ['of-the-wait-before', 'second-try', 'first-try'])
    await slow.remember('b1', 'confirmation/1', token);
  service.on(SendTaskSuccessCommand).rejects(fault('TaskTimedOut'));
  service.on(SendTaskSuccessCommand, { taskToken: 'second-try' }).resolves({});
  await slow.wake('b1', (await slow.waiting('b1'))?.token ?? '');
  const tried = service.commandCalls(SendTaskSuccessCommand).map(({ args }) => args[0].input.taskToken);
  expect(tried).toEqual(['first-try', 'second-try']);
});

test('of a batch that waited many times the last four tokens are tried, and no more', async () => {
  const long = stepFunctionsDesk(client, { stateMachineArn, wait }, scratchInMemory());
  for (let number = 1; number <= 9; number += 1) await long.remember('b1', `confirmation/${number}`, `token-${number}`);
  service.on(SendTaskSuccessCommand).rejects(fault('TaskTimedOut'));
  await long.wake('b1', 'token-9');
  const tried = service.commandCalls(SendTaskSuccessCommand).map(({ args }) => args[0].input.taskToken);
  expect(tried).toEqual(['token-9', 'token-8', 'token-7', 'token-6']);
});

test('a throttled wake is a fault that passes', async () => {
  service.on(SendTaskSuccessCommand).rejects(fault('ThrottlingException'));
  await expect(desk.wake('b1', 'token')).rejects.toThrow(Transient);
});

describe('a workflow that was begun before', () => {
  beforeEach(() => {
    service.on(StartExecutionCommand).rejects(fault('ExecutionAlreadyExists'));
    service.on(RedriveExecutionCommand).resolves({});
  });
  const redriven = () => service.commandCalls(RedriveExecutionCommand).length;

  test.each(['RUNNING', 'SUCCEEDED', 'ABORTED', 'PENDING_REDRIVE'] as const)(
    'and is %s is left alone',
    async (status) => {
      service.on(DescribeExecutionCommand).resolves({ status, redriveStatus: 'NOT_REDRIVABLE' });
      await desk.start('b1');
      expect(redriven()).toBe(0);
    },
  );

  test.each(['FAILED', 'TIMED_OUT'] as const)('and %s is redriven', async (status) => {
    service.on(DescribeExecutionCommand).resolves({ status, redriveStatus: 'REDRIVABLE' });
    await desk.start('b1');
    expect(service.commandCalls(RedriveExecutionCommand)[0]?.args[0].input.executionArn).toBe(executionOf('b1'));
  });

  test('and was given a word that its definition does not have is followed by another, whose definition may', async () => {
    const ended = { status: 'FAILED', error: 'UnknownWord', redriveStatus: 'REDRIVABLE' } as const;
    service.on(DescribeExecutionCommand).resolves(ended);
    service.on(StartExecutionCommand, { name: 'b1.2' }, false).resolves({});
    await desk.start('b1');
    expect(redriven()).toBe(0);
    service.on(StartExecutionCommand).rejects(fault('ExecutionAlreadyExists'));
    await expect(desk.start('b1')).rejects.toThrow(/b1 cannot go on, 10 of it have failed: UnknownWord/);
    expect(redriven()).toBe(0);
  });

  describe('and failed too long ago', () => {
    const ended = {
      status: 'FAILED',
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution ended more than 14 days ago',
    } as const;
    const named = () => service.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input.name);
    beforeEach(() => {
      service.on(DescribeExecutionCommand).resolves(ended);
    });

    test('is followed by another, which is begun with the same batch', async () => {
      service.on(StartExecutionCommand, { name: 'b1.2' }, false).resolves({});
      await desk.start('b1');
      expect(named()).toEqual(['b1', 'b1.2']);
      expect(service.commandCalls(StartExecutionCommand)[1]?.args[0].input.input).toBe('{"batchId":"b1"}');
      expect(redriven()).toBe(0);
    });

    test('and the one after it failed too: that one is redriven, and none is begun', async () => {
      service
        .on(DescribeExecutionCommand, { executionArn: `${executionOf('b1')}.2` })
        .resolves({ status: 'FAILED', redriveStatus: 'REDRIVABLE' });
      await desk.start('b1');
      expect(named()).toEqual(['b1', 'b1.2']);
      expect(service.commandCalls(RedriveExecutionCommand)[0]?.args[0].input.executionArn).toBe(
        `${executionOf('b1')}.2`,
      );
    });

    test.each(['RUNNING', 'SUCCEEDED', 'ABORTED'] as const)(
      'and the one after it is %s: left alone',
      async (status) => {
        service.on(DescribeExecutionCommand, { executionArn: `${executionOf('b1')}.2` }).resolves({ status });
        await desk.start('b1');
        expect(named()).toEqual(['b1', 'b1.2']);
        expect(redriven()).toBe(0);
      },
    );

    test('ten times over is a fault for good that says why', async () => {
      const begun = desk.start('b1');
      await expect(begun).rejects.toThrow(Permanent);
      await expect(begun).rejects.toThrow(/b1 cannot go on, 10 of it have failed: Execution ended/);
      expect(named().at(-1)).toBe('b1.10');
    });
  });

  test('and was redriven by another at the same time goes on', async () => {
    service.on(DescribeExecutionCommand).resolves({ status: 'FAILED', redriveStatus: 'REDRIVABLE' });
    service.on(RedriveExecutionCommand).rejects(fault('ExecutionNotRedrivable'));
    await desk.start('b1');
    expect(redriven()).toBe(1);
  });
});
