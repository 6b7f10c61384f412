/** Result files for the bench: a hundred thousand lines read, matched, applied and answered, and bursts of returns. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { writeAnySheet } from '../../../functions/papers/long-sheet.ts';
import { readResultFile } from '../../../functions/papers/result-file.ts';
import type { Instant } from '../../../shared/calendar.ts';
import { caseStream } from '../../../shared/case/case.ts';
import type { Status } from '../../../shared/case/lifecycle.ts';
import { orderRow, orderStream, referenceOf } from '../../../shared/case/order.ts';
import { partIdOf, partStream } from '../../../shared/case/part.ts';
import { effectsText, entryHash, noHash, type Row } from '../../../shared/case/store.ts';
import { outcomeWords } from '../../../shared/disbursement/result-classes.ts';
import { reconcile } from '../../../shared/disbursement/reconcile.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { canonical, sha256 } from '../../../shared/hash.ts';
import type { ListReading } from '../../../shared/intake/read-list.ts';
import { submitList } from '../../../shared/intake/submit.ts';
import { noDesk, openHome } from '../home.ts';
import { sampleUnits } from '../samples.ts';
import { median } from './bench-approval.ts';

const answer = z.object({
  seconds: z.number(),
  processorSeconds: z.number(),
  applied: z.number(),
  longestCommit: z.number(),
});

export interface ResultFigures {
  readonly seconds: number;
  /** Of those, what the processor worked: the rest is waiting for the disk, or for a turn on a busy machine. */
  readonly processorSeconds: number;
  readonly megabytes: number;
  readonly burstSeconds: number;
  /** The longest that anybody else waits for the store during a burst. */
  readonly burstLongestCommitMilliseconds: number;
}

const burst = 850;
const bursts = 3;
const amount = 407_890_080n;
const at = '2025-09-01T00:00:00Z';

