/** What SES says on a bad day, and what becomes of the mail. */
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { sesTransport } from '../../../functions/aws/ses-mailer.ts';

const client = new SESv2Client({ region: 'none', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } });
const service = mockClient(client);
const send = sesTransport(client, { from: 'Chi trả <chi-tra@tinh.example>', configurationSet: 'chi-tra' });
const letter = {
  to: 'lanhdao@so.example',
  subject: '[Chi trả] Đợt 1: đề nghị thẩm định',
  text: 'Đợt 1 đang chờ đồng chí.',
  html: '<p>Đợt 1 đang chờ đồng chí.</p>',
  number: '0123456789abcdef0123456789abcdef01234567',
};
const fault = (name: string, message = '', more: object = { $metadata: { httpStatusCode: 400 } }) =>
  Object.assign(new Error(message), { name, ...more });

beforeEach(() => service.reset());

test('a letter is sent in both forms, from a name that any server reads, with its number as a tag', async () => {
  service.on(SendEmailCommand).resolves({ MessageId: '0100018f' });
  expect(await send(letter)).toEqual({ outcome: 'taken', answer: '0100018f' });
  const [call] = service.commandCalls(SendEmailCommand);
  expect(call?.args[0].input).toEqual({
    FromEmailAddress: `=?UTF-8?B?${Buffer.from('Chi trả').toString('base64')}?= <chi-tra@tinh.example>`,
    Destination: { ToAddresses: [letter.to] },
    Content: {
      Simple: {
        Subject: { Data: letter.subject, Charset: 'UTF-8' },
        Body: { Text: { Data: letter.text, Charset: 'UTF-8' }, Html: { Data: letter.html, Charset: 'UTF-8' } },
        Headers: [{ Name: 'Auto-Submitted', Value: 'auto-generated' }],
      },
    },
    EmailTags: [{ Name: 'number', Value: letter.number }],
    ConfigurationSetName: 'chi-tra',
  });
});

test.each([
  ['TooManyRequestsException', 'Maximum sending rate exceeded'],
  ['ThrottlingException', 'Rate exceeded'],
  ['LimitExceededException', 'Daily message quota exceeded'],
  ['SendingPausedException', 'Sending paused'],
  ['AccountSuspendedException', ''],
  ['MailFromDomainNotVerifiedException', ''],
  ['NotFoundException', 'Configuration set <chi-tra> does not exist'],
  ['AccessDeniedException', 'not authorized to perform ses:SendEmail'],
  ['MessageRejected', 'Email address is not verified. The following identities failed the check: lanhdao@so.example'],
])('%s is ours or the service’s to mend: the mail waits, and so do the others', async (name, message) => {
  service.on(SendEmailCommand).rejects(fault(name, message));
  expect((await send(letter)).outcome).toBe('away');
});

test.each([
  ['TimeoutError', {}],
  ['Error', { code: 'ECONNRESET' }],
  ['InternalServiceErrorException', { $metadata: { httpStatusCode: 500 } }],
])('%s: the mail waits', async (name, more) => {
  service.on(SendEmailCommand).rejects(fault(name, '', more));
  expect((await send(letter)).outcome).toBe('away');
});

test.each([
  ['BadRequestException', "Missing final '@domain'"],
  ['BadRequestException', 'Domain contains illegal character'],
  ['BadRequestException', 'Illegal address'],
  ['MessageRejected', 'Transaction failed: the message has a virus'],
])('%s, %s, is for good', async (name, message) => {
  service.on(SendEmailCommand).rejects(fault(name, message));
  expect((await send(letter)).outcome).toBe('refused-for-good');
});

test('a request that SES does not take for another reason is tried later', async () => {
  service.on(SendEmailCommand).rejects(fault('BadRequestException', 'Tag name is too long'));
  expect((await send(letter)).outcome).toBe('refused-for-now');
});

test('no address stands in an answer', async () => {
  service.on(SendEmailCommand).rejects(fault('MessageRejected', 'not verified: <lanhdao@so.example>, a@b.example'));
  expect(JSON.stringify(await send(letter))).not.toContain('@');
});

test('a fault of this program is thrown, not taken for an answer', async () => {
  service.on(SendEmailCommand).rejects(new TypeError('undefined is no function'));
  await expect(send(letter)).rejects.toThrow(TypeError);
});

test.each(['', 'Chi trả', 'Chi trả <chi-tra>', 'chi-tra@'])('%j is no sender', (from) => {
  expect(() => sesTransport(client, { from })).toThrow(RangeError);
});
