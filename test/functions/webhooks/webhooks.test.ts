/** Messages to other systems: what they say, that they are signed, sent again, given up; and where none is ever sent. */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createRawServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { addressFault, isOutside, lookupOutside } from '../../../functions/webhooks/addresses.ts';
import { webhookDesk } from '../../../functions/webhooks/desk.ts';
import { queueWebhooksOf } from '../../../functions/webhooks/from-bus.ts';
import { outbox } from '../../../functions/webhooks/outbox.ts';
import { type Post, poster } from '../../../functions/webhooks/post.ts';
import { register } from '../../../functions/webhooks/register.ts';
import {
  deliverWebhooks,
  ladder,
  longestWait,
  sendWebhooks,
  webhookPorts,
  type WebhookPorts,
} from '../../../functions/webhooks/send.ts';
import { signedHeaders } from '../../../functions/webhooks/sign.ts';
import { followWebhooks } from '../../../infra/local/webhooks.ts';
import { openScratch } from '../../../infra/local/scratch.ts';
import type { Entry } from '../../../shared/case/store.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { webhookEvents, webhooksOf } from '../../../shared/case/webhook.ts';
import { endReceiver } from '../../../shared/case/webhook-receiver.ts';
import { reconcile } from '../../../shared/disbursement/reconcile.ts';
import { done, type Province, provinces } from '../../province.ts';

const openProvince = provinces();
const inside = { allowsInside: true };
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

interface Got {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** A system that listens, and answers as it is told. */
async function listener(answerWith: () => number = () => 204) {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      got.push({ headers: request.headers, body });
      response.writeHead(answerWith(), { location: 'http://127.0.0.1:1/' }).end('thanks');
    });
  });
  servers.push(server);
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return { url: `http://127.0.0.1:${port}/hook`, got };
}

/** A sender whose clock the test sets. */
function sender({ home, still }: Province, post: Post = poster(inside)) {
  let at = Date.parse(still.now());
  const scratch = openScratch(':memory:', () => at);
  const faults: unknown[] = [];
  const ports: WebhookPorts = {
    store: home.store,
    vault: still.vault,
    now: () => new Date(at).toISOString(),
    outbox: outbox(scratch.port, () => at),
    post,
    report: (error) => faults.push(error),
  };
  return { ports, faults, pass: (milliseconds: number) => (at += milliseconds) };
}

const everything = ({ home }: Province): readonly Entry[] => [...home.store.held().entries];
const admin = { id: 'demo-administrator' };

async function receiver(province: Province, url: string, events: readonly string[] = webhookEvents) {
  const wish = { name: 'Hệ thống kế toán', url, events };
  const made = await register(wish, admin, province.still, inside);
  return made.outcome === 'registered' ? made : expect.fail(made.why.en);
}

const sentBody = z.object({ type: z.string(), timestamp: z.string(), data: z.looseObject({}) });

