/**
 * The Desk port on Step Functions: one standard execution a batch, named by its id, so that a second start meets the first.
 * One that failed is redriven, as the runner of one machine does: it goes on at the step that failed. One that cannot be (14 days
 * after its end, or at 25,000 events), or would only meet the same unknown word, is followed by another from the start, `<batch>.2`
 * and so on: each step asks the histories first, so what was done is not done again.
 */
import {
  DescribeExecutionCommand,
  RedriveExecutionCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Desk } from '../../shared/case/ports.ts';
import { Permanent } from '../../shared/case/faults.ts';
import type { Scratch } from '../../shared/case/scratch.ts';
import { answerOf, waits } from '../home/waits.ts';
import { faultName, pause, type Pause, service } from './faults.ts';
import { unknownWord } from './workflow-shape.ts';

export interface Workflow {
  /** `arn:aws:states:…:stateMachine:…` */
  readonly stateMachineArn: string;
  readonly wait?: Pause;
}

/** Of one batch: more of them fail for a reason that another does not mend. */
const mostExecutions = 10;

export function stepFunctionsDesk(
  client: SFNClient,
  { stateMachineArn, wait = pause }: Workflow,
  scratch: Pick<Scratch, 'get' | 'put'>,
): Desk {
  const ask = service('the workflow service', wait);

  /** Whether it was done; an answer of these names says that there was nothing to do. */
  async function did(act: () => Promise<unknown>, ...harmless: readonly string[]): Promise<boolean> {
    try {
      await ask(act, ...harmless);
      return true;
    } catch (error) {
      if (!harmless.includes(faultName(error))) throw error;
      return false;
    }
  }

  /** Begins the batch's execution of this number, redrives it, or leaves it as it is where nothing failed. */
  async function begin(batchId: string, number: number): Promise<void> {
    const name = number === 1 ? batchId : `${batchId}.${number}`;
    const start = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify({ batchId }) });
    if (await did(async () => client.send(start), 'ExecutionAlreadyExists')) return;
    const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const found = await ask(async () => client.send(new DescribeExecutionCommand({ executionArn })));
    // What somebody stopped by hand stays stopped.
    if (found.status !== 'FAILED' && found.status !== 'TIMED_OUT') return;
    if (found.redriveStatus !== 'NOT_REDRIVABLE' && found.error !== unknownWord) {
      await did(async () => client.send(new RedriveExecutionCommand({ executionArn })), 'ExecutionNotRedrivable');
      return;
    }
    if (number === mostExecutions) {
      const why = found.redriveStatusReason ?? found.error ?? found.status;
      throw new Permanent(`the workflow of batch ${batchId} cannot go on, ${number} of it have failed: ${why}`);
    }
    await begin(batchId, number + 1);
  }

  const { tokensOf, ...remembered } = waits(scratch);

  return {
    ...remembered,
    start: async (batchId) => begin(batchId, 1),
    /** Where the token is spent, those before it are tried: waking a state that waits is harmless, and one too few is not. */
    async wake(batchId, token) {
      const output = JSON.stringify(answerOf(batchId));
      for (const taskToken of new Set([token, ...(await tokensOf(batchId))])) {
        const wake = new SendTaskSuccessCommand({ taskToken, output });
        if (await did(async () => client.send(wake), 'TaskDoesNotExist', 'TaskTimedOut', 'InvalidToken')) return;
      }
    },
  };
}
