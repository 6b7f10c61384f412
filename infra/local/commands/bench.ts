/**
 * `npm run bench`: a table of figures; `-- --json` one object; `-- --only law,lists` a part. Figures are
 * medians of several runs where that is cheap. Machines are shared and noisy: compare within one run.
 */
import { fork, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { readSheets } from '../../../functions/papers/sheet.ts';
import { figureSentences, lineSentence } from '../../../shared/case/explain.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { type ListReading, readList } from '../../../shared/intake/read-list.ts';
import { citizenClaim } from '../../../shared/case/case.ts';
import { groupsOf } from '../../../shared/case/history.ts';
import { demoAccounts } from '../accounts.ts';
import { batchDefinition } from '../definition.ts';
import { openHome } from '../home.ts';
import { sampleList, samplePeople, sampleUnits } from '../samples.ts';
import { countUnits } from '../simulation/count-units.ts';
import { benchApproval, median } from './bench-approval.ts';
import { readApart, writeLongList } from './bench-lists.ts';
import { benchLeadership } from './bench-leadership.ts';
import { benchForecast } from './bench-forecast.ts';
import { benchNotices } from './bench-notices.ts';
import { benchPack } from './bench-pack.ts';
import { benchPayment } from './bench-payment.ts';
import { benchResults } from './bench-results.ts';
import { benchReport } from './bench-report.ts';
import { writeLongHistories } from './bench-verify.ts';
import { inEveryRegime, settledReadings } from './bench-people.ts';
import { publicodesPeoplePerSecond } from './bench-publicodes.ts';
import { journey } from './journey.ts';
import { allMatches, signIn } from './visitor.ts';

const parts = [
  'law',
  'assess',
  'publicodes',
  'import',
  'lists',
  'duplicates',
  'verify',
  'report',
  'approval',
  'payment',
  'results',
  'leadership',
  'forecast',
  'notices',
  'pack',
  'units',
  'journey',
  'pages',
] as const;
const people = 3500;
const manyPeople = 150_000;
const manyEntries = 1_000_000;
const peopleOfABigBatch = 10_000;
const resultLines = 100_000;
const peopleOfABigUnit = 3000;
const peopleOfAPack = 3000;
const peopleOfAProvince = 3000;

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string' } } });
const chosen = values.only?.split(',') ?? parts;
const figures = new Map<string, number>();

if (chosen.some((part) => !parts.some((known) => known === part))) {
  process.stderr.write(`--only takes ${parts.join(', ')}\n`);
  process.exit(2);
}

const list = await sampleList(samplePeople(people, 1), sampleUnits());
const reading = await readWhole(list);
if (chosen.includes('law')) benchLaw(reading);
if (chosen.includes('assess')) await benchAssess(reading);
if (chosen.includes('publicodes')) benchPublicodes(reading);
if (chosen.includes('import')) await benchImport(list);
if (chosen.includes('lists')) await benchLists();
if (chosen.includes('duplicates')) await benchDuplicates();
if (chosen.includes('verify')) benchVerify();
if (chosen.includes('report')) figures.set('report.secondsOf150000People', round(await benchReport(manyPeople), 1));
if (chosen.includes('approval')) await benchBigBatch(reading);
if (chosen.includes('payment')) await benchOrdersAndFiles(reading);
if (chosen.includes('results')) await benchResultFiles(reading);
if (chosen.includes('leadership')) await benchLeadershipPage(reading);
if (chosen.includes('forecast')) benchForecasts();
if (chosen.includes('notices')) await benchNoticesOfAUnit(reading);
if (chosen.includes('pack')) await benchEvidence(reading);
if (chosen.includes('units')) await benchUnits(reading);
if (chosen.includes('journey') || chosen.includes('pages')) await benchServer(chosen.includes('pages'));
print();

async function readWhole(bytes: Uint8Array): Promise<ListReading> {
  const sheets = await readSheets(bytes);
  if (sheets.outcome === 'refused') throw new Error(sheets.why.en);
  const read = readList(sheets.sheets, { units: sampleUnits(), mayUse: () => true, today: '2026-11-24' });
  if ('outcome' in read) throw new Error(read.why.en);
  return read;
}

/** Assessments of people of every regime with every line and figure put into words, on one core. */
function benchLaw({ people: listed }: ListReading): void {
  const mixed = inEveryRegime(listed.map(({ facts }) => facts));
  const rates: number[] = [];
  const regimes = new Set<string>();
  let words = 0;
  for (let run = 0; run < 9; run += 1) {
    const started = performance.now();
    for (let round = 0; round < 4; round += 1) {
      for (const facts of mixed) {
        const assessed = assess(facts, settledReadings);
        if (assessed.outcome !== 'entitled') continue;
        regimes.add(assessed.regime);
        for (const line of assessed.lines) words += lineSentence(line).vi.length;
        for (const sentence of figureSentences(assessed.figures, facts.leaving?.on ?? '', facts.pay, assessed.regime))
          words += sentence.vi.length;
      }
    }
    rates.push((4 * mixed.length * 1000) / (performance.now() - started));
  }
  if (words === 0 || regimes.size < 9) throw new Error(`only ${[...regimes].join(', ')} were explained`);
  figures.set('law.peoplePerSecond', Math.round(median(rates)));
}

/** A country's worth of lines through the command, as its user would pipe them. */
async function benchAssess({ people: listed }: ListReading): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'chi-tra-assess-'));
  const lines = inEveryRegime(listed.map(({ facts }) => facts)).map((facts, id) => JSON.stringify({ id, ...facts }));
  const file = join(directory, 'people.jsonl');
  const all = Array.from({ length: manyPeople }, (_, index) => lines[index % lines.length] ?? '');
  writeFileSync(file, `${all.join('\n')}\n`);
  const started = performance.now();
  const command = spawn(
    process.execPath,
    [...flagsOf('assess'), fileURLToPath(new URL('./assess.ts', import.meta.url))],
    {
      stdio: [openSync(file, 'r'), 'pipe', 'inherit'],
    },
  );
  let answers = 0;
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, peakMegabytes(command.pid));
  }, 50);
  command.stdout?.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 10) answers += 1;
  });
  const code = await new Promise((resolve) => command.once('close', resolve));
  clearInterval(watch);
  rmSync(directory, { recursive: true, force: true });
  if (code !== 0 || answers !== manyPeople) throw new Error(`${answers} answers, exit ${String(code)}`);
  figures.set('assess.secondsFor150000People', round((performance.now() - started) / 1000, 1));
  figures.set('assess.peakMegabytes', peak);
}

