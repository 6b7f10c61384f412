import type { Ratio } from '../../dong.ts';
import { type Citation, cite, type Dated } from '../dated.ts';
import { decree67 } from '../decree-67-2025/decree.ts';
import { decree178 } from './decree.ts';

/** Early retirement is open up to so many months before the age: Annex I, and Annex II with its 15-year condition. */
export const mostMonthsEarly: readonly Dated<{ readonly annex1: number; readonly annex2: number }>[] = [
  { from: '2025-01-01', value: { annex1: 120, annex2: 60 }, by: cite(decree178, '7(2)'), sure: 'C-6' },
];

/** From so many months on the per-year parts are paid; under it the one-off alone. */
export const fewestMonthsForYears: readonly Dated<number>[] = [
  { from: '2025-01-01', value: 24, by: cite(decree178, '7(2)(a)'), sure: 'C-3' },
];

/** Up to so many months the near band applies, above it the far one (trên 05 năm). */
export const mostMonthsNear: readonly Dated<number>[] = [
  { from: '2025-01-01', value: 60, by: cite(decree178, '7(2)(a)'), sure: 'C-3' },
];

export interface Period12 {
  readonly within12Months: Ratio;
  readonly later: Ratio;
}

/** Where the rate from the 13th month stands. */
export const perMonthLaterBy: Citation = cite(decree178, '7(1)(b)');

/** Months of salary for each month early, near band (first 12 months, then from the 13th). */
export const perMonthNear: readonly Dated<Period12>[] = [
  {
    from: '2025-01-01',
    value: { within12Months: { of: 1n, per: 1n }, later: { of: 1n, per: 2n } },
    by: cite(decree178, '7(1)(a)'),
    sure: 'C-7',
  },
];

/** The same in the far band, where 60 months are paid whatever the distance. */
export const perMonthFar: readonly Dated<Period12>[] = [
  {
    from: '2025-01-01',
    value: { within12Months: { of: 9n, per: 10n }, later: { of: 9n, per: 20n } },
    by: cite(decree178, '7(1)(a)'),
    sure: 'C-6',
  },
];

/** The band of article 7(2): point a near, point b far, point c near by Annex II. */
export type Band = 'near' | 'far' | 'near-annex-2';

/** Months of salary for each year early, by band. */
export const perYear: Readonly<Record<Band, readonly Dated<Ratio>[]>> = {
  near: [{ from: '2025-01-01', value: { of: 5n, per: 1n }, by: cite(decree178, '7(2)(a)'), sure: 'C-7' }],
  far: [{ from: '2025-01-01', value: { of: 4n, per: 1n }, by: cite(decree178, '7(2)(b)'), sure: 'C-6' }],
  'near-annex-2': [{ from: '2025-01-01', value: { of: 5n, per: 1n }, by: cite(decree178, '7(2)(c)'), sure: 'C-6' }],
};

export interface ServiceBlock {
  readonly years: number;
  readonly months: Ratio;
  readonly perFurtherYear: Ratio;
}

/** The same, with where each band says so. */
export interface BandedBlock extends ServiceBlock {
  readonly by: Readonly<Record<Band, Citation>>;
}

/** From this leave date the 15-year line holds; whether it may serve earlier leavers is question X3. */
export const fifteenYearLineFrom = '2025-07-01';

/**
 * Months of salary for the first years of service, and for each further one. By leave date.
 * One day, 30/06 or 01/07/2025, is worth one and a half months of salary.
 */
export const serviceBlock: readonly Dated<BandedBlock>[] = [
  {
    from: '2025-01-01',
    value: {
      years: 20,
      months: { of: 5n, per: 1n },
      perFurtherYear: { of: 1n, per: 2n },
      by: {
        near: cite(decree178, '7(2)(a)'),
        far: cite(decree178, '7(2)(b)'),
        'near-annex-2': cite(decree178, '7(2)(c)'),
      },
    },
    by: cite(decree178, '7(2)'),
    sure: 'C-6',
  },
  {
    from: fifteenYearLineFrom,
    value: {
      years: 15,
      months: { of: 4n, per: 1n },
      perFurtherYear: { of: 1n, per: 2n },
      by: {
        near: cite(decree178, '7(2)(a)', decree67),
        far: cite(decree178, '7(2)(b)', decree67),
        'near-annex-2': cite(decree178, '7(2)(c)', decree67),
      },
    },
    by: cite(decree178, '7(2)', decree67),
    sure: 'C-5',
  },
];
