/**
 * DynamoDB in memory, as far as the store's adapter uses it: conditions, transactions, tokens, indexes, pages, limits, and
 * the units that AWS would charge, by its published rules. It answers the SDK's own commands, before they are put on a wire.
 */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { fault, holds, keysOf } from './dynamo-expressions.ts';
import { bytesOf, readUnits, readUnitsOf, type Units, writeUnits } from './dynamo-units.ts';

const values = z.record(z.string(), z.unknown());
const names = z.record(z.string(), z.string());
const condition = {
  ConditionExpression: z.string().optional(),
  ExpressionAttributeNames: names.default({}),
  ExpressionAttributeValues: values.default({}),
};
const key = z.object({ stream: z.string(), seq: z.number() });
type Key = z.infer<typeof key>;
type Item = Readonly<Record<string, unknown>> & Key;
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

const scan = z.object({
  ConsistentRead: z.boolean().default(false),
  Segment: z.number().int().nonnegative().default(0),
  TotalSegments: z.number().int().positive().default(1),
  Limit: z.number().int().positive().optional(),
  ExclusiveStartKey: key.loose().optional(),
});

const mostItemBytes = 400 * 1024;
const mostRequestBytes = 4 * 1024 * 1024;
const mostPageBytes = 1024 * 1024;

export interface DynamoDouble {
  /** Takes over all requests of a client. */
  answer(client: DynamoDBDocumentClient): void;
  /** Charged since it was made. */
  readonly units: Units;
  /** Its items by their length in kB begun. */
  sizes(): ReadonlyMap<number, readonly object[]>;
}

type Indexes = readonly { readonly name: string; readonly attribute: string }[];

/** Takes each index's name with its partition attribute; the sort attribute of all is `stream`. */
export function dynamoDouble(indexes: Indexes): DynamoDouble {
  const table = tableOf(indexes);
  const units: Units = { write: 0, indexWrite: 0, claimWrite: 0, read: 0, requests: 0 };
  const commands: Readonly<Record<string, (input: unknown) => object>> = {
    TransactWriteItemsCommand: transactions(table, indexes, units),
    BatchGetItemCommand: (input) => getMany(batchGet.parse(input), table, units),
    GetItemCommand: (input) => getOne(get.parse(input), table, units),
    QueryCommand: (input) => find(query.parse(input), table, units),
    ScanCommand: (input) => scanned(scan.parse(input), table, units),
    ...alterations(table),
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
    sizes: () => Map.groupBy(table.all(), (item) => Math.ceil(bytesOf(item) / 1024)),
  };
}

/** Items by their keys, and the partitions of the indexes beside them. */
interface Table {
  at(of: Key): Item | undefined;
  put(of: Key, item: Item | undefined): void;
  /** Of the table itself, or of an index: in no order. */
  partition(value: string, index?: string): Iterable<Item>;
  all(): Iterable<Item>;
  streams(): Iterable<string>;
}

function tableOf(indexes: Indexes): Table {
  const streams = new Map<string, Map<number, Item>>();
  const indexed = new Map(indexes.map(({ name }) => [name, new Map<string, Map<string, Item>>()]));
  const at = ({ stream, seq }: Key) => streams.get(stream)?.get(seq);

  function reindex(of: Key, old: Item | undefined, item: Item | undefined): void {
    const id = `${of.stream} ${of.seq}`;
    for (const { name, attribute } of indexes) {
      const [before, now] = [old?.[attribute], item?.[attribute]];
      const index = indexed.get(name);
      if (before === now) continue;
      if (typeof before === 'string') index?.get(before)?.delete(id);
      if (typeof now !== 'string') continue;
      const partition = index?.get(now) ?? new Map<string, Item>();
      index?.set(now, partition.set(id, { stream: of.stream, seq: of.seq, [attribute]: now }));
    }
  }

  return {
    at,
    put(of, item) {
      reindex(of, at(of), item);
      const ofStream = streams.get(of.stream) ?? new Map<number, Item>();
      streams.set(of.stream, ofStream);
      if (item === undefined) ofStream.delete(of.seq);
      else ofStream.set(of.seq, item);
    },
    partition: (value, index) =>
      (index === undefined ? streams.get(value) : indexed.get(index)?.get(value))?.values() ?? [],
    streams: () => streams.keys(),
    *all() {
      for (const ofStream of streams.values()) yield* ofStream.values();
    },
  };
}

/** All or nothing, once a token. */
function transactions(table: Table, indexes: Indexes, units: Units): (input: unknown) => object {
  const tokens = new Set<string>();
  return (input) => {
    const { TransactItems, ClientRequestToken } = transaction.parse(input);
    const writes = TransactItems.map(writeOf);
    refuseTooMuch(writes);
    if (ClientRequestToken !== undefined && tokens.has(ClientRequestToken)) return {};
    // What is cancelled is charged as well.
    for (const write of writes) charge(write, table.at(write.at), indexes, units);
    const reasons = writes.map(({ at, condition: asked }) =>
      holds(asked, table.at(at)) ? { Code: 'None' } : { Code: refused, Item: onTheWire(table.at(at)) },
    );
    if (reasons.some(({ Code }) => Code === refused)) {
      throw Object.assign(fault('TransactionCanceledException', refused), { CancellationReasons: reasons });
    }
    if (ClientRequestToken !== undefined) tokens.add(ClientRequestToken);
    for (const { at, item, isCheck } of writes) if (!isCheck) table.put(at, item);
    return {};
  };
}

