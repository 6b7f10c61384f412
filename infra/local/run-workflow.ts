/** The workflow on one machine: ports whose desk is the walker, and the walker whose handlers use those ports. */
import { randomBytes } from 'node:crypto';
import { handlers } from '../../functions/handlers.ts';
import { answerOf, waits } from '../../functions/home/waits.ts';
import type { Handler, Task } from '../../functions/task.ts';
import { readBatch, readFrozenList } from '../../shared/case/batch.ts';
import type { Desk, Ports } from '../../shared/case/ports.ts';
import type { Definition } from './asl.ts';
import { sqlitePositions } from './positions.ts';
import type { SqliteScratch } from './scratch.ts';
import type { Meter } from './meter.ts';
import { type Walker, type WalkerPorts, walker } from './walk-workflow.ts';

export interface WorkflowHome {
  /** Where each execution stands. */
  readonly scratch: SqliteScratch;
  portsWith(desk: Desk): Ports;
  /** In the place of the steps of these names. */
  readonly steps?: Readonly<Record<string, Task>>;
  /** The items of a Map's file; else the parts of the batch's frozen list. */
  items?(key: string): Promise<readonly unknown[]>;
  /** Counts what AWS would charge. */
  readonly meter?: Meter;
}

export function runWorkflow(
  { scratch, portsWith, steps = {}, items, meter }: WorkflowHome,
  workflow: Definition,
  report: (error: unknown) => void,
): { readonly ports: Ports; readonly walk: Walker } {
  const desk: Desk = {
    ...waits(scratch.port),
    async start(batchId) {
      walk.start(batchId, { batchId });
    },
    async wake(batchId, token) {
      walk.wake(token, answerOf(batchId));
    },
  };
  const ports = portsWith(desk);
  const called = new Map<string, Handler>();
  const handler = (name: string): Handler => {
    const made = called.get(name) ?? (steps[name] ?? handlers[name])?.(async () => ports);
    if (made === undefined) throw new Error(`there is no handler ${name}`);
    called.set(name, made);
    return made;
  };
  const walkerPorts: WalkerPorts = {
    invoke: async (name, payload) => handler(name)(payload),
    items: items ?? (async (key) => partsAt(key, ports)),
    positions: sqlitePositions(scratch.database),
    now: Date.now,
    newToken: () => randomBytes(32).toString('base64url'),
    onFault: (id, state, error) => report(new Error(`batch ${id} stopped at ${state}`, { cause: error })),
  };
  const walk = walker(workflow, meter === undefined ? walkerPorts : meter.around(walkerPorts));
  return { ports, walk };
}

/** What the bucket holds in the cloud: the parts of a batch's frozen list. */
async function partsAt(key: string, { store, files }: Ports): Promise<readonly string[]> {
  const batchId = /^batches\/([\w-]+)\/parts\.json$/.exec(key)?.[1];
  const batch = batchId === undefined ? undefined : await readBatch(store, batchId);
  if (batch === undefined) throw new Error(`there is no list at ${key}`);
  return (await readFrozenList(files, batch)).parts.map(({ part }) => part);
}
