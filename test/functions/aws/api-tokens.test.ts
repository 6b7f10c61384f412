import { describe, expect, test } from 'vitest';
import { apiTokens } from '../../../functions/aws/api-tokens.ts';
import { Transient } from '../../../shared/case/faults.ts';
import { tokenKey } from '../../signed-token.ts';

const issuer = 'https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_Abc123xyz';
const key = tokenKey('1');
const jwks = { keys: key.jwks.keys.map((one) => ({ ...one })) };
const seconds = Math.floor(Date.now() / 1000);
const claims = {
  sub: 'treasury',
  iss: issuer,
  client_id: 'treasury',
  token_use: 'access',
  scope: 'chi-tra/read chi-tra/submit',
  auth_time: seconds,
  iat: seconds,
  exp: seconds + 900,
  version: 2,
  jti: '1',
};
const tokens = apiTokens({ issuer, jwks });

test('a system’s token says which client it is and what it may', async () => {
  expect(await tokens.holderOf(key.token(claims))).toEqual({
    clientId: 'treasury',
    scopes: ['chi-tra/read', 'chi-tra/submit'],
    groups: [],
  });
});

test('a person’s token says their groups', async () => {
  const token = key.token({ ...claims, 'cognito:groups': ['inspector'] });
  expect((await tokens.holderOf(token))?.groups).toEqual(['inspector']);
});

test('a token that says nothing of scopes may nothing', async () => {
  const { scope: _none, ...bare } = claims;
  expect((await tokens.holderOf(key.token(bare)))?.scopes).toEqual([]);
});

test('clocks may differ by five seconds, and no more', async () => {
  const now = Math.floor(Date.now() / 1000);
  expect(await tokens.holderOf(key.token({ ...claims, exp: now - 2 }))).toBeDefined();
  expect(await tokens.holderOf(key.token({ ...claims, exp: now - 8 }))).toBeUndefined();
});

describe('no token of ours is', () => {
  const other = tokenKey('1');
  test.each([
    ['one of another pool', key.token({ ...claims, iss: `${issuer}x` })],
    [
      'one that says who signed in, and not what may be done',
      key.token({ ...claims, token_use: 'id', aud: 'treasury' }),
    ],
    ['one that has expired', key.token({ ...claims, exp: seconds - 60 })],
    ['one that is not valid yet', key.token({ ...claims, nbf: seconds + 600 })],
    ['one signed by another key', other.token(claims)],
    ['one signed by nobody', `${key.token(claims, { alg: 'none', kid: '1' }).split('.').slice(0, 2).join('.')}.`],
    ['one without the name of its key', key.token(claims, { alg: 'RS256' })],
    [
      'an altered one',
      key.token(claims).replace(/\.[^.]+\./, `.${Buffer.from('{"scope":"all"}').toString('base64url')}.`),
    ],
    ['any text', 'xin chào'],
    ['nothing', ''],
  ])('%s', async (_, token) => {
    expect(await tokens.holderOf(token)).toBeUndefined();
  });

  test('one of a client that is not named, where clients are', async () => {
    const named = apiTokens({ issuer, jwks, clientIds: ['bank'] });
    expect(await named.holderOf(key.token(claims))).toBeUndefined();
    expect(await named.holderOf(key.token({ ...claims, client_id: 'bank' }))).toMatchObject({ clientId: 'bank' });
  });
});

test('public keys that cannot be read are a fault that passes, and no answer', async () => {
  const nowhere = apiTokens({ issuer: 'https://cognito-idp.zz-nowhere-1.amazonaws.com/zz-nowhere-1_Abc123xyz' });
  const token = key.token({ ...claims, iss: 'https://cognito-idp.zz-nowhere-1.amazonaws.com/zz-nowhere-1_Abc123xyz' });
  await expect(nowhere.holderOf(token)).rejects.toThrow(Transient);
});
