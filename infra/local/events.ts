/**
 * Events on one machine: the histories themselves, read by a cursor. Each subscriber is idempotent, so that a kill
 * between acting and moving the cursor only acts again.
 */
import { nudge } from '../../shared/approval/request.ts';
import { followBatch } from '../../shared/approval/follow.ts';
import type { Ports } from '../../shared/case/ports.ts';
import { type Entry, allRows } from '../../shared/case/store.ts';
import { readPart } from '../../shared/case/part.ts';
import { nudgePayments } from '../../shared/disbursement/follow.ts';
import { followSlip } from '../../shared/disbursement/slips.ts';
import * as z from 'zod';
import type { Scratch } from './scratch.ts';
import type { SqliteStore } from './sqlite-store.ts';

const entriesAtOnce = 2000;

/** Acts on what happened since the cursor; answers whether anything had. */
export async function followEvents(store: SqliteStore, scratch: Scratch, ports: Ports): Promise<boolean> {
  const cursor = Number(scratch.get('cursor', 'events') ?? '0');
  const entries = store.entriesAfter(cursor, entriesAtOnce);
  const last = entries.at(-1);
  if (last === undefined) return false;
  const duties = await dutiesOf(entries, ports);
  for (const slip of duties.slips) await followSlip(slip, ports);
  for (const batch of duties.confirmed) {
    await followBatch(batch, ports);
    await nudge(batch, ports);
    await nudgePayments(batch, ports);
  }
  for (const batch of duties.paying) await nudgePayments(batch, ports);
  scratch.put('cursor', 'events', String(last.position));
  return true;
}

/** After a kill, or a lost wake, every batch that waits is looked at once more. */
export async function nudgeAll(ports: Ports): Promise<void> {
  for await (const { stream } of allRows(ports.store, { kind: 'batch' })) {
    const batchId = stream.slice('batch/'.length);
    await nudge(batchId, ports);
    await nudgePayments(batchId, ports);
  }
}

interface Duties {
  readonly confirmed: ReadonlySet<string>;
  readonly slips: ReadonlySet<string>;
  readonly paying: ReadonlySet<string>;
}

const confirming: readonly string[] = ['decided', 'provincial-decision', 'frozen'];
const reopening: readonly string[] = ['order-again', 'hold', 'resume', 'cancel'];

async function dutiesOf(entries: readonly Entry[], ports: Ports): Promise<Duties> {
  const confirmed = new Set<string>();
  const slips = new Set<string>();
  const paying = new Set<string>();
  for (const { stream, kind, data } of entries) {
    const [family, id = ''] = splitStream(stream);
    if (family === 'batch' && confirming.includes(kind)) confirmed.add(id);
    if (family === 'slip' && kind === 'sent') slips.add(id);
    if (family === 'part' && reopening.includes(kind)) paying.add((await readPart(ports.store, id))?.batch?.id ?? '');
    if (family === 'result' && kind === 'imported')
      paying.add(z.object({ batch: z.string() }).parse(JSON.parse(data)).batch);
    if (family === 'result' && kind === 'applied') paying.add(await batchOfResult(stream, ports));
    if (family === 'estimate' && kind === 'allotted') for (const batch of await payingBatches(ports)) paying.add(batch);
  }
  paying.delete('');
  return { confirmed, slips, paying };
}

function splitStream(stream: string): readonly [family: string, id: string] {
  const cut = stream.indexOf('/');
  return [stream.slice(0, cut), stream.slice(cut + 1)];
}

async function batchOfResult(stream: string, { store }: Ports): Promise<string> {
  const [first] = await store.read(stream);
  return first === undefined ? '' : z.object({ batch: z.string() }).parse(JSON.parse(first.data)).batch;
}

async function payingBatches({ store }: Ports): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { stream } of allRows(store, { kind: 'batch', status: 'paying' }))
    found.push(stream.slice('batch/'.length));
  return found;
}
