/** What the commands for other systems share: the stored province, and the administrator who acts. */
import type { Account } from '../../../shared/case/access.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { type Home, noDesk } from '../home.ts';
import { openStored } from './stored.ts';

/** Runs an act of an administrator, by their account's id or mail. Answers the exit code: 0 done, 1 refused, 2 asked wrongly. */
export async function asAdministrator(
  by: string | undefined,
  run: (account: Account, ports: Ports, home: Home) => Promise<number>,
): Promise<number> {
  const home = openStored();
  if (typeof home === 'string') return refuse(home);
  try {
    const account = by === undefined ? undefined : await home.accounts.find(by);
    if (account?.role !== 'administrator') {
      return refuse(
        'Thiếu --by, hoặc đó không phải tài khoản quản trị đang mở. Hãy ghi mã tài khoản của người quản trị.',
      );
    }
    return await run(account, home.ports(noDesk), home);
  } finally {
    home.close();
  }
}

export function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}

export function say(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

export function tellRefusal({ why }: { readonly why: { readonly vi: string } }): number {
  process.stderr.write(`${why.vi}\n`);
  return 1;
}
