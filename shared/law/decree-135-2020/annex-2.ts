import type { Dated } from '../dated.ts';
import { age, annex2, type Disputed, type Step } from './decree.ts';

/** Lowest age, with 15 years of heavy work or in an extremely difficult area (tuổi nghỉ hưu thấp nhất). The row of 2020 is the age before the decree. */
export const steps2: readonly Step[] = [
  { year: 2020, male: age(55, 0), female: age(50, 0) },
  { year: 2021, male: age(55, 3), female: age(50, 4) },
  { year: 2022, male: age(55, 6), female: age(50, 8) },
  { year: 2023, male: age(55, 9), female: age(51, 0) },
  { year: 2024, male: age(56, 0), female: age(51, 4) },
  { year: 2025, male: age(56, 3), female: age(51, 8) },
  { year: 2026, male: age(56, 6), female: age(52, 0) },
  { year: 2027, male: age(56, 9), female: age(52, 4) },
  { year: 2028, male: age(57, 0), female: age(52, 8) },
  { year: 2029, male: age(57, 0), female: age(53, 0) },
  { year: 2030, male: age(57, 0), female: age(53, 4) },
  { year: 2031, male: age(57, 0), female: age(53, 8) },
  { year: 2032, male: age(57, 0), female: age(54, 0) },
  { year: 2033, male: age(57, 0), female: age(54, 4) },
  { year: 2034, male: age(57, 0), female: age(54, 8) },
  { year: 2035, male: age(57, 0), female: age(55, 0) },
];

/** A reprint of the draft groups this month with the step before; the signed text does not. */
export const disputed2: Disputed = { sex: 'female', birth: '1974-05', draftAge: age(51, 8) };

/** The roadmap as a row of the law, for those who list it. */
export const roadmap2: readonly Dated<readonly Step[]>[] = [
  { from: '2021-01-01', value: steps2, by: annex2, sure: 'C-3', open: 'X12' },
];
