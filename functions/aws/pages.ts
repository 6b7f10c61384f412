/** The pages of the cloud home: the same application, with the cloud's jobs, uploads, figures and sign-in. */
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Hono } from 'hono';
import { Permanent } from '../../shared/case/faults.ts';
import { accountOfStaff, readStaff } from '../../shared/case/staff.ts';
import { jobs } from '../home/jobs.ts';
import { refusals } from '../home/refusals.ts';
import { signInLog } from '../home/sign-in-log.ts';
import { mailRecords } from '../home/mails.ts';
import { papersOver } from '../home/papers.ts';
import { webApp } from '../web/app.tsx';
import { webhookDesk } from '../webhooks/desk.ts';
import { mostUploadMegabytes } from '../web/large-files.tsx';
import type { SignIns, WebPorts } from '../web/ports.ts';
import { sessions } from '../web/session.ts';
import { cognitoSessions } from './cognito-sign-in.ts';
import { peoplePool } from './people-pool.ts';
import { clientSettings } from './service-clients.ts';
import { service } from './faults.ts';
import { setting } from './settings.ts';
import { figuresJob, figuresOf, report } from './chores.ts';
import { type BeginJob, jobFunction } from './begin-job.ts';
import type { AwsHome } from './home.ts';
import { fitting } from './large-answers.ts';
import { s3Passing } from './s3-passing.ts';
import { s3Uploads } from './s3-uploads.ts';

export function webPorts(home: AwsHome, signIns: SignIns, begin: BeginJob = jobFunction(home)): WebPorts {
  const { ports, store, scratch, settings } = home;
  const figures = figuresOf(home, async () => begin(figuresJob));
  const { UPLOADS_BUCKET: bucket } = settings;
  return {
    ...ports,
    signIns,
    refusals: refusals(scratch, ports.now),
    jobs: jobs(scratch, ports.id, begin),
    mails: mailRecords(scratch, ports.directory, ports.now),
    papers: papersOver(store),
    webhooks: webhookDesk(ports, scratch, { allowsInside: false }),
    samples: [],
    ...(bucket === undefined ? {} : { uploads: uploadsOf(home, bucket) }),
    figures: async () => figures.now(),
    isDemonstration: false,
    report,
  };
}

/** The application with its sign-in at the user pool; made once a process. */
export async function pagesOf(home: AwsHome): Promise<Hono> {
  const { settings, ports, scratch } = home;
  const log = signInLog(scratch, Date.now);
  const pool = peoplePool(home);
  const [domain, clientId] = [setting(settings, 'SIGN_IN_DOMAIN'), setting(settings, 'SIGN_IN_CLIENT_ID')];
  const signedIn = sessions({
    issuer: setting(settings, 'SIGN_IN_ISSUER'),
    clientId,
    clientSecret: await clientSecret(home, clientId),
    redirectUri: `${ports.publicUrl}/dang-nhap/xong`,
    isSecure: true,
    sealKey: (await home.keys()).derive('session cookie'),
    accountOf: (id) => knownAccount(home, id),
    onSignedIn: async (account) => log.note({ account, outcome: 'signed-in' }),
    now: Date.now,
    report,
    store: {
      get: async (key) => scratch.get('session', key),
      put: async (key, value, expiresAt) => scratch.put('session', key, value, expiresAt),
      remove: async (key) => scratch.remove('session', key),
    },
    ...cognitoSessions({ domain, clientId, publicUrl: ports.publicUrl }, pool),
  });
  // Of a wrong password or code the pool tells nobody, but for its own log.
  const web = webPorts(home, { ...pool, latest: log.latest, knowsOnly: 'signed-in' });
  return fitting(webApp(web, signedIn), { passing: passingOf(home), report });
}

/** With the version that ends every session when the account is changed or closed. */
async function knownAccount({ store, ports }: AwsHome, id: string) {
  const staff = await readStaff(store, id);
  const account = await accountOfStaff(staff, ports.vault);
  return staff === undefined || account === undefined ? undefined : { ...account, version: staff.version };
}

async function clientSecret({ settings, place }: AwsHome, ClientId: string): Promise<string> {
  const client = new CognitoIdentityProviderClient(clientSettings(place));
  const of = { UserPoolId: setting(settings, 'USER_POOL_ID'), ClientId };
  const { UserPoolClient } = await service('the sign-in service')(async () =>
    client.send(new DescribeUserPoolClientCommand(of)),
  );
  const secret = UserPoolClient?.ClientSecret;
  if (secret === undefined) throw new Permanent('the client of the pages at the user pool has no secret');
  return secret;
}

function uploadsOf({ place, s3 }: AwsHome, bucket: string) {
  return s3Uploads(s3, {
    bucket,
    origin: place.endpoint ?? addressOf(place, bucket),
    most: mostUploadMegabytes * 1024 * 1024,
  });
}

function passingOf({ place, s3, settings }: AwsHome) {
  const bucket = setting(settings, 'UPLOADS_BUCKET');
  return s3Passing(s3, { bucket, address: addressOf(place, bucket) });
}

/** A server that stands in for AWS has no name a bucket. */
function addressOf({ endpoint, region }: AwsHome['place'], bucket: string): string {
  return endpoint === undefined ? `https://${bucket}.s3.${region}.amazonaws.com` : `${endpoint}/${bucket}`;
}
