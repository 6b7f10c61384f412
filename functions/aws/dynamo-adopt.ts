/**
 * A history of another home in the table, with its own hashes: sealed entries and claims first, its head last, so that a head
 * is never there without them. Written again it is the same; where another history or claim lies, it is refused.
 */
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Adopted } from '../../shared/case/adopt.ts';
import { Permanent } from '../../shared/case/faults.ts';
import type { Entry } from '../../shared/case/store.ts';
import { onLadder, pause, sortOf } from './dynamo-faults.ts';
import { claimItem, headItem, packed } from './dynamo-items.ts';
import type { Walk } from './dynamo-scan.ts';

/** Of an item of sealed entries; they are read whole, and DynamoDB takes 400 kB. */
const mostSealedBytes = 100_000;
/** What a head is cut to where it can be: a write is paid by the kB begun. */
const mostHeadBytes = 800;
const actionsAtOnce = 50;

export async function adoptHistory({ stream, entries, row, claims }: Adopted, table: Walk['table']): Promise<void> {
  const last = entries.at(-1);
  if (last === undefined) return;
  const { sealed, tail } = cut(entries);
  const items = [
    ...sealed.map((own) => ({ stream, seq: own[0]?.seq ?? 0, entries: packed(own) })),
    ...claims.map((key) => claimItem(key, stream)),
  ];
  for (let start = 0; start < items.length; start += actionsAtOnce) {
    await write(items.slice(start, start + actionsAtOnce), table);
  }
  await write([headItem(stream, last.seq, packed(tail), tail, row)], table);
}

/** The newest entries that fit into a head of a kB, at least one; before them as many to an item as it holds. */
function cut(entries: readonly Entry[]): {
  readonly sealed: readonly (readonly Entry[])[];
  readonly tail: readonly Entry[];
} {
  let from = entries.length - 1;
  while (from > 0 && packed(entries.slice(from - 1)).length <= mostHeadBytes) from -= 1;
  const sealed: Entry[][] = [];
  let bytes = 0;
  for (const entry of entries.slice(0, from)) {
    // Not deflated: no item comes out larger than this says.
    const own = Buffer.byteLength(entry.data) + Buffer.byteLength(entry.effects) + 300;
    const open = sealed.at(-1);
    if (open === undefined || bytes + own > mostSealedBytes) sealed.push([entry]);
    else open.push(entry);
    bytes = open === undefined || bytes + own > mostSealedBytes ? own : bytes + own;
  }
  return { sealed, tail: entries.slice(from) };
}

async function write(
  items: readonly Readonly<Record<string, unknown>>[],
  { client, name, wait = pause }: Walk['table'],
): Promise<void> {
  if (items.length === 0) return;
  const TransactItems = items.map((item) => ({ Put: { TableName: name, Item: { ...item }, ...unlessTaken(item) } }));
  try {
    await onLadder(async () => client.send(new TransactWriteCommand({ TransactItems })), wait);
  } catch (error) {
    if (sortOf(error) !== 'refused') throw error;
    const { stream } = items[0] ?? {};
    throw new Permanent(`something else lies where ${String(stream)} was to arrive`, { cause: error });
  }
}

/** Nothing, or what is its own already: a head that ends there, a claim that it holds. Sealed entries go before their head. */
function unlessTaken(item: Readonly<Record<string, unknown>>) {
  const own = 'holder' in item ? 'holder' : 'last';
  if (!(own in item)) return {};
  return {
    ConditionExpression: 'attribute_not_exists(#stream) OR #own = :own',
    ExpressionAttributeNames: { '#stream': 'stream', '#own': own },
    ExpressionAttributeValues: { ':own': item[own] },
  };
}
