/**
 * The Mailer and Mails ports on one machine: every mail is a record of the scratch store, with what became of it. The
 * postman sends it. A mail of one key is sent once; a kill between sending and noting it may send that one twice.
 */
import * as z from 'zod';
import type { MailRecord, Mails } from '../../functions/web/ports.ts';
import { delivery, keyOfNext } from '../../shared/case/delivery.ts';
import type { Mailer } from '../../shared/case/ports.ts';
import type { Accounts } from './accounts.ts';
import type { Scratch } from './scratch.ts';

const keptMail = z.object({
  key: z.string(),
  to: z.string(),
  account: z.string(),
  subject: z.string(),
  lines: z.array(z.string()),
  /** Absent once the mail is sent: a link is nobody's business afterwards. */
  button: z.object({ label: z.string(), url: z.url({ protocol: /^https?$/ }) }).exactOptional(),
  footer: z.array(z.string()),
  isUrgent: z.boolean(),
  batch: z.string().exactOptional(),
  at: z.string(),
  delivery,
});
export type KeptMail = z.infer<typeof keptMail>;

/** As mails were kept before they had parts: `batch/step/version/account`, and the link alone in one line of the text. */
const oldMail = z
  .object({
    key: z.string(),
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    at: z.string(),
    isSent: z.boolean(),
  })
  .transform(({ key, to, subject, text, at, isSent }): KeptMail => {
    const [batch = '', , , account = ''] = key.split('/');
    const url = /https?:\/\/\S+/.exec(text)?.[0];
    const lines = text.split('\n').filter((line) => line !== '' && !line.includes('http'));
    return {
      key,
      to,
      account,
      subject,
      lines,
      footer: [],
      isUrgent: false,
      batch,
      at,
      ...(url === undefined || isSent ? {} : { button: { label: 'Mở đợt', url } }),
      delivery: isSent || url === undefined ? { state: 'sent', at, answer: '', together: 1 } : { state: 'waiting' },
    };
  });

const stored = z.union([keptMail, oldMail]);

/** Never fails for a mail server that is away: the mail waits, and the workflow with it goes on. */
export function mailer(scratch: Scratch, now: () => string, onKept: () => void): Mailer {
  return {
    async send({ isUrgent = false, ...mail }) {
      const kept = keptMail.parse({ ...mail, isUrgent, at: now(), delivery: { state: 'waiting' } });
      if (scratch.insert('mail', mail.key, JSON.stringify(kept))) onKept();
    },
  };
}

export function writeMail(scratch: Scratch, mail: KeptMail): void {
  scratch.put('mail', mail.key, JSON.stringify(mail));
}

export function readMail(scratch: Scratch, key: string): KeptMail | undefined {
  const text = scratch.get('mail', key);
  return text === undefined ? undefined : stored.parse(JSON.parse(text));
}

/** Newest first. */
export function keptMails(scratch: Scratch): readonly KeptMail[] {
  const mails = scratch.list('mail').map(({ value }) => stored.parse(JSON.parse(value)));
  return mails.toSorted((one, other) => Number(one.at < other.at) - Number(one.at > other.at));
}

/** For the pages: who was written to and what became of it, never the words. */
export function mailRecords(scratch: Scratch, accounts: Pick<Accounts, 'find'>, now: () => string): Mails {
  const record = async ({ key, account, subject, at, delivery: became, batch }: KeptMail): Promise<MailRecord> => {
    const known = await accounts.find(account);
    return {
      key,
      subject,
      at,
      delivery: became,
      receiver: { account, name: known?.name ?? account, ...(known === undefined ? {} : { role: known.role }) },
      isSentAgain: scratch.get('mail', keyOfNext(key)) !== undefined,
      ...(batch === undefined ? {} : { batch }),
    };
  };
  return {
    async page(number, size) {
      const all = keptMails(scratch);
      const page = all.slice((number - 1) * size, number * size);
      return { mails: await Promise.all(page.map(record)), count: all.length };
    },
    async find(key) {
      const mail = readMail(scratch, key);
      return mail === undefined ? undefined : record(mail);
    },
    async bounced() {
      const lost = keptMails(scratch).filter(({ delivery: { state } }) => state === 'bounced');
      return (await Promise.all(lost.map(record))).filter(({ isSentAgain }) => !isSentAgain);
    },
    async sendAgain(key) {
      const mail = readMail(scratch, key);
      if (mail?.button === undefined || mail.delivery.state !== 'bounced') return false;
      const to = (await accounts.find(mail.account))?.email ?? mail.to;
      writeMail(scratch, { ...mail, to, isUrgent: true, delivery: { state: 'waiting' } });
      return true;
    },
    async settle(key) {
      const mail = readMail(scratch, key);
      if (mail?.delivery.state !== 'bounced') return;
      const { button: _gone, ...rest } = mail;
      writeMail(scratch, { ...rest, lines: [], delivery: { state: 'unneeded', at: now() } });
    },
  };
}
