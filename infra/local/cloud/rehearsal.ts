/**
 * The cloud home rehearsed on this machine: its own adapters for the store, the files, the mails and the events, over HTTP
 * against a server that stands in for AWS. The Pipe and the rule are played here, our own runner stands in for Step
 * Functions, the embedded provider for Cognito, and a file's key for the notices' key of KMS, which the stand-in lacks.
 */
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import * as z from 'zod';
import {
  busSource,
  entriesDetailType,
  eventBridgeBus,
  readBusEvent,
  toldOf,
} from '../../../functions/aws/bus-events.ts';
import { followEntries, remind, takeAnchor } from '../../../functions/aws/chores.ts';
import { type AwsHome, openAwsHome } from '../../../functions/aws/home.ts';
import { webPorts } from '../../../functions/aws/pages.ts';
import { fundTaskOver, listTaskOver } from '../../../functions/aws/parts-list.ts';
import { runJob } from '../../../functions/aws/run-job.ts';
import { clientSettings } from '../../../functions/aws/service-clients.ts';
import { sesTransport } from '../../../functions/aws/ses-mailer.ts';
import { type AwsSettings, setting } from '../../../functions/aws/settings.ts';
import { type Letter, postman } from '../../../functions/home/postman.ts';
import type { Route } from '../../../functions/web/routes.ts';
import { accounts } from '../accounts.ts';
import type { Definition } from '../asl.ts';
import { demonstrationRoutes, lettersPage, mailbox } from '../demonstration.tsx';
import { signIns } from '../invitations.ts';
import { type Charged, meter } from '../meter.ts';
import { noticeSigner } from '../notice-key.ts';
import { pagesListeners, report, samples } from '../pages.ts';
import { runWorkflow } from '../run-workflow.ts';
import { openScratch } from '../scratch.ts';
import { seedDemonstration } from '../seed.ts';
import { makeResources } from './resources.ts';
import { openPipe, type Pipe } from './pipe.ts';

export interface Rehearsal {
  readonly url: string;
  readonly home: AwsHome;
  /** What went through the cloud's own services so far. */
  counts(): { readonly events: number; readonly mails: number };
  /** What AWS would charge for each batch's workflow. */
  charged(): ReadonlyMap<string, Charged>;
  takeAnchor(): Promise<void>;
  stop(): Promise<void>;
}

export interface RehearsalSettings {
  /** Of the server that stands in for AWS. */
  readonly endpoint: string;
  /** For what the stand-in lacks: the sign-in's accounts and the notices' key. */
  readonly directory: string;
  readonly workflow: Definition;
  readonly seed: string;
}

const region = 'ap-southeast-1';
const host = 'localhost';
const lookEveryMilliseconds = 100;
const remindEveryMilliseconds = 10_000;

