/**
 * The NoticeSigner port on one machine. The private key lies in KEY_DIR; the public ones beside it, in `notice-keys`, and stay
 * there. To change the key, move `notice.key` away: the next notice makes another, and papers of before still verify.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { noticeKeyOf, verifiesNotice } from '../../functions/home/notice-keys.ts';
import type { NoticeKey, NoticeSigner } from '../../shared/case/ports.ts';
import { writeWhole } from './whole-files.ts';

const privateName = 'notice.key';
const publishedName = 'notice-keys';

export function noticeSigner(keyDirectory: string): NoticeSigner {
  const own = join(keyDirectory, privateName);
  const published = join(keyDirectory, publishedName);
  let known: { readonly key: NoticeKey; readonly secret: KeyObject } | undefined;
  const current = () => {
    if (!existsSync(own)) {
      known = undefined;
      makeKey(own);
    }
    known ??= opened(own, published);
    return known;
  };
  return {
    current: async () => current().key,
    async sign(keyId, text) {
      const { key, secret } = current();
      if (key.id !== keyId) throw new Error(`notices are not signed by key ${keyId} any more`);
      return sign(null, Buffer.from(text), secret);
    },
    keys: async () => noticeKeysIn(keyDirectory).map(noticeKeyOf),
    verifies: verifiesNotice,
  };
}

/** The public ones, as PEM. */
export function noticeKeysIn(keyDirectory: string): readonly string[] {
  const published = join(keyDirectory, publishedName);
  if (!existsSync(published)) return [];
  const names = readdirSync(published).filter((name) => name.endsWith('.pem'));
  return names.toSorted().map((name) => readFileSync(join(published, name), 'utf8'));
}

/** Papers signed by it verify from then on; one that is there stays as it is. Throws for a key of another kind. */
export function keepNoticeKey(keyDirectory: string, pem: string): void {
  const key = noticeKeyOf(pem);
  const file = join(keyDirectory, publishedName, `${key.id}.pem`);
  if (!existsSync(file)) writeWhole(file, key.pem);
}

/** Papers were signed, and what signed them is not there: the next paper makes another key. */
export function lacksNoticeKey(keyDirectory: string): boolean {
  return !existsSync(join(keyDirectory, privateName)) && noticeKeysIn(keyDirectory).length > 0;
}

/** Two threads may make the first key at once: one of them is kept, whole, by whoever links it first. */
function makeKey(file: string): void {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ed25519');
  const made = `${file}.${v7()}`;
  writeFileSync(made, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(made, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    unlinkSync(made);
  }
}

function opened(file: string, published: string): { readonly key: NoticeKey; readonly secret: KeyObject } {
  const secret = createPrivateKey(readFileSync(file, 'utf8'));
  const key = noticeKeyOf(createPublicKey(secret).export({ type: 'spki', format: 'pem' }).toString());
  mkdirSync(published, { recursive: true, mode: 0o700 });
  const own = join(published, `${key.id}.pem`);
  if (!existsSync(own)) writeFileSync(own, key.pem);
  return { key, secret };
}