/** Article 9 alone, for the same people: our whole assessment beside the rule language's bare sum. */
function benchPublicodes({ people: listed }: ListReading): void {
  const severed = listed.filter(({ facts }) => {
    const assessed = assess(facts);
    return assessed.outcome === 'entitled' && assessed.regime === '178/9';
  });
  const bare = severed.flatMap(({ facts }) => {
    const assessed = assess(facts);
    if (assessed.outcome !== 'entitled') return [];
    const { monthlySalary = '0', insuredMonths, serviceYears, firstTwelveMonths = true } = assessed.figures;
    return [{ salary: BigInt(monthlySalary), severanceMonths: insuredMonths, serviceYears, firstTwelveMonths }];
  });
  const rounds = Math.ceil(20_000 / severed.length);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const started = performance.now();
    for (let round = 0; round < rounds; round += 1) for (const { facts } of severed) assess(facts);
    ours.push((rounds * severed.length * 1000) / (performance.now() - started));
    theirs.push(publicodesPeoplePerSecond(bare));
  }
  figures.set('publicodes.peoplePerSecond', Math.round(median(theirs)));
  figures.set('law.publicodesRatio', round(median(ours) / median(theirs), 1));
}

async function benchImport(bytes: Uint8Array): Promise<void> {
  const seconds: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const started = performance.now();
    const read = await readWhole(bytes);
    if (read.people.length !== people) throw new Error('the list was not read whole');
    seconds.push((performance.now() - started) / 1000);
  }
  figures.set('import.secondsFor3500Rows', round(median(seconds), 2));
}

