/** The Store port in memory, for simulations: nothing of it outlives the process. */
import {
  type Anchor,
  anchored,
  type AnchoredHistories,
  anchorOf,
  anchorStream,
  type Head,
} from '../../../shared/case/anchor.ts';
import { dataOf, once } from '../../../shared/case/history.ts';
import {
  beforeFirst,
  chainedEntries,
  type Change,
  commitTexts,
  type CommitTexts,
  type Entry,
  refusalOf,
  type Row,
  type RowQuery,
  rowWritten,
  type Store,
} from '../../../shared/case/store.ts';

export function memoryStore(): Store & AnchoredHistories {
  const streams = new Map<string, readonly Entry[]>();
  /** In the order in which they were written: the first has position 1. */
  const log: Entry[] = [];
  /** Of each stream, at which positions its entries lie. */
  const positions = new Map<string, number[]>();
  const rows = new Map<string, RowsOfKind>();
  const claims = new Map<string, string>();

  function append(change: Change, texts: CommitTexts): void {
    const { stream, row } = change;
    const entries = streams.get(stream) ?? [];
    const added = chainedEntries(change, texts, entries.at(-1) ?? beforeFirst);
    if (added.length > 0) streams.set(stream, [...entries, ...added]);
    for (const entry of added) {
      const place = log.push(entry);
      const own = positions.get(stream);
      if (own === undefined) positions.set(stream, [place]);
      else own.push(place);
    }
    const writtenBy = added.at(-1);
    if (row !== undefined && writtenBy !== undefined) keep({ ...row, stream, writtenBy });
  }

  function keep(row: KeptRow): void {
    const of = rows.get(row.kind) ?? { byStream: new Map(), inOrder: undefined };
    if (!of.byStream.has(row.stream)) of.inOrder = undefined;
    of.byStream.set(row.stream, row);
    rows.set(row.kind, of);
  }

  function* rowsAfter(kind: string, after = ''): Generator<KeptRow> {
    const of = rows.get(kind);
    if (of === undefined) return;
    of.inOrder ??= [...of.byStream.keys()].toSorted();
    for (let place = firstAfter(of.inOrder, after); place < of.inOrder.length; place += 1) {
      const row = of.byStream.get(of.inOrder[place] ?? '');
      if (row !== undefined) yield row;
    }
  }

  function headsBetween(after: number, upTo: number): readonly Head[] {
    const heads = log.slice(after, upTo).map(({ stream, seq, hash }): Head => [stream, seq, hash]);
    return [...new Map(heads.map((head) => [head[0], head])).values()];
  }

  const anchors = () => (streams.get(anchorStream) ?? []).map((entry) => dataOf(entry, anchored));

  function coveredBy(number: number): number {
    const upTo = number === 0 ? 0 : anchors()[number - 1]?.upTo;
    if (upTo === undefined) throw new RangeError(`there is no anchor ${number}`);
    return upTo;
  }

  function writeAnchor(on: string, at: string, by: string): Anchor {
    const said = anchors();
    const previous = said.at(-1);
    const anchor = anchorOf(on, previous, headsBetween(previous?.upTo ?? 0, log.length), log.length);
    const entry = { kind: 'anchored', at, by, data: anchor };
    const change = { stream: anchorStream, readAt: said.length, entries: [entry] };
    append(change, commitTexts([change]));
    return anchor;
  }

  return {
    anchor: async (on, at, by) => writeAnchor(on, at, by),
    async anchorNews(on, at, by) {
      const since = log.slice(anchors().at(-1)?.upTo ?? 0);
      return since.every(({ stream }) => stream === anchorStream) ? undefined : writeAnchor(on, at, by);
    },
    headsOf: async (number) => headsBetween(coveredBy(number - 1), coveredBy(number)),
    async entriesUpTo(stream, number) {
      const covered = coveredBy(number);
      const before = (positions.get(stream) ?? []).filter((place) => place <= covered);
      const last = before.at(-1) ?? 0;
      const listedIn = last === 0 ? 0 : 1 + anchors().findIndex(({ upTo }) => upTo >= last);
      return { entries: (streams.get(stream) ?? []).slice(0, before.length), listedIn };
    },
    read: async (stream) => streams.get(stream) ?? [],
    async commit(changes) {
      const texts = commitTexts(changes);
      const refused = refusalOf(
        changes,
        (stream) => streams.get(stream)?.length ?? 0,
        (key) => claims.get(key),
      );
      if (refused !== undefined) return refused;
      for (const { stream, releases = [] } of changes) {
        for (const key of releases) if (claims.get(key) === stream) claims.delete(key);
      }
      for (const { stream, claims: wanted = [] } of changes) for (const key of wanted) claims.set(key, stream);
      for (const change of changes) append(change, texts);
      return { outcome: 'committed' };
    },
    async page(query) {
      if (query.limit < 1 || query.limit > 1000) throw new RangeError(`a page of ${query.limit} rows`);
      const page: KeptRow[] = [];
      for (const row of rowsAfter(query.kind, query.after)) {
        if (!fits(row, query)) continue;
        if (page.length === query.limit) return { rows: page.map(asRead), next: page.at(-1)?.stream ?? '' };
        page.push(row);
      }
      return { rows: page.map(asRead) };
    },
    holderOf: async (key) => claims.get(key),
  };
}

/** A row with the entry that it stands in. */
interface KeptRow extends Row {
  readonly writtenBy: Entry;
}

/** A kind's rows are walked in the order of their streams far more often than a stream is added. */
interface RowsOfKind {
  readonly byStream: Map<string, KeptRow>;
  inOrder: readonly string[] | undefined;
}

/** As it would come back from a disk; most rows are never looked at. */
const asRead = once(({ writtenBy }: KeptRow): Row => {
  const row = rowWritten(writtenBy);
  if (row === undefined) throw new Error(`${writtenBy.stream} entry ${writtenBy.seq} has no row`);
  return row;
});

const filters = ['status', 'unit', 'source', 'batch', 'waitingFor'] as const;

function fits(row: Row, query: RowQuery): boolean {
  return filters.every((name) => query[name] === undefined || query[name] === row[name]);
}

/** The place of the first that comes after; all are in order. */
function firstAfter(all: readonly string[], after: string): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle] ?? '') <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}
