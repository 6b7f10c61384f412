import type { Ratio } from '../../dong.ts';
import { cite, type Dated } from '../dated.ts';
import { decree29 } from './decree.ts';

/** Immediate severance is open from so many months before the age. */
export const fewestMonthsEarly: readonly Dated<number>[] = [
  { from: '2023-07-20', value: 24, by: cite(decree29, '7(1)'), sure: 'H' },
];

/** Months of the current salary to look for work. */
export const toLookForWork: readonly Dated<Ratio>[] = [
  { from: '2023-07-20', value: { of: 3n, per: 1n }, by: cite(decree29, '7(1)'), sure: 'H' },
];

/** Months of the average salary for each year of service. One portal prints 1/5 for 1.5. */
export const perYear: readonly Dated<Ratio>[] = [
  { from: '2023-07-20', value: { of: 3n, per: 2n }, by: cite(decree29, '7(1)'), sure: 'H' },
];
