/**
 * Every function that is no step of the workflow, called with the variables that its template gives it and no others, over a
 * small province on a server that stands in for AWS: it answers, and asks AWS for nothing that its role forbids.
 */
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { LambdaContext, LambdaEvent } from 'hono/aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { busSource, entriesDetailType } from '../../../functions/aws/bus-events.ts';
import { type AwsHome, openAwsHome } from '../../../functions/aws/home.ts';
import { clientSettings } from '../../../functions/aws/service-clients.ts';
import { jobs } from '../../../functions/home/jobs.ts';
import { functionRows, type OtherName } from '../../../infra/aws/functions.ts';
import { makeResources } from '../../../infra/local/cloud/resources.ts';
import { demoAccounts } from '../../../infra/local/accounts.ts';
import { openMoto } from '../../../infra/local/moto.ts';
import { sampleUnits } from '../../../infra/local/samples.ts';
import { appraise } from '../../../shared/approval/appraise.ts';
import { freezeBatch } from '../../../shared/approval/freeze.ts';
import { readCase } from '../../../shared/case/case.ts';
import { caseIdOf, readPart } from '../../../shared/case/part.ts';
import { registerStaff } from '../../../shared/case/staff-acts.ts';
import { allRows } from '../../../shared/case/store.ts';
import { budgetLevels, unitStream } from '../../../shared/case/unit.ts';
import { webhookEvents } from '../../../shared/case/webhook.ts';
import { registerReceiver } from '../../../shared/case/webhook-receiver.ts';
import { submitList } from '../../../shared/intake/submit.ts';
import { type Asked, type Listening, listenTo } from '../../asked-of-aws.ts';
import { submitting, twoPeople } from '../../province.ts';
import { roleStatements } from './least-privilege.ts';
import { ofType, plain, synthesized } from './synthesized.ts';

const { template } = synthesized('test');
const moto = await openMoto();
const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
const place = { region: 'ap-southeast-1', endpoint: moto?.endpoint ?? '', credentials };

/** Handlers as Lambda loads them: each anew, since a process is one function's. */
const entries = {
  web: async () => import('../../../functions/aws/lambda/web.ts'),
  api: async () => import('../../../functions/aws/lambda/api.ts'),
  'run-job': async () => import('../../../functions/aws/lambda/run-job.ts'),
  'follow-events': async () => import('../../../functions/aws/lambda/follow-events.ts'),
  'send-webhooks': async () => import('../../../functions/aws/lambda/send-webhooks.ts'),
  remind: async () => import('../../../functions/aws/lambda/remind.ts'),
  'note-lost-mail': async () => import('../../../functions/aws/lambda/note-lost-mail.ts'),
  'take-anchor': async () => import('../../../functions/aws/lambda/take-anchor.ts'),
  'tell-entries': async () => import('../../../functions/aws/lambda/tell-entries.ts'),
} satisfies { [Name in OtherName]: () => Promise<{ handler(event: never, context: never): Promise<unknown> }> };

test('every function that is no step is called here', () => {
  const others = Object.keys(functionRows).filter(
    (name) => !/^(entitlement|approval|disbursement|completion)-/.test(name),
  );
  expect(Object.keys(entries).toSorted()).toEqual(others.toSorted());
});

function functionOf(name: OtherName) {
  const [found] = ofType(template, 'AWS::Lambda::Function').filter(
    ([, { Properties }]) => plain(Properties['FunctionName']) === `chi-tra-test-${name}`,
  );
  const properties = found?.[1].Properties ?? expect.fail(`there is no function ${name}`);
  const variables = z.object({ Variables: z.record(z.string(), z.unknown()) }).parse(properties['Environment']);
  return { role: plain(properties['Role']).replace('.Arn', ''), variables: variables.Variables };
}

