import type { Ratio } from '../../dong.ts';
import { cite, type Dated } from '../dated.ts';
import { decree29 } from './decree.ts';

/** Part-timers: months of allowance for each month to the end of the term or of the roadmap, at most to the age. */
export const perMonthOfTerm: readonly Dated<Ratio>[] = [
  { from: '2023-07-20', value: { of: 1n, per: 2n }, by: cite(decree29, '9(2)'), sure: 'H' },
];
