/**
 * Sends the mails that are kept: to the SMTP server when one is configured, else to the mailbox page of the
 * demonstration. One runs in a process, in the background thread; whatever happens, the next round goes on.
 */
import { createTransport } from 'nodemailer';
import * as z from 'zod';
import { mailText, type MailText } from '../../functions/mail-text.ts';
import { afterFailure, dueGroups } from '../../shared/case/delivery.ts';
import { sha256 } from '../../shared/hash.ts';
import { type KeptMail, keptMails, writeMail } from './mail.ts';
import type { Scratch } from './scratch.ts';

export interface Smtp {
  /** `smtp://user:password@host:587` */
  readonly url: string;
  readonly from: string;
}

export interface PostmanSettings {
  readonly scratch: Scratch;
  readonly now: () => string;
  readonly publicUrl: string;
  /** Mails to one person within so many minutes after the first go out as one; 0 gathers nothing. */
  readonly digestMinutes: number;
  readonly smtp?: Smtp | undefined;
  report(error: unknown): void;
}

export interface Postman {
  /** Sends what is due. While a round runs, another call only makes it look once more. */
  deliver(): Promise<void>;
}

export const usualDigestMinutes = 30;

export function postman(settings: PostmanSettings): Postman {
  let isRunning = false;
  let isWanted = false;
  return {
    async deliver() {
      isWanted = true;
      if (isRunning) return;
      isRunning = true;
      try {
        while (isWanted) {
          isWanted = false;
          await round(settings);
        }
      } catch (error) {
        settings.report(error);
      } finally {
        isRunning = false;
      }
    },
  };
}

async function round({ scratch, now, publicUrl, digestMinutes, smtp, report }: PostmanSettings): Promise<void> {
  const groups = dueGroups(keptMails(scratch), now(), digestMinutes);
  const send = smtp === undefined ? undefined : sender(smtp);
  for (const group of groups) {
    const answer = send === undefined ? ({ outcome: 'taken', answer: '' } as const) : await send(group, publicUrl);
    note(scratch, group, answer, now(), smtp !== undefined);
    if (answer.outcome !== 'taken') report(new Error(`a mail was not taken: ${answer.reason}`));
    // The server is away: the others need not each find that out.
    if (answer.outcome === 'away') return;
  }
}

type Answer =
  | { readonly outcome: 'taken'; readonly answer: string }
  | { readonly outcome: 'refused-for-good' | 'refused-for-now' | 'away'; readonly reason: string };

function note(scratch: Scratch, group: readonly KeptMail[], answer: Answer, at: string, forgets: boolean): void {
  for (const mail of group) {
    if (answer.outcome === 'taken') {
      const became = { state: 'sent', at, answer: answer.answer, together: group.length } as const;
      const { button, ...rest } = mail;
      const words = forgets || button === undefined ? { lines: [], footer: [] } : { button };
      writeMail(scratch, { ...rest, ...words, delivery: became });
      continue;
    }
    const failure = { isFinal: answer.outcome === 'refused-for-good', reason: answer.reason };
    writeMail(scratch, { ...mail, delivery: afterFailure(mail.delivery, failure, at) });
  }
}

const connectionMilliseconds = 20_000;
const silenceMilliseconds = 60_000;

function sender({ url, from }: Smtp): (group: readonly KeptMail[], publicUrl: string) => Promise<Answer> {
  const limited = new URL(url);
  limited.searchParams.set('connectionTimeout', String(connectionMilliseconds));
  limited.searchParams.set('greetingTimeout', String(connectionMilliseconds));
  limited.searchParams.set('socketTimeout', String(silenceMilliseconds));
  const transport = createTransport(limited.href);
  return async (group, publicUrl) => {
    const to = group[0]?.to ?? '';
    const message: MailText = mailText(group.map(worded), publicUrl);
    // The same mails have the same number, so that a mail program shows one that was sent twice once.
    const messageId = `<${sha256(group.map(({ key }) => key).join('\n')).slice(0, 40)}@${from.split('@')[1]?.replace(/>$/, '') ?? 'localhost'}>`;
    try {
      const sent = await transport.sendMail({ from, to, ...message, messageId, headers });
      return { outcome: 'taken', answer: toldBy(sent.response) };
    } catch (error) {
      return refusalIn(error);
    }
  };
}

/** No answers of absence, please. */
const headers = { 'Auto-Submitted': 'auto-generated' };

function worded({ button, ...mail }: KeptMail) {
  if (button === undefined) throw new Error('a mail without its words is not sent');
  return { ...mail, button };
}

const refusal = z.object({
  message: z.string(),
  code: z.string().optional(),
  command: z.string().optional(),
  response: z.string().optional(),
  responseCode: z.number().optional(),
});

/** Only what the server says of the receiver or of the mail is final; a refused login or sender is ours to mend. */
function refusalIn(error: unknown): Answer {
  const parsed = refusal.safeParse(error);
  if (!parsed.success) throw error;
  const { message, code, command, response, responseCode = 0 } = parsed.data;
  const reason = toldBy(response ?? message);
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return { outcome: 'away', reason };
  const isOfReceiver = command !== 'MAIL FROM';
  return { outcome: isOfReceiver && responseCode >= 500 ? 'refused-for-good' : 'refused-for-now', reason };
}

const mostOfAnswer = 300;

/** What the server said, without the address it may repeat. */
function toldBy(text: string): string {
  return text.replaceAll(/<?[^\s<>]+@[^\s<>]+>?/g, '…').slice(0, mostOfAnswer);
}
