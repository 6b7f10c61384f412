/** The cloud as a home that a province leaves or arrives in: its table, and files and keys as they are given. */
import { adoptHistory } from '../../../functions/aws/dynamo-adopt.ts';
import { isClaim, isHead, readClaim, readHead } from '../../../functions/aws/dynamo-items.ts';
import { everyItem, tableHeads, type Walk } from '../../../functions/aws/dynamo-scan.ts';
import { dynamoStore } from '../../../functions/aws/dynamo-store.ts';
import { verifyTable } from '../../../functions/aws/verify-table.ts';
import { adopted } from '../../../shared/case/adopt.ts';
import { anchorStream, type Head, headsText } from '../../../shared/case/anchor.ts';
import { listOf } from '../../../shared/case/listed-anchors.ts';
import type { Files } from '../../../shared/case/ports.ts';
import { provinceStream, recordWhereabouts } from '../../../shared/case/whereabouts.ts';
import type { Arriving, Leaving, Moved, NoticeKeyPlace, SealedPlace } from './place.ts';

export interface CloudPlace {
  readonly walk: Walk;
  /** For the lists of the anchors. */
  readonly files: Files;
  readonly sealed: SealedPlace;
  readonly notices: NoticeKeyPlace;
  /** Waits until every function has ended that believed the province to be here. */
  settled(): Promise<void>;
}

export interface CloudArrival extends CloudPlace {
  readonly master: Uint8Array;
  /** Puts the master key where the functions find it. Throws when that of another province is there. */
  takeMaster(): Promise<void>;
}

const adoptedAtOnce = 16;

export function leavingCloud({ walk, files, sealed, notices, settled }: CloudPlace): Leaving {
  const store = dynamoStore(walk.table);
  return {
    verify: async () => verifyTable(walk, files),
    heads: () => tableHeads(walk),
    read: async (stream) => store.read(stream),
    async headsOf(anchor) {
      const entry = (await store.read(anchorStream))[anchor - 1];
      if (entry === undefined) throw new RangeError(`there is no anchor ${anchor}`);
      return listOf(entry, files);
    },
    sealed,
    notices,
    async leave(entry) {
      await recordWhereabouts(store, entry);
      await settled();
    },
  };
}

export function arrivingCloud({ walk, files, sealed, notices, master, takeMaster }: CloudArrival): Arriving {
  const store = dynamoStore(walk.table);
  return {
    master: () => master,
    refusal: async (heads) => foreignItem(heads, walk),
    async begin(province, entry) {
      await takeMaster();
      const isThere = (await store.read(provinceStream)).length > 0;
      if (!isThere) await adoptHistory(adopted(province), walk.table);
      await recordWhereabouts(store, entry);
    },
    async adopt(moved) {
      for (const list of moved.lists) await files.put(new TextEncoder().encode(headsText(list)));
      await adoptAll(moved, walk);
    },
    sealed,
    notices,
    settle: async (entry) => recordWhereabouts(store, entry),
    verify: async (printedAnchor) => verifyTable(walk, files, printedAnchor),
    heads: () => tableHeads(walk),
    read: async (stream) => store.read(stream),
  };
}

/** What an earlier try of the same province left is no stranger. */
async function foreignItem(heads: readonly Head[], walk: Walk): Promise<string | undefined> {
  const expected = new Map(heads.map(([stream, , hash]) => [stream, hash]));
  for await (const item of everyItem(walk)) {
    const stream = isClaim(item) ? readClaim(item).holder : String(item['stream']);
    // That it is this province's, and only imports of this export went on in it, is looked at by itself.
    if (stream === provinceStream) continue;
    const hash = expected.get(stream);
    const isOwn = hash !== undefined && (isClaim(item) || !isHead(item) || readHead(item).last.hash === hash);
    if (!isOwn) return `Bảng ${walk.table.name} không trống (có ${stream}): chỉ nhập vào bảng chưa có dữ liệu.`;
  }
  return undefined;
}

async function adoptAll({ histories }: Moved, { table }: Walk): Promise<void> {
  const left = histories()[Symbol.iterator]();
  const lane = async () => {
    for (let next = left.next(); next.done !== true; next = left.next()) {
      // The province's own came first.
      if (next.value[0]?.stream !== provinceStream) await adoptHistory(adopted(next.value), table);
    }
  };
  await Promise.all(Array.from({ length: adoptedAtOnce }, lane));
}
