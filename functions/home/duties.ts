/**
 * What the system does about what happened: each entry that moves something leaves a duty, named as text. Each duty is
 * idempotent, so that one done twice, or after a kill, only looks again.
 */
import { randomUUID } from 'node:crypto';
import { nudge } from '../../shared/approval/request.ts';
import { followBatch } from '../../shared/approval/follow.ts';
import { tellDeciders } from '../../shared/approval/tell.ts';
import type { Ports } from '../../shared/case/ports.ts';
import type { Scratch } from '../../shared/case/scratch.ts';
import { type Entry, allRows } from '../../shared/case/store.ts';
import { caseIdOf, readPart } from '../../shared/case/part.ts';
import { readRecordedReadings } from '../../shared/case/recorded-readings.ts';
import { followUpheld } from '../../shared/completion/end-complaint.ts';
import { nudgePayments } from '../../shared/disbursement/follow.ts';
import { followSlips } from '../../shared/disbursement/follow-slips.ts';
import { followWithdrawn } from '../../shared/disbursement/withdraw-slip.ts';
import { followSlip } from '../../shared/disbursement/slips.ts';
import { reassess } from '../../shared/entitlement/reassess.ts';
import { noteLetters } from './remind-of-letters.ts';

/** What duties read of an entry. */
export type Happened = Pick<Entry, 'stream' | 'kind'>;

/** Acts on entries. A duty that fails is put aside and tried again later: one broken batch never stops the others. */
export async function actOn(
  entries: readonly Happened[],
  scratch: Scratch,
  ports: Ports,
  report: (error: unknown) => void,
): Promise<void> {
  for (const duty of await dutiesOf(entries, ports)) await attend(duty, scratch, ports, report);
  if (entries.some(({ stream, kind }) => stream.startsWith('part/') && telling.includes(kind)))
    await noteLetters(scratch);
}

/** Once more what failed before. */
export async function retryDuties(scratch: Scratch, ports: Ports, report: (error: unknown) => void): Promise<void> {
  for (const { key } of await scratch.list('duty')) await attend(key, scratch, ports, report);
}

/** Every batch that has not ended has its workflow, and each that waits is looked at once more: what was told may be lost. */
export async function resumeBatches(scratch: Scratch, ports: Ports, report: (error: unknown) => void): Promise<void> {
  for await (const { stream, status } of allRows(ports.store, { kind: 'batch' })) {
    if (status === 'freezing' || status === 'released' || status === 'reported') continue;
    const id = stream.slice('batch/'.length);
    await attend(`slips/${id}`, scratch, ports, report);
    await attend(`batch/${id}`, scratch, ports, report);
  }
  await attend('complaints/upheld', scratch, ports, report);
}

async function attend(duty: string, scratch: Scratch, ports: Ports, report: (error: unknown) => void): Promise<void> {
  const [family, id] = splitStream(duty);
  // Of the failure that is made good here; one that comes meanwhile has another, and stays.
  const failure = await scratch.get('duty', duty);
  try {
    if (family === 'slip') await followSlip(id, ports);
    if (family === 'slip') await followAfterWithdrawal(id, ports);
    if (family === 'slips') await followSlips(id, ports);
    if (family === 'complaints') await followUpheld(ports);
    if (family === 'case') await reassess(id, (await readRecordedReadings(ports.store)).set, ports);
    if (family === 'batch') {
      await ports.desk.start(id);
      await followBatch(id, ports);
      await nudge(id, ports);
      await tellDeciders(id, ports);
    }
    if (family === 'batch' || family === 'payments') await nudgePayments(id, ports);
    if (failure !== undefined) await scratch.replace('duty', duty, failure, undefined);
  } catch (error) {
    await scratch.put('duty', duty, randomUUID());
    report(error);
  }
}

async function followAfterWithdrawal(slipId: string, ports: Ports): Promise<void> {
  const batchId = await followWithdrawn(slipId, ports);
  if (batchId !== undefined) await nudgePayments(batchId, ports);
}

const moving: readonly string[] = ['decided', 'provincial-decision', 'frozen', 'reopened', 'aborted'];
const returning: readonly string[] = ['hold', 'resume', 'cancel'];
/** What was in a batch when a reading was set is computed again as it comes out, or when the money is there. */
const ending: readonly string[] = ['taken-out', 'released', 'credited', 'paid-elsewhere'];
/** Something can be ordered, or nothing is left to order. */
const payingOn: readonly string[] = ['order-again', 'paid-elsewhere'];
/** Of what the person is told by a letter, and the unit by a mail that says how many letters wait. */
const telling: readonly string[] = ['decided', 'credited', 'returned', 'refused', 'hold'];
/** What may have mended a case whose complaint was upheld. */
const mending: readonly string[] = [
  'assessed',
  'facts-corrected',
  'difference',
  'submitted',
  'account-confirmed',
  'credited',
  'paid-elsewhere',
  'upheld',
];
const funding: readonly string[] = ['allotted', 'restored', 'came-back', 'received'];

/** `slip/…`, `batch/…`, and `payments/…` where only money can have moved; each once, slips first. */
async function dutiesOf(entries: readonly Happened[], ports: Ports): Promise<readonly string[]> {
  const slips = new Set<string>();
  const batches = new Set<string>();
  const paying = new Set<string>();
  const cases = new Set<string>();
  const isEnding = entries.some(({ stream, kind }) => stream.startsWith('part/') && ending.includes(kind));
  const hasReadings = isEnding && (await readRecordedReadings(ports.store)).decisions.length > 0;
  let isFunded = false;
  let isMended = false;
  for (const { stream, kind } of entries) {
    const [family, id] = splitStream(stream);
    if (family === 'slip' && (kind === 'sent' || kind === 'withdrawn')) slips.add(stream);
    if (family === 'batch' && moving.includes(kind)) batches.add(id);
    if (family === 'part' && returning.includes(kind)) batches.add(await batchOf(id, ports));
    if (family === 'part' && hasReadings && ending.includes(kind)) cases.add(caseIdOf(id));
    if (family === 'part' && payingOn.includes(kind)) paying.add(await batchOf(id, ports));
    if (mending.includes(kind)) isMended = true;
    // Money of an estimate may have come free for any batch; a result file settles many orders of one.
    if (family === 'estimate' && funding.includes(kind)) isFunded = true;
    if (family === 'result' || kind === 'resumed') isFunded = true;
  }
  if (isFunded) for (const batch of await payingBatches(ports)) paying.add(batch);
  const named = (family: string, ids: Iterable<string>) => [...ids].map((id) => `${family}/${id}`);
  const onlyPaying = [...paying].filter((id) => id !== '' && !batches.has(id));
  batches.delete('');
  const complaints = isMended ? ['complaints/upheld'] : [];
  return [
    ...slips,
    ...named('batch', batches),
    ...named('payments', onlyPaying),
    ...named('case', cases),
    ...complaints,
  ];
}

async function batchOf(partId: string, { store }: Ports): Promise<string> {
  return (await readPart(store, partId))?.batch?.id ?? '';
}

function splitStream(stream: string): readonly [family: string, id: string] {
  const cut = stream.indexOf('/');
  return [stream.slice(0, cut), stream.slice(cut + 1)];
}

async function payingBatches({ store }: Ports): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { stream } of allRows(store, { kind: 'batch', status: 'paying' }))
    found.push(stream.slice('batch/'.length));
  return found;
}
