/**
 * The postman's transport on SES. SES knows no key by which a mail is sent once: the postman records a mail before it is sent,
 * and one whose answer was lost is sent again, which the tag of its number tells. Whether it arrives is told by SES's events.
 */
import { SendEmailCommand, type SESv2Client } from '@aws-sdk/client-sesv2';
import type { Letter, MailAnswer, MailTransport } from '../home/postman.ts';
import { faultName, nameAndWords, serviceSort } from './faults.ts';

export interface SesSettings {
  /** `Chi trả <chi-tra@…>`, of an identity that SES has verified. */
  readonly from: string;
  /** The set that tells of bounces; without one nobody is told. */
  readonly configurationSet?: string;
}

/** The tag of a mail by which SES's events name it: the letter's number. */
export const numberTag = 'number';

/** Throws for a sender that is no address: SES would refuse every mail for it. */
export function sesTransport(client: SESv2Client, settings: SesSettings): MailTransport {
  const { configurationSet } = settings;
  const from = asciiOnly(settings.from);
  return async (letter) => {
    try {
      const { MessageId = '' } = await client.send(commandOf(letter, from, configurationSet));
      return { outcome: 'taken', answer: MessageId };
    } catch (error) {
      return refusalIn(error);
    }
  };
}

const sender = /^(?:(?<name>[^<>]+)\s)?<?(?<address>[^\s<>@]+@[^\s<>@]+)>?$/;

/** SES takes a name with other letters only as an encoded word (RFC 2047). */
function asciiOnly(from: string): string {
  const { name, address } = sender.exec(from)?.groups ?? {};
  if (address === undefined) throw new RangeError('the sender of mails is no address');
  if (name === undefined) return address;
  return `=?UTF-8?B?${Buffer.from(name.trim()).toString('base64')}?= <${address}>`;
}

function commandOf({ to, subject, text, html, number }: Letter, from: string, configurationSet?: string) {
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  return new SendEmailCommand({
    FromEmailAddress: from,
    Destination: { ToAddresses: [to] },
    Content: {
      Simple: {
        Subject: utf8(subject),
        Body: { Text: utf8(text), Html: utf8(html) },
        // No answers of absence, please.
        Headers: [{ Name: 'Auto-Submitted', Value: 'auto-generated' }],
      },
    },
    EmailTags: [{ Name: numberTag, Value: number }],
    ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
  });
}

/** Of the receiver or of the mail itself; everything else is ours to mend, or SES's, and the mail waits. */
function refusalIn(error: unknown): MailAnswer {
  const reason = toldBy(nameAndWords(error));
  switch (faultName(error)) {
    case 'BadRequestException':
      return { outcome: isOfAddress.test(reason) ? 'refused-for-good' : 'refused-for-now', reason };
    case 'MessageRejected':
      // An identity of ours, or a receiver while the account is in the sandbox.
      return { outcome: isOfIdentity.test(reason) ? 'away' : 'refused-for-good', reason };
    case 'MailFromDomainNotVerifiedException':
    case 'AccountSuspendedException':
    case 'SendingPausedException':
    case 'NotFoundException':
      return { outcome: 'away', reason };
    default:
      // Throttled, over the day's quota, without rights, failed, or no answer: the others need not find that out too.
      if (serviceSort(error) === 'permanent' && !isOfService(error)) throw error;
      return { outcome: 'away', reason };
  }
}

const isOfAddress = /illegal address|missing final|domain (contains|starts|ends)|local address/i;
const isOfIdentity = /not verified/i;

/** What a service answered; anything else is a fault of this program. */
function isOfService(error: unknown): boolean {
  return typeof error === 'object' && error !== null && '$metadata' in error;
}

const mostOfAnswer = 300;

/** What SES said, without the address it may repeat. */
function toldBy(words: string): string {
  return words.replaceAll(/<?[^\s<>]+@[^\s<>]+>?/g, '…').slice(0, mostOfAnswer);
}
