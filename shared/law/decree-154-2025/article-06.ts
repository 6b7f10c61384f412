import type { Ratio } from '../../dong.ts';
import { type Citation, cite, type Dated } from '../dated.ts';
import { decree154 } from './decree.ts';

/** Early retirement with money: from so many months before the age to so many; Annex II is paragraph 1, Annex I paragraph 2. */
export const monthsEarlyWithMoney: readonly Dated<{ readonly fewest: number; readonly most: number }>[] = [
  { from: '2025-06-16', value: { fewest: 24, most: 60 }, by: cite(decree154, '6'), sure: 'H' },
];

/** Which paragraph pays, by annex; and which one gives a pension unreduced and no cash (question O3). */
export const paragraphs: Readonly<Record<'I' | 'II', { readonly money: Citation; readonly noCash: Citation }>> = {
  I: { money: cite(decree154, '6(2)'), noCash: cite(decree154, '6(4)') },
  II: { money: cite(decree154, '6(1)'), noCash: cite(decree154, '6(3)') },
};

/** Months of salary for each year early. */
export const perYearEarly: readonly Dated<Ratio>[] = [
  { from: '2025-06-16', value: { of: 5n, per: 1n }, by: cite(decree154, '6'), sure: 'H', open: 'O2' },
];

export interface ServiceBlock {
  /** Counted years from which the block is paid whole. */
  readonly fewestYears: number;
  /** Counted years after which each further one adds. */
  readonly years: number;
  readonly months: Ratio;
  readonly perFurtherYear: Ratio;
}

/** Months of salary for 15 to 20 years of contribution, and for each year beyond 20. */
export const serviceBlock: readonly Dated<ServiceBlock>[] = [
  {
    from: '2025-06-16',
    value: { fewestYears: 15, years: 20, months: { of: 5n, per: 1n }, perFurtherYear: { of: 1n, per: 2n } },
    by: cite(decree154, '6'),
    sure: 'H',
  },
];

/** Leave dates on which 15 to 19 years of insurance under this decree are question O15: the pension asks for 20 until July. */
export const shortInsuranceWindow: readonly Dated<{
  readonly from: string;
  readonly before: string;
  readonly fewestMonths: number;
}>[] = [
  {
    from: '2025-06-16',
    value: { from: '2025-06-16', before: '2025-07-01', fewestMonths: 180 },
    by: cite(decree154, '6'),
    sure: 'X',
    open: 'O15',
  },
];
