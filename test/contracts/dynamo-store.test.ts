/** The Store port on DynamoDB: on a double in memory, and through the SDK over HTTP on a server that stands in for AWS. */
import { CreateTableCommand, DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, describe } from 'vitest';
import { dynamoClient } from '../../functions/aws/dynamo-client.ts';
import { dynamoStore, indexes } from '../../functions/aws/dynamo-store.ts';
import { historiesShape } from '../../functions/aws/table-shape.ts';
import { dynamoDouble } from '../../infra/local/simulation/dynamo-double.ts';
import { openMoto } from '../moto.ts';
import { storeContract } from './store.ts';

const { partition, sort } = historiesShape;
const region = 'ap-southeast-1';
const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };

storeContract('on a double of DynamoDB', async () => {
  const client = dynamoClient({ region, credentials });
  dynamoDouble(Object.values(indexes)).answer(client);
  return { store: dynamoStore({ client, name: 'histories' }), close: async () => client.destroy() };
});

const moto = await openMoto();

describe.skipIf(moto === undefined)('over HTTP', () => {
  const client = dynamoClient({ region, credentials, endpoint: moto?.endpoint ?? '' });
  let tables = 0;
  afterAll(async () => {
    client.destroy();
    await moto?.close();
  });

  storeContract(
    'on a stand-in of DynamoDB',
    async () => {
      tables += 1;
      const TableName = `histories-${tables}`;
      await client.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [
            { AttributeName: partition.name, AttributeType: partition.type },
            { AttributeName: sort.name, AttributeType: sort.type },
            ...Object.values(indexes).map(({ attribute }) => {
              return { AttributeName: attribute, AttributeType: 'S' as const };
            }),
          ],
          KeySchema: [
            { AttributeName: partition.name, KeyType: 'HASH' },
            { AttributeName: sort.name, KeyType: 'RANGE' },
          ],
          GlobalSecondaryIndexes: Object.values(indexes).map(({ name, attribute }) => ({
            IndexName: name,
            KeySchema: [
              { AttributeName: attribute, KeyType: 'HASH' as const },
              { AttributeName: partition.name, KeyType: 'RANGE' as const },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' as const },
          })),
        }),
      );
      return {
        store: dynamoStore({ client, name: TableName }),
        close: async () => {
          await client.send(new DeleteTableCommand({ TableName }));
        },
      };
    },
    { isForSmallTables: true },
  );
});