describe('messages', () => {
  test('tell each step of a batch and of its parts, to the đồng, and nothing that names a person', async () => {
    const province = await openProvince({ people: 6 });
    const orders = await province.sentBatch('b1');
    done(
      await reconcile('b1', 'f'.repeat(64), await province.resultFile('b1', orders.slice(0, 1)), 'x', province.still),
    );
    const back = await province.resultFile('b1', orders.slice(1, 2), 'returned');
    const named = { ...back, lines: back.lines.map((line) => ({ ...line, reason: 'NGUYEN VAN A da dong' })) };
    done(await reconcile('b1', 'e'.repeat(64), named, 'x', province.still));
    const told = webhooksOf(everything(province)).map(({ message }) => message);
    const types = new Set(told.map(({ type }) => type));
    expect(types).toEqual(
      new Set([
        'batch.frozen',
        'batch.confirmed',
        'batch.decided',
        'part.awaiting-unit',
        'part.sent',
        'part.credited',
        'part.returned',
      ]),
    );
    expect(told.find(({ type }) => type === 'batch.decided')?.data).toMatchObject({
      batch: 'b1',
      status: 'paying',
      people: orders.length,
      decision: { number: 'b1/QĐ-UBND' },
    });
    expect(told.filter(({ type }) => type === 'part.credited').map(({ data }) => data)).toEqual([
      expect.objectContaining({
        case: caseIdOf(orders[0]?.part ?? ''),
        payment: orders[0]?.reference,
        amount: orders[0]?.amount,
        batch: 'b1',
        status: 'credited',
      }),
    ]);
    const text = JSON.stringify(told);
    expect(text).not.toContain('NGUYEN VAN A');
    for (const { part } of orders) {
      const of = (await readCase(province.store, caseIdOf(part))) ?? expect.fail('a case is gone');
      const { fullName, citizenId } = await identityOf(province.still.vault, of);
      expect(text.includes(fullName) || text.includes(citizenId) || text.includes(of.submitted.employer)).toBe(false);
    }
  });

  test('have one id an entry, always the same and nobody else’s', async () => {
    const province = await openProvince({ people: 4 });
    await province.sentBatch('b1');
    const [one, other] = [webhooksOf(everything(province)), webhooksOf(everything(province))];
    expect(one).toEqual(other);
    expect(new Set(one.map(({ id }) => id)).size).toBe(one.length);
  });

  test('are made alike from what an event of the bus names', async () => {
    const province = await openProvince({ people: 2 });
    const { url, got } = await listener();
    await receiver(province, url);
    await province.decidedBatch('b1');
    const of = everything(province).filter(({ stream }) => stream === 'batch/b1');
    const detail = { stream: 'batch/b1', entries: of.slice(-1).map(({ seq, kind, at }) => ({ seq, kind, at })) };
    const { ports } = sender(province);
    await queueWebhooksOf(detail, ports);
    await deliverWebhooks(ports);
    expect(got.map(({ headers }) => headers['webhook-id'])).toEqual(webhooksOf(of.slice(-1)).map(({ id }) => id));
    await queueWebhooksOf(detail, ports);
    await deliverWebhooks(ports);
    expect(got.length).toBe(1);
  });
});

describe('a receiver', () => {
  test('gets the events it chose since it was registered, signed by its own secret', async () => {
    const province = await openProvince({ people: 2 });
    await province.frozenBatch('b1');
    const { url, got } = await listener();
    const { id, secret } = await receiver(province, url, ['batch.confirmed', 'batch.decided']);
    done(await province.decides('home-affairs-leader', 'b1'));
    done(await province.decides('finance-leader', 'b1'));
    done(await province.provincial('b1'));
    const { ports, faults } = sender(province);
    await sendWebhooks(everything(province), ports);
    expect(faults).toEqual([]);
    expect(got.map(({ body }) => sentBody.parse(JSON.parse(body)).type).toSorted()).toEqual([
      'batch.confirmed',
      'batch.confirmed',
      'batch.decided',
    ]);
    for (const { headers, body } of got) {
      const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
      const mac = (key: string) =>
        `v1,${createHmac('sha256', Buffer.from(key, 'base64')).update(signed).digest('base64')}`;
      expect(headers['webhook-signature']).toBe(mac(secret.slice('whsec_'.length)));
      expect(headers['webhook-signature']).not.toBe(mac(Buffer.from('another secret').toString('base64')));
    }
    expect(JSON.stringify(everything(province))).not.toContain(secret);
    // What was sent is not sent again when the cursor is set back; and nothing once it has ended.
    await sendWebhooks(everything(province), ports);
    expect(got.length).toBe(3);
    done(await endReceiver(id, 'Hết hợp đồng', admin, province.still));
    const fresh = sender(province);
    await sendWebhooks(everything(province), fresh.ports);
    expect(got.length).toBe(3);
  });

  test('that fails is tried again up the ladder, then given up with why, and once more when somebody asks', async () => {
    const province = await openProvince({ people: 2 });
    let answer = 500;
    const { url, got } = await listener(() => answer);
    const { id } = await receiver(province, url, ['batch.frozen']);
    await province.frozenBatch('b1');
    const { ports, pass } = sender(province);
    await sendWebhooks(everything(province), ports);
    for (const [at, wait] of ladder.entries()) {
      expect(got.length).toBe(at + 1);
      pass(wait - 1);
      await deliverWebhooks(ports);
      expect(got.length).toBe(at + 1);
      pass(1);
      await deliverWebhooks(ports);
    }
    expect(got.length).toBe(ladder.length + 1);
    expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await ports.outbox.waiting()).toEqual([]);
    const [lost] = await ports.outbox.failed();
    expect(lost).toMatchObject({ receiver: id, tries: ladder.length + 1, fault: 'status 500' });
    answer = 204;
    expect(await ports.outbox.again(id, lost?.id ?? '')).toBe(true);
    await deliverWebhooks(ports);
    expect(got.length).toBe(ladder.length + 2);
    expect(await ports.outbox.failed()).toEqual([]);
    expect(await ports.outbox.again(id, lost?.id ?? '')).toBe(false);
    expect(ladder.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(longestWait);
  });

  test('that is down is asked once, not once a message; and gets all of them when it is back', async () => {
    const province = await openProvince({ people: 6 });
    let answer = 503;
    const { url, got } = await listener(() => answer);
    await receiver(province, url, ['part.awaiting-unit']);
    const other = await listener();
    await receiver(province, other.url, ['part.awaiting-unit']);
    await province.decidedBatch('b1');
    const orders = await province.order('b1');
    const { ports, pass } = sender(province);
    await sendWebhooks(everything(province), ports);
    await deliverWebhooks(ports);
    expect([got.length, other.got.length]).toEqual([1, orders.length]);
    answer = 200;
    pass(ladder[0] ?? 0);
    await deliverWebhooks(ports);
    expect(got.length).toBe(orders.length + 1);
  });

  test('that says it is gone, leads elsewhere or does not answer is not followed', async () => {
    const province = await openProvince({ people: 2 });
    let answer = 410;
    const { url, got } = await listener(() => answer);
    await receiver(province, url, ['batch.frozen']);
    await province.frozenBatch('b1');
    const first = sender(province);
    await sendWebhooks(everything(province), first.ports);
    expect(await first.ports.outbox.failed()).toMatchObject([{ tries: 1, fault: 'status 410' }]);
    answer = 302;
    const second = sender(province);
    await sendWebhooks(everything(province), second.ports);
    expect(await second.ports.outbox.waiting()).toMatchObject([{ tries: 1, fault: 'status 302' }]);
    for (const server of servers.splice(0)) server.close();
    const third = sender(province);
    await sendWebhooks(everything(province), third.ports);
    expect(await third.ports.outbox.waiting()).toMatchObject([{ tries: 1, fault: 'ECONNREFUSED' }]);
    expect(got.length).toBe(2);
  });

  test('gets a message twice with one id when the process dies between sending and noting it', async () => {
    const province = await openProvince({ people: 2 });
    const { url, got } = await listener();
    await receiver(province, url, ['batch.frozen']);
    await province.frozenBatch('b1');
    const { ports, faults } = sender(province);
    const dying = { ...ports.outbox, sent: async () => Promise.reject(new Error('killed')) };
    await sendWebhooks(everything(province), { ...ports, outbox: dying });
    expect(faults.length).toBe(1);
    await deliverWebhooks(ports);
    await deliverWebhooks(ports);
    const ids = got.map(({ headers }) => headers['webhook-id']);
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
    expect(got[0]?.body).toBe(got[1]?.body);
  });
});

