/** Mails through a real SMTP server on this machine: what is sent, when, and what becomes of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keptMails, mailer, mailRecords } from '../../../functions/home/mails.ts';
import { postman } from '../../../functions/home/postman.ts';
import { openScratch, type SqliteScratch } from '../../../infra/local/scratch.ts';
import { smtpTransport } from '../../../infra/local/smtp.ts';
import type { Scratch } from '../../../shared/case/scratch.ts';
import { addMinutes } from '../../../shared/calendar.ts';
import type { Mail } from '../../../shared/case/ports.ts';
import { allMatches } from '../../../infra/local/commands/visitor.ts';
import { type SmtpServer, startSmtpServer } from '../../smtp-server.ts';

const publicUrl = 'http://localhost:8080';
const start = '2025-10-01T01:00:00.000Z';
let folder = '';
let scratch: SqliteScratch;
let server: SmtpServer;
let at = start;
let faults: string[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mail-'));
  scratch = openScratch(join(folder, 'scratch.sqlite'));
  server = await startSmtpServer();
  at = start;
  faults = [];
});

afterEach(async () => {
  scratch.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const now = () => at;

function pass(minutes: number): void {
  at = addMinutes(at, minutes);
}

function postmanWith(digestMinutes: number, over: Scratch = scratch.port) {
  const transport = smtpTransport({ url: server.url, from: 'Chi trả <chi-tra@tinh.example>' });
  const report = (error: unknown) => faults.push(String(error));
  return postman({ scratch: over, now, publicUrl, digestMinutes, transport, report });
}

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

async function send(...mails: readonly Mail[]): Promise<void> {
  for (const one of mails) await mailer(scratch.port, now, () => {}).send(one);
}

const states = async () => (await keptMails(scratch.port)).map(({ key, delivery }) => [key, delivery.state]);
const stateOf = async (key: string) => (await keptMails(scratch.port)).find((one) => one.key === key)?.delivery;

describe('a mail that is sent', () => {
  test('has a plain and an HTML part with the same words and the same address, and one button', async () => {
    await send(mail('d1'));
    await postmanWith(30).deliver();
    const [got] = server.received;
    expect(got?.contentType).toMatch(/^multipart\/alternative/);
    expect([got?.to, got?.subject]).toEqual(['lanhdao@so.example', '[Chi trả] Đợt d1: đề nghị thẩm định']);
    expect(got?.text).toContain(`${publicUrl}/lien-ket/d1`);
    expect(allMatches(got?.html ?? '', /<a [^>]*href="([^"]+)"/)).toEqual([`${publicUrl}/lien-ket/d1`]);
    for (const words of ['Đợt d1 đang chờ đồng chí.', 'hết ngày 08/10/2025.', 'Mở đợt', 'không bao giờ hỏi mật khẩu']) {
      expect([words, got?.text.includes(words), got?.html.includes(words)]).toEqual([words, true, true]);
    }
  });

  test('is noted with the answer of the server and the time, and keeps no link', async () => {
    await send(mail('d1'));
    await postmanWith(30).deliver();
    expect(await stateOf('d1')).toEqual({ state: 'sent', at: start, answer: '250 OK queued as 1', together: 1 });
    expect(scratch.get('mail', 'd1')).not.toContain('lien-ket');
    expect(scratch.get('mail', 'd1')).not.toContain('đang chờ');
  });

  test('is sent once, however often it is asked for', async () => {
    const post = postmanWith(0);
    for (let times = 0; times < 3; times += 1) {
      await send(mail('d1'));
      await post.deliver();
    }
    expect(server.received).toHaveLength(1);
  });

  test('is sent once by rounds that overlap', async () => {
    const post = postmanWith(0);
    await send(mail('d1'), mail('d2'));
    await Promise.all([post.deliver(), post.deliver(), post.deliver()]);
    await expect.poll(() => server.received.length).toBe(2);
    expect(server.received.map(({ subject }) => subject).toSorted()).toHaveLength(2);
  });
});

describe('mails to one person are gathered', () => {
  const twenty = Array.from({ length: 20 }, (_none, index) => mail(`d${index + 1}`));

  test('twenty within half an hour are two: the first at once, the others as one at its end', async () => {
    const post = postmanWith(30);
    for (const one of twenty) {
      await send(one);
      await post.deliver();
      pass(1);
    }
    expect(server.received).toHaveLength(1);
    at = addMinutes(start, 29);
    await post.deliver();
    expect(server.received).toHaveLength(1);
    at = addMinutes(start, 30);
    await post.deliver();
    await post.deliver();
    expect(server.received).toHaveLength(2);
    const [, digest] = server.received;
    expect(digest?.subject).toBe('[Chi trả] 19 việc đang chờ đồng chí');
    for (const { lines } of twenty.slice(1)) expect(digest?.html).toContain(`>${lines[0]}</li>`);
    expect(allMatches(digest?.html ?? '', /<a [^>]*href="([^"]+)"/)).toEqual([`${publicUrl}/`]);
    expect(digest?.text).toContain(`${publicUrl}/`);
    expect(await stateOf('d20')).toMatchObject({ state: 'sent', together: 19 });
  });

  test('one alone at the end goes as itself', async () => {
    const post = postmanWith(30);
    await send(mail('d1'));
    await post.deliver();
    await send(mail('d2'));
    await post.deliver();
    pass(30);
    await post.deliver();
    expect(server.received.map(({ subject }) => subject)).toEqual([
      '[Chi trả] Đợt d1: đề nghị thẩm định',
      '[Chi trả] Đợt d2: đề nghị thẩm định',
    ]);
  });

  test('another person does not wait for it, and an urgent one never waits', async () => {
    const post = postmanWith(30);
    await send(mail('d1'));
    await post.deliver();
    await send(mail('d2'), mail('d3', { to: 'khac@so.example' }), mail('d4', { isUrgent: true }));
    await post.deliver();
    expect(inOrder(await states())).toEqual([
      ['d1', 'sent'],
      ['d2', 'waiting'],
      ['d3', 'sent'],
      ['d4', 'sent'],
    ]);
  });

  test('with 0 minutes nothing is gathered', async () => {
    await send(...twenty);
    await postmanWith(0).deliver();
    expect(server.received).toHaveLength(20);
  });

  test.each([1, 2, 3, 4, 5, 6])('a kill at write %i loses none; at worst one comes twice', async (last) => {
    await postmanWith(30).deliver();
    await send(mail('d0'));
    await postmanWith(30).deliver();
    let writes = 0;
    const dying: Scratch = {
      ...scratch.port,
      async put(...given) {
        writes += 1;
        if (writes >= last) throw new Error('killed');
        await scratch.port.put(...given);
      },
    };
    await send(...twenty.slice(0, 5));
    pass(30);
    await postmanWith(30, dying).deliver();
    for (let rounds = 0; rounds < 3; rounds += 1) {
      pass(30);
      await postmanWith(30).deliver();
    }
    const texts = server.received.map(({ text }) => text).join('\n');
    for (const { key, lines } of twenty.slice(0, 5)) {
      expect([key, texts.includes(lines[0] ?? ''), (await stateOf(key))?.state]).toEqual([key, true, 'sent']);
    }
    expect(server.received.length).toBeLessThanOrEqual(3);
  });
});

describe('a mail that the server does not take', () => {
  test('for now (4xx) is tried after 1, 5, 15, 60 minutes, then hourly, and arrives', async () => {
    const post = postmanWith(30);
    server.answer = { recipient: '451 try later' };
    await send(mail('d1'));
    await post.deliver();
    for (const minutes of [1, 5, 15, 60, 60, 60]) {
      expect(await stateOf('d1')).toMatchObject({
        state: 'failing',
        reason: '451 try later',
        next: addMinutes(at, minutes),
      });
      const before = await stateOf('d1');
      pass(minutes - 1);
      await post.deliver();
      expect(await stateOf('d1')).toEqual(before);
      at = addMinutes(before?.state === 'failing' ? before.at : at, minutes);
      await post.deliver();
    }
    expect(server.received).toEqual([]);
    server.answer = {};
    pass(60);
    await post.deliver();
    expect([server.received.length, (await stateOf('d1'))?.state]).toEqual([1, 'sent']);
  });

  test('for three days is given up', async () => {
    const post = postmanWith(0);
    server.answer = { data: '452 full' };
    await send(mail('d1'));
    let rounds = 0;
    for (; (await stateOf('d1'))?.state !== 'bounced' && rounds < 200; rounds += 1) {
      await post.deliver();
      pass(60);
    }
    expect(await stateOf('d1')).toMatchObject({ state: 'bounced', reason: '452 full', tries: 73 });
  });

  test.each([
    ['the receiver', { recipient: '550 5.1.1 <lanhdao@so.example> unknown' }, '550 5.1.1 … unknown'],
    ['the mail', { data: '554 5.7.1 not wanted' }, '554 5.7.1 not wanted'],
  ])('for good (5xx of %s) bounces at once and is not tried again', async (_what, answer, reason) => {
    const post = postmanWith(0);
    server.answer = answer;
    await send(mail('d1'));
    await post.deliver();
    expect(await stateOf('d1')).toEqual({ state: 'bounced', at: start, reason, tries: 1 });
    server.answer = {};
    pass(10_000);
    await post.deliver();
    expect(server.received).toEqual([]);
  });

  test('because the server is away waits, and nobody who asks has to', async () => {
    await server.close();
    const post = postmanWith(0);
    await send(mail('d1'), mail('d2'));
    await post.deliver();
    expect(inOrder(await states())).toEqual([
      ['d1', 'failing'],
      ['d2', 'waiting'],
    ]);
    expect(faults).toHaveLength(1);
    expect(faults.join('')).not.toContain('@');
  });
});

describe('the port of the pages', () => {
  const accounts = { find: async () => undefined };

  test('a bounced mail is one until it is sent again, and a second click sends nothing', async () => {
    const records = mailRecords(scratch.port, accounts, now);
    const post = postmanWith(30);
    server.answer = { recipient: '550 unknown' };
    await send(mail('d1'));
    await post.deliver();
    expect((await records.bounced()).map(({ key }) => key)).toEqual(['d1']);
    server.answer = {};
    expect([await records.sendAgain('d1'), await records.sendAgain('d1')]).toEqual([true, false]);
    await post.deliver();
    expect(server.received).toHaveLength(1);
    expect([await records.bounced(), await records.sendAgain('d1')]).toEqual([[], false]);
  });

  test('never tells what a mail says', async () => {
    await send(mail('d1'));
    const shown = JSON.stringify(await mailRecords(scratch.port, accounts, now).page(1, 10));
    expect(shown).toContain('Đợt d1');
    expect(shown).not.toMatch(/lien-ket|đang chờ|@/);
  });

  test('is paged, newest first', async () => {
    for (const key of ['a', 'b', 'c']) {
      await send(mail(key));
      pass(1);
    }
    const { mails, count } = await mailRecords(scratch.port, accounts, now).page(2, 2);
    expect([mails.map(({ key }) => key), count]).toEqual([['a'], 3]);
  });
});

describe('mails kept before they had parts', () => {
  const old = {
    key: 'b1/people/2/leader',
    to: 'lanhdao@so.example',
    subject: '[Chi trả] Đợt NA-1: đề nghị thẩm định',
    text: `Đợt NA-1 đang chờ.\n\nMở đợt: ${publicUrl}/lien-ket/abc\n\nLiên kết chỉ mở trang.`,
    at: start,
  };

  test('are read, and one that was not sent yet is sent', async () => {
    scratch.put('mail', old.key, JSON.stringify({ ...old, isSent: false }));
    scratch.put(
      'mail',
      'b1/people/1/leader',
      JSON.stringify({ ...old, key: 'b1/people/1/leader', text: '', isSent: true }),
    );
    await postmanWith(0).deliver();
    expect(server.received).toHaveLength(1);
    expect(server.received[0]?.text).toContain(`${publicUrl}/lien-ket/abc`);
    const [record] = (await mailRecords(scratch.port, { find: async () => undefined }, now).page(1, 1)).mails;
    expect(record).toMatchObject({ batch: 'b1', receiver: { account: 'leader' } });
  });
});

test('without a server the mailbox takes them and keeps their words', async () => {
  await send(mail('d1'));
  await postman({ scratch: scratch.port, now, publicUrl, digestMinutes: 0, report: () => {} }).deliver();
  expect((await keptMails(scratch.port))[0]).toMatchObject({ lines: mail('d1').lines, button: mail('d1').button });
  expect((await stateOf('d1'))?.state).toBe('sent');
});

function inOrder(pairs: readonly (readonly string[])[]) {
  return pairs.toSorted(([one = ''], [other = '']) => (one < other ? -1 : 1));
}
