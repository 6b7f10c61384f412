/**
 * Stands between a function and the server that stands in for AWS, and notes what each request asks as a role names it: the
 * action, and the name of what it is done to.
 */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import * as z from 'zod';

export interface Asked {
  readonly action: string;
  /** Name or address of the table, bucket, key, secret, function …; of an index `table/index`. */
  readonly of: string;
}

export interface Listening {
  readonly endpoint: string;
  /** What was asked since the last time. */
  taken(): readonly Asked[];
  close(): Promise<void>;
}

export async function listenTo(moto: string): Promise<Listening> {
  let asked: Asked[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const body = await buffer(request);
      const { method = 'GET', url = '/', headers } = request;
      asked.push(...askedBy(method, url, headers, body.toString()));
      const { connection: _, 'content-length': __, 'transfer-encoding': ___, expect: ____, ...passed } = headers;
      const answer = await fetch(new URL(url, moto), {
        method,
        headers: Object.entries(passed).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
        ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
      });
      const told = Buffer.from(await answer.arrayBuffer());
      const answered = [...answer.headers].filter(([name]) => !/^(content-(length|encoding)|connection)$/.test(name));
      response.writeHead(answer.status, Object.fromEntries(answered)).end(told);
    })().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    taken() {
      const before = asked;
      asked = [];
      return before;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const services: Readonly<Record<string, string>> = {
  DynamoDB_20120810: 'dynamodb',
  TrentService: 'kms',
  secretsmanager: 'secretsmanager',
  AWSStepFunctions: 'states',
  AWSCognitoIdentityProviderService: 'cognito-idp',
};

function askedBy(method: string, url: string, headers: IncomingHttpHeaders, body: string): readonly Asked[] {
  const [target, operation] = String(headers['x-amz-target'] ?? '').split('.');
  if (target !== undefined && operation !== undefined) {
    const service = services[target] ?? target;
    return service === 'dynamodb' ? ofTable(operation, body) : [{ action: `${service}:${operation}`, of: named(body) }];
  }
  const path = new URL(url, 'http://aws').pathname;
  const invoked = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(path)?.[1];
  if (invoked !== undefined) return [{ action: 'lambda:InvokeFunction', of: invoked }];
  if (path.startsWith('/v2/email/outbound-emails')) {
    return [{ action: 'ses:SendEmail', of: sent.parse(JSON.parse(body)).FromEmailAddress }];
  }
  const [, bucket = '', key = ''] = path.split('/');
  if (key === '') return [{ action: 's3:ListBucket', of: bucket }];
  return [{ action: method === 'PUT' ? 's3:PutObject' : 's3:GetObject', of: bucket }];
}

const sent = z.object({ FromEmailAddress: z.string() });
const names = z
  .object({
    KeyId: z.string(),
    SecretId: z.string(),
    stateMachineArn: z.string(),
    executionArn: z.string(),
    UserPoolId: z.string(),
  })
  .partial();

function named(body: string): string {
  return Object.values(names.parse(JSON.parse(body)))[0] ?? '';
}

const table = z.object({ TableName: z.string(), IndexName: z.string().exactOptional() });
const ofTransaction = z.object({ TransactItems: z.array(z.record(z.string(), table)) });
const ofBatch = z.object({ RequestItems: z.record(z.string(), z.unknown()) });
const inTransaction: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Delete: 'DeleteItem',
  Update: 'UpdateItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** A transaction is authorized by what is in it. */
function ofTable(operation: string, body: string): readonly Asked[] {
  const request: unknown = JSON.parse(body);
  if (operation.startsWith('Transact')) {
    return ofTransaction.parse(request).TransactItems.flatMap((item) =>
      Object.entries(item).map(([what, { TableName }]) => ({
        action: `dynamodb:${inTransaction[what] ?? what}`,
        of: TableName,
      })),
    );
  }
  if (operation.startsWith('Batch')) {
    const tables = Object.keys(ofBatch.parse(request).RequestItems);
    return tables.map((of) => ({ action: `dynamodb:${operation}`, of }));
  }
  const { TableName, IndexName } = table.parse(request);
  return [
    { action: `dynamodb:${operation}`, of: IndexName === undefined ? TableName : `${TableName}/index/${IndexName}` },
  ];
}
