/**
 * `npm run replay`: computes stored batches again, all or those named, under the law and readings of their time; the
 * same bytes and the same hash are expected. `-- --law today` lists what today's law would change instead.
 * Exit code 0 when everything comes out as it was, 1 when something does not, 2 for a wrong command line.
 */
import { parseArgs } from 'node:util';
import { type Batch, readBatch } from '../../../shared/case/batch.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { allRows } from '../../../shared/case/store.ts';
import { formatDong } from '../../../shared/dong.ts';
import { type Differing, replayBatch, replayToday } from '../../../shared/entitlement/replay.ts';
import { noDesk } from '../home.ts';
import { openStored } from './stored.ts';

process.exitCode = await run();

async function run(): Promise<number> {
  let wish: { readonly law: string; readonly batches: readonly string[] };
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { law: { type: 'string', default: 'then' } },
    });
    wish = { law: values.law, batches: positionals };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  if (wish.law !== 'then' && wish.law !== 'today') return refuse('--law nhận then (mặc định) hoặc today.');
  const home = openStored();
  if (typeof home === 'string') return refuse(home);
  try {
    const ports = home.ports(noDesk);
    const batches = await wantedBatches(wish.batches, ports);
    if (typeof batches === 'string') return refuse(batches);
    let differing = 0;
    for (const batch of batches) {
      differing += wish.law === 'then' ? await tellThen(batch, ports) : await tellToday(batch, ports);
    }
    say(`${batches.length} đợt, ${differing} điểm khác.`);
    return differing === 0 ? 0 : 1;
  } finally {
    home.close();
  }
}

async function wantedBatches(named: readonly string[], ports: Ports): Promise<readonly Batch[] | string> {
  const ids = [...named];
  if (ids.length === 0) {
    for await (const { stream } of allRows(ports.store, { kind: 'batch' })) ids.push(stream.slice('batch/'.length));
  }
  const batches: Batch[] = [];
  for (const id of ids) {
    const batch = await readBatch(ports.store, id);
    if (batch === undefined) return `Không có đợt ${id}.`;
    batches.push(batch);
  }
  return batches;
}

async function tellThen(batch: Batch, ports: Ports): Promise<number> {
  let differing = 0;
  for (const { version, people, contentHash, hashNow, differing: parts } of await replayBatch(batch, ports)) {
    const isSame = contentHash === hashNow;
    say(
      `Đợt ${batch.code}, lần chốt ${version}: ${people} người, ${isSame ? 'cùng mã băm' : 'KHÁC mã băm'} ${hashNow}`,
    );
    tellDiffering(parts);
    if (!isSame) differing += Math.max(1, parts.length);
  }
  return differing;
}

async function tellToday(batch: Batch, ports: Ports): Promise<number> {
  const { people, differing } = await replayToday(batch, ports);
  say(`Đợt ${batch.code}: ${people} người, ${differing.length} người khác theo quy định hôm nay`);
  tellDiffering(differing);
  return differing.length;
}

function tellDiffering(parts: readonly Differing[]): void {
  const shown = (total: string) => (total === '' ? 'không có khoản nào' : `${formatDong(BigInt(total))} đồng`);
  for (const { part, was, now } of parts) say(`  ${part}: ${shown(was)} → ${shown(now)}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}
