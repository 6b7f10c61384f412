/**
 * Bearer tokens by which other systems call `/api`: access tokens of the user pool for clients with credentials of their own. The
 * authorizer before the function has looked at them; they are looked at here once more, because what they say decides.
 */
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import {
  FetchError,
  JwksNotAvailableInCacheError,
  JwtBaseError,
  WaitPeriodNotYetEndedJwkError,
} from 'aws-jwt-verify/error';
import type { Jwks } from 'aws-jwt-verify/jwk';
import * as z from 'zod';
import { Transient } from '../../shared/case/faults.ts';

export interface ApiTokens {
  /** `undefined` for a token that is none of ours, is altered, has expired or is for something else. */
  holderOf(token: string): Promise<TokenHolder | undefined>;
}

export interface TokenHolder {
  /** The client of the user pool, one a system. */
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** Of a person's token; a system's has none. */
  readonly groups: readonly string[];
}

export interface ApiTokenSettings {
  /** `https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_…` */
  readonly issuer: string;
  /** Clients whose tokens count; left out, every client of the pool: whoever answers asks for the scope. */
  readonly clientIds?: readonly string[];
  /** The pool's public keys; left out, they are fetched once a process. */
  readonly jwks?: Jwks;
}

/** Of the pool's clock. */
const graceSeconds = 5;

/** What is read of a token; one that says nothing of scopes may nothing. */
const said = z.object({
  client_id: z.string(),
  scope: z.string().default(''),
  'cognito:groups': z.array(z.string()).default([]),
});

/**
 * Nothing was learnt of the token. The last one: a token of an unknown key makes the verifier ask for no keys for ten seconds, and
 * one of a key that is new may come meanwhile.
 */
const unread = [FetchError, JwksNotAvailableInCacheError, WaitPeriodNotYetEndedJwkError];

export function apiTokens({ issuer, clientIds, jwks }: ApiTokenSettings): ApiTokens {
  const userPoolId = new URL(issuer).pathname.slice(1);
  const verifier = CognitoJwtVerifier.create({
    userPoolId,
    tokenUse: 'access',
    clientId: clientIds === undefined ? null : [...clientIds],
    graceSeconds,
  });
  if (jwks !== undefined) verifier.cacheJwks(jwks);
  return {
    async holderOf(token) {
      try {
        const { client_id: clientId, scope, 'cognito:groups': groups } = said.parse(await verifier.verify(token));
        return { clientId, scopes: scope.split(' ').filter((one) => one !== ''), groups };
      } catch (error) {
        if (unread.some((fault) => error instanceof fault)) {
          throw new Transient('the public keys of the sign-in service could not be read', { cause: error });
        }
        if (error instanceof JwtBaseError) return undefined;
        throw error;
      }
    },
  };
}
