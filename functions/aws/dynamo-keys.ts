/**
 * The wrapped keys of persons and files in the scratch table: one item a key, `kind` = `key#` and the owner, `key` = `wrapped`,
 * `wrapped` = the bytes. A partition an owner, so that thousands may be made at once.
 *
 * An erased key is gone from the table at once and from its recovery window when that has passed: until then whoever restores
 * the table to an instant before brings it back. Keep the window short (`recoveryPeriodInDays`), and make no other backup of it.
 */
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { WrappedKeys } from '../home/sealing.ts';
import { onLadder, pause, type Pause, sortOf } from './dynamo-faults.ts';
import type { Table } from './dynamo-table.ts';

const putsAtOnce = 20;
const item = z.object({ wrapped: z.instanceof(Uint8Array) });

/** Takes the scratch table and a client that does not try again by itself. */
export function dynamoKeys(table: Omit<Table, 'wait'> & { readonly wait?: Pause }): WrappedKeys {
  const { client, name: TableName, wait = pause } = table;

  /** Whether it was written; one whose answer was lost is taken for another's, and read. */
  async function isInserted(owner: string, wrapped: Uint8Array): Promise<boolean> {
    const command = new PutCommand({
      TableName,
      Item: { ...keyOf(owner), wrapped },
      ConditionExpression: 'attribute_not_exists(#kind)',
      ExpressionAttributeNames: { '#kind': 'kind' },
    });
    try {
      await onLadder(async () => client.send(command), wait);
      return true;
    } catch (error) {
      if (sortOf(error) !== 'refused') throw error;
      return false;
    }
  }

  return {
    async get(owner) {
      const command = new GetCommand({ TableName, Key: keyOf(owner), ConsistentRead: true });
      const { Item } = await onLadder(async () => client.send(command), wait);
      return Item === undefined ? undefined : item.parse(Item).wrapped;
    },
    async insertMany(keys) {
      const left = [...keys];
      const written: string[] = [];
      const lane = async () => {
        for (let next = left.shift(); next !== undefined; next = left.shift()) {
          if (await isInserted(...next)) written.push(next[0]);
        }
      };
      await Promise.all(Array.from({ length: putsAtOnce }, lane));
      return written;
    },
    async remove(owner) {
      const command = new DeleteCommand({ TableName, Key: keyOf(owner) });
      await onLadder(async () => client.send(command), wait);
    },
  };
}

function keyOf(owner: string): { readonly kind: string; readonly key: string } {
  return { kind: `key#${owner}`, key: 'wrapped' };
}
