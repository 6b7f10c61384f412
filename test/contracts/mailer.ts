/** What the Mailer port must keep by every home's transport: what is sent, once, and what becomes of it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keptMails, mailer } from '../../functions/home/mails.ts';
import { type MailTransport, postman } from '../../functions/home/postman.ts';
import type { Mail } from '../../shared/case/ports.ts';
import { addMinutes } from '../../shared/calendar.ts';
import type { Scratch } from '../../shared/case/scratch.ts';
import { scratchInMemory } from './desk.ts';

export interface OpenMailer {
  readonly transport: MailTransport;
  /** One whose server is not there. */
  readonly away: MailTransport;
  /** What the server took, in order. */
  received(): Promise<readonly { readonly to: string; readonly subject: string; readonly html: string }[]>;
  /** An address that the server refuses for good, from now on. */
  refused(): string;
  close(): Promise<void>;
}

const publicUrl = 'https://chi-tra.tinh.example';
const start = '2025-10-01T01:00:00.000Z';

function mail(key: string, given: Partial<Mail> = {}): Mail {
  return {
    key,
    to: 'lanhdao@so.example',
    account: 'leader',
    subject: `[Chi trả] Đợt ${key}: đề nghị thẩm định`,
    lines: [`Đợt ${key} đang chờ đồng chí.`, 'Đề nghị hoàn thành trước hết ngày 08/10/2025.'],
    button: { label: 'Mở đợt', url: `${publicUrl}/lien-ket/${key}` },
    footer: ['Hệ thống không bao giờ hỏi mật khẩu qua thư.'],
    ...given,
  };
}

export function mailerContract(name: string, open: () => Promise<OpenMailer>): void {
  describe(`mails ${name}`, () => {
    let home: OpenMailer;
    let scratch: Scratch;
    let faults: string[];
    let at: string;
    beforeEach(async () => {
      home = await open();
      scratch = scratchInMemory();
      faults = [];
      at = start;
    });
    afterEach(() => home.close());
    const now = () => at;
    const send = async (...mails: readonly Mail[]) => {
      for (const one of mails) await mailer(scratch, now, () => {}).send(one);
    };
    const deliver = async (transport = home.transport, digestMinutes = 0) =>
      postman({
        scratch,
        now,
        publicUrl,
        digestMinutes,
        transport,
        report: (error) => void faults.push(String(error)),
      }).deliver();
    const states = async () => (await keptMails(scratch)).map(({ delivery: { state } }) => state);

    test('are sent with their words, the button and its address', async () => {
      await send(mail('D1'));
      await deliver();
      const [one] = await home.received();
      expect(one).toMatchObject({ to: 'lanhdao@so.example', subject: '[Chi trả] Đợt D1: đề nghị thẩm định' });
      expect(one?.html).toContain('Đợt D1 đang chờ đồng chí.');
      expect(one?.html).toContain(`href="${publicUrl}/lien-ket/D1"`);
      expect(faults).toEqual([]);
    });

    test('of one key are sent once, however often they are asked for', async () => {
      await send(mail('D1'), mail('D1'));
      await deliver();
      await send(mail('D1'));
      await deliver();
      await deliver();
      expect(await home.received()).toHaveLength(1);
      expect(await states()).toEqual(['sent']);
    });

    test('to one person within the minutes of a digest go out as one', async () => {
      await send(mail('D1'));
      await deliver(home.transport, 30);
      await send(mail('D2'), mail('D3'), mail('D4', { to: 'khac@so.example', account: 'other' }));
      await deliver(home.transport, 30);
      expect((await home.received()).map(({ to }) => to)).toEqual(['lanhdao@so.example', 'khac@so.example']);
      at = addMinutes(start, 30);
      await deliver(home.transport, 30);
      const last = (await home.received()).at(-1);
      expect(last?.html).toContain('Đợt D2 đang chờ đồng chí.');
      expect(last?.html).toContain('Đợt D3 đang chờ đồng chí.');
      expect(await states()).toEqual(['sent', 'sent', 'sent', 'sent']);
    });

    test('wait while the server is away, and go out when it is back', async () => {
      await send(mail('D1'), mail('D2', { to: 'khac@so.example', account: 'other' }));
      await deliver(home.away);
      // The second need not find out too.
      expect((await states()).toSorted()).toEqual(['failing', 'waiting']);
      expect(faults).toHaveLength(1);
      at = addMinutes(start, 60);
      await deliver();
      expect(await home.received()).toHaveLength(2);
    });

    test('that the server refuses for good are not tried again, and others still go out', async () => {
      await send(mail('D1', { to: home.refused() }));
      await deliver();
      expect((await keptMails(scratch)).map(({ delivery }) => delivery)).toMatchObject([{ state: 'bounced' }]);
      at = addMinutes(start, 600);
      await deliver();
      expect(await home.received()).toEqual([]);
    });

    test('leave no address in what is kept of the answer, nor in a fault', async () => {
      const to = home.refused();
      await send(mail('D1', { to }));
      await deliver();
      await deliver(home.away);
      const told = JSON.stringify([(await keptMails(scratch)).map(({ delivery }) => delivery), faults]);
      expect(told).not.toContain(to);
      expect(told).not.toContain('@');
    });
  });
}
