/** The quiet campaign with its workflow walked as it is deployed; each act wakes it as the subscriber of its entry does. */
import { DatabaseSync } from 'node:sqlite';
import { handlers } from '../../../functions/handlers.ts';
import { followBatch } from '../../../shared/approval/follow.ts';
import { nudge } from '../../../shared/approval/request.ts';
import type { Desk, Ports } from '../../../shared/case/ports.ts';
import { nudgePayments } from '../../../shared/disbursement/follow.ts';
import { listedParts } from '../../../shared/entitlement/list.ts';
import type { Definition } from '../asl.ts';
import type { Meter } from '../meter.ts';
import { sqlitePositions } from '../positions.ts';
import { type Walker, walker } from '../walk-workflow.ts';
import { confirm, creditAll, freezeAll, quietBatch, recordDecision } from './quiet-campaign.ts';

/** The ports with a desk over a walker, and the walker whose steps use them. */
export function walked(
  without: Ports,
  definition: Definition,
  metered: Meter,
): { readonly ports: Ports; readonly walk: Walker } {
  const waits = new Map<string, { readonly awaited: string; readonly token: string }>();
  const desk: Desk = {
    start: async (batchId) => walk.start(batchId, { batchId }),
    remember: async (batchId, awaited, token) => void waits.set(batchId, { awaited, token }),
    waiting: async (batchId) => waits.get(batchId),
    wake: async (batchId, token) => void walk.wake(token, { batchId, next: 'confirmation' }),
  };
  const ports: Ports = { ...without, desk };
  let tokens = 0;
  const walk = walker(
    definition,
    metered.around({
      invoke: async (step, payload) => handlers[step]?.(async () => ports)(payload),
      items: async () => listedParts(quietBatch, ports),
      positions: sqlitePositions(new DatabaseSync(':memory:')),
      now: Date.now,
      newToken: () => `token-${(tokens += 1)}`,
      onFault: (_, state, error) => {
        throw new Error(`the batch stopped at ${state}`, { cause: error });
      },
    }),
  );
  return { ports, walk };
}

/** Frozen, recomputed, confirmed twice and decided. */
export async function decideAll(ports: Ports, walk: Walker): Promise<void> {
  await freezeAll(ports);
  await walk.idle();
  for (const [step, role] of [
    ['people', 'home-affairs-leader'],
    ['money', 'finance-leader'],
  ] as const) {
    await confirm(step, role, ports);
    await followBatch(quietBatch, ports);
    await nudge(quietBatch, ports);
    await walk.idle();
  }
  await recordDecision(ports);
}

/** The decision wakes the workflow, which holds the estimates, writes the orders and makes the slips. */
export async function orderAll(ports: Ports, walk: Walker): Promise<void> {
  await nudge(quietBatch, ports);
  await walk.idle();
}

/** The last result wakes the workflow, which reports the batch. */
export async function payAll(ports: Ports, walk: Walker): Promise<void> {
  await creditAll(ports);
  await nudgePayments(quietBatch, ports);
  await walk.idle();
  const end = walk.find(quietBatch)?.position.state;
  if (end !== 'paid and reported') throw new Error(`the batch stands at ${end}`);
}
