/** The function of every minute, while an earlier one is still at it. */
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, expect, test, vi } from 'vitest';
import { remind } from '../../../functions/aws/chores.ts';
import type { AwsHome } from '../../../functions/aws/home.ts';
import { jobs } from '../../../functions/home/jobs.ts';
import { keptMails, mailer } from '../../../functions/home/mails.ts';
import { postman } from '../../../functions/home/postman.ts';
import { openWorld } from '../../../infra/local/simulation/world.ts';
import { scratchInMemory } from '../../contracts/desk.ts';

const minute = 60_000;

afterEach(() => {
  vi.useRealTimers();
});

/** A home whose clock the test sets, with three mails that wait. */
async function opened() {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2025-10-01T01:00:00.000Z') });
  const scratch = scratchInMemory(() => Date.now());
  const { ports } = openWorld([]);
  const place = { region: 'ap-southeast-1' };
  const home: AwsHome = {
    settings: {},
    place,
    s3: new S3Client(place),
    store: ports.store,
    whereabouts: async () => 'here',
    scratch,
    keys: async () => expect.fail('nothing is sealed here'),
    ports,
  };
  for (const key of ['m1', 'm2', 'm3']) {
    await mailer(scratch, ports.now, () => {}).send({
      key,
      to: `${key}@so.example`,
      account: key,
      subject: '[Chi trả] Một việc đang chờ đồng chí',
      lines: ['Một việc đang chờ đồng chí.'],
      button: { label: 'Mở', url: 'https://chi-tra.tinh.example/' },
      footer: [],
    });
  }
  const sent: string[] = [];
  const begun: string[] = [];
  const once = async (who: string, each: () => Promise<void> = async () => {}) =>
    remind(
      home,
      postman({
        scratch,
        now: ports.now,
        publicUrl: ports.publicUrl,
        digestMinutes: 0,
        report: (error) => expect.fail(String(error)),
        async transport({ to }) {
          sent.push(`${who} ${to.slice(0, 2)}`);
          await each();
          return { outcome: 'taken', answer: '' };
        },
      }),
      async (id) => void begun.push(id),
    );
  const pass = (milliseconds: number) => void vi.setSystemTime(Date.now() + milliseconds);
  return { scratch, sent, begun, once, pass };
}

test('sends each mail once, as long as a function may run', async () => {
  const { scratch, sent, once, pass } = await opened();
  const { promise: closed, resolve: open } = Promise.withResolvers<void>();
  const first = once('A', async () => closed);
  for (const minutes of [1, 10, 4]) {
    await new Promise((resolve) => setImmediate(resolve));
    pass(minutes * minute);
    await once('B');
  }
  expect(sent).toEqual(['A m1']);
  open();
  await first;
  // Its time was up: the rest is for the next minute.
  await once('B');
  expect(sent).toEqual(['A m1', 'B m2', 'B m3']);
  expect(new Set((await keptMails(scratch)).map(({ delivery }) => delivery.state))).toEqual(new Set(['sent']));
});

test('begins no mail that may go out after its time, and frees nobody else’s round', async () => {
  const { sent, once, pass } = await opened();
  const [late, next] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = once('A', async () => late.promise);
  await new Promise((resolve) => setImmediate(resolve));
  pass(16 * minute);
  const second = once('B', async () => next.promise);
  await new Promise((resolve) => setImmediate(resolve));
  late.resolve();
  await first;
  await once('C');
  next.resolve();
  await second;
  expect(sent.filter((one) => !one.startsWith('B'))).toEqual(['A m1']);
});

test('has a job begun that was asked for and never came, once in five minutes at the most', async () => {
  const { scratch, begun, once, pass } = await opened();
  await jobs(
    scratch,
    () => 'job-1',
    () => {},
  ).start('read-register', { file: 'f' }, 'me');
  await once('A');
  expect(begun).toEqual([]);
  for (let minutes = 0; minutes < 12; minutes += 1) {
    pass(minute);
    await once('B');
  }
  expect(begun).toEqual(['job-1', 'job-1']);
});
