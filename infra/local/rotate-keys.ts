/**
 * Another master key: every key of a person and a file is wrapped by it anew, in one transaction. What was sealed stays as it
 * is, and so do digests, of which claims are made; cookies are sealed by the new one, so that everybody signs in again.
 * Killed anywhere, it goes on when it is run again; until then nothing opens the data.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { underAnother } from '../../functions/home/sealing.ts';
import { sha256 } from '../../shared/hash.ts';
import { masterName, nextMasterName, opens, readMasterKey, wipe, writeMasterKey } from './keys.ts';
import type { Folders } from './move/local-place.ts';
import { moveWhole } from './whole-files.ts';

export interface Rotated {
  readonly keys: number;
  /** Where the old master key was put: backups of before need it. */
  readonly oldKey: string;
}

/** Nobody else may have the data open. Throws when the master key is not that of the data. */
export function rotateKeys({ dataDirectory, keyDirectory }: Folders): Rotated {
  const own = join(keyDirectory, masterName);
  const next = join(keyDirectory, nextMasterName);
  if (!existsSync(own) && !existsSync(next)) throw new Error(`Không có khóa chính ở ${keyDirectory}.`);
  const database = new DatabaseSync(join(dataDirectory, 'keys.sqlite'));
  try {
    const keys = keysIn(database);
    const isBegun = existsSync(next) && isMasterKey(next);
    if (!isBegun && keys.size > 0 && !areUnder(readMasterKey(own), keys)) {
      throw new Error(`Khóa chính ở ${keyDirectory} không phải của dữ liệu này.`);
    }
    // Lost with the power before its bytes were on the disk: everything is still under the old one.
    if (!isBegun) rmSync(next, { force: true });
    const to = isBegun ? readMasterKey(next) : writeMasterKey(next);
    if (!existsSync(own)) {
      moveWhole(next, own);
      return { keys: keys.size, oldKey: '' };
    }
    const from = readMasterKey(own);
    if (!areUnder(to, keys)) rewrap(keys, { from, to }, database);
    const oldKey = join(keyDirectory, `master.${sha256(from).slice(0, 8)}.old.key`);
    moveWhole(own, oldKey);
    moveWhole(next, own);
    return { keys: keys.size, oldKey };
  } finally {
    database.close();
  }
}

const row = z.object({ owner: z.string(), wrapped: z.instanceof(Uint8Array) });

function keysIn(database: DatabaseSync): ReadonlyMap<string, Uint8Array> {
  const found = database.prepare('SELECT owner, wrapped FROM keys').all();
  return new Map(found.map((one) => row.parse(one)).map(({ owner, wrapped }) => [owner, wrapped]));
}

function isMasterKey(file: string): boolean {
  try {
    return readMasterKey(file).length > 0;
  } catch {
    return false;
  }
}

/** All are wrapped in one transaction, so that one tells of all. */
function areUnder(master: Uint8Array, keys: ReadonlyMap<string, Uint8Array>): boolean {
  const [one] = keys.values();
  return one !== undefined && opens(master, one);
}

function rewrap(
  keys: ReadonlyMap<string, Uint8Array>,
  masters: { readonly from: Uint8Array; readonly to: Uint8Array },
  database: DatabaseSync,
): void {
  const anew = underAnother(keys, masters);
  database.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; BEGIN IMMEDIATE');
  try {
    const write = database.prepare('INSERT OR REPLACE INTO keys (owner, wrapped) VALUES (?, ?)');
    for (const [owner, wrapped] of anew) write.run(owner, wrapped);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
  // Of what the old master key opens no copy is left in the file, nor in the log.
  wipe(database);
}
