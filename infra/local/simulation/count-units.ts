/**
 * A quiet campaign on the DynamoDB adapter over its double, its workflow walked as it is deployed: what each stretch of it costs a
 * person, in units, transitions, invocations and gigabyte-seconds that AWS charges.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { dynamoClient } from '../../../functions/aws/dynamo-client.ts';
import { tableHeads, type Walk } from '../../../functions/aws/dynamo-scan.ts';
import { dynamoStore, indexes } from '../../../functions/aws/dynamo-store.ts';
import { localDateOf } from '../../../shared/calendar.ts';
import { listedAnchors } from '../../../shared/case/listed-anchors.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { partSummary } from '../../../shared/case/part.ts';
import { allRows } from '../../../shared/case/store.ts';
import type { GoodRow } from '../../../shared/intake/submit.ts';
import { fileOf, functionRows } from '../../aws/functions.ts';
import type { Definition } from '../asl.ts';
import { noDesk, openHome } from '../home.ts';
import { type Charged, meter } from '../meter.ts';
import { dynamoDouble } from './dynamo-double.ts';
import type { Units } from './dynamo-units.ts';
import { followUnits } from './follow-units.ts';
import { furnish, quietBatch, submitAll } from './quiet-campaign.ts';
import { decideAll, orderAll, payAll, walked } from './walked-campaign.ts';

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
  /** What one anchor over all of it reads, a person. */
  readonly anchorReadUnits: number;
  /** What the bus's followers read, a person. */
  readonly followerReadUnits: number;
  /** What one looking for letters that wait reads, a person. */
  readonly lettersReadUnits: number;
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
    const table = { client, name: 'histories' };
    const { followers, letters } = await followUnits(ports, table, double.units);
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
      anchorReadUnits: (await anchorReads(ports, table, double.units)) / count,
      followerReadUnits: followers / count,
      lettersReadUnits: letters / count,
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

/** A walk over the whole table, its pages shared by four segments. */
async function anchorReads({ store, files, now }: Ports, table: Walk['table'], units: Units): Promise<number> {
  const before = units.read;
  const anchors = listedAnchors({ store, files, heads: () => tableHeads({ table }) });
  await anchors.anchor(localDateOf(now()), now(), 'system');
  return units.read - before;
}

async function creditedPeople({ store }: Ports): Promise<number> {
  const people = new Set<string>();
  for await (const { summary } of allRows(store, { kind: 'part', status: 'credited' }))
    people.add(partSummary.parse(summary).caseId);
  return people.size;
}
