/**
 * The Scratch port on DynamoDB: a table of its own, partition key `kind`, sort key `key`, both text.
 *
 * | attribute | holds |
 * |---|---|
 * | `value` | the text; deflated bytes where it is long |
 * | `until` | milliseconds of the epoch, exact: an expired item is none, whether or not it was deleted yet |
 * | `expiresAt` | the same in seconds, rounded up, by which the table deletes it some day: name it as time-to-live |
 * | `by` | of the request that inserted or replaced it |
 *
 * A partition a kind: none of them is written by many at once but sessions, which a province has some dozens of.
 */
import { randomUUID } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { DeleteCommand, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Permanent } from '../../shared/case/faults.ts';
import type { Kept, Scratch } from '../../shared/case/scratch.ts';
import { onLadder, pause, type Pause, sortOf } from './dynamo-faults.ts';
import type { Table } from './dynamo-table.ts';
import { scratchShape } from './table-shape.ts';

/** Shorter than the unit that writing is paid by. */
const longestInClear = 700;
/** An item may hold 400 kB with its keys. */
const mostBytes = 390_000;
const mostInflated = 64_000_000;

const item = z.object({
  key: z.string(),
  value: z.union([z.string(), z.instanceof(Uint8Array)]),
  until: z.number().optional(),
});
const refusedItem = z.object({ Item: z.object({ by: z.object({ S: z.string() }).optional() }).optional() });

/** Takes a client that does not try again by itself. Throws Permanent for a value that no item can hold. */
export function dynamoScratch(
  settings: Omit<Table, 'wait'> & { readonly wait?: Pause; readonly now?: () => number },
): Scratch {
  const { client, name: TableName, wait = pause, now = Date.now } = settings;
  const isLive = ({ until }: { readonly until?: number | undefined }) => until === undefined || until > now();

  async function live(kind: string, key: string): Promise<string | Uint8Array | undefined> {
    const command = new GetCommand({ TableName, Key: { kind, key }, ConsistentRead: true });
    const { Item } = await onLadder(async () => client.send(command), wait);
    const read = Item === undefined ? undefined : item.parse(Item);
    return read === undefined || !isLive(read) ? undefined : read.value;
  }

  async function found(kind: string, isLatestFirst: boolean, most = Number.POSITIVE_INFINITY): Promise<Kept[]> {
    const kept: Kept[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const query = new QueryCommand({
        TableName,
        ConsistentRead: true,
        ScanIndexForward: !isLatestFirst,
        KeyConditionExpression: '#kind = :kind',
        ExpressionAttributeNames: { '#kind': scratchShape.partition.name },
        ExpressionAttributeValues: { ':kind': kind },
        ...(Number.isFinite(most) ? { Limit: most } : {}),
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      });
      const page = await onLadder(async () => client.send(query), wait);
      const live = (page.Items ?? []).map((one) => item.parse(one)).filter(isLive);
      kept.push(...live.map(({ key, value }) => ({ key, value: clear(value) })));
      from = page.LastEvaluatedKey;
    } while (from !== undefined && kept.length < most);
    return kept.slice(0, most);
  }

  return {
    async get(kind, key) {
      const standing = await live(kind, key);
      return standing === undefined ? undefined : clear(standing);
    },
    async put(kind, key, value, expiresAt) {
      const command = new PutCommand({ TableName, Item: { kind, key, ...stored(value, expiresAt) } });
      await onLadder(async () => client.send(command), wait);
    },
    async insert(kind, key, value, expiresAt) {
      const by = randomUUID();
      const command = new PutCommand({
        TableName,
        Item: { kind, key, by, ...stored(value, expiresAt) },
        ConditionExpression: 'attribute_not_exists(#kind) OR #until <= :now',
        ExpressionAttributeNames: { '#kind': scratchShape.partition.name, '#until': 'until' },
        ExpressionAttributeValues: { ':now': now() },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        await onLadder(async () => client.send(command), wait);
        return true;
      } catch (error) {
        if (sortOf(error) !== 'refused') throw error;
        // Ours, when the answer to an earlier try was lost.
        return refusedItem.safeParse(error).data?.Item?.by?.S === by;
      }
    },
    async replace(kind, key, before, after, expiresAt) {
      const standing = await live(kind, key);
      if (standing === undefined || clear(standing) !== before) return false;
      const by = randomUUID();
      const condition = {
        TableName,
        ConditionExpression: '#value = :before',
        ExpressionAttributeNames: { '#value': 'value' },
        // As it lies: another version of the packer makes other bytes of one text.
        ExpressionAttributeValues: { ':before': standing },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      } as const;
      let isUnsure = false;
      const send = async () =>
        after === undefined
          ? client.send(new DeleteCommand({ ...condition, Key: { kind, key } }))
          : client.send(new PutCommand({ ...condition, Item: { kind, key, by, ...stored(after, expiresAt) } }));
      try {
        await onLadder<unknown>(send, wait, () => (isUnsure = true));
        return true;
      } catch (error) {
        if (sortOf(error) !== 'refused') throw error;
        // Ours, when the answer to an earlier try was lost.
        const { Item } = refusedItem.safeParse(error).data ?? {};
        return after === undefined ? isUnsure && Item === undefined : Item?.by?.S === by;
      }
    },
    async remove(kind, key) {
      const command = new DeleteCommand({ TableName, Key: { kind, key } });
      await onLadder(async () => client.send(command), wait);
    },
    list: async (kind) => found(kind, false),
    latest: async (kind, most) => (most < 1 ? [] : found(kind, true, most)),
  };
}

function stored(value: string, expiresAt: number | undefined) {
  const kept = value.length <= longestInClear ? value : deflateRawSync(value);
  if (kept.length > mostBytes) throw new Permanent(`a value of ${kept.length} bytes is too long for the scratch table`);
  const limit = expiresAt === undefined || expiresAt === Number.MAX_SAFE_INTEGER ? undefined : expiresAt;
  return { value: kept, ...(limit === undefined ? {} : { until: limit, expiresAt: Math.ceil(limit / 1000) }) };
}

function clear(value: string | Uint8Array): string {
  if (typeof value === 'string') return value;
  return inflateRawSync(value, { maxOutputLength: mostInflated }).toString('utf8');
}
