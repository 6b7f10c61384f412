/** Mails by SMTP, to a server on this machine. */
import { smtpTransport } from '../../infra/local/smtp.ts';
import { startSmtpServer } from '../smtp-server.ts';
import { mailerContract } from './mailer.ts';

const from = 'Chi trả <chi-tra@tinh.example>';

mailerContract('by SMTP', async () => {
  const server = await startSmtpServer();
  return {
    transport: smtpTransport({ url: server.url, from }),
    away: smtpTransport({ url: 'smtp://127.0.0.1:1', from }),
    received: async () => server.received,
    refused() {
      server.answer = { recipient: '550 no such user <khong-co@so.example>' };
      return 'khong-co@so.example';
    },
    close: async () => server.close(),
  };
});
