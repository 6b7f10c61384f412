/** The leadership page over a country's worth of people: how long it takes, and how soon it shows what happened. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { addDays, daysBetween, localDateOf } from '../../../shared/calendar.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import type { ListReading } from '../../../shared/intake/read-list.ts';
import { demoAccounts } from '../accounts.ts';
import { noDesk } from '../home.ts';
import { median } from './bench-approval.ts';
import { flowCampaign } from '../simulation/flow/campaign.ts';
import { openBenchHome, type Step, writeSentOrders } from './bench-results.ts';
import { signIn, textOf } from './visitor.ts';

export interface LeadershipFigures {
  readonly pageMilliseconds: number;
  /** Of the server alone, for one page: what the processor worked, on a busy machine too. Not known but on Linux. */
  readonly pageProcessorMilliseconds: number | undefined;
  readonly secondsUntilShown: number;
  /** Once, when the histories are there and nothing was counted yet. */
  readonly secondsToCountAll: number;
}

const looks = 21;
const events = 5;
const regimes = ['178/7', '178/7a', '178/9', '178/10', '154/6', '154/8', '154/9', '154/10', '29/5', '07/NQ-CP'];

export async function benchLeadership(
  listed: ListReading,
  people: number,
  flags: readonly string[],
): Promise<LeadershipFigures> {
  const directory = mkdtempSync(join(tmpdir(), 'chi-tra-leadership-'));
  try {
    const ways = waysOfOneThird(localDateOf(new Date().toISOString()));
    const references = await writeSentOrders(
      directory,
      listed,
      people,
      (summary, index) => ({ ...summary, regime: regimes[index % regimes.length] ?? '' }),
      // The first few are with the Treasury: they are credited while somebody looks.
      (index) => (index < events ? ways.sent : ways.all[index % ways.all.length]) ?? ways.sent,
    );
    forgetBacklog(directory);
    return await measure(directory, references, flags);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * The ways of a simulated campaign's people through its first third, as if today were its last day: some have the money, the others
 * wait at every stage, and a forecast has weeks of each wait to go by.
 */
function waysOfOneThird(today: string): { readonly all: readonly (readonly Step[])[]; readonly sent: readonly Step[] } {
  const whole = flowCampaign(3, ['lognormal']).days;
  const days = whole.slice(0, Math.floor(whole.length / 3));
  const later = daysBetween({ from: days.at(-1)?.day ?? today, to: today });
  const ways = new Map<string, Step[]>();
  for (const { part, to, at } of days.flatMap(({ moves }) => moves)) {
    const step = { status: to, at: `${addDays(at.slice(0, 10), later)}${at.slice(10)}` };
    ways.set(part, [...(ways.get(part) ?? []), step]);
  }
  const all = [...ways.values()];
  return { all, sent: all.find((way) => way.at(-1)?.status === 'sent') ?? [] };
}

/** Nobody has to be told of what the bench wrote: else the server would follow it for minutes, beside the pages. */
function forgetBacklog(directory: string): void {
  const home = openBenchHome(directory);
  home.scratch.put('cursor', 'events', String(Number.MAX_SAFE_INTEGER));
  home.close();
}

async function measure(
  directory: string,
  references: readonly string[],
  flags: readonly string[],
): Promise<LeadershipFigures> {
  const started = performance.now();
  const server = fork(fileURLToPath(new URL('./serve.ts', import.meta.url)), [directory], {
    execArgv: [...flags, '--import', 'tsx'],
  });
  const [told]: unknown[] = await once(server, 'message');
  const url = z.string().parse(told);
  const leader = demoAccounts([]).find(({ account }) => account.role === 'leadership');
  const visitor = await signIn(url, leader?.account.email ?? '', leader?.password ?? '');
  const home = openBenchHome(directory);
  try {
    const credited = async () => {
      const { html, status } = await visitor.get('/hoan-thanh');
      if (status !== 200) throw new Error(`the page answered ${status}`);
      const text = textOf(html);
      if (text.includes('Chưa đủ số liệu để dự báo')) throw new Error('there is no forecast');
      return Number(/(\d+) trên \d+ người/.exec(text.replaceAll('.', ''))?.[1]);
    };
    while (!isCounted(home)) await new Promise((resolve) => setTimeout(resolve, 500));
    const secondsToCountAll = (performance.now() - started) / 1000;
    const times: number[] = [];
    const paid = await credited();
    const worked = processorMilliseconds(server.pid);
    for (let look = 0; look < looks; look += 1) {
      const before = performance.now();
      await credited();
      times.push(performance.now() - before);
    }
    const workedThen = processorMilliseconds(server.pid);
    const waits: number[] = [];
    for (const [at, reference] of references.slice(0, events).entries()) {
      await settle([{ reference, outcome: 'credited', on: '2025-10-03', file: 'bench' }], 'bench', home.ports(noDesk));
      const happened = performance.now();
      while ((await credited()) !== paid + at + 1) {
        if (performance.now() - happened > 60_000) throw new Error('what happened is not shown');
      }
      waits.push((performance.now() - happened) / 1000);
    }
    const pageProcessorMilliseconds =
      worked === undefined || workedThen === undefined ? undefined : (workedThen - worked) / looks;
    return {
      pageMilliseconds: median(times),
      pageProcessorMilliseconds,
      secondsUntilShown: median(waits),
      secondsToCountAll,
    };
  } finally {
    home.close();
    server.disconnect();
    await once(server, 'exit');
  }
}

const kept = z.object({ cursor: z.number() });

/** Whether the kept figures go to the end of the histories; they are kept once a minute while they are counted. */
function isCounted({ scratch, store }: ReturnType<typeof openBenchHome>): boolean {
  const text = scratch.get('figures', '2');
  return text !== undefined && store.entriesAfter(kept.parse(JSON.parse(text)).cursor, 1).length === 0;
}

const millisecondsATick = 10;

/** What a process has worked so far, in all its threads. */
function processorMilliseconds(pid: number | undefined): number | undefined {
  try {
    // After the name, which may hold anything, in brackets: user and system ticks are the 12th and 13th.
    const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const fields = rest.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * millisecondsATick;
  } catch {
    return undefined;
  }
}
