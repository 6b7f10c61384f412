/** What happens to people's money is told to their unit: one mail a day, however much happens. */
import { describe, expect, test } from 'vitest';
import { printLetters } from '../../../functions/completion/print-letters.ts';
import { followEvents } from '../../../infra/local/events.ts';
import { actOn } from '../../../functions/home/duties.ts';
import { keptMails, mailer } from '../../../functions/home/mails.ts';
import { remindOfLetters } from '../../../functions/home/remind-of-letters.ts';
import { openWorld } from '../../../infra/local/simulation/world.ts';
import { holdPart } from '../../../shared/approval/hold.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { handOver, lettersStream, waitingLetters } from '../../../shared/completion/notices.ts';
import { tellWaiting } from '../../../shared/completion/tell-letters.ts';
import { localDateOf } from '../../../shared/calendar.ts';
import { reconcile } from '../../../shared/disbursement/reconcile.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
import { scratchInMemory } from '../../contracts/desk.ts';
import { diesAt, done, type Province, provinces } from '../../province.ts';

const province = provinces();
const printer = { id: 'demo-unit-clerk', name: 'Người In Thư' };
const noProgress = () => {};

async function told({ home }: Province): Promise<readonly string[]> {
  return (await keptMails(home.scratch.port))
    .map(({ key }) => key)
    .filter((key) => key.startsWith('notices/'))
    .toSorted();
}

/** Some people of one unit were paid, the others' money came back. */
async function settled() {
  const made = await province({ people: 8 });
  const { store, home, still } = made;
  const follow = async () => {
    while (await followEvents(store, home.scratch.port, still, (error) => made.faults.push(error)));
    await remindOfLetters(home.scratch.port, still);
  };
  const orders = await made.sentBatch('b1');
  const unit = orders[0]?.unit ?? '';
  const own = orders.filter((order) => order.unit === unit);
  const say = async (from: number, to: number, outcome: 'credited' | 'returned') =>
    settle(
      own.slice(from, to).map(({ reference }) => ({ reference, outcome, on: '2025-10-03', file: 'result' })),
      'demo-finance-officer',
      still,
    );
  await say(0, 1, 'credited');
  await say(1, 2, 'returned');
  return { ...made, follow, unit, own };
}

describe('the unit hears', () => {
  test('in one mail a day to its clerk and its chief accountant, however often the events are read', async () => {
    const made = await settled();
    const { follow, unit, still, account, own } = made;
    const day = localDateOf(still.now());
    await follow();
    const ofUnit = (await told(made)).filter((key) => key.includes(unit));
    expect(ofUnit).toEqual([
      `notices/${unit}/${day}/${account('unit-chief-accountant').id}`,
      `notices/${unit}/${day}/${account('unit-clerk').id}`,
    ]);
    const before = await told(made);
    const held = (await made.rows()).find(({ status }) => status === 'returned')?.stream.slice('part/'.length) ?? '';
    done(await holdPart(held, 'hold', 'Xác minh', account('finance-officer'), still));
    await follow();
    expect(await told(made)).toEqual(before);
    expect(own.length).toBeGreaterThan(1);
  });

  test('again on another day while letters wait, and no more once they are handed over', async () => {
    const { unit, still, store, account } = await settled();
    const sent: string[] = [];
    const at = (day: string): Ports => ({
      ...still,
      now: () => `${day}T05:00:00.000Z`,
      mailer: { send: async ({ key }) => void sent.push(key) },
    });
    await tellWaiting(at('2099-01-01'));
    expect(sent.filter((key) => key.startsWith(`notices/${unit}/2099-01-01`))).toHaveLength(2);
    await printLetters({ unit, again: false }, printer, still, noProgress);
    const letters = await waitingLetters(unit, store);
    done(await handOver(letters, localDateOf(still.now()), account('unit-clerk'), still));
    await tellWaiting(at('2099-01-02'));
    expect(sent.filter((key) => key.startsWith(`notices/${unit}/2099-01-02`))).toEqual([]);
  });
});

test('what happens after a unit was looked for is told within the hour, and to each unit once a day', async () => {
  const made = await settled();
  const { still, store, home, unit, own } = made;
  let at = Date.parse(`${localDateOf(still.now())}T01:00:00.000Z`);
  const scratch = scratchInMemory(() => at);
  const ports: Ports = {
    ...still,
    now: () => new Date(at).toISOString(),
    mailer: mailer(scratch, still.now, () => {}),
  };
  const units = async () => new Set((await keptMails(scratch)).map(({ key }) => key.split('/')[1]));
  // Nobody has anything to be told before the events of the batch.
  await remindOfLetters(scratch, { ...ports, store: openWorld([]).ports.store });
  expect(await units()).toEqual(new Set());
  await actOn([...home.store.held().entries], scratch, ports, (error) => made.faults.push(error));
  at += 3_600_000 - 1;
  await remindOfLetters(scratch, ports);
  expect(await units()).toEqual(new Set());
  at += 1;
  await remindOfLetters(scratch, ports);
  const told = await units();
  expect(told.has(unit)).toBe(true);
  for (const { subject } of await keptMails(scratch))
    expect(subject).toMatch(/^\[Chi trả\] \d+ thư báo cho người hưởng chờ in, giao$/);
  let reads = 0;
  const page: Ports['store']['page'] = async (query) => {
    reads += 1;
    return store.page(query);
  };
  // Nothing happened since: nothing is read.
  at += 3_600_000;
  await remindOfLetters(scratch, { ...ports, store: { ...store, page } });
  expect([reads, own.length > 1]).toEqual([0, true]);
});

