/**
 * The Mailer port on one machine: an outbox that is emptied to SMTP when it is configured, else a mailbox page of the
 * demonstration. A mail of one key is sent once; a kill between sending and noting it may send that one twice, never none.
 */
import { createTransport } from 'nodemailer';
import * as z from 'zod';
import type { Mailer } from '../../shared/case/ports.ts';
import type { Scratch } from './scratch.ts';

const kept = z.object({
  key: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  at: z.string(),
  isSent: z.boolean(),
});
type KeptMail = z.infer<typeof kept>;

export interface Smtp {
  /** `smtp://user:password@host:587` */
  readonly url: string;
  readonly from: string;
}

/** Never fails for a mail server that is away: the mail waits, and the workflow with it goes on. */
export function mailer(scratch: Scratch, now: () => string, smtp?: Smtp): Mailer {
  return {
    async send(mail) {
      const isNew = scratch.insert('mail', mail.key, JSON.stringify({ ...mail, at: now(), isSent: false }));
      if (isNew) await deliverMails(scratch, smtp, () => {});
    },
  };
}

/** Tries every mail that is not sent yet. What is sent keeps its key alone: a link is nobody's business afterwards. */
export async function deliverMails(
  scratch: Scratch,
  smtp: Smtp | undefined,
  report: (error: unknown) => void,
): Promise<void> {
  if (smtp === undefined) return;
  const transport = createTransport(smtp.url);
  for (const mail of mails(scratch).filter(({ isSent }) => !isSent)) {
    try {
      await transport.sendMail({ from: smtp.from, to: mail.to, subject: mail.subject, text: mail.text });
      scratch.put('mail', mail.key, JSON.stringify({ ...mail, text: '', isSent: true }));
    } catch (error) {
      report(error);
    }
  }
}

/** Newest first. */
export function keptMails(scratch: Scratch): readonly KeptMail[] {
  return mails(scratch).toSorted((one, other) => (one.at < other.at ? 1 : -1));
}

function mails(scratch: Scratch): readonly KeptMail[] {
  return scratch.list('mail').map(({ value }) => kept.parse(JSON.parse(value)));
}
