/** Reading many items of the store's table by key, and whole histories and indexes page by page. */
import { BatchGetCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { Transient } from '../../shared/case/faults.ts';
import { ladder, onLadder, type Pause } from './dynamo-faults.ts';

export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
  readonly wait: Pause;
}

export type Item = Readonly<Record<string, unknown>>;
interface Key {
  readonly stream: string;
  readonly seq: number;
}

/** DynamoDB takes no more keys in one request. */
const mostKeys = 100;

/** Those that exist, in no order. What a busy table leaves out is asked for again on the ladder. */
export async function itemsOf(keys: readonly Key[], isConsistent: boolean, table: Table): Promise<readonly Item[]> {
  const groups = Array.from({ length: Math.ceil(keys.length / mostKeys) }, (_, index) =>
    keys.slice(index * mostKeys, (index + 1) * mostKeys),
  );
  return (await Promise.all(groups.map(async (group) => batchOf(group, isConsistent, table)))).flat();
}

async function batchOf(keys: readonly Key[], isConsistent: boolean, table: Table): Promise<readonly Item[]> {
  const { client, name, wait } = table;
  const found: Item[] = [];
  let left: readonly Record<string, unknown>[] = keys.map(({ stream, seq }) => ({ stream, seq }));
  for (const step of [...ladder, undefined]) {
    const request = { [name]: { Keys: [...left], ConsistentRead: isConsistent } };
    const came = await onLadder(async () => client.send(new BatchGetCommand({ RequestItems: request })), wait);
    found.push(...(came.Responses?.[name] ?? []));
    left = came.UnprocessedKeys?.[name]?.Keys ?? [];
    if (left.length === 0) return found;
    if (step !== undefined) await wait(step);
  }
  throw new Transient(`the table is busy: ${left.length} of ${keys.length} items were not read`);
}

/** Every item of a history, its head first; read as it is now. */
export async function historyItems(stream: string, { client, name, wait }: Table): Promise<readonly Item[]> {
  const found: Item[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const query = new QueryCommand({
      TableName: name,
      ConsistentRead: true,
      KeyConditionExpression: '#stream = :stream',
      ExpressionAttributeNames: { '#stream': 'stream' },
      ExpressionAttributeValues: { ':stream': stream },
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const page = await onLadder(async () => client.send(query), wait);
    found.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return found;
}

/** Streams of an index partition after a stream, in their order: at most so many, fewer only at the end. */
export async function indexedStreams(
  index: { readonly name: string; readonly attribute: string; readonly value: string },
  after: string | undefined,
  most: number,
  { client, name, wait }: Table,
): Promise<readonly Item[]> {
  const found: Item[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const query = new QueryCommand({
      TableName: name,
      IndexName: index.name,
      KeyConditionExpression: after === undefined ? '#of = :of' : '#of = :of AND #stream > :after',
      ExpressionAttributeNames: { '#of': index.attribute, ...(after === undefined ? {} : { '#stream': 'stream' }) },
      ExpressionAttributeValues: { ':of': index.value, ...(after === undefined ? {} : { ':after': after }) },
      Limit: most - found.length,
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const page = await onLadder(async () => client.send(query), wait);
    found.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined && found.length < most);
  return found;
}
