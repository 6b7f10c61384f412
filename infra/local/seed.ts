/** What a new demonstration starts with: units, one account a role, estimates for all units but one. */
import { commitDeciding, groupsOf } from '../../shared/case/history.ts';
import { readUnits, sources, type Unit, unitStream } from '../../shared/case/unit.ts';
import { allot } from '../../shared/disbursement/fund.ts';
import { demoAccounts } from './accounts.ts';
import type { Home } from './home.ts';
import { noDesk } from './home.ts';
import { outsideUnit, units as sampleUnits } from './sample-units.ts';

/** Enough for any sample list. */
const estimateOfAUnit = 500_000_000_000n;
/** This unit of the sample has no estimate at first, so that “waiting for the estimate” is seen. */
const unitWithoutEstimate = 1;

export async function seedDemonstration(home: Home): Promise<void> {
  const ports = home.ports(noDesk);
  const units = sampleUnits.map(({ unit }) => unit);
  await registerUnits([...units, outsideUnit], home);
  for (const { account, password } of demoAccounts(units.map(({ code }) => code))) {
    if (home.accounts.find(account.id) === undefined) home.accounts.add(account, password);
  }
  for (const [index, unit] of units.entries()) {
    for (const source of sources) {
      if (index === unitWithoutEstimate && source === unit.source) continue;
      const given = { unit: unit.code, source, amount: estimateOfAUnit, document: '2225/QĐ-TTg', on: '2025-10-08' };
      // Refused when it is there already: the seed was sown before.
      await allot(given, 'system', ports);
    }
  }
}

async function registerUnits(units: readonly Unit[], { store }: Home): Promise<void> {
  const known = await readUnits(store);
  for (const group of groupsOf(
    units.filter(({ code }) => !known.has(code)),
    50,
  )) {
    await commitDeciding(store, async () => {
      const entries = await store.read(unitStream);
      const at = new Date().toISOString();
      return {
        changes: [
          {
            stream: unitStream,
            readAt: entries.length,
            entries: group.map((unit) => ({ kind: 'unit-registered', at, by: 'system', data: unit })),
          },
        ],
      };
    });
  }
}
