/** What happens to people's money is told to their unit by the events: one mail a day, however much happens. */
import { describe, expect, test } from 'vitest';
import { printLetters } from '../../../functions/completion/print-letters.ts';
import { followEvents } from '../../../infra/local/events.ts';
import { keptMails } from '../../../functions/home/mails.ts';
import { holdPart } from '../../../shared/approval/hold.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { handOver, lettersStream, tellWaiting, waitingLetters } from '../../../shared/completion/notices.ts';
import { localDateOf } from '../../../shared/calendar.ts';
import { settle } from '../../../shared/disbursement/settle.ts';
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
