import type { Ratio } from '../../dong.ts';
import { cite, type Dated, type LegalText } from '../dated.ts';

export const decree33: LegalText = { vi: 'Nghị định 33/2023/NĐ-CP', en: 'Decree 33/2023/NĐ-CP', inForce: '2023-08-01' };

/**
 * What the central budget contracts for a head, in base salaries: 21 for 14 heads in class I, 18 for 12 in class II,
 * 15 for 10 in class III, which is the same in each. The other reading of the part-timers' allowance: question O1.
 */
export const fundPerHead: readonly Dated<Ratio>[] = [
  { from: '2023-08-01', value: { of: 3n, per: 2n }, by: cite(decree33, '34(1)'), sure: 'C-2', open: 'O1' },
];
