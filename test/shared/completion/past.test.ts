import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lifecycle, type Status, statuses } from '../../../shared/case/lifecycle.ts';
import {
  addTransition,
  emptyPast,
  forgetStanding,
  peopleOf,
  type Transition,
} from '../../../shared/completion/past.ts';

const at = (day: string, hour = '02') => `${day}T${hour}:00:00.000Z`;

function pastOf(moves: readonly Transition[]) {
  const past = emptyPast();
  for (const move of moves) addTransition(past, move);
  return past;
}

describe('what is counted of the past', () => {
  test('is who waits where since which day, and how many working days each wait took', () => {
    const past = pastOf([
      { part: 'a', to: 'assessed', at: at('2025-09-05') },
      { part: 'b', to: 'assessed', at: at('2025-09-05') },
      // Friday to Monday is one working day.
      { part: 'a', to: 'appraised', at: at('2025-09-08') },
    ]);
    expect(past.waiting.get('assessed')).toEqual(new Map([['2025-09-05', 1]]));
    expect(past.waits.get('assessed')?.get('appraised')).toEqual(new Map([[1, 1]]));
    expect(past.leaving.get('assessed')).toEqual(new Map([['2025-09-08', 1]]));
  });

  test('begins a day at midnight in Viet Nam', () => {
    const past = pastOf([
      { part: 'a', to: 'treasury-paid', at: at('2025-09-08') },
      { part: 'a', to: 'credited', at: at('2025-09-09', '16') },
      { part: 'b', to: 'treasury-paid', at: at('2025-09-08') },
      { part: 'b', to: 'credited', at: at('2025-09-09', '17') },
    ]);
    expect(past.credited).toEqual(
      new Map([
        ['2025-09-09', 1],
        ['2025-09-10', 1],
      ]),
    );
  });

  test('takes an entry that leaves the status as it was for no step', () => {
    const past = pastOf([
      { part: 'a', to: 'returned', at: at('2025-09-08') },
      { part: 'a', to: 'returned', at: at('2025-09-10') },
      { part: 'a', to: 'awaiting-unit', at: at('2025-09-11') },
    ]);
    expect(past.waits.get('returned')?.get('awaiting-unit')).toEqual(new Map([[3, 1]]));
  });

  test('counts money that a unit paid by itself as paid', () => {
    const past = pastOf([
      { part: 'a', to: 'assessed', at: at('2025-09-08') },
      { part: 'a', to: 'paid-elsewhere', at: at('2025-09-09') },
    ]);
    expect(peopleOf(past)).toEqual({ entitled: 1, credited: 1, cancelled: 0 });
    forgetStanding(past, past.standing.get('a') ?? expect.fail());
    expect(peopleOf(past)).toEqual({ entitled: 0, credited: 0, cancelled: 0 });
    expect(past.credited.size).toBe(0);
  });

  test('holds everybody exactly once, whatever way they go', () => {
    const way = fc.array(fc.nat(), { minLength: 1, maxLength: 12 }).map((choices) => {
      const path: Status[] = ['assessed'];
      for (const choice of choices) {
        const next = lifecycle[path.at(-1) ?? 'assessed'];
        const to = next[choice % Math.max(1, next.length)];
        if (to !== undefined) path.push(to);
      }
      return path;
    });
    fc.assert(
      fc.property(fc.array(way, { minLength: 1, maxLength: 20 }), (ways) => {
        const past = emptyPast();
        let steps = 0;
        for (const [person, path] of ways.entries()) {
          for (const [index, to] of path.entries()) {
            addTransition(past, { part: `p${person}`, to, at: at(`2025-09-${String(index + 1).padStart(2, '0')}`) });
            if (index > 0) steps += 1;
          }
        }
        const sum = (counts: Iterable<ReadonlyMap<unknown, number>>) =>
          [...counts].flatMap((by) => [...by.values()]).reduce((all, people) => all + people, 0);
        expect(sum(past.waiting.values())).toBe(ways.length);
        expect(sum([...past.waits.values()].flatMap((ended) => [...ended.values()]))).toBe(steps);
        expect(sum(past.leaving.values())).toBe(steps);
        for (const status of statuses) {
          const here = ways.filter((path) => path.at(-1) === status).length;
          expect(sum([past.waiting.get(status) ?? new Map()])).toBe(here);
        }
      }),
    );
  });
});
