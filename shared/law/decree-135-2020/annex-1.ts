import type { Dated } from '../dated.ts';
import { age, annex1, type Disputed, type Step } from './decree.ts';

/** Retirement age in normal working conditions (tuổi nghỉ hưu trong điều kiện lao động bình thường). The row of 2020 is the age before the decree. */
export const steps1: readonly Step[] = [
  { year: 2020, male: age(60, 0), female: age(55, 0) },
  { year: 2021, male: age(60, 3), female: age(55, 4) },
  { year: 2022, male: age(60, 6), female: age(55, 8) },
  { year: 2023, male: age(60, 9), female: age(56, 0) },
  { year: 2024, male: age(61, 0), female: age(56, 4) },
  { year: 2025, male: age(61, 3), female: age(56, 8) },
  { year: 2026, male: age(61, 6), female: age(57, 0) },
  { year: 2027, male: age(61, 9), female: age(57, 4) },
  { year: 2028, male: age(62, 0), female: age(57, 8) },
  { year: 2029, male: age(62, 0), female: age(58, 0) },
  { year: 2030, male: age(62, 0), female: age(58, 4) },
  { year: 2031, male: age(62, 0), female: age(58, 8) },
  { year: 2032, male: age(62, 0), female: age(59, 0) },
  { year: 2033, male: age(62, 0), female: age(59, 4) },
  { year: 2034, male: age(62, 0), female: age(59, 8) },
  { year: 2035, male: age(62, 0), female: age(60, 0) },
];

/** A reprint of the draft groups this month with the step before; the signed text does not. */
export const disputed1: Disputed = { sex: 'female', birth: '1969-05', draftAge: age(56, 8) };

/** The roadmap as a row of the law, for those who list it. */
export const roadmap1: readonly Dated<readonly Step[]>[] = [
  { from: '2021-01-01', value: steps1, by: annex1, sure: 'C-5', open: 'X12' },
];
