/** The Directory port: who has which account is told by the accounts' own histories. */
import type { Account } from '../../shared/case/access.ts';
import type { Directory, Vault } from '../../shared/case/ports.ts';
import { accountOfStaff, asAccount, readStaff, setUpActor, staffIdOf, staffSummary } from '../../shared/case/staff.ts';
import { allRows, type Store } from '../../shared/case/store.ts';

export function staffDirectory(store: Store, vault: Vault): Directory {
  return {
    find: async (id) => accountOfStaff(await readStaff(store, id), vault),
    async holding(role) {
      const found: Account[] = [];
      for await (const row of allRows(store, { kind: 'account', status: 'open' })) {
        if (staffSummary.parse(row.summary).role !== role) continue;
        const account = await accountOfStaff(await readStaff(store, staffIdOf(row.stream)), vault);
        if (account?.role === role) found.push(account);
      }
      return found.toSorted((one, other) => Number(one.isDeputy ?? false) - Number(other.isDeputy ?? false));
    },
    async nameOf(id) {
      if (id === 'system') return 'Hệ thống';
      if (id === setUpActor) return 'Người cài đặt hệ thống';
      const terms = (await readStaff(store, id))?.terms;
      return terms === undefined ? id : (await asAccount(id, terms, vault)).name;
    },
  };
}
