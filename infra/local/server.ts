/** One machine's server: pages in this thread, everything else in the background thread, one process a data folder. */
import { mkdirSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { v7 } from 'uuid';
import { jobs } from '../../functions/home/jobs.ts';
import { refusals } from '../../functions/home/refusals.ts';
import { mailRecords } from '../../functions/home/mails.ts';
import { webhookDesk } from '../../functions/webhooks/desk.ts';
import { papersOver } from '../../functions/home/papers.ts';
import type { WebPorts } from '../../functions/web/ports.ts';
import { batchDefinition } from './definition.ts';
import { addressLimits } from './address-limits.ts';
import { demonstrationRoutes } from './demonstration.tsx';
import { demonstrationEntrance, type Entrance, provinceEntrance, type Site } from './entrance.ts';
import { type Home, noDesk, openHome } from './home.ts';
import { signIns } from './invitations.ts';
import { lockData } from './data-lock.ts';
import { cellsOf } from '../../shared/completion/cells.ts';
import { localDateOf } from '../../shared/calendar.ts';
import { NotThisHome, whyNot } from '../../shared/case/whereabouts.ts';
import { liveFigures, type LiveFigures } from './figures.ts';
import { pagesListeners, report, samples } from './pages.ts';
import { mustBeSetUp, mustBeThere, seedDemonstration } from './seed.ts';
import type { Smtp } from './smtp.ts';

interface CommonSettings {
  /** 0 takes any free port. */
  readonly port: number;
  readonly dataDirectory: string;
  readonly keyDirectory: string;
  readonly smtp?: Smtp;
  /** Mails to one person within so many minutes are gathered; 0 when nothing is said. */
  readonly digestMinutes?: number;
}

/** The demonstration with its seed of chance, or a province in earnest at its site. */
export type ServerSettings = CommonSettings & ({ readonly seed: string } | { readonly site: Site });

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** The counting looks so often: whoever opens the page waits for what came since; the rest is counted already. */
const countsEveryMilliseconds = 1000;

/**
 * Starts the pages and what works behind them. Throws when another process uses the data, the port is taken, the province is not
 * at home here, the site's certificate is not one for it, or the data are not of the kind that was asked for.
 */
export async function startServer(settings: ServerSettings): Promise<RunningServer> {
  if ('site' in settings) mustBeThere(settings.dataDirectory);
  mkdirSync(settings.dataDirectory, { recursive: true, mode: 0o700 });
  const lock = lockData(settings.dataDirectory);
  try {
    const entrance = await ('site' in settings
      ? provinceEntrance(settings.port, settings.site, report)
      : demonstrationEntrance(settings.port));
    try {
      return await serve(settings, entrance, lock);
    } catch (error) {
      await entrance.close();
      throw error;
    }
  } catch (error) {
    lock.close();
    throw error;
  }
}

async function serve(settings: ServerSettings, entrance: Entrance, lock: DatabaseSync): Promise<RunningServer> {
  const { url } = entrance;
  const home = openHome({ ...settings, publicUrl: url });
  try {
    const where = await home.whereabouts();
    if (where === 'moved-away' || where === 'arriving') throw new NotThisHome(whyNot[where]);
    if ('seed' in settings) await seedDemonstration({ ports: home.ports(noDesk), accounts: home.accounts });
    else await mustBeSetUp(home.store);
  } catch (error) {
    home.close();
    throw error;
  }
  const background = await startBackground(settings, url);
  const wake = () => background.postMessage('wake');
  const figures = liveFigures(home.store, home.scratch);
  const counting = setInterval(() => void figures.catchUp().catch(report), countsEveryMilliseconds);
  entrance.open(
    pagesListeners({
      scratch: home.scratch,
      accounts: home.accounts,
      derive: home.keys.derive,
      ports: webPorts(home, figures, 'seed' in settings, wake),
      more: 'seed' in settings ? demonstrationRoutes(home.scratch.port, settings.seed) : [],
      url,
      inside: entrance.inside,
      ...('site' in settings ? { limits: { ...addressLimits(Date.now), addressOf: entrance.addressOf } } : {}),
      wake,
    }),
  );
  return {
    url,
    async stop() {
      clearInterval(counting);
      await entrance.close();
      const stopped = new Promise((resolve) => background.once('exit', resolve));
      background.postMessage('stop');
      await stopped;
      figures.keep();
      home.close();
      lock.close();
    },
  };
}

async function startBackground(settings: ServerSettings, publicUrl: string): Promise<Worker> {
  const { dataDirectory, keyDirectory, smtp, digestMinutes = 0 } = settings;
  const workerData = {
    dataDirectory,
    keyDirectory,
    publicUrl,
    digestMinutes,
    isDemonstration: 'seed' in settings,
    definition: batchDefinition(),
    ...(smtp === undefined ? {} : { smtp }),
  };
  const background = new Worker(new URL('./background.ts', import.meta.url), { workerData });
  background.on('error', (error) => {
    // Without its background the server would take entries and never act on them.
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  });
  await new Promise((resolve) => background.once('message', resolve));
  return background;
}

function webPorts(home: Home, live: LiveFigures, isDemonstration: boolean, wake: () => void): WebPorts {
  const ports = home.ports(noDesk);
  return {
    ...ports,
    signIns: signIns(home.accounts, home.scratch, ports.mailer, ports.publicUrl),
    refusals: refusals(home.scratch.port, ports.now),
    jobs: jobs(home.scratch.port, () => v7(), wake),
    mails: mailRecords(home.scratch.port, home.accounts, () => new Date().toISOString()),
    papers: papersOver(home.store),
    // The demonstration's receivers may lie on this machine.
    webhooks: webhookDesk(ports, home.scratch.port, { allowsInside: isDemonstration }),
    samples: isDemonstration ? samples : [],
    figures: async () => (await live.now()) ?? { cells: await cellsOf(home.store, localDateOf) },
    isDemonstration,
    report,
  };
}
