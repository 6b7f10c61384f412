import { cite, type Dated } from '../dated.ts';
import type { OddMonths } from '../decree-178-2024/article-05.ts';
import { decree29 } from './decree.ts';

/** Odd months of service. */
export const oddMonths: readonly Dated<OddMonths>[] = [
  { from: '2023-07-20', value: { halfUpTo: 6, half: { of: 1n, per: 2n } }, by: cite(decree29, '10'), sure: 'H' },
];
