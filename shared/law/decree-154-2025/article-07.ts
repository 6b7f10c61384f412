import type { Ratio } from '../../dong.ts';
import { cite, type Dated } from '../dated.ts';
import { decree154 } from './decree.ts';

/** Months of salary for moving to a body that the budget does not pay regularly. */
export const transferMonths: readonly Dated<Ratio>[] = [
  { from: '2025-06-16', value: { of: 3n, per: 1n }, by: cite(decree154, '7(1)(a)'), sure: 'H' },
];

/** Months of salary for each year of service. */
export const perYear: readonly Dated<Ratio>[] = [
  { from: '2025-06-16', value: { of: 1n, per: 2n }, by: cite(decree154, '7(1)(b)'), sure: 'H' },
];

/** Who is pensionable and has so many months or fewer to the age is not served; by which annex is question O21. */
export const mostMonthsExcluded: readonly Dated<number>[] = [
  { from: '2025-06-16', value: 36, by: cite(decree154, '7(2)'), sure: 'M', open: 'O21' },
];
