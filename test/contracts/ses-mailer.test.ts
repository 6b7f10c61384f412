/**
 * Mails by SES, through the SDK over HTTP on a server that stands in for AWS. That server words its refusals in another protocol:
 * a refused receiver is played by a double of the client.
 */
import { BadRequestException, CreateEmailIdentityCommand, SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, describe } from 'vitest';
import * as z from 'zod';
import { clientSettings } from '../../functions/aws/service-clients.ts';
import { sesTransport } from '../../functions/aws/ses-mailer.ts';
import { openMoto } from '../../infra/local/moto.ts';
import { mailerContract } from './mailer.ts';

const moto = await openMoto();
const sent = z.object({
  ses: z.object({
    Message: z
      .array(
        z.object({
          subject: z.string(),
          body: z.string(),
          destinations: z.object({ ToAddresses: z.array(z.string()) }),
        }),
      )
      .default([]),
  }),
});

describe.skipIf(moto === undefined)('over HTTP', () => {
  const endpoint = moto?.endpoint ?? '';
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
  const settings = (at: string) => clientSettings({ region: 'ap-southeast-1', endpoint: at, credentials });
  const client = new SESv2Client(settings(endpoint));
  const nobody = new SESv2Client(settings('http://127.0.0.1:1'));
  const refuser = new SESv2Client(settings(endpoint));
  const message = 'Local address contains control or whitespace: <ông.khong-co@so.example>';
  mockClient(refuser)
    .on(SendEmailCommand)
    .rejects(new BadRequestException({ $metadata: {}, message }));
  afterAll(async () => {
    client.destroy();
    nobody.destroy();
    await moto?.close();
  });

  mailerContract('by SES', async () => {
    await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
    await client.send(new CreateEmailIdentityCommand({ EmailIdentity: 'chi-tra@tinh.example' }));
    const from = 'Chi trả <chi-tra@tinh.example>';
    const [real, refusing] = [sesTransport(client, { from }), sesTransport(refuser, { from })];
    let isRefusing = false;
    return {
      transport: async (letter) => (isRefusing ? refusing(letter) : real(letter)),
      away: sesTransport(nobody, { from }),
      async received() {
        const told = await (await fetch(`${endpoint}/moto-api/data.json`)).json();
        return sent.parse(told).ses.Message.map(
          ({
            subject,
            body,
            destinations: {
              ToAddresses: [to = ''],
            },
          }) => ({
            to,
            subject,
            html: body,
          }),
        );
      },
      refused() {
        isRefusing = true;
        return 'ông.khong-co@so.example';
      },
      close: async () => {},
    };
  });
});
