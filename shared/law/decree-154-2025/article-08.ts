import type { Ratio } from '../../dong.ts';
import { cite, type Dated } from '../dated.ts';
import { decree154 } from './decree.ts';

/** Months of salary to look for work. One edition prints 1 month, a mistranslation. */
export const toLookForWork: readonly Dated<Ratio>[] = [
  { from: '2025-06-16', value: { of: 3n, per: 1n }, by: cite(decree154, '8(1)(a)'), sure: 'H' },
];

/** Months of salary for each year of service. */
export const perYear: readonly Dated<Ratio>[] = [
  { from: '2025-06-16', value: { of: 3n, per: 2n }, by: cite(decree154, '8(1)(b)'), sure: 'H' },
];
