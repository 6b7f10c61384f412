/** The pages of the cloud home: the same application, with the cloud's jobs, uploads, figures and sign-in. */
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
import { type BeginJob, jobFunction } from './begin-job.ts';
import type { AwsHome } from './home.ts';
import { s3Uploads } from './s3-uploads.ts';

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
