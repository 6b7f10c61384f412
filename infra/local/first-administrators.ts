/** The first two administrators of a province on one machine: invited by mail where a server for it is named, else by links on paper. */
import { mkdirSync } from 'node:fs';
import { inviteFirstAdministrators } from '../../functions/home/first-administrators.ts';
import { postman } from '../../functions/home/postman.ts';
import type { FirstPerson, SettingUp, ToInvite } from '../../shared/case/first-administrators.ts';
import type { Mailer, Refused } from '../../shared/case/ports.ts';
import { lockData } from './data-lock.ts';
import { type HomeSettings, noDesk, openHome } from './home.ts';
import { signIns } from './invitations.ts';
import { type Smtp, smtpTransport } from './smtp.ts';

export interface HereSettings extends HomeSettings {
  readonly smtp?: Smtp;
}

export interface SetUpHere {
  readonly found: ToInvite | Refused;
  /** To be handed over, where no mail goes out. */
  readonly links: readonly { readonly to: string; readonly url: string }[];
  /** What the mail server said against a mail; no address stands in it. */
  readonly faults: readonly string[];
}

/** Makes the home where there is none yet. Throws while a server runs on these data. */
export async function setUpHere(
  people: readonly FirstPerson[],
  by: SettingUp,
  settings: HereSettings,
): Promise<SetUpHere> {
  mkdirSync(settings.dataDirectory, { recursive: true, mode: 0o700 });
  const lock = lockData(settings.dataDirectory);
  const home = openHome(settings);
  try {
    const ports = home.ports(noDesk);
    // KEY_DIR is put away as it is now: what signs notices must be in it.
    await ports.noticeSigner.current();
    const links: { to: string; url: string }[] = [];
    const onPaper: Mailer = { send: async ({ to, button }) => void links.push({ to, url: button.url }) };
    const mailer = settings.smtp === undefined ? onPaper : ports.mailer;
    const invited = signIns(home.accounts, home.scratch, mailer, settings.publicUrl);
    const found = await inviteFirstAdministrators(people, by, { ports, signIns: invited });
    const faults: string[] = [];
    if (settings.smtp !== undefined && found.outcome !== 'refused') {
      const report = (error: unknown) => void faults.push(error instanceof Error ? error.message : String(error));
      const transport = smtpTransport(settings.smtp);
      const { publicUrl } = settings;
      await postman({
        scratch: home.scratch.port,
        now: ports.now,
        publicUrl,
        digestMinutes: 0,
        transport,
        report,
      }).deliver();
    }
    return { found, links, faults };
  } finally {
    home.close();
    lock.close();
  }
}
