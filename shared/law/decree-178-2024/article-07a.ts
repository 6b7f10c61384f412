import type { LocalDate } from '../../calendar.ts';
import { cite, type Dated } from '../dated.ts';
import { decree67 } from '../decree-67-2025/decree.ts';
import { decree178 } from './decree.ts';

/** Early retirement in bodies that are not reorganised: up to so many months before the age. */
export const mostMonthsEarly: readonly Dated<number>[] = [
  { from: '2025-01-01', value: 60, by: cite(decree178, '7a', decree67), sure: 'C-4' },
];

/** The article came with Decree 67; who left before is not settled. */
export const leavesFrom: readonly Dated<LocalDate>[] = [
  { from: '2025-01-01', value: '2025-03-15', by: cite(decree178, '7a', decree67), sure: 'C-4' },
];

/** The day from which the one-off's twelve months run, if there is one: question X2. */
export const clockFrom: readonly Dated<LocalDate>[] = [
  { from: '2025-01-01', value: '2025-03-15', by: cite(decree178, '7a', decree67), sure: 'M', open: 'X2' },
];

/** The money is that of article 7(2), by way of this article. */
export const by7a = cite(decree178, '7a', decree67);
