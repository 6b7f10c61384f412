/**
 * The Mailer and Mails ports: every mail is a record of the scratch store, with what became of it. The postman sends it. A
 * mail of one key is sent once; a kill between sending and noting it may send that one twice.
 */
import * as z from 'zod';
import type { Instant } from '../../shared/calendar.ts';
import type { MailRecord, Mails } from '../web/ports.ts';
import { delivery, keyOfNext } from '../../shared/case/delivery.ts';
import type { Directory, Mailer } from '../../shared/case/ports.ts';
import type { Scratch } from '../../shared/case/scratch.ts';

export const mailKind = 'mail';

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

/**
 * Never fails for a mail server that is away: the mail waits, and the workflow with it goes on. `onKept` is told of each
 * mail that is to be sent.
 */
export function mailer(scratch: Scratch, now: () => string, onKept: () => void): Mailer {
  return {
    async send({ isUrgent = false, ...mail }) {
      const kept = keptMail.parse({ ...mail, isUrgent, at: now(), delivery: { state: 'waiting' } });
      if (await scratch.insert(mailKind, mail.key, JSON.stringify(kept))) onKept();
    },
  };
}

/**
 * What is remembered of a kept mail where it is not sent any more: no word, link or address. One about a batch did not arrive, so that
 * it may be asked again; `undefined` for an invitation that was not sent: the person is invited anew.
 */
export function rememberedMail(text: string, at: Instant): string | undefined {
  const { button: _gone, ...mail } = stored.parse(JSON.parse(text));
  const { key, batch, delivery: before } = mail;
  const isOver = before.state === 'sent' || before.state === 'unneeded';
  if (!isOver && key.startsWith('invitation/')) return undefined;
  const settled = isOver || (before.state === 'bounced' && batch !== undefined) ? before : unsent(batch, at);
  return JSON.stringify({ ...mail, to: '', lines: [], footer: [], delivery: settled });
}

function unsent(batch: string | undefined, at: Instant): KeptMail['delivery'] {
  if (batch === undefined) return { state: 'unneeded', at };
  return { state: 'bounced', at, reason: 'not sent before the backup was made', tries: 0 };
}

const lostKind = 'mail-lost';
/** Longer than any service takes to tell. */
const lostKeptMilliseconds = 3 * 24 * 3_600_000;

/**
 * A server that took a mail tells later that it did not arrive; it is known by the answer with which it was taken. It may
 * tell before that answer is noted: so what is lost is kept first, and held against each answer once that is noted.
 */
export async function tellLost(scratch: Scratch, answer: string, reason: string, at: Instant): Promise<number> {
  await scratch.put(lostKind, answer, reason, Date.now() + lostKeptMilliseconds);
  return markLost(scratch, answer, at);
}

/** Every mail that went out under this answer is marked as not arrived, where that was told; those settled stay as they are. */
export async function markLost(scratch: Scratch, answer: string, at: Instant): Promise<number> {
  const reason = await scratch.get(lostKind, answer);
  if (reason === undefined) return 0;
  const lost = (await keptMails(scratch)).filter(
    ({ delivery: became }) => became.state === 'sent' && became.answer === answer,
  );
  for (const one of lost) await writeMail(scratch, { ...one, delivery: { state: 'bounced', at, reason, tries: 1 } });
  return lost.length;
}

export async function writeMail(scratch: Scratch, mail: KeptMail): Promise<void> {
  await scratch.put(mailKind, mail.key, JSON.stringify(mail));
}

async function readMail(scratch: Scratch, key: string): Promise<KeptMail | undefined> {
  const text = await scratch.get(mailKind, key);
  return text === undefined ? undefined : stored.parse(JSON.parse(text));
}

/** Newest first. */
export async function keptMails(scratch: Pick<Scratch, 'list'>): Promise<readonly KeptMail[]> {
  const mails = (await scratch.list(mailKind)).map(({ value }) => stored.parse(JSON.parse(value)));
  return mails.toSorted((one, other) => Number(one.at < other.at) - Number(one.at > other.at));
}

/** For the pages: who was written to and what became of it, never the words. */
export function mailRecords(scratch: Scratch, directory: Pick<Directory, 'find'>, now: () => string): Mails {
  const record = async ({ key, account, subject, at, delivery: became, batch }: KeptMail): Promise<MailRecord> => {
    const known = await directory.find(account);
    return {
      key,
      subject,
      at,
      delivery: became,
      receiver: { account, name: known?.name ?? account, ...(known === undefined ? {} : { role: known.role }) },
      isSentAgain: (await scratch.get(mailKind, keyOfNext(key))) !== undefined,
      ...(batch === undefined ? {} : { batch }),
    };
  };
  return {
    async page(number, size) {
      const all = await keptMails(scratch);
      const page = all.slice((number - 1) * size, number * size);
      return { mails: await Promise.all(page.map(record)), count: all.length };
    },
    async find(key) {
      const mail = await readMail(scratch, key);
      return mail === undefined ? undefined : record(mail);
    },
    async bounced() {
      const lost = (await keptMails(scratch)).filter(({ delivery: { state } }) => state === 'bounced');
      return (await Promise.all(lost.map(record))).filter(({ isSentAgain }) => !isSentAgain);
    },
    async sendAgain(key) {
      const mail = await readMail(scratch, key);
      if (mail?.button === undefined || mail.delivery.state !== 'bounced') return false;
      const to = (await directory.find(mail.account))?.email ?? mail.to;
      await writeMail(scratch, { ...mail, to, isUrgent: true, delivery: { state: 'waiting' } });
      return true;
    },
    async settle(key) {
      const mail = await readMail(scratch, key);
      if (mail?.delivery.state !== 'bounced') return;
      const { button: _gone, ...rest } = mail;
      await writeMail(scratch, { ...rest, lines: [], delivery: { state: 'unneeded', at: now() } });
    },
  };
}
