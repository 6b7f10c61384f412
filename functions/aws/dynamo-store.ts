/**
 * The Store port on DynamoDB: one table, partition key `stream` (text), sort key `seq` (number), on demand.
 *
 * | item | stream | seq | attributes |
 * |---|---|---|---|
 * | head, one a stream | the stream | 0 | `last`: number of its last entry; `entries`: its newest entries, deflated; `kind` and `kindAndBatch` of its row; `row` only when no entry in it tells the row |
 * | sealed entries | the stream | number of the first | `entries`, deflated; written once |
 * | claim | `claim:` and the key | 0 | `holder`: the stream that holds it |
 *
 * | index (keys only) | partition | sort | holds |
 * |---|---|---|---|
 * | `by-kind` | `kind` | `stream` | the heads of streams that have a row |
 * | `by-batch` | `kindAndBatch` | `stream` | those of them whose row names a batch |
 *
 * A commit is one `TransactWriteItems`: each head is put on condition that it still ends where the stream was read, each claim
 * on condition that nobody else holds it. New entries join those in the head; when the head would outgrow one kB, which is
 * the unit that writing is paid by, what it held is sealed as it lies. So a stream costs one write a commit, not one for the
 * entry and one for the row, and no item is written by everybody: there is no counter.
 * The indexes change when a stream gets its row or its batch, not with each status: both are late, and are filtered by
 * the rows themselves. So a query by status reads every row of its kind or batch, half a unit each: 1,500 for the parts of a
 * province, which is nothing, and 75,000, a US cent, for those of the country.
 */
import { randomUUID } from 'node:crypto';
import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { Permanent } from '../../shared/case/faults.ts';
import {
  beforeFirst,
  type Change,
  type CommitOutcome,
  commitTexts,
  type Entry,
  type Row,
  type RowQuery,
  type Store,
} from '../../shared/case/store.ts';
import { type Action, doubleClaim, type Planned, plannedCommit } from './dynamo-commit.ts';
import { cancellationReasons, isRefusal, ladder, onLadder, pause, type Pause } from './dynamo-faults.ts';
import {
  claimKey,
  type Head,
  headKey,
  holderOfRefused,
  isHead,
  kindAndBatch,
  readClaim,
  readHead,
  readSealed,
} from './dynamo-items.ts';
import { historyItems, indexedStreams, itemsOf, type Table } from './dynamo-table.ts';
import { historiesShape } from './table-shape.ts';

export const { indexes } = historiesShape;

const mostRows = 1000;

/** Takes a client that does not try again by itself: the store's own ladder does. */
export function dynamoStore(settings: Omit<Table, 'wait'> & { readonly wait?: Pause }): Store {
  const table: Table = { wait: pause, ...settings };
  return {
    read: async (stream) => history(stream, table),
    commit: async (changes) => commit(changes, table),
    page: async (query) => pageOf(query, table),
    holderOf: async (key) => holderOf(key, table),
  };
}

/**
 * A query is no transaction: it may see a head that was just cut and not yet what was sealed of it. It then reads
 * again; a hole that stays is damage.
 */
async function history(stream: string, table: Table): Promise<readonly Entry[]> {
  for (const step of [...ladder, undefined]) {
    const entries = joined(await historyItems(headKey(stream).stream, table));
    if (entries.every(({ seq }, index) => seq === index + 1)) return entries;
    if (step !== undefined) await table.wait(step);
  }
  throw new Permanent(`the history ${stream} has a hole`);
}

/** Sealed entries, then those of the head that are not among them: the head may have been read before it was cut. */
function joined(items: readonly Readonly<Record<string, unknown>>[]): readonly Entry[] {
  const sealed = items.filter((item) => !isHead(item)).flatMap(readSealed);
  const last = sealed.at(-1)?.seq ?? 0;
  const tail = items.filter(isHead).flatMap((item) => readHead(item).tail);
  return [...sealed, ...tail.filter(({ seq }) => seq > last)];
}

async function holderOf(key: string, { client, name, wait }: Table): Promise<string | undefined> {
  const get = new GetCommand({ TableName: name, Key: claimKey(key), ConsistentRead: true });
  const { Item } = await onLadder(async () => client.send(get), wait);
  return Item === undefined ? undefined : readClaim(Item).holder;
}

async function commit(changes: readonly Change[], table: Table): Promise<CommitOutcome> {
  const texts = commitTexts(changes);
  const { heads, held } = await standing(changes, table);
  const moved = changes.find(({ stream, readAt }) => (heads.get(stream)?.last ?? beforeFirst).seq !== readAt);
  if (moved !== undefined) return { outcome: 'conflict', stream: moved.stream };
  const twice = doubleClaim(changes);
  if (twice !== undefined) return twice;
  const planned = plannedCommit(changes, texts, { heads, held, table: table.name });
  return planned.actions.length === 0 ? { outcome: 'committed' } : write(planned, table);
}

