/**
 * A list of payments made elsewhere, from the upload to the record: one person brings it with its evidence, the reading
 * says what would come of each row, a second person confirms that reading, and only then anything is recorded.
 */
import * as z from 'zod';
import type { Account } from '../case/access.ts';
import { commitDeciding, dataOf, lastOfKind } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import type { Entry, NewEntry, Row, Store } from '../case/store.ts';

const brought = z.object({ file: z.string(), paper: z.string() });
/** `reading` is in Files. */
const read = z.object({ reading: z.string(), rows: z.number(), recordable: z.number(), total: z.string() });
const unreadable = z.object({ vi: z.string(), en: z.string() });
const confirmed = z.object({ reading: z.string() });
const dropped = z.object({ reason: z.string() });
const recorded = z.object({
  recorded: z.number(),
  same: z.number(),
  left: z.number(),
  /** What came of each row, in Files. */
  results: z.string(),
});

export const earlierListSummary = z.object({
  at: z.string(),
  by: z.string(),
  rows: z.number(),
  recordable: z.number(),
  total: z.string(),
  recorded: z.number().exactOptional(),
});

export type EarlierStatus = 'brought' | 'read' | 'unreadable' | 'confirmed' | 'dropped' | 'recorded';

export interface EarlierList {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly status: EarlierStatus;
  readonly by: string;
  readonly at: string;
  readonly file: string;
  readonly paper: string;
  readonly read?: z.infer<typeof read>;
  readonly unreadable?: z.infer<typeof unreadable>;
  readonly confirmed?: z.infer<typeof confirmed> & { readonly by: string };
  readonly dropped?: z.infer<typeof dropped> & { readonly by: string };
  readonly recorded?: z.infer<typeof recorded>;
}

export function earlierListStream(id: string): string {
  return `earlier-list/${id}`;
}

/** The same file is not brought a second time while the first is open. */
export function earlierFileClaim(file: string): string {
  return `earlier-file/${file}`;
}

export async function readEarlierList(store: Store, id: string): Promise<EarlierList | undefined> {
  const entries = await store.read(earlierListStream(id));
  const first = entries[0];
  if (first === undefined) return undefined;
  const [reading, fault, confirmation] = ['read', 'unreadable', 'confirmed'].map((kind) => lastOfKind(entries, kind));
  const [drop, result] = ['dropped', 'recorded'].map((kind) => lastOfKind(entries, kind));
  return {
    id,
    entries,
    status: z.enum(earlierStatuses).parse(entries.at(-1)?.kind),
    by: first.by,
    at: first.at,
    ...dataOf(first, brought),
    ...(reading === undefined ? {} : { read: dataOf(reading, read) }),
    ...(fault === undefined ? {} : { unreadable: dataOf(fault, unreadable) }),
    ...(confirmation === undefined ? {} : { confirmed: { ...dataOf(confirmation, confirmed), by: confirmation.by } }),
    ...(drop === undefined ? {} : { dropped: { ...dataOf(drop, dropped), by: drop.by } }),
    ...(result === undefined ? {} : { recorded: dataOf(result, recorded) }),
  };
}

const earlierStatuses = ['brought', 'read', 'unreadable', 'confirmed', 'dropped', 'recorded'] as const;

type Known = Pick<EarlierList, 'by' | 'at' | 'read' | 'recorded'>;

function earlierListRow(
  { by, at, read: reading, recorded: result }: Known,
  status: EarlierStatus,
): Omit<Row, 'stream'> {
  const { rows = 0, recordable = 0, total = '0' } = reading ?? {};
  const done = result === undefined ? {} : { recorded: result.recorded };
  return { kind: 'earlier-list', status, summary: { at, by, rows, recordable, total, ...done } };
}

/** Takes the hashes of the list and of the scanned evidence, both in Files. */
export async function bringEarlierList(
  { file, paper }: z.infer<typeof brought>,
  by: Account,
  { store, now, id }: Pick<Ports, 'store' | 'now' | 'id'>,
): Promise<{ readonly outcome: 'brought' | 'open-already'; readonly id: string } | Refused> {
  if (file === '' || paper === '') {
    return refused(
      'Hãy chọn tệp danh sách các khoản đã chi và bản quét chứng từ (ủy nhiệm chi, phiếu chi, bảng ký nhận).',
      'Choose the list of payments and the scan of their documents.',
    );
  }
  const listId = id();
  const at = now();
  const outcome = await store.commit([
    {
      stream: earlierListStream(listId),
      readAt: 0,
      entries: [{ kind: 'brought', at, by: by.id, data: { file, paper } }],
      row: earlierListRow({ by: by.id, at }, 'brought'),
      claims: [earlierFileClaim(file)],
    },
  ]);
  return outcome.outcome === 'claimed'
    ? { outcome: 'open-already', id: outcome.holder.slice(earlierListStream('').length) }
    : { outcome: 'brought', id: listId };
}