/** Lists of ten thousand rows and of a hundred and fifty thousand, people and periods together. */
async function benchLists(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'chi-tra-lists-'));
  const file = join(directory, 'list.xlsx');
  try {
    for (const [name, count] of [
      ['10000', 2_850],
      ['150000', 42_800],
    ] as const) {
      const rows = await writeLongList(file, count);
      const read = await readApart(file, flagsOf('start'), peakMegabytes);
      if (read.people !== count || rows < Number(name))
        throw new Error(`${rows} rows, ${read.people} people were read`);
      figures.set(`lists.secondsFor${name}Rows`, round(read.seconds, 1));
      figures.set(`lists.megabytesFor${name}Rows`, read.megabytes);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A list of ten thousand held against a hundred and fifty thousand people of earlier lists, half of it among them. */
async function benchDuplicates(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'chi-tra-duplicates-'));
  const home = openHome({
    dataDirectory: join(directory, 'data'),
    keyDirectory: join(directory, 'keys'),
    publicUrl: 'http://localhost',
  });
  try {
    const { store, keys } = home;
    const claimOf = async (index: number) =>
      citizenClaim(await keys.digest('citizen', String(index).padStart(12, '0')));
    const earlier = Array.from({ length: manyPeople }, (_, index) => index);
    for (const group of groupsOf(earlier, 30)) {
      const changes = group.map(async (index) => ({
        stream: `case/${index}`,
        readAt: 0,
        entries: [{ kind: 'submitted', at: '2025-08-01T00:00:00Z', by: 'bench', data: {} }],
        claims: [await claimOf(index)],
      }));
      await store.commit(await Promise.all(changes));
    }
    const started = performance.now();
    let found = 0;
    for (let index = manyPeople - 5000; index < manyPeople + 5000; index += 1) {
      if ((await store.holderOf(await claimOf(index))) !== undefined) found += 1;
    }
    if (found !== 5000) throw new Error(`${found} of 5,000 duplicates were found`);
    figures.set('duplicates.secondsFor10000Among150000', round((performance.now() - started) / 1000, 2));
  } finally {
    home.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A million entries verified as the command does it, rows and claims rebuilt. */
function benchVerify(): void {
  const directory = mkdtempSync(join(tmpdir(), 'chi-tra-verify-'));
  try {
    writeLongHistories(join(directory, 'histories.sqlite'), manyEntries);
    const started = performance.now();
    const command = fileURLToPath(new URL('./verify.ts', import.meta.url));
    const { status, stdout } = spawnSync(process.execPath, [command, directory]);
    if (status !== 0 || !stdout.toString().includes(`${manyEntries} mục`)) throw new Error(stdout.toString());
    figures.set('verify.secondsForAMillionEntries', round((performance.now() - started) / 1000, 1));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Ten thousand people of one batch. */
async function benchBigBatch(listed: ListReading): Promise<void> {
  const big = await benchApproval(listed, peopleOfABigBatch, flagsOf('start'));
  figures.set('approval.secondsToFreeze10000', round(big.secondsToFreeze, 1));
  figures.set('approval.pageOf10000.milliseconds', round(big.pageMilliseconds, 1));
  figures.set('approval.pageOf10000.kilobytes', round(big.pageKilobytes, 1));
  figures.set('approval.clickToResumed.milliseconds', round(big.clickToResumedMilliseconds, 1));
}

/** Ten thousand people ordered, and every file of their slips. */
async function benchOrdersAndFiles(listed: ListReading): Promise<void> {
  const { secondsToOrder, secondsToMakeFiles } = await benchPayment(listed, peopleOfABigBatch);
  figures.set('payment.secondsToOrder10000', round(secondsToOrder, 1));
  figures.set('payment.secondsToMakeFilesOf10000', round(secondsToMakeFiles, 1));
}

/** The evidence of 3,000 people who were paid. */
async function benchEvidence(listed: ListReading): Promise<void> {
  const { secondsToMake, secondsToVerify, megabytes } = await benchPack(listed, peopleOfAPack);
  figures.set('pack.secondsToMake3000', round(secondsToMake, 1));
  figures.set('pack.secondsToVerify3000', round(secondsToVerify, 1));
  figures.set('pack.megabytesOf3000', round(megabytes, 1));
}

/** A bank's file of a hundred thousand lines, and 850 returns at the deadline. */
async function benchResultFiles(listed: ListReading): Promise<void> {
  const found = await benchResults(listed, resultLines, flagsOf('start'), peakMegabytes);
  figures.set('results.secondsFor100000Lines', round(found.seconds, 1));
  figures.set('results.processorSecondsFor100000Lines', round(found.processorSeconds, 1));
  figures.set('results.megabytesFor100000Lines', found.megabytes);
  figures.set('results.secondsFor850Returns', round(found.burstSeconds, 2));
  figures.set('results.longestCommitOf850Returns.milliseconds', round(found.burstLongestCommitMilliseconds, 1));
}

/** The page that leadership opens, over a country's worth of people. */
async function benchLeadershipPage(listed: ListReading): Promise<void> {
  const found = await benchLeadership(listed, manyPeople, flagsOf('start'));
  figures.set('leadership.pageOf150000.milliseconds', round(found.pageMilliseconds, 1));
  if (found.pageProcessorMilliseconds !== undefined)
    figures.set('leadership.pageOf150000.processorMilliseconds', round(found.pageProcessorMilliseconds, 1));
  figures.set('leadership.secondsUntilAnEventIsShown', round(found.secondsUntilShown, 2));
  figures.set('leadership.secondsToCountAll', round(found.secondsToCountAll, 1));
}

/** A country's worth of people, as the page of leadership asks for it. */
function benchForecasts(): void {
  const { milliseconds, microsecondsAnEntry } = benchForecast(manyPeople);
  figures.set('forecast.of150000.milliseconds', round(milliseconds, 1));
  figures.set('forecast.microsecondsToCountAnEntry', round(microsecondsAnEntry, 2));
}

/** Three thousand people of one unit, each with a page of their own in one file. */
async function benchNoticesOfAUnit(listed: ListReading): Promise<void> {
  const { seconds, processorSeconds, megabytes, fileMegabytes } = await benchNotices(
    listed,
    peopleOfABigUnit,
    flagsOf('start'),
    peakMegabytes,
  );
  figures.set('notices.secondsFor3000', round(seconds, 1));
  figures.set('notices.processorSecondsFor3000', round(processorSeconds, 1));
  figures.set('notices.megabytesFor3000', megabytes);
  figures.set('notices.fileMegabytesFor3000', round(fileMegabytes, 1));
}

/** What DynamoDB would charge a person of a province from the list to the credited money, and where it goes. */
async function benchUnits(listed: ListReading): Promise<void> {
  const counted = await countUnits(listed.people, peopleOfAProvince, batchDefinition());
  for (const { name, write, indexWrite } of counted.stretches) {
    figures.set(`units.${name}.writeUnitsPerPerson`, round((write + indexWrite) / counted.people, 2));
  }
  figures.set('units.writeUnitsPerPerson', round(counted.writeUnits, 1));
  figures.set('units.ofThoseByTheIndexes', round(counted.indexWriteUnits, 1));
  figures.set('units.ofThoseForClaims', round(counted.claimWriteUnits, 1));
  figures.set('units.readUnitsPerPerson', round(counted.readUnits, 1));
  figures.set('units.requestsPerPerson', round(counted.requests, 1));
  for (const { name, transitions } of counted.stretches) {
    if (transitions > 0) figures.set(`units.${name}.transitionsPerPerson`, round(transitions / counted.people, 4));
  }
  figures.set('units.transitionsPerPerson', round(counted.transitions, 4));
  figures.set('units.invocationsPerPerson', round(counted.invocations, 4));
  figures.set('units.gigabyteSecondsPerPerson', round(counted.gigabyteSeconds, 3));
  figures.set('units.anchorReadUnitsPerPerson', round(counted.anchorReadUnits, 2));
  figures.set('units.followerReadUnitsPerPerson', round(counted.followerReadUnits, 1));
  figures.set('units.lettersReadUnitsPerPerson', round(counted.lettersReadUnits, 2));
}

/** The whole journey against a server of its own process, whose memory is then its own; then the pages it left. */
async function benchServer(withPages: boolean): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'chi-tra-bench-'));
  const server = fork(fileURLToPath(new URL('./serve.ts', import.meta.url)), [directory], {
    execArgv: [...flagsOf('start'), '--import', 'tsx'],
  });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      server.once('message', (message) => resolve(z.string().parse(message)));
      server.once('exit', (code) => reject(new Error(`the server ended (${code})`)));
    });
    const started = performance.now();
    await journey({ url, people, seed: 1, list, tell: (sentence) => process.stderr.write(`${sentence}\n`) });
    figures.set('journey.secondsFor3500People', round((performance.now() - started) / 1000, 1));
    figures.set('journey.peakServerMegabytes', peakMegabytes(server.pid));
    if (withPages) await benchPages(url);
  } finally {
    server.disconnect();
    await new Promise((resolve) => server.once('exit', resolve));
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The flags that a script of package.json gives to Node: what is measured is what runs. */
function flagsOf(script: 'start' | 'assess'): readonly string[] {
  const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(manifest));
  return (scripts[script] ?? '').split(' ').filter((word) => word.startsWith('--'));
}