/** The heads of the streams of a commit, and who holds the keys that it gives back. */
async function standing(
  changes: readonly Change[],
  table: Table,
): Promise<{ readonly heads: ReadonlyMap<string, Head>; readonly held: ReadonlyMap<string, string> }> {
  const releases = new Set(changes.flatMap((change) => change.releases ?? []));
  const headKeys = changes.map(({ stream }) => headKey(stream));
  const [heads, claims] = await Promise.all([
    itemsOf(headKeys, true, table),
    itemsOf([...releases].map(claimKey), true, table),
  ]);
  return {
    heads: new Map(heads.map(readHead).map((head) => [head.stream, head])),
    held: new Map(claims.map(readClaim).map(({ key, holder }) => [key, holder])),
  };
}

/**
 * The token makes the service apply the request once, however often it is sent. Where no answer came, or the one that came
 * says that the stream has moved, the histories tell whether it was this very commit that moved them.
 */
async function write({ actions, proofs }: Planned, table: Table): Promise<CommitOutcome> {
  const { client, wait } = table;
  const TransactItems = actions.map(({ item }) => item);
  const request = new TransactWriteCommand({ TransactItems, ClientRequestToken: randomUUID() });
  let isUnsure = false;
  const onUnsure = () => {
    isUnsure = true;
  };
  try {
    await onLadder(async () => client.send(request), wait, onUnsure);
    return { outcome: 'committed' };
  } catch (error) {
    return (isUnsure ? await whatStands(proofs, table) : undefined) ?? refusalOf(error, actions, table);
  }
}

/**
 * Whether the commit was written after all; nothing where the histories do not tell. Another may have written one of the same
 * entries at the same instant, but not all of them unless it was this commit.
 */
async function whatStands(proofs: readonly Entry[], table: Table): Promise<CommitOutcome | undefined> {
  const written: Entry[] = [];
  for (const proof of proofs) if (await isWritten(proof, table)) written.push(proof);
  const [one] = written;
  if (one === undefined) return undefined;
  return written.length === proofs.length ? { outcome: 'committed' } : { outcome: 'conflict', stream: one.stream };
}

async function isWritten({ stream, seq, hash }: Entry, table: Table): Promise<boolean> {
  const entries = await history(stream, table);
  return entries[seq - 1]?.hash === hash;
}

/** A stream that moved comes before a key that is held, as the port says; throws what is no refusal. */
async function refusalOf(error: unknown, actions: readonly Action[], table: Table): Promise<CommitOutcome> {
  const reasons = cancellationReasons(error) ?? [];
  const refused = actions.flatMap((action, index) => {
    const why = reasons[index];
    return why !== undefined && isRefusal(why) ? [{ action, item: why.Item }] : [];
  });
  const moved = refused.find(({ action }) => 'stream' in action);
  if (moved !== undefined && 'stream' in moved.action) return { outcome: 'conflict', stream: moved.action.stream };
  for (const { action, item } of refused) {
    if (!('key' in action)) continue;
    const { key } = action;
    const holder = item === undefined ? await holderOf(key, table) : holderOfRefused(item);
    // Given back in the meantime: whoever decides again will get it.
    return holder === undefined ? { outcome: 'conflict', stream: action.taker } : { outcome: 'claimed', key, holder };
  }
  throw error;
}

async function pageOf(
  query: RowQuery,
  table: Table,
): Promise<{ readonly rows: readonly Row[]; readonly next?: string }> {
  const { kind, batch, limit } = query;
  if (limit < 1 || limit > mostRows) throw new RangeError(`a page of ${limit} rows`);
  const index =
    batch === undefined ? { ...indexes.byKind, value: kind } : { ...indexes.byBatch, value: kindAndBatch(kind, batch) };
  const isFiltered = filters.some((name) => name !== 'batch' && query[name] !== undefined);
  const atOnce = isFiltered ? mostRows : limit + 1;
  const rows: Row[] = [];
  let { after } = query;
  while (rows.length <= limit) {
    const keys = (await indexedStreams(index, after, atOnce, table)).map(({ stream }) => headKey(String(stream)));
    const heads = (await itemsOf(keys, false, table)).map(readHead);
    const byStream = new Map(heads.map((head) => [head.stream, head]));
    for (const { stream } of keys) {
      const row = byStream.get(stream)?.row();
      if (row !== undefined && fits(row, query)) rows.push(row);
    }
    after = keys.at(-1)?.stream;
    if (keys.length < atOnce) break;
  }
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return last === undefined ? { rows } : { rows: rows.slice(0, limit), next: last.stream };
}

const filters = ['status', 'unit', 'source', 'batch', 'waitingFor'] as const;

/** The index is late: a row may have moved on since. */
function fits(row: Row, query: RowQuery): boolean {
  return row.kind === query.kind && filters.every((name) => query[name] === undefined || query[name] === row[name]);
}
