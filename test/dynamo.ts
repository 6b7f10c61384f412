/** Tables of the store for tests: on the double in memory, and on a server that stands in for AWS. */
import { CreateTableCommand, DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoClient } from '../functions/aws/dynamo-client.ts';
import { historiesShape } from '../functions/aws/table-shape.ts';
import { historiesTable } from '../infra/local/cloud/resources.ts';
import { dynamoDouble } from '../infra/local/simulation/dynamo-double.ts';
import type { Files } from '../shared/case/ports.ts';
import { sha256 } from '../shared/hash.ts';

export const region = 'ap-southeast-1';
export const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };

/** A client whose one table lies in memory. */
export function doubled() {
  const client = dynamoClient({ region, credentials });
  const double = dynamoDouble(Object.values(historiesShape.indexes));
  double.answer(client);
  return { client, name: 'histories', double };
}

export async function createTable(client: DynamoDBDocumentClient, name: string): Promise<void> {
  await client.send(new CreateTableCommand(historiesTable(name)));
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
