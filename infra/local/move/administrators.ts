/** Who may say where a province is at home. Told by the accounts' own histories: no key is needed. */
import { readStaff } from '../../../shared/case/staff.ts';
import type { Store } from '../../../shared/case/store.ts';

export async function isAdministrator(store: Pick<Store, 'read'>, account: string): Promise<boolean> {
  const staff = await readStaff(store, account);
  return staff?.status === 'open' && staff.terms?.role === 'administrator';
}
