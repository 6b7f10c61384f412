/**
 * What SES tells after it took a mail, by an event of its own on the default bus: a receiver's server sent it back, or SES would not
 * send it on. The mail is found by the number that SES gave when it took it.
 */
import * as z from 'zod';
import type { Instant } from '../../shared/calendar.ts';
import type { Scratch } from '../../shared/case/scratch.ts';
import { tellLost } from '../home/mails.ts';

const mail = z.object({ messageId: z.string() });
const bounce = z.object({
  bounceType: z.string(),
  bounceSubType: z.string().default(''),
  bouncedRecipients: z.array(z.object({ status: z.string().optional() })).default([]),
});
const sesEvent = z.object({
  source: z.literal('aws.ses'),
  detail: z.union([
    z.object({ eventType: z.literal('Bounce'), mail, bounce }),
    z.object({ eventType: z.literal('Reject'), mail, reject: z.object({ reason: z.string() }) }),
  ]),
});

export interface LostMail {
  readonly messageId: string;
  /** As SES words it; no address. */
  readonly reason: string;
}

/** `undefined` for what is no loss: a delivery, a complaint, an answer of absence, an event of something else. */
export function lostMailIn(event: unknown): LostMail | undefined {
  const { data } = sesEvent.safeParse(event);
  if (data === undefined) return undefined;
  const { detail } = data;
  const { messageId } = detail.mail;
  if (detail.eventType === 'Reject') return { messageId, reason: tidy(`Reject ${detail.reject.reason}`) };
  const { bounceType, bounceSubType, bouncedRecipients } = detail.bounce;
  // Answers of absence come as these.
  if (bounceType === 'Transient' && bounceSubType === 'General') return undefined;
  const statuses = bouncedRecipients.flatMap(({ status }) => status ?? []);
  return { messageId, reason: tidy([bounceType, bounceSubType, ...statuses].join(' ')) };
}

/** Every mail that went out with that one is marked as not arrived; one that is not noted as sent yet, as soon as it is. */
export async function noteLostMail({ messageId, reason }: LostMail, at: Instant, scratch: Scratch): Promise<number> {
  return tellLost(scratch, messageId, reason, at);
}

const mostOfReason = 300;

function tidy(words: string): string {
  return words
    .replaceAll(/<?[^\s<>]+@[^\s<>]+>?/g, '…')
    .trim()
    .slice(0, mostOfReason);
}
