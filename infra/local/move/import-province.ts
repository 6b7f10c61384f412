/** Takes an exported province into an empty home, and proves that it is the same. Killed anywhere, it goes on when it is run again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Head, headsHash } from '../../../shared/case/anchor.ts';
import { type Exported, fileName, type Manifest, readExport } from './format.ts';
import type { Arriving } from './place.ts';

export type ImportOutcome =
  | { readonly outcome: 'imported'; readonly manifest: Manifest }
  | { readonly outcome: 'refused'; readonly why: string };

const keysAtOnce = 500;

export async function importProvince(directory: string, to: Arriving): Promise<ImportOutcome> {
  const refused = (why: string) => ({ outcome: 'refused', why }) as const;
  const exported = readExport(directory);
  if (typeof exported === 'string') return refused(exported);
  const heads: Head[] = [];
  for (const entries of exported.histories()) {
    const last = entries.at(-1);
    if (last !== undefined) heads.push([last.stream, last.seq, last.hash]);
  }
  if (headsHash(heads) !== exported.manifest.heads) return refused('Các lịch sử không phải của bản xuất này.');
  const why = await to.refusal(heads);
  if (why !== undefined) return refused(why);
  await takeSealed(exported, directory, to);
  await to.adopt(exported);
  const differs = await difference(exported.manifest, to);
  if (differs !== undefined) return refused(differs);
  const closed = await to.settle();
  if (closed !== undefined) return refused(closed);
  return { outcome: 'imported', manifest: exported.manifest };
}

/** Keys before files before histories: nothing that is there names what is not. */
async function takeSealed({ keys, files, noticeKeys }: Exported, directory: string, to: Arriving): Promise<void> {
  const left = [...keys];
  while (left.length > 0) await to.sealed.insertKeys(new Map(left.splice(0, keysAtOnce)));
  for (const { hash } of files) await to.sealed.write(hash, readFileSync(join(directory, fileName(hash))));
  for (const pem of noticeKeys) await to.notices.keepNoticeKey(pem);
}

/** The same heads are the same histories; that rows, claims and anchors are theirs is verified. */
async function difference(expected: Manifest, to: Arriving): Promise<string | undefined> {
  const verified = await to.verify();
  if (verified.count > 0) return `Sau khi nhập có ${verified.count} điểm không khớp: hãy xóa nơi nhận và nhập lại.`;
  for (const what of ['entries', 'streams', 'rows', 'claims', 'anchors'] as const) {
    if (verified[what] !== expected[what])
      return `Nơi nhận có ${verified[what]} ${what}, bản xuất có ${expected[what]}.`;
  }
  const heads: Head[] = [];
  for await (const head of to.heads()) heads.push(head);
  return headsHash(heads) === expected.heads ? undefined : 'Nơi nhận có đầu mút lịch sử khác bản xuất.';
}
