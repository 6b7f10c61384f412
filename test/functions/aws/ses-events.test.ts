import { describe, expect, test } from 'vitest';
import { lostMailIn, noteLostMail } from '../../../functions/aws/ses-events.ts';
import { keptMails, mailer } from '../../../functions/home/mails.ts';
import { postman } from '../../../functions/home/postman.ts';
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

test('a mail that was sent back is shown as not arrived, with all that went out in it, and no other', async () => {
  const scratch = scratchInMemory();
  const now = () => '2025-10-01T01:00:00.000Z';
  const send = async (key: string, to: string) =>
    mailer(scratch, now, () => {}).send({
      key,
      to,
      account: to,
      subject: '[Chi trả] Một việc đang chờ đồng chí',
      lines: ['Một việc đang chờ đồng chí.'],
      button: { label: 'Mở', url: 'https://chi-tra.tinh.example/' },
      footer: [],
    });
  await send('D1', 'mot@so.example');
  await send('D2', 'hai@so.example');
  await postman({
    scratch,
    now,
    publicUrl: 'https://chi-tra.tinh.example',
    digestMinutes: 0,
    transport: async ({ to }) => ({ outcome: 'taken', answer: to === 'mot@so.example' ? '0100018f' : '0100018e' }),
    report: (error) => expect.fail(String(error)),
  }).deliver();
  const lost = lostMailIn(bounced('Permanent', 'NoEmail')) ?? expect.fail('no loss');
  expect(await noteLostMail(lost, '2025-10-01T02:00:00.000Z', scratch)).toBe(1);
  expect(await noteLostMail(lost, '2025-10-01T03:00:00.000Z', scratch)).toBe(0);
  const states = (await keptMails(scratch)).map(({ key, delivery }) => [key, delivery]);
  expect(Object.fromEntries(states)).toMatchObject({
    D1: { state: 'bounced', at: '2025-10-01T02:00:00.000Z', reason: 'Permanent NoEmail' },
    D2: { state: 'sent' },
  });
});
