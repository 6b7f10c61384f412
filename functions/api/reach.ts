/** Which cases and money a client may read: those of its units, or what the departments of the province may see. */
import type { Account } from '../../shared/case/access.ts';
import { actorOf, type ApiClient } from '../../shared/case/api-client.ts';
import { type Case, identityOf } from '../../shared/case/case.ts';
import type { Ports } from '../../shared/case/ports.ts';
import { readUnits } from '../../shared/case/unit.ts';
import { maskedMiddle } from '../../shared/completion/result-notice.ts';

/** As whom the guards of cases see it when it reads. */
export function readerOf({ id, name, units }: ApiClient): Account {
  const who = { id: actorOf({ id }), name, email: '' };
  return units === undefined ? { ...who, role: 'finance-officer', units: [] } : { ...who, role: 'unit-clerk', units };
}

/** As whom it submits: a clerk of its units, or of every registered one. */
export async function clerkOf(client: ApiClient, { store }: Pick<Ports, 'store'>): Promise<Account> {
  const units = client.units ?? [...(await readUnits(store)).keys()];
  return { id: actorOf(client), name: client.name, email: '', role: 'unit-clerk', units };
}

/** Name and masked citizen id, for a client that may know them. */
export async function personFor(
  { scopes }: ApiClient,
  of: Case,
  { vault }: Pick<Ports, 'vault'>,
): Promise<{ readonly person?: { readonly fullName: string; readonly citizenId: string } }> {
  if (!scopes.includes('persons:read')) return {};
  const { fullName, citizenId } = await identityOf(vault, of);
  return { person: { fullName, citizenId: maskedMiddle(citizenId) } };
}
