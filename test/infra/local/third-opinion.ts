/**
 * The same definition again, by the interpreter that moto took over from LocalStack: over HTTP, by the SDK, with the list read from a
 * bucket, tokens that the workflow makes and our own desk answers, and limits that really pass. It knows no batching and no
 * tolerated failures: the list holds the batches as our walker would have made them, and a child that fails for good is not asked of it.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { stepFunctionsDesk } from '../../../functions/aws/step-functions-desk.ts';
import type { Definition } from '../../../infra/local/asl.ts';
import { openMoto } from '../../../infra/local/moto.ts';
import type { Desk } from '../../../shared/case/ports.ts';
import { scratchInMemory } from '../../contracts/desk.ts';
import { batchesOf, batchSize, Calls, type Run, type Script } from './second-opinion.ts';

export interface Interpreter {
  /** The batch is begun, and whoever waits is woken, by the desk of the cloud home. */
  run(text: Definition, script: Script, items: readonly string[]): Promise<Run>;
  close(): Promise<void>;
}

const at = { region: 'ap-southeast-1', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } };
const bucket = 'local-lists';

/** `undefined` where Python or PyPI is missing. */
export async function openInterpreter(): Promise<Interpreter | undefined> {
  const steps = await openSteps();
  const moto = await openMoto(interpreting(steps.url));
  if (moto === undefined) {
    await steps.close();
    return undefined;
  }
  const s3 = new S3Client({ ...at, endpoint: moto.endpoint, forcePathStyle: true });
  const sfn = new SFNClient({ ...at, endpoint: moto.endpoint });
  await s3.send(
    new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: 'ap-southeast-1' } }),
  );
  let machines = 0;
  return {
    async run(text, script, items) {
      const size = batchSize(text, 'recompute every part');
      const Body = JSON.stringify(batchesOf(items, size));
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'batches/b1/parts.json', Body }));
      const calls = new Calls(script, items, size);
      const stateMachineArn = await machineOf(sfn, text, (machines += 1));
      const desk = stepFunctionsDesk(sfn, { stateMachineArn }, scratchInMemory());
      steps.are(calls, desk);
      await desk.start('b1');
      // Harmless, as long as it runs: the batch's one execution goes on.
      await desk.start('b1');
      const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:b1`;
      const end = await ended(sfn, executionArn, steps.wake);
      return { states: await entered(sfn, executionArn), calls: calls.list(), end };
    },
    async close() {
      await moto.close();
      await steps.close();
    },
  };
}

async function machineOf(client: SFNClient, text: Definition, number: number): Promise<string> {
  const definition = JSON.stringify(text, (name, value: unknown) => (name === 'ItemBatcher' ? undefined : value));
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({
      name: `batch-${number}`,
      definition: definition.replaceAll(':local:000000000000:', ':ap-southeast-1:123456789012:'),
      roleArn: 'arn:aws:iam::123456789012:role/batch',
    }),
  );
  return z.string().parse(stateMachineArn);
}

async function ended(client: SFNClient, executionArn: string, wake: () => Promise<void>): Promise<Run['end']> {
  for (;;) {
    const { status, output, error = '' } = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (status === 'SUCCEEDED') return { output: JSON.parse(output ?? '') };
    if (status !== 'RUNNING') return { error };
    await wake();
    await delay(20);
  }
}

async function entered(client: SFNClient, executionArn: string): Promise<readonly string[]> {
  const { events = [], nextToken } = await client.send(
    new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }),
  );
  if (nextToken !== undefined) throw new RangeError('a history of more than a thousand events');
  return events.flatMap(({ stateEnteredEventDetails: state }) => state?.name ?? []);
}

/** The functions of the steps, as moto calls them; whoever waits is answered by the desk, when it is next asked to. */
async function openSteps() {
  let calls: Calls | undefined;
  let desk: Desk | undefined;
  let waiting: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const payload = await json(request);
      const step = (request.url ?? '').slice(1);
      const answer = calls?.answer(step, payload) ?? { throws: 'nothing runs' };
      const { token } = z.looseObject({ token: z.string().optional() }).parse(payload);
      if (token !== undefined && 'gives' in answer) {
        await desk?.remember('b1', step, token);
        waiting.push(token);
      }
      response.end(JSON.stringify(answer));
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    are(of: Calls, by: Desk) {
      [calls, desk, waiting] = [of, by, []];
    },
    async wake() {
      for (const token of waiting.splice(0)) await desk?.wake('b1', token);
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Functions are asked for at `url`; a ladder is not waited for. */
const interpreting = (url: string) => `
import json, os, time, urllib.request
os.environ['MOTO_PORT'] = sys.argv[1]
from moto.core.config import default_user_config
default_user_config['stepfunctions'] = {'execute_state_machine': True}
from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
retrier_decl.time = types.SimpleNamespace(sleep=lambda seconds: None)
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
def invoked(parameters, region, state_credentials):
    step = parameters['FunctionName'].split(':')[-1]
    with urllib.request.urlopen('${url}' + step, data=parameters['Payload']) as answer:
        said = json.load(answer)
    if 'throws' in said:
        fault = {'errorType': said['throws'], 'errorMessage': 'thrown', 'trace': []}
        return {'StatusCode': 200, 'FunctionError': 'Unhandled', 'Payload': fault}
    return {'StatusCode': 200, 'Payload': said.get('gives')}
lambda_eval_utils._invoke_lambda_function = invoked
`;
