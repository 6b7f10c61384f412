/** The SDK's own faults, as they come over a wire that breaks: a server that answers badly, and then well. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dynamoClient } from '../../../functions/aws/dynamo-client.ts';
import { ladder } from '../../../functions/aws/dynamo-faults.ts';
import { dynamoStore } from '../../../functions/aws/dynamo-store.ts';
import { Permanent, Transient } from '../../../shared/case/faults.ts';

const well: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(
    JSON.stringify({ Item: { stream: { S: 'claim:citizen/1' }, seq: { N: '0' }, holder: { S: 'case/1' } } }),
  );
};
const saying =
  (status: number, type: string): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'as it says' }));
  };
const silence: RequestListener = () => {};
const breaking: RequestListener = (request) => void request.socket.destroy();

let server: Server;
let answer: RequestListener;
let asked = 0;
let waits: number[] = [];
let client: ReturnType<typeof dynamoClient>;

beforeEach(async () => {
  asked = 0;
  waits = [];
  server = createServer((request, response) => {
    asked += 1;
    (asked === 1 ? answer : well)(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
  client = dynamoClient({ region: 'none', endpoint: `http://127.0.0.1:${port}`, credentials }, 1500);
});

afterEach(() => {
  client.destroy();
  server.closeAllConnections();
  server.close();
});

const storeOn = () => dynamoStore({ client, name: 'histories', wait: async (step) => void waits.push(step) });

describe('a request is sent again, by our ladder alone, after', () => {
  test.each([
    ['no answer in its time', silence],
    ['a connection that broke', breaking],
    ['a service that failed', saying(500, 'InternalServerError')],
    ['a gateway that failed', saying(503, 'ServiceUnavailable')],
    ['a throttled request', saying(400, 'ThrottlingException')],
    ['a spent partition', saying(400, 'ProvisionedThroughputExceededException')],
    ['credentials that ran out', saying(400, 'ExpiredTokenException')],
  ])('%s', async (_, badly) => {
    answer = badly;
    expect(await storeOn().holderOf('citizen/1')).toBe('case/1');
    expect([asked, waits]).toEqual([2, [ladder[0]]]);
  });
});

test.each(['ValidationException', 'AccessDeniedException', 'ResourceNotFoundException'])(
  'a request is not sent again after %s',
  async (type) => {
    answer = saying(400, type);
    await expect(storeOn().holderOf('citizen/1')).rejects.toThrow(Permanent);
    expect([asked, waits]).toEqual([1, []]);
  },
);

test('a table that cannot be reached is a fault that may pass', async () => {
  server.close();
  await once(server, 'close');
  await expect(storeOn().holderOf('citizen/1')).rejects.toThrow(Transient);
  expect(waits).toEqual([...ladder]);
});
