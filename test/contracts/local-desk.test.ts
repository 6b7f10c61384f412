/** The Desk port on one machine: the runner, over a workflow of one state that waits. */
import { DatabaseSync } from 'node:sqlite';
import { answerOf, waits } from '../../functions/home/waits.ts';
import { sqlitePositions } from '../../infra/local/positions.ts';
import { walker } from '../../infra/local/walk-workflow.ts';
import { Permanent } from '../../shared/case/faults.ts';
import { deskContract, scratchInMemory } from './desk.ts';

deskContract('of the runner', async () => {
  const database = new DatabaseSync(':memory:');
  const begun: string[] = [];
  const failing = new Set<string>();
  let tokens = 0;
  const walk = walker(
    {
      StartAt: 'wait',
      States: {
        wait: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
          Parameters: { FunctionName: 'wait', Payload: { 'batchId.$': '$.batchId', 'token.$': '$$.Task.Token' } },
          Next: 'step',
        },
        step: { Type: 'Task', Resource: 'step', Next: 'done' },
        done: { Type: 'Succeed' },
      },
    },
    {
      async invoke(step, payload) {
        if (step === 'wait') begun.push(batchOf(payload));
        if (failing.delete(batchOf(payload))) throw new Permanent('as the test wants it');
        return payload;
      },
      items: async () => [],
      positions: sqlitePositions(database),
      now: () => 0,
      newToken: () => `token-${(tokens += 1)}`,
      onFault: () => {},
    },
  );
  return {
    desk: {
      ...waits(scratchInMemory()),
      async start(batchId) {
        walk.start(batchId, { batchId });
        await walk.idle();
      },
      async wake(batchId, token) {
        walk.wake(token, answerOf(batchId));
        await walk.idle();
      },
    },
    started: async () => begun,
    tokenOf: async (batchId) => walk.find(batchId)?.position.token ?? '',
    async answers(batchId) {
      const { status, position } = walk.find(batchId) ?? {};
      return status === 'succeeded' ? [position?.input] : [];
    },
    async fail(batchId) {
      failing.add(batchId);
      walk.wake(walk.find(batchId)?.position.token ?? '', { batchId });
      await walk.idle();
    },
    close: async () => database.close(),
  };
});

function batchOf(payload: unknown): string {
  return typeof payload === 'object' && payload !== null && 'batchId' in payload ? String(payload.batchId) : '';
}