describe('many that deliver at once', () => {
  const pushed = { type: 'batch.frozen', body: '{}', tries: 0 };

  /** A receiver of a province, with messages of these ids in the outbox. */
  async function waiting(...ids: readonly string[]) {
    const province = await openProvince({ people: 2 });
    const { id } = await receiver(province, 'http://127.0.0.1:9/');
    const made = sender(province);
    const at = Date.parse(made.ports.now());
    for (const one of ids) await made.ports.outbox.add({ ...pushed, receiver: id, id: one, since: at, next: at });
    return { ...made, box: made.ports.outbox };
  }

  test('send each message once, whoever comes', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `m-${index}`);
    const { ports, box } = await waiting(...ids);
    const sent: string[] = [];
    const post: Post = async (_, headers) => {
      sent.push(headers['webhook-id'] ?? '');
      await new Promise((resolve) => setImmediate(resolve));
      return 204;
    };
    await Promise.all(ids.map(async () => deliverWebhooks({ ...ports, post })));
    expect(sent.toSorted()).toEqual(ids.toSorted());
    expect(await box.waiting()).toEqual([]);
  });

  test('leave a receiver that is slow to the one who waits for it', async () => {
    const { ports, box } = await waiting('m-1');
    const { promise: closed, resolve: open } = Promise.withResolvers<void>();
    const slow = deliverWebhooks({ ...ports, post: async () => closed.then(() => 500) });
    await deliverWebhooks({ ...ports, post: async () => expect.fail('sent by another') });
    open();
    await slow;
    expect(await box.waiting()).toMatchObject([{ id: 'm-1', tries: 1, fault: 'status 500' }]);
  });

  test.each([500, 410])('put nothing back that another delivered, when a late %i comes', async (status) => {
    const { ports, box, pass } = await waiting('m-1');
    const { promise: closed, resolve: open } = Promise.withResolvers<void>();
    const late = deliverWebhooks({ ...ports, post: async () => closed.then(() => status) });
    await new Promise((resolve) => setTimeout(resolve, 20));
    pass(2 * 60_000);
    await deliverWebhooks({ ...ports, post: async () => 204 });
    expect(await box.waiting()).toEqual([]);
    open();
    await late;
    expect([await box.waiting(), await box.failed()]).toEqual([[], []]);
  });
});

