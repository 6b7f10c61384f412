import { describe, expect, test } from 'vitest';
import { lostMailIn, noteLostMail } from '../../../functions/aws/ses-events.ts';
import { keptMails, mailer } from '../../../functions/home/mails.ts';
import { type MailTransport, postman } from '../../../functions/home/postman.ts';
import type { Scratch } from '../../../shared/case/scratch.ts';
import { scratchInMemory } from '../../contracts/desk.ts';

const bounced = (bounceType: string, bounceSubType: string, more: object = {}) => ({
  source: 'aws.ses',
  'detail-type': 'Email Bounced',
  detail: {
    eventType: 'Bounce',
    mail: { messageId: '0100018f', destination: ['lanhdao@so.example'] },
    bounce: { bounceType, bounceSubType, ...more },
  },
});

describe('an event of SES', () => {
  test('of a mail that was sent back says which and why, and no address', () => {
    const bouncedRecipients = [{ emailAddress: 'lanhdao@so.example', status: '5.1.1', diagnosticCode: 'no <a@b.c>' }];
    expect(lostMailIn(bounced('Permanent', 'NoEmail', { bouncedRecipients }))).toEqual({
      messageId: '0100018f',
      reason: 'Permanent NoEmail 5.1.1',
    });
  });

  test('of a mailbox that was full all day is a loss, of an answer of absence none', () => {
    expect(lostMailIn(bounced('Transient', 'MailboxFull'))?.reason).toBe('Transient MailboxFull');
    expect(lostMailIn(bounced('Transient', 'General'))).toBeUndefined();
  });

  test('of a mail that SES would not send on is a loss', () => {
    const detail = { eventType: 'Reject', mail: { messageId: '1' }, reject: { reason: 'Bad content of a@b.example' } };
    expect(lostMailIn({ source: 'aws.ses', detail })).toEqual({ messageId: '1', reason: 'Reject Bad content of …' });
  });

  test.each([
    ['a delivery', { source: 'aws.ses', detail: { eventType: 'Delivery', mail: { messageId: '1' } } }],
    ['another service', { ...bounced('Permanent', 'NoEmail'), source: 'aws.s3' }],
    ['nothing', undefined],
  ])('of %s is no loss', (_, event) => {
    expect(lostMailIn(event)).toBeUndefined();
  });
});

const now = () => '2025-10-01T01:00:00.000Z';
const unheard = (error: unknown) => expect.fail(String(error));

/** Mails that wait, and a postman of theirs. */
async function waiting(mails: Readonly<Record<string, string>>) {
  const scratch = scratchInMemory();
  for (const [key, to] of Object.entries(mails)) {
    await mailer(scratch, now, () => {}).send({
      key,
      to,
      account: to,
      subject: '[Chi trả] Một việc đang chờ đồng chí',
      lines: ['Một việc đang chờ đồng chí.'],
      button: { label: 'Mở', url: 'https://chi-tra.tinh.example/' },
      footer: [],
    });
  }
  const settings = { scratch, now, publicUrl: 'https://chi-tra.tinh.example', digestMinutes: 0, report: unheard };
  const deliver = async (transport: MailTransport) => postman({ ...settings, transport }).deliver();
  const became = async () => new Map((await keptMails(scratch)).map(({ key, delivery }) => [key, delivery]));
  return { scratch, deliver, became };
}

const lost = lostMailIn(bounced('Permanent', 'NoEmail')) ?? expect.fail('no loss');

test('a mail that was sent back is shown as not arrived, with all that went out in it, and no other', async () => {
  const { scratch, deliver, became } = await waiting({ D1: 'mot@so.example', D2: 'hai@so.example' });
  await deliver(async ({ to }) => ({ outcome: 'taken', answer: to === 'mot@so.example' ? '0100018f' : '0100018e' }));
  expect(await noteLostMail(lost, '2025-10-01T02:00:00.000Z', scratch)).toBe(1);
  expect(await noteLostMail(lost, '2025-10-01T03:00:00.000Z', scratch)).toBe(0);
  expect(Object.fromEntries(await became())).toMatchObject({
    D1: { state: 'bounced', at: '2025-10-01T02:00:00.000Z', reason: 'Permanent NoEmail' },
    D2: { state: 'sent' },
  });
});

test('a mail that comes back before its answer is noted is shown as not arrived once it is', async () => {
  const { scratch, deliver, became } = await waiting({ D1: 'mot@so.example', D2: 'hai@so.example' });
  await deliver(async ({ to }) => {
    if (to !== 'mot@so.example') return { outcome: 'taken', answer: '0100018e' };
    expect(await noteLostMail(lost, now(), scratch)).toBe(0);
    return { outcome: 'taken', answer: '0100018f' };
  });
  expect(Object.fromEntries(await became())).toMatchObject({
    D1: { state: 'bounced', reason: 'Permanent NoEmail' },
    D2: { state: 'sent' },
  });
});

test('a mail that comes back at any step of its being noted is shown as not arrived', async () => {
  for (const when of ['before', 'after'] as const) {
    const { scratch, became } = await waiting({ D1: 'mot@so.example' });
    let told = 0;
    const put: Scratch['put'] = async (kind, ...more) => {
      const isSent = kind === 'mail' && more[1].includes('"sent"');
      if (isSent && when === 'before') told += await noteLostMail(lost, now(), scratch);
      await scratch.put(kind, ...more);
      if (isSent && when === 'after') told += await noteLostMail(lost, now(), scratch);
    };
    const settings = { scratch: { ...scratch, put }, now, publicUrl: 'https://x.example', digestMinutes: 0 };
    const transport: MailTransport = async () => ({ outcome: 'taken', answer: '0100018f' });
    await postman({ ...settings, transport, report: unheard }).deliver();
    expect([when, told, (await became()).get('D1')?.state]).toEqual([when, when === 'after' ? 1 : 0, 'bounced']);
  }
});