test('what the events of a payment make others read does not grow with the province', async () => {
  const a: number[] = [];
  for (const people of [8, 32]) {
    const { home, still, sentBatch, resultFile, faults } = await province({ people });
    const orders = await sentBatch('b1');
    const before = [...home.store.held().entries].length;
    done(await reconcile('b1', 'f'.repeat(64), await resultFile('b1', orders), 'x', still));
    const entries = [...home.store.held().entries];
    let rows = 0;
    const page: Ports['store']['page'] = async (query) => {
      const found = await still.store.page(query);
      rows += found.rows.length;
      return found;
    };
    const ports: Ports = { ...still, store: { ...still.store, page } };
    const scratch = scratchInMemory();
    // As the bus tells: each history by itself.
    for (const own of Map.groupBy(entries.slice(before), ({ stream }) => stream).values()) {
      await actOn(own, scratch, ports, (error) => faults.push(error));
    }
    await remindOfLetters(scratch, ports);
    a.push(rows / orders.length);
  }
  const [few = 0, many = 0] = a;
  expect(few).toBeGreaterThan(0);
  expect(many / few).toBeLessThan(1.2);
});

describe('printing', () => {
  test('that died at any commit is finished by the next one, and prints nobody twice', async () => {
    for (let n = 1; n <= 2; n += 1) {
      for (const when of ['before', 'after'] as const) {
        const { unit, still, store } = await settled();
        const due = (await waitingLetters(unit, store)).length;
        const act = async (ports: Ports) => printLetters({ unit, again: false }, printer, ports, noProgress);
        expect(await diesAt(act, still, n, when)).toBe(true);
        await act(still);
        const after = await waitingLetters(unit, store);
        expect([after.length, after.every(({ printed }) => printed !== undefined)]).toEqual([due, true]);
        const files = (await store.read(lettersStream(unit))).length;
        await act(still);
        expect([files, (await store.read(lettersStream(unit))).length]).toEqual([1, 1]);
      }
    }
  });

  test('again makes a file of all that are not handed over', async () => {
    const { unit, still, store } = await settled();
    const first = await printLetters({ unit, again: false }, printer, still, noProgress);
    expect(await printLetters({ unit, again: false }, printer, still, noProgress)).toBe(0);
    expect(await printLetters({ unit, again: true }, printer, still, noProgress)).toBe(first);
    expect(await store.read(lettersStream(unit))).toHaveLength(2);
  });
});

describe('handing over', () => {
  test('is of what was printed, not before, by somebody who may see the case', async () => {
    const { unit, still, store, account } = await settled();
    const clerk = account('unit-clerk');
    const letters = await waitingLetters(unit, store);
    const today = localDateOf(still.now());
    const refusedAs = async (given: Parameters<typeof handOver>[0], day: string, by = clerk) =>
      (await handOver(given, day, by, still)).outcome;
    expect(await refusedAs(letters, today)).toBe('refused');
    await printLetters({ unit, again: false }, printer, still, noProgress);
    expect(await refusedAs([], today)).toBe('refused');
    expect(await refusedAs(letters, '2025-01-01')).toBe('refused');
    expect(await refusedAs(letters, '2099-01-01')).toBe('refused');
    expect(await refusedAs(letters, today, { ...clerk, units: ['0000000'] })).toBe('refused');
    expect(await refusedAs(letters, today)).toBe('handed-over');
    expect(await waitingLetters(unit, store)).toEqual([]);
    expect(await refusedAs(letters, today)).toBe('refused');
  });

  test('ends a letter, and what happens to the money afterwards makes another', async () => {
    const { unit, still, store, account, own } = await settled();
    await printLetters({ unit, again: false }, printer, still, noProgress);
    done(await handOver(await waitingLetters(unit, store), localDateOf(still.now()), account('unit-clerk'), still));
    const returned = own[1]?.part ?? '';
    done(await holdPart(returned, 'hold', 'Xác minh', account('finance-officer'), still));
    expect((await waitingLetters(unit, store)).map(({ part, event }) => [part, event])).toEqual([[returned, 'held']]);
  });
});
