/**
 * DynamoDB in memory, as far as the store's adapter uses it: conditions, transactions, tokens, indexes, pages, limits, and
 * the units that AWS would charge, by its published rules. It answers the SDK's own commands, before they are put on a wire.
 */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { bytesOf, readUnits, type Units, writeUnits } from './dynamo-units.ts';

const values = z.record(z.string(), z.unknown());
const names = z.record(z.string(), z.string());
const condition = {
  ConditionExpression: z.string().optional(),
  ExpressionAttributeNames: names.default({}),
  ExpressionAttributeValues: values.default({}),
};
const key = z.object({ stream: z.string(), seq: z.number() });
type Item = Readonly<Record<string, unknown>> & z.infer<typeof key>;
const action = z.union([
  z.object({ Put: z.object({ Item: key.loose(), ...condition }) }),
  z.object({ Delete: z.object({ Key: key, ...condition }) }),
  z.object({ ConditionCheck: z.object({ Key: key, ...condition }) }),
]);
const transaction = z.object({
  TransactItems: z.array(action).min(1).max(100),
  ClientRequestToken: z.string().optional(),
});
const batchGet = z.object({
  RequestItems: z.record(
    z.string(),
    z.object({ Keys: z.array(key).min(1).max(100), ConsistentRead: z.boolean().default(false) }),
  ),
});
const get = z.object({ Key: key, ConsistentRead: z.boolean().default(false) });
const query = z.object({
  IndexName: z.string().optional(),
  ConsistentRead: z.boolean().default(false),
  KeyConditionExpression: z.string(),
  ExpressionAttributeNames: names,
  ExpressionAttributeValues: values,
  Limit: z.number().int().positive().optional(),
  ExclusiveStartKey: key.loose().optional(),
});
type Condition = Pick<z.infer<typeof query>, 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>;

const mostItemBytes = 400 * 1024;
const mostRequestBytes = 4 * 1024 * 1024;
const mostPageBytes = 1024 * 1024;

export interface DynamoDouble {
  /** Takes over all requests of a client. */
  answer(client: DynamoDBDocumentClient): void;
  /** Charged since it was made. */
  readonly units: Units;
  /** Items that it holds, of each length in kB begun. */
  sizes(): ReadonlyMap<number, number>;
}

/** Takes each index's name with its partition attribute; the sort attribute of all is `stream`. */
export function dynamoDouble(indexes: readonly { readonly name: string; readonly attribute: string }[]): DynamoDouble {
  const streams = new Map<string, Map<number, Item>>();
  const indexed = new Map(indexes.map(({ name }) => [name, new Map<string, Map<string, Item>>()]));
  const tokens = new Set<string>();
  const units: Units = { write: 0, indexWrite: 0, claimWrite: 0, read: 0, requests: 0 };

  const itemAt = ({ stream, seq }: z.infer<typeof key>) => streams.get(stream)?.get(seq);

  function put(at: z.infer<typeof key>, item: Item | undefined): void {
    const old = itemAt(at);
    const ofStream = streams.get(at.stream) ?? new Map<number, Item>();
    streams.set(at.stream, ofStream);
    if (item === undefined) ofStream.delete(at.seq);
    else ofStream.set(at.seq, item);
    for (const { name, attribute } of indexes) {
      const [before, now] = [old?.[attribute], item?.[attribute]];
      if (before === now) continue;
      const index = indexed.get(name);
      const id = `${at.stream} ${at.seq}`;
      if (typeof before === 'string') index?.get(before)?.delete(id);
      if (typeof now !== 'string') continue;
      const partition = index?.get(now) ?? new Map<string, Item>();
      index?.set(now, partition.set(id, { ...at, [attribute]: now }));
    }
  }

  function transact(input: unknown) {
    const { TransactItems, ClientRequestToken } = transaction.parse(input);
    const writes = TransactItems.map(writeOf);
    const touched = new Set(writes.map(({ at }) => `${at.seq} ${at.stream}`));
    if (touched.size < writes.length) throw fault('ValidationException', 'a transaction names an item twice');
    const bytes = writes.map(({ item }) => (item === undefined ? 0 : bytesOf(item)));
    if (bytes.some((length) => length > mostItemBytes)) throw fault('ValidationException', 'an item over 400 kB');
    if (bytes.reduce((sum, length) => sum + length, 0) > mostRequestBytes)
      throw fault('ValidationException', 'a transaction over 4 MB');
    if (ClientRequestToken !== undefined && tokens.has(ClientRequestToken)) return {};
    // What is cancelled is charged as well.
    for (const { at, item, isCheck } of writes) {
      const old = itemAt(at);
      const charged = 2 * writeUnits(old, isCheck ? old : item);
      units.write += charged;
      if ((item ?? old)?.['holder'] !== undefined) units.claimWrite += charged;
      if (!isCheck) units.indexWrite += indexUnits(old, item);
    }
    const reasons = writes.map((write) =>
      holds(write.condition, itemAt(write.at))
        ? { Code: 'None' }
        : { Code: 'ConditionalCheckFailed', Item: onTheWire(itemAt(write.at)) },
    );
    if (reasons.some(({ Code }) => Code !== 'None')) {
      throw Object.assign(fault('TransactionCanceledException', 'a condition failed'), {
        CancellationReasons: reasons,
      });
    }
    if (ClientRequestToken !== undefined) tokens.add(ClientRequestToken);
    for (const { at, item, isCheck } of writes) if (!isCheck) put(at, item);
    return {};
  }

  /** An index entry that goes and one that comes are a write each; nothing else of the item is in the index. */
  function indexUnits(old: Item | undefined, item: Item | undefined): number {
    let count = 0;
    for (const { attribute } of indexes) {
      const [before, now] = [old?.[attribute], item?.[attribute]];
      if (before !== now) count += (before === undefined ? 0 : 1) + (now === undefined ? 0 : 1);
    }
    return count;
  }

  function getMany(input: unknown) {
    const [[table, { Keys, ConsistentRead }] = missing()] = Object.entries(batchGet.parse(input).RequestItems);
    for (const at of Keys) units.read += readUnits(itemAt(at), ConsistentRead);
    return { Responses: { [table]: Keys.map(itemAt).filter((item) => item !== undefined) } };
  }

  function getOne(input: unknown) {
    const { Key, ConsistentRead } = get.parse(input);
    const item = itemAt(Key);
    units.read += readUnits(item, ConsistentRead);
    return item === undefined ? {} : { Item: item };
  }

  function find(input: unknown) {
    const asked = query.parse(input);
    const { partition, after } = keysOf(asked);
    const all = asked.IndexName === undefined ? streams.get(partition) : indexed.get(asked.IndexName)?.get(partition);
    const start = asked.ExclusiveStartKey;
    const items = [...(all?.values() ?? [])]
      .filter(({ stream }) => after === undefined || compare(stream, after) > 0)
      .filter((item) => start === undefined || inOrder(item, start) > 0)
      .toSorted(inOrder);
    let bytes = 0;
    const page = items.slice(0, asked.Limit).filter((item) => (bytes += bytesOf(item)) <= mostPageBytes);
    const last = page.at(-1);
    units.read += Math.max(1, Math.ceil(bytes / 4096)) / (asked.ConsistentRead ? 1 : 2);
    const more = page.length < items.length && last !== undefined;
    return {
      Items: page,
      ...(more ? { LastEvaluatedKey: { stream: last.stream, seq: last.seq } } : {}),
    };
  }

  const commands: Readonly<Record<string, (input: unknown) => object>> = {
    TransactWriteItemsCommand: transact,
    BatchGetItemCommand: getMany,
    GetItemCommand: getOne,
    QueryCommand: find,
  };

  return {
    answer(client) {
      client.middlewareStack.add(
        (_next, { commandName = '' }) =>
          async ({ input }) => {
            units.requests += 1;
            const act = commands[commandName];
            if (act === undefined) throw fault('UnknownOperationException', commandName);
            return { output: { $metadata: {}, ...act(input) }, response: undefined };
          },
        { step: 'initialize', priority: 'low', name: 'dynamoDouble' },
      );
    },
    units,
    sizes() {
      const counted = new Map<number, number>();
      for (const ofStream of streams.values()) {
        for (const item of ofStream.values()) {
          const length = Math.ceil(bytesOf(item) / 1024);
          counted.set(length, (counted.get(length) ?? 0) + 1);
        }
      }
      return counted;
    },
  };
}