describe.skipIf(moto === undefined)('with its own variables', () => {
  let listening: Listening;
  let all: Readonly<Record<string, string>>;
  let home: AwsHome;
  const written: string[] = [];

  beforeAll(async () => {
    listening = await listenTo(place.endpoint);
    const settings = { ...(await makeResources(place, 'https://chi-tra.example')), ...(await more()) };
    home = openAwsHome(settings);
    await furnish(home);
    all = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
  });
  afterAll(async () => {
    await listening.close();
    await moto?.close();
  });
  beforeEach(() => {
    vi.resetModules();
    written.length = 0;
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  /** As Lambda sets a process up: its own variables beside the function's. */
  function given(name: OtherName): void {
    const { variables } = functionOf(name);
    for (const other of Object.keys(all)) vi.stubEnv(other, undefined);
    for (const variable of Object.keys(variables)) {
      vi.stubEnv(variable, all[variable] ?? expect.fail(`the test knows no ${variable}`));
    }
    vi.stubEnv('AWS_REGION', place.region);
    vi.stubEnv('AWS_ENDPOINT_URL', listening.endpoint);
    vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
    listening.taken();
  }

  /** Holds what was asked against the role, and answers it in short. */
  function asked(name: OtherName): readonly string[] {
    const { role, variables } = functionOf(name);
    const statements = roleStatements(template).filter(([id, { Effect }]) => id === role && Effect === 'Allow');
    const known = new Map(Object.keys(variables).map((variable) => [all[variable], variable]));
    const may = (action: string, resource: string) =>
      statements.some(
        ([, { Action, Resource }]) =>
          Action.includes(action) && Resource.map(plain).some((one) => one.includes(resource)),
      );
    const refused: Asked[] = [];
    const short = new Set<string>();
    for (const one of listening.taken()) {
      const [owner = '', index] = one.of.replace(':execution:', ':stateMachine:').split('/index/');
      const variable = known.get(owner) ?? known.get(owner.replace(/:[^:]*$/, '')) ?? '';
      const resource = plain(variables[variable]).replace(/^alias\/.*notices$/, 'noticeskey');
      const whole =
        one.action === 'ses:SendEmail' ? 'identity/' : `${resource}${index === undefined ? '' : `.Arn/index/${index}`}`;
      if (variable === '' || !may(one.action, whole)) refused.push(one);
      short.add(`${one.action} ${variable}`);
    }
    expect(refused).toEqual([]);
    return [...short].toSorted();
  }

  test('the pages lead whoever is not signed in to the sign-in', async () => {
    given('web');
    const { handler } = await entries.web();
    expect(await handler(request('/hoan-thanh'), context)).toMatchObject({ statusCode: 302 });
    expect(await handler(request('/style.css'), context)).toMatchObject({ statusCode: 200 });
    const asks = asked('web');
    expect(asks).toContain('secretsmanager:GetSecretValue MASTER_KEY_SECRET');
    expect(asks).toContain('cognito-idp:DescribeUserPoolClient USER_POOL_ID');
  });

  test('the API answers: its description to everybody, a call without a token and one with a wrong one as documented', async () => {
    given('api');
    const { handler } = await entries.api();
    expect(await handler(request('/api/openapi.json'), context)).toMatchObject({ statusCode: 200 });
    expect(await handler(request('/api/v1/batches/b1'), context)).toMatchObject({ statusCode: 401 });
    expect(await handler(request('/api/v1/batches/b1', 'Bearer wrong'), context)).toMatchObject({ statusCode: 401 });
    expect(written).toEqual([]);
  });

  test('what happened in a batch begins its workflow', async () => {
    given('follow-events');
    const { handler } = await entries['follow-events']();
    for (const stream of ['batch/b1', await caseStream(home)]) await handler(await told(home, stream));
    expect(written).toEqual([]);
    expect(asked('follow-events')).toContain('states:StartExecution STATE_MACHINE_ARN');
  });

  test('what other systems are told of it waits to be sent', async () => {
    given('send-webhooks');
    const { handler } = await entries['send-webhooks']();
    await handler(await told(home, 'batch/b1'));
    expect(written).toEqual([]);
    expect(asked('send-webhooks')).toContain('dynamodb:PutItem SCRATCH_TABLE');
  });

  test('reminding sends what waits, and looks at every open batch', async () => {
    given('remind');
    await home.ports.mailer.send({ ...mail, key: 'one' });
    const { handler } = await entries.remind();
    await handler();
    expect(written).toEqual([]);
    const asks = asked('remind');
    expect(asks).toContain('ses:SendEmail MAIL_FROM');
    expect(asks).toContain('states:StartExecution STATE_MACHINE_ARN');
  });

  test('a mail that came back is marked', async () => {
    const sentMail = (await home.scratch.list('mail')).map(({ value }) => sent.parse(JSON.parse(value)))[0];
    given('note-lost-mail');
    const { handler } = await entries['note-lost-mail']();
    const bounce = { bounceType: 'Permanent', bouncedRecipients: [{ status: '5.1.1' }] };
    const detail = { eventType: 'Bounce', mail: { messageId: sentMail?.delivery.answer }, bounce };
    await handler({ source: 'aws.ses', detail });
    expect(asked('note-lost-mail')).toContain('dynamodb:PutItem SCRATCH_TABLE');
  });

  test('the day has its anchor', async () => {
    given('take-anchor');
    const { handler } = await entries['take-anchor']();
    await handler();
    expect(written).toEqual([]);
    const asks = asked('take-anchor');
    expect(asks).toContain('dynamodb:Scan HISTORIES_TABLE');
    expect(asks).toContain('s3:PutObject FILES_BUCKET');
  });

  test('a job is run to its end', async () => {
    const started = jobs(home.scratch, home.ports.id, () => {});
    const pack = await started.start('make-pack', { batch: 'b1', by: 'demo-finance-leader' }, 'demo-finance-leader');
    const again = await started.start('reassess', {}, 'demo-finance-leader');
    given('run-job');
    const { handler } = await entries['run-job']();
    for (const jobId of [pack, again, 'figures']) await handler({ jobId });
    expect(written).toEqual([]);
    for (const jobId of [pack, again]) expect(await started.find(jobId)).toMatchObject({ status: 'done' });
    expect(asked('run-job')).toContain('s3:PutObject FILES_BUCKET');
  });

  test('what the Pipe reads becomes what the bus is told, and nothing is asked', async () => {
    given('tell-entries');
    const { handler } = await entries['tell-entries']();
    expect(await handler([])).toEqual([]);
    expect(asked('tell-entries')).toEqual([]);
  });
});

/** What the rehearsal does without: the workflow, the sign-in, the function of jobs. */
async function more() {
  const machine = await new SFNClient(clientSettings(place)).send(
    new CreateStateMachineCommand({
      name: 'batch',
      roleArn: 'arn:aws:iam::123456789012:role/batch',
      definition: JSON.stringify({ StartAt: 'end', States: { end: { Type: 'Succeed' } } }),
    }),
  );
  const cognito = new CognitoIdentityProviderClient(clientSettings(place));
  const pool = await cognito.send(new CreateUserPoolCommand({ PoolName: 'people' }));
  const userPoolId = pool.UserPool?.Id ?? '';
  const pages = await cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId: userPoolId, ClientName: 'pages', GenerateSecret: true }),
  );
  return {
    STATE_MACHINE_ARN: machine.stateMachineArn ?? '',
    NOTICE_KEY_ID: 'alias/notices',
    JOB_FUNCTION: 'run-job',
    MAIL_EVENTS: 'mails',
    USER_POOL_ID: userPoolId,
    SIGN_IN_ISSUER: `https://cognito-idp.${place.region}.amazonaws.com/${userPoolId}`,
    SIGN_IN_DOMAIN: 'https://sign-in.example',
    SIGN_IN_CLIENT_ID: pages.UserPoolClient?.ClientId ?? '',
  };
}