/** Takes people to copy, how many lines, the flags of the process, and how to look at a process's peak memory. */
export async function benchResults(
  listed: ListReading,
  lines: number,
  flags: readonly string[],
  peakOf: (pid: number | undefined) => number,
): Promise<ResultFigures> {
  const directory = mkdtempSync(join(tmpdir(), 'chi-tra-results-'));
  try {
    const references = await writeSentOrders(directory, listed, lines + burst * bursts);
    const many = await importApart(directory, references.slice(0, lines), 'credited', flags, peakOf);
    const times: number[] = [];
    const waits: number[] = [];
    for (let run = 0; run < bursts; run += 1) {
      const from = lines + run * burst;
      const one = await importApart(directory, references.slice(from, from + burst), 'returned', flags, peakOf);
      times.push(one.seconds);
      waits.push(one.longestCommit);
    }
    return {
      seconds: many.seconds,
      processorSeconds: many.processorSeconds,
      megabytes: many.megabytes,
      burstSeconds: median(times),
      burstLongestCommitMilliseconds: median(waits),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export function openBenchHome(directory: string) {
  return openHome({
    dataDirectory: join(directory, 'data'),
    keyDirectory: join(directory, 'keys'),
    publicUrl: 'http://localhost',
  });
}

/** A step of a part on its way. */
export interface Step {
  readonly status: Status;
  readonly at: Instant;
}

const toTheTreasury: readonly Step[] = [
  { status: 'awaiting-unit', at },
  { status: 'sent', at },
];

/**
 * One person is submitted as everybody is, and copied; the disk is not waited for, since this is not measured. `vary` may make
 * each part's row another's, `wayOf` say how far each has come; else all are with the Treasury. Answers the references of the orders.
 */
export async function writeSentOrders(
  directory: string,
  { people }: ListReading,
  count: number,
  vary: (summary: Row['summary'], index: number) => Row['summary'] = (summary) => summary,
  wayOf: (index: number) => readonly Step[] = () => toTheTreasury,
): Promise<readonly string[]> {
  const home = openBenchHome(directory);
  const units = new Map(sampleUnits().map((unit) => [unit.code, unit]));
  const entitled = people.filter(({ facts }) => assess(facts).outcome === 'entitled').slice(0, 1);
  const submission = { listId: 'bench', by: 'bench', people: entitled, mayUse: () => true };
  await submitList(submission, units, { assess, correct: async () => false }, home.ports(noDesk));
  const part = (await home.store.page({ kind: 'part', limit: 1 })).rows[0];
  const [caseId = '', source = ''] = part?.stream.slice('part/'.length).split('.') ?? [];
  const template = await home.store.read(caseStream(caseId));
  home.close();
  const database = new DatabaseSync(join(directory, 'data', 'histories.sqlite'));
  database.exec('PRAGMA synchronous = OFF; BEGIN');
  const write = writerOf(database);
  const references: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = `bench${String(index).padStart(12, '0')}`;
    const partId = partIdOf(id, source);
    const reference = referenceOf(id, 'decision', source, 1);
    const unit = [...units.keys()][index % 40] ?? '';
    const slip = `batch.${unit}.1`;
    const ordered = { reference, part: partId, batch: 'batch', unit, source, slip, attempt: 1, amount: `${amount}` };
    const whole = { ...ordered, lines: [], account: 'sealed', accountDigest: sha256(id), decision: 'decision' };
    const way = wayOf(index);
    const last = way.at(-1) ?? { status: 'sent', at };
    const summary = vary({ ...part?.summary, since: last.at }, index);
    const row = { kind: 'part', status: last.status, unit, source, batch: 'batch', summary };
    for (const { seq, kind, data } of template) write.entry(caseStream(id), seq, kind, data);
    for (const [place, step] of way.entries()) {
      const kind = step.status === 'awaiting-unit' ? 'ordered' : step.status;
      const data = canonical({ status: step.status, reference, attempt: 1, slip });
      write.entry(partStream(partId), place + 1, kind, data, place === way.length - 1 ? row : undefined, step.at);
    }
    write.entry(orderStream(reference), 1, 'ordered', canonical(whole));
    write.entry(orderStream(reference), 2, 'sent', canonical({ slip }), orderRow(whole, 'sent', at));
    references.push(reference);
  }
  database.exec('COMMIT');
  database.close();
  return references;
}

function writerOf(database: DatabaseSync) {
  const entries = database.prepare(
    'INSERT INTO entries (stream, seq, at, by, kind, data, previousHash, hash, effects) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const rows = database.prepare(
    'INSERT INTO rows (stream, kind, status, unit, source, batch, summary) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  let previousHash = noHash;
  return {
    entry(stream: string, seq: number, kind: string, data: string, row?: Omit<Row, 'stream'>, then = at): void {
      if (seq === 1) previousHash = noHash;
      const effects = row === undefined ? '' : effectsText({ row });
      const hash = entryHash({ stream, seq, at: then, by: 'system', kind, data, effects, previousHash });
      entries.run(stream, seq, then, 'system', kind, data, previousHash, hash, effects);
      previousHash = hash;
      if (row === undefined) return;
      const { unit = null, source = null, batch = null } = row;
      rows.run(stream, row.kind, row.status, unit, source, batch, canonical(row.summary));
    },
  };
}

/** The file as a bank would send it, imported in another process, whose memory is then its own. */
async function importApart(
  directory: string,
  references: readonly string[],
  outcome: 'credited' | 'returned',
  flags: readonly string[],
  peakOf: (pid: number | undefined) => number,
): Promise<z.infer<typeof answer> & { readonly megabytes: number }> {
  const reason = outcome === 'returned' ? 'AC04 Tài khoản đã đóng' : '';
  const rows = references.map((reference) => `${reference};${amount};${outcomeWords[outcome]};03/10/2025;${reason}`);
  const file = join(directory, 'result.csv');
  writeFileSync(file, ['Mã khoản chi;Số tiền;Kết quả;Ngày;Lý do', ...rows].join('\n'));
  const child = fork(fileURLToPath(import.meta.url), [directory, file], { execArgv: [...flags] });
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the import ended (${String(code)})`)));
  let megabytes = 0;
  const watch = setInterval(() => {
    megabytes = Math.max(megabytes, peakOf(child.pid));
  }, 20);
  try {
    const [message]: unknown[] = await Promise.race([once(child, 'message'), ended]);
    megabytes = Math.max(megabytes, peakOf(child.pid));
    const told = answer.parse(message);
    if (told.applied !== references.length) throw new Error(`${told.applied} of ${references.length} were applied`);
    return { ...told, megabytes };
  } finally {
    clearInterval(watch);
    child.kill();
    await ended.catch(() => {});
  }
}

/** The other process: imports the file it is named, and says how long that took. */
async function importHere(directory: string, path: string): Promise<z.infer<typeof answer>> {
  const home = openBenchHome(directory);
  let longestCommit = 0;
  const ports = home.ports(noDesk);
  const store = {
    ...ports.store,
    async commit(changes: Parameters<typeof ports.store.commit>[0]) {
      const began = performance.now();
      const made = await ports.store.commit(changes);
      longestCommit = Math.max(longestCommit, performance.now() - began);
      return made;
    },
  };
  const bytes = readFileSync(path);
  const count = bytes.toString('utf8').split('\n').length - 1;
  const started = performance.now();
  const before = process.cpuUsage();
  const file = await ports.files.put(bytes);
  const read = await readResultFile(bytes, { control: { count, total: BigInt(count) * amount } });
  if (read.outcome !== 'results') throw new Error(read.outcome);
  const done = await reconcile(undefined, file, read, 'bench', { ...ports, store }, { write: writeAnySheet });
  if (done.outcome === 'refused') throw new Error(done.why.en);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  home.close();
  return { seconds, processorSeconds: (user + system) / 1_000_000, applied: done.applied, longestCommit };
}

if (process.send !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) {
  process.send(await importHere(process.argv[2] ?? '', process.argv[3] ?? ''));
  // Whoever measures looks at the memory before it kills us.
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}