export async function startRehearsal({ endpoint, directory, workflow, seed }: RehearsalSettings): Promise<Rehearsal> {
  const server = createServer();
  const url = await listen(server);
  const place = { region, endpoint, credentials: { accessKeyId: 'none', secretAccessKey: 'none' } };
  const settings = await makeResources(place, url);
  const opened = openAwsHome(settings);
  const scratch = openScratch(join(directory, 'sign-in.sqlite'));
  const metered = meter();
  const { ports, walk } = runWorkflow(
    {
      scratch,
      meter: metered,
      portsWith: (desk) => ({ ...opened.ports, desk, noticeSigner: noticeSigner(join(directory, 'keys')) }),
      steps: listSteps(opened, settings),
      items: async (key) => listAt(opened, settings, key),
    },
    workflow,
    report,
  );
  const home: AwsHome = { ...opened, ports };
  const people = accounts({ scratch, store: home.store, vault: ports.vault });
  await seedDemonstration({ ports, accounts: people });

  const letters: Letter[] = [];
  const post = postmanInto(letters, home, settings);
  const jobs = new Set<Promise<void>>();
  const begin = async (jobId: string) => {
    const running = runJob(jobId, home)
      .catch(report)
      .finally(() => jobs.delete(running));
    jobs.add(running);
  };
  const web = { ...webPorts(home, signIns(people, scratch, ports.mailer, url), begin), samples, isDemonstration: true };
  const keys = await home.keys();
  const more = [mailboxOf(letters), ...demonstrationRoutes(home.scratch, seed).filter(({ path }) => path !== mailbox)];
  const pages = pagesListeners({ scratch, accounts: people, derive: keys.derive, ports: web, more, url, wake });
  server.on('request', pages.outside);

  const pipe = await openPipe(place, setting(settings, 'HISTORIES_TABLE'));
  const events = eventsFrom(pipe, home, settings);
  let isStopped = false;
  const running = (async () => {
    let reminded = 0;
    while (!isStopped) {
      const came = await events.follow().catch(faulty);
      await walk.idle();
      await post.deliver();
      if (Date.now() - reminded > remindEveryMilliseconds) {
        await remind(home, post, begin).catch(report);
        reminded = Date.now();
      }
      if (came === 0) await delay(lookEveryMilliseconds);
    }
  })();
  return {
    url,
    home,
    counts: () => ({ events: events.told(), mails: letters.length }),
    charged: () => metered.all(),
    takeAnchor: async () => takeAnchor(home),
    async stop() {
      isStopped = true;
      await running;
      await Promise.all(jobs);
      walk.stop();
      await walk.idle();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      scratch.close();
    },
  };
}

/** Whoever looks next finds what there is to do. */
function wake(): void {}

function faulty(error: unknown): number {
  report(error);
  return 0;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  return `http://${host}:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

/** The two steps that write the list of the Map that follows, as they do in the cloud. */
function listSteps({ s3 }: AwsHome, settings: AwsSettings) {
  const lists = { client: s3, bucket: setting(settings, 'LISTS_BUCKET') };
  return { 'entitlement.list': listTaskOver(lists), 'disbursement.fund': fundTaskOver(lists) };
}

/** As the Map's own reader does. */
async function listAt({ s3 }: AwsHome, settings: AwsSettings, Key: string): Promise<readonly unknown[]> {
  const found = await s3.send(new GetObjectCommand({ Bucket: setting(settings, 'LISTS_BUCKET'), Key }));
  return z.array(z.unknown()).parse(JSON.parse((await found.Body?.transformToString()) ?? ''));
}

/** Sends by SES, and keeps what SES took for the mailbox of the demonstration. */
function postmanInto(letters: Letter[], { scratch, ports, place }: AwsHome, settings: AwsSettings) {
  const ses = sesTransport(new SESv2Client(clientSettings(place)), { from: setting(settings, 'MAIL_FROM') });
  return postman({
    scratch,
    now: ports.now,
    publicUrl: ports.publicUrl,
    digestMinutes: 0,
    report,
    async transport(letter) {
      const answer = await ses(letter);
      if (answer.outcome === 'taken') letters.push(letter);
      return answer;
    },
  });
}

function mailboxOf(letters: readonly Letter[]): Route {
  return { method: 'get', path: mailbox, act: 'home.see', run: async (visit) => lettersPage(visit, letters) };
}

/** Stream → Pipe with its enrichment → bus → rule → subscriber. */
function eventsFrom(pipe: Pipe, home: AwsHome, settings: AwsSettings) {
  const bus = eventBridgeBus(new EventBridgeClient(clientSettings(home.place)), {
    busName: setting(settings, 'BUS_NAME'),
  });
  let told = 0;
  return {
    told: () => told,
    /** How many events came. */
    async follow(): Promise<number> {
      const details = toldOf(await pipe.records());
      await bus.tell(details);
      for (const detail of details) {
        await followEntries(readBusEvent({ source: busSource, 'detail-type': entriesDetailType, detail }), home);
      }
      told += details.length;
      return details.length;
    },
  };
}
