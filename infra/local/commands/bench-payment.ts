/** Ten thousand people of 130 units in one decided batch, for the bench: ordering them, and making every file of their slips. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSlipFile } from '../../../functions/papers/slip-files.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { allRows } from '../../../shared/case/store.ts';
import type { Unit } from '../../../shared/case/unit.ts';
import { makeSlips } from '../../../shared/disbursement/slips.ts';
import type { ListReading } from '../../../shared/intake/read-list.ts';
import { noDesk, openHome } from '../home.ts';
import { decideAll, furnish, orderAll, quietBatch, submitAll } from '../simulation/quiet-campaign.ts';

export interface PaymentFigures {
  readonly secondsToOrder: number;
  readonly secondsToMakeFiles: number;
}

const unitCount = 130;

export async function benchPayment(listed: ListReading, count: number): Promise<PaymentFigures> {
  return withDecidedBatch(listed, count, async (ports, units) => {
    const started = performance.now();
    await orderAll(ports);
    const ordered = performance.now();
    await makeSlips(quietBatch, units, writeSlipFile, ports);
    const made = performance.now();
    let slips = 0;
    for await (const _slip of allRows(ports.store, { kind: 'slip', batch: quietBatch })) slips += 1;
    if (slips !== unitCount) throw new Error(`${slips} slips were made`);
    return { secondsToOrder: (ordered - started) / 1000, secondsToMakeFiles: (made - ordered) / 1000 };
  });
}

/** So many people of 130 units, submitted, appraised, frozen, confirmed and decided, in a store that is gone afterwards. */
export async function withDecidedBatch<Found>(
  { people }: ListReading,
  count: number,
  run: (ports: Ports, units: ReadonlyMap<string, Unit>) => Promise<Found>,
): Promise<Found> {
  const directory = mkdtempSync(join(tmpdir(), 'chi-tra-payment-'));
  const home = openHome({
    dataDirectory: join(directory, 'data'),
    keyDirectory: join(directory, 'keys'),
    publicUrl: 'http://localhost',
  });
  try {
    const ports: Ports = home.ports({ ...noDesk, start: async () => {} });
    return await run(ports, await decidedPeople(people, count, unitCount, ports));
  } finally {
    home.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** So many people of so many units in one batch that the province has decided; answers the units. */
export async function decidedPeople(
  people: ListReading['people'],
  count: number,
  ofUnits: number,
  ports: Ports,
): Promise<ReadonlyMap<string, Unit>> {
  const units = await furnish(ofUnits, ports);
  await submitAll(people, count, units, ports);
  await decideAll(ports);
  return units;
}
