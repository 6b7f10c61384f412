/** What a list is read against: the registers, and what its sender may submit for. */
import { localDateOf } from '../calendar.ts';
import { type Account, mayReach } from '../case/access.ts';
import type { Ports } from '../case/ports.ts';
import { employerRegister, readReorganisations } from '../case/reorganisation.ts';
import { readUnits } from '../case/unit.ts';
import { readLearntHeadings } from './learnt-headings.ts';
import type { ListContext } from './list-person.ts';

export async function listContextFor(
  account: Account,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<ListContext> {
  const units = [...(await readUnits(store)).values()];
  return {
    units,
    mayUse: (unit) => mayReach(account, { unit }),
    today: localDateOf(now()),
    learnt: await readLearntHeadings(store, account.units),
    employers: employerRegister(await readReorganisations(store), units),
  };
}