/** A unit's two people in a frozen batch, those who decide it, and another system that wants to be told. */
async function furnish({ ports }: AwsHome): Promise<void> {
  const units = sampleUnits();
  const on = { ...ports, publicUrl: '', desk: { ...ports.desk, start: async () => {} } };
  const registered = units.map((unit) => ({ kind: 'unit-registered', at: ports.now(), by: 'system', data: unit }));
  await ports.store.commit([{ stream: unitStream, readAt: 0, entries: registered }]);
  const staff = demoAccounts(units.map(({ code }) => code)).map(({ account }) => account);
  await registerStaff(
    staff.filter(({ role }) => role.endsWith('-leader')),
    ports,
  );
  await registerReceiver(
    { name: 'Hệ thống thử', url: 'https://192.0.2.1/', events: [...webhookEvents], secret: 'not a secret' },
    { id: 'demo-administrator' },
    ports,
  );
  const people = (await twoPeople()).slice(0, 1);
  const list = { listId: 'list-1', by: 'demo-unit-clerk', people, mayUse: () => true };
  await submitList(list, new Map(units.map((unit) => [unit.code, unit])), submitting, on);
  for await (const { stream, summary } of allRows(ports.store, { kind: 'part' })) {
    const part = stream.slice('part/'.length);
    const { caseHash = '' } = (await readCase(ports.store, caseIdOf(part))) ?? {};
    const officer = { id: 'demo-home-affairs-officer', role: 'home-affairs-officer' } as const;
    await appraise([{ part, caseHash }], officer, on);
    const level = z.enum(budgetLevels).parse(summary['level']);
    const { source } = (await readPart(ports.store, part)) ?? expect.fail('there is no part');
    const frozen = await freezeBatch({ batchId: 'b1', source, level, by: 'demo-finance-officer' }, on);
    if (frozen.outcome === 'refused') expect.fail(frozen.why.en);
    break;
  }
}

const sent = z.object({ delivery: z.object({ answer: z.string() }) });
const mail = {
  to: 'lanhdao@so.example',
  account: 'demo-finance-leader',
  subject: 'Việc cần làm',
  lines: ['Có một đợt chờ đồng chí.'],
  button: { label: 'Mở đợt', url: 'https://chi-tra.example/dot/b1' },
  footer: [],
};

async function caseStream({ store }: AwsHome): Promise<string> {
  for await (const { stream } of allRows(store, { kind: 'case' })) return stream;
  return expect.fail('there is no case');
}

/** The event that the bus carries of a history, whole. */
async function told({ store }: AwsHome, stream: string): Promise<unknown> {
  const read = await store.read(stream);
  const detail = { stream, entries: read.map(({ seq, kind, at }) => ({ seq, kind, at })) };
  return { source: busSource, 'detail-type': entriesDetailType, detail };
}

const context: LambdaContext = { awsRequestId: '1', functionName: 'one' } as never;

function request(path: string, authorization?: string): LambdaEvent {
  const identity = { sourceIp: '192.0.2.1', userAgent: 'test' };
  return {
    version: '1.0',
    resource: '/{proxy+}',
    path,
    httpMethod: 'GET',
    headers: { host: 'chi-tra.example', ...(authorization === undefined ? {} : { authorization }) },
    multiValueHeaders: {},
    queryStringParameters: {},
    isBase64Encoded: false,
    body: null,
    requestContext: { httpMethod: 'GET', path, stage: 'test', identity, requestId: '1', resourcePath: '/{proxy+}' },
  } as never;
}
