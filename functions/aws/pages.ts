/** The pages of the cloud home: the same application, with the cloud's jobs, uploads, figures and sign-in. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Hono } from 'hono';
import { localDateOf } from '../../shared/calendar.ts';
import { jobs } from '../home/jobs.ts';
import { mailRecords } from '../home/mails.ts';
import { papersOver } from '../home/papers.ts';
import { webApp } from '../web/app.tsx';
import { mostUploadMegabytes } from '../web/large-files.tsx';
import type { SignIns, WebPorts } from '../web/ports.ts';
import type { Sessions } from '../web/session.ts';
import { figuresJob, figuresOf, report } from './chores.ts';
import type { AwsHome } from './home.ts';
import { s3Uploads } from './s3-uploads.ts';
import { clientSettings } from './service-clients.ts';
import { setting } from './settings.ts';
import { service } from './faults.ts';

/** Has a job run off the page's request. */
export type BeginJob = (jobId: string) => Promise<void>;

export function webPorts(home: AwsHome, signIns: SignIns, begin: BeginJob = jobFunction(home)): WebPorts {
  const { ports, store, scratch, settings } = home;
  const figures = figuresOf(home, async () => begin(figuresJob));
  const { UPLOADS_BUCKET: bucket } = settings;
  return {
    ...ports,
    signIns,
    jobs: jobs(scratch, ports.id, begin),
    mails: mailRecords(scratch, ports.directory, ports.now),
    papers: papersOver(store),
    samples: [],
    ...(bucket === undefined ? {} : { uploads: uploadsOf(home, bucket) }),
    figures: async () => figures.now(),
    async takeAnchor(by) {
      await ports.anchored.anchor(localDateOf(ports.now()), ports.now(), by);
    },
    isDemonstration: false,
    report,
  };
}

export function pages(ports: WebPorts, sessions: Sessions): Hono {
  return webApp(ports, sessions);
}

function uploadsOf({ place, s3 }: AwsHome, bucket: string) {
  const origin = place.endpoint ?? `https://${bucket}.s3.${place.region}.amazonaws.com`;
  return s3Uploads(s3, { bucket, origin, most: mostUploadMegabytes * 1024 * 1024 });
}

/** Asynchronously: the service takes the event, tries it again when it fails, and queues what fails for good. */
function jobFunction({ settings, place }: AwsHome): BeginJob {
  const ask = service('the jobs');
  let client: LambdaClient | undefined;
  return async (jobId) => {
    client ??= new LambdaClient(clientSettings(place));
    const FunctionName = setting(settings, 'JOB_FUNCTION');
    const command = new InvokeCommand({
      FunctionName,
      InvocationType: 'Event',
      Payload: new TextEncoder().encode(JSON.stringify({ jobId })),
    });
    const sending = client;
    await ask(async () => sending.send(command));
  };
}
