/** A quiet campaign on the DynamoDB adapter over its double: what each stretch of it costs a person, in units that AWS charges. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dynamoClient } from '../../../functions/aws/dynamo-client.ts';
import { tableHeads, type Walk } from '../../../functions/aws/dynamo-scan.ts';
import { dynamoStore, indexes } from '../../../functions/aws/dynamo-store.ts';
import { localDateOf } from '../../../shared/calendar.ts';
import { listedAnchors } from '../../../shared/case/listed-anchors.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { partSummary } from '../../../shared/case/part.ts';
import { allRows } from '../../../shared/case/store.ts';
import type { GoodRow } from '../../../shared/intake/submit.ts';
import { noDesk, openHome } from '../home.ts';
import { dynamoDouble } from './dynamo-double.ts';
import type { Units } from './dynamo-units.ts';
import { decideAll, furnish, orderAll, payAll, submitAll } from './quiet-campaign.ts';

export interface Stretch extends Units {
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
  /** What one anchor over all of it reads, a person. */
  readonly anchorReadUnits: number;
  readonly credited: number;
}

const peopleOfAUnit = 75;

/** Keys, ids and sealed fields are those of a real home: their length is part of what is charged. */
export async function countUnits(people: readonly GoodRow[], count: number): Promise<CountedUnits> {
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
  const ports: Ports = { ...home.ports({ ...noDesk, start: async () => {} }), store };
  const stretches: Stretch[] = [];
  async function measured<T>(name: Stretch['name'], act: () => Promise<T>): Promise<T> {
    const before = { ...double.units };
    const started = performance.now();
    const made = await act();
    const { write, indexWrite, claimWrite, read, requests } = double.units;
    stretches.push({
      name,
      seconds: (performance.now() - started) / 1000,
      write: write - before.write,
      indexWrite: indexWrite - before.indexWrite,
      claimWrite: claimWrite - before.claimWrite,
      read: read - before.read,
      requests: requests - before.requests,
    });
    return made;
  }
  try {
    const units = await measured('furnish', async () => furnish(Math.ceil(count / peopleOfAUnit), ports));
    await measured('submit', async () => submitAll(people, count, units, ports));
    await measured('decide', async () => decideAll(ports));
    await measured('order', async () => orderAll(ports));
    await measured('pay', async () => payAll(units, writeNothing, ports));
    const { write, indexWrite, claimWrite, read, requests } = double.units;
    return {
      people: count,
      stretches,
      writeUnits: (write + indexWrite) / count,
      indexWriteUnits: indexWrite / count,
      claimWriteUnits: claimWrite / count,
      readUnits: read / count,
      requests: requests / count,
      anchorReadUnits: (await anchorReads(ports, { client, name: 'histories' }, double.units)) / count,
      credited: await creditedPeople(ports),
    };
  } finally {
    client.destroy();
    home.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A walk over the whole table, its pages shared by four segments. */
async function anchorReads({ store, files, now }: Ports, table: Walk['table'], units: Units): Promise<number> {
  const before = units.read;
  const anchors = listedAnchors({ store, files, heads: () => tableHeads({ table }) });
  await anchors.anchor(localDateOf(now()), now(), 'system');
  return units.read - before;
}

/** The slips' files are not in the table. */
async function writeNothing(): Promise<Uint8Array> {
  return new Uint8Array(1);
}

async function creditedPeople({ store }: Ports): Promise<number> {
  const people = new Set<string>();
  for await (const { summary } of allRows(store, { kind: 'part', status: 'credited' }))
    people.add(partSummary.parse(summary).caseId);
  return people.size;
}
