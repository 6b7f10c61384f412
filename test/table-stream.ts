/** Plays the stream of a DynamoDB table, with new and old images, as a Pipe hands its records over. */
import { type AttributeValue, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';

type Item = Readonly<Record<string, AttributeValue>>;

export interface TableStream {
  /** What changed since the last call; every item once, so that it is called after each commit. */
  records(): Promise<readonly unknown[]>;
}

/** Starts at what is in the table now. */
export async function tableStream(client: DynamoDBClient, table: string): Promise<TableStream> {
  let before = await itemsOf(client, table);
  return {
    async records() {
      const after = await itemsOf(client, table);
      const keys = new Set([...before.keys(), ...after.keys()]);
      const found = [...keys].flatMap((key) => recordOf(before.get(key), after.get(key)));
      before = after;
      return found;
    },
  };
}

async function itemsOf(client: DynamoDBClient, table: string): Promise<ReadonlyMap<string, Item>> {
  const found = new Map<string, Item>();
  let from: Record<string, AttributeValue> | undefined;
  do {
    const scan = new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey: from });
    const page = await client.send(scan);
    for (const item of page.Items ?? []) found.set(`${item['stream']?.S}\n${item['seq']?.N}`, item);
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return found;
}

function recordOf(before: Item | undefined, after: Item | undefined): readonly unknown[] {
  const [old, fresh] = [imageOf(before), imageOf(after)];
  if (JSON.stringify(old) === JSON.stringify(fresh)) return [];
  const { stream, seq } = after ?? before ?? {};
  return [
    {
      eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
      eventSource: 'aws:dynamodb',
      dynamodb: {
        Keys: imageOf({ ...(stream === undefined ? {} : { stream }), ...(seq === undefined ? {} : { seq }) }),
        ...(fresh === undefined ? {} : { NewImage: fresh }),
        ...(old === undefined ? {} : { OldImage: old }),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    },
  ];
}

/** Binary attributes as base64, as they stand in an event. */
function imageOf(item: Item | undefined): unknown {
  if (item === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      value.B === undefined ? value : { B: Buffer.from(value.B).toString('base64') },
    ]),
  );
}
