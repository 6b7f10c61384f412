/**
 * What happened in the cloud: the table's stream, played, through the function of the Pipe to a bus of the server that stands in
 * for AWS. That server runs no rule of ours: its archive counts what the bus took.
 */
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateArchiveCommand,
  CreateEventBusCommand,
  DescribeArchiveCommand,
  EventBridgeClient,
} from '@aws-sdk/client-eventbridge';
import { afterAll, describe, expect, test } from 'vitest';
import { eventBridgeBus, readBusEvent, toldOf } from '../../functions/aws/bus-events.ts';
import { dynamoClient } from '../../functions/aws/dynamo-client.ts';
import { dynamoStore, indexes } from '../../functions/aws/dynamo-store.ts';
import { clientSettings } from '../../functions/aws/service-clients.ts';
import { openMoto } from '../../infra/local/moto.ts';
import { tableStream } from '../table-stream.ts';
import { eventsContract, type Told } from './events.ts';

const moto = await openMoto();

describe.skipIf(moto === undefined)('over HTTP', () => {
  const place = {
    region: 'ap-southeast-1',
    endpoint: moto?.endpoint ?? '',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  };
  const [client, plain, bus] = [
    dynamoClient(place),
    new DynamoDBClient(place),
    new EventBridgeClient(clientSettings(place)),
  ];
  let made = 0;
  afterAll(async () => {
    for (const each of [client, plain, bus]) each.destroy();
    await moto?.close();
  });

  async function newTable(): Promise<string> {
    made += 1;
    const TableName = `histories-${made}`;
    await plain.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'stream', AttributeType: 'S' },
          { AttributeName: 'seq', AttributeType: 'N' },
          ...Object.values(indexes).map(({ attribute }) => ({ AttributeName: attribute, AttributeType: 'S' as const })),
        ],
        KeySchema: [
          { AttributeName: 'stream', KeyType: 'HASH' },
          { AttributeName: 'seq', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: Object.values(indexes).map(({ name, attribute }) => ({
          IndexName: name,
          KeySchema: [
            { AttributeName: attribute, KeyType: 'HASH' as const },
            { AttributeName: 'stream', KeyType: 'RANGE' as const },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' as const },
        })),
      }),
    );
    return TableName;
  }

  eventsContract('from a stream of the table', async () => {
    const name = await newTable();
    const store = dynamoStore({ client, name });
    const stream = await tableStream(plain, name);
    let told: Told[] = [];
    return {
      store: {
        ...store,
        async commit(changes) {
          const outcome = await store.commit(changes);
          for (const { stream: of, entries } of toldOf(await stream.records())) {
            told.push(...entries.map((one) => ({ stream: of, ...one })));
          }
          return outcome;
        },
      },
      async told() {
        const since = told;
        told = [];
        return since;
      },
      close: async () => void (await plain.send(new DeleteTableCommand({ TableName: name }))),
    };
  });

  test('the bus takes more events than one request holds, in their form', async () => {
    const { EventBusArn = '' } = await bus.send(new CreateEventBusCommand({ Name: 'chi-tra' }));
    const EventPattern = JSON.stringify({ source: ['chi-tra'], 'detail-type': ['entries'] });
    await bus.send(new CreateArchiveCommand({ ArchiveName: 'all', EventSourceArn: EventBusArn, EventPattern }));
    const details = Array.from({ length: 23 }, (_, index) => ({
      stream: `case/${index}`,
      entries: [{ seq: 1, kind: 'submitted', at: '2025-10-08T02:00:00.000Z' }],
    }));
    await eventBridgeBus(bus, { busName: 'chi-tra' }).tell(details);
    const { EventCount } = await bus.send(new DescribeArchiveCommand({ ArchiveName: 'all' }));
    expect(EventCount).toBe(details.length);
    const [detail] = details;
    expect(readBusEvent({ source: 'chi-tra', 'detail-type': 'entries', detail })).toEqual(detail);
  });
});
