/** What the embedded provider remembers, and its own secrets, in the scratch store. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Adapter, AdapterPayload, JWK } from 'oidc-provider';
import * as z from 'zod';
import type { SqliteScratch } from './scratch.ts';

const sessionSeconds = 8 * 3600;

/** Consumed codes and expiry are the provider's own rules. */
export function scratchAdapter(name: string, scratch: SqliteScratch): Adapter {
  const kind = `oidc-${name}`;
  const find = async (id: string): Promise<AdapterPayload | undefined> => {
    const text = scratch.get(kind, id);
    return text === undefined ? undefined : payload.parse(JSON.parse(text));
  };
  const byField = async (field: 'uid' | 'userCode', value: string) =>
    scratch
      .list(kind)
      .map(({ value: text }) => payload.parse(JSON.parse(text)))
      .find((one) => one[field] === value);
  return {
    async upsert(id, given, expiresIn = sessionSeconds) {
      scratch.put(kind, id, JSON.stringify(given), Date.now() + expiresIn * 1000);
    },
    find,
    findByUid: (uid) => byField('uid', uid),
    findByUserCode: (userCode) => byField('userCode', userCode),
    async consume(id) {
      const found = await find(id);
      if (found !== undefined) {
        scratch.put(
          kind,
          id,
          JSON.stringify({ ...found, consumed: Math.floor(Date.now() / 1000) }),
          (found.exp ?? 0) * 1000,
        );
      }
    },
    async destroy(id) {
      scratch.remove(kind, id);
    },
    async revokeByGrantId(grantId) {
      for (const { key, value } of scratch.list(kind)) {
        if (payload.parse(JSON.parse(value)).grantId === grantId) scratch.remove(kind, key);
      }
    },
  };
}

const payload = z.looseObject({
  uid: z.string().exactOptional(),
  userCode: z.string().exactOptional(),
  grantId: z.string().exactOptional(),
  exp: z.number().exactOptional(),
});

export function signingKey(scratch: SqliteScratch): JWK {
  const text = kept(scratch, 'signing', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return JSON.stringify({
      ...privateKey.export({ format: 'jwk' }),
      use: 'sig',
      alg: 'RS256',
      kid: randomBytes(8).toString('hex'),
    });
  });
  return z.looseObject({ kty: z.string() }).parse(JSON.parse(text));
}

/** A secret made once and kept. */
export function kept(scratch: SqliteScratch, name: string, make: () => string): string {
  // Made only when missing: an RSA key takes a while.
  if (scratch.get('provider-secret', name) === undefined) scratch.insert('provider-secret', name, make());
  const value = scratch.get('provider-secret', name);
  if (value === undefined) throw new Error(`the provider's ${name} secret is gone`);
  return value;
}
