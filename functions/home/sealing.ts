/**
 * Sealing, the same in both homes, so that what was sealed in one opens in the other: AES-256-GCM, stored as nonce (12 bytes),
 * tag (16), text. Each person and each file has a key of its own, wrapped by one master key. Erasing a person's key makes
 * their fields unreadable while every hash chain stays whole.
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
import { fileOwner, personOwner } from '../../shared/case/erased.ts';
import type { Vault } from '../../shared/case/ports.ts';

export interface Keys extends Vault {
  /** Seals bytes under the key of a file. */
  sealBytes(owner: string, bytes: Uint8Array): Promise<Uint8Array>;
  /** `undefined` when the key has been erased. Throws when the bytes were altered. */
  openBytes(owner: string, sealed: Uint8Array): Promise<Uint8Array | undefined>;
  /**
   * Erases the keys of owners for good, `person/…` or `file/…`. Another process may open by one in memory for up to
   * `cachedMinutes`; it seals nothing under it any more.
   */
  erase(owners: readonly string[]): Promise<void>;
  /** A key derived for another purpose, such as the cookie seal; the same each time. */
  derive(purpose: string): Uint8Array;
}

/** Port: where the wrapped keys lie. An owner is `person/` and the case's id, or `file/` and the content's hash. */
export interface WrappedKeys {
  get(owner: string): Promise<Uint8Array | undefined>;
  /** Gives the owners who got one; whoever has one already is left alone. */
  insertMany(keys: ReadonlyMap<string, Uint8Array>): Promise<readonly string[]>;
  /** Harmless where there is none. */
  remove(owner: string): Promise<void>;
}

export const keyLength = 32;
const ivLength = 12;
const tagLength = 16;
const cachedKeys = 5000;
/** So long an erased key may still be in the memory of a process that has used it. */
export const cachedMinutes = 10;
const cachedMilliseconds = cachedMinutes * 60_000;

interface Opened {
  readonly key: KeyObject;
  /** As it lies in the store. */
  readonly wrapped: Uint8Array;
  readonly until: number;
}

/** Takes the master key, 32 bytes, and the clock for the cache of opened keys, in milliseconds of the epoch. */
export function sealingKeys(master: Uint8Array, wrapped: WrappedKeys, now: () => number = Date.now): Keys {
  if (master.length !== keyLength) throw new RangeError(`a master key of ${master.length} bytes`);
  const cache = new Map<string, Opened>();
  const wrapping = createSecretKey(master);
  let digestKey: Buffer | undefined;

  /** Keeps in memory those that are in force: another process may have been faster with some. */
  async function madeFor(owners: readonly string[]): Promise<void> {
    const made = new Map(owners.map((owner) => [owner, randomBytes(keyLength)]));
    const sealed = new Map([...made].map(([owner, key]) => [owner, encrypt(wrapping, key)]));
    for (const owner of await wrapped.insertMany(sealed)) {
      const [key, own] = [made.get(owner), sealed.get(owner)];
      if (key !== undefined && own !== undefined) keep(owner, createSecretKey(key), own);
    }
  }

  function keep(owner: string, key: KeyObject, own: Uint8Array): void {
    if (cache.size >= cachedKeys) cache.clear();
    cache.set(owner, { key, wrapped: own, until: now() + cachedMilliseconds });
  }

  async function find(owner: string): Promise<KeyObject | undefined> {
    const known = cache.get(owner);
    return known !== undefined && known.until > now() ? known.key : findInForce(owner);
  }

  /** As it lies in the store now: another process may have erased it, or made another. */
  async function findInForce(owner: string): Promise<KeyObject | undefined> {
    const found = await wrapped.get(owner);
    if (found === undefined) {
      cache.delete(owner);
      return undefined;
    }
    const known = cache.get(owner);
    const isSame = known !== undefined && Buffer.from(known.wrapped).equals(found);
    const key = isSame ? known.key : createSecretKey(decrypt(wrapping, found));
    keep(owner, key, found);
    return key;
  }

  /**
   * To seal by. Read anew each time: what is sealed under a key that is nowhere any more is lost. Whoever writes the key first
   * gives it to both, where two make it at once.
   */
  async function findOrMake(owner: string): Promise<KeyObject> {
    const known = await findInForce(owner);
    if (known !== undefined) return known;
    await madeFor([owner]);
    const made = await findInForce(owner);
    if (made === undefined) throw new Error('a key that was just written is not there');
    return made;
  }

  /** Digests stay when the master key is changed: claims and lookups in the histories are made of them. */
  async function readDigestKey(): Promise<Buffer> {
    const first = await wrapped.get(firstMasterOwner);
    return derived(first === undefined ? master : decrypt(wrapping, first), 'digest');
  }

  return {
    prepare: async (caseIds) => madeFor(caseIds.map(personOwner)),
    async seal(caseId, text) {
      return encrypt(await findOrMake(personOwner(caseId)), Buffer.from(text)).toString('base64');
    },
    async open(caseId, sealed) {
      const key = await find(personOwner(caseId));
      return key === undefined ? undefined : decrypt(key, Buffer.from(sealed, 'base64')).toString();
    },
    async digest(kind, text) {
      digestKey ??= await readDigestKey();
      return createHmac('sha256', digestKey).update(`${kind}\n${text}`).digest('hex');
    },
    sealBytes: async (owner, bytes) => encrypt(await findOrMake(fileOwner(owner)), bytes),
    async openBytes(owner, sealed) {
      const key = await find(fileOwner(owner));
      return key === undefined ? undefined : decrypt(key, sealed);
    },
    async erase(owners) {
      for (const owner of owners) {
        await wrapped.remove(owner);
        cache.delete(owner);
      }
    },
    derive: (purpose) => derived(master, purpose),
  };
}

/** Whose wrapped key is the first master key a province had, where it has another now. */
export const firstMasterOwner = 'master/first';

/** Each wrapped key under another master key; the first that there ever was is kept among them. Throws when one is not of the old. */
export function underAnother(
  keys: ReadonlyMap<string, Uint8Array>,
  { from, to }: { readonly from: Uint8Array; readonly to: Uint8Array },
): ReadonlyMap<string, Uint8Array> {
  const first = [firstMasterOwner, encrypt(createSecretKey(to), from)] as const;
  // Where it was changed before, the first one is among the keys already.
  return new Map([first, ...[...keys].map(([owner, key]) => [owner, rewrapped(key, { from, to })] as const)]);
}

/** A wrapped key under another master key, for a province that moves from one home to another. */
export function rewrapped(
  key: Uint8Array,
  { from, to }: { readonly from: Uint8Array; readonly to: Uint8Array },
): Buffer {
  return encrypt(createSecretKey(to), decrypt(createSecretKey(from), key));
}

function derived(master: Uint8Array, purpose: string): Buffer {
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
