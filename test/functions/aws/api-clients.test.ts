/** Whose a token of the user pool is: the client that two administrators entered by its name there, and nobody else. */
import { expect, test } from 'vitest';
import { poolClients } from '../../../functions/aws/api.ts';
import { historyClients } from '../../../functions/api/clients.ts';
import { localDateOf } from '../../../shared/calendar.ts';
import { poolToken } from '../../../shared/case/api-client.ts';
import { confirmClient, proposeClient, revokeClient } from '../../../shared/case/api-client-acts.ts';
import { done, provinces } from '../../province.ts';

const province = provinces();
const tokens = {
  async holderOf(token: string) {
    return token === 'true' ? { clientId: 'hrm1', scopes: ['chi-tra/all'], groups: [] } : undefined;
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
