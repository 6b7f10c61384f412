/**
 * A pack sealed for one receiver. `openssl genpkey -algorithm X25519 -out private.pem` makes the receiver's key,
 * `openssl pkey -in private.pem -pubout -out public.pem` the half that is given away.
 *
 * Format 1: `chi-tra-sealed/1\n`, the receiver's key id (SHA-256 of the public key, 32 bytes), a fresh X25519 public key
 * (32 bytes), then pieces of 64 KiB, each AES-256-GCM with its tag behind it. The key is HKDF-SHA-256 over the agreed secret,
 * salted with all that stands before the pieces, which also goes into each tag. A nonce is the number of its piece (11 bytes)
 * and whether it is the last (1 byte): none can be dropped, added or moved.
 */
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { sha256 } from '../../shared/hash.ts';
import type { Sentence } from '../../shared/vietnamese.ts';

const mark = Buffer.from('chi-tra-sealed/1\n');
const keyBytes = 32;
const pieceBytes = 65_536;
const tagBytes = 16;
const headBytes = mark.length + 2 * keyBytes;
/** DER around the raw X25519 public key. */
const publicKeyPrefix = Buffer.from('302a300506032b656e032100', 'hex');

export type Receiver = { readonly key: KeyObject; readonly id: string };

/** The receiver's public key from its PEM; or what is wrong with it. */
export function receiverOf(pem: string): Receiver | Sentence {
  const key = keyIn(pem, createPublicKey);
  if (key === undefined || pem.includes('PRIVATE')) return noPublicKey;
  return { key, id: sha256(key.export({ type: 'spki', format: 'der' })) };
}

function keyIn(pem: string, read: (pem: string) => KeyObject): KeyObject | undefined {
  try {
    const key = read(pem);
    return key.asymmetricKeyType === 'x25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

const noPublicKey: Sentence = {
  vi: 'Khóa của người nhận phải là khóa công khai X25519 dạng PEM (BEGIN PUBLIC KEY). Hãy xin lại khóa công khai; không gửi khóa riêng cho ai.',
  en: 'The receiver’s key must be an X25519 public key in PEM (BEGIN PUBLIC KEY). Ask for the public key; never send a private one.',
};

/** Each time other bytes: the key of one sealing is never used again. */
export function sealFor({ key, id }: Receiver, content: Uint8Array): Uint8Array {
  const fresh = generateKeyPairSync('x25519');
  const freshPublic = fresh.publicKey.export({ type: 'spki', format: 'der' }).subarray(publicKeyPrefix.length);
  const head = Buffer.concat([mark, Buffer.from(id, 'hex'), freshPublic]);
  const secret = keyOf(diffieHellman({ privateKey: fresh.privateKey, publicKey: key }), head);
  const pieces: Uint8Array[] = [head];
  const count = Math.max(1, Math.ceil(content.length / pieceBytes));
  for (let number = 0; number < count; number += 1) {
    const cipher = createCipheriv('aes-256-gcm', secret, nonceOf(number, number === count - 1));
    cipher.setAAD(head);
    const clear = content.subarray(number * pieceBytes, (number + 1) * pieceBytes);
    pieces.push(cipher.update(clear), cipher.final(), cipher.getAuthTag());
  }
  return Buffer.concat(pieces);
}

/** The clear pack, with the receiver's private key in PEM; or why it does not open, with the place that was altered. */
export function openSealed(sealed: Uint8Array, privatePem: string): Uint8Array | Sentence {
  const bytes = Buffer.from(sealed);
  const key = keyIn(privatePem, createPrivateKey);
  if (key === undefined) return noPrivateKey;
  if (bytes.length < headBytes + tagBytes || !bytes.subarray(0, mark.length).equals(mark)) return notSealed;
  const head = bytes.subarray(0, headBytes);
  const id = sha256(createPublicKey(key).export({ type: 'spki', format: 'der' }));
  if (head.toString('hex', mark.length, mark.length + keyBytes) !== id) return otherReceiver;
  const secret = keyOf(agreed(key, head.subarray(mark.length + keyBytes)), head);
  const step = pieceBytes + tagBytes;
  const count = Math.ceil((bytes.length - headBytes) / step);
  const pieces: Uint8Array[] = [];
  for (let number = 0; number < count; number += 1) {
    const from = headBytes + number * step;
    const piece = bytes.subarray(from, from + step);
    const opened = openPiece(piece, secret, nonceOf(number, number === count - 1), head);
    if (opened === undefined) return altered(from, from + piece.length - 1);
    pieces.push(opened);
  }
  return Buffer.concat(pieces);
}

function agreed(privateKey: KeyObject, raw: Uint8Array): Uint8Array {
  const der = Buffer.concat([publicKeyPrefix, raw]);
  try {
    return diffieHellman({ privateKey, publicKey: createPublicKey({ key: der, format: 'der', type: 'spki' }) });
  } catch {
    // A point of small order: no secret is agreed, so that no piece opens.
    return new Uint8Array(keyBytes);
  }
}

function openPiece(piece: Uint8Array, secret: Uint8Array, nonce: Uint8Array, head: Uint8Array): Uint8Array | undefined {
  if (piece.length < tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', secret, nonce, { authTagLength: tagBytes });
  decipher.setAAD(head);
  decipher.setAuthTag(piece.subarray(piece.length - tagBytes));
  try {
    return Buffer.concat([decipher.update(piece.subarray(0, piece.length - tagBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
}

function keyOf(secret: Uint8Array, head: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, head, 'chi-tra-sealed/1', keyBytes));
}

function nonceOf(number: number, isLast: boolean): Uint8Array {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

const noPrivateKey: Sentence = {
  vi: 'Khóa riêng phải là khóa X25519 dạng PEM (BEGIN PRIVATE KEY), không có mật khẩu.',
  en: 'The private key must be X25519 in PEM (BEGIN PRIVATE KEY), without a password.',
};
const notSealed: Sentence = {
  vi: 'Tệp này không phải gói đã mã hóa của hệ thống, hoặc phần đầu của tệp đã bị sửa.',
  en: 'This is no sealed pack, or its head was altered.',
};
const otherReceiver: Sentence = {
  vi: 'Gói này được mã hóa cho người nhận khác, hoặc mã khóa ở đầu tệp đã bị sửa.',
  en: 'This pack is sealed for another receiver, or the key id in its head was altered.',
};

function altered(from: number, to: number): Sentence {
  return {
    vi: `Gói đã bị sửa: byte ${from}–${to}, hoặc phần đầu tệp, không còn nguyên vẹn.`,
    en: `The pack was altered: bytes ${from}–${to}, or its head.`,
  };
}
