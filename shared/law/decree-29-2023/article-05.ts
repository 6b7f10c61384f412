import type { Ratio } from '../../dong.ts';
import { type Citation, cite, type Dated } from '../dated.ts';
import type { ServiceBlock } from '../decree-154-2025/article-06.ts';
import { decree29 } from './decree.ts';

/** Early retirement with money, months before the age. Annex II is paragraph 1, Annex I paragraph 2. */
export const monthsEarlyWithMoney: readonly Dated<{ readonly fewest: number; readonly most: number }>[] = [
  { from: '2023-07-20', value: { fewest: 24, most: 60 }, by: cite(decree29, '5'), sure: 'H' },
];

/** Insured months that early retirement asks for, also of who leaves when a pension asks for less. */
export const fewestInsuredMonths: readonly Dated<number>[] = [
  { from: '2023-07-20', value: 240, by: cite(decree29, '5'), sure: 'H' },
];

export const paragraphs: Readonly<Record<'I' | 'II', { readonly money: Citation; readonly noCash: Citation }>> = {
  I: { money: cite(decree29, '5(2)'), noCash: cite(decree29, '5(4)') },
  II: { money: cite(decree29, '5(1)'), noCash: cite(decree29, '5(3)') },
};

/** Months of the average salary for each year early. */
export const perYearEarly: readonly Dated<Ratio>[] = [
  { from: '2023-07-20', value: { of: 3n, per: 1n }, by: cite(decree29, '5'), sure: 'H', open: 'O2' },
];

/** Months of the average salary for the first 20 years of contribution, and for each further one. */
export const serviceBlock: readonly Dated<ServiceBlock>[] = [
  {
    from: '2023-07-20',
    value: { fewestYears: 20, years: 20, months: { of: 5n, per: 1n }, perFurtherYear: { of: 1n, per: 2n } },
    by: cite(decree29, '5'),
    sure: 'H',
  },
];
