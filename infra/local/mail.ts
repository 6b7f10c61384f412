/**
 * The Mailer port on one machine: SMTP when it is configured, else a mailbox page of the demonstration. A mail of one
 * key is sent once; a kill between sending and noting it may send that one twice, never none.
 */
import { createTransport } from 'nodemailer';
import * as z from 'zod';
import type { Mail, Mailer } from '../../shared/case/ports.ts';
import type { Scratch } from './scratch.ts';

const kept = z.object({ key: z.string(), to: z.string(), subject: z.string(), text: z.string(), at: z.string() });
export type KeptMail = z.infer<typeof kept>;

/** `smtp` is an address such as `smtp://user:password@host:587`; `from` the sender. */
export function mailer(
  scratch: Scratch,
  now: () => string,
  smtp?: { readonly url: string; readonly from: string },
): Mailer {
  const transport = smtp === undefined ? undefined : createTransport(smtp.url);
  return {
    async send(mail) {
      if (scratch.get('mail', mail.key) !== undefined) return;
      if (transport !== undefined && smtp !== undefined) await transport.sendMail(envelope(mail, smtp.from));
      scratch.put('mail', mail.key, JSON.stringify({ ...mail, at: now() }));
    },
  };
}

function envelope({ to, subject, text }: Mail, from: string) {
  return { from, to, subject, text };
}

/** Newest first. */
export function keptMails(scratch: Scratch): readonly KeptMail[] {
  const mails = scratch.list('mail').map(({ value }) => kept.parse(JSON.parse(value)));
  return mails.toSorted((one, other) => (one.at < other.at ? 1 : -1));
}
