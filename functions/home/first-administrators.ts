/** Opens a province's first two administrators and invites them, by whatever sign-in the home has. */
import {
  firstAdministrators,
  type FirstPerson,
  recordFirstInvitation,
  type SettingUp,
  type ToInvite,
} from '../../shared/case/first-administrators.ts';
import type { Ports, Refused } from '../../shared/case/ports.ts';
import type { SignIns } from '../web/ports.ts';

export interface SetUpPlace {
  readonly ports: Pick<Ports, 'store' | 'vault' | 'now' | 'id'>;
  readonly signIns: Pick<SignIns, 'holds' | 'invite'>;
}

/**
 * Whom it opened, or found, and invited. Killed anywhere, or failed while it invites, it goes on when it is run again: what is
 * registered stays, and whoever has not chosen a password is invited once more.
 */
export async function inviteFirstAdministrators(
  people: readonly FirstPerson[],
  by: SettingUp,
  { ports, signIns }: SetUpPlace,
): Promise<ToInvite | Refused> {
  const canSignIn = async (id: string) => (await signIns.holds(id)).password;
  const found = await firstAdministrators(people, by, canSignIn, ports);
  if (found.outcome === 'refused') return found;
  for (const id of found.ids) {
    const noted = await recordFirstInvitation(id, by, ports);
    if (noted.outcome === 'refused') return noted;
    await signIns.invite(id);
  }
  return found;
}
