/** The house rules of the route: who confirms what, within how many working days, and to whom it may be delegated. */
import { expect, test } from 'vitest';
import { longestDelegationDays, route, stepNamed, stepOfRole } from '../../../shared/approval/route.ts';

test('Home Affairs confirms the people in five days, Finance the money in three, leadership the big ones in three', () => {
  expect(
    route.map(({ step, role, withinDays, remindAfterDays, deputyAfterDays }) => {
      return [step, role, withinDays, remindAfterDays, deputyAfterDays];
    }),
  ).toEqual([
    ['people', 'home-affairs-leader', 5, 2, 4],
    ['money', 'finance-leader', 3, 1, 2],
    ['province', 'leadership', 3, 1, 2],
  ]);
});

test('each step says what it confirms, in both languages, by words of its own', () => {
  for (const language of ['vi', 'en'] as const) {
    const said = route.map(({ confirms }) => confirms[language]);
    expect(said.every((words) => words.trim() !== '')).toBe(true);
    expect(new Set(said).size).toBe(route.length);
  }
});

test('a step is delegated within its own department, and that of leadership to leadership alone', () => {
  expect(route.map(({ delegates }) => delegates)).toEqual([
    ['home-affairs-leader', 'home-affairs-officer'],
    ['finance-leader', 'finance-officer'],
    ['leadership'],
  ]);
  expect(longestDelegationDays).toBe(30);
});

test('a step is found by its name and by its role; a name that is none is a fault', () => {
  expect(stepNamed('money').role).toBe('finance-leader');
  expect(stepOfRole('leadership')?.step).toBe('province');
  expect(stepOfRole('finance-officer')).toBeUndefined();
  const noStep: string = 'everything';
  expect(() => stepNamed(noStep as 'money')).toThrow('there is no step everything');
});
