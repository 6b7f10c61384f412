/**
 * A province on its way from one home to another: a folder of
 *
 * | file | holds |
 * |---|---|
 * | `manifest.json` | what is counted and hashed below; written last, so that a folder without it is no export |
 * | `histories/<n>.jsonl` | an entry a line, exactly as it was hashed; history by history in the order of their names, entries in their order |
 * | `heads/<n>.jsonl` | what anchor n was taken over |
 * | `files/<2 digits>/<hash>` | each file, sealed as it lies |
 * | `files.jsonl` | the SHA-256 of those bytes |
 * | `keys.jsonl` | the keys of persons and files, each wrapped by the master key of the home it left |
 * | `notice-keys.json` | the public keys of notices that people hold |
 *
 * The master key is not in it. Rows and claims are not either: histories make them, and the home it leaves was verified.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Head } from '../../../shared/case/anchor.ts';
import { headsIn } from '../../../shared/case/anchor.ts';
import type { Entry } from '../../../shared/case/store.ts';
import { hashOf } from '../../../shared/hash.ts';

export const format = 'chi-tra-move/1';

export const manifest = z.object({
  format: z.literal(format),
  entries: z.number().int(),
  streams: z.number().int(),
  rows: z.number().int(),
  claims: z.number().int(),
  anchors: z.number().int(),
  /** Of all heads: two homes with the same have the same histories. */
  heads: z.string(),
  /** As it is printed on reports; 64 zeros where none was taken. */
  lastAnchor: z.string(),
  /** The hash of the entry by which the home that it left writes nothing any more; absent, it is a copy. */
  moved: z.string().exactOptional(),
  files: z.number().int(),
  keys: z.number().int(),
  members: z.array(z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifest>;

export const sealedFile = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.number(), sha256: z.string() });
export const keyLine = z.object({ owner: z.string(), wrapped: z.base64() });
const entryLine = z.object({
  stream: z.string(),
  seq: z.number().int(),
  at: z.string(),
  by: z.string(),
  kind: z.string(),
  data: z.string(),
  effects: z.string(),
  previousHash: z.string(),
  hash: z.string(),
});

/** Whether two exports are the same; what arrived names it. */
export function exportId(of: Manifest): string {
  return hashOf(of);
}

export const manifestName = 'manifest.json';
export const historiesName = (number: number) => `histories/${String(number).padStart(5, '0')}.jsonl`;
export const headsName = (anchor: number) => `heads/${String(anchor).padStart(5, '0')}.jsonl`;
export const fileName = (hash: string) => `files/${hash.slice(0, 2)}/${hash}`;

export function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

export interface Exported {
  readonly manifest: Manifest;
  histories(): Iterable<readonly Entry[]>;
  readonly lists: readonly (readonly Head[])[];
  readonly files: readonly z.infer<typeof sealedFile>[];
  readonly keys: ReadonlyMap<string, Uint8Array>;
  readonly noticeKeys: readonly string[];
}

/** Reads an export after holding every byte of it against its manifest; else the sentence that says what is wrong. */
export function readExport(directory: string): Exported | string {
  const path = join(directory, manifestName);
  if (!existsSync(path)) return `${directory} không có ${manifestName}: chưa xuất xong. Hãy chạy lại lệnh xuất.`;
  const read = manifest.safeParse(parsed(readFileSync(path, 'utf8')));
  if (!read.success) return `${manifestName} không đọc được, hoặc do bản khác của chương trình viết.`;
  const { members, anchors } = read.data;
  for (const { name, bytes, sha256 } of members) {
    const fault = faultOf(join(directory, name), bytes, sha256);
    if (fault !== undefined) return `${name} ${fault}.`;
  }
  const lines = <T>(name: string, shape: z.ZodType<T>) => linesOf(join(directory, name), shape);
  const files = lines('files.jsonl', sealedFile);
  for (const { hash, bytes, sha256 } of files) {
    const fault = faultOf(join(directory, fileName(hash)), bytes, sha256);
    if (fault !== undefined) return `${fileName(hash)} ${fault}.`;
  }
  const keys = lines('keys.jsonl', keyLine).map(
    ({ owner, wrapped }) => [owner, Buffer.from(wrapped, 'base64')] as const,
  );
  const noticeKeys = z.array(z.string()).parse(parsed(readFileSync(join(directory, 'notice-keys.json'), 'utf8')));
  const lists = Array.from({ length: anchors }, (_, index) =>
    headsIn(readFileSync(join(directory, headsName(index + 1)), 'utf8')),
  );
  const histories = () => historiesIn(directory, members.filter(({ name }) => name.startsWith('histories/')).length);
  return { manifest: read.data, histories, lists, files, keys: new Map(keys), noticeKeys };
}

function faultOf(path: string, bytes: number, sha256: string): string | undefined {
  if (!existsSync(path)) return 'bị thiếu';
  const content = readFileSync(path);
  return content.length === bytes && digestOf(content) === sha256 ? undefined : 'đã bị thay đổi so với lúc xuất';
}

function* historiesIn(directory: string, count: number): Generator<readonly Entry[]> {
  let open: Entry[] = [];
  for (let number = 1; number <= count; number += 1) {
    for (const entry of linesOf(join(directory, historiesName(number)), entryLine)) {
      if (open.length > 0 && open[0]?.stream !== entry.stream) {
        yield open;
        open = [];
      }
      open.push(entry);
    }
  }
  if (open.length > 0) yield open;
}

function linesOf<T>(path: string, shape: z.ZodType<T>): readonly T[] {
  const text = readFileSync(path, 'utf8');
  return text === ''
    ? []
    : text
        .trimEnd()
        .split('\n')
        .map((line) => shape.parse(JSON.parse(line)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
