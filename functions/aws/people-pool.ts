/** The user pool of a home, as its pages and its commands open accounts in it. */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { readStaff } from '../../shared/case/staff.ts';
import { cognitoFactors, type FactoredAccounts } from './cognito-factors.ts';
import { cognitoAccounts } from './cognito-sign-in.ts';
import type { AwsHome } from './home.ts';
import { clientSettings } from './service-clients.ts';
import { setting } from './settings.ts';

/** Takes the settings of the tables and of the vault, and `USER_POOL_ID`. */
export function peoplePool({ settings, place, ports, scratch }: AwsHome): FactoredAccounts {
  const client = new CognitoIdentityProviderClient(clientSettings(place));
  const pool = { client, userPoolId: setting(settings, 'USER_POOL_ID') };
  const accounts = cognitoAccounts(client, pool, scratch, ports.directory.find);
  return cognitoFactors(accounts, pool, scratch, async (id) => readStaff(ports.store, id));
}
