/** The evidence pack of 3,000 people for the bench: made, and verified by the file that lies in it, in a process of its own. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePack } from '../../../functions/completion/make-pack.ts';
import { verifierFile } from '../../../functions/papers/pack-zip.ts';
import type { Role } from '../../../shared/case/access.ts';
import { type Order, readOrder } from '../../../shared/case/order.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { signatures } from '../../../shared/case/slip.ts';
import { allRows } from '../../../shared/case/store.ts';
import type { Unit } from '../../../shared/case/unit.ts';
import { reconcile } from '../../../shared/disbursement/reconcile.ts';
import { followSlip, makeSlips, recordSending, signSlip } from '../../../shared/disbursement/slips.ts';
import { sum } from '../../../shared/dong.ts';
import type { ListReading } from '../../../shared/intake/read-list.ts';
import { orderAll, quietBatch } from '../simulation/quiet-campaign.ts';
import { withDecidedBatch } from './bench-payment.ts';

export interface PackFigures {
  readonly secondsToMake: number;
  readonly secondsToVerify: number;
  readonly megabytes: number;
}

export async function benchPack(listed: ListReading, people: number): Promise<PackFigures> {
  return withDecidedBatch(listed, people, async (ports, units) => {
    await payAll(ports, units);
    const started = performance.now();
    const made = await makePack({ batch: quietBatch, isFull: false }, 'system', ports);
    const secondsToMake = (performance.now() - started) / 1000;
    if (made.outcome === 'refused') throw new Error(made.why.en);
    return { secondsToMake, secondsToVerify: secondsToVerify(made.zip), megabytes: made.zip.length / 1_000_000 };
  });
}

/** Signed, sent and credited; of the slips' files only what is asked of them is there. */
async function payAll(ports: Ports, units: ReadonlyMap<string, Unit>): Promise<void> {
  await orderAll(ports);
  await makeSlips(quietBatch, units, async (file) => new TextEncoder().encode(JSON.stringify(file)), ports);
  const roles: readonly Role[] = ['unit-clerk', 'unit-chief-accountant', 'unit-account-holder'];
  const codes = [...units.keys()];
  const signers = roles.map((role) => ({ id: role, name: role, email: `${role}@x.example`, role, units: codes }));
  const [clerk] = signers;
  for await (const { stream } of allRows(ports.store, { kind: 'slip', batch: quietBatch })) {
    const slip = stream.slice('slip/'.length);
    for (const [index, signature] of signatures.entries()) {
      const signer = signers[index];
      if (signer !== undefined) must(await signSlip(slip, signature, signer, ports));
    }
    if (clerk !== undefined) must(await recordSending(slip, { number: 'DVC-1', on: '2025-10-01' }, clerk, ports));
    await followSlip(slip, ports);
  }
  const lines = (await ordersOf(ports)).map(({ reference, amount }, row) => {
    return { row, reference, amount: BigInt(amount), outcome: 'credited', on: '2025-10-03' } as const;
  });
  const statedTotal = sum(lines.map(({ amount }) => amount));
  const file = await ports.files.put(new TextEncoder().encode('results'));
  must(await reconcile(quietBatch, file, { statedCount: lines.length, statedTotal, lines }, 'finance-officer', ports));
}

async function ordersOf({ store }: Ports): Promise<readonly Order[]> {
  const orders: Order[] = [];
  for await (const { stream } of allRows(store, { kind: 'order', batch: quietBatch })) {
    const order = await readOrder(store, stream.slice('order/'.length));
    if (order !== undefined) orders.push(order);
  }
  return orders;
}

function must(came: { readonly outcome: string; readonly why?: { readonly en: string } }): void {
  if (came.outcome === 'refused') throw new Error(came.why?.en);
}

/** As an inspector runs it. Throws when it does not hold. */
function secondsToVerify(zip: Uint8Array): number {
  const directory = mkdtempSync(join(tmpdir(), 'chi-tra-pack-'));
  try {
    writeFileSync(join(directory, 'pack.zip'), zip);
    writeFileSync(join(directory, 'verify.mjs'), verifierFile());
    const started = performance.now();
    execFileSync(process.execPath, ['verify.mjs', 'pack.zip'], { cwd: directory });
    return (performance.now() - started) / 1000;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
