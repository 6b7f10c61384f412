/** The pages of the cloud home as the gateway asks for them, over a server that stands in for AWS. */
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openAwsHome } from '../../../functions/aws/home.ts';
import { pagesOf } from '../../../functions/aws/pages.ts';
import { clientSettings } from '../../../functions/aws/service-clients.ts';
import { makeResources } from '../../../infra/local/cloud/resources.ts';
import { openMoto } from '../../../infra/local/moto.ts';

const moto = await openMoto();
const answer = z
  .object({
    statusCode: z.number(),
    multiValueHeaders: z.record(z.string(), z.tuple([z.string()]).rest(z.string())),
    body: z.string(),
  })
  .transform(({ multiValueHeaders, ...rest }) => {
    const headers = Object.entries(multiValueHeaders).map(([name, [first]]) => [name, first] as const);
    return { ...rest, headers: new Map(headers) };
  });

describe.skipIf(moto === undefined)('asked by the gateway', () => {
  let ask: (path: string, method?: string) => Promise<z.infer<typeof answer>>;

  beforeAll(async () => {
    const place = {
      region: 'ap-southeast-1',
      endpoint: moto?.endpoint ?? '',
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    };
    const settings = await makeResources(place, 'https://chi-tra.example');
    const cognito = new CognitoIdentityProviderClient(clientSettings(place));
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'people' }));
    const UserPoolId = UserPool?.Id ?? '';
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'pages', GenerateSecret: true }),
    );
    const home = openAwsHome({
      ...settings,
      USER_POOL_ID: UserPoolId,
      // Nobody answers there.
      SIGN_IN_ISSUER: 'https://127.0.0.1:9/pool',
      SIGN_IN_DOMAIN: 'https://sign-in.example',
      SIGN_IN_CLIENT_ID: UserPoolClient?.ClientId ?? '',
    });
    const handler = handle(await pagesOf(home));
    ask = async (path, httpMethod = 'GET') => answer.parse(await handler(eventOf(path, httpMethod), contextOf()));
  });
  afterAll(async () => moto?.close());

  test('whoever is not signed in is led to the sign-in, and nothing is told', async () => {
    for (const path of ['/', '/dot', '/hoan-thanh']) {
      const { statusCode, headers, body } = await ask(path);
      expect([path, statusCode, headers.get('location')]).toEqual([
        path,
        302,
        `/dang-nhap?tro-lai=${encodeURIComponent(path)}`,
      ]);
      expect(body).toBe('');
    }
  });

  test('forms may go to us, to the bucket of large files and to the sign-in, and nothing else may be loaded', async () => {
    const { statusCode, headers } = await ask('/style.css');
    expect(statusCode).toBe(200);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`form-action 'self' ${moto?.endpoint} https://sign-in.example;`);
    expect(policy).toMatch(/^default-src 'none';/);
  });

  test('a sign-in service that is away is a fault of ours, with a sentence, and no page of the service', async () => {
    const { statusCode, body } = await ask('/dang-nhap');
    expect([statusCode, body]).toEqual([500, expect.stringContaining('Hệ thống gặp lỗi.')]);
  });
});

function eventOf(path: string, httpMethod: string): LambdaEvent {
  const identity = { sourceIp: '192.0.2.1', userAgent: 'test' };
  return {
    version: '1.0',
    resource: '/{proxy+}',
    path,
    httpMethod,
    headers: { host: 'chi-tra.example' },
    multiValueHeaders: {},
    queryStringParameters: {},
    isBase64Encoded: false,
    body: null,
    requestContext: { httpMethod, path, stage: 'test', identity, requestId: '1', resourcePath: '/{proxy+}' },
  } as never;
}

function contextOf(): LambdaContext {
  return { awsRequestId: '1', functionName: 'web' } as never;
}
