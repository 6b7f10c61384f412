/**
 * Writes a province into a folder, after its home was verified. Killed anywhere, it goes on when it is run again.
 *
 * An export that moves first writes that the province has gone, and then reads: whatever was written before is in it, and
 * nothing is written after. Read first, an order that somebody writes before the entry would stay behind and be sent.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Head, headsHash, headsText, lastAnchor } from '../../../shared/case/anchor.ts';
import type { Instant } from '../../../shared/calendar.ts';
import { groupsOf } from '../../../shared/case/history.ts';
import { filesNamedBy, type Lacking, lackingFiles, lackingSentence } from '../../../shared/case/named-files.ts';
import { type Entry, noHash } from '../../../shared/case/store.ts';
import { provinceStream, readWhereabouts, type Whereabouts, whyNot } from '../../../shared/case/whereabouts.ts';
import { canonical } from '../../../shared/hash.ts';
import { writeWhole } from '../whole-files.ts';
import { digestOf, fileName, format, headsName, historiesName, type Manifest, manifestName } from './format.ts';
import type { Leaving } from './place.ts';

export type ExportOutcome =
  | { readonly outcome: 'exported'; readonly manifest: Manifest }
  | { readonly outcome: 'refused'; readonly why: string };

/** A file of histories has at most so much text and one history more. */
const textBytes = 16_000_000;

export interface Departure {
  /** Where to, in words: a machine, a stage. */
  readonly to: string;
  /** The administrator's account. */
  readonly by: string;
  readonly at: Instant;
}

export interface ExportWish {
  /** Without one it is a copy: its home goes on, and what is made of it pays nothing. */
  readonly departure?: Departure | undefined;
  /** Files that the histories name and nobody has any more are left behind; somebody has decided so. */
  readonly isIncompleteTaken?: boolean | undefined;
}

export async function exportProvince(
  from: Leaving,
  directory: string,
  { departure, isIncompleteTaken = false }: ExportWish = {},
): Promise<ExportOutcome> {
  const refused = (why: string) => ({ outcome: 'refused', why }) as const;
  if (existsSync(join(directory, manifestName))) {
    return refused(`${directory} đã có một bản xuất. Hãy chọn thư mục khác.`);
  }
  const strange = existsSync(directory) ? readdirSync(directory).filter((name) => !own.includes(name)) : [];
  if (strange.length > 0) return refused(`${directory} có thứ khác (${strange[0]}). Hãy chọn thư mục trống.`);
  const before = await from.verify();
  if (before.count > 0) return refused(doesNotHold(before.count));
  const lacking = isIncompleteTaken ? [] : await lackingIn(from);
  if (lacking.length > 0) return refused(`${lackingSentence(lacking)} ${orWithout}`);
  const where = await readWhereabouts(from);
  const isForItself = where === 'copy' || where === 'restored';
  if (where === 'arriving' || (isForItself && departure !== undefined)) return refused(whyNot[where].vi);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (departure !== undefined) await depart(where, departure, from);
  const { rows, claims, anchors, count } = departure === undefined ? before : await from.verify();
  if (count > 0) return refused(doesNotHold(count));
  for (const name of ['histories', 'heads']) rmSync(join(directory, name), { recursive: true, force: true });
  const members: Manifest['members'] = [];
  const write = (name: string, text: string) => {
    writeWhole(join(directory, name), text);
    members.push({ name, bytes: Buffer.byteLength(text), sha256: digestOf(text) });
  };
  const heads = await sortedHeads(from);
  const written = await writeHistories(heads, from, write);
  if (written !== undefined) return refused(writtenMeanwhile(written));
  for (let anchor = 1; anchor <= anchors; anchor += 1) {
    write(headsName(anchor), headsText(await from.headsOf(anchor)));
  }
  const files = await writeFiles(from, directory);
  write('files.jsonl', linesOf(files));
  const keys = await wrappedKeys(from);
  write('keys.jsonl', linesOf(keys));
  write('notice-keys.json', canonical((await from.notices.noticeKeys()).toSorted()));
  const last = await lastAnchor(from);
  const moved = (await readWhereabouts(from)) === 'moved-away' ? (await from.read(provinceStream)).at(-1) : undefined;
  if (moved !== undefined && headsHash(await sortedHeads(from)) !== headsHash(heads)) {
    return refused(writtenMeanwhile('của tỉnh'));
  }
  const manifest: Manifest = {
    format,
    entries: sumOf(heads.map(([, seq]) => seq)),
    streams: heads.length,
    rows,
    claims,
    anchors,
    heads: headsHash(heads),
    lastAnchor: last?.anchor ?? noHash,
    ...(moved === undefined ? {} : { moved: moved.hash }),
    files: files.length,
    keys: keys.length,
    members,
  };
  writeWhole(join(directory, manifestName), canonical(manifest));
  return { outcome: 'exported', manifest };
}

