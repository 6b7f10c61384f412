/** What a new demonstration starts with: units, an account or two a role, estimates for all units but one. */
import { sources } from '../../shared/case/unit.ts';
import type { Ports } from '../../shared/case/ports.ts';
import { registerStaff } from '../../shared/case/staff-acts.ts';
import { allot } from '../../shared/disbursement/allot.ts';
import { recordRegister } from '../../shared/intake/register.ts';
import { allDemoAccounts } from './accounts.ts';
import type { Home } from './home.ts';
import { noDesk } from './home.ts';
import { outsideUnit, sampleReorganisations, units as sampleUnits } from './sample-units.ts';

/** Enough for any sample list. */
const estimateOfAUnit = 500_000_000_000n;
/** This unit of the sample has no estimate at first, so that “waiting for the estimate” is seen. */
const unitWithoutEstimate = 1;

export async function seedDemonstration(home: Home): Promise<void> {
  const ports = home.ports(noDesk);
  const units = sampleUnits.map(({ unit }) => unit);
  await recordRegister({ units: [...units, outsideUnit], documents: sampleReorganisations }, 'system', ports);
  await seedAccounts(
    home,
    ports,
    units.map(({ code }) => code),
  );
  for (const [index, unit] of units.entries()) {
    for (const source of sources) {
      if (index === unitWithoutEstimate && source === unit.source) continue;
      const given = { unit: unit.code, source, amount: estimateOfAUnit, document: '2225/QĐ-TTg', on: '2025-10-08' };
      // Refused when it is there already: the seed was sown before.
      await allot(given, 'system', ports);
    }
  }
}

/** Those that are there stay as they are: closed, changed, or with another password. */
async function seedAccounts(home: Home, ports: Ports, units: readonly string[]): Promise<void> {
  const known = allDemoAccounts(units);
  await registerStaff(
    known.map(({ account }) => account),
    ports,
  );
  for (const { account, password, secret } of known) {
    if (!(await home.accounts.holds(account.id)).password) await home.accounts.add(account, password, secret);
  }
}
