import type { Subject } from '../../case/facts.ts';
import type { LocalDate } from '../../calendar.ts';
import { cite, type Dated } from '../dated.ts';
import { decree67 } from '../decree-67-2025/decree.ts';
import { decree178 } from './decree.ts';

/** Whom the decree covers in a body that is directly reorganised (đối tượng áp dụng), groups 1 and 3. */
export const covered: readonly Dated<readonly Subject[]>[] = [
  {
    from: '2025-01-01',
    value: [
      'cadre',
      'civil-servant',
      'public-employee',
      'contract-worker',
      'commune-cadre',
      'commune-civil-servant',
      'association-staff',
    ],
    by: cite(decree178, '2', decree67),
    sure: 'C-4',
  },
];

/** Contract workers are covered when they signed before this day, or when the law treats them like civil servants. */
export const contractSignedBefore: readonly Dated<LocalDate>[] = [
  { from: '2025-01-01', value: '2019-01-15', by: cite(decree178, '2(1)(c)', decree67), sure: 'C-5' },
];

/** The right arises for those who leave after this day. */
export const leavesAfter: readonly Dated<LocalDate>[] = [
  { from: '2025-01-01', value: '2025-01-01', by: cite(decree178, '24'), sure: 'C-2' },
];

/** Group 2: staff of bodies that are not reorganised but must cut (article 7a). */
export const coveredOfOtherBodies: readonly Dated<readonly Subject[]>[] = [
  {
    from: '2025-01-01',
    value: ['civil-servant', 'commune-civil-servant', 'public-employee', 'contract-worker'],
    by: cite(decree178, '2(2)', decree67),
    sure: 'C-5',
  },
];

/** Group 4: who is too old for another term, or still eligible and does not stand again (article 7b, Decree 177). */
export const coveredCadres: readonly Dated<readonly Subject[]>[] = [
  { from: '2025-01-01', value: ['cadre', 'commune-cadre'], by: cite(decree178, '2(4)', decree67), sure: 'C-5' },
];

/** Group 4: members of Party committees whose body ends. */
export const coveredCommitteeMembers: readonly Dated<readonly Subject[]>[] = [
  {
    from: '2025-01-01',
    value: [
      'cadre',
      'civil-servant',
      'public-employee',
      'contract-worker',
      'commune-cadre',
      'commune-civil-servant',
      'association-staff',
    ],
    by: cite(decree178, '2(4)', decree67),
    sure: 'C-5',
  },
];
