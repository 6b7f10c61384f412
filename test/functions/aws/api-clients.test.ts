/** Whose a token of the user pool is: the client that two administrators entered by its name there, and nobody else. */
import { describe, expect, test } from 'vitest';
import { poolClients, poolPrefix } from '../../../functions/aws/api.ts';
import { historyClients } from '../../../functions/api/clients.ts';
import { localDateOf } from '../../../shared/calendar.ts';
import { type ApiClient, type ApiScope, apiScopes, poolToken } from '../../../shared/case/api-client.ts';
import { confirmClient, proposeClient, revokeClient } from '../../../shared/case/api-client-acts.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();
const tokens = {
  async holderOf(token: string) {
    return token === 'true'
      ? { clientId: 'hrm1', scopes: ['chi-tra/cases:read', 'chi-tra/lists:submit'], groups: [] }
      : undefined;
  },
};

test('it counts once it is entered and confirmed, until it is revoked', async () => {
  const { still, account } = await province();
  const clients = poolClients(tokens, historyClients(still));
  expect(await clients.clientOf('true')).toBeUndefined();
  const wish = { name: 'Hệ thống nhân sự', scopes: ['cases:read'], units: [], expiresOn: localDateOf(still.now()) };
  const proposed = done(
    await proposeClient({ ...wish, token: 'x'.repeat(43), poolClient: 'hrm1' }, { id: 'one' }, still),
  );
  const id = 'id' in proposed ? proposed.id : '';
  expect(await clients.clientOf('true')).toBeUndefined();
  done(await confirmClient(id, { id: 'another' }, still));
  expect(await clients.clientOf('true')).toMatchObject({ id, scopes: ['cases:read'] });
  expect(await clients.clientOf('forged')).toBeUndefined();
  // Its name is no secret, and is no token.
  expect(await clients.clientOf(poolToken('hrm1'))).toBeUndefined();
  done(await revokeClient(id, 'Hết hợp đồng', account('administrator'), still));
  expect(await clients.clientOf('true')).toBeUndefined();
});

describe('a system may what its entry and its token both say:', () => {
  /** As the pool signed the token, and as two administrators entered the system. */
  async function mayWith(inToken: readonly string[], inEntry: readonly ApiScope[]) {
    const holder = { clientId: 'hrm1', scopes: inToken, groups: [] };
    const client: ApiClient = { id: 'one', name: 'Hệ thống nhân sự', scopes: inEntry };
    const clients = poolClients({ holderOf: async () => holder }, { clientOf: async () => client });
    return (await clients.clientOf('token'))?.scopes;
  }
  const inPool = apiScopes.map((scope) => `${poolPrefix}${scope}`);

  test('all, where both say all', async () => {
    expect(await mayWith(inPool, apiScopes)).toEqual(apiScopes);
  });

  test.each(apiScopes)('not %s, where either lacks it', async (scope) => {
    const others = apiScopes.filter((one) => one !== scope);
    expect(await mayWith(inPool, others)).toEqual(others);
    const lacking = inPool.filter((one) => one !== `${poolPrefix}${scope}`);
    expect(await mayWith(lacking, apiScopes)).toEqual(others);
    expect(await mayWith([`${poolPrefix}${scope}`], apiScopes)).toEqual([scope]);
  });

  test.each([
    ['of another resource', apiScopes.map((scope) => `other/${scope}`)],
    ['without a resource', [...apiScopes]],
    ['that only look alike', inPool.map((scope) => `${scope}x`)],
    ['of a person', ['openid', 'email', 'aws.cognito.signin.user.admin']],
    ['of nothing', []],
  ])('nothing by scopes %s', async (_, scopes) => {
    expect(await mayWith(scopes, apiScopes)).toEqual([]);
  });
});