type Told =
  | { readonly kind: 'read'; readonly data: z.infer<typeof read> }
  | { readonly kind: 'unreadable'; readonly data: z.infer<typeof unreadable> }
  | { readonly kind: 'recorded'; readonly data: z.infer<typeof recorded> };

/** What the system found out of the list; told once, so that a job may run again. */
export async function tellEarlierList(
  id: string,
  { kind, data }: Told,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<void> {
  await commitDeciding(store, async () => {
    const list = await readEarlierList(store, id);
    if (list === undefined || list.status !== (kind === 'recorded' ? 'confirmed' : 'brought')) return { stop: 'told' };
    return { changes: [changeOf({ ...list, [kind]: data }, kind, { kind, at: now(), by: 'system', data })] };
  });
}

/** Takes the reading that the person saw. Nothing is recorded yet: see `record-earlier.ts`. */
export async function confirmEarlierList(
  id: string,
  reading: string,
  isPaidBy: (account: Account) => Promise<boolean>,
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'confirmed' } | Refused> {
  const outcome = await commitDeciding(store, async () => {
    const list = await readEarlierList(store, id);
    if (list?.read === undefined || list.status !== 'read') return { stop: notOpen };
    if (list.read.reading !== reading) return { stop: moved };
    if (list.by === by.id) return { stop: samePerson };
    if (list.read.recordable === 0) return { stop: nothingToRecord };
    if (await isPaidBy(by)) return { stop: ownPayment };
    const entry = { kind: 'confirmed', at: now(), by: by.id, data: { reading } };
    return { changes: [changeOf(list, 'confirmed', entry)] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'confirmed' };
}

/** Whoever brought it takes it back, or a second person refuses it; nothing was recorded. */
export async function dropEarlierList(
  id: string,
  reason: string,
  by: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'dropped' } | Refused> {
  const outcome = await commitDeciding(store, async () => {
    const list = await readEarlierList(store, id);
    if (list === undefined || (list.status !== 'read' && list.status !== 'brought')) return { stop: notOpen };
    if (reason.trim() === '') return { stop: refused('Hãy ghi lý do.', 'State the reason.') };
    const entry = { kind: 'dropped', at: now(), by: by.id, data: { reason: reason.trim() } };
    return { changes: [changeOf(list, 'dropped', entry)] };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'dropped' };
}

/** Once it has come to an end, its file may be brought again: what was left may have been put right meanwhile. */
function changeOf(list: EarlierList, status: EarlierStatus, entry: NewEntry) {
  const isOpen = status === 'read' || status === 'confirmed';
  return {
    stream: earlierListStream(list.id),
    readAt: list.entries.length,
    entries: [entry],
    row: earlierListRow(list, status),
    releases: isOpen ? [] : [earlierFileClaim(list.file)],
  };
}

const notOpen = refused(
  'Danh sách này không còn chờ xác nhận. Hãy mở lại trang để xem tình trạng.',
  'This list does not wait for a confirmation any more. Open the page again.',
);
const moved = refused(
  'Kết quả kiểm tra đã thay đổi từ khi trang được mở. Hãy xem lại rồi xác nhận.',
  'The reading has changed since the page was opened. Look again, then confirm.',
);
const samePerson = refused(
  'Người xác nhận phải khác người đưa danh sách vào. Hãy để một người khác của Sở Tài chính xác nhận.',
  'Whoever confirms must be another person than whoever brought the list. Let somebody else of Finance confirm it.',
);
const nothingToRecord = refused(
  'Không có dòng nào ghi được. Hãy bỏ danh sách này và sửa các dòng theo chỉ dẫn.',
  'No row can be recorded. Drop the list and put its rows right.',
);
const ownPayment = refused(
  'Danh sách có khoản trả cho chính người xác nhận. Hãy để một người khác của Sở Tài chính xác nhận.',
  'The list pays the very person who confirms. Let somebody else of Finance confirm it.',
);
