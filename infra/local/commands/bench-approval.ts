/** Ten thousand people of one batch for the bench: freezing them, the approver's page, and from the click to the next mail. */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { appraise } from '../../../shared/approval/appraise.ts';
import { freezeBatch } from '../../../shared/approval/freeze.ts';
import { readBatch } from '../../../shared/case/batch.ts';
import { partSummary } from '../../../shared/case/part.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { allRows } from '../../../shared/case/store.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import type { ListReading } from '../../../shared/intake/read-list.ts';
import { submitList } from '../../../shared/intake/submit.ts';
import { demoAccounts } from '../accounts.ts';
import { noDesk, openHome } from '../home.ts';
import { sampleUnits } from '../samples.ts';
import { seedDemonstration } from '../seed.ts';
import { signIn } from './visitor.ts';

export interface ApprovalFigures {
  readonly secondsToFreeze: number;
  readonly pageMilliseconds: number;
  readonly pageKilobytes: number;
  /** From the POST of a confirmation to the next confirmer being asked by the workflow. */
  readonly clickToResumedMilliseconds: number;
}

const smallBatches = 9;
const peopleOfASmallBatch = 20;

/** `many` people in one batch, and nine small ones of a unit each whose confirmation is timed. */
export async function benchApproval(
  { people }: ListReading,
  many: number,
  flags: readonly string[],
): Promise<ApprovalFigures> {
  const directory = mkdtempSync(join(tmpdir(), 'chi-tra-approval-'));
  try {
    const secondsToFreeze = await prepare(directory, people, many);
    const server = fork(fileURLToPath(new URL('./serve.ts', import.meta.url)), [directory], {
      execArgv: [...flags, '--import', 'tsx'],
    });
    try {
      const url = await new Promise<string>((resolve, reject) => {
        server.once('message', (message) => resolve(z.string().parse(message)));
        server.once('exit', (code) => reject(new Error(`the server ended (${code})`)));
      });
      return { secondsToFreeze, ...(await look(directory, url)) };
    } finally {
      server.disconnect();
      await new Promise((resolve) => server.once('exit', resolve));
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function openBenchHome(directory: string) {
  return openHome({
    dataDirectory: join(directory, 'data'),
    keyDirectory: join(directory, 'keys'),
    publicUrl: 'http://localhost',
  });
}

/** Submits, appraises and freezes; gives the seconds that freezing the big batch took. */
async function prepare(directory: string, people: ListReading['people'], many: number): Promise<number> {
  const home = openBenchHome(directory);
  try {
    await seedDemonstration({ ports: home.ports(noDesk), accounts: home.accounts });
    const quiet = { ...noDesk, start: async () => {} };
    const ports: Ports = home.ports(quiet);
    const units = new Map(sampleUnits().map((unit) => [unit.code, unit]));
    const [large, ...small] = [...units.values()].filter(
      ({ source, level, block }) => source === 'wage-reform' && level === 'provincial' && block !== 'party',
    );
    const entitled = people.filter(({ facts }) => assess(facts).outcome === 'entitled');
    const count = many + smallBatches * peopleOfASmallBatch;
    const listed = Array.from({ length: count }, (_, index) => {
      const person = entitled[index % entitled.length] ?? missing('anybody entitled');
      const unit = index < many ? large : small[Math.floor((index - many) / peopleOfASmallBatch) % small.length];
      const number = String(index).padStart(9, '0');
      const account = { ...person.account, number: `1${number}` };
      return { ...person, row: index, citizenId: `040${number}`, account, payingUnit: unit?.code ?? missing('a unit') };
    });
    const submission = { listId: 'bench', by: 'demo-unit-clerk', people: listed, mayUse: () => true };
    await submitList(submission, units, { assess, correct: async () => false }, ports);
    const seen: { part: string; caseHash: string }[] = [];
    for await (const { stream, summary } of allRows(ports.store, { kind: 'part', status: 'assessed' })) {
      seen.push({ part: stream.slice('part/'.length), caseHash: partSummary.parse(summary).caseHash });
    }
    await appraise(seen, { id: 'demo-home-affairs-officer', role: 'home-affairs-officer' }, ports);
    const wish = { source: 'wage-reform', level: 'provincial', by: 'demo-finance-officer' } as const;
    for (const [index, { code }] of small.slice(0, smallBatches).entries()) {
      await freezeBatch({ ...wish, batchId: `small-${index}`, unit: code }, ports);
    }
    const started = performance.now();
    await freezeBatch({ ...wish, batchId: 'big' }, ports);
    const seconds = (performance.now() - started) / 1000;
    const frozen = (await readBatch(ports.store, 'big'))?.frozen?.people;
    if (frozen !== many) throw new Error(`${frozen} of ${many} were frozen`);
    return seconds;
  } finally {
    home.close();
  }
}

async function look(directory: string, url: string): Promise<Omit<ApprovalFigures, 'secondsToFreeze'>> {
  const home = openBenchHome(directory);
  try {
    const { store } = home;
    const isAsked = async (batch: string, step: string) =>
      (await readBatch(store, batch))?.asked.some((one) => one.step === step) === true;
    const { account, password } =
      demoAccounts([]).find(({ account: { role } }) => role === 'home-affairs-leader') ?? missing('the leader');
    const leader = await signIn(url, account.email, password);
    const small: string[] = [];
    for await (const { stream } of allRows(store, { kind: 'batch' })) {
      const id = stream.slice('batch/'.length);
      await until(async () => isAsked(id, 'people'), 600_000);
      if (id !== 'big') small.push(id);
    }
    const times: number[] = [];
    let largest = 0;
    for (let run = 0; run < 15; run += 1) {
      const started = performance.now();
      const page = await leader.get('/dot/big');
      times.push(performance.now() - started);
      if (page.status !== 200 || !page.html.includes('xac-nhan')) throw new Error('the approver cannot decide');
      largest = Math.max(largest, page.bytes.length);
    }
    const clicks: number[] = [];
    for (const id of small) {
      const page = await leader.get(`/dot/${id}`);
      const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.html)?.[1] ?? '';
      const started = performance.now();
      await leader.post(`/dot/${id}/xac-nhan`, {
        step: hidden('step'),
        version: hidden('version'),
        contentHash: hidden('contentHash'),
        reopenings: hidden('reopenings'),
        outcome: 'confirmed',
      });
      await until(async () => isAsked(id, 'money'), 30_000);
      clicks.push(performance.now() - started);
    }
    return {
      pageMilliseconds: median(times),
      pageKilobytes: largest / 1000,
      clickToResumedMilliseconds: median(clicks),
    };
  } finally {
    home.close();
  }
}

async function until(isTrue: () => Promise<boolean>, milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error('what was waited for did not come');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

function missing(what: string): never {
  throw new Error(`the bench has not ${what}`);
}
