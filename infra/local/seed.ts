/** What a new demonstration starts with: units, an account or two a role, estimates for all units but one. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sources } from '../../shared/case/unit.ts';
import { wasSetUp } from '../../shared/case/first-administrators.ts';
import type { Ports } from '../../shared/case/ports.ts';
import type { Store } from '../../shared/case/store.ts';
import { administratorsStream } from '../../shared/case/staff.ts';
import { registerStaff } from '../../shared/case/staff-acts.ts';
import { allot } from '../../shared/disbursement/allot.ts';
import { recordRegister } from '../../shared/intake/register.ts';
import { type Accounts, allDemoAccounts } from './accounts.ts';
import { outsideUnit, sampleReorganisations, units as sampleUnits } from './sample-units.ts';

export interface Seeded {
  readonly ports: Ports;
  readonly accounts: Accounts;
}

/** Enough for any sample list. */
const estimateOfAUnit = 500_000_000_000n;
/** This unit of the sample has no estimate at first, so that “waiting for the estimate” is seen. */
const unitWithoutEstimate = 1;

/** Throws for the data of a province that was set up in earnest: the passwords of a demonstration are no secret. */
export async function seedDemonstration({ ports, accounts }: Seeded): Promise<void> {
  if (
    await wasSetUp(
      ports.store,
      allDemoAccounts([]).map(({ account }) => account),
    )
  ) {
    throw new Error(
      'Dữ liệu này là của một tỉnh thật: bản trình diễn không chạy trên đó, vì mật khẩu của nó ai cũng biết. Hãy chọn thư mục khác bằng DATA_DIR.',
    );
  }
  const units = sampleUnits.map(({ unit }) => unit);
  await recordRegister({ units: [...units, outsideUnit], documents: sampleReorganisations }, 'system', ports);
  await seedAccounts(
    accounts,
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

const nobodyYet =
  'Chưa có quản trị nào. Hãy mở hai tài khoản quản trị đầu tiên bằng npm run first-administrators (cùng DATA_DIR, KEY_DIR, PUBLIC_URL, SMTP_URL), rồi khởi động lại.';

/** Before a mistyped folder is made. */
export function mustBeThere(dataDirectory: string): void {
  if (!existsSync(join(dataDirectory, 'histories.sqlite'))) {
    throw new Error(`Không có dữ liệu ở ${dataDirectory} (DATA_DIR). ${nobodyYet}`);
  }
}

/** Throws for the data of a demonstration, whose passwords are no secret, and where nobody was set up who could sign in. */
export async function mustBeSetUp(store: Store): Promise<void> {
  const demonstration = allDemoAccounts([]).map(({ account }) => account);
  if (await wasSetUp(store, demonstration)) return;
  const isEmpty = (await store.read(administratorsStream)).length === 0;
  throw new Error(
    isEmpty
      ? nobodyYet
      : 'Dữ liệu này là của bản trình diễn, mật khẩu của nó ai cũng biết. Hãy chọn thư mục khác bằng DATA_DIR.',
  );
}

/** Those that are there stay as they are: closed, changed, or with another password. */
async function seedAccounts(accounts: Accounts, ports: Ports, units: readonly string[]): Promise<void> {
  const known = allDemoAccounts(units);
  await registerStaff(
    known.map(({ account }) => account),
    ports,
  );
  for (const { account, password, secret } of known) {
    if (!(await accounts.holds(account.id)).password) await accounts.add(account, password, secret);
  }
}
