/** What every home's signer of notices does alike: a file of this machine, a key of a cloud's key service. */
import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { NoticeSigner } from '../../shared/case/ports.ts';

export function describeNoticeSigner(
  name: string,
  open: () => { readonly signer: NoticeSigner; changeKey(): Promise<void> },
): void {
  describe(name, () => {
    const text = 'CT1:ĐỒNG';

    test('signs by Ed25519, the same text to the same 64 bytes, which any program verifies by the public key', async () => {
      const { signer } = open();
      const key = await signer.current();
      const [one, other] = [await signer.sign(key.id, text), await signer.sign(key.id, text)];
      expect(one).toHaveLength(64);
      expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
      expect(verify(null, Buffer.from(text), createPublicKey(key.pem), one)).toBe(true);
      expect(signer.verifies(key, text, one)).toBe(true);
      expect(signer.verifies(key, `${text}.`, one)).toBe(false);
      expect(signer.verifies({ ...key, pem: 'no key' }, text, one)).toBe(false);
      expect(signer.verifies(key, text, one.slice(1))).toBe(false);
    });

    test('names its key in eight characters, and lists it', async () => {
      const { signer } = open();
      const key = await signer.current();
      expect(key.id).toMatch(/^[0-9A-F]{8}$/);
      expect(await signer.keys()).toEqual([key]);
    });

    test('after another key took its place, still verifies what the old one signed and signs by it no more', async () => {
      const { signer, changeKey } = open();
      const old = await signer.current();
      const signed = await signer.sign(old.id, text);
      await changeKey();
      const now = await signer.current();
      expect(now.id).not.toBe(old.id);
      const listed = await signer.keys();
      expect(listed.map(({ id }) => id).toSorted()).toEqual([old.id, now.id].toSorted());
      const kept = listed.find(({ id }) => id === old.id) ?? expect.fail('the old key is gone');
      expect(signer.verifies(kept, text, signed)).toBe(true);
      expect(signer.verifies(now, text, signed)).toBe(false);
      await expect(signer.sign(old.id, text)).rejects.toThrow();
    });
  });
}