const refused = 'ConditionalCheckFailed';

function refuseTooMuch(writes: readonly Write[]): void {
  const touched = new Set(writes.map(({ at }) => `${at.seq} ${at.stream}`));
  if (touched.size < writes.length) throw fault('ValidationException', 'a transaction names an item twice');
  const bytes = writes.map(({ item }) => (item === undefined ? 0 : bytesOf(item)));
  if (bytes.some((length) => length > mostItemBytes)) throw fault('ValidationException', 'an item over 400 kB');
  const all = bytes.reduce((sum, length) => sum + length, 0);
  if (all > mostRequestBytes) throw fault('ValidationException', 'a transaction over 4 MB');
}

/** An index entry that goes and one that comes are a write each; nothing else of the item is in the index. */
function charge({ item, isCheck }: Write, old: Item | undefined, indexes: Indexes, units: Units): void {
  const charged = 2 * writeUnits(old, isCheck ? old : item);
  units.write += charged;
  if ((item ?? old)?.['holder'] !== undefined) units.claimWrite += charged;
  if (isCheck) return;
  for (const { attribute } of indexes) {
    const [before, now] = [old?.[attribute], item?.[attribute]];
    if (before !== now) units.indexWrite += (before === undefined ? 0 : 1) + (now === undefined ? 0 : 1);
  }
}

/** What the store itself never asks for, and somebody who only has the table can do: past every condition, and uncharged. */
function alterations(table: Table): Readonly<Record<string, (input: unknown) => object>> {
  return {
    PutItemCommand(input) {
      const { Item: item } = z.object({ Item: key.loose() }).parse(input);
      table.put(item, item);
      return {};
    },
    DeleteItemCommand(input) {
      table.put(z.object({ Key: key }).parse(input).Key, undefined);
      return {};
    },
  };
}

function getMany({ RequestItems }: z.infer<typeof batchGet>, table: Table, units: Units) {
  const [[name, { Keys, ConsistentRead }] = noTable()] = Object.entries(RequestItems);
  const touched = new Set(Keys.map(({ stream, seq }) => `${seq} ${stream}`));
  if (touched.size < Keys.length) throw fault('ValidationException', 'an item was asked for twice');
  for (const of of Keys) units.read += readUnits(table.at(of), ConsistentRead);
  return { Responses: { [name]: Keys.map(table.at).filter((item) => item !== undefined) } };
}

function getOne({ Key: of, ConsistentRead }: z.infer<typeof get>, table: Table, units: Units) {
  const item = table.at(of);
  units.read += readUnits(item, ConsistentRead);
  return item === undefined ? {} : { Item: item };
}

function find(asked: z.infer<typeof query>, table: Table, units: Units) {
  const { partition, after } = keysOf(asked);
  const { ExclusiveStartKey: start } = asked;
  const items = [...table.partition(partition, asked.IndexName)]
    .filter(({ stream }) => after === undefined || compare(stream, after) > 0)
    .filter((item) => start === undefined || inOrder(item, start) > 0)
    .toSorted(inOrder);
  return pageOf(items, asked, units);
}

/** Which segment a partition lies in, and in which order they come, is nobody's business: here by the sum of its letters and by name. */
function scanned(asked: z.infer<typeof scan>, table: Table, units: Units) {
  const { ExclusiveStartKey: start, Segment, TotalSegments } = asked;
  const streams = [...table.streams()]
    .filter((stream) => start === undefined || stream >= start.stream)
    .filter((stream) => Buffer.from(stream).reduce((sum, byte) => sum + byte, 0) % TotalSegments === Segment)
    .toSorted();
  function* items() {
    for (const stream of streams) {
      const own = [...table.partition(stream)].toSorted(inOrder);
      yield* own.filter((item) => start === undefined || stream !== start.stream || inOrder(item, start) > 0);
    }
  }
  return pageOf(items(), asked, units);
}

function pageOf(
  items: Iterable<Item>,
  { Limit, ConsistentRead }: { readonly Limit?: number | undefined; readonly ConsistentRead: boolean },
  units: Units,
) {
  const page: Item[] = [];
  let bytes = 0;
  let isMore = false;
  for (const item of items) {
    isMore = page.length === Limit || bytes > mostPageBytes;
    if (isMore) break;
    bytes += bytesOf(item);
    page.push(item);
  }
  units.read += readUnitsOf(bytes, ConsistentRead);
  const last = isMore ? page.at(-1) : undefined;
  return { Items: page, ...(last === undefined ? {} : { LastEvaluatedKey: { stream: last.stream, seq: last.seq } }) };
}

interface Write {
  readonly at: Key;
  /** `undefined` when it goes. */
  readonly item: Item | undefined;
  readonly condition: Parameters<typeof holds>[0];
  readonly isCheck: boolean;
}

function writeOf(given: z.infer<typeof action>): Write {
  if ('Put' in given) return { at: given.Put.Item, item: given.Put.Item, condition: given.Put, isCheck: false };
  if ('Delete' in given) return { at: given.Delete.Key, item: undefined, condition: given.Delete, isCheck: false };
  return { at: given.ConditionCheck.Key, item: undefined, condition: given.ConditionCheck, isCheck: true };
}

function noTable(): never {
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

function inOrder(one: Key, other: Key): number {
  return one.stream === other.stream ? one.seq - other.seq : compare(one.stream, other.stream);
}

/** DynamoDB sorts text by its bytes in UTF-8, which is by code point. */
function compare(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
