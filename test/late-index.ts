/**
 * A store whose pages are late, as DynamoDB's indexes are: they show rows as they stood when the index last caught up. Reading
 * a history and committing are never late.
 */
import { allRows, type Row, type RowQuery, type Store } from '../shared/case/store.ts';

export interface LateIndex extends Store {
  catchUp(): Promise<void>;
}

const kinds = ['part', 'case', 'batch', 'order', 'slip', 'estimate'] as const;

/** Takes over where the store stands; nothing that is written from now on is in a page until `catchUp`. */
export async function lateIndex(store: Store): Promise<LateIndex> {
  let known: readonly Row[] = [];
  const late: LateIndex = {
    read: async (stream) => store.read(stream),
    commit: async (changes) => store.commit(changes),
    holderOf: async (key) => store.holderOf(key),
    page: async ({ limit, after = '', ...query }) => {
      const found = known.filter((row) => row.stream > after && fits(row, query)).slice(0, limit);
      const last = found.length < limit ? undefined : found.at(-1)?.stream;
      return { rows: found, ...(last === undefined ? {} : { next: last }) };
    },
    async catchUp() {
      const rows: Row[] = [];
      for (const kind of kinds) for await (const row of allRows(store, { kind })) rows.push(row);
      known = rows.toSorted((one, other) => (one.stream < other.stream ? -1 : 1));
    },
  };
  await late.catchUp();
  return late;
}

function fits(row: Row, { kind, batch, status, unit, source }: Omit<RowQuery, 'limit' | 'after'>): boolean {
  return (
    row.kind === kind &&
    (batch === undefined || row.batch === batch) &&
    (status === undefined || row.status === status) &&
    (unit === undefined || row.unit === unit) &&
    (source === undefined || row.source === source)
  );
}
