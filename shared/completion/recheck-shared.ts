/** What belongs to a whole list or slip and is checked once a run: content hashes, decisions, sums, the three signatures. */
import * as z from 'zod';
import { batchStream, payable, readBatch, readFrozenList, type Version, type Batch } from '../case/batch.ts';
import { type Order, readOrder } from '../case/order.ts';
import { readSlip, signatures, type Slip, slipStream } from '../case/slip.ts';
import { sum } from '../dong.ts';
import { checkFile, checkHistory, compareSums, type Run } from './recheck-run.ts';

const references = z.array(z.string());

/** Checks the batch's versions and decisions, the first time it is met. False where its lists cannot be trusted. */
export async function batchFaults(batchId: string, run: Run): Promise<boolean> {
  const stream = batchStream(batchId);
  if (run.checked.has(stream)) return !run.faults.some((one) => one.stream === stream && one.what === 'list-altered');
  await checkHistory(stream, run);
  const batch = await readBatch(run.ports.store, batchId);
  if (batch === undefined) {
    run.faults.push({ what: 'list-altered', stream, expected: batchId, found: '', difference: 0n });
    return false;
  }
  let isSound = true;
  for (const version of batch.versions) if (!(await checkVersion(batch, version, run))) isSound = false;
  checkDecisions(batch, run);
  return isSound;
}

export function versionKey(batchId: string, version: number): string {
  return `${batchId}.${version}`;
}

async function checkVersion(batch: Batch, version: Version, run: Run): Promise<boolean> {
  const stream = batchStream(batch.id);
  try {
    const list = await readFrozenList(run.ports.files, batch, version);
    const compared = list.parts.map(({ part, caseHash, total: own, accountDigest }) => {
      return [part, { caseHash, total: own, accountDigest }] as const;
    });
    run.lists.set(versionKey(batch.id, version.version), new Map(compared));
    const total = sum(list.parts.map((part) => BigInt(part.total)));
    compareSums(run, { what: 'list-sum-differs', stream }, total, BigInt(version.total));
    if (version === batch.frozen && batch.provincial !== undefined) {
      const paid = payable(batch, list);
      compareSums(run, { what: 'province-differs', stream }, paid.total, BigInt(batch.provincial.total));
      if (paid.parts.length !== batch.provincial.people) {
        const counts = { expected: String(paid.parts.length), found: String(batch.provincial.people) };
        run.faults.push({ what: 'province-differs', stream, ...counts, difference: 0n });
      }
    }
    return true;
  } catch {
    // The file is gone, or is not what the frozen entry says.
    run.faults.push({ what: 'list-altered', stream, expected: version.contentHash, found: '', difference: 0n });
    return false;
  }
}

/** Everybody who decided, decided the very content of the version they name. */
function checkDecisions({ id, versions, everDecided, provincial }: Batch, { faults }: Run): void {
  const stream = batchStream(id);
  const hashOf = new Map(versions.map(({ version, contentHash }) => [version, contentHash]));
  for (const { version, contentHash, seq } of everDecided) {
    const expected = hashOf.get(version) ?? '';
    if (contentHash === expected) continue;
    faults.push({ what: 'decision-differs', stream, seq, expected, found: contentHash, difference: 0n });
  }
  if (provincial === undefined || provincial.contentHash === hashOf.get(provincial.version)) return;
  const expected = hashOf.get(provincial.version) ?? '';
  faults.push({ what: 'province-differs', stream, expected, found: provincial.contentHash, difference: 0n });
}

/** Checks a slip the first time it is met: its orders make its sum, and three different people have signed it. */
export async function slipFaults(slipId: string, reference: string, run: Run): Promise<void> {
  const stream = slipStream(slipId);
  const slip = await readSlip(run.ports.store, slipId);
  // Between the order and its slip there is a moment when only the order is written.
  if (slip === undefined) return;
  if (run.checked.has(stream)) return;
  await checkHistory(stream, run);
  await checkFile(slip.references, { stream }, run);
  const named = await referencesIn(slip, run);
  if (!named.includes(reference)) {
    run.faults.push({ what: 'slip-lacks-order', stream, expected: reference, found: '', difference: 0n });
  }
  const orders = await Promise.all(named.map((one) => readOrder(run.ports.store, one)));
  const amounts = orders.filter((order): order is Order => order !== undefined).map(({ amount }) => BigInt(amount));
  compareSums(run, { what: 'slip-differs', stream }, sum(amounts), BigInt(slip.total));
  checkSignatures(slip, run);
  for (const { hash } of slip.files) await checkFile(hash, { stream }, run);
}

async function referencesIn(slip: Slip, { ports: { files } }: Run): Promise<readonly string[]> {
  try {
    const content = await files.get(slip.references);
    return content === undefined ? [] : references.parse(JSON.parse(new TextDecoder().decode(content)));
  } catch {
    return [];
  }
}

function checkSignatures({ id, signed, sent }: Slip, { faults }: Run): void {
  const people = new Set(signed.map(({ by }) => by));
  if (people.size === signed.length && (sent === undefined || people.size === signatures.length)) return;
  const found = signed.map(({ signature, by }) => `${signature}: ${by}`).join('; ');
  const expected = signatures.join(', ');
  faults.push({ what: 'signatures-differ', stream: slipStream(id), expected, found, difference: 0n });
}
