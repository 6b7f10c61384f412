/**
 * The Vault port on one machine. A master key lies in KEY_DIR, outside the data; each person and each file has a key
 * of its own, wrapped by it. Erasing a person's key makes their fields unreadable while every hash chain stays whole.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Vault } from '../../shared/case/ports.ts';

export interface Keys extends Vault {
  /** Seals bytes under the key of a file. */
  sealBytes(owner: string, bytes: Uint8Array): Uint8Array;
  /** `undefined` when the key has been erased. Throws when the bytes were altered. */
  openBytes(owner: string, sealed: Uint8Array): Uint8Array | undefined;
  /** A key derived for another purpose, such as the cookie seal; the same each time. */
  derive(purpose: string): Uint8Array;
  close(): void;
}

const keyLength = 32;
const ivLength = 12;
const tagLength = 16;
const cachedKeys = 5000;
const wrappedKey = z.object({ wrapped: z.instanceof(Uint8Array) });

/** Opens the keys; makes the master key at the very first start. Throws when data exist and their master key does not. */
export function openKeys(keyDirectory: string, dataDirectory: string): Keys {
  const store = join(dataDirectory, 'keys.sqlite');
  const master = masterKey(keyDirectory, existsSync(store));
  const database = new DatabaseSync(store);
  database.exec(`
    PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS keys (owner TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;`);
  const select = database.prepare('SELECT wrapped FROM keys WHERE owner = ?');
  const insert = database.prepare('INSERT OR IGNORE INTO keys (owner, wrapped) VALUES (?, ?)');
  const cache = new Map<string, KeyObject>();
  const wrapping = createSecretKey(master);
  const digestKey = derived(master, 'digest');

  function find(owner: string): KeyObject | undefined {
    const known = cache.get(owner);
    if (known !== undefined) return known;
    const found = select.get(owner);
    if (found === undefined) return undefined;
    const key = createSecretKey(decrypt(wrapping, wrappedKey.parse(found).wrapped));
    if (cache.size >= cachedKeys) cache.clear();
    cache.set(owner, key);
    return key;
  }

  function findOrMake(owner: string): KeyObject {
    const known = find(owner);
    if (known !== undefined) return known;
    insert.run(owner, encrypt(wrapping, randomBytes(keyLength)));
    const made = find(owner);
    if (made === undefined) throw new Error('a key that was just written is not there');
    return made;
  }

  const personOwner = (caseId: string) => `person/${caseId}`;
  return {
    async prepare(caseIds) {
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const caseId of caseIds) insert.run(personOwner(caseId), encrypt(wrapping, randomBytes(keyLength)));
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    async seal(caseId, text) {
      return encrypt(findOrMake(personOwner(caseId)), Buffer.from(text)).toString('base64');
    },
    async open(caseId, sealed) {
      const key = find(personOwner(caseId));
      return key === undefined ? undefined : decrypt(key, Buffer.from(sealed, 'base64')).toString();
    },
    async digest(kind, text) {
      return createHmac('sha256', digestKey).update(`${kind}\n${text}`).digest('hex');
    },
    sealBytes: (owner, bytes) => encrypt(findOrMake(`file/${owner}`), bytes),
    openBytes(owner, sealed) {
      const key = find(`file/${owner}`);
      return key === undefined ? undefined : decrypt(key, sealed);
    },
    derive: (purpose) => derived(master, purpose),
    close: () => database.close(),
  };
}

function masterKey(directory: string, dataExist: boolean): Buffer {
  const file = join(directory, 'master.key');
  if (existsSync(file)) {
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
    if (key.length !== keyLength) throw new Error(`${file} is not a master key`);
    return key;
  }
  if (dataExist) throw new Error(`the data are sealed, but their master key is not in ${directory}`);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const key = randomBytes(keyLength);
  writeFileSync(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  return key;
}

function derived(master: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), purpose, keyLength));
}

function encrypt(key: KeyObject, clear: Uint8Array): Buffer {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const body = Buffer.concat([cipher.update(clear), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

function decrypt(key: KeyObject, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivLength));
  decipher.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength));
  return Buffer.concat([decipher.update(bytes.subarray(ivLength + tagLength)), decipher.final()]);
}