/** Linux alone tells a process's peak. */
function peakMegabytes(pid: number | undefined): number {
  if (!existsSync(`/proc/${pid}/status`)) return 0;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? '0') / 1024);
}

async function benchPages(url: string): Promise<void> {
  const passwords = new Map(
    demoAccounts([]).map(({ account, password }) => [account.role, { email: account.email, password }]),
  );
  const enter = async (role: 'finance-officer' | 'home-affairs-leader' | 'unit-clerk' | 'leadership') => {
    const { email = '', password = '' } = passwords.get(role) ?? {};
    return signIn(url, email, password);
  };
  const officer = await enter('finance-officer');
  const clerk = await enter('unit-clerk');
  const leader = await enter('home-affairs-leader');
  const leadership = await enter('leadership');
  const batch = allMatches((await officer.get('/dot')).html, /href="(\/dot\/[\w-]+)"/)[0] ?? '/dot';
  const person = allMatches((await officer.get('/tinh-che-do')).html, /href="(\/ho-so\/\w+)"/)[0] ?? '/';
  const slip = allMatches((await officer.get('/chi-tra')).html, /href="(\/chung-tu\/[\w.-]+)"/)[0] ?? '/chi-tra';
  const pages = [
    ['home', officer, '/'],
    ['intake', clerk, '/tiep-nhan'],
    ['entitlement', officer, '/tinh-che-do'],
    ['case', officer, person],
    ['batches', officer, '/dot'],
    ['batch', leader, batch],
    ['disbursement', officer, '/chi-tra'],
    ['slip', clerk, slip],
    ['completion', leadership, '/hoan-thanh'],
  ] as const;
  let slowest = 0;
  let largest = 0;
  for (const [name, who, path] of pages) {
    const times: number[] = [];
    for (let run = 0; run < 15; run += 1) {
      const started = performance.now();
      const page = await who.get(path);
      times.push(performance.now() - started);
      if (page.status !== 200) throw new Error(`${path} answered ${page.status}`);
      largest = Math.max(largest, page.bytes.length);
    }
    figures.set(`page.${name}.milliseconds`, round(median(times), 1));
    slowest = Math.max(slowest, median(times));
  }
  figures.set('page.slowestMedianMilliseconds', round(slowest, 1));
  figures.set('page.largestKilobytes', round(largest / 1000, 1));
}

function round(number: number, places: number): number {
  return Number(number.toFixed(places));
}

function print(): void {
  const machine = {
    node: process.version,
    processor: cpus()[0]?.model ?? '',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
  };
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ machine, figures: Object.fromEntries(figures) })}\n`);
    return;
  }
  process.stdout.write(
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGigabytes} GB, node ${machine.node}\n`,
  );
  for (const [name, value] of figures) process.stdout.write(`${name.padEnd(40)} ${value}\n`);
}
