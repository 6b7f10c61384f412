/** The leadership page over a country's worth of people: how long it takes, and how soon it shows what happened. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { addDays } from '../../../shared/calendar.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import type { ListReading } from '../../../shared/intake/read-list.ts';
import { demoAccounts } from '../accounts.ts';
import { noDesk } from '../home.ts';
import { median } from './bench-approval.ts';
import { openBenchHome, writeSentOrders } from './bench-results.ts';
import { signIn, textOf } from './visitor.ts';

export interface LeadershipFigures {
  readonly pageMilliseconds: number;
  readonly secondsUntilShown: number;
  /** Once, when the histories are there and nothing was counted yet. */
  readonly secondsToCountAll: number;
}

const looks = 21;
const events = 5;
const days = 60;
const regimes = ['178/7', '178/7a', '178/9', '178/10', '154/6', '154/8', '154/9', '154/10', '29/5', '07/NQ-CP'];

export async function benchLeadership(
  listed: ListReading,
  people: number,
  flags: readonly string[],
): Promise<LeadershipFigures> {
  const directory = mkdtempSync(join(tmpdir(), 'chi-tra-leadership-'));
  try {
    const references = await writeSentOrders(directory, listed, people, (summary, index) => ({
      ...summary,
      regime: regimes[index % regimes.length] ?? '',
      since: `${addDays('2025-08-01', index % days)}T02:00:00.000Z`,
    }));
    return await measure(directory, references, flags);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
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
      return Number(/(\d+) trên \d+ người/.exec(textOf(html).replaceAll('.', ''))?.[1]);
    };
    while (home.scratch.get('figures', '2') === undefined) await new Promise((resolve) => setTimeout(resolve, 500));
    const secondsToCountAll = (performance.now() - started) / 1000;
    const times: number[] = [];
    for (let look = 0; look < looks; look += 1) {
      const before = performance.now();
      await credited();
      times.push(performance.now() - before);
    }
    const waits: number[] = [];
    for (const [at, reference] of references.slice(0, events).entries()) {
      await settle([{ reference, outcome: 'credited', on: '2025-10-03', file: 'bench' }], 'bench', home.ports(noDesk));
      const happened = performance.now();
      while ((await credited()) !== at + 1) {
        if (performance.now() - happened > 60_000) throw new Error('what happened is not shown');
      }
      waits.push((performance.now() - happened) / 1000);
    }
    return { pageMilliseconds: median(times), secondsUntilShown: median(waits), secondsToCountAll };
  } finally {
    home.close();
    server.disconnect();
    await once(server, 'exit');
  }
}
