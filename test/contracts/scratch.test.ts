/** The Scratch port: a second SQLite file, and a second table through the SDK over HTTP on a server that stands in for AWS. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, describe, expect, test } from 'vitest';
import { dynamoClient } from '../../functions/aws/dynamo-client.ts';
import { dynamoScratch } from '../../functions/aws/dynamo-scratch.ts';
import { scratchTable } from '../../infra/local/cloud/resources.ts';
import { openScratch } from '../../infra/local/scratch.ts';
import { Permanent, Transient } from '../../shared/case/faults.ts';
import { openMoto } from '../../infra/local/moto.ts';
import { scratchInMemory } from './desk.ts';
import { scratchContract } from './scratch.ts';

scratchContract('in SQLite', {
  async open(now) {
    const directory = mkdtempSync(join(tmpdir(), 'chi-tra-scratch-'));
    const scratch = openScratch(join(directory, 'scratch.sqlite'), now);
    return {
      scratch: scratch.port,
      async close() {
        scratch.close();
        rmSync(directory, { recursive: true });
      },
    };
  },
});

scratchContract('in memory', {
  open: async (now) => ({ scratch: scratchInMemory(now), close: async () => {} }),
});

const region = 'ap-southeast-1';
const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
const moto = await openMoto();

describe.skipIf(moto === undefined)('over HTTP', () => {
  const client = dynamoClient({ region, credentials, endpoint: moto?.endpoint ?? '' });
  let tables = 0;
  afterAll(async () => {
    client.destroy();
    await moto?.close();
  });

  scratchContract('on a stand-in of DynamoDB', {
    async open(now) {
      tables += 1;
      const name = `scratch-${tables}`;
      await client.send(new CreateTableCommand(scratchTable(name)));
      return {
        scratch: dynamoScratch({ client, name, now }),
        close: async () => {
          await client.send(new DeleteTableCommand({ TableName: name }));
        },
      };
    },
  });
});

describe('the scratch table on a bad day', () => {
  const named = (name: string, more: object = {}) => Object.assign(new Error(name), { name, ...more });
  function opened() {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region, credentials }));
    const waited: number[] = [];
    const wait = async (milliseconds: number) => void waited.push(milliseconds);
    return { mock: mockClient(client), scratch: dynamoScratch({ client, name: 'scratch', wait }), waited };
  }

  test('what is throttled is asked again, and given up as something that may pass', async () => {
    const { mock, scratch, waited } = opened();
    mock.on(PutCommand).rejectsOnce(named('ThrottlingException')).resolves({});
    await scratch.put('job', 'a', 'x');
    expect([mock.commandCalls(PutCommand).length, waited.length]).toEqual([2, 1]);
    mock.on(PutCommand).rejects(named('ThrottlingException'));
    await expect(scratch.put('job', 'a', 'x')).rejects.toThrow(Transient);
  });

  test('an insert whose answer was lost has won, and one that somebody else made has not', async () => {
    const { mock, scratch } = opened();
    let by = '';
    mock.on(PutCommand).callsFake((input) => {
      if (by === '') {
        by = String(input.Item.by);
        throw named('TimeoutError');
      }
      throw named('ConditionalCheckFailedException', { Item: { by: { S: by } } });
    });
    expect(await scratch.insert('lease', 'l', 'mine')).toBe(true);
    expect(await scratch.insert('lease', 'l', 'another')).toBe(false);
  });

  test('a replacing whose answer was lost is one, and one that somebody else was faster with is none', async () => {
    const { mock, scratch } = opened();
    mock.on(GetCommand).resolves({ Item: { kind: 'lease', key: 'l', value: 'before' } });
    let by = '';
    mock.on(PutCommand).callsFake((input) => {
      if (by === '') {
        by = String(input.Item.by);
        throw named('TimeoutError');
      }
      throw named('ConditionalCheckFailedException', { Item: { by: { S: by } } });
    });
    expect(await scratch.replace('lease', 'l', 'before', 'mine')).toBe(true);
    expect(await scratch.replace('lease', 'l', 'before', 'another')).toBe(false);
  });

  test('what was taken away with the answer lost is gone by us; what was gone before is not', async () => {
    const { mock, scratch } = opened();
    mock.on(GetCommand).resolves({ Item: { kind: 'lease', key: 'l', value: 'mine' } });
    mock.on(DeleteCommand).rejectsOnce(named('TimeoutError')).rejects(named('ConditionalCheckFailedException'));
    expect(await scratch.replace('lease', 'l', 'mine', undefined)).toBe(true);
    expect(await scratch.replace('lease', 'l', 'mine', undefined)).toBe(false);
  });

  test('a value that no item can hold is refused before it is sent', async () => {
    const { mock, scratch } = opened();
    // What is drawn by chance cannot be packed.
    const random = randomBytes(600_000).toString('base64');
    await expect(scratch.put('job', 'a', random)).rejects.toThrow(Permanent);
    expect(mock.calls()).toHaveLength(0);
  });
});
