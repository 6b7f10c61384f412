import type { Subject } from '../../case/facts.ts';
import type { LocalDate } from '../../calendar.ts';
import type { Ratio } from '../../dong.ts';
import { citeWhole, type Dated, type LegalText } from '../dated.ts';

/** People past the age, or on a pension, who leave because of the reorganisation. Its articles were not read one by one. */
export const resolution07: LegalText = {
  vi: 'Nghị quyết 07/2025/NQ-CP',
  en: 'Resolution 07/2025/NQ-CP',
  inForce: '2025-09-17',
};

const by = citeWhole(resolution07);

/** It serves those who left with the reorganisation of 2025, before its own first day too. */
export const leavesFrom: readonly Dated<LocalDate>[] = [{ from: '2025-01-01', value: '2025-01-01', by, sure: 'M' }];

/** Who must be past the age of Annex I; everybody else is past the age by Annex II where its condition holds. */
export const byAnnex1: readonly Dated<readonly Subject[]>[] = [
  { from: '2025-01-01', value: ['cadre', 'commune-cadre'], by, sure: 'H' },
];

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
    by,
    sure: 'H',
  },
];

export interface LumpSum {
  /** Months of salary, and the months past the age up to which they alone are paid. */
  readonly first: Ratio;
  readonly firstMonths: number;
  readonly perFurtherMonth: Ratio;
  readonly most: Ratio;
}

/** Months of salary for who is past the age. */
export const lumpSum: readonly Dated<LumpSum>[] = [
  {
    from: '2025-01-01',
    value: {
      first: { of: 15n, per: 1n },
      firstMonths: 15,
      perFurtherMonth: { of: 1n, per: 2n },
      most: { of: 24n, per: 1n },
    },
    by,
    sure: 'H',
    open: 'O18',
  },
];
