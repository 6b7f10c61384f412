/** Hands letters to an SMTP server. */
import { createTransport } from 'nodemailer';
import * as z from 'zod';
import type { MailAnswer, MailTransport } from '../../functions/home/postman.ts';

export interface Smtp {
  /** `smtp://user:password@host:587` */
  readonly url: string;
  readonly from: string;
}

const connectionMilliseconds = 20_000;
const silenceMilliseconds = 60_000;

export function smtpTransport({ url, from }: Smtp): MailTransport {
  const limited = new URL(url);
  limited.searchParams.set('connectionTimeout', String(connectionMilliseconds));
  limited.searchParams.set('greetingTimeout', String(connectionMilliseconds));
  limited.searchParams.set('socketTimeout', String(silenceMilliseconds));
  const transport = createTransport(limited.href);
  const domain = from.split('@')[1]?.replace(/>$/, '') ?? 'localhost';
  return async ({ number, ...letter }) => {
    try {
      const sent = await transport.sendMail({ from, ...letter, messageId: `<${number}@${domain}>`, headers });
      return { outcome: 'taken', answer: toldBy(sent.response) };
    } catch (error) {
      return refusalIn(error);
    }
  };
}

/** Takes `smtp://…`. Invitations are secrets: a mail server elsewhere must speak TLS, or gets nothing. */
export function sealedOnTheWay(smtp: string): string {
  const url = new URL(smtp);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'smtp:' && !isHere) url.searchParams.set('requireTLS', 'true');
  return url.href;
}

/** No answers of absence, please. */
const headers = { 'Auto-Submitted': 'auto-generated' };

const refusal = z.object({
  message: z.string(),
  code: z.string().optional(),
  command: z.string().optional(),
  response: z.string().optional(),
  responseCode: z.number().optional(),
});

/** Only what the server says of the receiver or of the mail is final; a refused login or sender is ours to mend. */
function refusalIn(error: unknown): MailAnswer {
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
