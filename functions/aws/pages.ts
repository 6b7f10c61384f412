/** The pages of the cloud home: the same application, with the cloud's jobs, uploads, figures and sign-in. */
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Hono } from 'hono';
import { localDateOf } from '../../shared/calendar.ts';
import { Permanent } from '../../shared/case/faults.ts';
import { accountOfStaff, readStaff } from '../../shared/case/staff.ts';
import { jobs } from '../home/jobs.ts';
import { mailRecords } from '../home/mails.ts';
import { papersOver } from '../home/papers.ts';
import { webApp } from '../web/app.tsx';
import { webhookDesk } from '../webhooks/desk.ts';
import { mostUploadMegabytes } from '../web/large-files.tsx';
import type { SignIns, WebPorts } from '../web/ports.ts';
import { sessions } from '../web/session.ts';
import { cognitoAccounts, cognitoSessions } from './cognito-sign-in.ts';
import { clientSettings } from './service-clients.ts';
import { service } from './faults.ts';
import { setting } from './settings.ts';
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
    webhooks: webhookDesk(ports, scratch, { allowsInside: false }),
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

/** The application with its sign-in at the user pool; made once a process. */
export async function pagesOf(home: AwsHome): Promise<Hono> {
  const { settings, place, ports, scratch } = home;
  const client = new CognitoIdentityProviderClient(clientSettings(place));
  const userPoolId = setting(settings, 'USER_POOL_ID');
  const pool = cognitoAccounts(client, { userPoolId }, scratch, ports.directory.find);
  const [domain, clientId] = [setting(settings, 'SIGN_IN_DOMAIN'), setting(settings, 'SIGN_IN_CLIENT_ID')];
  const signedIn = sessions({
    issuer: setting(settings, 'SIGN_IN_ISSUER'),
    clientId,
    clientSecret: await clientSecret(client, { UserPoolId: userPoolId, ClientId: clientId }),
    redirectUri: `${ports.publicUrl}/dang-nhap/xong`,
    isSecure: true,
    sealKey: (await home.keys()).derive('session cookie'),
    accountOf: (id) => knownAccount(home, id),
    now: Date.now,
    store: {
      get: async (key) => scratch.get('session', key),
      put: async (key, value, expiresAt) => scratch.put('session', key, value, expiresAt),
      remove: async (key) => scratch.remove('session', key),
    },
    ...cognitoSessions({ domain, clientId, publicUrl: ports.publicUrl }, pool),
  });
  // Who tried to sign in is in the pool's own log.
  return webApp(webPorts(home, { ...pool, latest: async () => [] }), signedIn);
}

/** With the version that ends every session when the account is changed or closed. */
async function knownAccount({ store, ports }: AwsHome, id: string) {
  const staff = await readStaff(store, id);
  const account = await accountOfStaff(staff, ports.vault);
  return staff === undefined || account === undefined ? undefined : { ...account, version: staff.version };
}

async function clientSecret(
  client: CognitoIdentityProviderClient,
  of: { readonly UserPoolId: string; readonly ClientId: string },
): Promise<string> {
  const { UserPoolClient } = await service('the sign-in service')(async () =>
    client.send(new DescribeUserPoolClientCommand(of)),
  );
  const secret = UserPoolClient?.ClientSecret;
  if (secret === undefined) throw new Permanent('the client of the pages at the user pool has no secret');
  return secret;
}

function uploadsOf({ place, s3 }: AwsHome, bucket: string) {
  const origin = place.endpoint ?? `https://${bucket}.s3.${place.region}.amazonaws.com`;
  return s3Uploads(s3, { bucket, origin, most: mostUploadMegabytes * 1024 * 1024 });
}
