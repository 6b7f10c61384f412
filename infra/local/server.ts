/** One machine's server: pages in this thread, everything else in the background thread, one process a data folder. */
import { createServer, type Server } from 'node:http';
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
import { demonstrationRoutes } from './demonstration.tsx';
import { type Home, noDesk, openHome } from './home.ts';
import { signIns } from './invitations.ts';
import { lockData } from './data-lock.ts';
import { cellsOf } from '../../shared/completion/cells.ts';
import { localDateOf } from '../../shared/calendar.ts';
import { NotThisHome, whyNot } from '../../shared/case/whereabouts.ts';
import { liveFigures, type LiveFigures } from './figures.ts';
import { pagesListener, report, samples } from './pages.ts';
import { seedDemonstration } from './seed.ts';

export interface ServerSettings {
  /** 0 takes any free port. */
  readonly port: number;
  readonly dataDirectory: string;
  readonly keyDirectory: string;
  readonly seed: string;
  readonly smtp?: { readonly url: string; readonly from: string };
  /** Mails to one person within so many minutes are gathered; 0 when nothing is said. */
  readonly digestMinutes?: number;
}

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

const host = 'localhost';
/** Whoever opens the page waits for what came since; the rest is counted already. */
const countsEveryMilliseconds = 1000;
/** Longer than a browser or a proxy keeps a connection, so that it is never closed under a request. */
const keepAliveMilliseconds = 75_000;

/** Starts the demonstration. Throws when another process uses the data, or the port is taken. */
export async function startServer(settings: ServerSettings): Promise<RunningServer> {
  mkdirSync(settings.dataDirectory, { recursive: true, mode: 0o700 });
  const lock = lockData(settings.dataDirectory);
  const server = createServer({ keepAliveTimeout: keepAliveMilliseconds });
  try {
    return await serve(settings, server, lock);
  } catch (error) {
    server.close();
    lock.close();
    throw error;
  }
}

async function serve(settings: ServerSettings, server: Server, lock: DatabaseSync): Promise<RunningServer> {
  const port = await listen(server, settings.port);
  const url = `http://${host}:${port}`;
  const home = openHome({ ...settings, publicUrl: url });
  const where = await home.whereabouts();
  if (where === 'moved-away' || where === 'arriving') {
    home.close();
    throw new NotThisHome(whyNot[where]);
  }
  await seedDemonstration({ ports: home.ports(noDesk), accounts: home.accounts });
  const background = await startBackground(settings, url);
  const figures = liveFigures(home.store, home.scratch);
  const counting = setInterval(() => void figures.catchUp().catch(report), countsEveryMilliseconds);
  server.on(
    'request',
    pagesListener({
      scratch: home.scratch,
      accounts: home.accounts,
      derive: home.keys.derive,
      ports: webPorts(home, figures, () => background.postMessage('wake')),
      more: demonstrationRoutes(home.scratch.port, settings.seed),
      url,
      wake: () => background.postMessage('wake'),
    }),
  );
  return {
    url,
    async stop() {
      clearInterval(counting);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      const stopped = new Promise((resolve) => background.once('exit', resolve));
      background.postMessage('stop');
      await stopped;
      figures.keep();
      home.close();
      lock.close();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new Error(`Không mở được cổng ${port} (${error.message}). Hãy chọn cổng khác bằng PORT.`)),
    );
    // Loopback only: the accounts of the demonstration are no secret.
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

async function startBackground(settings: ServerSettings, publicUrl: string): Promise<Worker> {
  const { dataDirectory, keyDirectory, smtp, digestMinutes = 0 } = settings;
  const workerData = {
    dataDirectory,
    keyDirectory,
    publicUrl,
    digestMinutes,
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

function webPorts(home: Home, live: LiveFigures, wake: () => void): WebPorts {
  const ports = home.ports(noDesk);
  return {
    ...ports,
    signIns: signIns(home.accounts, home.scratch, ports.mailer, ports.publicUrl),
    refusals: refusals(home.scratch.port, ports.now),
    jobs: jobs(home.scratch.port, () => v7(), wake),
    mails: mailRecords(home.scratch.port, home.accounts, () => new Date().toISOString()),
    papers: papersOver(home.store),
    // The demonstration's receivers may lie on this machine.
    webhooks: webhookDesk(ports, home.scratch.port, { allowsInside: true }),
    samples,
    figures: async () => (await live.now()) ?? { cells: await cellsOf(home.store, localDateOf) },
    isDemonstration: true,
    report,
  };
}
