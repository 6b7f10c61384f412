/** Tokens as a provider of sign-in signs them (RS256), with the public half of its key. */
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

export interface TokenKey {
  readonly jwks: { readonly keys: readonly PublicJwk[] };
  token(claims: object, header?: object): string;
}

interface PublicJwk {
  readonly kty: 'RSA';
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'RS256';
  readonly n: string;
  readonly e: string;
}

export function tokenKey(kid: string): TokenKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n = '', e = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return {
    jwks: { keys: [{ kty: 'RSA', kid, use: 'sig', alg: 'RS256', n, e }] },
    token(claims, header = { alg: 'RS256', kid }) {
      const told = `${encoded(header)}.${encoded(claims)}`;
      return `${told}.${sign('RSA-SHA256', Buffer.from(told), privateKey).toString('base64url')}`;
    },
  };
}
