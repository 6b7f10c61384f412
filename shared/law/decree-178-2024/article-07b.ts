import type { LocalDate } from '../../calendar.ts';
import type { Ratio } from '../../dong.ts';
import { type Citation, cite, type Dated } from '../dated.ts';
import { decree177 } from '../decree-177-2024/decree.ts';
import { decree67 } from '../decree-67-2025/decree.ts';
import type { ServiceBlock } from './article-07.ts';
import { decree178 } from './decree.ts';

const by177 = cite(decree177, '3(2)');
const by7b = cite(decree178, '7b', decree67);

/** Early retirement of cadres who do not stand again: up to so many months before the age. */
export const mostMonthsEarly: readonly Dated<number>[] = [
  { from: '2025-01-01', value: 60, by: by177, sure: 'C-3' },
  { from: '2025-03-15', value: 60, by: by7b, sure: 'C-3' },
];

/** Who is still eligible must have had so many months left at the congress. */
export const fewestMonthsOfEligible: readonly Dated<number>[] = [
  { from: '2025-01-01', value: 30, by: cite(decree178, '2(4)', decree67), sure: 'C-5' },
];

/** Months of salary for each year early. */
export const perYear: readonly Dated<Ratio>[] = [
  { from: '2025-01-01', value: { of: 5n, per: 1n }, by: by177, sure: 'C-3' },
  { from: '2025-03-15', value: { of: 5n, per: 1n }, by: by7b, sure: 'C-3' },
];

/** From this leave date the 15-year line holds; whether it may serve earlier leavers is question X3. */
export const fifteenYearLineFrom: LocalDate = '2025-07-01';

/** Months of salary for the first years of service. The first block stays 5 months, where article 7 pays 4. */
export const serviceBlock: readonly Dated<ServiceBlock>[] = [
  {
    from: '2025-01-01',
    value: { years: 20, months: { of: 5n, per: 1n }, perFurtherYear: { of: 1n, per: 2n } },
    by: by177,
    sure: 'C-3',
  },
  {
    from: '2025-03-15',
    value: { years: 20, months: { of: 5n, per: 1n }, perFurtherYear: { of: 1n, per: 2n } },
    by: by7b,
    sure: 'C-3',
  },
  {
    from: fifteenYearLineFrom,
    value: { years: 15, months: { of: 5n, per: 1n }, perFurtherYear: { of: 1n, per: 2n } },
    by: by7b,
    sure: 'C-2',
  },
];

/** Where a one-off for the months early would stand, if there is one: question X1. */
export const oneOffBy: Citation = by7b;
