/** What the cloud home does besides pages and steps: acts on what happened, reminds, takes the day's anchor. */
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { remindSilent } from '../../shared/approval/remind.ts';
import { localDateOf } from '../../shared/calendar.ts';
import { actOn, resumeBatches, retryDuties } from '../home/duties.ts';
import { functionMinutes, withLease } from '../home/lease.ts';
import { type Postman, postman } from '../home/postman.ts';
import { remindOfLetters } from '../home/remind-of-letters.ts';
import { sweepJobs } from '../home/sweep-jobs.ts';
import { type BeginJob, jobFunction } from './begin-job.ts';
import type { EntriesTold } from './bus-events.ts';
import { countedFigures } from './figures.ts';
import type { AwsHome } from './home.ts';
import { clientSettings } from './service-clients.ts';
import { deliverWebhooks, webhookPorts, type WebhookPorts } from '../webhooks/send.ts';
import { sesTransport } from './ses-mailer.ts';
import { setting } from './settings.ts';

/** A fault that something else goes on after; no personal data in it. */
export function report(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

/** Acts on entries that the bus told of, by their kinds alone. Whatever fails is a duty that `remind` tries again. */
export async function followEntries(
  { stream, entries }: EntriesTold,
  { scratch, ports }: Pick<AwsHome, 'scratch' | 'ports'>,
): Promise<void> {
  const happened = entries.map(({ kind }) => ({ stream, kind }));
  await actOn(happened, scratch, ports, report);
}

const resumeEveryMilliseconds = 3_600_000;
const sweepEveryMilliseconds = 5 * 60_000;

/** Every minute: duties, mails and jobs that failed, decisions that nobody made, letters that nobody handed over. */
export async function remind(
  home: AwsHome,
  post: Postman = postmanOf(home),
  begin: BeginJob = jobFunction(home),
): Promise<void> {
  const { scratch, ports } = home;
  await remindSilent(ports).catch(report);
  await remindOfLetters(scratch, ports).catch(report);
  await retryDuties(scratch, ports, report);
  // An event that was lost on its way leaves a batch that nobody looks at.
  const now = Date.now();
  if (await scratch.insert('lease', 'resume', '', now + resumeEveryMilliseconds)) {
    await resumeBatches(scratch, ports, report);
  }
  if (await scratch.insert('lease', 'sweep', '', now + sweepEveryMilliseconds)) {
    await sweepJobs(scratch, begin).catch(report);
  }
  const isAlone = { name: 'postman', minutes: functionMinutes };
  await Promise.all([
    deliverWebhooks(sending(home)).catch(report),
    // Two that deliver at once would send each mail twice.
    withLease(scratch, isAlone, async ({ mayBegin }) => post.deliver(mayBegin)),
  ]);
}

/** What sends messages to other systems. */
export function sending({ ports, scratch }: AwsHome): WebhookPorts {
  return webhookPorts({ ports, scratch, allowsInside: false, report });
}

function postmanOf({ settings, place, scratch, ports }: AwsHome): Postman {
  const { MAIL_EVENTS: configurationSet } = settings;
  const transport = sesTransport(new SESv2Client(clientSettings(place)), {
    from: setting(settings, 'MAIL_FROM'),
    ...(configurationSet === undefined ? {} : { configurationSet }),
  });
  return postman({
    scratch,
    now: ports.now,
    publicUrl: ports.publicUrl,
    digestMinutes: settings.MAIL_DIGEST_MINUTES ?? 0,
    transport,
    report,
  });
}

/** The job of the figures is no record: nobody waits for it. */
export const figuresJob = 'figures';

/** Once a night: the anchor, and what a forecast reads of the past. */
export async function takeAnchor(home: AwsHome): Promise<void> {
  const { ports } = home;
  await ports.anchored.anchorNews(localDateOf(ports.now()), ports.now(), 'system');
  const figures = figuresOf(home, async () => {});
  await figures.countCells();
  await figures.countPast();
}

export function figuresOf({ store, scratch }: AwsHome, begin: () => Promise<void>) {
  return countedFigures({ store, scratch, now: Date.now, begin });
}
