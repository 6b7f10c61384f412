/**
 * Everything that a table holds, checked as `npm run verify` checks a data folder. Of a table that is written to meanwhile a claim
 * may be told that is just given or taken: verify a restored copy, or a table at rest.
 */
import { anchorStream } from '../../shared/case/anchor.ts';
import { Permanent } from '../../shared/case/faults.ts';
import { listOf } from '../../shared/case/listed-anchors.ts';
import type { Files } from '../../shared/case/ports.ts';
import type { Entry, Row } from '../../shared/case/store.ts';
import type { Verified } from '../../shared/case/verify.ts';
import { checkStreams, type HeadsList } from '../../shared/case/verify-streams.ts';
import { everyItem, type Walk } from './dynamo-scan.ts';
import { type Head, isClaim, isHead, kindAndBatch, readClaim, readHead, readSealed } from './dynamo-items.ts';
import { pause } from './dynamo-faults.ts';
import { historyItems, type Item } from './dynamo-table.ts';

export interface TableHistory {
  readonly stream: string;
  readonly entries: readonly Entry[];
  readonly row: Row | undefined;
}

/** What a walk over a table comes to: whole histories, claims, and what cannot be read. */
export type TablePiece =
  | { readonly history: TableHistory }
  | { readonly claim: readonly [key: string, stream: string] }
  | { readonly damaged: string };

/** Takes the files in which the anchors' lists lie, and shows each history on the way to whoever wants more of it. */
export async function verifyTable(
  walk: Walk,
  files: Pick<Files, 'get'>,
  printedAnchor?: string,
  show: (entries: readonly Entry[]) => void = () => {},
): Promise<Verified> {
  const check = checkStreams(await anchorLists(walk, files), printedAnchor);
  for await (const piece of tablePieces(walk)) {
    if ('claim' in piece) check.claim(...piece.claim);
    else if ('damaged' in piece) check.damaged(piece.damaged);
    else {
      check.history(piece.history.stream, piece.history.entries, piece.history.row);
      show(piece.history.entries);
    }
  }
  return check.end();
}

async function anchorLists(walk: Walk, files: Pick<Files, 'get'>): Promise<readonly HeadsList[]> {
  const read = readPiece(anchorStream, await itemsAt(walk, anchorStream));
  if (!('history' in read)) return [];
  const lists: HeadsList[] = [];
  for (const entry of read.history.entries) lists.push(await orNothing(async () => listOf(entry, files)));
  return lists;
}

/** A list that is gone, sealed with a lost key or altered is a finding of its anchor, not the end of the check. */
async function orNothing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}

/**
 * Histories as soon as all of their items came; of one that was written to during the walk the items may not fit together,
 * and it is read once more.
 */
export async function* tablePieces(walk: Walk): AsyncGenerator<TablePiece> {
  const open = new Map<string, Item[]>();
  const told = new Set<string>();
  for await (const item of everyItem(walk)) {
    if (isClaim(item)) {
      const { key, holder } = readClaim(item);
      yield { claim: [key, holder] };
      continue;
    }
    const stream = String(item['stream']);
    if (told.has(stream)) continue;
    const items = [...(open.get(stream) ?? []), item];
    open.set(stream, items);
    const read = readPiece(stream, items);
    if (!('history' in read) || !isWhole(read.history)) continue;
    open.delete(stream);
    told.add(stream);
    yield read;
  }
  for (const stream of open.keys()) yield readPiece(stream, await itemsAt(walk, stream));
}

function isWhole({ entries }: TableHistory): boolean {
  return entries.every(({ seq }, index) => seq === index + 1);
}

async function itemsAt({ table }: Walk, stream: string): Promise<readonly Item[]> {
  return historyItems(stream, { wait: pause, ...table });
}

/** Takes the items of a history in any order; damaged where its head is gone or one cannot be read. */
function readPiece(stream: string, items: readonly Item[]): TablePiece {
  const damaged = { damaged: stream };
  const headItem = items.find(isHead);
  if (headItem === undefined) return damaged;
  try {
    const head = readHead(headItem);
    const sealed = items
      .filter((item) => !isHead(item))
      .toSorted((one, other) => Number(one['seq']) - Number(other['seq']))
      .flatMap(readSealed);
    // The head may have been read before it was cut.
    const last = sealed.at(-1)?.seq ?? 0;
    const entries = [...sealed, ...head.tail.filter(({ seq }) => seq > last)];
    return { history: { stream, entries, row: rowOfItem(headItem, head) } };
  } catch (error) {
    if (error instanceof Permanent || error instanceof SyntaxError || isOfZlib(error)) return damaged;
    throw error;
  }
}

function isOfZlib(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

/** As whoever asks by an index would find it: by the kind and batch that the head is filed under. */
function rowOfItem(item: Item, head: Head): Row | undefined {
  const row = head.row();
  const filed = { kind: item['kind'], kindAndBatch: item['kindAndBatch'] };
  if (row === undefined) return undefined;
  const { kind, batch } = row;
  const isFiled =
    filed.kind === kind && filed.kindAndBatch === (batch === undefined ? undefined : kindAndBatch(kind, batch));
  return isFiled ? row : { ...row, status: `${row.status} (filed elsewhere)` };
}
