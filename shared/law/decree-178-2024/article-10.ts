import type { Ratio } from '../../dong.ts';
import { type Citation, cite, type Dated } from '../dated.ts';
import type { Period12 } from './article-07.ts';
import { decree178 } from './decree.ts';

/** Severance is open from so many months before the age. */
export const fewestMonthsEarly: readonly Dated<number>[] = [
  { from: '2025-01-01', value: 24, by: cite(decree178, '10'), sure: 'C-3' },
];

/** Months of salary for each month of contribution: first 12 months, then from the 13th. */
export const perMonth: readonly Dated<Period12>[] = [
  {
    from: '2025-01-01',
    value: { within12Months: { of: 4n, per: 5n }, later: { of: 2n, per: 5n } },
    by: cite(decree178, '10(1)(a)'),
    sure: 'C-4',
  },
];
/** Where the rate from the 13th month stands. */
export const perMonthLaterBy: Citation = cite(decree178, '10(1)(b)');

/** Months of salary for each year of service. */
export const perYear: readonly Dated<Ratio>[] = [
  { from: '2025-01-01', value: { of: 3n, per: 2n }, by: cite(decree178, '10(2)'), sure: 'C-6' },
];
