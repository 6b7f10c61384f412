/**
 * A copy of DATA_DIR while a server writes to it, and back. In this order: scratch, histories, keys, files. So scratch, whose
 * cursors say how far the histories were followed, is never ahead of them, and whatever the histories name is copied after them.
 * The master key is not in it, nor what would let anybody in: of the scratch store a part is copied (scratch-copy.ts).
 */
import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Instant } from '../../shared/calendar.ts';
import { recordRestored, type Whereabouts } from '../../shared/case/whereabouts.ts';
import { canonical } from '../../shared/hash.ts';
import { type Lacking, lackingFiles } from '../../shared/case/named-files.ts';
import { type Verified } from '../../shared/case/verify.ts';
import { entriesIn, eraseKeysAgain } from './erased-keys.ts';
import { isMasterOf } from './keys.ts';
import { digestOf } from './move/format.ts';
import { keepNoticeKey, lacksNoticeKey, noticeKeysIn } from './notice-key.ts';
import { type Move, restoring } from './restoring.ts';
import { copyScratch } from './scratch-copy.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { moveWhole, syncTree, writeWhole } from './whole-files.ts';
import { filesIn, type Folders, verifyFile } from './move/local-place.ts';

const historiesName = 'histories.sqlite';
const scratchName = 'scratch.sqlite';
const databases = [scratchName, historiesName, 'keys.sqlite'] as const;
const manifestName = 'backup.json';
const manifest = z.object({
  format: z.literal('chi-tra-backup/1'),
  /** When it was begun; an older one does not say. */
  at: z.string().exactOptional(),
  entries: z.number(),
  members: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })),
  /** The public ones: with them papers of before verify. An older one has none. */
  noticeKeys: z.array(z.string()).default([]),
});

interface Copied {
  readonly outcome: 'done';
  readonly verified: Verified;
  readonly files: number;
  /** What the histories name and is not in it: nothing of the rest is worth less for that. */
  readonly lacking: readonly Lacking[];
}

interface Restored extends Copied {
  /** Of persons who were erased: keys that the backup brought back, and that were erased again. */
  readonly erasedAgain: readonly string[];
  readonly where: Whereabouts;
  /** The instant to which the province came back, where the backup says it. */
  readonly takenAt?: Instant;
  /** The next notice makes another key to be signed by. */
  readonly lacksNoticeKey: boolean;
}

interface Refused {
  readonly outcome: 'refused';
  readonly why: string;
}

const refused = (why: string): Refused => ({ outcome: 'refused', why });

/** Takes a folder that is not there yet; it has its name when it is whole. */
export function backUp({ dataDirectory, keyDirectory }: Folders, out: string, at: Instant): Copied | Refused {
  if (existsSync(out)) return refused(`${out} đã có. Hãy chọn tên khác.`);
  const building = `${out}.partial`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true, mode: 0o700 });
  for (const name of databases) copyDatabase(join(dataDirectory, name), join(building, name), at);
  const hashes = filesIn(join(dataDirectory, 'files'));
  for (const hash of hashes) copyWhole(join(dataDirectory, fileName(hash)), join(building, fileName(hash)));
  const verified = verifyFile(join(building, historiesName));
  if (verified.count > 0) return refused(`Dữ liệu có ${verified.count} điểm không khớp: hãy chạy npm run verify.`);
  const members = [...databases, ...hashes.map(fileName)].map((name) => memberOf(building, name));
  const noticeKeys = noticeKeysIn(keyDirectory);
  const said = { format: 'chi-tra-backup/1', at, entries: verified.entries, members, noticeKeys };
  writeWhole(join(building, manifestName), canonical(said));
  const lacking = lackingIn(building);
  syncTree(building);
  moveWhole(building, out);
  return { outcome: 'done', verified, files: hashes.length, lacking };
}

/**
 * Takes an empty DATA_DIR, and KEY_DIR with the master key of the time of the backup. What was sent to the Treasury since is not in
 * it: the restored province pays nothing until two administrators record that it may.
 */