describe('an event of the bus', () => {
  test('has its messages wait and sends none; the next round sends each once', async () => {
    const province = await openProvince({ people: 6 });
    const { url, got } = await listener();
    await receiver(province, url, ['part.awaiting-unit']);
    await province.decidedBatch('b1');
    const orders = await province.order('b1');
    const { ports } = sender(province);
    for (const { stream, seq } of everything(province)) {
      await queueWebhooksOf({ stream, entries: [{ seq }] }, ports);
    }
    expect(got.length).toBe(0);
    await Promise.all([deliverWebhooks(ports), deliverWebhooks(ports)]);
    expect(got.length).toBe(orders.length);
  });
});

describe('on one machine', () => {
  test('a cursor of its own moves past what was sent; set back, nothing is sent twice', async () => {
    const province = await openProvince({ people: 2 });
    const { url, got } = await listener();
    await receiver(province, url, ['batch.frozen', 'batch.decided']);
    await province.frozenBatch('b1');
    const { home, still } = province;
    const scratch = home.scratch.port;
    const ports = webhookPorts({
      ports: still,
      scratch,
      allowsInside: true,
      report: (error) => province.faults.push(error),
    });
    const follow = async () => (await followWebhooks(home.store, scratch, ports)).delivered;
    await follow();
    expect(got.length).toBe(1);
    await follow();
    await scratch.put('cursor', 'webhooks', '0');
    await follow();
    expect(got.length).toBe(1);
    done(await province.decides('home-affairs-leader', 'b1'));
    done(await province.decides('finance-leader', 'b1'));
    done(await province.provincial('b1'));
    await follow();
    expect(got.length).toBe(2);
  });

  test('a receiver that does not answer holds up nothing but its own messages', async () => {
    const province = await openProvince({ people: 2 });
    await receiver(province, 'http://127.0.0.1:9/', ['batch.frozen']);
    await province.frozenBatch('b1');
    const { ports } = sender(province);
    const { promise: closed, resolve: open } = Promise.withResolvers<number>();
    const silent = { ...ports, post: async () => closed };
    const scratch = province.home.scratch.port;
    const { delivered } = await followWebhooks(province.home.store, scratch, silent);
    expect(await ports.outbox.waiting()).toMatchObject([{ tries: 0 }]);
    open(204);
    await delivered;
    expect(await ports.outbox.waiting()).toEqual([]);
  });
});