const orWithout =
  'Hãy tìm lại chúng (bản sao lưu, kho tệp); nếu chắc chắn không còn, xuất với --without-files và ghi lại ở biên bản.';

/** Files are listed last: what an entry names lies there before the entry. */
async function lackingIn(from: Leaving): Promise<readonly Lacking[]> {
  const heads = await sortedHeads(from);
  const there = new Set<string>();
  const named: Entry[] = [];
  for (const group of groupsOf(heads, readAtOnce)) {
    const histories = await Promise.all(group.map(async ([stream]) => from.read(stream)));
    named.push(...histories.flat().filter((entry) => filesNamedBy(entry).length > 0));
  }
  for await (const hash of from.sealed.files()) there.add(hash);
  return lackingFiles(named, there);
}

/** Each is a request of some milliseconds where the store is over a network. */
const readAtOnce = 32;

function doesNotHold(count: number): string {
  return `Dữ liệu có ${count} điểm không khớp: hãy chạy npm run verify trước khi chuyển.`;
}

function writtenMeanwhile(what: string): string {
  return `Lịch sử ${what} vừa được ghi thêm: hãy dừng máy chủ rồi xuất lại.`;
}

/** Run again, it is on its way already. */
async function depart(where: Whereabouts, { to, by, at }: Departure, from: Leaving): Promise<void> {
  if (where === 'here') await from.leave({ kind: 'moved-away', at, by, data: { to } });
}

const own = ['histories', 'heads', 'files', 'files.jsonl', 'keys.jsonl', 'notice-keys.json'];

async function sortedHeads(from: Leaving): Promise<readonly Head[]> {
  const heads: Head[] = [];
  for await (const head of from.heads()) heads.push(head);
  return heads.toSorted(([one], [other]) => (one < other ? -1 : 1));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

/** Answers the first history that is not as its head said: somebody writes meanwhile. */
async function writeHistories(
  heads: readonly Head[],
  from: Leaving,
  write: (name: string, text: string) => void,
): Promise<string | undefined> {
  let number = 1;
  let text: string[] = [];
  let bytes = 0;
  const flush = () => {
    if (text.length > 0) write(historiesName(number), text.join(''));
    number += 1;
    text = [];
    bytes = 0;
  };
  for (const [stream, seq, hash] of heads) {
    const entries = await from.read(stream);
    const last = entries.at(-1);
    if (last?.seq !== seq || last.hash !== hash) return stream;
    for (const entry of entries) {
      const line = `${canonical(entry)}\n`;
      text.push(line);
      bytes += line.length;
    }
    if (bytes > textBytes) flush();
  }
  flush();
  return undefined;
}

async function writeFiles(from: Leaving, directory: string) {
  const found: { hash: string; bytes: number; sha256: string }[] = [];
  for await (const hash of from.sealed.files()) {
    const sealed = await from.sealed.read(hash);
    writeWhole(join(directory, fileName(hash)), sealed);
    found.push({ hash, bytes: sealed.length, sha256: digestOf(sealed) });
  }
  return found.toSorted((one, other) => (one.hash < other.hash ? -1 : 1));
}

async function wrappedKeys(from: Leaving) {
  const found: { owner: string; wrapped: string }[] = [];
  for await (const [owner, wrapped] of from.sealed.keys()) {
    found.push({ owner, wrapped: Buffer.from(wrapped).toString('base64') });
  }
  return found.toSorted((one, other) => (one.owner < other.owner ? -1 : 1));
}

function linesOf(lines: readonly unknown[]): string {
  return lines.map((line) => `${canonical(line)}\n`).join('');
}
