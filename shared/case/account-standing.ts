/** One account of a case, opened and judged: for the case's page, the batch's, and the checks of a slip. */
import { type AccountVerdict, checkAccount } from './account-check.ts';
import { readAccountPast } from './account-past.ts';
import { accountOf, type BankAccount, type Case, type Identity, identityOf } from './case.ts';
import type { Ports } from './ports.ts';

export interface AccountStanding extends AccountVerdict {
  readonly account: BankAccount;
  readonly who: Identity;
}

/** Takes the account as it was ordered, or as the case has it now. */
export async function accountStanding(
  of: Case,
  { sealed, digest }: Case['account'],
  { store, vault }: Pick<Ports, 'store' | 'vault'>,
): Promise<AccountStanding> {
  const [account, who, past] = await Promise.all([
    accountOf(vault, of.id, sealed),
    identityOf(vault, of),
    readAccountPast(store, digest),
  ]);
  const isShared = (of.submitted.alike ?? []).some(({ in: what }) => what === 'account');
  return { ...checkAccount({ account, who, past, isShared }), account, who };
}
