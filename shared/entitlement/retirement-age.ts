/** When a person's pension would start: Decree 135/2020/NĐ-CP, articles 3 to 5 and both annexes. Whole months only. */
import { type Month, monthAt, monthIndex } from '../calendar.ts';
import { disputed1, steps1 } from '../law/decree-135-2020/annex-1.ts';
import { disputed2, steps2 } from '../law/decree-135-2020/annex-2.ts';
import type { Choose } from './readings.ts';

export type Annex = 'I' | 'II';
export type Sex = 'male' | 'female';

/**
 * The month the pension would start, counted as `monthIndex` does. Takes the birth month; the day of birth never
 * matters. The step of the roadmap is that of the year in which the age is completed, not of the birth year.
 */
export function pensionMonthIndex(sex: Sex, annex: Annex, birth: Month, choose: Choose): number {
  const born = monthIndex(birth);
  const disputed = annex === 'I' ? disputed1 : disputed2;
  if (sex === disputed.sex && birth === disputed.birth && choose('X12') === 'draft-text') {
    return born + disputed.draftAge + 1;
  }
  const steps = annex === 'I' ? steps1 : steps2;
  for (const step of steps) {
    const reached = born + step[sex];
    // Completed within the year of the step, or before the roadmap began.
    if (reached <= step.year * 12 + 11) return reached + 1;
  }
  const last = steps.at(-1);
  if (last === undefined) throw new RangeError('the roadmap of retirement ages is empty');
  return born + last[sex] + 1;
}

/** The same as a month: `2027-11` for a man born 01/1966 under Annex I. */
export function pensionMonth(sex: Sex, annex: Annex, birth: Month, choose: Choose): Month {
  return monthAt(pensionMonthIndex(sex, annex, birth, choose));
}
