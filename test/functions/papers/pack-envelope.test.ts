/** A pack sealed for one receiver, with keys as `openssl` makes them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSealed, type Receiver, receiverOf, sealFor } from '../../../functions/papers/pack-envelope.ts';
import { seeded } from '../../../infra/local/seeded.ts';
import { flipped } from './pack.ts';

const folder = mkdtempSync(join(tmpdir(), 'envelope-'));
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const pemOf = (type: 'spki' | 'pkcs8') => ({ type, format: 'pem' }) as const;
let publicPem = '';
let privatePem = '';

beforeAll(() => {
  const made = generateKeyPairSync('x25519');
  publicPem = made.publicKey.export(pemOf('spki')).toString();
  privatePem = made.privateKey.export(pemOf('pkcs8')).toString();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function receiver(pem = publicPem): Receiver {
  const found = receiverOf(pem);
  return 'vi' in found ? expect.fail(found.vi) : found;
}

const piece = 65_536;
const contentOf = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 31) % 251);

describe('a sealed pack', () => {
  test.each([0, 1, piece - 1, piece, piece + 1, 3 * piece + 5])('of %i bytes opens to the same bytes', (length) => {
    const content = contentOf(length);
    expect(openSealed(sealFor(receiver(), content), privatePem)).toEqual(Buffer.from(content));
  });

  test('is other bytes each time, and shows nothing of what is inside', () => {
    const content = new TextEncoder().encode('Nguyễn Văn A, 0123456789'.repeat(50));
    const [one, other] = [sealFor(receiver(), content), sealFor(receiver(), content)];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false);
    expect(Buffer.from(one).includes('0123456789')).toBe(false);
  });

  test('with a byte changed does not open, and where it was changed is said', () => {
    const sealed = sealFor(receiver(), contentOf(2 * piece + 100));
    const random = seeded(3);
    const places = [
      ...Array.from({ length: 90 }, (_, byte) => byte),
      ...Array.from({ length: 300 }, () => random.between(90, sealed.length - 1)),
    ];
    for (const byte of places) {
      const opened = openSealed(flipped(sealed, byte, byte % 8), privatePem);
      expect([byte, 'vi' in opened && /byte \d+–\d+|phần đầu|mã khóa ở đầu/.test(opened.vi)]).toEqual([byte, true]);
    }
  });

  test('with a piece left out, moved, or cut short does not open', () => {
    const sealed = Buffer.from(sealFor(receiver(), contentOf(3 * piece)));
    const [head, step] = [sealed.length - 3 * (piece + 16), piece + 16];
    const at = (from: number, to: number) => sealed.subarray(head + from * step, head + to * step);
    const start = sealed.subarray(0, head);
    const wrong = [
      Buffer.concat([start, at(0, 2)]),
      Buffer.concat([start, at(0, 1), at(2, 3)]),
      Buffer.concat([start, at(1, 2), at(0, 1), at(2, 3)]),
      Buffer.concat([sealed, at(2, 3)]),
      sealed.subarray(0, sealed.length - 1),
      start,
    ];
    for (const bytes of wrong) expect(openSealed(bytes, privatePem)).toHaveProperty('vi');
  });

  test('opens with the receiver’s key alone, and that key is known from the file', () => {
    const other = generateKeyPairSync('x25519').privateKey.export(pemOf('pkcs8')).toString();
    expect(openSealed(sealFor(receiver(), contentOf(10)), other)).toMatchObject({
      vi: expect.stringContaining('người nhận khác'),
    });
    expect(openSealed(contentOf(200), privatePem)).toMatchObject({
      vi: expect.stringContaining('không phải gói đã mã hóa'),
    });
  });
});

test('only the public half of an X25519 key is taken', () => {
  const ed = generateKeyPairSync('ed25519').publicKey.export(pemOf('spki')).toString();
  for (const pem of [privatePem, ed, '', 'không phải khóa']) {
    expect(receiverOf(pem)).toMatchObject({ vi: expect.stringContaining('khóa công khai X25519') });
  }
  expect(openSealed(sealFor(receiver(), contentOf(1)), publicPem)).toMatchObject({
    vi: expect.stringContaining('Khóa riêng'),
  });
});

test.runIf(hasOpenssl)('keys that openssl makes seal and open', () => {
  const [secret, open] = [join(folder, 'private.pem'), join(folder, 'public.pem')];
  execFileSync('openssl', ['genpkey', '-algorithm', 'X25519', '-out', secret]);
  execFileSync('openssl', ['pkey', '-in', secret, '-pubout', '-out', open]);
  const sealed = sealFor(receiver(readFileSync(open, 'utf8')), contentOf(1000));
  expect(openSealed(sealed, readFileSync(secret, 'utf8'))).toEqual(Buffer.from(contentOf(1000)));
});