describe('a posting', () => {
  /** A receiver that answers any request with these bytes, and leaves the connection open. */
  async function answering(bytes: string) {
    const server = createRawServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.write(bytes));
    });
    servers.push(server);
    return new Promise<string>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`);
      });
    });
  }

  test.each([
    ['wants another protocol', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n', 101],
    ['never ends its answer', 'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nthanks', 200],
    ['leads elsewhere', 'HTTP/1.1 307 Away\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n', 307],
  ])('to a receiver that %s ends with its status', async (_, bytes, status) => {
    expect(await poster(inside)(await answering(bytes), {}, '{}')).toBe(status);
  });

  test.each([
    ['answers in no HTTP', 'thanks\r\n\r\n', 'HPE_INVALID_CONSTANT'],
    ['sends a header without end', `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(100_000)}`, 'HPE_HEADER_OVERFLOW'],
  ])('to a receiver that %s fails', async (_, bytes, code) => {
    await expect(poster(inside)(await answering(bytes), {}, '{}')).rejects.toMatchObject({ code });
  });
});

describe('a lost cursor', () => {
  test('tells again what is three days old at the most, with the same ids', async () => {
    const province = await openProvince({ people: 2 });
    const { url, got } = await listener();
    await receiver(province, url, ['batch.frozen']);
    await province.frozenBatch('b1');
    const early = sender(province);
    early.pass(longestWait - 60_000);
    await sendWebhooks(everything(province), early.ports);
    expect(got.length).toBe(1);
    const late = sender(province);
    late.pass(longestWait + 1000);
    await sendWebhooks(everything(province), late.ports);
    expect(got.length).toBe(1);
  });
});

describe('the page of connections', () => {
  test('shows what was given up and has it sent once more; it registers nobody inside', async () => {
    const province = await openProvince({ people: 2 });
    const { url } = await listener(() => 410);
    const { id } = await receiver(province, url, ['batch.frozen']);
    await province.frozenBatch('b1');
    const { still, home } = province;
    const scratch = home.scratch.port;
    const report = (error: unknown) => province.faults.push(error);
    const ports = webhookPorts({ ports: still, scratch, allowsInside: true, report });
    await sendWebhooks(everything(province), ports);
    const desk = webhookDesk(still, scratch, { allowsInside: false });
    const [lost] = await desk.failed();
    expect(lost).toMatchObject({ receiver: id, type: 'batch.frozen', fault: 'status 410' });
    expect(await desk.again(id, lost?.id ?? '')).toBe(true);
    expect((await ports.outbox.waiting()).length).toBe(1);
    const wish = { name: 'X', url, events: ['batch.frozen'] };
    expect(await desk.register(wish, province.account('administrator'))).toMatchObject({ outcome: 'refused' });
  });
});

describe('a signature', () => {
  test('is that of the Standard Webhooks’ own example', () => {
    const headers = signedHeaders(
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      1_614_265_330,
      '{"test": 2432232314}',
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    );
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });
});

describe('an address', () => {
  const resolve = async (host: string) => {
    const known: Readonly<Record<string, readonly string[]>> = {
      'hooks.example.vn': ['203.162.0.10'],
      'inner.example.vn': ['10.1.2.3'],
      'both.example.vn': ['203.162.0.10', '127.0.0.1'],
    };
    const found = known[host];
    if (found === undefined) throw new Error('ENOTFOUND');
    return found;
  };

  test('inside, of this machine, of a cloud’s keys or wrapped in another is never sent to', () => {
    const never = [
      '127.0.0.1',
      '127.255.255.254',
      '0.0.0.0',
      '10.0.0.1',
      '100.64.0.1',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      'fc00::1',
      'fd00:ec2::254',
      'fe80::1',
      'ff02::1',
      'not an address',
      '',
    ];
    expect(never.filter(isOutside)).toEqual([]);
    const fine = ['8.8.8.8', '203.162.0.10', '172.15.255.255', '172.32.0.1', '100.63.255.255', '2606:4700::1111'];
    expect(fine.filter((one) => !isOutside(one))).toEqual([]);
  });

  test('is https alone, without a user, a password or a fragment, and its name is looked up', async () => {
    const fine = async (url: string) => (await addressFault(url, { allowsInside: false, resolve })) === undefined;
    expect(await fine('https://hooks.example.vn/chi-tra?v=1')).toBe(true);
    expect(await fine('https://203.162.0.10:8443/x')).toBe(true);
    const never = [
      'http://hooks.example.vn/',
      'ftp://hooks.example.vn/',
      'hooks.example.vn',
      'https://user@hooks.example.vn/',
      'https://:pass@hooks.example.vn/',
      'https://hooks.example.vn/#x',
      'https://inner.example.vn/',
      'https://both.example.vn/',
      'https://nowhere.example.vn/',
      'https://localhost/',
      'https://127.0.0.1/',
      'https://2130706433/',
      'https://0x7f.1/',
      'https://0177.0.0.1/',
      'https://[::1]/',
      'https://[::ffff:7f00:1]/',
      'https://169.254.169.254/latest/meta-data',
    ];
    for (const url of never) expect([url, await fine(url)]).toEqual([url, false]);
  });

  test('that has moved inside since it was registered is not connected to', async () => {
    const outsideOnly = poster({ allowsInside: false });
    await expect(outsideOnly('https://localhost:1/', {}, '{}')).rejects.toThrow('not outside');
    await expect(outsideOnly('https://127.0.0.1:1/', {}, '{}')).rejects.toThrow('not outside');
    await expect(outsideOnly('https://[::1]:1/', {}, '{}')).rejects.toThrow('not outside');
    await expect(outsideOnly('http://203.162.0.10/', {}, '{}')).rejects.toThrow('not outside');
    const answer = await new Promise((settle) => lookupOutside('localhost', { all: true }, (error) => settle(error)));
    expect(answer).toBeInstanceOf(Error);
  });
});
