/** Writes a province into a folder, after its home was verified. Killed anywhere, it goes on when it is run again. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Head, headsHash, headsText, lastAnchor } from '../../../shared/case/anchor.ts';
import { noHash } from '../../../shared/case/store.ts';
import { canonical } from '../../../shared/hash.ts';
import {
  digestOf,
  fileName,
  format,
  headsName,
  historiesName,
  type Manifest,
  manifestName,
  writeWhole,
} from './format.ts';
import type { Leaving } from './place.ts';

export type ExportOutcome =
  | { readonly outcome: 'exported'; readonly manifest: Manifest }
  | { readonly outcome: 'refused'; readonly why: string };

/** A file of histories has at most so much text and one history more. */
const textBytes = 16_000_000;

export async function exportProvince(from: Leaving, directory: string): Promise<ExportOutcome> {
  const refused = (why: string) => ({ outcome: 'refused', why }) as const;
  if (existsSync(join(directory, manifestName))) {
    return refused(`${directory} đã có một bản xuất. Hãy chọn thư mục khác.`);
  }
  const strange = existsSync(directory) ? readdirSync(directory).filter((name) => !own.includes(name)) : [];
  if (strange.length > 0) return refused(`${directory} có thứ khác (${strange[0]}). Hãy chọn thư mục trống.`);
  const { entries, streams, rows, claims, anchors, count } = await from.verify();
  if (count > 0) return refused(`Dữ liệu có ${count} điểm không khớp: hãy chạy npm run verify trước khi chuyển.`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const name of ['histories', 'heads']) rmSync(join(directory, name), { recursive: true, force: true });
  const members: Manifest['members'] = [];
  const write = (name: string, text: string) => {
    writeWhole(join(directory, name), text);
    members.push({ name, bytes: Buffer.byteLength(text), sha256: digestOf(text) });
  };
  const heads = await sortedHeads(from);
  const moving = await writeHistories(heads, from, write);
  if (moving !== undefined) return refused(`Lịch sử ${moving} vừa được ghi thêm: hãy dừng máy chủ rồi xuất lại.`);
  for (let anchor = 1; anchor <= anchors; anchor += 1) {
    write(headsName(anchor), headsText(await from.headsOf(anchor)));
  }
  const files = await writeFiles(from, directory);
  write('files.jsonl', linesOf(files));
  const keys = await wrappedKeys(from);
  write('keys.jsonl', linesOf(keys));
  write('notice-keys.json', canonical((await from.notices.noticeKeys()).toSorted()));
  const last = await lastAnchor(from);
  const manifest: Manifest = {
    format,
    entries,
    streams,
    rows,
    claims,
    anchors,
    heads: headsHash(heads),
    lastAnchor: last?.anchor ?? noHash,
    files: files.length,
    keys: keys.length,
    members,
  };
  writeWhole(join(directory, manifestName), canonical(manifest));
  return { outcome: 'exported', manifest };
}

const own = ['histories', 'heads', 'files', 'files.jsonl', 'keys.jsonl', 'notice-keys.json'];

async function sortedHeads(from: Leaving): Promise<readonly Head[]> {
  const heads: Head[] = [];
  for await (const head of from.heads()) heads.push(head);
  return heads.toSorted(([one], [other]) => (one < other ? -1 : 1));
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
