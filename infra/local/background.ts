/**
 * Everything that is not a page: the workflow, the events, the jobs. Runs in a thread of its own, so that no page waits
 * for it. The pages' thread says `wake` after each act; without it, it looks by itself twice a second.
 */
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { remindSilent } from '../../shared/approval/remind.ts';
import type { Desk, Ports } from '../../shared/case/ports.ts';
import { isAtHome } from '../../shared/case/whereabouts.ts';
import { takeDailyAnchor } from './anchors.ts';
import { doEach } from './chores.ts';
import { definition } from './asl.ts';
import { resumeBatches, retryDuties } from '../../functions/home/duties.ts';
import { freeAll } from '../../functions/home/lease.ts';
import { type Postman, postman } from '../../functions/home/postman.ts';
import { remindOfLetters } from '../../functions/home/remind-of-letters.ts';
import { runJobs } from '../../functions/home/run-jobs.ts';
import { outbox } from '../../functions/webhooks/outbox.ts';
import { poster } from '../../functions/webhooks/post.ts';
import type { WebhookPorts } from '../../functions/webhooks/send.ts';
import { followEvents } from './events.ts';
import { type Home, openHome } from './home.ts';
import { runWorkflow } from './run-workflow.ts';
import { smtpTransport } from './smtp.ts';
import type { Walker } from './walk-workflow.ts';
import { followWebhooks } from './webhooks.ts';

export const backgroundSettings = z.object({
  dataDirectory: z.string(),
  keyDirectory: z.string(),
  publicUrl: z.string(),
  smtp: z.object({ url: z.string(), from: z.string() }).exactOptional(),
  digestMinutes: z.number(),
  isDemonstration: z.boolean(),
  definition,
});

const lookEveryMilliseconds = 500;
const againEveryMilliseconds = 30_000;
const purgeEveryMilliseconds = 3_600_000;

async function run(pages: NonNullable<typeof parentPort>): Promise<void> {
  const settings = backgroundSettings.parse(workerData);
  const home = openHome(settings);
  const report = (error: unknown) => process.stderr.write(`${describe(error)}\n`);
  const { publicUrl, digestMinutes, smtp } = settings;
  const now = () => new Date().toISOString();
  const transport = smtp === undefined ? undefined : smtpTransport(smtp);
  const post = postman({ scratch: home.scratch.port, now, publicUrl, digestMinutes, transport, report });
  const onMail = () => void post.deliver();
  const portsWith = (desk: Desk) => home.ports(desk, onMail);
  const { ports, walk } = runWorkflow({ scratch: home.scratch, portsWith }, settings.definition, report);
  const webhooks = webhookPorts(ports, home, settings.isDemonstration, report);
  const isHere = isAtHome(await home.whereabouts());
  let isLooking = false;
  let isWanted = true;
  const look = async () => {
    isWanted = true;
    if (isLooking) return;
    isLooking = true;
    while (isWanted) {
      isWanted = false;
      try {
        await runJobs(home.scratch.port, ports, report);
        while (await followEvents(home.store, home.scratch.port, ports, report)) await walk.idle();
        // Of a copy nobody is told anything.
        if (isHere) await followWebhooks(home.store, home.scratch.port, webhooks);
      } catch (error) {
        report(error);
      }
    }
    isLooking = false;
  };
  pages.on('message', (message) => {
    if (message === 'wake') {
      void look();
      void post.deliver();
    }
    if (message === 'stop') void stop(walk, home, pages);
  });
  await freeAll(home.scratch.port);
  walk.resumeAll();
  await resumeBatches(home.scratch.port, ports, report);
  setInterval(() => void look(), lookEveryMilliseconds);
  setInterval(() => void doEach(again(home, ports, post, report), report), againEveryMilliseconds);
  const purge = [() => home.scratch.purge()];
  await doEach(purge, report);
  setInterval(() => void doEach(purge, report), purgeEveryMilliseconds);
  pages.postMessage('ready');
  void post.deliver();
  await look();
}

/** The demonstration's receivers may lie on this machine. */
function webhookPorts(
  ports: Ports,
  { scratch }: Home,
  allowsInside: boolean,
  report: (error: unknown) => void,
): WebhookPorts {
  return { ...ports, outbox: outbox(scratch.port, Date.now), post: poster({ allowsInside }), report };
}

/** What failed is tried again: duties, and mails that the server would not take. */
function again({ store, scratch }: Home, ports: Ports, post: Postman, report: (error: unknown) => void) {
  return [
    async () => takeDailyAnchor(store),
    async () => remindSilent(ports),
    async () => remindOfLetters(scratch.port, ports),
    async () => retryDuties(scratch.port, ports, report),
    async () => post.deliver(),
  ];
}

async function stop(walk: Walker, home: Home, pages: NonNullable<typeof parentPort>): Promise<void> {
  walk.stop();
  await walk.idle();
  home.close();
  pages.postMessage('stopped');
  process.exit(0);
}

/** The fault with its causes; messages of ours hold no personal data. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.stack ?? error.message}${error.cause === undefined ? '' : `\n  because ${describe(error.cause)}`}`;
}

// Last: everything above must be there when an old data folder is resumed at once.
if (parentPort !== null) await run(parentPort);
