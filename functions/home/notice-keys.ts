/** Public keys by which notices are verified, the same in both homes. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { NoticeKey } from '../../shared/case/ports.ts';

const idCharacters = 8;

/** Takes a public key as PEM or as SubjectPublicKeyInfo in DER; throws when it is none of Ed25519. */
export function noticeKeyOf(given: string | Uint8Array): NoticeKey {
  const key =
    typeof given === 'string'
      ? createPublicKey(given)
      : createPublicKey({ key: Buffer.from(given), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType !== 'ed25519') throw new RangeError('not an Ed25519 public key');
  const id = createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, idCharacters)
    .toUpperCase();
  return { id, pem: key.export({ type: 'spki', format: 'pem' }).toString() };
}

/** Needs nothing but the public key: no data, no network. */
export function verifiesNotice({ pem }: NoticeKey, text: string, signature: Uint8Array): boolean {
  try {
    return verify(null, Buffer.from(text), createPublicKey(pem), signature);
  } catch {
    return false;
  }
}
