import type { CountedAllowance } from '../../case/facts.ts';
import type { LocalDate } from '../../calendar.ts';
import type { Ratio } from '../../dong.ts';
import { cite, type Dated } from '../dated.ts';
import { decree67 } from '../decree-67-2025/decree.ts';
import { decree178 } from './decree.ts';

/** Months early that are paid at the most (số tháng nghỉ sớm). */
export const mostMonthsEarlyPaid: readonly Dated<number>[] = [
  { from: '2025-01-01', value: 60, by: cite(decree178, '5(1)'), sure: 'C-4' },
];

/** Months of contribution that severance counts at the most; not capped by the months left to the age (Mr M). */
export const mostSeveranceMonths: readonly Dated<number>[] = [
  { from: '2025-01-01', value: 60, by: cite(decree178, '5(2)'), sure: 'C-3' },
];

/** Odd months of service (tháng lẻ): up to `halfUpTo` count half a year, more a whole one. */
export interface OddMonths {
  readonly halfUpTo: number;
  readonly half: Ratio;
}

export const oddMonths: readonly Dated<OddMonths>[] = [
  { from: '2025-01-01', value: { halfUpTo: 6, half: { of: 1n, per: 2n } }, by: cite(decree178, '5(4)'), sure: 'C-5' },
];

/** Allowances in the current monthly salary (tiền lương tháng hiện hưởng), each a percentage of the core. */
export const inMonthlySalary: readonly Dated<readonly CountedAllowance[]>[] = [
  {
    from: '2025-01-01',
    value: [
      'civil-service',
      'party-work',
      'professional-incentive',
      'professional-responsibility',
      'professional-seniority',
      'armed-forces',
    ],
    by: cite(decree178, '5(6)', decree67),
    sure: 'C-3',
  },
];

/** Decree 67 put the reserved salary difference into the base; before that day it is question X21. */
export const reservedDifferenceFrom: readonly Dated<LocalDate>[] = [
  { from: '2025-01-01', value: '2025-03-15', by: cite(decree178, '5(6)', decree67), sure: 'C-4', open: 'X21' },
];
