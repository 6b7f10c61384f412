/**
 * The Vault port on one machine. The master key lies in KEY_DIR, outside the data; the wrapped keys of persons and files are
 * a SQLite file among them.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import {
  keyLength,
  type Keys as SealingKeys,
  rewrapped,
  sealingKeys,
  type WrappedKeys,
} from '../../functions/home/sealing.ts';
import { writeWhole } from './whole-files.ts';

export interface Keys extends SealingKeys {
  close(): void;
}

/** Opens the keys; makes the master key at the very first start. Throws when data exist and their master key does not. */
export function openKeys(keyDirectory: string, dataDirectory: string): Keys {
  const store = join(dataDirectory, 'keys.sqlite');
  if (existsSync(join(keyDirectory, nextMasterName))) {
    throw new Error(`Việc đổi khóa chính ở ${keyDirectory} chưa xong. Hãy chạy npm run rotate-keys.`);
  }
  const master = masterKey(keyDirectory, existsSync(store));
  const database = new DatabaseSync(store);
  return { ...sealingKeys(master, sqliteKeys(database)), close: () => database.close() };
}

export const masterName = 'master.key';
/** While the master key is being changed: the one to come. */
export const nextMasterName = 'master.key.next';

const wrappedKey = z.object({ wrapped: z.instanceof(Uint8Array) });

function sqliteKeys(database: DatabaseSync): WrappedKeys {
  database.exec(`
    PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
    CREATE TABLE IF NOT EXISTS keys (owner TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;`);
  const select = database.prepare('SELECT wrapped FROM keys WHERE owner = ?');
  const insert = database.prepare('INSERT OR IGNORE INTO keys (owner, wrapped) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM keys WHERE owner = ?');
  return {
    async get(owner) {
      const found = select.get(owner);
      return found === undefined ? undefined : wrappedKey.parse(found).wrapped;
    },
    async insertMany(keys) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const written = [...keys].filter(([owner, wrapped]) => insert.run(owner, wrapped).changes === 1);
        database.exec('COMMIT');
        return written.map(([owner]) => owner);
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    async remove(owner) {
      remove.run(owner);
      wipe(database);
    },
  };
}

/**
 * After a key was deleted: the file is written anew. `secure_delete` overwrites what was deleted, but not the copies that a page
 * keeps of rows which moved to another.
 */
export function wipe(database: DatabaseSync): void {
  database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
}

function masterKey(directory: string, dataExist: boolean): Buffer {
  const file = join(directory, masterName);
  // Made by an earlier program and lost with the power before its bytes were on the disk: nothing was sealed under it yet.
  const isBlank = existsSync(file) && readFileSync(file, 'utf8').trim() === '' && !dataExist;
  if (isBlank) rmSync(file);
  if (existsSync(file)) return readMasterKey(file);
  if (dataExist)
    throw new Error(
      `Dữ liệu đã được niêm phong, nhưng khóa chính không có ở ${directory} (KEY_DIR). Hãy trỏ KEY_DIR đúng chỗ, hoặc đặt lại ${masterName} từ bản cất riêng; không có khóa đó thì không đọc được tên và tài khoản của ai.`,
    );
  return writeMasterKey(file);
}

/** Whether the master key in KEY_DIR is that of the data; true where nothing is sealed yet. */
export function isMasterOf(keyDirectory: string, dataDirectory: string): boolean {
  const database = new DatabaseSync(join(dataDirectory, 'keys.sqlite'), { readOnly: true });
  try {
    const found = database.prepare('SELECT wrapped FROM keys LIMIT 1').get();
    return found === undefined || opens(readMasterKey(join(keyDirectory, masterName)), wrappedKey.parse(found).wrapped);
  } catch {
    return false;
  } finally {
    database.close();
  }
}

/** Whether a wrapped key is wrapped by that master key. */
export function opens(master: Uint8Array, wrapped: Uint8Array): boolean {
  try {
    rewrapped(wrapped, { from: master, to: master });
    return true;
  } catch {
    return false;
  }
}

/** Throws when the file holds none. */
export function readMasterKey(file: string): Buffer {
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== keyLength)
    throw new Error(`${file} không phải khóa chính: cần 32 byte viết theo base64. Hãy đặt lại từ bản cất riêng.`);
  return key;
}

/** Makes one, whole on the disk before it has its name; throws when the file exists. Nobody else may make one meanwhile. */
export function writeMasterKey(file: string): Buffer {
  if (existsSync(file)) throw new Error(`${file} đã có sẵn, không tạo đè lên.`);
  const key = randomBytes(keyLength);
  writeWhole(file, `${key.toString('base64')}\n`);
  return key;
}