export async function restore(
  from: string,
  { dataDirectory, keyDirectory }: Folders,
  at: Instant,
  move?: Move,
): Promise<Restored | Refused> {
  const path = join(from, manifestName);
  if (!existsSync(path)) return refused(`${from} không phải bản sao lưu, hoặc sao lưu chưa xong.`);
  const read = manifest.safeParse(parsed(readFileSync(path, 'utf8')));
  if (!read.success) return refused(`${manifestName} không đọc được.`);
  const backup = { from, said: read.data, digest: digestOf(readFileSync(path)) };
  return restoring(dataDirectory, async (building) => restoreInto(building, backup, keyDirectory, at), move);
}

interface Backup {
  readonly from: string;
  readonly said: z.infer<typeof manifest>;
  readonly digest: string;
}

async function restoreInto(
  building: string,
  { from, said, digest }: Backup,
  keyDirectory: string,
  at: Instant,
): Promise<Restored | Refused> {
  for (const member of said.members.toSorted((one, other) => Number(isLast(one.name)) - Number(isLast(other.name)))) {
    const why = copyMember(from, building, member);
    if (why !== undefined) return refused(why);
  }
  const verified = verifyFile(join(building, historiesName));
  if (verified.count > 0 || verified.entries !== said.entries) return refused('Lịch sử trong bản sao lưu không khớp.');
  const files = filesIn(join(building, 'files'));
  if (!isMasterOf(keyDirectory, building)) {
    return refused(`Khóa chính ở ${keyDirectory} không mở được dữ liệu này: hãy đặt đúng khóa của lúc sao lưu.`);
  }
  withoutSecrets(join(building, scratchName), at);
  const lacking = lackingIn(building);
  const erasedAgain = eraseKeysAgain(building);
  const takenAt = said.at === undefined ? {} : { takenAt: said.at };
  const taken = said.at === undefined ? {} : { taken: said.at };
  const store = openSqliteStore(join(building, historiesName));
  const where = await recordRestored(store, at, { backup: digest, entries: said.entries, ...taken });
  store.close();
  for (const pem of said.noticeKeys) keepNoticeKey(keyDirectory, pem);
  const counted = { verified, files: files.length, lacking, erasedAgain };
  return { outcome: 'done', ...counted, where, ...takenAt, lacksNoticeKey: lacksNoticeKey(keyDirectory) };
}

/** While the histories lie in a folder that is filled, all the rest was there. */
const isLast = (name: string) => name === historiesName;

const fileName = (hash: string) => join('files', hash.slice(0, 2), hash);

function lackingIn(folder: string): readonly Lacking[] {
  return lackingFiles(entriesIn(folder), new Set(filesIn(join(folder, 'files'))));
}

/** As it stands at one instant, whoever writes meanwhile. */
function copyDatabase(from: string, to: string, at: Instant): void {
  if (to.endsWith(scratchName)) copyScratch(from, to, at);
  else vacuumInto(from, to);
  flush(to);
}

/** An older backup has what it should not, and mails that wait. */
function withoutSecrets(scratch: string, at: Instant): void {
  const whole = `${scratch}.whole`;
  moveWhole(scratch, whole);
  copyScratch(whole, scratch, at);
  flush(scratch);
  for (const end of ['', '-wal', '-shm']) rmSync(`${whole}${end}`, { force: true });
}

function vacuumInto(from: string, to: string): void {
  const database = new DatabaseSync(from);
  try {
    database.exec('PRAGMA busy_timeout = 10000');
    database.prepare('VACUUM INTO ?').run(to);
  } finally {
    database.close();
  }
}

function copyWhole(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  copyFileSync(from, to);
  flush(to);
}

function flush(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function memberOf(folder: string, name: string) {
  const content = readFileSync(join(folder, name));
  return { name, bytes: content.length, sha256: digestOf(content) };
}

function copyMember(from: string, to: string, { name, sha256 }: { name: string; sha256: string }): string | undefined {
  if (!/^[a-z]+\.sqlite$|^files\/[0-9a-f]{2}\/[0-9a-f]{64}$/.test(name)) return `${name} không thuộc bản sao lưu.`;
  if (!existsSync(join(from, name))) return `${name} bị thiếu.`;
  copyWhole(join(from, name), join(to, name));
  return memberOf(to, name).sha256 === sha256 ? undefined : `${name} đã bị thay đổi so với lúc sao lưu.`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
