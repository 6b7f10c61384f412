import type { Ratio } from '../../dong.ts';
import { type Citation, cite, type Dated } from '../dated.ts';
import { decree154 } from './decree.ts';

/** The tiers of articles 9(1) and 10(1): by whole months worked, then by months early. Never by rounded years. */
export const tiers: readonly Dated<{ readonly fewestMonthsWorked: number; readonly fewestMonthsEarly: number }>[] = [
  {
    from: '2025-06-16',
    value: { fewestMonthsWorked: 60, fewestMonthsEarly: 60 },
    by: cite(decree154, '9(1)'),
    sure: 'M',
  },
];

/** Months of allowance for each month: of work in tier a, early in tier b, of the whole in tier c. */
export const perMonth: readonly Dated<Ratio>[] = [
  { from: '2025-06-16', value: { of: 4n, per: 5n }, by: cite(decree154, '9(1)(a)'), sure: 'H' },
];

/** The months of tier c. The copies that were read break off in the middle of the point: question O5. */
export const monthsOfTierC: readonly Dated<number>[] = [
  { from: '2025-06-16', value: 60, by: cite(decree154, '9(1)(c)'), sure: 'M', open: 'O5' },
];

/** Months of allowance for each year worked. */
export const perYear: readonly Dated<Ratio>[] = [
  { from: '2025-06-16', value: { of: 3n, per: 2n }, by: cite(decree154, '9(1)'), sure: 'H' },
];

/** Months of allowance to look for work. */
export const toLookForWork: readonly Dated<Ratio>[] = [
  { from: '2025-06-16', value: { of: 3n, per: 1n }, by: cite(decree154, '9(1)'), sure: 'H' },
];

/** Months of allowance for who is past the age or draws a pension, and nothing else. */
export const lumpSum: readonly Dated<Ratio>[] = [
  { from: '2025-06-16', value: { of: 15n, per: 1n }, by: cite(decree154, '9(2)'), sure: 'H' },
];

/** Who only stops a post held beside another one is not served. */
export const onlyConcurrentPost: Citation = cite(decree154, '9');

export interface PartTimerCitations {
  readonly a: Citation;
  readonly b: Citation;
  readonly c: Citation;
  readonly shared: Citation;
  readonly lumpSum: Citation;
}

/** Where article 9 says what. */
export const by9: PartTimerCitations = {
  a: cite(decree154, '9(1)(a)'),
  b: cite(decree154, '9(1)(b)'),
  c: cite(decree154, '9(1)(c)'),
  shared: cite(decree154, '9(1)'),
  lumpSum: cite(decree154, '9(2)'),
};
