/** Takes an exported province into an empty home, and proves that it is the same. Killed anywhere, it goes on when it is run again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Head, headsHash, lastAnchor } from '../../../shared/case/anchor.ts';
import type { Instant } from '../../../shared/calendar.ts';
import { erasedOwners } from '../../../shared/case/erased.ts';
import { type Entry, noHash } from '../../../shared/case/store.ts';
import { provinceStream } from '../../../shared/case/whereabouts.ts';
import { opens } from '../keys.ts';
import { type Exported, exportId, fileName, type Manifest, readExport } from './format.ts';
import type { Arriving } from './place.ts';

export type ImportOutcome =
  | {
      readonly outcome: 'imported';
      readonly manifest: Manifest;
      /** As it stands in the data that arrived, which were recomputed; `undefined` where none was ever taken. */
      readonly lastAnchor: string | undefined;
    }
  | { readonly outcome: 'refused'; readonly why: string };

/** What somebody has on paper from the home that it left. */
export interface Printed {
  /** An anchor of a report: it must be among those recomputed. */
  readonly anchor?: string;
  /** The hash of all heads, as the export told it. */
  readonly heads?: string;
}

const keysAtOnce = 500;

export async function importProvince(
  directory: string,
  to: Arriving,
  printed: Printed = {},
  now: () => Instant = () => new Date().toISOString(),
): Promise<ImportOutcome> {
  const refused = (why: string) => ({ outcome: 'refused', why }) as const;
  const exported = readExport(directory);
  if (typeof exported === 'string') return refused(exported);
  const { manifest } = exported;
  const of = exportId(manifest);
  const { heads, province, erased } = headsAndProvince(exported);
  if (headsHash(heads) !== manifest.heads) return refused('Các lịch sử không phải của bản xuất này.');
  if (printed.heads !== undefined && printed.heads !== manifest.heads) {
    return refused('Mã đầu mút trên giấy không phải của bản xuất này: bản xuất đã bị thay, hoặc là của lúc khác.');
  }
  const why = sealedByAnother(exported.keys, to.master()) ?? (await to.refusal(heads));
  if (why !== undefined) return refused(why);
  const marks = marksOn(province, await to.read(provinceStream), of);
  if (marks === undefined) return refused('Nơi nhận không trống: ở đó đã có một tỉnh khác, hoặc bản xuất khác.');
  const mark = (kind: string) => ({ kind, at: now(), by: 'system', data: { of } });
  const isSettled = marks.some(({ kind }) => kind !== arriving);
  if (!isSettled) {
    if (marks.length === 0) await to.begin(province, mark(arriving));
    await takeSealed(exported, erased, directory, to);
    await to.adopt(exported);
  }
  const differs = await difference(exported, { heads, province }, to, printed.anchor);
  if (differs !== undefined) return refused(differs);
  const anchor = (await lastAnchor(to))?.anchor;
  if (!isSettled) await to.settle(mark(manifest.moved === undefined ? 'copied' : 'arrived'));
  return { outcome: 'imported', manifest, lastAnchor: anchor };
}

const arriving = 'arriving';
const ofExport = z.object({ of: z.string() });

/** What imports of this very export wrote after the province's own history; `undefined` when something else is there. */
function marksOn(province: readonly Entry[], there: readonly Entry[], of: string): readonly Entry[] | undefined {
  if (there.length === 0) return [];
  const marks = there.slice(province.length);
  const isSame = province.every(({ hash }, index) => there[index]?.hash === hash);
  const isOwn = ({ data }: Entry) => ofExport.safeParse(JSON.parse(data)).data?.of === of;
  return isSame && marks.every(isOwn) ? marks : undefined;
}

interface Walked {
  readonly heads: readonly Head[];
  readonly province: readonly Entry[];
  /** Whose keys may not come along, should the export still have them. */
  readonly erased: ReadonlySet<string>;
}

function headsAndProvince(exported: Exported): Walked {
  const heads: Head[] = [];
  const erased = new Set<string>();
  let province: readonly Entry[] = [];
  for (const entries of exported.histories()) {
    const last = entries.at(-1);
    if (last === undefined) continue;
    heads.push([last.stream, last.seq, last.hash]);
    for (const owner of erasedOwners(entries)) erased.add(owner);
    if (last.stream === provinceStream) province = entries;
  }
  return { heads, province, erased };
}

/** Under another master key everything would arrive and verify, and nothing would ever open. */
function sealedByAnother(keys: Exported['keys'], master: Uint8Array | undefined): string | undefined {
  const foreign = [...keys].filter(([, wrapped]) => master === undefined || !opens(master, wrapped)).length;
  if (foreign === 0) return undefined;
  return `Khóa chính ở đây không mở được ${foreign} trong ${keys.size} khóa của bản xuất: hãy đặt đúng khóa chính của tỉnh. Chưa ghi gì.`;
}

/** Keys before files before histories: nothing that is there names what is not. */
async function takeSealed(
  { keys, files, noticeKeys }: Exported,
  erased: Walked['erased'],
  directory: string,
  to: Arriving,
): Promise<void> {
  const left = [...keys].filter(([owner]) => !erased.has(owner));
  while (left.length > 0) await to.sealed.insertKeys(new Map(left.splice(0, keysAtOnce)));
  for (const { hash } of files) await to.sealed.write(hash, readFileSync(join(directory, fileName(hash))));
  for (const pem of noticeKeys) await to.notices.keepNoticeKey(pem);
}

/**
 * The same heads are the same histories; that rows, claims and anchors are theirs is verified. What the import itself wrote of
 * the province is not counted.
 */
async function difference(
  { manifest }: Exported,
  { heads, province }: Omit<Walked, 'erased'>,
  to: Arriving,
  printedAnchor: string | undefined,
): Promise<string | undefined> {
  const verified = await to.verify(printedAnchor);
  if (verified.problems.some(({ what }) => what === 'anchor-unknown')) {
    return 'Mã neo trên giấy không có trong dữ liệu của bản xuất: lịch sử đã bị ghi lại hoặc bị cắt. Không dùng bản xuất này.';
  }
  if (verified.count > 0) return `Sau khi nhập có ${verified.count} điểm không khớp: hãy xóa nơi nhận và nhập lại.`;
  const marks = (await to.read(provinceStream)).length - province.length;
  const isNew = marks > 0 && province.length === 0;
  const counted = { ...verified, entries: verified.entries - marks, streams: verified.streams - (isNew ? 1 : 0) };
  for (const what of ['entries', 'streams', 'rows', 'claims', 'anchors'] as const) {
    if (counted[what] !== manifest[what]) return `Nơi nhận có ${counted[what]} ${what}, bản xuất có ${manifest[what]}.`;
  }
  const there: Head[] = heads.filter(([stream]) => stream === provinceStream);
  for await (const head of to.heads()) if (head[0] !== provinceStream) there.push(head);
  if (headsHash(there) !== manifest.heads) return 'Nơi nhận có đầu mút lịch sử khác bản xuất.';
  const last = (await lastAnchor(to))?.anchor ?? noHash;
  if (last !== manifest.lastAnchor) {
    return `Bản xuất ghi mã neo cuối là ${manifest.lastAnchor}, dữ liệu của nó có ${last}: ai đó đã sửa bản xuất. Không dùng bản xuất này.`;
  }
  return manifest.moved === undefined || manifest.moved === province.at(-1)?.hash
    ? undefined
    : 'Bản xuất nói rằng tỉnh đã chuyển đi, lịch sử của tỉnh không nói vậy: ai đó đã sửa bản xuất. Không dùng bản xuất này.';
}
