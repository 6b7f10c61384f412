import type { CountedAllowance } from '../../case/facts.ts';
import { cite, type Dated } from '../dated.ts';
import type { OddMonths } from '../decree-178-2024/article-05.ts';
import { decree154 } from './decree.ts';

/**
 * Allowances in the current monthly salary. Unlike Decree 178 it leaves out the civil-service allowance, the
 * profession's incentive and responsibility, and Party work; the armed forces' allowance is question O16.
 */
export const inMonthlySalary: readonly Dated<readonly CountedAllowance[]>[] = [
  { from: '2025-06-16', value: ['professional-seniority'], by: cite(decree154, '5(1)'), sure: 'H', open: 'O16' },
];

/** Odd months of service (tháng lẻ). The text that was read is cut short; it agrees with Decree 178. */
export const oddMonths: readonly Dated<OddMonths>[] = [
  { from: '2025-06-16', value: { halfUpTo: 6, half: { of: 1n, per: 2n } }, by: cite(decree154, '5(7)'), sure: 'M' },
];
