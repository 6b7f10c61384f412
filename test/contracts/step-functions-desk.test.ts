/**
 * The Desk port on Step Functions. The server that stands in for AWS takes starts, but runs no machine: what tokens and redrives
 * do is played by a double of the client.
 */
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, describe, expect, test } from 'vitest';
import { clientSettings } from '../../functions/aws/service-clients.ts';
import { stepFunctionsDesk } from '../../functions/aws/step-functions-desk.ts';
import { openMoto } from '../../infra/local/moto.ts';
import { deskContract, scratchInMemory } from './desk.ts';

const region = 'ap-southeast-1';
const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
const stateMachineArn = `arn:aws:states:${region}:123456789012:stateMachine:batch`;
const $metadata = {};
const message = 'as the service says it';

/** One state that waits, then the end; a token is its execution's name and try. */
interface Played {
  status: 'RUNNING' | 'FAILED' | 'SUCCEEDED';
  tries: number;
  answer?: unknown;
}

deskContract('of Step Functions, its machine played', async () => {
  const client = new SFNClient({ region, credentials });
  const service = mockClient(client);
  const played = new Map<string, Played>();
  const byArn = (arn = '') => played.get(arn.replace(`${stateMachineArn.replace('stateMachine', 'execution')}:`, ''));
  service.on(StartExecutionCommand).callsFake(({ name, input }) => {
    if (played.has(name)) throw new ExecutionAlreadyExists({ $metadata, message });
    expect(JSON.parse(input)).toEqual({ batchId: name });
    played.set(name, { status: 'RUNNING', tries: 1 });
    return {};
  });
  service.on(DescribeExecutionCommand).callsFake(({ executionArn }) => ({
    status: byArn(executionArn)?.status,
    redriveStatus: byArn(executionArn)?.status === 'FAILED' ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
  }));
  service.on(RedriveExecutionCommand).callsFake(({ executionArn }) => {
    const found = byArn(executionArn) ?? expect.fail('no such execution');
    expect(found.status).toBe('FAILED');
    Object.assign(found, { status: 'RUNNING', tries: found.tries + 1 });
    return {};
  });
  service.on(SendTaskSuccessCommand).callsFake(({ taskToken, output }) => {
    const [name = '', tries] = taskToken.split('#');
    const found = played.get(name);
    if (found === undefined) throw new TaskDoesNotExist({ $metadata, message });
    if (found.status !== 'RUNNING' || String(found.tries) !== tries) throw new TaskTimedOut({ $metadata, message });
    Object.assign(found, { status: 'SUCCEEDED', answer: JSON.parse(output) });
    return {};
  });
  return {
    desk: stepFunctionsDesk(client, { stateMachineArn, wait: async () => {} }, scratchInMemory()),
    started: async () => [...played.keys()],
    tokenOf: async (batchId) => `${batchId}#${played.get(batchId)?.tries}`,
    answers: async (batchId) => [played.get(batchId)?.answer].filter((answer) => answer !== undefined),
    async fail(batchId) {
      Object.assign(played.get(batchId) ?? {}, { status: 'FAILED' });
    },
    async close() {
      service.restore();
      client.destroy();
    },
  };
});

const moto = await openMoto();

describe.skipIf(moto === undefined)('over HTTP', () => {
  const client = new SFNClient(clientSettings({ region, endpoint: moto?.endpoint ?? '', credentials }));
  afterAll(async () => {
    client.destroy();
    await moto?.close();
  });

  test('an execution bears the name of its batch, and a second start meets it', async () => {
    const made = await client.send(
      new CreateStateMachineCommand({
        name: 'batch',
        roleArn: 'arn:aws:iam::123456789012:role/workflow',
        definition: JSON.stringify({ StartAt: 'done', States: { done: { Type: 'Succeed' } } }),
      }),
    );
    const machine = made.stateMachineArn ?? '';
    const desk = stepFunctionsDesk(client, { stateMachineArn: machine }, scratchInMemory());
    const batchId = '01932c07-6b1e-7c3a-9a51-2f6f0f3f9d11';
    await desk.start(batchId);
    await desk.start(batchId);
    const { executions } = await client.send(new ListExecutionsCommand({ stateMachineArn: machine }));
    expect(executions?.map(({ name }) => name)).toEqual([batchId]);
    const executionArn = executions?.[0]?.executionArn ?? '';
    const { input } = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(JSON.parse(input ?? '')).toEqual({ batchId });
  });
});
