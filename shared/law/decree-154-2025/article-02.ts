import type { Subject } from '../../case/facts.ts';
import { cite, type Dated } from '../dated.ts';
import { decree154 } from './decree.ts';

/** Whom articles 6 to 8 serve. Contract workers must be treated like civil servants. */
export const coveredStaff: readonly Dated<readonly Subject[]>[] = [
  {
    from: '2025-06-16',
    value: ['cadre', 'civil-servant', 'public-employee', 'contract-worker', 'commune-cadre', 'commune-civil-servant'],
    by: cite(decree154, '2(1)'),
    sure: 'H',
  },
];

/** Whom article 9 serves (người hoạt động không chuyên trách cấp xã). */
export const coveredOfCommune: readonly Dated<readonly Subject[]>[] = [
  { from: '2025-06-16', value: ['commune-part-timer'], by: cite(decree154, '2(4)'), sure: 'H' },
];

/** Whom article 10 serves (ở thôn, tổ dân phố). */
export const coveredOfVillage: readonly Dated<readonly Subject[]>[] = [
  { from: '2025-06-16', value: ['village-part-timer'], by: cite(decree154, '2(5)'), sure: 'H' },
];

/** Whether articles 6 to 8 serve them was not read: a person must decide. */
export const unsettledStaff: readonly Dated<readonly Subject[]>[] = [
  { from: '2025-06-16', value: ['association-staff'], by: cite(decree154, '2'), sure: 'X' },
];
