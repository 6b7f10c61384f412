/**
 * Walking the whole table, for anchors, verifying and moving. A page is 1 MB of items whatever is asked of them, and 4 kB of it
 * cost a read unit: see the README for what an anchor costs.
 *
 * Reads are consistent: whatever was written before the walk began is in it, and of what is written meanwhile each item is as
 * it was when its page was read (API reference, Scan, ConsistentRead). An index could not promise that, however sparse.
 */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Head } from '../../shared/case/anchor.ts';
import { onLadder, pause } from './dynamo-faults.ts';
import { isClaim, isHead, readHead } from './dynamo-items.ts';
import type { Item, Table } from './dynamo-table.ts';

export interface Walk {
  readonly table: Pick<Table, 'client' | 'name'> & Partial<Table>;
  /** Parts of the table that are read side by side; one page of each is held. */
  readonly segments?: number;
  /** Items of a page at most; else as many as are in 1 MB. */
  readonly pageItems?: number;
}

/** Every item, in no order that may be relied on. */
export async function* everyItem(walk: Walk): AsyncGenerator<Item> {
  const { segments = 4 } = walk;
  const running = new Map(Array.from({ length: segments }, (_, segment) => [segment, pageOf(walk, segments, segment)]));
  while (running.size > 0) {
    const { items, segment, from } = await Promise.race(running.values());
    if (from === undefined) running.delete(segment);
    else running.set(segment, pageOf(walk, segments, segment, from));
    yield* items;
  }
}

/** Where every history ends, as anchors take it. */
export async function* tableHeads(walk: Walk): AsyncGenerator<Head> {
  for await (const item of everyItem(walk)) {
    if (isClaim(item) || !isHead(item)) continue;
    const { stream, last } = readHead(item);
    yield [stream, last.seq, last.hash];
  }
}

interface Page {
  readonly items: readonly Item[];
  readonly segment: number;
  /** Where the segment goes on, if it does. */
  readonly from: Item | undefined;
}

async function pageOf({ table, pageItems }: Walk, segments: number, segment: number, after?: Item): Promise<Page> {
  const { client, name, wait = pause } = table;
  const scan = new ScanCommand({
    TableName: name,
    ConsistentRead: true,
    Segment: segment,
    TotalSegments: segments,
    ...(pageItems === undefined ? {} : { Limit: pageItems }),
    ...(after === undefined ? {} : { ExclusiveStartKey: { ...after } }),
  });
  const { Items = [], LastEvaluatedKey: from } = await onLadder(async () => client.send(scan), wait);
  return { items: Items, segment, from };
}
