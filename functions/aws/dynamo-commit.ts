/** A commit as the actions of one `TransactWriteItems`. Pure: what the table says is given. */
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { Permanent } from '../../shared/case/faults.ts';
import {
  type Change,
  chainedEntries,
  type CommitOutcome,
  type CommitTexts,
  type Entry,
  mostActions,
} from '../../shared/case/store.ts';
import {
  claimItem,
  claimKey,
  type Head,
  headItem,
  headKey,
  noHead,
  packed,
  rowOf,
  sealedItem,
} from './dynamo-items.ts';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Refused, a head or a sealed item says that its stream has moved, a claim that its key is held. */
export type Action = { readonly item: TransactItem } & (
  | { readonly stream: string }
  | { readonly key: string; readonly taker: string }
);

export interface Planned {
  readonly actions: readonly Action[];
  /** The last entry of each change: all of them stand in their histories if, and only if, this commit was written. */
  readonly proofs: readonly Entry[];
}

interface Standing {
  readonly heads: ReadonlyMap<string, Head>;
  /** Who holds each key that is given back. */
  readonly held: ReadonlyMap<string, string>;
  readonly table: string;
}

/** Above it a head is sealed: a write is paid by the kB begun. */
const sealedAbove = 1024;
/** An item may have 400 kB; the rest is for names and keys. */
const mostItemBytes = 390_000;

/** Two streams of one commit that want the same key: no transaction could even ask for it. */
export function doubleClaim(changes: readonly Change[]): CommitOutcome | undefined {
  const taken = new Map<string, string>();
  for (const { stream, claims = [] } of changes) {
    for (const key of claims) {
      const holder = taken.get(key);
      if (holder !== undefined) return { outcome: 'claimed', key, holder };
    }
    for (const key of claims) taken.set(key, stream);
  }
  return undefined;
}

export function plannedCommit(changes: readonly Change[], texts: CommitTexts, standing: Standing): Planned {
  const claims = [...takes(changes, standing.table), ...gifts(changes, standing)];
  // Sealing is a second action for a stream: it is left for later when the transaction is full.
  let spare = mostActions - claims.length - changes.length;
  const heads: Action[] = [];
  const proofs: Entry[] = [];
  for (const change of changes) {
    const head = standing.heads.get(change.stream);
    const entries = chainedEntries(change, texts, (head ?? noHead).last);
    proofs.push(...entries.slice(-1));
    const written = entries.length === 0 ? [check(change, standing)] : puts(change, entries, head, spare > 0, standing);
    spare -= written.length - 1;
    heads.push(...written.map((item) => ({ item, stream: change.stream })));
  }
  return { actions: [...heads, ...claims], proofs };
}

/** A change without entries only asks that its stream has not moved. */
function check({ stream, readAt }: Change, { table }: Standing): TransactItem {
  return { ConditionCheck: { TableName: table, Key: headKey(stream), ...endsAt(readAt) } };
}

/** The new head, with its new entries joined to the old or, when that would be too long, the old ones sealed. */
function puts(
  { stream, readAt }: Change,
  entries: readonly Entry[],
  head: Head | undefined,
  maySeal: boolean,
  { table }: Standing,
): readonly TransactItem[] {
  const row = rowOf(stream, entries) ?? head?.row();
  const last = readAt + entries.length;
  const all = [...(head ?? noHead).tail, ...entries];
  const stored = packed(all);
  const isLong = stored.length + Buffer.byteLength(stream) + roomForKeys > sealedAbove;
  const isSealed = isLong && head !== undefined && maySeal;
  const tail = isSealed ? entries : all;
  const bytes = isSealed ? packed(entries) : stored;
  if (bytes.length > mostItemBytes) throw new Permanent(`the newest entries of ${stream} are ${bytes.length} bytes`);
  const Item = headItem(stream, last, bytes, tail, row);
  const put = { Put: { TableName: table, Item, ...endsAt(readAt) } };
  return isSealed ? [put, { Put: { TableName: table, Item: sealedItem(head), ...isNew } }] : [put];
}

/** Names of the attributes, and the keys of the indexes. */
const roomForKeys = 110;

const isNew = {
  ConditionExpression: 'attribute_not_exists(#stream)',
  ExpressionAttributeNames: { '#stream': 'stream' },
};

function endsAt(readAt: number) {
  if (readAt === 0) return isNew;
  return {
    ConditionExpression: '#last = :readAt',
    ExpressionAttributeNames: { '#last': 'last' },
    ExpressionAttributeValues: { ':readAt': readAt },
  };
}

/** Each key once; one that another stream of this commit gives back may pass from hand to hand. */
function takes(changes: readonly Change[], table: string): readonly Action[] {
  return changes.flatMap(({ stream, claims = [] }) =>
    [...new Set(claims)].map((key) => {
      const givers = changes.filter(({ releases = [] }) => releases.includes(key)).map((giver) => giver.stream);
      const holders = [...new Set([stream, ...givers])];
      const names = holders.map((_, index) => `:holder${index}`);
      const Put = {
        TableName: table,
        Item: claimItem(key, stream),
        ConditionExpression: `attribute_not_exists(#stream) OR #holder IN (${names.join(', ')})`,
        ExpressionAttributeNames: { '#stream': 'stream', '#holder': 'holder' },
        ExpressionAttributeValues: Object.fromEntries(holders.map((holder, index) => [names[index] ?? '', holder])),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      };
      return { item: { Put }, key, taker: stream };
    }),
  );
}

/** Only what the stream holds is given back; what a stream of this commit takes stays. */
function gifts(changes: readonly Change[], { held, table }: Standing): readonly Action[] {
  const taken = new Set(changes.flatMap(({ claims = [] }) => claims));
  return changes.flatMap(({ stream, releases = [] }) =>
    [...new Set(releases)]
      .filter((key) => held.get(key) === stream && !taken.has(key))
      .map((key) => {
        const Delete = {
          TableName: table,
          Key: claimKey(key),
          ConditionExpression: '#holder = :holder',
          ExpressionAttributeNames: { '#holder': 'holder' },
          ExpressionAttributeValues: { ':holder': stream },
        };
        // Whoever holds a key can lose it only by its own commit.
        return { item: { Delete }, stream };
      }),
  );
}
