/** What the page of a person shows: the case with its parts, opened for whoever may see it. */
import { accountOf, type BankAccount, type Case, identityOf, type Identity } from '../../../shared/case/case.ts';
import { openCase, type Part } from '../../../shared/case/part.ts';
import { readUnits } from '../../../shared/case/unit.ts';
import { type Origin, originOf } from '../../../shared/intake/origin.ts';
import type { Visit } from '../page.tsx';

export interface Shown {
  readonly of: Case;
  readonly parts: readonly Part[];
  readonly who: Identity;
  readonly account: BankAccount;
  readonly proposed: BankAccount | undefined;
  readonly unitName: string;
  readonly origin: Origin | undefined;
}

/** `undefined` where there is no such case, or it is not this visitor's to see. */
export async function shownCase({ ports, account: viewer }: Visit, caseId: string): Promise<Shown | undefined> {
  const opened = await openCase(ports.store, caseId, viewer);
  if (opened === undefined) return undefined;
  const { of } = opened;
  const units = await readUnits(ports.store);
  return {
    ...opened,
    who: await identityOf(ports.vault, of),
    account: await accountOf(ports.vault, of.id, of.account.sealed),
    proposed: of.proposed === undefined ? undefined : await accountOf(ports.vault, of.id, of.proposed.sealed),
    unitName: units.get(of.submitted.payingUnit)?.name ?? of.submitted.payingUnit,
    origin: await originOf(of.submitted, ports.store),
  };
}
