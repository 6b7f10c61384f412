/**
 * Sends the mails that are kept, by the home's transport where it has one, else to the mailbox page of the demonstration.
 * One runs at a time; whatever happens, the next round goes on.
 */
import { mailText, type MailText } from '../mail-text.ts';
import { afterFailure, dueGroups } from '../../shared/case/delivery.ts';
import { sha256 } from '../../shared/hash.ts';
import { type KeptMail, keptMails, markLost, writeMail } from './mails.ts';
import type { Scratch } from '../../shared/case/scratch.ts';

/** One mail, perhaps of several that were gathered, as a server takes it. */
export interface Letter extends MailText {
  readonly to: string;
  /** 40 hexadecimal digits: the same mails have the same number, so that one that was sent twice is shown once. */
  readonly number: string;
}

export type MailAnswer =
  /** With what the server said of it. */
  | { readonly outcome: 'taken'; readonly answer: string }
  /** `away`: nothing of this mail, and the others need not be tried now. */
  | { readonly outcome: 'refused-for-good' | 'refused-for-now' | 'away'; readonly reason: string };

/** Port: hands a letter to the home's mail service. No address stands in its answer. */
export type MailTransport = (letter: Letter) => Promise<MailAnswer>;

export interface PostmanSettings {
  readonly scratch: Scratch;
  readonly now: () => string;
  readonly publicUrl: string;
  /** Mails to one person within so many minutes after the first go out as one; 0 gathers nothing. */
  readonly digestMinutes: number;
  readonly transport?: MailTransport | undefined;
  report(error: unknown): void;
}

export interface Postman {
  /**
   * Sends what is due. While a round runs, another call only makes it look once more. No mail is begun once `mayBegin` says no:
   * the rest is for the next call.
   */
  deliver(mayBegin?: () => boolean): Promise<void>;
}

export const usualDigestMinutes = 30;

export function postman(settings: PostmanSettings): Postman {
  let isRunning = false;
  let isWanted = false;
  return {
    async deliver(mayBegin = () => true) {
      isWanted = true;
      if (isRunning) return;
      isRunning = true;
      try {
        while (isWanted) {
          isWanted = false;
          await round(settings, mayBegin);
        }
      } catch (error) {
        settings.report(error);
      } finally {
        isRunning = false;
      }
    },
  };
}

async function round(settings: PostmanSettings, mayBegin: () => boolean): Promise<void> {
  const { scratch, now, publicUrl, digestMinutes, transport, report } = settings;
  const groups = dueGroups(await keptMails(scratch), now(), digestMinutes);
  for (const group of groups) {
    if (!mayBegin()) return;
    const answer = transport === undefined ? shownOnly : await transport(letterOf(group, publicUrl));
    await note(scratch, group, answer, now(), transport !== undefined);
    if (answer.outcome === 'taken' && answer.answer !== '') await markLost(scratch, answer.answer, now());
    if (answer.outcome !== 'taken') report(new Error(`a mail was not taken: ${answer.reason}`));
    // The server is away: the others need not each find that out.
    if (answer.outcome === 'away') return;
  }
}

/** In the mailbox of the demonstration a mail stands already. */
const shownOnly = { outcome: 'taken', answer: '' } as const;

function letterOf(group: readonly KeptMail[], publicUrl: string): Letter {
  const number = sha256(group.map(({ key }) => key).join('\n')).slice(0, 40);
  return { ...mailText(group.map(worded), publicUrl), to: group[0]?.to ?? '', number };
}

async function note(
  scratch: Scratch,
  group: readonly KeptMail[],
  answer: MailAnswer,
  at: string,
  forgets: boolean,
): Promise<void> {
  for (const mail of group) {
    if (answer.outcome === 'taken') {
      const became = { state: 'sent', at, answer: answer.answer, together: group.length } as const;
      const { button, ...rest } = mail;
      const words = forgets || button === undefined ? { lines: [], footer: [] } : { button };
      await writeMail(scratch, { ...rest, ...words, delivery: became });
      continue;
    }
    const failure = { isFinal: answer.outcome === 'refused-for-good', reason: answer.reason };
    await writeMail(scratch, { ...mail, delivery: afterFailure(mail.delivery, failure, at) });
  }
}

function worded({ button, ...mail }: KeptMail) {
  if (button === undefined) throw new Error('a mail without its words is not sent');
  return { ...mail, button };
}
