/**
 * Who read what of whom: each opening of a page, paper or file with personal data is an entry, written before the answer goes
 * out. One history an account and hour, so that none grows long; none can be deleted, like every history.
 */
import * as z from 'zod';
import type { Instant } from '../calendar.ts';
import { actorPrefix } from '../case/api-client.ts';
import { commitDeciding, dataOf } from '../case/history.ts';
import { allRows, type Store } from '../case/store.ts';
import type { Sentence } from '../vietnamese.ts';

export const readKinds = [
  'person',
  'paper',
  'working',
  'people-list',
  'search',
  'payment',
  'received-file',
  'inspection',
  'export',
  'figures',
  'assessment',
] as const;
export type ReadKind = (typeof readKinds)[number];

export const readNames: Readonly<Record<ReadKind, Sentence>> = {
  person: { vi: 'Hồ sơ một người', en: "A person's case" },
  paper: { vi: 'Giấy tờ của hồ sơ', en: 'A paper of a case' },
  working: { vi: 'Vết tính toán', en: 'The trace of a computation' },
  'people-list': { vi: 'Danh sách có họ tên', en: 'A list with names' },
  search: { vi: 'Tìm người', en: 'A search for people' },
  payment: { vi: 'Chứng từ, lệnh chi', en: 'A slip or its orders' },
  'received-file': { vi: 'Tệp nhận được (kết quả, danh sách)', en: 'A file received' },
  inspection: { vi: 'Kết quả kiểm tra', en: 'Findings of an inspection' },
  export: { vi: 'Tệp xuất ra', en: 'An exported file' },
  figures: { vi: 'Số liệu, tiến độ (API)', en: 'Figures or progress (API)' },
  assessment: { vi: 'Tính thử từ dữ kiện gửi đến (API)', en: 'An assessment of facts sent in (API)' },
};

const readEntry = z.object({
  what: z.enum(readKinds),
  /** The page: ids alone, never what was typed. */
  path: z.string(),
  /** Under which stated mandate; an inspector has one. */
  mandate: z.string().exactOptional(),
});

export interface Read extends z.infer<typeof readEntry> {
  readonly by: string;
  readonly at: Instant;
}

/** A read with where it stands in the histories. */
export interface LoggedRead extends Read {
  readonly stream: string;
  readonly seq: number;
  readonly hash: string;
}

/** A day and hour in UTC, as it stands in an instant. */
const hourLength = 'YYYY-MM-DDThh'.length;
const dayLength = 'YYYY-MM-DD'.length;

/** A system asks hundreds of times a minute; its histories are of a minute each. */
const minuteLength = 'YYYY-MM-DDThh:mm'.length;

function readsStream(account: string, at: Instant): string {
  return `reads/${account}/${at.slice(0, account.startsWith(actorPrefix) ? minuteLength : hourLength)}`;
}

export const readsSummary = z.object({ account: z.string(), hour: z.string(), reads: z.number().int() });

/** Writes reads down. Remembers where each history ended, so that a page waits for one commit and reads nothing back. */
export function readLog(store: Pick<Store, 'read' | 'commit' | 'page' | 'holderOf'>): (read: Read) => Promise<void> {
  const ends = new Map<string, { readonly stream: string; readonly seq: number }>();
  return async ({ by, at, ...data }) => {
    const stream = readsStream(by, at);
    let known = ends.get(by);
    let seq = 0;
    await commitDeciding(store, async () => {
      seq = known?.stream === stream ? known.seq : (await store.read(stream)).length;
      // Somebody else's entry came in between: what was remembered is of no use.
      known = undefined;
      const hour = at.slice(0, hourLength);
      const summary = { account: by, hour, reads: seq + 1 };
      const row = { kind: 'reads', status: at.slice(0, dayLength), summary };
      return { changes: [{ stream, readAt: seq, entries: [{ kind: 'read', at, by, data }], row }] };
    });
    ends.set(by, { stream, seq: seq + 1 });
  };
}

export interface ReadQuery {
  /** Days in UTC, as histories are kept. */
  readonly days: readonly string[];
  readonly account?: string;
  /** Only what was read of this: a case, a slip, a batch by its id. */
  readonly of?: string;
}

/** The reads of some days, newest first. */
export async function readsOf(store: Store, { days, account, of }: ReadQuery): Promise<readonly LoggedRead[]> {
  const found: LoggedRead[] = [];
  for (const day of days) {
    for await (const { stream, summary } of allRows(store, { kind: 'reads', status: day })) {
      if (account !== undefined && readsSummary.parse(summary).account !== account) continue;
      for (const entry of await store.read(stream)) {
        const read = dataOf(entry, readEntry);
        if (of !== undefined && !read.path.split('/').includes(of)) continue;
        found.push({ ...read, by: entry.by, at: entry.at, stream, seq: entry.seq, hash: entry.hash });
      }
    }
  }
  return found.toSorted((one, other) => (one.at < other.at ? 1 : -1));
}
