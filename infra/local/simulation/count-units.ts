/**
 * A quiet campaign on the DynamoDB adapter over its double, its workflow walked as it is deployed: what each stretch of it costs a
 * person, in units, transitions, invocations and gigabyte-seconds that AWS charges.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { performance } from 'node:perf_hooks';
import { dynamoClient } from '../../../functions/aws/dynamo-client.ts';
import { dynamoStore, indexes } from '../../../functions/aws/dynamo-store.ts';
import { handlers } from '../../../functions/handlers.ts';
import { followBatch } from '../../../shared/approval/follow.ts';
import { nudge } from '../../../shared/approval/request.ts';
import { readBatch, readFrozenList } from '../../../shared/case/batch.ts';
import type { Desk, Ports } from '../../../shared/case/ports.ts';
import { partSummary } from '../../../shared/case/part.ts';
import { allRows } from '../../../shared/case/store.ts';
import { nudgePayments } from '../../../shared/disbursement/follow.ts';
import type { GoodRow } from '../../../shared/intake/submit.ts';
import { fileOf, functionRows } from '../../aws/functions.ts';
import type { Definition } from '../asl.ts';
import { noDesk, openHome } from '../home.ts';
import { type Charged, type Meter, meter } from '../meter.ts';
import { sqlitePositions } from '../positions.ts';
import { type Walker, walker } from '../walk-workflow.ts';
import { dynamoDouble } from './dynamo-double.ts';
import type { Units } from './dynamo-units.ts';
import { confirm, creditAll, freezeAll, furnish, quietBatch, recordDecision, submitAll } from './quiet-campaign.ts';

export interface Stretch extends Units, Charged {
  readonly name: 'furnish' | 'submit' | 'decide' | 'order' | 'pay';
  readonly seconds: number;
}

export interface CountedUnits {
  readonly people: number;
  readonly stretches: readonly Stretch[];
  /** Of the table and its indexes together, a person. */
  readonly writeUnits: number;
  readonly indexWriteUnits: number;
  readonly claimWriteUnits: number;
  readonly readUnits: number;
  readonly requests: number;
  /** Of the workflow, a person. */
  readonly transitions: number;
  readonly invocations: number;
  readonly gigabyteSeconds: number;
  readonly credited: number;
}

const peopleOfAUnit = 75;
/** What the double does not take: DynamoDB promises single-digit milliseconds. */
const millisecondsARequest = 5;

/** Keys, ids and sealed fields are those of a real home: their length is part of what is charged. */
export async function countUnits(
  people: readonly GoodRow[],
  count: number,
  definition: Definition,
): Promise<CountedUnits> {
  const directory = mkdtempSync(join(tmpdir(), 'chi-tra-units-'));
  const home = openHome({
    dataDirectory: join(directory, 'data'),
    keyDirectory: join(directory, 'keys'),
    publicUrl: 'http://localhost',
  });
  const client = dynamoClient({ region: 'none', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } });
  const double = dynamoDouble(Object.values(indexes));
  double.answer(client);
  const store = dynamoStore({ client, name: 'histories' });
  const metered = meter({
    megabytesOf: (step) => functionRows[fileOf(step)]?.megabytes ?? 0,
    clock: processorMilliseconds,
    waited: () => double.units.requests * millisecondsARequest,
  });
  const { ports, walk } = walked({ ...home.ports(noDesk), store }, definition, metered);
  const stretches: Stretch[] = [];
  async function measured<T>(name: Stretch['name'], act: () => Promise<T>): Promise<T> {
    const before = { ...double.units, ...metered.of(quietBatch) };
    const started = performance.now();
    const made = await act();
    const now = { ...double.units, ...metered.of(quietBatch) };
    stretches.push({ name, seconds: (performance.now() - started) / 1000, ...less(now, before) });
    return made;
  }
  try {
    const units = await measured('furnish', async () => furnish(Math.ceil(count / peopleOfAUnit), ports));
    await measured('submit', async () => submitAll(people, count, units, ports));
    await measured('decide', async () => decideAll(ports, walk));
    await measured('order', async () => orderAll(ports, walk));
    await measured('pay', async () => payAll(ports, walk));
    const { write, indexWrite, claimWrite, read, requests } = double.units;
    const { transitions, invocations, gigabyteSeconds } = metered.of(quietBatch);
    return {
      people: count,
      stretches,
      writeUnits: (write + indexWrite) / count,
      indexWriteUnits: indexWrite / count,
      claimWriteUnits: claimWrite / count,
      readUnits: read / count,
      requests: requests / count,
      transitions: transitions / count,
      invocations: invocations / count,
      gigabyteSeconds: gigabyteSeconds / count,
      credited: await creditedPeople(ports),
    };
  } finally {
    walk.stop();
    await walk.idle();
    client.destroy();
    home.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Other processes on the machine do not count. */
function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function less(now: Units & Charged, before: Units & Charged): Units & Charged {
  return {
    write: now.write - before.write,
    indexWrite: now.indexWrite - before.indexWrite,
    claimWrite: now.claimWrite - before.claimWrite,
    read: now.read - before.read,
    requests: now.requests - before.requests,
    transitions: now.transitions - before.transitions,
    invocations: now.invocations - before.invocations,
    gigabyteSeconds: now.gigabyteSeconds - before.gigabyteSeconds,
  };
}

/** The ports with a desk over a walker, and the walker whose steps use them. */
function walked(
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
      items: async () => listedIn(ports),
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

async function listedIn({ store, files }: Ports): Promise<readonly string[]> {
  const batch = await readBatch(store, quietBatch);
  return batch === undefined ? [] : (await readFrozenList(files, batch)).parts.map(({ part }) => part);
}

/** Frozen and recomputed; each confirmation wakes the workflow, as the subscriber of its entry does. */
async function decideAll(ports: Ports, walk: Walker): Promise<void> {
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
async function orderAll(ports: Ports, walk: Walker): Promise<void> {
  await nudge(quietBatch, ports);
  await walk.idle();
}

/** The last result wakes the workflow, which reports the batch. */
async function payAll(ports: Ports, walk: Walker): Promise<void> {
  await creditAll(ports);
  await nudgePayments(quietBatch, ports);
  await walk.idle();
  const end = walk.find(quietBatch)?.position.state;
  if (end !== 'paid and reported') throw new Error(`the batch stands at ${end}`);
}

async function creditedPeople({ store }: Ports): Promise<number> {
  const people = new Set<string>();
  for await (const { summary } of allRows(store, { kind: 'part', status: 'credited' }))
    people.add(partSummary.parse(summary).caseId);
  return people.size;
}
