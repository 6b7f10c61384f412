import { describe, expect, test } from 'vitest';
import { flowCampaign } from '../../../infra/local/simulation/flow/campaign.ts';
import type { LocalDate } from '../../../shared/calendar.ts';
import { forecast } from '../../../shared/completion/forecast.ts';
import { addTransition, emptyPast, peopleOf, type Transition } from '../../../shared/completion/past.ts';
import { addWorkingDays, isWorkingDay } from '../../../shared/law/working-days.ts';

const limit = '2025-12-31';
const first = '2025-09-03';
const dayAt = (days: number) => addWorkingDays(first, days);
const move = (part: string, to: Transition['to'], days: number): Transition => ({
  part,
  to,
  at: `${dayAt(days)}T02:00:00.000Z`,
});

function pastOf(moves: readonly Transition[]) {
  const past = emptyPast();
  for (const one of moves) addTransition(past, one);
  return past;
}

/** So many people sent on the first day, ten of whom are paid on each day until `until`. */
function payingTen(people: number, until: number) {
  const all = Array.from({ length: people }, (_, index) => `p${index}`);
  const sent = all.map((part) => move(part, 'sent', 0));
  const paid = all.flatMap((part, index) => {
    const day = 1 + Math.floor(index / 10);
    return day > until ? [] : [move(part, 'treasury-paid', day), move(part, 'credited', day)];
  });
  return pastOf([...sent, ...paid]);
}

function expected(past: ReturnType<typeof emptyPast>, today: LocalDate, limits: readonly LocalDate[] = [limit]) {
  const said = forecast(past, { today, limits });
  if (said.outcome !== 'expected') return expect.unreachable(said.outcome);
  return said;
}

describe('a forecast', () => {
  test('is given from the fourth day of payments and the twentieth person on', () => {
    const early = forecast(payingTen(200, 3), { today: dayAt(3), limits: [limit] });
    if (early.outcome !== 'not-enough-history') return expect.unreachable(early.outcome);
    expect(early.why.vi).toContain('30 người nhận tiền trong 3 ngày');
    expect(early.threeWaits[0]).toMatchObject({ stage: 'sent', people: 170, daysSoFar: 510 });
    expect(forecast(payingTen(200, 4), { today: dayAt(4), limits: [limit] }).outcome).toBe('expected');
    expect(forecast(payingTen(200, 5), { today: dayAt(5), limits: [limit] }).outcome).toBe('expected');
  });

  test('says that nothing moves from the fifteenth working day without a step on', () => {
    const past = payingTen(200, 5);
    expect(forecast(past, { today: dayAt(5 + 14), limits: [limit] }).outcome).toBe('expected');
    for (const still of [15, 16]) {
      expect(forecast(past, { today: dayAt(5 + still), limits: [limit] })).toMatchObject({
        outcome: 'nothing-moves',
        why: { vi: expect.stringContaining(`${still} ngày làm việc`) },
      });
    }
  });

  test('of a campaign in which everybody has the money is the day of the last payment', () => {
    expect(forecast(payingTen(100, 10), { today: dayAt(12), limits: [limit] })).toEqual({
      outcome: 'complete',
      lastPayment: dayAt(10),
    });
  });

  test('takes an office at the pace it had: twice as many left take about twice as long', () => {
    const days = (people: number) => {
      const { lastPayment } = expected(payingTen(people, 10), dayAt(10));
      return workdays(dayAt(10), lastPayment.middle);
    };
    expect(days(300)).toBeGreaterThan(15);
    expect(days(500)).toBeGreaterThan(days(300) * 1.3);
    expect(days(500)).toBeLessThan(days(300) * 2.5);
  });

  test('says a chance for each limit: none for today, more for a later one, never quite certain', () => {
    const today = dayAt(10);
    const limits = [today, addWorkingDays(today, 15), addWorkingDays(today, 40), addWorkingDays(today, 400)];
    const { chances } = expected(payingTen(300, 10), today, limits);
    expect(chances.map(({ limit: of }) => of)).toEqual(limits);
    const [none, some, more, nearlyAll] = chances.map(({ chance }) => chance);
    expect(none).toBe(0);
    expect(some).toBeGreaterThan(0);
    expect(more).toBeGreaterThan(some ?? 1);
    expect(nearlyAll).toBeGreaterThan(0.99);
    expect(nearlyAll).toBeLessThan(1);
  });

  test('names the waits by what they cost: who waits where, and the working days of all of them', () => {
    const moves = [
      ...Array.from({ length: 30 }, (_, index) => move(`p${index}`, 'returned', 0)),
      ...Array.from({ length: 3 }, (_, index) => move(`w${index}`, 'with-unit', 2)),
    ];
    const said = forecast(pastOf(moves), { today: dayAt(6), limits: [limit] });
    if (said.outcome === 'complete') return expect.unreachable();
    const [longest, ...others] = said.threeWaits;
    expect(longest).toMatchObject({ stage: 'returned', people: 30, daysSoFar: 180 });
    expect(longest?.daysLost).toBe(180 + (longest?.daysToCome ?? 0));
    expect(said.threeWaits.length).toBeLessThanOrEqual(3);
    expect(others.every(({ daysLost }) => daysLost <= (longest?.daysLost ?? 0))).toBe(true);
  });
});

describe('the coming days of a forecast', () => {
  const { days } = flowCampaign(42, ['two-kinds']);
  const stops = [30, 45, 60].map((count) => {
    const past = emptyPast();
    for (const { moves } of days.slice(0, count)) for (const one of moves) addTransition(past, one);
    return { past, today: days[count - 1]?.day ?? '' };
  });

  test('are working days, in order, up to the late end of the band', () => {
    for (const { past, today } of stops) {
      const { coming, lastPayment } = expected(past, today);
      expect(coming.every(({ day }) => isWorkingDay(day) && day > today)).toBe(true);
      expect(coming.at(-1)?.day).toBe(lastPayment.high);
      expect(lastPayment.low <= lastPayment.middle && lastPayment.middle <= lastPayment.high).toBe(true);
    }
  });

  test('count ever more people, between those who have the money and those who are to have it', () => {
    for (const { past, today } of stops) {
      const { credited, entitled, cancelled } = peopleOf(past);
      let before = { low: credited, middle: credited, high: credited };
      for (const now of expected(past, today).coming) {
        expect(now.low).toBeGreaterThanOrEqual(before.low);
        expect(now.middle).toBeGreaterThanOrEqual(Math.max(before.middle, now.low));
        expect(now.high).toBeGreaterThanOrEqual(Math.max(before.high, now.middle));
        expect(now.high).toBeLessThanOrEqual(entitled - cancelled);
        before = now;
      }
    }
  });

  test('are the same whenever the page is opened', () => {
    for (const { past, today } of stops) {
      expect(forecast(past, { today, limits: [limit] })).toEqual(forecast(past, { today, limits: [limit] }));
    }
  });
});

function workdays(from: LocalDate, to: LocalDate): number {
  let count = 0;
  for (let day = from; day < to; day = addWorkingDays(day, 1)) count += 1;
  return count;
}
