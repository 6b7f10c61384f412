/** Tables of the store for tests: on the double in memory, and on a server that stands in for AWS. */
import { CreateTableCommand, DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoClient } from '../functions/aws/dynamo-client.ts';
import { historiesShape } from '../functions/aws/table-shape.ts';
import { dynamoDouble } from '../infra/local/simulation/dynamo-double.ts';
import type { Files } from '../shared/case/ports.ts';
import { sha256 } from '../shared/hash.ts';

const { partition, sort, indexes } = historiesShape;

export const region = 'ap-southeast-1';
export const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };

/** A client whose one table lies in memory. */
export function doubled() {
  const client = dynamoClient({ region, credentials });
  const double = dynamoDouble(Object.values(indexes));
  double.answer(client);
  return { client, name: 'histories', double };
}

export async function createTable(client: DynamoDBDocumentClient, name: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: name,
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
      GlobalSecondaryIndexes: Object.values(indexes).map(({ name: index, attribute }) => ({
        IndexName: index,
        KeySchema: [
          { AttributeName: attribute, KeyType: 'HASH' as const },
          { AttributeName: partition.name, KeyType: 'RANGE' as const },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' as const },
      })),
    }),
  );
}

export async function deleteTable(client: DynamoDBDocumentClient, name: string): Promise<void> {
  await client.send(new DeleteTableCommand({ TableName: name }));
}

/** Nothing is sealed, and what is kept can be taken away. */
export function memoryFiles(): Files & { readonly kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    async put(content) {
      const hash = sha256(content);
      kept.set(hash, content);
      return hash;
    },
    get: async (hash) => kept.get(hash),
  };
}