function writeOf(given: z.infer<typeof action>) {
  if ('Put' in given) return { at: given.Put.Item, item: given.Put.Item, condition: given.Put, isCheck: false };
  if ('Delete' in given) return { at: given.Delete.Key, item: undefined, condition: given.Delete, isCheck: false };
  return { at: given.ConditionCheck.Key, item: undefined, condition: given.ConditionCheck, isCheck: true };
}

/** `attribute_not_exists(#a)`, `#a = :v`, `#a IN (:v, …)`, joined by OR. */
function holds(
  { ConditionExpression, ...given }: Condition & { ConditionExpression?: string | undefined },
  item: Item | undefined,
) {
  if (ConditionExpression === undefined) return true;
  return ConditionExpression.split(' OR ').some((term) => {
    const missingOne = /^attribute_not_exists\((#\w+)\)$/.exec(term);
    if (missingOne !== null) return item?.[nameOf(missingOne[1], given)] === undefined;
    const [, name, one, several] = /^(#\w+) (?:= (:\w+)|IN \(([^)]+)\))$/.exec(term) ?? unknownTerm(term);
    const wanted = (several?.split(', ') ?? [one]).map((value) => given.ExpressionAttributeValues[value ?? '']);
    return item !== undefined && wanted.includes(item[nameOf(name, given)]);
  });
}

/** `#a = :v`, and for an index `#a = :v AND #stream > :after`. */
function keysOf(given: z.infer<typeof query>): { readonly partition: string; readonly after: string | undefined } {
  const term = given.KeyConditionExpression;
  const [, partition, after] = /^#\w+ = (:\w+)(?: AND #\w+ > (:\w+))?$/.exec(term) ?? unknownTerm(term);
  const textOf = (name: string | undefined) => z.string().parse(given.ExpressionAttributeValues[name ?? '']);
  return { partition: textOf(partition), after: after === undefined ? undefined : textOf(after) };
}

function nameOf(placeholder: string | undefined, { ExpressionAttributeNames }: Condition): string {
  return ExpressionAttributeNames[placeholder ?? ''] ?? unknownTerm(String(placeholder));
}

function unknownTerm(term: string): never {
  throw fault('ValidationException', `the double does not know ${term}`);
}

function missing(): never {
  throw fault('ValidationException', 'no table was asked for anything');
}

/** An item as an error shows it: the document client translates answers, and no errors. */
function onTheWire(item: Item | undefined) {
  if (item === undefined) return undefined;
  const typed = Object.entries(item).map(([name, value]) => {
    return [
      name,
      typeof value === 'string' ? { S: value } : typeof value === 'number' ? { N: `${value}` } : { B: value },
    ];
  });
  return Object.fromEntries(typed);
}

function fault(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

function inOrder(one: z.infer<typeof key>, other: z.infer<typeof key>): number {
  return one.stream === other.stream ? one.seq - other.seq : compare(one.stream, other.stream);
}

/** DynamoDB sorts text by its bytes in UTF-8, which is by code point. */
function compare(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
